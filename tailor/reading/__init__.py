"""Read CVs and postings: one reader per form, each says what it accepts."""

from tailor.reading.cv_reader import read_cv

__all__ = ["read_cv"]
