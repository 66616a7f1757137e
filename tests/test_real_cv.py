"""A real CV against fifteen real postings: nothing invented, nothing lost, on the pages asked for.

What the file may say is found here by other means than the program's: from the
CV's raw text, with its tags stripped, its entities decoded and its white space
folded. Nothing of the CV is written down here.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest

import tailor
from tailor.reading.posting.text import parse_posting
from tailor.selection.tailored_cv import Cause, TailoredCv
from tailor.values.cv import Cv, Date

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))
CV = SHARED / "cvs" / "master_cv.md"
GRADED = SHARED / "bench" / "graded.json"
NUMBERS = range(15)
GPU, STORAGE = "p00", "p19"

pytestmark = pytest.mark.skipif(
    not (CV.is_file() and GRADED.is_file()), reason="needs the shared folder with the real CV"
)
by_posting = pytest.mark.parametrize("number", NUMBERS)


# The CV's words, read by other means


@dataclass(frozen=True)
class RawEntry:
    """A row of the CV's table: its dates as the page should show them, and its words."""

    period: str
    head: str
    lines: tuple[str, ...]


def words(markup: str) -> str:
    """The words of a piece of Markdown with HTML inside, white space folded."""
    linked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markup)
    return " ".join(html.unescape(re.sub(r"</?[a-z][^>]*>", "", linked)).split())


@cache
def raw_entries() -> tuple[RawEntry, ...]:
    """The positions and degrees: rows that begin with two dates, the later one first."""
    date = r"(present|[A-Z][a-z]{2} \d{4}|[A-Z][a-z]+ \d{4})"
    found = []
    for row in CV.read_text(encoding="utf-8").splitlines():
        match = re.match(rf"{date} {date}\t<b>(.*?)</b>(.*)$", row)
        if match:
            end, start, head, rest = match.groups()
            end = end.capitalize() if end == "present" else f"{end[:3]} {end[-4:]}"
            lines = tuple(words(li).lstrip("➤ ") for li in re.findall(r"<li>(.*?)</li>", rest))
            period = f"{start[:3]} {start[-4:]} – {end}"
            found.append(RawEntry(period, words(head), lines))
    return tuple(found)


@cache
def raw_lines() -> frozenset[str]:
    """All that may stand on a line of the page outside of an entry.

    Rows of the table of publications, what the header's wide gaps part, and link texts.
    """
    text = re.sub(r"<ul.*?</ul>", "", CV.read_text(encoding="utf-8"))
    parts = re.split(r"\s{3,}|\n", text.replace("\t", " "))
    links = re.findall(r"\[([^\]]*)\]", text)
    return frozenset(words(part) for part in [*parts, *links])


def sentences(line: str) -> list[str]:
    """Cut wherever a sentence may end, rather too often than too rarely."""
    return re.split(r"(?<=[.!?]) (?=[^a-z])", line)


def is_made_of(shown: str, line: str) -> bool:
    """Tell whether `shown` is `line`, or its sentences in order with some left out.

    The words up to a line's first colon may go before the sentences that are left.
    """
    lead = re.match(r"[^:.]*: ", line)
    if lead and shown.startswith(lead[0]):
        shown, line = shown.removeprefix(lead[0]), line.removeprefix(lead[0])
    left = iter(sentences(line))
    return all(sentence in left for sentence in sentences(shown))


def in_one_order(shown: str, line: str) -> bool:
    """Tell whether two lines have the same words, each sentence's in any order."""

    def items(text: str) -> list[list[str]]:
        return [sorted(part.split(", ")) for part in text.split(". ")]

    return items(shown) == items(line)


# What the program makes of it


@dataclass(frozen=True)
class Tailored:
    """The CV tailored to one posting, and the file's paragraphs as (style id, text)."""

    resume: TailoredCv
    file: Path
    paragraphs: tuple[tuple[str, str], ...]

    def of(self, *styles: str) -> list[str]:
        """The paragraphs of some styles."""
        return [text for style, text in self.paragraphs if style in styles]

    @property
    def body(self) -> list[str]:
        """The lines of the CV on the page."""
        return self.of("ListBullet", "BodyText")


@pytest.fixture(scope="module")
def graded() -> list[dict[str, Any]]:
    """The fifteen postings."""
    found: list[dict[str, Any]] = json.loads(GRADED.read_text(encoding="utf-8"))
    assert len(found) == len(NUMBERS)
    return found


@pytest.fixture(scope="module")
def cv() -> Cv:
    """The real CV."""
    return tailor.read_cv(CV)


def tailor_all(cv: Cv, graded: list[dict[str, Any]], pages: int, folder: Path) -> list[Tailored]:
    """Tailor the CV to all postings and write the files."""
    found = []
    for query in graded:
        posting = parse_posting(query["posting"], query["query"])
        resume = tailor.select(tailor.match(cv, posting), pages=pages)
        file = tailor.write_docx(resume, folder / f"{query['query']}-{pages}.docx")
        document: Any = docx.Document(str(file))  # its own types make all optional
        read = tuple((str(p.style.style_id), p.text) for p in document.paragraphs)
        found.append(Tailored(resume, file, read))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all the files go."""
    return tmp_path_factory.mktemp("real")


@pytest.fixture(scope="module")
def two_pages(cv: Cv, graded: list[dict[str, Any]], folder: Path) -> list[Tailored]:
    """All fifteen on at most two pages."""
    return tailor_all(cv, graded, 2, folder)


@pytest.fixture(scope="module")
def one_page(cv: Cv, graded: list[dict[str, Any]], folder: Path) -> list[Tailored]:
    """All fifteen on one page."""
    return tailor_all(cv, graded, 1, folder)


def test_raw_cv_is_understood() -> None:
    """The other means find six positions and three degrees, all with lines."""
    assert len(raw_entries()) == 9
    assert all(entry.lines for entry in raw_entries())


def test_the_check_sees_what_was_changed() -> None:
    """A changed, added, moved or half sentence is seen."""
    line = "in 2019: Built A. Measured B and C. Wrote D."
    for kept in (line, "in 2019: Wrote D.", "in 2019: Built A. Wrote D.", "Measured B and C."):
        assert is_made_of(kept, line)
    for made_up in (
        "in 2019: Built a.",
        "in 2020: Built A.",
        "Measured B.",
        "in 2019: Wrote D. Built A.",
        "Built A. Built A.",
        "Built A. Sold E.",
        "Built A.Wrote D.",
    ):
        assert not is_made_of(made_up, line)


@by_posting
@pytest.mark.parametrize("pages", [1, 2])
def test_every_employer_and_degree_stays(
    pages: int, number: int, one_page: list[Tailored], two_pages: list[Tailored]
) -> None:
    """All positions and degrees with employer, place and dates, in the CV's order."""
    tailored = (one_page if pages == 1 else two_pages)[number]
    heads = tailored.of("Heading2")
    organisations = tailored.of("Organisation")
    assert len(heads) == len(organisations) == len(raw_entries())
    for entry, head, organisation in zip(raw_entries(), heads, organisations, strict=True):
        assert head.endswith(f" \t{entry.period}")
        assert entry.head.endswith(f", {organisation}")
        said = re.findall(r"\w+", entry.head.removesuffix(organisation))
        assert set(re.findall(r"\w+", head.partition("\t")[0])) - {"previously"} <= {
            *said,
            "Senior",
        }


@by_posting
@pytest.mark.parametrize("pages", [1, 2])
def test_nothing_is_invented(
    pages: int, number: int, one_page: list[Tailored], two_pages: list[Tailored]
) -> None:
    """Every line is a line of the CV or whole sentences of one, character for character.

    Inside an entry it is a line of that very entry. The items of the line of skills may stand in
    another order.
    """
    entries = iter(raw_entries())
    lines: frozenset[str] | tuple[str, ...] = raw_lines()
    for style, text in (one_page if pages == 1 else two_pages)[number].paragraphs:
        if style == "Heading1":
            lines = raw_lines()
        elif style == "Heading2":
            lines = next(entries).lines
        elif style in {"ListBullet", "BodyText"}:
            assert any(
                is_made_of(text, line) or (style == "BodyText" and in_one_order(text, line))
                for line in lines
            ), text


@by_posting
@pytest.mark.parametrize("pages", [1, 2])
def test_nothing_is_said_twice(
    pages: int, number: int, one_page: list[Tailored], two_pages: list[Tailored]
) -> None:
    """No line stands on the page twice, and positions that answer anything have one."""
    tailored = (one_page if pages == 1 else two_pages)[number]
    assert len(tailored.body) == len(set(tailored.body))
    ids = [line.bullet.id for line in tailored.resume.chosen_lines()]
    assert len(ids) == len(set(ids))
    entries = [entry for section in tailored.resume.sections for entry in section.entries]
    positions = [entry for entry in entries if entry.entry in tailored.resume.cv.positions]
    assert positions[0].lines
    cause = {dropped.id: dropped.cause for dropped in tailored.resume.dropped}
    for position in positions:
        left = {cause[s.id] for b in position.entry.bullets for s in b.statements if s.id in cause}
        recent = (position.entry.period.end or Date(2026)).year > 2016
        assert position.lines or not recent or left == {Cause.NOTHING_ASKED}


@by_posting
def test_nothing_is_lost_silently(number: int, cv: Cv, two_pages: list[Tailored]) -> None:
    """Every statement of the CV is on the page or among what was left out, with a reason."""
    resume = two_pages[number].resume
    kept = {s.id for line in resume.chosen_lines() for s in line.kept}
    dropped = {item.id for item in resume.dropped}
    assert not kept & dropped
    every = {s.id for bullet in cv.bullets() for s in bullet.statements}
    assert kept | dropped == every | {bullet.id for bullet in cv.unplaced}
    assert all(item.reason for item in resume.dropped)


def test_name_and_contacts_come_first(two_pages: list[Tailored]) -> None:
    """The name alone, the headline, then the mail address of the CV's first lines."""
    top = CV.read_text(encoding="utf-8").partition("\n## ")[0]
    mail = re.findall(r"mailto:([^)]+)\)", top)
    for tailored in two_pages:
        (name,) = tailored.of("PersonName")
        assert tailored.paragraphs[0] == ("PersonName", name)
        (headline,) = tailored.of("Headline")
        assert f"# {name} {headline}\n" in top
        assert mail[0] in tailored.of("Contact")[0]


def test_pages_as_laid_out(
    one_page: list[Tailored], two_pages: list[Tailored], folder: Path
) -> None:
    """Laid out by LibreOffice, no file is longer than was asked for, and none than was said."""
    if not (shutil.which("soffice") and shutil.which("pdfinfo")):
        pytest.skip("needs LibreOffice and pdfinfo")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    files = [str(tailored.file) for tailored in (*one_page, *two_pages)]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)

    def laid_out(tailored: Tailored) -> int:
        pdf = str(tailored.file.with_suffix(".pdf"))
        told = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
        return int(re.findall(r"^Pages:\s+(\d+)$", told, re.MULTILINE)[0])

    assert {laid_out(tailored) for tailored in one_page} == {1}
    found = [laid_out(tailored) for tailored in two_pages]
    assert max(found) == 2
    assert found == [tailored.resume.pages for tailored in two_pages]


def test_one_page_is_full(one_page: list[Tailored]) -> None:
    """With `pages=1` one page, and full to at least 92 % where anything had no room."""
    for tailored in one_page:
        assert tailored.resume.pages == 1
        causes = {item.cause for item in tailored.resume.dropped}
        assert tailored.resume.fill >= 0.92 or Cause.NO_ROOM not in causes


def test_two_postings_get_two_cvs(one_page: list[Tailored]) -> None:
    """A posting on GPU kernels and one on storage get visibly different lines."""
    by_name = {tailored.resume.match.posting.source: tailored for tailored in one_page}
    gpu, storage = by_name[GPU], by_name[STORAGE]
    kept = [
        {s.id for line in tailored.resume.chosen_lines() for s in line.kept}
        for tailored in (gpu, storage)
    ]
    assert len(kept[0] & kept[1]) <= 0.7 * len(kept[0] | kept[1])
    assert kept[0] - kept[1]
    assert kept[1] - kept[0]

    def having(tailored: Tailored, *wanted: str) -> list[str]:
        return [line for line in tailored.body if all(w in line.lower() for w in wanted)]

    assert having(storage, "linux", "backup")
    assert len(having(storage, "storage")) >= 3
    assert len(having(storage, "storage")) > len(having(gpu, "storage"))
    assert len(having(gpu, "kernel", "cuda")) >= 2
    assert len(having(gpu, "kernel", "cuda")) > len(having(storage, "kernel", "cuda"))
    assert len(having(gpu, "kernel", "fusion")) >= 2
