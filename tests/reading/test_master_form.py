"""The Markdown form of a master CV is read strictly, and forgives what people do by hand."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from cv_strategies import cvs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tailor.exporting.markdown_form import to_markdown
from tailor.reading.cv.structure import build_cv
from tailor.reading.markdown import read_markdown
from tailor.reading.master.form import MARK, read_master_form
from tailor.reading.reader import MASTER_MARK, read_cv
from tailor.values.cv import Bullet, Cv, Date, Entry, Period, RichText, Run, SectionKind
from tailor.values.errors import CvError
from tailor.values.limits import USUAL

PAGE = Path(__file__).parents[2] / "docs" / "master-cv.md"
TEXT = PAGE.read_text(encoding="utf-8")
HEAD = f"{MARK}\n# Jo Doe\n\n## Experience\n\n"


def read(body: str) -> Cv:
    """Read entries of a section of experience."""
    return read_master_form(HEAD + body)


def entry(body: str) -> Entry:
    """Read one entry."""
    (only,) = read(body).entries
    return only


def plains(bullets: tuple[Bullet, ...]) -> list[str]:
    """Return the texts without styles."""
    return [bullet.text.plain for bullet in bullets]


def example() -> str:
    """Return the example of the page about the form."""
    (block,) = re.findall(r"^```markdown\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    return str(block)


def test_the_example_of_the_page() -> None:
    """The page's example says what the page says, and is written as the exporter writes it."""
    cv = read_master_form(example())
    assert (cv.name, cv.headline, cv.nationality) == (
        "Ines Halloway",
        "Platform engineer",
        "British",
    )
    assert [contact.link for contact in cv.contacts] == [
        "mailto:ines@example.org",
        None,
        "https://ines.example.org",
        "https://github.com/ihalloway",
        None,
    ]
    assert [section.kind.value for section in cv.sections] == (
        "summary experience education projects publications skills languages".split()
    )
    first, second = cv.positions
    assert first.titles == ("Engineer", "Senior Engineer")
    assert (first.organisation, first.place) == ("Larkhollow Tickets", "York, UK")
    assert first.period == Period(Date(2021, 3), None, present=True)
    assert first.link == "https://larkhollow.example"
    assert len(first.bullets[0].statements) == 2
    assert second.period == Period(Date(2016), Date(2021, 2))
    assert cv.entries[-1].period == Period(None, Date(2022, 8))
    assert [b.date for b in cv.publications] == [Date(2023), Date(2021, 6)]
    assert all(len(b.statements) == 1 for b in cv.publications)
    assert cv.sections[4].note.plain == "all of them"
    assert cv.skills == ("Go", "Python", "C++", "Kubernetes", "Terraform", "PostgreSQL")
    assert cv.languages == ("English", "German")
    assert plains(cv.unplaced) == ["Page 1 of 2"]
    assert to_markdown(cv) == example()


def test_the_dates_of_the_page() -> None:
    """Each form of dates that the page names is read."""
    (told,) = re.findall(r"^## Dates\n(.*?)^## ", TEXT, re.MULTILINE | re.DOTALL)
    forms = re.findall(r"`(.*?)`", told)
    assert len(forms) == 7
    for form in forms:
        assert entry(f"### Baker | Crumb\n{form}\n").period != Period(), form


def test_the_kinds_of_the_page() -> None:
    """The page names all kinds of sections."""
    begins = r"\| the kind, if the words of the heading would suggest another: "
    (told,) = re.findall(rf"{begins}(.*?) \|", TEXT)
    assert set(told.split(", ")) == set(SectionKind)


def test_without_the_mark_it_mostly_comes_to_the_same() -> None:
    """The reader of free Markdown finds the same person, positions, dates and bullets."""
    free = build_cv(read_markdown(example().partition("\n")[2]))
    strict = read_master_form(example())
    assert free.name == strict.name
    assert [e.titles for e in free.positions] == [e.titles for e in strict.positions]
    assert [e.period for e in free.positions] == [e.period for e in strict.positions]
    assert plains(free.positions[1].bullets) == plains(strict.positions[1].bullets)


def test_only_the_mark_makes_the_form() -> None:
    """The mark has to be the first line; the file's reader asks it."""
    assert MASTER_MARK.match(example())
    assert MASTER_MARK.match("\ufeff" + example().replace("\n", "\r\n"))
    assert not MASTER_MARK.match(example().partition("\n")[2])
    assert not MASTER_MARK.match(f"# Jo\n{MARK}\n")


def test_files_in_the_form_are_read_strictly(tmp_path: Path) -> None:
    """`read_cv` knows the form."""
    path = tmp_path / "cv.md"
    path.write_text(example(), encoding="utf-8")
    assert read_cv(path) == read_master_form(example())
    assert read_cv(path).source == str(path)


def test_line_numbers() -> None:
    """Sections, entries and bullets know their lines; those of comments count."""
    cv = read("<!-- to do:\nmore -->\n### Baker | Crumb\n2019\n\n- One\n  goes on\n- Two\n")
    (section,) = cv.sections
    assert (section.line, section.entries[0].line) == (4, 8)
    assert [b.line for b in section.entries[0].bullets] == [11, 13]


@pytest.mark.parametrize(
    "body",
    [
        "- One and\n  two.\n- Three.",
        "- One and\ntwo.\n- Three.",
        "* One\n  and\n\ttwo.\n\n\n* Three.",
        "+ One and two.\n+ Three.",
        "• One and two.\n• Three.",
        "1. One and two.\n2. Three.",
        "- One and two.\n  - Three.",
        "One and\ntwo.\n\nThree.",
        "-   One and two.   \n---\n- Three.",
        "- ➤ One and two.\n- <!-- why? --> Three.",
        "- One\\\n  and two.\n<!-- - Zero. -->\n- Three.",
    ],
)
def test_bullets_by_hand(body: str) -> None:
    """Wrapped, nested, unmarked or otherwise marked lines are the same bullets."""
    for period in ("2019\n\n", "2019\n", "\n\n2019\n"):
        held = entry(f"### Baker | Crumb\n{period}{body}\n")
        assert plains(held.bullets) == ["One and two.", "Three."]
        assert held.period == Period(None, Date(2019))


@pytest.mark.parametrize(
    "lines",
    [
        "### Baker | Crumb | Leeds, UK\nMay 2019 – Jun 2020",
        "### Baker | Crumb | Leeds, UK ###\n\n05/2019 - 06/2020",
        "### Baker|Crumb|Leeds, UK\n**May 2019 to June 2020**",
        "### Baker | Crumb | Leeds, UK | 2019-05 – 2020-06",
        "### Baker | Crumb\nMay 2019 – Jun 2020 | Leeds, UK",
        "### Baker, Crumb, Leeds, UK\nMay 2019 – Jun 2020",
        "### Baker, Crumb, Leeds, UK (May 2019 – June 2020)",
        "#### Baker | Crumb | Leeds, UK\n\nMai 2019 bis Juni 2020",
    ],
)
def test_heads_by_hand(lines: str) -> None:
    """Heads of entries in other forms say the same."""
    held = entry(f"{lines}\n\n- Baked.\n")
    assert held.titles == ("Baker",)
    assert (held.organisation, held.place) == ("Crumb", "Leeds, UK")
    assert held.period == Period(Date(2019, 5), Date(2020, 6))
    assert plains(held.bullets) == ["Baked."]


def test_addresses_of_entries() -> None:
    """The address stands on a line, or behind words of the heading; a link with words is text."""
    for lines in (
        "### Baker | Crumb\n<https://crumb.example>\n2019",
        "### Baker | Crumb\n2019\n[crumb.example](https://crumb.example)",
        "### Baker | [Crumb](https://crumb.example)\n2019",
    ):
        held = entry(f"{lines}\n- Baked.\n")
        assert (held.link, held.organisation) == ("https://crumb.example", "Crumb")
        assert held.period == Period(None, Date(2019))
        assert plains(held.bullets) == ["Baked."]
    held = entry("### Baker | Crumb\n[our story](https://crumb.example/story)\n")
    assert held.link is None
    assert held.bullets[0].text == RichText((Run("our story", link="https://crumb.example/story"),))
    assert entry("### Baker | [Crumb](javascript:alert(1))\n").link is None


def test_a_sentence_with_dates_is_no_period() -> None:
    """Only a line of dates is taken for one."""
    held = entry("### Baker | Crumb\nBaked for the whole of the county fair in 2019–2021.\n")
    assert held.period == Period()
    assert plains(held.bullets) == ["Baked for the whole of the county fair in 2019–2021."]


def test_the_head_by_hand() -> None:
    """Contacts without label or with another are known by their looks, else kept aside."""
    cv = read_master_form(
        f"{MARK}\n# Jo Doe\n\nBaker\nand cook\n\n"
        "* email:   [jo@example.org](mailto:jo@example.org)\n"
        "- Tel: +44 7700 900123\n- jo.example.org\n- Shoe size: 38\n- PLACE: Leeds\n"
        "- Nationality: British\n- Nationality: Swiss\n\nI like bread.\n\n### Lost\n\n"
        "## Experience\n### Baker\n"
    )
    assert cv.headline == "Baker and cook"
    assert [(c.kind.value, c.text) for c in cv.contacts] == [
        ("email", "jo@example.org"),
        ("phone", "+44 7700 900123"),
        ("website", "jo.example.org"),
        ("place", "Leeds"),
    ]
    assert cv.nationality == "British"
    assert plains(cv.unplaced) == ["Shoe size: 38", "Nationality: Swiss", "I like bread.", "Lost"]


def test_headings_by_hand() -> None:
    """The heading tells the kind, also with a note in brackets; unknown marks are told."""
    cv = read(
        "### Baker\n\n# Papers (since 2019) #\n\n- A. | 2020\n\n"
        "## Odd <!-- kind: oddity -->\n- B.\n"
    )
    _, papers, odd = cv.sections
    assert (papers.kind, papers.heading) == (SectionKind.PUBLICATIONS, "Papers")
    assert papers.note.plain == "(since 2019)"
    assert (odd.kind, odd.heading) == (SectionKind.OTHER, "Odd")
    assert len(cv.warnings) == 1
    assert "line 12" in cv.warnings[0]
    assert "no such kind" in cv.warnings[0]


def test_dates_of_bullets_by_hand() -> None:
    """A date in a last cell is the bullet's, in any usual form; other cells are text."""
    cv = read(
        "### Baker\n\n## Awards\n- Cup | May 2020\n- Bowl | 05/2020\n- A | B\n- 2019 | 2020\n"
    )
    bullets = cv.sections[1].bullets
    assert plains(bullets) == ["Cup", "Bowl", "A | B", "2019"]
    assert [b.date for b in bullets] == [Date(2020, 5), Date(2020, 5), None, Date(2020)]


def test_html_by_hand() -> None:
    """Tags of styles are styles; what only looks like a tag is text."""
    (bullet,) = entry("### Baker\n- <b>Led</b> <em>x</em><br>y, List<T> &amp; more\n").bullets
    assert bullet.text == RichText.of(
        [
            Run("Led", bold=True),
            Run(" "),
            Run("x", italic=True),
            Run(" y, List<T> & more"),
        ]
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{MARK}\n## Experience\n### Baker\n", "# Jane Doe"),
        (f"{MARK}\n# Jo\n\n## Skills\n- Bread\n", "skills (line 4)"),
        (f"{MARK}\n", "# Jane Doe"),
        (MARK.replace("form 1", "form 2") + "\n# Jo\n## Experience\n### Baker\n", "update tailor"),
        (HEAD + "### Baker\n" + "\n" * USUAL.lines, "lines"),
    ],
)
def test_what_is_no_cv(text: str, words: str) -> None:
    """One line that names the file and says what to do."""
    assert MASTER_MARK.match(text)
    with pytest.raises(CvError) as error:
        read_master_form(text, "jo.md")
    assert str(error.value).startswith("jo.md: ")
    assert words in str(error.value)
    assert "\n" not in str(error.value)


words = st.text(alphabet="abc xyz", min_size=1).map(lambda t: " ".join(t.split())).filter(bool)


@given(cvs, st.integers(0, 99), words)
@settings(max_examples=25)
def test_ids_stay_when_another_line_is_edited(cv: Cv, choice: int, new: str) -> None:
    """Other words for one bullet in the file leave the ids of all others as they are."""
    before = [*cv.bullets(), *cv.unplaced]
    assume(before)
    edited = before[choice % len(before)]
    # Of lines that say the same, each one's id tells which of them it is.
    assume("-" not in edited.id and not any(b.id.startswith(f"{edited.id}-") for b in before))
    lines = to_markdown(cv).split("\n")
    number = read_by_id(cv)[edited.id]
    mark = "- " if lines[number - 1].startswith("- ") else ""
    lines[number - 1] = f"{mark}Q {new}"
    after_cv = read_master_form("\n".join(lines))
    after = [*after_cv.bullets(), *after_cv.unplaced]
    assert [b.id for b in after if b.text.plain != f"Q {new}"] == [
        b.id for b in before if b.id != edited.id
    ]
    assert [e.id for e in after_cv.entries] == [e.id for e in cv.entries]


def read_by_id(cv: Cv) -> dict[str, int]:
    """Return the line of each bullet in the Markdown form."""
    back = read_master_form(to_markdown(cv))
    return {bullet.id: bullet.line for bullet in (*back.bullets(), *back.unplaced)}


@given(
    st.lists(
        st.sampled_from("# ## ### - * ** | \\ ` <!-- --> 2019 – x [a](b) \n".split(" ")),
        max_size=60,
    )
)
@settings(max_examples=100)
def test_anything_by_hand_is_a_cv_or_an_error(pieces: list[str]) -> None:
    """No text makes the reader fail otherwise, and what it read can be written and read again."""
    try:
        cv = read(" ".join(pieces))
    except CvError:
        return
    assert read_master_form(to_markdown(cv)) == cv


@given(
    st.lists(st.text(alphabet="abcdefgh", min_size=3, max_size=9), min_size=1, max_size=30),
    st.data(),
)
@settings(max_examples=50)
def test_no_word_is_lost(told: list[str], data: st.DataObject) -> None:
    """Whatever marks stand before and between them, all words come back."""
    marks = [
        "- ",
        "\n",
        "\n\n",
        "### ",
        "#### ",
        "\n## ",
        "\n\n### ",
        " | ",
        " » ",
        ": ",
        "\n* ",
        " ",
    ]
    body = "".join(data.draw(st.sampled_from(marks)) + word for word in told)
    try:
        cv = read_master_form(f"{MARK}\n# Jo\n{body}\n\n## Experience\n### Baker\n")
    except CvError:
        return
    for word in told:
        assert word in to_markdown(cv)


@pytest.mark.parametrize("unit", ["[", "*a ", "_a_", "`", "\\", "<b>", "&#1", "|", "<!-- ", "![a"])
def test_hostile_lines_take_no_longer_than_their_length(unit: str) -> None:
    """Long lines of marks are read in a time that grows with their length."""
    start = time.process_time()
    read(f"### Baker\n\n- {unit * 2_000}\n")
    assert time.process_time() - start < 20  # far more would be quadratic
