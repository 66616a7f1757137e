"""Random CVs and postings, as readers could make them, for the properties of the promises."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

from hypothesis import assume
from hypothesis import strategies as st

from tailor.matching.match import Match, match
from tailor.nlp.pipeline import load
from tailor.reading.posting.text import parse_posting
from tailor.selection.select import select
from tailor.selection.tailored_cv import TailoredCv
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
    Run,
    Section,
    SectionKind,
)
from tailor.values.errors import CvError
from tailor.values.posting import Posting

# Loads what words need: libraries imported while a strategy draws take random numbers away from it.
load()

# Postings ask for some of these, and CVs answer with them.
SKILLS = (
    "Kubernetes clusters Python Kafka ledgers invoices sourdough ovens budgets audits wards nurses "
    "contracts warehouses turbines orchids sensors lectures"
).split()
# These stand in either, but seldom in both.
OTHERS = (
    "lanterns harbours violins meadows ferries quilts glaciers beacons acorns kettles bridges "
    "paddocks almanacs tunnels"
).split()
VERBS = "Built Ran Planned Measured Repaired Taught Sold Designed".split()
TITLES = "Baker Nurse Engineer Teacher Auditor Gardener Analyst Electrician".split()
EMPLOYERS = "Larkhollow Thistlemoor Quillmere Tarnbrook Eskmoor".split()
LEADS = ("", "", "", "as Researcher, 2021: ", "In 2019: ", "2015-18: ")

# Three words in a row count as one draw, so that long texts are drawn fast.
TRIPLES = tuple(
    f"{first} {second} {third}"
    for first, second, third in zip(SKILLS, cycle(OTHERS), reversed(SKILLS), strict=False)
)
words_of_lines = st.lists(st.sampled_from(TRIPLES), min_size=1, max_size=4)

dates = st.builds(Date, st.integers(1980, 2024), st.none() | st.integers(1, 12))
periods = st.one_of(
    st.builds(Period),
    st.builds(Period, st.none(), dates),
    st.builds(Period, dates, dates),
    st.builds(Period, dates, st.none(), st.just(True)),
)
titles = st.lists(st.sampled_from(TITLES), min_size=1, max_size=3, unique=True).map(tuple)
contacts = st.lists(
    st.one_of(
        st.builds(Contact, st.just(ContactKind.EMAIL), st.just("jo@example.org")),
        st.builds(Contact, st.just(ContactKind.PHONE), st.just("+44 7700 900123")),
        st.builds(Contact, st.just(ContactKind.PLACE), st.sampled_from(["Leeds, UK", "Reno, NV"])),
        st.builds(Contact, st.just(ContactKind.HANDLE), st.sampled_from(["jodoe", "doe-jo"])),
        st.builds(
            Contact,
            st.just(ContactKind.WEBSITE),
            st.just("jo.example.org"),
            st.just("https://jo.example.org"),
        ),
    ),
    max_size=6,
).map(tuple)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """Draw a sentence that may stand without the others."""
    return f"{draw(st.sampled_from(VERBS))} {' '.join(draw(words_of_lines))}."


@st.composite
def rich_texts(draw: st.DrawFn) -> RichText:
    """Draw the text of a bullet: a lead or none, and one to four sentences, perhaps in italics."""
    plain = draw(st.sampled_from(LEADS))
    plain += " ".join(draw(st.lists(sentences(), min_size=1, max_size=4)))
    cut = draw(st.integers(0, len(plain)))
    return RichText.of([Run(plain[:cut], italic=draw(st.booleans())), Run(plain[cut:])])


def cvs(*, most_entries: int = 4) -> st.SearchStrategy[Cv]:
    """Make CVs with all that a section may hold, and sections that hold nothing."""
    return _cvs(most_entries)


@st.composite
def _cvs(draw: st.DrawFn, most_entries: int) -> Cv:
    factory = BulletFactory()

    def bullets(most: int) -> tuple[Bullet, ...]:
        drawn = draw(st.lists(rich_texts(), max_size=most))
        return tuple(factory.make(text) for text in drawn)

    def entries(most: int) -> tuple[Entry, ...]:
        return tuple(
            Entry(
                factory.unique("e", " ".join(held)),
                held,
                draw(st.sampled_from(["", *EMPLOYERS])),
                draw(st.sampled_from(["", "Leeds", "Hull, UK"])),
                draw(periods),
                bullets(4),
            )
            for held in draw(st.lists(titles, max_size=most))
        )

    def publications() -> tuple[Bullet, ...]:
        drawn = draw(st.lists(st.tuples(sentences(), st.none() | dates), max_size=3))
        return tuple(factory.make(text, date=date, divisible=False) for text, date in drawn)

    def skills() -> Section:
        items = tuple(draw(st.lists(st.sampled_from(SKILLS), max_size=6, unique=True)))
        lines = (factory.make(f"Tools: {', '.join(items)}"),) if items else ()
        return Section(SectionKind.SKILLS, "Skills", bullets=lines, items=items)

    makers: dict[str, Callable[[], Section]] = {
        "Profile": lambda: Section(SectionKind.SUMMARY, "Profile", bullets=bullets(1)),
        "Work": lambda: Section(SectionKind.EXPERIENCE, "Work", entries=entries(most_entries)),
        "Education": lambda: Section(SectionKind.EDUCATION, "Education", entries=entries(2)),
        "Papers": lambda: Section(
            SectionKind.PUBLICATIONS,
            "Papers",
            note=RichText.of("All at jo.example.org"),
            bullets=publications(),
        ),
        "Skills": skills,
        "Ships": lambda: Section(
            SectionKind.OTHER, "Ships", entries=entries(1), bullets=bullets(2)
        ),
        "Projects": lambda: Section(SectionKind.PROJECTS, "Projects", entries=entries(2)),
        "References": lambda: Section(
            SectionKind.REFERENCES, "References", entries=entries(1), bullets=bullets(2)
        ),
    }
    order = draw(st.permutations(sorted(makers)))
    return Cv(
        "Jo Doe",
        draw(st.sampled_from(["", "Baker and engineer"])),
        draw(contacts),
        draw(st.sampled_from(["", "British"])),
        tuple(makers[name]() for name in order),
        tuple(bullets(1)),
    )


@st.composite
def postings(draw: st.DrawFn) -> Posting:
    """Draw a posting that asks for something, in words of which some stand in the CVs."""
    asked = st.lists(
        st.lists(st.sampled_from(SKILLS), min_size=2, max_size=8).map(" ".join),
        min_size=1,
        max_size=6,
    )
    text = f"{draw(st.sampled_from(TITLES))}\nOrrin Labs | Leeds, UK\n\nWhat you'll do\n"
    text += "".join(f"- Look after {line}\n" for line in draw(asked))
    if draw(st.booleans()):
        text += "\nNice to have\n" + "".join(f"- Care about {line}\n" for line in draw(asked))
    if draw(st.booleans()):
        text += "\nWhat we offer\n- Kettles, lanterns and violins for all\n"
    return parse_posting(text)


def matches(*, most_entries: int = 4) -> st.SearchStrategy[Match]:
    """Make random CVs matched with random postings."""
    return st.builds(match, cvs(most_entries=most_entries), postings())


@st.composite
def tailored_cvs(draw: st.DrawFn) -> tuple[TailoredCv, int]:
    """Draw a tailored CV and the number of pages that was asked for."""
    pages = draw(st.integers(1, 2))
    matched = draw(matches(most_entries=draw(st.sampled_from([1, 4]))))
    try:
        return select(matched, pages=pages), pages
    except CvError:  # too many entries for the pages: an error of its own, tested by itself
        assume(condition=False)
        raise
