"""The paragraphs of the page: the CV's lines, by the rules that résumé parsers need."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import contacts, cvs, tailored_cvs

from tailor.layout.line_breaking import text_width
from tailor.layout.typography import A4, LETTER, STYLES, Design, Paragraph, Style
from tailor.reading.cv.headings import standard_heading
from tailor.selection.composition import compose, format_period, format_title, header_paragraphs
from tailor.selection.order import in_one_order
from tailor.selection.tailored_cv import ChosenEntry, ChosenLine, ChosenSection, TailoredCv
from tailor.selection.tailored_cv import whole as whole_cv
from tailor.values.cv import (
    Bullet,
    BulletFactory,
    Contact,
    ContactKind,
    Cv,
    Date,
    Entry,
    Period,
    RichText,
    Section,
    SectionKind,
)

BODY = (Style.BULLET, Style.BODY)


def texts(paragraphs: list[Paragraph], *styles: Style) -> list[str]:
    """Return the words of the paragraphs in one of `styles`."""
    return [p.text.plain for p in paragraphs if p.style in styles]


def whole(bullet: Bullet) -> ChosenLine:
    """Keep all of a bullet."""
    return ChosenLine(bullet, bullet.statements)


def allowed(bullet: Bullet) -> set[str]:
    """Return all that may be printed of a bullet: itself, or statements of it after its lead."""
    plain = bullet.text.plain
    found = {plain}
    lead = plain[: bullet.lead_end].strip()
    for number in range(1, len(bullet.statements)):
        for some in combinations(bullet.statements, number):
            joined = " ".join(plain[s.start : s.end] for s in some)
            found.add(joined if joined.startswith(lead) else f"{lead} {joined}")
    return found


@settings(max_examples=30)
@given(tailored_cvs())
def test_nothing_is_invented(drawn: tuple[TailoredCv, int]) -> None:
    """Every line of the page is a line, or statements of a line, of the CV; no line twice."""
    resume, _ = drawn
    cv = resume.cv
    bullets = {bullet.id: bullet for bullet in cv.bullets()}
    entries = {entry.id: entry for entry in cv.entries}
    notes = {section.note.plain for section in cv.sections if section.note}
    usual = {standard_heading(s.kind) for s in cv.sections if s.kind is not SectionKind.OTHER}
    headings = {one.casefold() for one in usual.union(s.heading for s in cv.sections)}
    header = {cv.name, cv.headline}
    # The items of a line of skills may stand in another order.
    skills = [section for section in cv.sections if section.kind is SectionKind.SKILLS]
    reordered = {
        in_one_order(text)
        for section in skills
        for bullet in section.bullets
        for text in allowed(bullet)
    }
    items = {contact.text for contact in cv.contacts} | {cv.nationality}
    paragraphs = compose(cv, resume.sections, Design(A4))
    for paragraph in paragraphs:
        plain = paragraph.text.plain
        if paragraph.style in BODY and paragraph.source:
            bullet = bullets[paragraph.source]
            if bullet.date:
                plain = plain.partition(f"{bullet.date.year} ")[2]
            assert plain in allowed(bullet) or in_one_order(plain) in reordered
        elif paragraph.style in BODY:
            assert plain in notes
        elif paragraph.style is Style.SECTION:
            assert plain.casefold() in headings
        elif paragraph.style is Style.CONTACT:
            assert set(plain.split(" | ")) <= items
        elif paragraph.style in (Style.ENTRY, Style.ORGANISATION):
            entry = entries[paragraph.source]
            known = f"{format_title(entry)} \t{format_period(entry.period)}"
            assert plain in known or plain in f"{entry.organisation}, {entry.place} \t{known}"
        else:
            assert plain in header
    sources = [p.source for p in paragraphs if p.style in BODY and p.source]
    assert len(sources) == len(set(sources))


@settings(max_examples=30)
@given(cvs())
def test_all_of_a_cv_is_printed_in_its_order(cv: Cv) -> None:
    """With every line chosen, every line, title, employer and date is there, in the CV's order."""
    paragraphs = compose(cv, whole_cv(cv), Design(A4))
    sources = list(dict.fromkeys(p.source for p in paragraphs if p.source))
    expected = []
    for section in cv.sections:
        expected += [bullet.id for bullet in section.bullets]
        for entry in section.entries:
            expected += [entry.id, *(bullet.id for bullet in entry.bullets)]
    assert sources == expected
    heads = {
        e.id: " ".join(p.text.plain for p in paragraphs if p.source == e.id) for e in cv.entries
    }
    for entry in cv.entries:
        head = heads[entry.id]
        assert all(title in head for title in entry.titles)
        assert entry.organisation in head
        assert entry.place in head
        assert format_period(entry.period) in head


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        (Period(Date(2019, 9), Date(2023, 10)), "Sep 2019 – Oct 2023"),
        (Period(Date(2021, 3), present=True), "Mar 2021 – Present"),
        (Period(Date(2019), Date(2020)), "2019 – 2020"),
        (Period(Date(2019, 12), Date(2020)), "Dec 2019 – 2020"),
        (Period(end=Date(2018, 5)), "May 2018"),
        (Period(end=Date(2018)), "2018"),
        (Period(start=Date(2018, 1)), "Jan 2018"),
        (Period(present=True), "Present"),
        (Period(), ""),
    ],
)
def test_dates(period: Period, shown: str) -> None:
    """Months have three letters, an en dash stands between, and today is Present."""
    assert format_period(period) == shown


@pytest.mark.parametrize(
    ("titles", "shown"),
    [
        (("Baker",), "Baker"),
        (("Researcher", "Senior Researcher"), "Senior Researcher (previously Researcher)"),
        (
            ("AI Resident", "Researcher", "Senior Researcher"),
            "Senior Researcher (previously Researcher, AI Resident)",
        ),
        ((), ""),
    ],
)
def test_stacked_titles(titles: tuple[str, ...], shown: str) -> None:
    """The newest title leads, the earlier ones follow in brackets, the latest of them first."""
    assert format_title(Entry("e", titles)) == shown


@pytest.mark.parametrize(
    ("entry", "lines"),
    [
        (
            Entry("e", ("Baker",), "Orrin", "Leeds", Period(Date(2019, 1), present=True)),
            ["Baker \tJan 2019 – Present", "Orrin, Leeds"],
        ),
        (Entry("e", ("Baker",), "Orrin"), ["Baker", "Orrin"]),
        (Entry("e", ("Baker",), "", "Leeds", Period(end=Date(2019))), ["Baker \t2019", "Leeds"]),
        (Entry("e", (), "Orrin", "Leeds", Period(end=Date(2019))), ["Orrin, Leeds \t2019"]),
        (Entry("e", ("Baker",)), ["Baker"]),
    ],
)
def test_head_of_an_entry(entry: Entry, lines: list[str]) -> None:
    """Title and dates share a line, employer and place the next; what is missing leaves no mark."""
    section = ChosenSection(Section(SectionKind.EXPERIENCE, "Jobs"), (ChosenEntry(entry, ()),))
    paragraphs = compose(Cv("Jo Doe"), [section], Design(A4))
    assert texts(paragraphs, Style.ENTRY, Style.ORGANISATION) == lines


@pytest.mark.parametrize(
    ("kind", "organisation", "line"),
    [
        (SectionKind.PROJECTS, "Orrin", "Orrin | orrin.example/bread"),
        (SectionKind.PROJECTS, "", "orrin.example/bread"),
        (SectionKind.EXPERIENCE, "Orrin", "Orrin"),
    ],
)
def test_a_project_shows_where_to_look_at_it(
    kind: SectionKind, organisation: str, line: str
) -> None:
    """Its address follows who it was made for, as people write it; that of an employer does not."""
    link = "https://www.orrin.example/bread/"
    entry = Entry("e", ("Oven timer",), organisation, link=link)
    section = ChosenSection(Section(kind, "What I made"), (ChosenEntry(entry, ()),))
    (head,) = [
        p for p in compose(Cv("Jo Doe"), [section], Design(A4)) if p.style is Style.ORGANISATION
    ]
    assert head.text.plain == line
    assert [run.link for run in head.text.runs if run.link] == [link] * line.count("example")


def test_sections_have_usual_headings_and_empty_ones_none() -> None:
    """A known section is called what parsers expect, an unknown one what the CV calls it."""
    line = whole(BulletFactory().make("Baked."))
    chosen = [
        ChosenSection(Section(SectionKind.EXPERIENCE, "Where I baked"), lines=(line,)),
        ChosenSection(Section(SectionKind.AWARDS, "Prizes", note=RichText.of("All of them"))),
        ChosenSection(Section(SectionKind.OTHER, "Ships"), lines=(line,)),
        ChosenSection(Section(SectionKind.OTHER, "Boats")),
    ]
    paragraphs = compose(Cv("Jo Doe"), chosen, Design(A4))
    assert texts(paragraphs, Style.SECTION) == [standard_heading(SectionKind.EXPERIENCE), "Ships"]
    assert "All of them" not in texts(paragraphs, *BODY)


def test_a_heading_is_not_printed_twice_in_a_row() -> None:
    """The usual one stands once; further sections of its kind have the CV's words."""
    line = whole(BulletFactory().make("Baked."))
    jobs = [
        ChosenSection(Section(SectionKind.EXPERIENCE, heading), lines=(line,))
        for heading in ("Where I baked", "Earlier experience", "Experience at sea")
    ]
    school = ChosenSection(Section(SectionKind.EDUCATION, "Studies"), lines=(line,))
    empty = ChosenSection(Section(SectionKind.AWARDS, "Prizes"))
    paragraphs = compose(Cv("Jo Doe"), [jobs[0], empty, jobs[1], school, jobs[2]], Design(A4))
    assert texts(paragraphs, Style.SECTION) == [
        "Work Experience",
        "Earlier experience",
        "Education",
        "Experience at sea",
    ]


def test_own_headings_on_wish() -> None:
    """With `keep_headings` the CV's words stay; a section without any has the usual ones."""
    line = whole(BulletFactory().make("Baked."))
    chosen = [
        ChosenSection(Section(kind, heading), lines=(line,))
        for kind, heading in [
            (SectionKind.EXPERIENCE, "Where I baked"),
            (SectionKind.AWARDS, " "),
            (SectionKind.OTHER, ""),
        ]
    ]
    paragraphs = compose(Cv("Jo Doe"), chosen, replace(Design(A4), keep_headings=True))
    assert texts(paragraphs, Style.SECTION) == [
        "Where I baked",
        "Awards",
        "Additional Information",
    ]


def test_plain_hyphens_on_wish() -> None:
    """With `plain_hyphens` a period has a hyphen; a year stays a year."""
    entry = Entry("e", ("Baker",), "Orrin", "", Period(Date(2019, 1), Date(2020)))
    section = ChosenSection(Section(SectionKind.EXPERIENCE, "Jobs"), (ChosenEntry(entry, ()),))
    paragraphs = compose(Cv("Jo Doe"), [section], replace(Design(A4), plain_hyphens=True))
    assert texts(paragraphs, Style.ENTRY) == ["Baker \tJan 2019 - 2020"]


def test_an_entry_of_no_words_has_no_head() -> None:
    """Nothing but its lines is printed of an entry without title, employer and dates."""
    line = whole(BulletFactory().make("Baked."))
    section = ChosenSection(
        Section(SectionKind.EXPERIENCE, "Jobs"), (ChosenEntry(Entry("e", ()), (line,)),)
    )
    paragraphs = compose(Cv("Jo Doe"), [section], Design(A4))
    assert [p.text.plain for p in paragraphs] == ["Jo Doe", "Work Experience", "Baked."]


def test_lists_to_read_across_are_no_bullets() -> None:
    """Skills, languages and the summary are text; other lines are bullets; notes come last."""
    line = whole(BulletFactory().make("Bread, cake"))
    kinds = [SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.SUMMARY, SectionKind.AWARDS]
    chosen = [
        ChosenSection(Section(kind, kind, note=RichText.of(f"Note on {kind}")), lines=(line,))
        for kind in kinds
    ]
    paragraphs = compose(Cv("Jo Doe"), chosen, Design(A4))
    assert texts(paragraphs, Style.BULLET) == ["Bread, cake"]
    assert texts(paragraphs, Style.BODY)[-1] == "Note on awards"


def test_dated_lines_begin_with_their_date() -> None:
    """A publication shows its year first, then the CV's words."""
    factory = BulletFactory()
    lines = (
        whole(factory.make("On bread.", date=Date(2019), divisible=False)),
        whole(factory.make("On rye.", date=Date(2020, 5), divisible=False)),
        whole(factory.make("On flour.", divisible=False)),
    )
    section = ChosenSection(Section(SectionKind.PUBLICATIONS, "Papers"), lines=lines)
    shown = texts(compose(Cv("Jo Doe"), [section], Design(A4)), Style.BULLET)
    assert shown == ["2019 On bread.", "May 2020 On rye.", "On flour."]


def test_header() -> None:
    """The name alone, the headline, then the contacts; an address of mail is a link."""
    cv = Cv(
        "Jo Doe",
        "Baker",
        (
            Contact(ContactKind.EMAIL, "jo@example.org"),
            Contact(ContactKind.HANDLE, "jodoe"),
            Contact(ContactKind.HANDLE, "jodoe"),
            Contact(ContactKind.WEBSITE, "example.org/jo", "https://example.org/jo"),
        ),
        "Welsh",
    )
    paragraphs = list(header_paragraphs(cv, Design(A4)))
    assert [(p.style, p.text.plain) for p in paragraphs] == [
        (Style.NAME, "Jo Doe"),
        (Style.HEADLINE, "Baker"),
        (Style.CONTACT, "jo@example.org | jodoe | example.org/jo | Welsh"),
    ]
    assert [(run.text, run.link) for run in paragraphs[-1].text.runs if run.link] == [
        ("jo@example.org", "mailto:jo@example.org"),
        ("example.org/jo", "https://example.org/jo"),
    ]
    assert [p.style for p in header_paragraphs(Cv("Jo Doe"), Design(A4))] == [Style.NAME]


@given(contacts, st.integers(2, 40), st.sampled_from([A4, LETTER]))
def test_contact_lines_break_between_items_only(
    drawn: tuple[Contact, ...], length: int, setup: object
) -> None:
    """Every item stands whole on one line, in order, and no line is too long for more than one."""
    paper = A4 if setup is A4 else LETTER
    items = tuple(replace(c, text=f"{c.text}{'w' * (length * n)}") for n, c in enumerate(drawn))
    lines = [
        p
        for p in header_paragraphs(Cv("Jo Doe", contacts=items), Design(paper))
        if p.style is Style.CONTACT
    ]
    shown = [item for line in lines for item in line.text.plain.split(" | ")]
    assert shown == list(dict.fromkeys(item.text for item in items))
    size = STYLES[Style.CONTACT].size
    for line in lines:
        assert " | " not in line.text.plain or text_width(line.text, size) <= paper.text_width
