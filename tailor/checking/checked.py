"""The corridor of a check: a résumé, perhaps a posting and a master CV in; all findings out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tailor.checking.findings import Checked, Finding, Place, Provenance, Severity, found
from tailor.checking.page_rules import page_findings
from tailor.checking.paragraph_rules import paragraph_findings
from tailor.checking.provenance import Told, find_provenance
from tailor.checking.structure_rules import (
    heading_style_findings,
    name_findings,
    structure_findings,
    unread_headings,
)
from tailor.checking.word_file import WordFile, beginning, read_word_file
from tailor.layout.typography import STYLES, Design, Style, paper_of
from tailor.reading.cv_reader import cv_of, cv_of_lines, read_lines
from tailor.reading.files import Content, read_content
from tailor.reading.formats import Format, recognise
from tailor.reading.lines import Line, LineKind
from tailor.selection.composition import compose
from tailor.selection.tailored_cv import whole
from tailor.values.cv import Cv
from tailor.values.errors import CvError

if TYPE_CHECKING:
    from tailor.reading.pdf.words import Page
    from tailor.values.posting import Posting

_KILOBYTE = 1024
_LARGE = 100 * _KILOBYTE
_TOO_LARGE = 2560 * _KILOBYTE  # what one system takes at most
_FILE_NAME = re.compile(r"[^\W_]+(?:[_-][^\W_]+)+", re.UNICODE)
_SENT = frozenset({Format.DOCX, Format.PDF})
_COMPARED = 24  # characters that tell on which page a line stands


def check(path: str | Path, posting: Posting | None = None, master: Cv | None = None) -> Checked:
    """Check the résumé at `path`; with a posting what it answers, with a master CV its lines.

    Raises CvError if it cannot be read, PostingError if the posting asks for nothing.
    """
    content = read_content(path, "CV")
    form = recognise(content)
    pages: Sequence[Page] = ()
    lines: Sequence[Line] | None
    if form is Format.PDF:
        from tailor.reading.pdf.lines import lines_of_pages  # noqa: PLC0415 - for PDFs only
        from tailor.reading.pdf.words import read_pages  # noqa: PLC0415

        pages = read_pages(content)
        lines = lines_of_pages(pages)
    else:
        lines = read_lines(content, form)
    unread = ""
    cv: Cv | None = None
    try:
        cv = cv_of(content, form) if lines is None else cv_of_lines(content, lines)
    except CvError as error:
        if lines is None:
            raise
        unread = str(error)
    word = read_word_file(content) if form is Format.DOCX else None
    findings = sorted(
        _findings(content, form, cv, lines or (), word, pages, unread),
        key=lambda finding: finding.rule,
    )
    matched = None
    if posting is not None and cv is not None:
        from tailor.matching.match import match  # noqa: PLC0415 - only with a posting

        matched = match(cv, posting)
    told = _provenance(cv, lines, word, pages, master) if master is not None else None
    return Checked(content.source, form.value, cv, tuple(findings), matched, told)


def _findings(
    content: Content,
    form: Format,
    cv: Cv | None,
    lines: Sequence[Line],
    word: WordFile | None,
    pages: Sequence[Page],
    unread: str,
) -> Iterator[Finding]:
    if word is not None:
        yield from page_findings(word)
        yield from paragraph_findings(word)
    if pages:
        from tailor.checking.pdf_rules import pdf_findings  # noqa: PLC0415

        yield from pdf_findings(pages)
    if cv is not None:
        on_page = {told.place.number: told.place.page for told in _told(lines, pages)}
        for finding in structure_findings(cv, lines):
            places = (
                replace(place, page=on_page.get(place.number, place.page))
                for place in finding.places
            )
            yield replace(finding, places=tuple(places))
        yield from _name(cv, lines, word)
        if word is not None:
            texts = [(p.place, p.text, p.heading) for p in word.shown]
            yield from heading_style_findings(cv, texts)
    else:
        yield from unread_headings(lines)
        # What comes after it tells how to write a master CV, which is not asked here.
        what = unread.removeprefix(f"{content.source}: ").partition(";")[0]
        yield Finding(
            12,
            Severity.FAULT,
            f"this cannot be read as a résumé: {what}",
            'begin with your name; head your jobs "Work Experience", each with title and dates on '
            "one line and the employer on the next",
            (Place(),),
        )
    yield from _file(content, form, cv)


def _name(cv: Cv, lines: Sequence[Line], word: WordFile | None) -> Iterator[Finding]:
    """Look at what stands first in the file itself: the reader may have put the name there."""
    if word is not None:
        first = next(((p.text, p.place) for p in word.shown), None)
    else:
        texts = (line for line in lines if line.kind is not LineKind.META)
        first = next(
            ((line.plain, Place(line.number, beginning(line.plain))) for line in texts), None
        )
    if first is not None:
        yield from name_findings(cv, *first)


def _file(content: Content, form: Format, cv: Cv | None) -> Iterator[Finding]:
    size = len(content.data)
    if size > _LARGE:
        yield from found(
            18,
            Severity.FAULT if size > _TOO_LARGE else Severity.WARNING,
            f"{size // _KILOBYTE:,} KB; some systems refuse large files",
            "take pictures and embedded fonts out",
            (Place(),),
        )
    if form not in _SENT:
        yield from found(
            17,
            Severity.NOTE,
            f"this is {form.value}; applications ask for Word or PDF",
            "send a Word file",
            (Place(),),
        )
        return
    stem = Path(content.source).stem
    if not _FILE_NAME.fullmatch(stem) or not (_plain(cv.name) if cv else set()) & _plain(stem):
        yield from found(
            17,
            Severity.NOTE,
            "the file's name does not say whose résumé it is, in letters that every system takes",
            "call it First_Last_Company_Role",
            (Place(words=beginning(Path(content.source).name)),),
        )


def _plain(text: str) -> set[str]:
    """Return the words of a name without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return set(re.findall(r"[^\W_]+", bare))


def _provenance(
    cv: Cv | None,
    lines: Sequence[Line] | None,
    word: WordFile | None,
    pages: Sequence[Page],
    master: Cv,
) -> Provenance:
    if lines is None:  # a file of named fields: what it prints
        assert cv is not None  # noqa: S101 - or it would have been unreadable
        composed = compose(cv, whole(cv), Design(paper_of(cv)))
        told = [
            Told(paragraph.text.plain, Place(number, beginning(paragraph.text.plain)))
            for number, paragraph in enumerate(composed, 1)
        ]
        return find_provenance(told, master, own_form=True)
    told = list(_told(lines, pages))
    # The style of the name is in every file of tailor's, also after Word saved it.
    own = word is not None and STYLES[Style.NAME].name in {p.style for p in word.paragraphs}
    return find_provenance(told, master, own_form=True if own else None, guessed_spaces=bool(pages))


def _told(lines: Sequence[Line], pages: Sequence[Page]) -> Iterator[Told]:
    texts = ["".join(word.text for word in page.words) for page in pages]
    told: Counter[tuple[int, str]] = Counter()  # a line that comes again may be on the next page
    page = 0
    for line in lines:
        bare = "".join(line.plain.split())[:_COMPARED]
        later = range(page, len(texts))
        page = next((n for n in later if texts[n].count(bare) > told[n, bare]), page)
        told[page, bare] += 1
        number = page + 1 if texts else 0
        yield Told(line.plain, Place(line.number, beginning(line.plain), number))
