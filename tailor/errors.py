"""The errors a caller may want to tell apart.

A `TailorError` is about the user's input or machine: its text says what is
wrong, where, and what to do. Anything else that escapes is a bug, and is left
to escape so that it gets reported.
"""

from __future__ import annotations

from typing import ClassVar


class TailorError(Exception):
    """Base of all errors about the input or the machine; never a bug."""

    exit_code: ClassVar[int] = 2


class CvError(TailorError):
    """The CV cannot be read, or nothing of a CV was found in it."""

    exit_code = 3


class TemplateError(TailorError):
    """The user's own template cannot be used."""


class WishError(TailorError):
    """What the person wants on the page cannot be had: no such line, or no room for it."""


class LimitError(TailorError):
    """A bound that somebody gave is none."""


class PostingError(TailorError):
    """The posting cannot be read, or it asks for nothing."""

    exit_code = 4


class OutputError(TailorError):
    """The file cannot be written, or writing it would destroy someone's work."""

    exit_code = 5
