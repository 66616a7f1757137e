"""The Markdown form of a whole CV: exact, and pleasant to read and edit."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from cv_strategies import cvs
from hypothesis import given, settings
from strategies import cvs as tame_cvs

from tailor.exporting.markdown_form import to_markdown
from tailor.reading.cv.numbering import renumbered
from tailor.reading.master.form import read_master_form
from tailor.reading.reader import MASTER_MARK, read_cv
from tailor.values.cv import (
    Bullet,
    Contact,
    ContactKind,
    Cv,
    Entry,
    RichText,
    Run,
    Section,
    SectionKind,
)


def cv_of(*texts: str | RichText, **entry: object) -> Cv:
    """Make a CV with one position that has these bullets."""
    held = tuple(Bullet("", RichText.of(t) if isinstance(t, str) else t, ()) for t in texts)
    position = replace(Entry("", ("Baker",), "Crumb & Sons", bullets=held), **entry)  # type: ignore[arg-type]
    section = Section(SectionKind.EXPERIENCE, "Experience", entries=(position,))
    return renumbered(Cv("Jo Doe", sections=(section,)))


def written(cv: Cv) -> str:
    """Write a CV, and see that it reads back."""
    text = to_markdown(cv)
    assert read_master_form(text) == cv
    return text


def bullet_line(text: str | RichText) -> str:
    """Return the line that a bullet is written as."""
    return written(cv_of(text)).splitlines()[-1]


def heading_line(**entry: object) -> str:
    """Return the line that an entry's heading is written as."""
    lines = written(cv_of(**entry)).splitlines()
    return next(line for line in lines if line.startswith("###"))


@given(cvs)
@settings(max_examples=25)
def test_reads_back_exactly(cv: Cv) -> None:
    """Reading what was written gives an equal CV, ids and all; written again, the same text."""
    text = to_markdown(cv)
    assert MASTER_MARK.match(text)
    back = read_master_form(text)
    assert back == cv
    assert to_markdown(back) == text


@given(tame_cvs())
@settings(max_examples=10)
def test_ordinary_texts_have_no_escapes(cv: Cv) -> None:
    """Words, commas and full stops stand as they are; tags are for italics that end in a word."""
    cv = renumbered(cv)
    if cv.entries:
        assert not re.search(r"\\|&#", written(cv))


@pytest.mark.parametrize(
    "text",
    [
        "Wrote C++, C# and F# for R&D, AT&T and Crumb & Sons.",
        "Renamed snake_case to kebab-case; 5 * 3 < 20 > 1, see [1] and [sic].",
        'Said "hello" (twice) | in 2021: ~20 % faster, £3m, #1!',
        "2019 was a good year; 3.5 times as good.",
        "Kept https://example.org/a_b_c up.",
        "Python | Go | Rust",
        "Réseaux, 東京, naïve – “quoted” …",
    ],
)
def test_what_is_no_mark_is_not_escaped(text: str) -> None:
    """Signs that Markdown leaves alone are left alone."""
    assert bullet_line(text) == f"- {text}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("2019. A start", r"- 2019\. A start"),
        ("# 1 in sales", r"- \# 1 in sales"),
        ("*starred* work", r"- \*starred\* work"),
        ("a [link](x) in words", r"- a \[link](x) in words"),
        ("<b>tags</b> and &amp;", r"- \<b>tags\</b> and \&amp;"),
        ("Won the cup | 2021", r"- Won the cup \| 2021"),
        ("[ ] not done", r"- \[ ] not done"),
        ("~~struck~~", r"- \~\~struck\~\~"),
        ("[note]: https://x.example", r"- \[note]: https://x.example"),
        ("```", r"- \`\`\`"),
    ],
)
def test_marks_are_escaped(text: str, line: str) -> None:
    """What would be shown otherwise gets just the backslashes that it needs."""
    assert bullet_line(text) == line


def test_styles_and_links() -> None:
    """Bold, italics and links are those of Markdown; HTML stands in where stars would not hold."""
    runs = [Run("Tools: ", bold=True), Run("Go, "), Run("mostly", italic=True)]
    assert bullet_line(RichText.of(runs)) == "- **Tools:** Go, *mostly*"
    both = [Run("a ", bold=True), Run("b", bold=True, italic=True), Run(" c")]
    assert bullet_line(RichText.of(both)) == "- <b>a </b>***b*** c"
    link = [Run("See "), Run("it", link="https://x.example/a(b)?c=1&d=2"), Run(".")]
    assert bullet_line(RichText.of(link)) == "- See [it](https://x.example/a(b)?c=1&d=2)."
    own = [Run("https://x.example", link="https://x.example")]
    assert bullet_line(RichText.of(own)) == "- <https://x.example>"
    inside = [Run("(x)", bold=True), Run("y")]
    assert bullet_line(RichText.of(inside)) == "- <b>(x)</b>y"


def test_headings_of_entries() -> None:
    """Cells are parted by bars; a lone title gets one only where it would be read as more."""
    assert heading_line() == "### Baker | Crumb & Sons"
    assert heading_line(titles=("Cook", "Baker"), place="Leeds, UK") == (
        "### Cook » Baker | Crumb & Sons | Leeds, UK"
    )
    assert heading_line(organisation="", place="Leeds") == "### Baker | | Leeds"
    assert heading_line(titles=()) == "### | Crumb & Sons"
    assert heading_line(organisation="") == "### Baker"
    assert heading_line(titles=("Head, Bread",), organisation="") == "### Head, Bread |"
    assert heading_line(titles=("C #",), organisation="a|b") == r"### C # | a\|b"
    assert heading_line(titles=("A » B",)) == "### A &#187; B | Crumb & Sons"
    assert heading_line(organisation="2019 – 2021") == "### Baker | &#50;019 – 2021"


def test_headings_of_sections() -> None:
    """A mark tells the kind only where the heading would tell another."""

    def heading(kind: SectionKind, words: str, note: str = "") -> str:
        cv = cv_of()
        section = Section(kind, words, RichText.of(note))
        text = written(replace(cv, sections=(*cv.sections, section)))
        return text.splitlines()[-1]

    assert heading(SectionKind.AWARDS, "Awards") == "## Awards"
    assert heading(SectionKind.PUBLICATIONS, "Papers", "since 2020") == "## Papers | since 2020"
    assert heading(SectionKind.OTHER, "My Voyages") == "## My Voyages"
    assert heading(SectionKind.PROJECTS, "Voyages") == "## Voyages <!-- kind: projects -->"
    assert heading(SectionKind.OTHER, "Unplaced") == "## Unplaced <!-- kind: other -->"
    assert heading(SectionKind.AWARDS, "Awards (all)") == "## Awards (all) |"


def test_contacts() -> None:
    """Mail and sites are their own links; a text with another link, or none, says so."""
    contacts = (
        Contact(ContactKind.EMAIL, "jo@example.org", "mailto:jo@example.org"),
        Contact(ContactKind.EMAIL, "jo@example.com"),
        Contact(ContactKind.WEBSITE, "jo.example.org", "https://jo.example.org"),
        Contact(ContactKind.HANDLE, "jo_doe", "https://example.org/jo_doe"),
        Contact(ContactKind.PHONE, "+44 7700 900123", "tel:+447700900123"),
    )
    lines = written(replace(cv_of(), contacts=contacts, nationality="British")).splitlines()
    assert lines[3:9] == [
        "- Email: jo@example.org",
        "- Email: [jo@example.com]()",
        "- Website: jo.example.org",
        "- Handle: [jo_doe](https://example.org/jo_doe)",
        "- Phone: [+44 7700 900123](tel:+447700900123)",
        "- Nationality: British",
    ]


def test_the_sample_cv(sample_cv: Cv) -> None:
    """The CV that ships reads back, without an escape in it."""
    cv = renumbered(sample_cv)
    assert "\\" not in written(cv)


def test_the_real_cv(shared: Path) -> None:
    """The real CV reads back, with its titles in turn and dated publications, unescaped."""
    cv = renumbered(read_cv(shared / "cvs" / "master_cv.md"))
    text = written(cv)
    assert "\\" not in text
    assert len(re.findall(r"^### .* » .* \| .* \| ", text, re.MULTILINE)) == 2
    assert len(re.findall(r"^- .* \| \d{4}$", text, re.MULTILINE)) == 6
