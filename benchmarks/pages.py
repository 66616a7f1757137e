"""Whole applications laid out: whether they keep to the wanted pages, as Word file and as PDF.

    python benchmarks/pages.py [--count 200] [--seed 5]

Each document is a random CV (the bullets of one to three real résumés of a field under made-up
jobs) for a random real posting, on one or two pages, in a random look. Compared are the pages by
the estimate, of the Word file by LibreOffice, and of the PDF; the PDF's text with the Word file's,
in order; and how full the last page is, by where its lowest letter stands.

`--faults` lays nothing out. It counts what must never be on a page, and what `tailor check` finds,
on CVs that have projects, awards and references too.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any

import docx
import pypdfium2

import tailor
from tailor.checking.check import check
from tailor.document.office import find_office, lay_out
from tailor.document.pdf import make_pdf
from tailor.layout.typography import LOOKS
from tailor.reading.posting.text import parse_posting
from tailor.selection.repetition import repetitions
from tailor.selection.tailored_cv import Cause, TailoredCv
from tailor.selection.worth import find_worth
from tailor.values.errors import CvError, PostingError
from training.records import read_records

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))
_BULLETS_OF_A_JOB = 8
_AT_ONCE = 50
_LEAST_FILL = 0.09  # of a page: five lines of text
_EMPLOYERS = "Alder Birch Cedar Dogwood Elm Fir Gorse Hazel Ivy Juniper Larch Maple Oak".split()
_MORE = """
## Projects

### Evening project, Leeds Makers, Leeds
Mar 2019 – May 2019
{told}

## Awards
{named}
- Employee of the month, 2018
- Second place in a raffle, 2011

## References
Available upon request
"""


@dataclass(frozen=True)
class Case:
    """A document: what was wanted, what was estimated, and its file."""

    wanted: int
    look: str
    resume: TailoredCv
    file: Path


def main() -> None:
    """Make, lay out, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--faults", action="store_true", help="count what must not be on a page")
    options = parser.parse_args()
    if not options.faults:
        find_office()  # before the documents are made
    with tempfile.TemporaryDirectory() as folder:
        chance = random.Random(options.seed)  # noqa: S311 - a sample
        made = islice(cases(Path(folder), chance, with_more=options.faults), options.count)
        if options.faults:
            _print_faults(made)
        else:
            found = list(made)
            _print(found, measured(found))


def cases(folder: Path, chance: random.Random, *, with_more: bool = False) -> Iterator[Case]:
    """Yield documents without end, each written to `folder`; `with_more` than jobs and a degree."""
    resumes = list(read_records(SHARED / "resumes/resumes.jsonl.gz"))
    postings = list(read_records(SHARED / "postings/postings.jsonl.gz"))
    number = 0
    while True:
        record, posting = chance.choice(resumes), chance.choice(postings)
        alike = [other for other in resumes if other["field"] == record["field"]]
        records = [record, *chance.sample(alike, min(chance.choice((0, 1, 2)), len(alike)))]
        wanted, look = chance.choice((1, 2)), chance.choice(list(LOOKS))
        source = folder / "cv.md"
        text, more = as_cv(records, chance), ""
        if with_more:  # some lines are told again elsewhere, as people do
            bullets = [line for line in text.splitlines() if line.startswith("- ")]
            told = "\n".join(chance.sample(bullets, min(3, len(bullets))))
            named = "\n".join(chance.sample(bullets, min(2, len(bullets))))
            more = _MORE.format(told=told, named=named)
        source.write_text(text + more, encoding="utf-8")
        try:
            match = tailor.match(tailor.read_cv(source), parse_posting(posting["text"]))
            resume = tailor.select(match, pages=wanted, look=look)
        except (CvError, PostingError):  # no requirement; too many jobs for one page
            continue
        number += 1
        file = tailor.write_docx(resume, folder / f"Robin_Example_{number:04}.docx")
        yield Case(wanted, look, resume, file)


def as_cv(records: list[dict[str, Any]], chance: random.Random) -> str:
    """Return the bullets of résumés as a CV in Markdown: made-up jobs, newest first."""
    record = records[0]
    lines = ["# Robin Example", record["title"].title(), "", "robin@example.org | Leeds, UK", ""]
    lines.append("## Experience")
    bullets = [" ".join(bullet.split()) for one in records for bullet in one["bullets"]]
    year = 2024
    while bullets:
        length = chance.randint(3, _BULLETS_OF_A_JOB)
        years = chance.randint(1, 4)
        employer = _EMPLOYERS[year % len(_EMPLOYERS)]
        lines += ["", f"### {record['title'].title()}, {employer} Ltd, Leeds"]
        lines.append(f"Jan {year - years} – Dec {year}")
        lines += [f"- {bullet}" for bullet in bullets[:length]]
        bullets, year = bullets[length:], year - years - 1
    lines += ["", "## Education", "", "### BSc Economics, University of Leeds"]
    lines += ["Oct 2001 – Jul 2004"]
    return "\n".join(lines) + "\n"


def faults(case: Case) -> Iterator[str]:
    """Yield the name of each kind of fault that a document has."""
    resume = case.resume
    lines = [line.text.plain for line in resume.chosen_lines()]
    if len({" ".join(line.casefold().split()) for line in lines}) < len(lines):
        yield "the same words twice"
    if any(True for _ in repetitions(lines)):
        yield "nearly the same twice"
    paragraphs = docx.Document(str(case.file)).paragraphs
    styles = [str(one.style.name).casefold() if one.style else "" for one in paragraphs]
    if any(a == b == "heading 1" for a, b in pairwise([*styles, "heading 1"])):
        yield "a heading with nothing under it"
    no_room = {left.id for left in resume.dropped if left.cause is Cause.NO_ROOM}
    if no_room and any(gain.fills for gain in resume.gains):
        yield "filler before a line that answers"
    answers = find_worth(resume.match).answers
    printed = {chosen.section.heading for chosen in resume.sections}
    for section in resume.cv.sections:
        bullets = chain(section.bullets, *(entry.bullets for entry in section.entries))
        ids = {statement.id for bullet in bullets for statement in bullet.statements}
        if section.heading not in printed and ids & no_room & answers.keys():
            yield "a section lost whole"
    if any("upon request" in line.casefold() for line in lines):
        yield "references upon request"
    if resume.pages > 1 and resume.fill < _LEAST_FILL:
        yield "a last page of under five lines"
    checked = check(case.file, master=resume.cv)
    yield from {f"tailor check: {finding.what}" for finding in checked.findings}
    if checked.provenance and (checked.provenance.strange or checked.provenance.missing):
        yield "tailor check: lines that are not the master CV's"


def _print_faults(made: Iterator[Case]) -> None:
    found: Counter[str] = Counter()
    count = 0
    for case in made:
        count += 1
        found.update(faults(case))
    print(f"{count} documents; of these with:")
    for name, number in found.most_common() or [("any fault", 0)]:
        print(f"- {name}: {number}")


@dataclass(frozen=True)
class Measured:
    """Pages by LibreOffice, how far down the last is filled, 0 to 1, and what the PDF holds."""

    pages: int
    fill: float
    pdf_pages: int
    same_text: bool


def measured(cases: list[Case]) -> list[Measured]:
    """Lay out each document in both ways."""
    found = []
    for start in range(0, len(cases), _AT_ONCE):
        batch = cases[start : start + _AT_ONCE]
        files = [case.file.read_bytes() for case in batch]
        for case, file, office in zip(batch, files, lay_out(files, seconds=600), strict=True):
            pdf = make_pdf(case.resume, file, case.file.parent)
            pages, fill = _measured(office)
            found.append(Measured(pages, fill, len(pypdfium2.PdfDocument(pdf)), same(pdf, file)))
    return found


def same(pdf: bytes, file: bytes) -> bool:
    """Return whether PDFium reads the words of a Word file, in its order."""
    pages = pypdfium2.PdfDocument(pdf)
    # PDFium writes U+FFFE for a hyphen at the end of a line.
    read = "".join(page.get_textpage().get_text_range() for page in pages).replace("\ufffe", "-")
    written = "".join(paragraph.text for paragraph in docx.Document(BytesIO(file)).paragraphs)
    return _letters(read) == _letters(written)


def _letters(text: str) -> str:
    return re.sub(r"[\s•]", "", unicodedata.normalize("NFC", text))


def _measured(pdf: bytes) -> tuple[int, float]:
    document = pypdfium2.PdfDocument(pdf)
    page = document[len(document) - 1]
    text = page.get_textpage()
    boxes = (text.get_charbox(n) for n in range(text.count_chars()))
    lowest = min((bottom for left, bottom, right, _ in boxes if right > left), default=0.0)
    margin = 851 / 20  # top and bottom, of all looks
    return len(document), (page.get_height() - margin - lowest) / (page.get_height() - 2 * margin)


def _print(found: list[Case], measured: list[Measured]) -> None:
    print("| documents | n | pages agree | more in LibreOffice | over what was wanted |", end=" ")
    print("PDF: pages agree | same text | least full | median |")
    print("|---|---|---|---|---|---|---|---|---|")
    pairs = list(zip(found, measured, strict=True))
    groups = {"all": pairs}
    groups |= {f"{n} page{'s' * (n > 1)}": [p for p in pairs if p[0].wanted == n] for n in (1, 2)}
    groups |= {look: [p for p in pairs if p[0].look == look] for look in LOOKS}
    for name, group in groups.items():
        agree = sum(case.resume.pages == each.pages for case, each in group)
        more = sum(each.pages > case.resume.pages for case, each in group)
        over = sum(max(each.pages, each.pdf_pages) > case.wanted for case, each in group)
        pdf = sum(case.resume.pages == each.pdf_pages for case, each in group)
        same_text = sum(each.same_text for _, each in group)
        # How full a page is says something where lines were left out, so that it could be fuller.
        fills = [each.fill for case, each in group if case.resume.dropped]
        print(
            f"| {name} | {len(group)} | {agree} | {more} | {over} | {pdf} | {same_text} | "
            f"{min(fills, default=0):.0%} | {statistics.median(fills or [0]):.0%} |"
        )


if __name__ == "__main__":
    main()
