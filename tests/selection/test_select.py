"""What goes on the page: nothing lost silently, nothing moved, never more pages than asked."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from strategies import matches, tailored_cvs

from tailor.layout.page import paginate
from tailor.layout.typography import A4, LETTER, Design
from tailor.matching.match import Match, match
from tailor.reading.posting.text import parse_posting
from tailor.selection.candidate import Candidate, candidates, must_keep
from tailor.selection.composition import compose
from tailor.selection.filling import Filling
from tailor.selection.repetition import repeated_in
from tailor.selection.select import select
from tailor.selection.sheet import Sheet
from tailor.selection.tailored_cv import Cause, TailoredCv
from tailor.selection.wishes import Wishes
from tailor.selection.worth import enough, find_worth
from tailor.values.cv import BulletFactory, Cv, Date, Entry, Period, Section, SectionKind
from tailor.values.errors import CvError
from tailor.values.posting import Posting

WORDS = "amber birch cedar dune ember fern grove heron iris juniper kelp".split()
ENDINGS = "ford ton wick ham mere ley combe stead thorpe bury".split()
# As many things to bake as are needed, each by a word of its own.
BREADS = [f"{a}{b} rye bread" for a in WORDS for b in ENDINGS]
POSTING = parse_posting("Baker\n\nWhat you'll do\n- Bake rye bread\n- Sell cakes to schools\n")
# Sections of which an entry without an answer may go; no gap in a career shows there.
MAY_GO = (SectionKind.PROJECTS, SectionKind.REFERENCES)


def cv_of(kind: SectionKind, *roles: tuple[str, ...]) -> Cv:
    """Make a CV of one section with a role for each tuple of lines."""
    factory = BulletFactory()
    entries = tuple(
        Entry(factory.unique("e", str(n)), ("Baker",), "Orrin", bullets=tuple(map(factory.make, r)))
        for n, r in enumerate(roles)
    )
    return Cv("Jo Doe", sections=(Section(kind, "Work", entries=entries),), source="cv.md")


def printed(resume: TailoredCv) -> list[str]:
    """Return the words of all lines on the page."""
    return [line.text.plain for line in resume.chosen_lines()]


@settings(max_examples=30)
@given(tailored_cvs())
def test_nothing_is_lost_silently(drawn: tuple[TailoredCv, int]) -> None:
    """Every statement is on the page or among the dropped, never both, with a known reason."""
    resume, _ = drawn
    cv = resume.cv
    kept = [statement.id for line in resume.chosen_lines() for statement in line.kept]
    dropped = [item.id for item in resume.dropped]
    assert len(set(kept)) == len(kept)
    assert len(set(dropped)) == len(dropped)
    assert not set(kept) & set(dropped)
    words = {s.id: b.statement_text(s) for b in cv.bullets() for s in b.statements}
    assert set(words) <= {*kept, *dropped}
    words |= {bullet.id: bullet.text.plain for bullet in cv.unplaced}
    words |= {entry.id: entry.title for entry in cv.entries}
    for item in resume.dropped:
        assert item.text == words[item.id]
        assert item.cause is not Cause.WISHED
    understood = {item.id for item in resume.dropped if item.cause is not Cause.NOT_UNDERSTOOD}
    assert not understood & {bullet.id for bullet in cv.unplaced}


def test_statements_share_the_room_of_their_line() -> None:
    """Each takes its share by letters."""
    both = "Baked rye bread in Hull each day. Baked oat bread in York each day."
    cv = cv_of(SectionKind.EXPERIENCE, (both,), (both[:33],))
    found = match(cv, POSTING)
    design = Design()
    known = {
        item.id: item.room
        for item in candidates(found, find_worth(found), frozenset(), design, Wishes())
    }
    first, second, alone = (known[s.id] for b in cv.bullets() for s in b.statements)
    assert first == pytest.approx(second)
    assert first + second == pytest.approx(alone)  # each line of one height


@settings(max_examples=30)
@given(tailored_cvs())
def test_every_role_stays_where_it_was(drawn: tuple[TailoredCv, int]) -> None:
    """All positions and degrees are there, in the CV's order; the newest has a line."""
    resume, _ = drawn
    sections = [section.section for section in resume.sections]
    assert sections == [section for section in resume.cv.sections if section in sections]
    shown = {entry.entry.id: entry for section in resume.sections for entry in section.entries}
    dropped = {item.id for item in resume.dropped}
    for section in resume.cv.sections:
        in_order = [entry.id for entry in section.entries if entry.id in shown]
        assert in_order == [i for i in shown if i in {entry.id for entry in section.entries}]
        for entry in section.entries:
            assert (entry.id in shown) != (entry.id in dropped)
            if section.kind not in MAY_GO:
                assert entry.id in shown
            if entry.id in shown:
                assert shown[entry.id].entry == entry
                is_newest = entry.period.present or entry == section.entries[0]
                is_past = entry.period.end is not None and not entry.period.present
                if (is_newest and not is_past) or section.kind in MAY_GO:
                    assert bool(shown[entry.id].lines) == bool(entry.bullets)


@settings(max_examples=30)
@given(tailored_cvs())
def test_lines_are_of_their_own_entry(drawn: tuple[TailoredCv, int]) -> None:
    """No line moves to another role, none stands twice, and statements keep their order."""
    resume, _ = drawn
    seen: set[str] = set()
    for section in resume.sections:
        own = [(section.section.bullets, section.lines)]
        own += [(entry.entry.bullets, entry.lines) for entry in section.entries]
        for bullets, lines in own:
            for line in lines:
                assert line.bullet in bullets
                assert line.bullet.id not in seen
                seen.add(line.bullet.id)
                assert [s.start for s in line.kept] == sorted({s.start for s in line.kept})
                assert set(line.kept) <= set(line.bullet.statements)
        assert [line.bullet for line in section.lines] == [
            b for b in section.section.bullets if b.id in seen
        ]


@settings(max_examples=30)
@given(tailored_cvs())
def test_strongest_first_unless_a_story_in_time(drawn: tuple[TailoredCv, int]) -> None:
    """Inside a role the best line leads; where a line has a lead the CV's order stays."""
    resume, _ = drawn
    worth = find_worth(resume.match).of
    for section in resume.sections:
        for chosen in section.entries:
            places = [chosen.entry.bullets.index(line.bullet) for line in chosen.lines]
            strengths = [max(worth[s.id] for s in line.kept) for line in chosen.lines]
            if any(bullet.lead_end for bullet in chosen.entry.bullets):
                assert places == sorted(places)
            else:
                assert strengths == sorted(strengths, reverse=True)
                pairs = zip(pairwise(places), pairwise(strengths), strict=True)
                assert all(a < b for (a, b), (x, y) in pairs if x == y)


@settings(max_examples=30)
@given(tailored_cvs())
def test_never_more_pages_than_asked(drawn: tuple[TailoredCv, int]) -> None:
    """The page estimate of what is printed is what the choice says, and is within the limit."""
    resume, pages = drawn
    design = resume.design
    paragraphs = compose(resume.cv, resume.sections, design)
    fit = paginate(paragraphs, design)
    assert (resume.pages, resume.lines, resume.fill) == (fit.pages, fit.lines, fit.last_page_fill)
    assert 1 <= resume.pages <= pages
    assert 0 < resume.fill <= 1


@settings(max_examples=30)
@given(tailored_cvs())
def test_the_best_proof_of_what_is_wanted_stays(drawn: tuple[TailoredCv, int]) -> None:
    """What no printed line shows is shown by a line that has no room, or that says next to nothing.

    It is never the least telling line that goes for answering too little.
    """
    resume, _ = drawn
    worth = find_worth(resume.match)
    printed = {s.id for line in resume.chosen_lines() for s in line.kept}
    why = {item.id: item.cause for item in resume.dropped}
    for name in worth.needed(printed, required=False):
        assert why[name] in {Cause.NO_ROOM, Cause.SAME, Cause.REFERENCE}


def test_a_proof_stays_beside_stronger_lines() -> None:
    """The one line that shows a program which is required is there, although others fill the page.

    The same line is left out where another one on the page shows the program.
    """
    posting = parse_posting(
        "Baker\n\nRequirements\n- Bakes rye bread\n- Sells rye bread to schools\n- Excel\n"
    )
    bakes = tuple(f"Baked {bread} and sold it to schools." for bread in BREADS)
    proof = "Kept the list of boats and their crews in Excel, and mended nets."
    sold = "Sold rye bread and cakes from a bicycle."
    cv = cv_of(SectionKind.EXPERIENCE, bakes, (sold, proof))
    resume = select(match(cv, posting), pages=1)
    assert proof in printed(resume)
    assert Cause.NO_ROOM in {item.cause for item in resume.dropped}
    skills = Section(SectionKind.SKILLS, "Skills", bullets=(BulletFactory().make("Excel, Word"),))
    resume = select(match(replace(cv, sections=(*cv.sections, skills)), posting), pages=1)
    assert proof not in printed(resume)


def test_a_proof_of_what_is_preferred_is_there_where_there_is_room() -> None:
    """It never answers too little; but where the page is full it does not go before others."""
    posting = parse_posting(
        "Baker\n\nRequirements\n- Bakes rye bread\n- Sells rye bread to schools\n\n"
        "Nice to have\n- Excel\n"
    )
    bakes = [f"Baked {bread} and sold it to schools." for bread in BREADS]
    proof = (
        "Mended nets, counted boats and their crews, and drew tides and winds in Excel for the "
        "harbour master and the lifeboat."
    )
    sold = "Sold rye bread and cakes from a bicycle."
    for count, is_there in ((5, True), (len(bakes), False)):
        cv = cv_of(SectionKind.EXPERIENCE, tuple(bakes[:count]), (sold, proof))
        found = match(cv, posting)
        worth = find_worth(found)
        name = cv.positions[1].bullets[1].statements[0].id
        resume = select(found, pages=1)
        assert (proof in printed(resume)) == is_there
        if is_there:
            assert worth.of[name] < worth.enough
        else:
            why = {item.id: item.cause for item in resume.dropped}
            assert why[name] is Cause.NO_ROOM


def test_lists_and_papers_do_not_raise_the_bar() -> None:
    """What a line must be worth is told by lines of its like, not by a licence or all skills."""
    posting = parse_posting(
        "Baker\n\nRequirements\n- Full driving licence\n- Rye bread, cakes, rolls and sales\n"
    )
    make = BulletFactory().make
    jobs = cv_of(SectionKind.EXPERIENCE, ("Baked rye bread.", "Sold cakes.", "Mended nets."))
    skills = Section(SectionKind.SKILLS, "Skills", bullets=(make("Rye bread, cakes, rolls"),))
    card = Section(SectionKind.CERTIFICATES, "Papers", bullets=(make("Driving licence, class B"),))
    worth = find_worth(match(replace(jobs, sections=(*jobs.sections, skills, card)), posting))
    own = [s.id for bullet in jobs.bullets() for s in bullet.statements]
    assert worth.of[card.bullets[0].statements[0].id] == 7.0
    assert worth.told == set(own)
    assert worth.enough == enough([worth.of[name] for name in own])


def test_a_second_page_is_used_for_what_is_worth_printing() -> None:
    """No line worth printing is left out, but a few that would stand alone on another page."""
    seen = set()
    for count in range(36, 64):
        bakes = tuple(f"Baked {bread} for {count} schools." for bread in BREADS[:count])
        found = match(cv_of(SectionKind.EXPERIENCE, bakes), POSTING)
        usual, limited = select(found), select(found, pages=2)
        causes = [item.cause for item in usual.dropped]
        seen.add(usual.pages)
        assert causes.count(Cause.NO_ROOM) <= 5
        assert usual.pages == 1 or not causes
        # The usual limit, asked for, changes nothing where all has room.
        assert (printed(limited), limited.design) == (printed(usual), usual.design)
    assert seen == {1, 2}


@settings(max_examples=10)
@given(matches())
def test_the_same_input_gives_the_same_choice(found: Match) -> None:
    """Matching and choosing again gives equal values, and changes nothing of the first."""
    again = match(found.cv, found.posting)
    assert again == found
    assert select(again) == select(found)


def test_what_answers_is_kept_first() -> None:
    """With room for some lines only, those that answer stay, and the rest has a reason."""
    filler = tuple(
        f"Walked dog number {n} along the river for an hour each day." for n in range(90)
    )
    cv = cv_of(SectionKind.EXPERIENCE, (*filler, "Baked rye bread.", "Sold cakes to two schools."))
    resume = select(match(cv, POSTING), pages=1)
    lines = printed(resume)
    assert set(lines[:2]) == {"Baked rye bread.", "Sold cakes to two schools."}
    assert resume.pages == 1
    assert {item.cause for item in resume.dropped} == {Cause.NOTHING_ASKED}
    assert len(lines) == 2
    filled = select(match(cv, POSTING), pages=1, fill=True)
    assert filled.pages == 1
    assert filled.fill > 0.9
    assert [gain.fills for gain in filled.gains].count(True) == len(printed(filled)) - 2


@pytest.mark.parametrize("pages", [1, 2])
def test_wanted_pages_are_filled(sample_cv: Cv, sample_posting: Posting, pages: int) -> None:
    """If asked for, the last of the wanted pages is full; what was added is told."""
    resume = select(match(sample_cv, sample_posting), pages=pages, fill=True)
    assert resume.pages == pages
    assert resume.fill >= 0.92
    chosen = [gain.id for gain in resume.gains]
    kept = {statement.id for line in resume.chosen_lines() for statement in line.kept}
    assert len(set(chosen)) == len(chosen)
    assert set(chosen) <= kept
    assert all(gain.value >= 0 for gain in resume.gains)


def test_no_last_page_of_a_few_lines() -> None:
    """What takes a little of another page is set smaller, or goes where it is a tenth of all."""
    for count in range(40, 75):
        bakes = tuple(
            f"Baked {bread} for {count} schools." for bread in itertools.islice(BREADS, count)
        )
        resume = select(match(cv_of(SectionKind.EXPERIENCE, bakes), POSTING))
        assert resume.pages == 1 or resume.fill > 0.1
        assert resume.pages > 1 or not resume.dropped or resume.fill > 0.9


@pytest.mark.parametrize(("jobs", "count"), [(6, 38), (9, 31), (12, 23), (12, 24)])
def test_no_last_page_of_a_few_lines_for_many_jobs(jobs: int, count: int) -> None:
    """Nor where their heads take so much room that a few lines are a good part of the rest."""
    bakes = [f"Baked {bread} for {count} schools." for bread in BREADS[:count]]
    roles = [tuple(bakes[number::jobs]) for number in range(jobs)]
    resume = select(match(cv_of(SectionKind.EXPERIENCE, *roles), POSTING))
    assert resume.pages == 1 or resume.fill > 0.1


@pytest.mark.parametrize(("count", "pages"), [(7, 1), (8, 2)])
def test_a_last_page_of_two_projects_is_one(count: int, pages: int) -> None:
    """Six lines and the space between are a page; the three lines of one project are not."""
    text = "Kept the books of a harbour " * 110
    about = BulletFactory().make(text, divisible=False)
    summary = Section(SectionKind.SUMMARY, "About", bullets=(about,))
    projects = cv_of(SectionKind.PROJECTS, *[(f"Baked {b} for schools.",) for b in BREADS[:count]])
    cv = replace(projects, sections=(summary, *projects.sections))
    resume = select(match(cv, POSTING))
    assert resume.pages == pages
    assert bool(resume.dropped) == (pages == 1)


@pytest.mark.parametrize("more", [0.0, 0.3, 0.5, 0.9, 1.0, 2.6])
def test_a_line_begun_counts(more: float) -> None:
    """The line on which a page would end is the first that has room for all of it."""
    found = match(cv_of(SectionKind.EXPERIENCE, ("Baked rye bread.",)), POSTING)
    sheet = Sheet(found, find_worth(found), Design(A4), Wishes())
    filling = Filling(sheet, must_keep(found, find_worth(found)))
    height = filling.used + more * filling.line
    number = filling.lines_with(more * filling.line)
    assert (number - 1) * filling.line < height <= number * filling.line


def test_letters_grow_where_a_page_is_to_be_filled() -> None:
    """A short CV stays as it is, unless it is to fill the page."""
    found = match(cv_of(SectionKind.EXPERIENCE, ("Baked rye bread.",)), POSTING)
    assert select(found, pages=1).design.body_size == 10.5
    assert select(found, pages=1, fill=True).design.body_size == 11


def test_what_answers_but_has_no_room_says_so() -> None:
    """A line that answers and did not fit is told apart from one that answers nothing."""
    bakes = tuple(f"Baked {bread} and sold it to schools." for bread in BREADS)
    resume = select(match(cv_of(SectionKind.EXPERIENCE, bakes), POSTING), pages=1)
    assert resume.pages == 1
    assert resume.fill > 0.9
    assert {item.cause for item in resume.dropped} == {Cause.NO_ROOM}


def test_nothing_stands_there_twice() -> None:
    """Of lines that say the same, also nearly, one is printed, and the others say which."""
    lines = (
        "Baked rye bread for three schools of the region.",
        "Baked rye bread for three schools of this region",
        "Baked rye breads for three schools of the region.",
        "Baked rye bread for 30 schools of the region.",
    )
    resume = select(match(cv_of(SectionKind.EXPERIENCE, lines[:2], lines[2:]), POSTING), fill=True)
    assert len(printed(resume)) == 2
    assert lines[3] in printed(resume)
    assert {item.cause for item in resume.dropped} == {Cause.SAME}


def test_the_line_that_says_all_is_named_and_not_the_one_that_says_less() -> None:
    """A line says nothing beside a longer one, which says more; of two equal ones neither does."""
    short = "Baked rye bread and cakes for schools"
    cv = cv_of(SectionKind.EXPERIENCE, (short, f"{short}, inns and ferries."), (f"{short}.",))
    first, second, third = (b.statements[0].id for b in cv.bullets())
    assert repeated_in(cv) == {first: {second, third}, third: {first, second}}


@pytest.mark.parametrize(
    ("kind", "line", "other"),
    [
        (
            SectionKind.PUBLICATIONS,
            "Rye bread of the north: baking",
            "Baking rye bread of the north",
        ),
        (SectionKind.EXPERIENCE, "Baked rye bread.", "Baked rye bread"),
        (SectionKind.EXPERIENCE, "Baked 30 rye loaves daily", "Baked 40 rye loaves daily"),
    ],
)
def test_lines_that_may_stand_twice(kind: SectionKind, line: str, other: str) -> None:
    """Titles of one project, few words, and lines of other figures; else they say the same."""
    assert repeated_in(cv_of(kind, (line,), (other,))) == {}
    other = other.replace("40", "30")
    longer = [(f"{words} for schools",) for words in (line, other)]
    assert len(repeated_in(cv_of(SectionKind.EXPERIENCE, *longer))) == 2


@pytest.mark.parametrize("number", [0, 1])
def test_a_line_that_tells_more_is_another_line(number: int) -> None:
    """All words of the short one stand in the long one, which says nearly as much again."""
    lines = (
        "Baked rye bread, cakes and rolls for schools.",
        "Baked rye bread, cakes and rolls for schools, ferries, almshouses, inns, markets, barges.",
    )
    lines = lines[::-1] if number else lines
    resume = select(match(cv_of(SectionKind.EXPERIENCE, lines), POSTING), fill=True)
    assert sorted(printed(resume)) == sorted(lines)


def test_a_line_that_stands_in_a_longer_one_says_the_same() -> None:
    """However rare the words are that only the longer one has; one of the two is printed."""
    short = "Baked rye bread, rolls and cakes for schools."
    long = "Baked rye bread, rolls and cakes for schools, ferries, inns, markets and barges."
    resume = select(match(cv_of(SectionKind.EXPERIENCE, (short, long)), POSTING), fill=True)
    assert len(printed(resume)) == 1
    assert [item.cause for item in resume.dropped] == [Cause.SAME]


def test_of_two_lines_that_say_the_same_the_one_worth_much_more_stays() -> None:
    """Though it takes a line more: the shorter one leaves out what is asked for."""
    where = "inns, hospitals, libraries and almshouses near the harbour."
    long = f"Baked rye bread for schools of the region and for the {where}"
    short = f"Baked rye for schools of the region and the {where}"
    best = "Sold cakes to schools."
    resume = select(match(cv_of(SectionKind.EXPERIENCE, (best, short, long)), POSTING))
    assert printed(resume) == [best, long]


def test_of_a_line_told_twice_the_one_that_takes_less_room_stays() -> None:
    """A job says what it says; the project that tells it again is left out, for that reason."""
    told = "Baked rye bread for three schools of the region."
    jobs = cv_of(SectionKind.EXPERIENCE, ("Sold cakes to schools.",), (told, "Read a map.", told))
    (section,) = jobs.sections
    newest, old = section.entries
    project = replace(old, id="p", bullets=old.bullets[2:])
    old = replace(old, bullets=old.bullets[:2], period=Period(Date(1999), Date(2001)))
    projects = Section(SectionKind.PROJECTS, "Projects", entries=(project,))
    cv = replace(jobs, sections=(projects, replace(section, entries=(newest, old))))
    resume = select(match(cv, POSTING))
    assert printed(resume).count(told) == 1
    causes = {item.id: item.cause for item in resume.dropped}
    assert causes[project.bullets[0].statements[0].id] is Cause.SAME
    assert causes[project.id] is Cause.SAME
    assert [shown.section.kind for shown in resume.sections] == [SectionKind.EXPERIENCE]


def test_an_old_job_that_answers_nothing_is_a_title() -> None:
    """A job that has nothing to do with the posting leaves no gap, and has no line."""
    cv = cv_of(SectionKind.EXPERIENCE, ("Read maps.",), ("Mended nets.",), (), ("Sailed.",))
    (section,) = cv.sections
    *others, last = section.entries
    entries = (*others, replace(last, period=Period(Date(1999), Date(2001))))
    cv = replace(cv, sections=(replace(section, entries=entries),))
    resume = select(match(cv, POSTING), pages=1)
    (shown,) = resume.sections
    assert [len(entry.lines) for entry in shown.entries] == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("kind", "years", "is_old"),
    [
        (SectionKind.EDUCATION, 2, False),
        (SectionKind.EDUCATION, 3, True),
        (SectionKind.EXPERIENCE, 9, False),
        (SectionKind.EXPERIENCE, 10, True),
    ],
)
def test_the_title_of_what_is_old_is_enough(kind: SectionKind, years: int, is_old: bool) -> None:
    """A degree keeps its best line for three years, a position for ten."""
    cv = cv_of(kind, ("Baked rye bread.", "Read maps."))
    (section,) = cv.sections
    entry = replace(section.entries[0], period=Period(end=Date(2020 - years)))
    cv = replace(cv, sections=(replace(section, entries=(entry,)),))
    found = match(cv, POSTING, date(2020, 6, 1))
    best = entry.bullets[0].statements[0].id
    assert must_keep(found, find_worth(found)) == (frozenset() if is_old else {best})


def test_the_first_line_of_an_entry_takes_its_head_along() -> None:
    """And the first of a section its heading: each is counted once, for the best line."""
    many = [f"Baked {bread} for schools." for bread in BREADS[:8]]
    cv = cv_of(SectionKind.PROJECTS, tuple(many[:4]), tuple(many[4:]))
    found = match(cv, POSTING)
    worth = find_worth(found)
    rooms = {c.id: c.room for c in candidates(found, worth, frozenset(), Design())}
    first, second = (
        sorted((rooms[b.statements[0].id] for b in entry.bullets), reverse=True)
        for entry in cv.entries
    )
    assert len({*first[1:], *second[1:]}) == 1
    lines = {first[0], second[0]}
    assert min(lines) > first[1]
    assert len(lines) == 2
    best = max(rooms, key=worth.of.__getitem__)
    kept = {c.id: c.room for c in candidates(found, worth, frozenset({best}), Design())}
    assert sorted(kept.values())[-2] == first[1]


def test_a_section_that_answers_is_not_lost_whole() -> None:
    """The award for what is asked for is there, although the jobs alone would fill the page."""
    posting = parse_posting("Baker\n\nRequirements\n- Rye bread\n- Kubernetes\n")
    bakes = tuple(f"Baked {bread} and sold it to schools." for bread in BREADS)
    jobs = cv_of(SectionKind.EXPERIENCE, bakes)
    line = BulletFactory().make("Prize for a talk on Kubernetes")
    award = Section(SectionKind.AWARDS, "Awards", bullets=(line,))
    cv = replace(jobs, sections=(*jobs.sections, award))
    resume = select(match(cv, posting), pages=1)
    assert resume.sections[-1].section == award


def test_papers_that_are_asked_for_are_printed() -> None:
    """A card that is asked for is there, however little its words say; so is a registration."""
    posting = parse_posting("Baker\n\nRequirements\n- A CSCS card\n- Bakes rye bread\n")
    make = BulletFactory().make
    cards = tuple(map(make, ("CSCS card, blue", "NMC registration 12345", "Swimming badge")))
    jobs = cv_of(SectionKind.EXPERIENCE, ("Baked rye bread.",))
    papers = Section(SectionKind.CERTIFICATES, "Certificates", bullets=cards)
    resume = select(match(replace(jobs, sections=(*jobs.sections, papers)), posting))
    printed = [line.text.plain for line in resume.chosen_lines()]
    assert sorted(printed) == sorted(["Baked rye bread.", *[card.text.plain for card in cards[:2]]])


def test_a_title_alone_does_not_hold_the_next_entry() -> None:
    """Its head may be the last of a page; a head above lines goes with them."""
    cv = cv_of(SectionKind.EXPERIENCE, ("Baked rye bread.",), ("Mended nets.",), ("Sailed.",))
    resume = select(match(cv, POSTING))
    heads = [p for p in compose(cv, resume.sections, resume.design) if p.source.startswith("e")]
    ends = {head.source for head in heads if head.ends}
    (section,) = resume.sections
    assert ends == {entry.entry.id for entry in section.entries if not entry.lines}
    assert ends


def test_references_are_left_out() -> None:
    """Nobody's name and number goes out unasked."""
    cv = cv_of(SectionKind.REFERENCES, ("Rye Baker, bread and cakes, 07700 900123",))
    resume = select(match(cv, POSTING))
    assert resume.sections == ()
    assert {item.cause for item in resume.dropped} == {Cause.REFERENCE}


def test_short_facts_stay_whole() -> None:
    """Skills, languages and the summary stay, whatever is asked."""
    factory = BulletFactory()
    sections = tuple(
        Section(kind, kind, bullets=(factory.make(f"Nets and knots. Violins for {kind} too."),))
        for kind in (SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.SUMMARY)
    )
    resume = select(match(Cv("Jo Doe", sections=sections), POSTING), pages=1)
    assert [line.bullet for line in resume.chosen_lines()] == [s.bullets[0] for s in sections]
    assert resume.dropped == ()


@pytest.mark.parametrize("pages", [0, 10, -1])
def test_one_to_nine_pages(pages: int) -> None:
    """Another number of pages is a mistake of the caller."""
    with pytest.raises(ValueError, match="pages must be from 1 to 9"):
        select(match(cv_of(SectionKind.EXPERIENCE, ("Baked.",)), POSTING), pages=pages)


def test_a_wanted_page_is_set_tighter_step_by_step() -> None:
    """Letters become smaller, and only at last less space stands between paragraphs."""
    found = []
    for count in range(8, 24):
        cv = cv_of(SectionKind.EXPERIENCE, *[(f"Baked bread number {n}.",) for n in range(count)])
        with suppress(CvError):
            design = select(match(cv, POSTING), pages=1).design
            found.append((-design.body_size, design.dense))
    assert found == sorted(found)
    assert not found[0][1]
    assert found[-1] == (max(size for size, _ in found), True)


def test_too_many_entries_are_an_error() -> None:
    """A long career keeps its titles; one whose titles do not fit is said, with a way out."""
    roles = [(f"Baked bread number {n}.",) for n in range(20)]
    cv = cv_of(SectionKind.EXPERIENCE, *roles)
    assert select(match(cv, POSTING), pages=2).pages == 2
    short = select(match(cv, POSTING), pages=1)
    (section,) = short.sections
    assert (short.pages, len(section.entries)) == (1, 20)
    assert 0 < sum(1 for _ in short.chosen_lines()) < 20
    forty = match(cv_of(SectionKind.EXPERIENCE, *roles, *roles), POSTING)
    assert select(forty, pages=3).pages == 3
    eighty = match(cv_of(SectionKind.EXPERIENCE, *(4 * roles)), POSTING)
    for found, count, pages, room in ((forty, 40, 1, "1 page"), (eighty, 80, 2, "2 pages")):
        with pytest.raises(CvError) as error:
            select(found, pages=pages)
        assert str(error.value) == (
            f"cv.md: its {count} entries do not fit on {room}; allow more pages (up to 9), "
            "or shorten the CV"
        )


def test_paper_counts(sample_cv: Cv, sample_posting: Posting) -> None:
    """On US Letter, which is wider and shorter than A4, the lines are counted anew."""
    found = match(sample_cv, sample_posting)
    on_a4, on_letter = (select(found, design=Design(setup)) for setup in (A4, LETTER))
    assert on_a4.pages == on_letter.pages == 2
    assert on_a4 != on_letter


@pytest.mark.parametrize("seed", range(4))
def test_the_choice_is_the_best_there_is(seed: int) -> None:
    """Of all sets of lines that have room on the page, none is worth 3 % more than the chosen one.

    Lines of several sentences run on in one paragraph, so their room is not a sum; every set is
    laid out here.
    """
    chance = random.Random(seed)  # noqa: S311 - a sample
    lines = [
        f"Baked {' and '.join(chance.sample(BREADS, chance.randint(15, 70)))} for schools."
        for _ in range(11)
    ]
    found = match(cv_of(SectionKind.EXPERIENCE, tuple(lines)), POSTING)
    resume = select(found, pages=1)
    worth = find_worth(found)
    sheet = Sheet(found, worth, resume.design, Wishes())
    kept = must_keep(found, worth)
    left = [candidate.id for candidate in candidates(found, worth, kept, resume.design)]

    def value(ids: Iterable[str]) -> float:
        return sum(worth.of[name] for name in ids)

    printed = {s.id for line in resume.chosen_lines() for s in line.kept}
    best = max(
        value(kept.union(some))
        for size in range(len(left) + 1)
        for some in itertools.combinations(left, size)
        if Filling(sheet, kept.union(some)).fits(1)
    )
    assert kept < printed
    assert Cause.NO_ROOM in {item.cause for item in resume.dropped}
    assert 0.97 * best <= value(printed) <= best + 1e-9


def test_what_still_fits_is_what_is_worth_most() -> None:
    """A long line worth more goes before a short one that is worth more for its room."""
    texts = [" ".join(f"Baked {bread}." for bread in BREADS[:n]) for n in (50, 90, 45)]
    cv = cv_of(SectionKind.EXPERIENCE, ())
    bullets = tuple(BulletFactory().make(text, divisible=False) for text in texts)
    (section,) = cv.sections
    entries = (replace(section.entries[0], bullets=bullets),)
    found = match(replace(cv, sections=(replace(section, entries=entries),)), POSTING)
    ids = [bullet.statements[0].id for bullet in bullets]
    sheet = Sheet(found, find_worth(found), Design(A4), Wishes())
    least = Filling(sheet, frozenset(ids[:1]))
    items = [Candidate(ids[1], 1.5, 260.0), Candidate(ids[2], 1.0, 130.0)]
    assert not least.with_lines(ids[1:]).fits(1)
    assert least.with_what_still_fits(items, 1).kept == frozenset(ids[:2])
    assert least.with_what_still_fits(items[1:], 1).kept == {ids[0], ids[2]}


def test_only_who_sets_a_limit_gets_the_tightest_page() -> None:
    """Else letters become one step smaller, and no more, and lines are left out."""
    bakes = tuple(f"Baked {b} and sold it to schools, inns and ships." * 2 for b in BREADS)
    found = match(cv_of(SectionKind.EXPERIENCE, bakes), POSTING)
    free, limited = select(found), select(found, pages=2)
    assert (free.pages, free.design.body_size, free.design.dense) == (2, 10, False)
    assert (limited.pages, limited.design.body_size, limited.design.dense) == (2, 9.5, True)
    assert Cause.NO_ROOM in {item.cause for item in free.dropped}
    assert len(printed(free)) < len(printed(limited))
