"""Fields of a Word file: which text is code and which is shown, links, page numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOST_OPEN = 100
_TEXT_SWITCH = re.compile(r'\\[lont]\s+(?:"[^"]*"|\S+)')
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]\S*))', re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_code: bool = True
    link: str | None = None
    is_page: bool = False


class Fields:
    """The fields that are open at some point of the text, outermost first."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    @property
    def in_code(self) -> bool:
        """True where text is no text, but the code of a field."""
        return any(field.in_code for field in self._open)

    @property
    def link(self) -> str | None:
        """The address that the text leads to."""
        return next((field.link for field in reversed(self._open) if field.link), None)

    @property
    def is_page(self) -> bool:
        """True in the number of a page, or of pages."""
        return any(field.is_page for field in self._open)

    def begin(self) -> None:
        """Open a field; its code follows."""
        self._open.append(_Field())
        del self._open[:-_MOST_OPEN]  # what never ends is damage

    def add_code(self, code: str) -> None:
        """Take more of the innermost field's code."""
        if self._open and self._open[-1].in_code:
            self._open[-1].code += code

    def separate(self) -> None:
        """End the innermost field's code; its result follows."""
        if not self._open:
            return
        field = self._open[-1]
        field.in_code = False
        field.is_page = bool(_PAGE.match(field.code))
        address = _HYPERLINK.match(_TEXT_SWITCH.sub("", field.code))
        field.link = (address[1] or address[2]) if address else None

    def end(self) -> None:
        """Close the innermost field."""
        if self._open:
            self._open.pop()

    def end_paragraph(self) -> None:
        """Forget fields that have come to no result: damage must hide no text."""
        self._open = [field for field in self._open if not field.in_code]
