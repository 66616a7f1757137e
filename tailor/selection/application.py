"""One finished application: the tailored CV, its files, and what was checked or has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from tailor.selection.tailored_cv import TailoredCv


@dataclass(frozen=True, slots=True)
class Pages:
    """A number of pages and of text lines, and how full the last page is, 0 to 1."""

    pages: int
    lines: int
    fill: float


@dataclass(frozen=True, slots=True)
class Verified:
    """The pages of a document by the estimate and by LibreOffice.

    `page_lines` has the number of lines on each of LibreOffice's pages, `fonts` the fonts it
    used. `font` is the font the document asks for if LibreOffice had neither it nor a font of the
    same widths, else "".
    """

    estimated: Pages
    found: Pages
    page_lines: tuple[int, ...]
    fonts: tuple[str, ...]
    font: str = ""

    @property
    def agrees(self) -> bool:
        """Whether LibreOffice needs as many pages as estimated."""
        return self.estimated.pages == self.found.pages


@dataclass(frozen=True, slots=True)
class Changes:
    """The lines that were added and removed since the last version, each in page order.

    Lines that only moved are counted in `moved`. `before` is the name of the older file, "" if
    there was none.
    """

    before: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: int = 0


def find_changes(before: str, old: Sequence[str], new: Sequence[str]) -> Changes:
    """Compare the lines of two pages; `before` names the old one's file."""
    added, removed = list(_beyond(new, old)), list(_beyond(old, new))
    gone, come = set(removed), set(added)
    kept_old = [line for line in old if line not in gone]
    kept_new = [line for line in new if line not in come]
    same = SequenceMatcher(None, kept_old, kept_new, autojunk=False).get_matching_blocks()
    moved = len(kept_new) - sum(block.size for block in same)
    return Changes(before, tuple(added), tuple(removed), moved)


def _beyond(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    known = set(others)
    return [line for line in lines if line not in known]


@dataclass(frozen=True, slots=True)
class Application:
    """A tailored CV and the files it was written to.

    `pdf` and `report` are the PDF and the HTML page beside the Word file, `verified` the check
    of the pages with LibreOffice, `changes` the difference from the file that was there before;
    each is None if it was not asked for. `same_text` is an application in the same folder whose
    Word file has the same text, None where there is none.
    """

    resume: TailoredCv
    path: Path
    pdf: Path | None = None
    verified: Verified | None = None
    changes: Changes | None = None
    report: Path | None = None
    same_text: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """All files that were written, the Word file first."""
        return tuple(path for path in (self.path, self.pdf, self.report) if path)
