"""Whether a file has more lines than are read, longer ones, or more text in all."""

from __future__ import annotations

from collections.abc import Sequence

from tailor.reading.files import Content
from tailor.reading.lines import Line
from tailor.values import limits
from tailor.values.errors import TailorError


def check_text(content: Content, text: str) -> None:
    """Raise CvError or PostingError if `text` has too many lines, or too long ones."""
    count = text.count("\n") or text.count("\r")
    _check_count(content, count)
    longest = limits.in_force().line_length
    if len(text) > longest:
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > longest:
                raise _too_long(content, number)


def check_lines(content: Content, lines: Sequence[Line]) -> None:
    """Raise CvError or PostingError if there are too many lines, or too long ones."""
    _check_count(content, len(lines))
    longest = limits.in_force().line_length
    for line in lines:
        if sum(len(run.text) for run in line.text.runs) > longest:
            raise _too_long(content, line.number)


def check_amount(content: Content, lines: int, characters: int) -> None:
    """Raise CvError or PostingError if so many lines, or characters in all, are too much."""
    _check_count(content, lines)
    if characters > limits.in_force().text:
        raise content.beyond("text", f"has more than {limits.in_force().text:,} characters")


def _check_count(content: Content, count: int) -> None:
    if count > limits.in_force().lines:
        raise content.beyond("lines", f"has more than {limits.spelt('lines')} lines")


def _too_long(content: Content, number: int) -> TailorError:
    said = f"line {number} has more than {limits.spelt('line_length')} characters"
    return content.beyond("line_length", said, "break it into paragraphs")
