"""CVs as people write them, each in its own way, and lines of any kind. All people are invented."""

from __future__ import annotations

import re
import time
from pathlib import Path

import loose_anonymous_cvs
import loose_markdown_cvs
import loose_markdown_cvs_more
import loose_text_cvs
import pytest
from expected_entries import found_in
from hypothesis import given
from hypothesis import strategies as st

from tailor import read_cv
from tailor.reading.cv.structure import build_cv
from tailor.reading.lines import Line, LineKind
from tailor.reading.markdown import read_markdown
from tailor.values.cv import ContactKind, Cv, RichText, Run, SectionKind
from tailor.values.errors import CvError

CASES = {
    **loose_markdown_cvs.CASES,
    **loose_markdown_cvs_more.CASES,
    **loose_text_cvs.CASES,
    **loose_anonymous_cvs.CASES,
}


def read(text: str) -> Cv:
    """Read a CV from Markdown or plain text."""
    return build_cv(read_markdown(text))


@pytest.mark.parametrize("name", CASES)
def test_entries_are_what_a_reader_sees(name: str) -> None:
    """Titles, employers, places, dates and bullets are found, however the CV is written."""
    text, expected = CASES[name]
    assert found_in(read(text)) == expected


@pytest.mark.parametrize("name", CASES)
def test_every_line_is_one_as_well_with_other_line_numbers(name: str) -> None:
    """Only the gap of a line counts, not its number, which wrapped lines of documents spoil."""
    text, expected = CASES[name]
    lines = read_markdown(text)
    renumbered = [Line(li.kind, li.level, li.text, 7, li.gap) for li in lines]
    assert found_in(build_cv(renumbered)) == expected


def test_labels_in_the_head() -> None:
    """Labels tell name, telephone with its extension, place and nationality."""
    cv = read(CASES["label_head"][0])
    assert (cv.name, cv.nationality) == ("Fatima Osei", "Ghanaian")
    assert [(contact.kind, contact.text) for contact in cv.contacts] == [
        (ContactKind.EMAIL, "fatima@example.org"),
        (ContactKind.PHONE, "+49 9131 555 0100 ext. 12"),
        (ContactKind.PLACE, "Erlangen, Germany"),
    ]
    assert not cv.unplaced


def test_front_matter_gives_what_the_page_does_not() -> None:
    """Known keys of front matter become the head; other keys are kept aside."""
    cv = read(CASES["front"][0])
    assert (cv.name, cv.headline) == ("Dara Quill", "Platform Engineer")
    assert [(contact.text, contact.link) for contact in cv.contacts] == [
        ("dara@example.org", "mailto:dara@example.org"),
        ("Leeds, UK", None),
        ("GitHub: daraquill", "https://github.com/daraquill"),
    ]
    assert [bullet.text.plain for bullet in cv.unplaced] == ["tags: [cv, resume]"]


def test_the_page_goes_before_its_front_matter() -> None:
    """What the page says of the person stands; a different word in front matter is kept aside."""
    cv = read(
        "---\nname: Jo Doe\ntitle: Curriculum Vitae\nemail: old@example.org\nsummary: >\n"
        "  Bakes bread\n  and cake.\n---\n# Jo Doe\njo@example.org\n\n"
        "## Experience\n### Baker, Rye\n2019 – 2021\n- Baked.\n"
    )
    assert (cv.name, cv.headline) == ("Jo Doe", "")
    assert [contact.text for contact in cv.contacts] == ["jo@example.org"]
    assert cv.sections[0].kind is SectionKind.SUMMARY
    assert cv.sections[0].bullets[0].text.plain == "Bakes bread and cake."
    assert {bullet.text.plain for bullet in cv.unplaced} == {
        "title: Curriculum Vitae",
        "old@example.org",
    }


def test_links_of_heads() -> None:
    """The first web address of a head is its entry's link; more of them are kept aside."""
    cv = read(
        "# Jo Doe\n## Projects\n### [Ovenwatch](https://oven.example.org) | 2021\n- x\n"
        "### [Crumbs](https://crumbs.example.org) ([code](https://code.example.org/crumbs))\n- y\n"
        "### Yeast | https://yeast.example.org | 2019\n- z\n"
    )
    assert [entry.link for entry in cv.entries] == [
        "https://oven.example.org",
        "https://crumbs.example.org",
        "https://yeast.example.org",
    ]
    assert [bullet.text.plain for bullet in cv.unplaced] == ["https://code.example.org/crumbs"]
    assert cv.entries[2].organisation == ""


def test_a_label_introduces_its_list() -> None:
    """A label above a list is no bullet, and is kept aside."""
    cv = read(CASES["nested"][0])
    assert [bullet.text.plain for bullet in cv.entries[0].bullets] == [
        "Won the county prize.",
        "Halved the waste.",
        "Baked.",
    ]


def test_lists_within_an_entry_end_no_section() -> None:
    """Bold "Key achievements:" and "Responsibilities" belong to the position above them."""
    cv = read(CASES["achievements_inside"][0])
    assert [section.kind for section in cv.sections] == [SectionKind.EXPERIENCE]


def test_headings_of_unknown_words() -> None:
    """In a text whose headings are in capitals, an unknown one in capitals is a heading too."""
    cv = read(CASES["unknown_caps"][0])
    assert [section.heading for section in cv.sections] == ["EXPERIENCE", "VOYAGES", "SKILLS"]
    assert len(cv.sections[1].bullets) == 2


def test_headings_of_two_meanings() -> None:
    """The word "Qualifications" beside education, and short "Highlights", are skills."""
    cv = read(
        "Jo Doe\n\nHighlights\nRye bread\nSourdough\n\nQualifications\nPuff pastry\nSteam ovens\n\n"
        "Experience\nBaker\n2019 - 2021\n• Baked.\n\nEducation\nBSc Baking, Rye College, 2018\n"
    )
    kinds = [section.kind for section in cv.sections]
    assert kinds[:2] == [SectionKind.SKILLS, SectionKind.SKILLS]
    assert len(cv.degrees) == 1


def test_references_of_several_lines() -> None:
    """Title, authors and venue on lines of their own are one publication, with its date."""
    cv = read(
        "# Jo Doe\n## Experience\n### Baker, Rye\n2019 – 2021\n- Baked.\n## Publications\n\n"
        "**On rye** | July 2021\nJo Doe, Al Pine\nJournal of Bread\n\n"
        "**On oat** | 2020\nAl Pine\n"
    )
    assert [
        (bullet.text.plain, bullet.date and bullet.date.year) for bullet in cv.publications
    ] == [
        ("On rye. Jo Doe, Al Pine. Journal of Bread", 2021),
        ("On oat. Al Pine", 2020),
    ]


def test_stacked_titles_as_the_program_prints_them() -> None:
    """The titles and dated lines of the program's own pages are read back."""
    cv = read(
        "# Jo Doe\n## Experience\n**Head Baker (previously Baker, Trainee)**\tJan 2019 – Present\n"
        "*Rye Ltd, Leeds*\n- Baked.\n## Publications\n2021 On rye. Journal of Bread.\n"
    )
    assert cv.entries[0].titles == ("Trainee", "Baker", "Head Baker")
    assert cv.publications[0].text.plain == "On rye. Journal of Bread."
    assert cv.publications[0].date is not None


word = st.from_regex(r"[A-Z]?[b-z]{3,9}x", fullmatch=True)
other_words = (
    "2019 – 2021|2018 – Present|2020|January 2007|Company Name|City , State|Experience|Education|"
    "Skills|Languages: English|Achievements:|Ltd|BSc|University of|Baker|at|Leeds, UK|(|)|"
    "Full-time|Name:|Company:|Position:|Period:|3 years|SKILLS|•|-|GPA: 3|"
    "jo@example.org|**|Projects"
).split("|")
piece = st.one_of(word, word, st.sampled_from(other_words))
separator = st.sampled_from([" ", " ", " ", ", ", "\t", " | ", " – ", ": ", "  ", "; ", ". ", " ("])


@st.composite
def rich_lines(draw: st.DrawFn) -> RichText:
    """Draw a line of words and parts of CVs, in styles, with links and any separators."""
    runs = []
    for _ in range(draw(st.integers(1, 7))):
        text = draw(piece) + draw(separator)
        link = draw(st.sampled_from([None] * 6 + ["https://example.org/a", "mailto:a@example.org"]))
        runs.append(Run(text, draw(st.booleans()), draw(st.booleans()), link))
    return RichText.of(runs)


lines_of_any_kind = st.builds(
    Line,
    st.sampled_from([LineKind.PARAGRAPH] * 4 + [LineKind.ITEM] * 3 + [LineKind.HEADING] * 2),
    st.integers(0, 6),
    rich_lines(),
    st.integers(0, 50),
    st.booleans(),
)


def words_of(cv: Cv) -> set[str]:
    """Give all words that a CV holds, its dates written as years."""
    texts = [cv.name, cv.headline, cv.nationality, *(contact.text for contact in cv.contacts)]
    for section in cv.sections:
        texts += [section.heading, section.note.plain]
        for entry in section.entries:
            texts += [*entry.titles, entry.organisation, entry.place]
            ends = (entry.period.start, entry.period.end)
            texts += [str(date.year) for date in ends if date]
    for bullet in (*cv.bullets(), *cv.unplaced):
        texts += [bullet.text.plain, str(bullet.date.year) if bullet.date else ""]
    return set(re.findall(r"\w+", " ".join(texts)))


@given(st.lists(lines_of_any_kind, max_size=25), st.booleans())
def test_no_word_of_any_lines_is_lost(lines: list[Line], with_entry: bool) -> None:
    """Whatever lines a reader of a format makes, each of their words is found in the CV."""
    entry = [
        Line(LineKind.HEADING, 2, RichText.of("Experience"), 51),
        Line(LineKind.PARAGRAPH, 0, RichText.of("Baker, Rye Ltd, 2001 – 2002"), 52, gap=True),
        Line(LineKind.ITEM, 1, RichText.of("Baked"), 53),
    ]
    try:
        cv = build_cv([*lines, *entry] if with_entry else lines)
    except CvError:
        return
    written = {
        found
        for line in lines
        for found in re.findall(r"\w+", line.plain)
        if found.endswith("x") or found.isdigit()
    }
    assert written - {"3"} <= words_of(cv)


@pytest.mark.parametrize("text", ["word word", "Baker | Acme | 2019 – 2021", "## a", "- b"])
def test_time_grows_with_the_lines_only(text: str) -> None:
    """Ten times the lines take some ten times as long."""
    head = "# Jo Doe\n## Experience\n### Baker, Rye\n2019 – 2021\n"

    def seconds(count: int) -> float:
        lines = read_markdown(head + f"{text}\n\n" * count)
        start = time.process_time()
        build_cv(lines)
        return time.process_time() - start

    seconds(10)
    assert seconds(1000) < 40 * max(seconds(100), 0.01)


@pytest.mark.parametrize("unit", [" ", "\t", "a, ", "( ", "2020 ", "Baker ", "a@", "1/2/", "x | "])
def test_a_line_of_great_length_is_read(unit: str) -> None:
    """A line of 100,000 characters takes no long time, wherever it stands."""
    long = RichText.of(unit * (100_000 // len(unit)) + "end")
    heading = Line(LineKind.HEADING, 2, RichText.of("Education"), 3)
    for kind in (LineKind.PARAGRAPH, LineKind.HEADING, LineKind.ITEM):
        line = Line(kind, 3 if kind is LineKind.HEADING else 1, long, 2, gap=True)
        name = Line(LineKind.HEADING, 1, RichText.of("Jo Doe"), 1)
        entry = Line(LineKind.PARAGRAPH, 0, RichText.of("BSc Baking, Rye College, 2018"), 4)
        cv = build_cv([name, line, heading, entry, line])
        assert cv.degrees


def test_a_long_first_line_parted_by_strokes(tmp_path: Path) -> None:
    """A name begins a line that is too long for one, above a heading of unknown words."""
    path = tmp_path / "cv.txt"
    path.write_text(
        "AGATHE LINDQVIST // clock maker // Uppsala // agathe@example.org // +46 70 123 45 67\n\n"
        ">> WHERE I HAVE WORKED AND AS WHAT\n\n"
        "Tornur & Son, Uppsala [2015 >> now]\nSenior clock maker\n"
        "  + Cast bearings for eleven church clocks\n"
    )
    cv = read_cv(path)
    assert (cv.name, cv.headline) == ("AGATHE LINDQVIST", "clock maker")
    entry = cv.sections[0].entries[0]
    assert entry.organisation == "Tornur & Son"
    assert entry.period.present
    assert [bullet.text.plain for bullet in entry.bullets] == [
        "Cast bearings for eleven church clocks"
    ]


def test_a_registration_in_the_head_is_a_certificate(tmp_path: Path) -> None:
    """It stands with the other papers, and its number is no telephone's."""
    path = tmp_path / "cv.md"
    path.write_text(
        "# Ottilie Brandreth\nPodiatrist · Hull\no.b@example.org · HCPC registered CH99817\n\n"
        "## Experience\n\n### Podiatrist, Quayside Clinic, Hull\n2015 - 2023\n\n"
        "- Treated diabetic feet\n\n## Courses\n\n- Nail surgery (2018)\n"
    )
    cv = read_cv(path)
    papers = [b.text.plain for s in cv.sections if s.kind == "certificates" for b in s.bullets]
    assert papers == ["HCPC registered CH99817", "Nail surgery (2018)"]
    assert not cv.unplaced


def test_a_table_of_all_positions_above_them(tmp_path: Path) -> None:
    """Each position is one, not two: with its lines."""
    path = tmp_path / "cv.md"
    path.write_text(
        "# Ottilie Brandreth\no.brandreth@example.org\n\n| When | Where | What |\n|---|---|---|\n"
        "| 2020–present | Quayside Clinic | Podiatrist |\n| 2015–2020 | Hull Baths | Foot Nurse |\n"
        "\n## Quayside Clinic, Podiatrist, 2020–present\n\n- Treated diabetic feet\n\n"
        "## Hull Baths, Foot Nurse, 2015–2020\n\n- Cut nails\n"
    )
    entries = read_cv(path).entries
    assert [(e.titles, e.organisation, len(e.bullets)) for e in entries] == [
        (("Podiatrist",), "Quayside Clinic", 1),
        (("Foot Nurse",), "Hull Baths", 1),
    ]
