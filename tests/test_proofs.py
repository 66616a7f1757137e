"""What of a CV proves each kind of ask: one ask, one short CV, and where the line between is."""

from __future__ import annotations

import pytest
from asking import DUTIES, asks_of

from tailor.matching.ask import Ask, Status
from tailor.matching.name import core, is_opposite, other_names
from tailor.reading.cv.structure import build_cv
from tailor.reading.markdown import read_markdown
from tailor.values.cv import BulletFactory, Cv, Date, Entry, Period, Section, SectionKind
from tailor.values.resources import data_table

GARDENER = "### Gardener, Elm Park, York\nJan 2019 – Present"


def person(*bullets: str, positions: str = GARDENER, **sections: str) -> Cv:
    """A CV of one position, or of those in `positions`, with other sections by their headings."""
    lines = "\n".join(f"- {line}" for line in bullets)
    others = "\n\n".join(f"## {name}\n{text}" for name, text in sections.items())
    text = f"# Robin Testperson\n\n## Experience\n{positions}\n{lines}\n\n{others}\n"
    return build_cv(read_markdown(text))


def ask_of(cv: Cv, line: str, text: str = "", heading: str = "Requirements") -> Ask:
    """The ask of these words, by default those of the whole line, in a posting with that line."""
    other = "Keep the yard tidy in all weathers"
    return asks_of(cv, line, other, heading=heading)[text or line]


@pytest.mark.parametrize(
    ("end", "status"),
    [
        ("2025", Status.STATED),
        ("2026", Status.STATED),  # of a year without its month, any may be the last
        ("Jun 2026", Status.STATED),
        ("Nov 2026", Status.STATED),
        ("Dec 2026", Status.RELATED),
        ("2027", Status.RELATED),
        ("Present", Status.RELATED),
    ],
)
def test_a_degree_is_had_from_the_month_in_which_it_ends(end: str, status: Status) -> None:
    """One that ends later is near, and no more."""
    cv = person(Education=f"### BSc Physics, Aldermoor College\nSep 2022 – {end}")
    assert ask_of(cv, "Bachelor's degree in physics").status is status


@pytest.mark.parametrize(
    ("skills", "languages", "first"),
    [
        ("Pruning, Spanish (intermediate)", "Spanish (C1)", "Spanish (C1)"),
        ("Pruning, Spanish (C1)", "Spanish (intermediate)", "Pruning, Spanish (C1)"),
        ("Pruning, Spanish (C1)", "Spanish (fluent)", "Pruning, Spanish (C1)"),
    ],
)
def test_the_highest_level_of_a_language_is_shown_first(
    skills: str, languages: str, first: str
) -> None:
    """Of two lines of one level, the list of skills comes before that of languages."""
    ask = ask_of(person(Skills=skills, Languages=languages), "Spanish")
    assert ask.status is Status.STATED
    assert ask.lines[0] == first
    assert len(ask.lines) == 2


@pytest.mark.parametrize(
    ("asked", "paper"),
    [
        ("NEBOSH International Diploma in Environmental Management", "NEBOSH General Certificate"),
        ("IOSH certificate Project Safety Leadership", "IOSH Managing Safely"),
    ],
)
def test_another_paper_of_the_same_body_is_near(asked: str, paper: str) -> None:
    """Whoever has one of its papers has not this one; whoever has none is not near."""
    ask = ask_of(person(Certificates=f"- {paper}, 2022"), asked)
    assert (ask.status, ask.lines) == (Status.RELATED, (f"{paper}, 2022",))
    assert not ask_of(person(Certificates="- First Aid, 2022"), asked).lines


@pytest.mark.parametrize(
    ("bullet", "paper"),
    [
        ("Planted trees.", "Go-live readiness, 2022"),
        ("Completed the go-live rehearsals.", "Go-kart marshal, 2022"),
    ],
)
def test_a_short_skill_is_not_shown_by_a_paper_that_has_its_letters(
    bullet: str, paper: str
) -> None:
    """Nor by a line on what was completed: who rehearsed a go-live knows no Go."""
    cv = person(bullet, Certificates=f"- {paper}")
    assert not ask_of(cv, "Experience with Go", "Go").status.is_had


@pytest.mark.parametrize(
    ("line", "said", "status"),
    [
        ("6+ years of COBOL", "COBOL (6 years), Lisp", Status.STATED),
        ("5+ years of COBOL", "COBOL (6 years), Lisp", Status.STATED),
        ("7+ years of COBOL", "COBOL (6 years), Lisp", Status.RELATED),
        ("2+ years of Lisp", "COBOL (6 years), Lisp", Status.RELATED),
        ("12+ years of COBOL", "Lisp, COBOL 12 years", Status.STATED),
    ],
)
def test_years_beside_a_skill_count_for_that_skill(line: str, said: str, status: Status) -> None:
    """As many as are asked for are enough, and those of its neighbour are not its own."""
    assert ask_of(person("Planted trees.", Skills=said), line).status is status


SOLICITOR = """\
### Trainee Solicitor, Oak LLP, York
Jan 2015 – Dec 2022
- Drafted leases.

### Solicitor, Elm LLP, York
Jan 2024 – Present"""


@pytest.mark.parametrize(
    ("line", "status", "count"),
    [
        ("2 years' post-qualification experience", Status.STATED, 1),
        ("3 years' post-qualification experience", Status.RELATED, 1),
        ("8 years of experience", Status.STATED, 2),
    ],
)
def test_years_after_qualifying_begin_behind_the_training(
    line: str, status: Status, count: int
) -> None:
    """Years of any work begin with it."""
    ask = ask_of(person("Drafted wills.", positions=SOLICITOR), line)
    assert (ask.status, len(ask.lines)) == (status, count)


@pytest.mark.parametrize(
    ("period", "had"),
    [
        (Period(Date(2019, 1), present=True), (True, True)),
        (Period(Date(2019, 1)), (True, True)),
        (Period(Date(2019, 1), Date(2023, 12)), (True, False)),
        (Period(end=Date(2023, 12)), (False, False)),
    ],
)
def test_a_position_lasts_until_its_end_or_today(period: Period, had: tuple[bool, bool]) -> None:
    """Where no end is told it still lasts; where no beginning is told no year is counted."""
    bullets = (BulletFactory().make("Planted trees."),)
    entry = Entry("e", ("Gardener",), "Elm Park", period=period, bullets=bullets)
    cv = Cv("Jo Doe", sections=(Section(SectionKind.EXPERIENCE, "Work", entries=(entry,)),))
    asked = ("5 years as a gardener", "6 years as a gardener")
    assert tuple(ask_of(cv, line).status.is_had for line in asked) == had


@pytest.mark.parametrize(
    "line",
    [
        "3+ years checking farmers' claims",
        "3+ years handling farmers' claims",
        "3+ years of experience managing farmers' claims",
    ],
)
def test_what_is_done_with_a_thing_may_be_said_in_any_word(line: str) -> None:
    """To handle claims is said by who checked them."""
    cv = person("Checked the claims of farmers against the map.")
    assert ask_of(cv, line).status is Status.STATED
    assert not ask_of(person("Checked the maps of farmers."), line).status.is_had


@pytest.mark.parametrize(
    ("line", "asked", "bullet", "is_shown"),
    [
        # One word of many is not near, whichever it is.
        (
            "Answer calls on the road network from drivers and hauliers",
            "",
            "Planted trees along the new road.",
            False,
        ),
        (
            "Audit the payroll of nine subsidiaries, garden included",
            "",
            "Served guests in the garden cafe.",
            False,
        ),
        # The same work, or nearly so, in other words.
        (
            "Process salaries for the employees",
            "",
            "Ran the payroll for ninety staff each month.",
            True,
        ),
        (
            "Mend farm machines and combine harvesters",
            "farm machines",
            "Repaired tractors and balers for farms.",
            True,
        ),
        # Of words that may be no name, too.
        (
            "Prepare nourishing lunches and dinners for the school",
            "Prepare nourishing lunches",
            "Cooked lunch for two hundred pupils a day.",
            True,
        ),
    ],
)
def test_how_near_a_line_must_be_to_be_shown(
    line: str, asked: str, bullet: str, *, is_shown: bool
) -> None:
    """Work the same or nearly so in other words is shown; a word by chance is not."""
    ask = ask_of(person(bullet), line, asked, heading=DUTIES)
    assert (ask.status is not Status.ABSENT) is is_shown
    assert ask.lines == ((bullet,) if is_shown else ())


def test_what_the_table_calls_near_is_near_and_not_had() -> None:
    """One way only."""
    cv = person("Ran CAPA meetings.")
    assert ask_of(cv, "8D").status is Status.RELATED
    assert ask_of(cv, "8D").lines == ("Ran CAPA meetings.",)


@pytest.mark.parametrize(
    ("asked", "bullet"),
    [
        ("Microsoft Azure", "Cut Azure costs by a third."),
        ("Microsoft Azure", "Ran it all on Azure."),
        ("Avid Media Composer", "Kept the Avid machines of four suites."),
        ("Kubernetes", "Moved k8s, and all else, to Leeds."),
    ],
)
def test_another_name_is_found_whatever_stands_behind_it(asked: str, bullet: str) -> None:
    """Even where the next word begins as that of a longer name does: Azure Cloud, Azure costs."""
    ask = ask_of(person(bullet), f"Experience with {asked}", asked)
    assert ask.status.is_had
    assert ask.lines == (bullet,)


def test_each_alias_of_the_table_is_another_name_of_its_term() -> None:
    """And the other way round, from the first row to the last."""
    for row in data_table("skill_aliases.tsv"):
        assert row["term"] in other_names(row["alias"]), row
        assert row["alias"] in other_names(row["term"]), row
        assert row["term"] not in other_names(row["term"])
    assert not other_names("a thing of one name")


@pytest.mark.parametrize(
    ("name", "inner"),
    [
        ("OSPF routing", "OSPF"),
        ("modern coding services", "coding"),
        ("advanced programming", "programming"),
        ("Python 3", "Python"),
        ("level 3", ""),
        ("programming", ""),
        ("systems programming", ""),
    ],
)
def test_the_name_within_a_name(name: str, inner: str) -> None:
    """Without what grades it and what may follow any name; a word is left where all may go."""
    assert core(name) == inner


@pytest.mark.parametrize(
    ("line", "opposite"),
    [
        ("Flew short-haul routes", True),
        ("Flew short haul routes", True),
        ("Flew short-haul and long-haul routes", False),
        ("Flew routes over Europe", False),
        ("Flew long-haul routes", False),
    ],
)
def test_only_the_opposite_alone_is_the_opposite(line: str, opposite: bool) -> None:
    """Who did both has done what is asked for, and who says neither may have."""
    assert is_opposite("Fly long-haul routes", line) is opposite
    assert not is_opposite("Fly long-haul and short-haul routes", line)


@pytest.mark.parametrize(
    ("asked", "bullet", "status"),
    [
        # Another level is another thing, and so is other work with the same thing.
        ("BIM level 2", "Drew to BIM Level 1.", Status.RELATED),
        ("Deploying Zephyrlang", "Kept Zephyrlang tidy.", Status.RELATED),
        # One part may go by another name.
        ("Amazon Web Services migration", "Migrated a shop to AWS.", Status.ALIAS),
        # Words that name nothing need not be said; what tells one sort from others must be.
        ("Warehouse technology solutions", "Designed warehouses for grocers.", Status.ALIAS),
        ("School bookkeeping", "Taught bookkeeping to beginners.", Status.RELATED),
        # "Monitoring" is a class of tools, and neither ewes nor systems of any sort are of it.
        ("Production monitoring", "Monitored ewes at night.", Status.NOT_CHECKABLE),
        ("Advanced systems", "Repaired the systems of a ship.", Status.NOT_CHECKABLE),
    ],
)
def test_how_much_of_a_name_a_line_must_say(asked: str, bullet: str, status: Status) -> None:
    """What is left out of a name must be what many names have."""
    ask = ask_of(person(bullet), asked)
    assert ask.status is status
    assert ask.lines == (() if status is Status.NOT_CHECKABLE else (bullet,))


def test_a_title_in_the_words_of_a_tool_is_only_near_it() -> None:
    """Who plans fleets may use any software, or none."""
    clerk = "### Fleet Planning Clerk, Elm Haulage, York\nJan 2019 – Present"
    cv = person("Planted trees.", positions=clerk)
    assert ask_of(cv, "Fleet planning").status is Status.STATED
    assert ask_of(cv, "Fleet planning software").status is Status.RELATED


@pytest.mark.parametrize(
    ("bullet", "skills", "status"),
    [
        ("Started learning Lisp; taught Haskell.", "Pruning", Status.STATED),
        ("Taught Lisp; started learning Haskell.", "Pruning", Status.RELATED),
        ("Planted trees.", "Haskell (learning), Lisp", Status.RELATED),
        ("Planted trees.", "Haskell, Lisp (learning)", Status.STATED),
    ],
)
def test_what_is_said_of_a_neighbour_is_not_said_of_a_name(
    bullet: str, skills: str, status: Status
) -> None:
    """Only what stands in its own clause, or in brackets behind it."""
    cv = person(bullet, Skills=skills)
    assert ask_of(cv, "Experience with Haskell", "Haskell").status is status


@pytest.mark.parametrize(
    ("line", "asked", "bullet", "status"),
    [
        # The posting says what the letters are short for.
        ("Hedge laying (HL)", "Hedge laying", "Taught HL to volunteers.", Status.ALIAS),
        ("Hedge laying", "Hedge laying", "Taught HL to volunteers.", Status.ABSENT),
        # "Ops" is no plural: its "s" is a letter of the name.
        ("Experience with ITOps", "ITOps", "Improved ticket office posters.", Status.ABSENT),
    ],
)
def test_a_short_name_is_what_its_letters_say(
    line: str, asked: str, bullet: str, status: Status
) -> None:
    """Explained, or the first letters of words; all letters count."""
    assert ask_of(person(bullet), line, asked).status is status


def test_a_paper_is_known_by_the_letters_of_its_name() -> None:
    """Those without the "licence" behind it, with the "certified" that is part of the name."""
    asked = "Certified Hedge Inspector licence"
    assert ask_of(person(Certificates="- CHI, 2020"), asked).status is Status.ALIAS
    assert not ask_of(person(Certificates="- CHO, 2020"), asked).status.is_had


@pytest.mark.parametrize(
    ("asked", "said", "status"),
    [
        ("Proficient Spanish", "Spanish", Status.STATED),
        ("Fluent Spanish", "Spanish", Status.RELATED),
        ("BSL level 2", "BSL (fluent)", Status.STATED),
        ("BSL level 2", "BSL (proficient)", Status.RELATED),
    ],
)
def test_a_language_without_a_level_is_had_up_to_a_fluent_one(
    asked: str, said: str, status: Status
) -> None:
    """And a numbered level is reached by whoever is fluent."""
    assert ask_of(person(Languages=said), asked).status is status


def test_a_degree_in_a_language_does_not_state_it() -> None:
    """It is near; a list of skills states it."""
    degree = "### BA French, Aldermoor College\n2015 – 2018"
    assert ask_of(person(Education=degree), "French").status is Status.RELATED
    assert ask_of(person(Skills="Pruning, French"), "French").status is Status.STATED


@pytest.mark.parametrize(
    ("asked", "bullet", "status"),
    [
        ("Sweep chimneys", "Swept chimneys.", Status.STATED),
        ("Fly gliders", "Flew gliders.", Status.STATED),
        ("Hang wallpaper", "Hung wallpaper in forty rooms.", Status.STATED),
        # An effort may be epic without the program of that name.
        ("Chart Epic notes for patients", "Charted notes for patients in Epic.", Status.STATED),
        (
            "Chart Epic notes for patients",
            "Made an epic effort to chart notes for patients.",
            Status.RELATED,
        ),
        # When the work is to be done, no line need say.
        ("Mend farm machines as required", "Repaired tractors and balers for farms.", Status.ALIAS),
    ],
)
def test_work_is_shown_by_the_same_work(asked: str, bullet: str, status: Status) -> None:
    """In any form of its verb, and however the posting grades it."""
    assert ask_of(person(bullet), asked, heading=DUTIES).status is status


def test_years_of_other_work_are_no_years_of_this_one() -> None:
    """Only a role under another title is near: who planted trees has no years of vines."""
    cv = person("Planted trees.")
    assert ask_of(cv, "2 years of planting trees").status is Status.STATED
    assert ask_of(cv, "2 years of planting vines").status is Status.ABSENT


def test_a_line_that_shows_more_of_what_is_asked_for_comes_first() -> None:
    """Of three things, before one that shows two of them."""
    most = "Ran Postgres, Sage and SQL at night."
    cv = person("Used Postgres and Sage.", most)
    ask = ask_of(cv, "Build services in Postgres, Sage, SQL and Python for banks", "Sage")
    assert ask.lines == (most, "Used Postgres and Sage.")


@pytest.mark.parametrize(
    ("until", "status"),
    [
        ("valid until 03/2020", Status.RELATED),
        ("expired 2019", Status.RELATED),
        ("exp. Mar 2020", Status.RELATED),
        ("valid until 03/2090", Status.STATED),
    ],
)
def test_a_paper_that_is_over_is_near(until: str, status: Status) -> None:
    """Whose licence ran out has to renew it."""
    cv = person(Certificates=f"- Food hygiene certificate, {until}")
    assert ask_of(cv, "Food hygiene certificate").status is status
