"""The errors a caller may want to tell apart.

A `TailorError` is about the user's input or machine: its text says what is wrong, where, and what
to do. Anything else that escapes is a bug, and is left to escape so that it gets reported.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
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
    """A limit given on the command line is unknown or has a wrong value."""


class PostingError(TailorError):
    """The posting cannot be read, or it asks for nothing."""

    exit_code = 4


class OutputError(TailorError):
    """The file cannot be written, or writing it would destroy someone's work."""

    exit_code = 5


def not_installed(said: str, extra: str) -> str:
    """Return what is said where a package of an extra is missing, and the way out."""
    return f"{said}; in tailor's folder: pip install '.[{extra}]'"


def bug_report(bug: BaseException) -> str:
    """Return the traceback of what is no TailorError, without what it says.

    Its kind and the places in the code are enough to find it; its words may quote a CV.
    """
    return "\n".join(
        "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__
        for error in reversed(list(_chain(bug)))
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
