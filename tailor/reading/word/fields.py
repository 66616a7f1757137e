"""Fields of a Word file: their codes go, their results stay, with what the code says of them."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tailor.reading.word.flatten import W, remove, runs_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LINK: Final = "{urn:tailor:reading}link"
"""The attribute of a run that is the result of a HYPERLINK field: the address."""
PAGE: Final = "{urn:tailor:reading}page"
"""The attribute of a run that is the number of a page, or of pages."""

_MARKS = frozenset({f"{W}fldChar", f"{W}instrText"})
_MOST_OPEN = 100
_TEXT_SWITCH = re.compile(r'\\[lont]\s+(?:"[^"]*"|\S+)')
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]\S*))', re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_code: bool = True


def resolve_fields(root: Element) -> None:
    """Change the flattened tree of a part so that it holds only the results of fields.

    Runs of results bear the attributes `LINK` and `PAGE`. A field may span paragraphs; one that
    has come to no result at the end of its paragraph is damage, and hides no text.
    """
    fields: list[_Field] = []  # the open ones, outermost first
    for paragraph in root.iter(f"{W}p"):
        for whole in [*runs_of(paragraph)]:
            for run in _pieces(whole):
                _resolve(run, fields)
        fields[:] = [field for field in fields if not field.in_code]


def _pieces(run: Element) -> list[Element]:
    """Return the run, or a run for each of its children where marks stand beside text in it."""
    properties = run.find(f"{W}rPr")
    content = [child for child in run if child is not properties]
    marks = sum(child.tag in _MARKS for child in content)
    if marks in {0, len(content)}:
        return [run]
    pieces = []
    for child in content:
        piece = run.makeelement(run.tag)
        if properties is not None:
            piece.append(deepcopy(properties))
        piece.append(child)
        run.addprevious(piece)
        pieces.append(piece)
    remove(run)
    return pieces


def _resolve(run: Element, fields: list[_Field]) -> None:
    marks = [child for child in run if child.tag in _MARKS]
    for mark in marks:
        _take(mark, fields)
    if marks or any(field.in_code for field in fields):
        remove(run)
        return
    links = (_address(field.code) for field in reversed(fields))
    if link := next(filter(None, links), ""):
        run.set(LINK, link)
    if any(_PAGE.match(field.code) for field in fields):
        run.set(PAGE, "1")


def _take(mark: Element, fields: list[_Field]) -> None:
    kind = mark.get(f"{W}fldCharType")
    if kind == "begin":
        fields.append(_Field())
        del fields[:-_MOST_OPEN]  # what never ends is damage
    elif fields and kind == "separate":
        fields[-1].in_code = False
    elif fields and kind == "end":
        fields.pop()
    elif fields and fields[-1].in_code:
        fields[-1].code += mark.text or ""


def _address(code: str) -> str:
    found = _HYPERLINK.match(_TEXT_SWITCH.sub("", code))
    return (found[1] or found[2] or "") if found else ""
