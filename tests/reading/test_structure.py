"""Lines to a CV: sections, entries, and nothing lost. All people are invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.reading.cv.contacts import read_contacts
from tailor.reading.cv.headings import read_heading, standard_heading
from tailor.reading.cv.name_line import split_name
from tailor.reading.cv.names import is_nationality, is_place
from tailor.reading.cv.numbering import language_items, skill_items
from tailor.reading.cv.structure import build_cv
from tailor.reading.markdown import read_markdown
from tailor.values.cv import ContactKind, Cv, Date, Period, SectionKind
from tailor.values.errors import CvError

JOB = "## Experience\n\n### Baker, Rye & Co, Leeds, UK\nJan 2020 – Present\n- Baked.\n"


def cv_of(text: str) -> Cv:
    """Read a CV from Markdown."""
    return build_cv(read_markdown(text))


def head_of(text: str) -> Cv:
    """Read a CV that has `text` above one position."""
    return cv_of(f"{text}\n\n{JOB}")


def entry_of(text: str, section: str = "Experience") -> tuple[tuple[str, ...], str, str, Period]:
    """Read a CV with one entry; give its titles, employer, place and period."""
    (entry,) = cv_of(f"# Jo Doe\n\n## {section}\n\n{text}\n").entries
    return entry.titles, entry.organisation, entry.place, entry.period


SINCE_2020 = Period(Date(2020, 1), present=True)
BAKER = (("Baker",), "Rye Ltd", "Leeds, UK", SINCE_2020)


@pytest.mark.parametrize(
    "text",
    [
        "### Baker, Rye Ltd, Leeds, UK\nJan 2020 – Present",
        "### Baker, Rye Ltd, Leeds, UK\n\n*Jan 2020 – Present*",
        "### Baker | Rye Ltd | Leeds, UK\nJanuary 2020 - now",
        "### Baker | Rye Ltd | Leeds, UK | 01/2020 – Present",
        "### Baker | Jan 2020 – Present | Rye Ltd | Leeds, UK",
        "### Baker — Rye Ltd, Leeds, UK\nJan 2020 – Present",
        "### Baker, Rye Ltd | Leeds, UK (Jan 2020 – Present)",
        "### Baker at Rye Ltd\nJan 2020 – Present | Leeds, UK",
        "### Baker at Rye Ltd, Leeds, UK\tJan 2020 – Present",
        "### Baker\n**Rye Ltd**, Leeds, UK | Jan 2020 – Present",
        "### Baker\n*Rye Ltd*\nLeeds, UK\nJan 2020 – Present",
        "### Rye Ltd, Leeds, UK\n**Baker** | Jan 2020 – Present",
        "### Rye Ltd (Leeds, UK)\n#### Baker\nJan 2020 – Present",
        "### Rye Ltd | Baker | Leeds, UK\n2020-01 to present",
        "**Baker, Rye Ltd, Leeds, UK**\nJan 2020 – Present\n- x",
        "**Baker**, Rye Ltd, Leeds, UK | Jan 2020 – Present\n- x",
        "present January 2020\t<b>Baker, Rye Ltd, Leeds, UK</b> <ul><li>➤ x</li></ul>",
        "Baker\nRye Ltd, Leeds, UK\nJan 2020 – Present\n\n- x",
        "### Baker, Rye Ltd, Leeds, UK | Jan 2020 – Present\n\nLed it from 2020 to 2021.",
        "- **Baker**, Rye Ltd, Leeds, UK, Jan 2020 – Present\n  - x",
    ],
)
def test_one_position_in_many_hands(text: str) -> None:
    """The same position, however it is written down, is read the same."""
    assert entry_of(text) == BAKER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "### Trainee » Baker » Head Baker, Rye Ltd, York, Leeds, & Hull\n2019 – 2020",
            (
                ("Trainee", "Baker", "Head Baker"),
                "Rye Ltd",
                "York, Leeds, & Hull",
                Period(Date(2019), Date(2020)),
            ),
        ),
        (
            "Oct 2008 Mar 2007\t<b>Baker, Rye Group (now Oat, Inc), York</b>",
            (("Baker",), "Rye Group (now Oat, Inc)", "York", Period(Date(2007, 3), Date(2008, 10))),
        ),
        (
            "### Baker, Rye, Inc., Boston, MA\n2019 – 2020",
            (("Baker",), "Rye, Inc.", "Boston, MA", Period(Date(2019), Date(2020))),
        ),
        (
            "### Senior Baker\n2020 – Present · 3 yrs 2 mos",
            (("Senior Baker",), "", "", Period(Date(2020), present=True)),
        ),
    ],
)
def test_heads_with_a_twist(text: str, expected: tuple[tuple[str, ...], str, str, Period]) -> None:
    """Stacked titles, several places, commas in brackets and company forms."""
    assert entry_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MSc Baking, University of Rye, UK, 2010", ("MSc Baking", "University of Rye", "UK")),
        ("### MSc, Baking, University of Rye, UK", ("MSc, Baking", "University of Rye", "UK")),
        (
            "### University of Rye, UK\nMSc Baking, 2009 – 2010",
            ("MSc Baking", "University of Rye", "UK"),
        ),
        (
            "### MSc Baking (5 year, hons) | Rye College",
            ("MSc Baking (5 year, hons)", "Rye College", ""),
        ),
    ],
)
def test_degrees(text: str, expected: tuple[str, str, str]) -> None:
    """In education the words of degrees and schools tell which part is which."""
    titles, organisation, place, _ = entry_of(text, "Education")
    assert (titles[0], organisation, place) == expected


def test_bullets_of_all_kinds_belong_to_their_entry() -> None:
    """Items, nested items, typed glyphs and paragraphs become bullets, in order."""
    cv = cv_of(
        "# Jo Doe\n\n## Experience\n\n### Baker, Rye\n2020 – 2021\n\nA line about the oven.\n\n"
        "- one\n  - under one\n* two\n\n➤ three\n\n### Cook, Oat\n2018 – 2019\n- four\n"
    )
    assert [[bullet.text.plain for bullet in entry.bullets] for entry in cv.positions] == [
        ["A line about the oven.", "one", "under one", "two", "three"],
        ["four"],
    ]


def test_several_titles_under_one_employer() -> None:
    """Each title with its dates is an entry of that employer."""
    for style in ("**{}** | {}", "#### {}\n{}"):
        text = "\n".join(
            [
                "# Jo Doe\n## Experience\n### Rye Ltd, Leeds, UK",
                style.format("Head Baker", "2019 – 2020"),
                "- led\n",
                style.format("Baker", "2017 – 2019"),
                "- baked",
            ]
        )
        assert [(e.title, e.organisation, e.place) for e in cv_of(text).positions] == [
            ("Head Baker", "Rye Ltd", "Leeds, UK"),
            ("Baker", "Rye Ltd", "Leeds, UK"),
        ]


def test_plain_text_without_any_marks() -> None:
    """Headings in capitals, entries in blocks, typed bullets."""
    cv = cv_of(
        "JO DOE\nBaker\nYork, UK • jo.doe@example.org • +44 20 7946 0000\n\nWORK HISTORY\n\n"
        "Rye Ltd                Leeds, UK\nHead Baker             Mar 2019 - Present\n• Led.\n\n"
        "Oat\nBaker\nJune 2015 to Feb 2019\n• Baked\n  bread.\n\nSKILLS\nRye, Oat, Wheat\n"
    )
    assert [(e.title, e.organisation, e.place) for e in cv.positions] == [
        ("Head Baker", "Rye Ltd", "Leeds, UK"),
        ("Baker", "Oat", ""),
    ]
    assert cv.positions[1].bullets[0].text.plain == "Baked bread."
    assert cv.skills == ("Rye", "Oat", "Wheat")
    assert (cv.name, cv.headline) == ("JO DOE", "Baker")
    assert not cv.unplaced


@pytest.mark.parametrize(
    ("line", "witnesses", "name", "rest"),
    [
        ("Jane Doe", [], "Jane Doe", ""),
        ("Jane Doe | Baker", [], "Jane Doe", "Baker"),
        ("Jane Doe – Baker, Cook", [], "Jane Doe", "Baker, Cook"),
        ("Jane Doe, Baker", [], "Jane Doe", "Baker"),
        ("Jane Doe, PhD", [], "Jane Doe, PhD", ""),
        ("Doe, Jane", [], "Doe, Jane", ""),
        ("Jane Doe Bread and Cake for Everyone", [], "Jane Doe", "Bread and Cake for Everyone"),
        ("Jan van der Berg Bread and Cake", [], "Jan van der Berg", "Bread and Cake"),
        ("Jane Mary Doe Bread and Cake", ["jdoe@x.org"], "Jane Mary Doe", "Bread and Cake"),
        ("Jane Doe Head Baker", ["janed"], "Jane Doe", "Head Baker"),
        ("Jane Doe Head Baker", ["https://jane-doe.example.org"], "Jane Doe", "Head Baker"),
        ("Jane Doe Head Baker", ["github.com/doej"], "Jane Doe", "Head Baker"),
        ("Ana Silva Costa", ["ana.silva@x.org"], "Ana Silva Costa", ""),
        ("José Núñez Head Baker", ["jnunez@x.org"], "José Núñez", "Head Baker"),
        ("Jane Doe Bread and Cake", ["info@x.org"], "Jane Doe", "Bread and Cake"),
    ],
)
def test_where_the_name_ends(line: str, witnesses: list[str], name: str, rest: str) -> None:
    """A separator tells, else an address made of the name, else the number of words."""
    assert split_name(line, witnesses) == (name, rest)


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        ("✉ jo@example.org", ContactKind.EMAIL, "jo@example.org"),
        ("Email: jo@example.org", ContactKind.EMAIL, "jo@example.org"),
        ("[write](mailto:jo@example.org)", ContactKind.EMAIL, "write"),
        ("☎ +44 (0)20 7946-0000", ContactKind.PHONE, "+44 (0)20 7946-0000"),
        ("Tel. 0151 1234567", ContactKind.PHONE, "0151 1234567"),
        ("github.com/jodoe", ContactKind.WEBSITE, "github.com/jodoe"),
        ("<https://jo.example.org>", ContactKind.WEBSITE, "https://jo.example.org"),
        ("[LinkedIn](https://linkedin.example/in/jo)", ContactKind.WEBSITE, "LinkedIn"),
        ("[jodoe](https://code.example/jodoe)", ContactKind.HANDLE, "jodoe"),
        ("[jodoe](#)", ContactKind.HANDLE, "jodoe"),
        ("@jodoe", ContactKind.HANDLE, "@jodoe"),
        ("Leeds, UK", ContactKind.PLACE, "Leeds, UK"),
        ("Austin, TX 78701", ContactKind.PLACE, "Austin, TX 78701"),
        ("Location: Middlemarch", ContactKind.PLACE, "Middlemarch"),
    ],
)
def test_contact_kinds(cell: str, kind: ContactKind, text: str) -> None:
    """Each kind of contact item is told by its form; icons and plain labels fall away."""
    (line,) = read_markdown(cell)
    contacts, others = read_contacts(line.text)
    assert [(contact.kind, contact.text) for contact in contacts] == [(kind, text)]
    assert not others


def test_contact_lines_of_all_separators() -> None:
    """Bars, dots, tabs, wide gaps, commas and line ends part contact items alike."""
    items = ["jo.doe@example.org", "+44 20 7946 0000", "Leeds, UK", "example.org/jo"]
    kinds = [ContactKind.EMAIL, ContactKind.PHONE, ContactKind.PLACE, ContactKind.WEBSITE]
    for separator in (" | ", " · ", " • ", "\t", "   ", " \u00a0 ", "  \n", "\n", "\n- "):
        cv = head_of(
            f"# Jo Doe\n\n- {separator.join(items)}"
            if "-" in separator
            else f"# Jo Doe\n\n{separator.join(items)}"
        )
        assert [contact.kind for contact in cv.contacts] == kinds, separator
        assert [contact.text for contact in cv.contacts] == items, separator
        assert not cv.unplaced
    cv = head_of("# Jo Doe\n\njo.doe@example.org, +44 20 7946 0000, example.org/jo")
    assert len(cv.contacts) == 3


def test_a_head_with_everything() -> None:
    """Headline, nationality, languages, skills and summary are told apart in the head."""
    cv = head_of(
        "# Jo Doe\n*Head Baker*\n\njo@example.org | Leeds, UK | German-Swiss\n\n"
        "Flour, Water, Salt. Rye, Oat (rolled, cut) | fluent in English, German and Welsh\n\n"
        "Baker of twenty years who has opened four shops and closed none of them.\n"
    )
    assert (cv.headline, cv.nationality) == ("Head Baker", "German-Swiss")
    assert cv.skills == ("Flour", "Water", "Salt", "Rye", "Oat (rolled, cut)")
    assert cv.languages == ("English", "German", "Welsh")
    assert [section.kind for section in cv.sections] == [
        SectionKind.SUMMARY,
        SectionKind.SKILLS,
        SectionKind.EXPERIENCE,
        SectionKind.LANGUAGES,
    ]
    assert not cv.unplaced


def test_what_the_head_does_not_understand_is_kept() -> None:
    """A remark that is neither contact nor headline goes to the unplaced lines."""
    cv = head_of("# Jo Doe\n\nBaker\n\njo@example.org | Driving licence B")
    assert [(bullet.text.plain, bullet.line) for bullet in cv.unplaced] == [
        ("Driving licence B", 5)
    ]


def test_contact_section_belongs_to_the_head() -> None:
    """Details under a heading of their own are contacts all the same."""
    cv = cv_of(f"# Jo Doe\n\n{JOB}\n## Contact\n- Phone: +44 20 7946 0000\n- Nationality: Swiss\n")
    assert [contact.text for contact in cv.contacts] == ["+44 20 7946 0000"]
    assert cv.nationality == "Swiss"
    assert len(cv.sections) == 1


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Work Experience", SectionKind.EXPERIENCE),
        ("EMPLOYMENT HISTORY:", SectionKind.EXPERIENCE),
        ("💼 Professional Experience", SectionKind.EXPERIENCE),
        ("Berufserfahrung", SectionKind.EXPERIENCE),
        ("Education & Certifications", SectionKind.EDUCATION),
        ("2. Education", SectionKind.EDUCATION),
        ("Selected Publications", SectionKind.PUBLICATIONS),
        ("Awards / Honours", SectionKind.AWARDS),
        ("Technical Skills", SectionKind.SKILLS),
        ("Idiomas", SectionKind.LANGUAGES),
        ("Things I like", SectionKind.OTHER),
        ("Experience with ovens", SectionKind.OTHER),
    ],
)
def test_section_headings(heading: str, kind: SectionKind) -> None:
    """Known headings are known in any dress; unknown ones keep their words."""
    (line,) = read_markdown(f"## {heading}")
    assert read_heading(line.text).kind is kind


def test_note_on_a_heading() -> None:
    """What stands beside a known heading is its note, with the link."""
    cv = cv_of(f"# Jo Doe\n\n{JOB}\n## Selected Publications [all](https://example.org)\n- x\n")
    section = cv.sections[1]
    assert (section.heading, section.note.plain) == ("Selected Publications", "all")
    assert section.note.runs[0].link == "https://example.org"


def test_every_kind_has_a_heading_to_print() -> None:
    """The standard heading of a kind is read back as that kind."""
    for kind in SectionKind:
        (line,) = read_markdown(f"## {standard_heading(kind)}")
        assert read_heading(line.text).kind is kind


@pytest.mark.parametrize(
    ("text", "date", "plain"),
    [
        ("2021\tOn salt, <i>Nature</i> (short)", Date(2021), "On salt, Nature (short)"),
        ("- 2021: On salt", Date(2021), "On salt"),
        ("- On salt | Jun 2021", Date(2021, 6), "On salt"),
        ("- On salt. Nature, 2021.", None, "On salt. Nature, 2021."),
        ("- On salt (2021)", None, "On salt (2021)"),
        ("- 2019 – 2021 | Reviewer", None, "2019 – 2021 | Reviewer"),
        ("2021. On salt", None, "2021. On salt"),
    ],
)
def test_dated_lines(text: str, date: Date | None, plain: str) -> None:
    """A single date in a cell of its own is the line's date; any other stays in the text."""
    (bullet,) = cv_of(f"# Jo Doe\n\n{JOB}\n## Publications\n\n{text}\n").publications
    assert (bullet.date, bullet.text.plain) == (date, plain)


def test_smaller_headings_in_a_list() -> None:
    """Groups of skills are sections of skills; their "Languages" are not spoken."""
    cv = cv_of(f"# Jo Doe\n\n{JOB}\n## Skills\n### Languages\n- Python, Go\n### Tools\n- Git\n")
    assert cv.skills == ("Python", "Go", "Git")
    assert cv.languages == ()


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Flour, Water. C, C++; Node.js", ["Flour", "Water", "C", "C++", "Node.js"]),
        ("Languages: Python (NumPy, SciPy), and R", ["Python (NumPy, SciPy)", "R"]),
        ("C#", ["C#"]),
        ("I have baked bread for many years", []),
    ],
)
def test_skill_items(text: str, items: list[str]) -> None:
    """Skills are cut at commas, semicolons and full stops outside brackets."""
    assert skill_items(text) == items


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("English (fluent), German: B2", ["English", "German"]),
        ("fluent in English and Welsh", ["English", "Welsh"]),
        ("Languages: Deutsch, Français", ["Deutsch", "Français"]),
        ("Klingon (fluent)", ["Klingon"]),
    ],
)
def test_language_items(text: str, items: list[str]) -> None:
    """Languages are named without their levels."""
    assert language_items(text) == items


def test_places_and_nationalities() -> None:
    """The tables know places and peoples, and take neither for the other."""
    assert all(map(is_place, ["Leeds, UK", "Berlin", "Palo Alto, CA", "Remote", "Lyon (France)"]))
    assert not any(map(is_place, ["Baker", "Flour, Water, Salt", "Rye Ltd", ""]))
    assert all(map(is_nationality, ["Swiss", "Portuguese-Swiss", "Dual German and French citizen"]))
    assert not any(map(is_nationality, ["Baker", "English, Baker", ""]))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# Jo Doe\n\nJust a letter about myself.", "Sections found: none"),
        ("# Jo Doe\n\n## Skills\n- Flour", r"skills \(line 3\)"),
        (JOB, "no name found"),
        ("", "no position"),
    ],
)
def test_what_is_no_cv(text: str, words: str) -> None:
    """Without an entry or a name there is an error that says what was looked for."""
    with pytest.raises(CvError, match=words):
        cv_of(text)


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


word = st.from_regex(r"[A-Z]?[b-z]{3,9}x", fullmatch=True)
phrase = st.lists(word, min_size=1, max_size=5).map(" ".join)
listed = st.lists(phrase, min_size=1, max_size=4).map(", ".join)
sentence = st.lists(word, min_size=3, max_size=30).map(lambda words: " ".join(words) + ".")
period = st.sampled_from(["2019 – 2021", "2018 – Present", "2020", "present 2017"])
loose_line = st.one_of(
    sentence.map("- {}".format),
    sentence.map("  - {}".format),
    sentence.map("➤ {}".format),
    sentence,
    listed,
    phrase.map("**{}**".format),
    phrase.map("### {}".format),
    phrase.map("## {}".format),
    st.tuples(period, listed).map("\t".join),
    st.tuples(listed, period).map(" | ".join),
    st.tuples(phrase, phrase, phrase).map(" | ".join),
    st.tuples(phrase, sentence).map(": ".join),
    st.just(""),
    period,
    st.sampled_from(["## Education", "## Skills", "## Languages", "## Awards", "## Publications"]),
)


@given(st.lists(loose_line, max_size=25), st.lists(loose_line, max_size=8))
def test_no_word_is_lost(lines: list[str], above: list[str]) -> None:
    """Every word of whatever is written into a CV is found in what was read."""
    above = [line for line in above if not line.startswith("## ")]
    text = "\n".join(["# Jo Doe", *above, "", JOB, *lines])
    written = set(re.findall(r"\w+", text)) - {"Jan", "Present", "present"}
    assert written <= words_of(cv_of(text))


def test_the_same_job_at_another_place_is_another_entry() -> None:
    """Only what stands once more with all of its words is left out as an overview."""
    own = [
        "Roofer, Alder Works, Leeds, UK\t2019",
        "- Laid tiles.",
        "Roofer, Alder Works, York, UK\t2019",
    ]
    cv = cv_of("\n".join(["# Jo Doe", "", JOB, *own]))
    assert {"Leeds", "York"} <= words_of(cv)


@given(st.text(max_size=300))
def test_any_text_is_a_cv_or_an_error(text: str) -> None:
    """No text makes the reader fail in another way."""
    try:
        cv = cv_of(f"# Jo Doe\n\n{JOB}\n{text}")
    except CvError:
        return
    assert cv.entries


def test_ids_do_not_depend_on_other_lines() -> None:
    """A bullet keeps its id when the lines around it change; the same words get two ids."""
    one = cv_of(f"# Jo Doe\n\n{JOB}")
    two = cv_of(f"# Jo Doe\n\nBaker\n\n{JOB}- Baked more.\n- Baked.\n")
    first, _, again = two.positions[0].bullets
    assert one.positions[0].bullets[0].id == first.id
    assert again.id == f"{first.id}-2"
    assert one.positions[0].id == two.positions[0].id


def test_a_plain_list_of_qualifications_is_read_line_by_line() -> None:
    """Licences and courses without dates stand for themselves among degrees, with no doubt."""
    cv = cv_of(
        "# Ines Fay\n\n" + JOB + "\nEDUCATION AND QUALIFICATIONS\n"
        "NVQ Level 3 Plumbing, Aire College, 2016\n"
        "Unvented hot water (2019)\n"
        "Full driving licence\n"
        "Registered with Gas Safe, no. 4711\n"
        "Working at height\n"
    )
    (section,) = [s for s in cv.sections if s.kind is SectionKind.EDUCATION]
    assert [entry.title for entry in section.entries] == [
        "NVQ Level 3 Plumbing",
        "Unvented hot water",
        "Full driving licence",
        "Registered with Gas Safe, no. 4711",
        "Working at height",
    ]
    assert not [b for entry in section.entries for b in entry.bullets]
    assert not [d for d in cv.doubts if "no dates" in d.message or "no school" in d.message]


def test_a_list_of_qualifications_ends_at_the_next_heading() -> None:
    """Also where no line has space above it."""
    cv = cv_of(
        "# Ines Fay\n\n" + JOB + "\n**Education and training**\n"
        "NVQ Level 3 Plumbing, Aire College, 2016\n"
        "Unvented hot water, 2019\n"
        "**Skills**\nSoldering, Excel\n"
    )
    assert [section.kind for section in cv.sections][-2:] == [
        SectionKind.EDUCATION,
        SectionKind.SKILLS,
    ]


def test_brackets_behind_a_degree_are_its_subject_not_its_school() -> None:
    """Though all other degrees of the section name a school."""
    cv = cv_of(
        "# Ines Fay\n\n" + JOB + "\n## Education\n\n"
        "Diploma in Nursing, Aire University, 2016\n\n"
        "Certificate in Advanced Nursing (Anaesthesia), 2019\n"
    )
    (section,) = [s for s in cv.sections if s.kind is SectionKind.EDUCATION]
    assert section.entries[1].title == "Certificate in Advanced Nursing (Anaesthesia)"
    assert section.entries[1].organisation == ""


def test_text_below_dated_heads_and_labelled_lists_behind_the_last_entry() -> None:
    """A short line without a date is no head among dated ones; "Languages: ..." is no school."""
    cv = cv_of(
        "Curriculum Vitae\n\nName: Ada Fay\nEmail: ada@example.org\n\nWork experience\n\n"
        "03/2020 - now   Head Gardener, Fern Park, Kiel\n"
        "                Planning of 12 hectares of beds\n"
        "                Fire safety officer\n"
        "                Gold medal since 2022\n\n"
        "08/2016 - 02/2020   Gardener, Moss Estate, Bremen\n"
        "                Kept the rose garden\n\n"
        "Education\n2010 - 2013     Apprenticeship as gardener, Bremen\n\n"
        "Languages: German fluent, English basic\nOther: driving licence B\n"
    )
    assert [entry.title for entry in cv.positions] == ["Head Gardener", "Gardener"]
    assert [b.text.plain for b in cv.positions[0].bullets][1] == "Fire safety officer"
    kinds = [section.kind for section in cv.sections]
    assert SectionKind.LANGUAGES in kinds
    assert not [doubt for doubt in cv.doubts if doubt.field in {"bullet", "dates"}]
    assert cv.unplaced == ()


def test_headings_in_capitals_end_the_section_above() -> None:
    """A line "TICKETS" is a heading by its words and its look, not an employer."""
    cv = cv_of(
        "Resume of Pat Fay\npat@example.org\n\nSKILLS\n- Welding\n\n"
        "JOBS\n2021 to date: Welder, Granite Ltd, Leeds\n- Welded pipes\n"
        "2016 to 2021: Fitter, Slate Ltd, Leeds\n- Fitted frames\n\n"
        "TICKETS\nSafety passport\nMedical\n\nSCHOOL\nBanff Academy: 5 Standard Grades\n"
    )
    kinds = [section.kind for section in cv.sections]
    assert kinds == [
        SectionKind.SKILLS,
        SectionKind.EXPERIENCE,
        SectionKind.CERTIFICATES,
        SectionKind.EDUCATION,
    ]
    assert len(cv.positions) == 2


def test_roles_below_an_employer_with_its_length() -> None:
    """As LinkedIn's pages are copied: the employer, how long, then its roles with their dates."""
    cv = cv_of(
        "# Kim Fay\n\nExperience\n\nPaper Plane Ltd\n5 years 2 months\n\n"
        "Staff Product Designer\nMarch 2023 - Present (2 years 9 months)\nLeeds, UK\n"
        "Own the design system used by 14 teams.\n\n"
        "Senior Product Designer\nOctober 2020 - March 2023 (2 years 6 months)\nDrew icons.\n\n"
        "Oat Labs\nProduct Designer\nJune 2017 - September 2020 (3 years 4 months)\nDrew pages.\n"
    )
    assert [(entry.title, entry.organisation) for entry in cv.positions] == [
        ("Staff Product Designer", "Paper Plane Ltd"),
        ("Senior Product Designer", "Paper Plane Ltd"),
        ("Product Designer", "Oat Labs"),
    ]


def test_a_thesis_behind_the_school_is_a_line_of_its_own() -> None:
    """It is no part of the school's name, and not lost."""
    cv = cv_of(
        "# Kim Fay\n\n" + JOB + "\n## Education\n"
        '2014\tPhD, Marine Biology, University of Bergen. Thesis: "Urchins"\n'
    )
    (degree,) = cv.degrees
    assert degree.organisation == "University of Bergen"
    assert [b.text.plain for b in degree.bullets] == ['Thesis: "Urchins"']


def test_a_bullet_without_a_mark_is_no_employer_of_the_next_role() -> None:
    """Employers stand apart here; a line that follows another without a gap is text."""
    cv = cv_of(
        "Pat Fay\npat@example.org\n\nOBJECTIVE: Supervisor in warehousing\n\nEXPERIENCE:\n\n"
        "Moss Logistics, Leeds, UK\n"
        "Shift Leader                          2016 - 2023\n"
        "Accountable for 42 people\nPlanned 14 moves\n"
        "Picker                              2011 - 2016\nLed nine people at night\n\n"
        "Harbour Stores, York, UK\nStocker                     2003 - 2004\n\n"
        "EDUCATION:\nA.A.S. Logistics, Aire College, 2022\nLeader Course, 2012\nOSHA 30, 2021\n\n"
        "CLEARANCE: Basic\n"
    )
    assert [(entry.title, entry.organisation) for entry in cv.positions] == [
        ("Shift Leader", "Moss Logistics"),
        ("Picker", "Moss Logistics"),
        ("Stocker", "Harbour Stores"),
    ]
    titles = [entry.title for entry in cv.degrees]
    assert titles == ["A.A.S. Logistics", "Leader Course", "OSHA 30"]
    assert cv.sections[-1].kind is SectionKind.CERTIFICATES
    assert cv.sections[0].bullets[0].text.plain == "Supervisor in warehousing"


def test_a_label_among_the_skills_is_no_section() -> None:
    """A line "Programming: ..." below "Skills" is one of them; elsewhere it begins a list."""
    cv = cv_of(f"# Pat Fay\n\n{JOB}\n## Skills\n\n- Programming: Python, Go\n- Cloud: AWS\n")
    skills = cv.sections[-1]
    assert [b.text.plain for b in skills.bullets] == ["Programming: Python, Go", "Cloud: AWS"]
