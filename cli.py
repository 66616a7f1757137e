"""Launcher for a checkout: ``python cli.py --job posting.txt``."""

from tailor.cli import main

if __name__ == "__main__":
    main()
