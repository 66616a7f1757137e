"""The whole of a check: a résumé in, perhaps with a posting and a master CV; all findings out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tailor.checking import structure_rules as rules
from tailor.checking.findings import Checked, Finding, Place, Provenance, found
from tailor.checking.provenance import Told, find_provenance
from tailor.layout.typography import STYLES, Design, Style, paper_of
from tailor.reading.files import Content, read_content
from tailor.reading.lines import Line, LineKind
from tailor.reading.reader import Format, cv_of, cv_of_lines, read_lines, recognise
from tailor.selection.composition import compose
from tailor.selection.tailored_cv import whole
from tailor.values.cv import Cv
from tailor.values.errors import CvError

if TYPE_CHECKING:
    from tailor.checking.word_rules import WordFile
    from tailor.reading.pdf.rows import Page
    from tailor.values.posting import Posting

_COMPARED = 24  # characters by which a line is found on a page


@dataclass(frozen=True, slots=True)
class _Resume:
    """A résumé as far as its format lets it be read.

    `lines` is None for files of named fields; `word` is there for Word files, `pages` for PDFs.
    Without a `cv`, `unread` says why.
    """

    content: Content
    form: Format
    lines: Sequence[Line] | None
    cv: Cv | None
    unread: str = ""
    word: WordFile | None = None
    pages: Sequence[Page] = ()


def check(path: str | Path, posting: Posting | None = None, master: Cv | None = None) -> Checked:
    """Check the résumé at `path`; with a posting what it answers, with a master CV its lines.

    Raises CvError if it cannot be read, PostingError if the posting asks for nothing.
    """
    resume = _read(read_content(path, "CV"))
    findings = sorted(_findings(resume), key=lambda finding: finding.rule)
    matched = None
    if posting is not None and resume.cv is not None:
        from tailor.matching.match import match  # noqa: PLC0415 - only with a posting

        matched = match(resume.cv, posting)
    provenance = None if master is None else _provenance(resume, master)
    form = resume.form.value
    return Checked(resume.content.source, form, resume.cv, tuple(findings), matched, provenance)


def _read(content: Content) -> _Resume:
    form = recognise(content)
    pages: Sequence[Page] = ()
    word = None
    if form is Format.PDF:
        from tailor.reading.pdf.lines import lines_of_pages  # noqa: PLC0415 - for PDFs only
        from tailor.reading.pdf.rows import read_pages  # noqa: PLC0415

        pages = read_pages(content)
        lines: Sequence[Line] | None = lines_of_pages(pages)
    else:
        lines = read_lines(content, form)
    if form is Format.DOCX:
        from tailor.checking.word_rules import WordFile  # noqa: PLC0415 - python-docx

        word = WordFile(content)
    if lines is None:
        return _Resume(content, form, None, cv_of(content, form))
    cv, unread = None, ""
    try:
        cv = cv_of_lines(content, lines)
    except CvError as error:
        # The rest of the message says how to write a master CV, which is not asked here.
        unread = str(error).removeprefix(f"{content.source}: ").partition(";")[0]
    return _Resume(content, form, lines, cv, unread, word, pages)


def _findings(resume: _Resume) -> Iterator[Finding]:
    if resume.word is not None:
        from tailor.checking.word_rules import word_findings  # noqa: PLC0415 - python-docx

        yield from word_findings(resume.word)
    if resume.pages:
        yield from rules.pdf_findings(resume.pages)
    if resume.cv is None:
        yield from rules.unread_headings(resume.lines or ())
        yield from found("unreadable", reason=resume.unread)
    else:
        yield from _structure(resume, resume.cv)
    yield from rules.file_findings(resume.content, resume.form, resume.cv)


def _structure(resume: _Resume, cv: Cv) -> Iterator[Finding]:
    pages = {told.place.number: told.place.page for told in _told(resume)}
    for finding in rules.structure_findings(cv, resume.lines or ()):
        places = tuple(
            replace(place, page=pages.get(place.number, place.page)) for place in finding.places
        )
        yield replace(finding, places=places)
    if resume.word is not None:
        shown = resume.word.shown
        texts = [(paragraph.text, paragraph.place) for paragraph in shown]
        yield from rules.heading_style_findings(cv, [(p.place, p.text, p.heading) for p in shown])
    else:
        lines = [line for line in resume.lines or () if line.kind is not LineKind.META]
        texts = [(line.plain, Place.of(line.number, line.plain)) for line in lines]
    # What stands first in the file itself: the reader may have found the name further down.
    if texts:
        yield from rules.name_findings(cv, *texts[0])


def _provenance(resume: _Resume, master: Cv) -> Provenance:
    if resume.lines is None and resume.cv is not None:  # what a file of named fields prints
        composed = compose(resume.cv, whole(resume.cv), Design(paper_of(resume.cv)))
        told = [
            Told(paragraph.text.plain, Place.of(number, paragraph.text.plain))
            for number, paragraph in enumerate(composed, 1)
        ]
        return find_provenance(told, master, own_form=True)
    # The style of the name is in every file of tailor's, also after Word saved it.
    paragraphs = resume.word.paragraphs if resume.word is not None else ()
    own = STYLES[Style.NAME].name in {paragraph.style for paragraph in paragraphs}
    return find_provenance(
        list(_told(resume)),
        master,
        own_form=True if own else None,
        guessed_spaces=bool(resume.pages),
    )


def _told(resume: _Resume) -> Iterator[Told]:
    """Yield the lines with their places; those of a PDF also with their pages."""
    texts = ["".join(word.text for word in page.words) for page in resume.pages]
    told: Counter[tuple[int, str]] = Counter()  # a line that comes again may be on the next page
    page = 0
    for line in resume.lines or ():
        bare = "".join(line.plain.split())[:_COMPARED]
        later = range(page, len(texts))
        page = next((n for n in later if texts[n].count(bare) > told[n, bare]), page)
        told[page, bare] += 1
        number = page + 1 if texts else 0
        yield Told(line.plain, Place.of(line.number, line.plain, number))
