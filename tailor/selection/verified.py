"""The estimate of pages beside what LibreOffice made of them, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages, lines of text, and how full the last page is, 0 to 1."""

    pages: int
    lines: int
    fill: float


@dataclass(frozen=True, slots=True)
class Verified:
    """A document by the estimate and by LibreOffice.

    `page_lines` are LibreOffice's lines of each page. `fonts` are those it drew with, and
    `font` is the one the document asks for, if it had neither that nor one as wide; else "".
    """

    estimated: Pages
    found: Pages
    page_lines: tuple[int, ...]
    fonts: tuple[str, ...]
    font: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the pages are as many as estimated."""
        return self.estimated.pages == self.found.pages
