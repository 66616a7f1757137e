"""Choose the lines of a master CV that a job posting asks for, and write them as a Word file."""

__version__ = "0.1.0"
