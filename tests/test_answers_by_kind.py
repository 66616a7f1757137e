"""Answers that are easily wrong, one kind a table: what is asked, what a CV says, what is right."""

from __future__ import annotations

import pytest
from asking import DUTIES
from test_proofs import ask_of, person

from tailor.matching.ask import AskKind, Status

STATED, ALIAS, RELATED, ABSENT = Status.STATED, Status.ALIAS, Status.RELATED, Status.ABSENT


@pytest.mark.parametrize(
    ("asked", "bullet", "is_had"),
    [
        ("Hibernate", "Counted bats that hibernate in a mine", False),
        ("Hibernate", "Mapped 40 tables with Hibernate", True),
        ("Bash", "Organised the summer bash for the office", False),
        ("Bash", "Replaced manual steps with Bash scripts", True),
        ("Python", "Fed nine pythons and two boas", False),
        ("Python", "Automated reports in python", True),
        ("Jenkins", "Sent the figures to Ms Jenkins in finance", False),
        ("Jenkins", "Built releases in Jenkins", True),
        ("LEAP", "Worked out leap-year interest", False),
        ("LEAP", "Posted entries in LEAP each day", True),
        ("Fluent Polish", "Polished the steel fronts of the bar", False),
    ],
)
def test_an_everyday_word_is_no_program_or_language(asked: str, bullet: str, is_had: bool) -> None:
    """Names are written with a capital, of people they say another thing, and programs are one."""
    assert ask_of(person(bullet), asked).status.is_had is is_had


def test_a_chef_is_no_chef_of_servers() -> None:
    """A title with the word for a job says nothing of the program of that name."""
    cook = person("Cooked for 120.", positions="### Sous Chef, Pear, York\nJan 2019 – Present")
    line = "Configuration management with Chef"
    assert not ask_of(cook, line, "Chef").status.is_had
    assert not ask_of(cook, line, "Configuration management").status.is_had
    assert ask_of(person("Configured 300 servers with Chef."), line, "Chef").status.is_had


@pytest.mark.parametrize(
    ("asked", "bullet", "is_had"),
    [
        ("Developer relations", "Developed a media relations strategy", False),
        ("Developer relations", "Ran relations with 300 outside developers", True),
        ("Software development", "Developed a marketing plan", False),
        ("Distribution", "Wrote a runtime with distributed memory", False),
        ("Distribution", "Sorted and distributed 400 parcels", True),
    ],
)
def test_a_form_of_a_word_is_not_always_the_thing(asked: str, bullet: str, is_had: bool) -> None:
    """Who developed something tells of no developers, and a quality is no work."""
    assert ask_of(person(bullet), asked).status.is_had is is_had


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("Must possess a minimum of three years solid work experience", STATED),
        ("1 year of professional experience in a fast-paced work environment", STATED),
        ("A couple of years (2+) of gardening", STATED),
        ("18 months of gardening", STATED),
        ("Minimum of 5 years of relevant experience in gardening", STATED),
        ("60 months of relevant experience in welding", ABSENT),
    ],
)
def test_years_are_of_what_stands_behind_their_frame(asked: str, status: Status) -> None:
    """Of "relevant", "solid" and "fast-paced" no line of a CV can be; months are counted too."""
    garden = "### Gardener, Moss Ltd, York\nJan 2015 – Present"
    words = asked.replace(" (2+)", "")
    ask = ask_of(person("Gardening for 30 estates.", positions=garden), asked, words)
    assert (ask.kind, ask.status) == (AskKind.EXPERIENCE_YEARS, status)


@pytest.mark.parametrize(
    ("asked", "paper", "status"),
    [
        ("Class 1 (C+E) HGV licence", "HGV Class 2 (Category C) licence", RELATED),
        ("Class 1 (C+E) licence", "LGV Category CE, held since 2018", ALIAS),
        ("Category C+E licence", "Class 1 medical certificate", ABSENT),
        ("Barbering NVQ Level 2", "NVQ Level 2 Barbering", STATED),
        ("V300 prescribing qualification", "V300 independent prescribing (started 2026)", RELATED),
        ("CeMAP certificate", "CeMAP modules 1 and 2 passed; module 3 booked for May", RELATED),
        ("BRCGS certificate", "BRC Global Standard certificate", ALIAS),
    ],
)
def test_papers_by_class_and_how_far_they_are(asked: str, paper: str, status: Status) -> None:
    """A class has other names, another class is near, and what was only begun is not had."""
    words = asked.replace(" (C+E)", "")
    assert (
        ask_of(person("Planted trees.", Certificates=f"- {paper}"), asked, words).status is status
    )


def test_smelling_gas_is_not_near_a_gas_register() -> None:
    """A line of work that shares one word with a paper is not near it."""
    cv = person("Smelled gas in a hall and rang the emergency line.")
    assert ask_of(cv, "Gas Safe registration").status is ABSENT


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Portuguese (Brazil, native)", STATED),
        ("Portuguese (basic, some months)", RELATED),
    ],
)
def test_a_language_with_its_country(said: str, status: Status) -> None:
    """What stands in brackets behind a language is of it, behind a comma too."""
    assert ask_of(person("Planted.", Languages=said), "Native Portuguese").status is status


def test_another_of_those_named_is_had_with_one_of_them() -> None:
    """Whoever has one of the programs named has "another such system"."""
    line = "Experience with Clio, LEAP or another practice management system"
    last = "another practice management system"
    assert ask_of(person("Posted entries in LEAP."), line, last).status is ALIAS
    assert not ask_of(person("Planted trees."), line, last).status.is_had


@pytest.mark.parametrize(
    ("line", "name", "kind"),
    [
        ("A strong desire to write code in Python", "Python", AskKind.SKILL),
        ("Kafka in production", "Kafka", AskKind.SKILL),
        ("Experience of cooking Thai food", "cooking Thai food", AskKind.SKILL),
    ],
)
def test_a_name_is_asked_for_within_a_wish(line: str, name: str, kind: AskKind) -> None:
    """What one should like is asked for; where it runs is not, and no kitchen is a language."""
    assert ask_of(person("Planted trees."), line, name).kind is kind


def test_a_duty_is_judged_without_its_label() -> None:
    """The label is a name of its own, and no part of what is to be done."""
    line = "Stock Control: count the shelves each week"
    cv = person("Counted the shelves each week.")
    assert ask_of(cv, line, "count the shelves each week", DUTIES).status is STATED


def test_taking_part_in_something_is_shown_by_it() -> None:
    """Whoever was on call took a turn on the rota."""
    cv = person("Was on call one week in four.")
    line = "Take a turn on the on-call rota"
    assert ask_of(cv, line, heading=DUTIES).status.is_had


@pytest.mark.parametrize(
    ("asked", "bullet", "is_had"),
    [
        ("Cost reports", "Reported to the board on costly repairs in the annex", False),
        ("Cost reports", "Wrote cost and progress reports", True),
        ("insurance claims", "Insured the vans and noted what visitors claimed", False),
        ("insurance claims", "Handled 40 claims of travel insurance a week", True),
        ("roof installation", "Installed 30 roofs a year", True),
        ("roof installation", "Installed a coffee machine below the roof", False),
        ("Glazewright", "Sat in on a Glazewright webinar", False),
        ("Glazewright", "Attended 30 call-outs with Glazewright", True),
        ("mentoring apprentices", "Borrowed an apprentice's van", False),
    ],
)
def test_words_of_a_name_stand_together(asked: str, bullet: str, is_had: bool) -> None:
    """Words that are scattered over a line name another thing, or nobody's own work."""
    assert ask_of(person(bullet), asked).status.is_had is is_had


@pytest.mark.parametrize(
    ("asked", "paper", "status"),
    [
        ("CCNA", "CCNP Enterprise, 2024", ALIAS),
        ("CCNP", "CCNA, 2019", RELATED),
        ("Six Sigma Green Belt", "Six Sigma Yellow Belt", RELATED),
        ("Six Sigma Green Belt", "Lean Six Sigma Black Belt", ALIAS),
        ("Site Pass Level 3", "Site Pass Level 2", RELATED),
    ],
)
def test_a_higher_paper_takes_in_the_lower(asked: str, paper: str, status: Status) -> None:
    """Papers of one body follow one another; a lower one is on the way."""
    cv = person("Kept the yard tidy.", Certificates=f"- {paper}")
    assert ask_of(cv, asked).status is status


@pytest.mark.parametrize(
    ("bullet", "status"),
    [
        ("Handed out Urdu leaflets", ABSENT),
        ("Advised families in Urdu", RELATED),
        ("Ran a clinic wholly in Urdu", STATED),
    ],
)
def test_a_language_is_one_that_is_used(bullet: str, status: Status) -> None:
    """What merely comes in a language shows none."""
    assert ask_of(person(bullet), "Fluent Urdu").status is status


def test_who_studied_for_a_job_did_not_do_it_yet() -> None:
    """Months as a student count only where a student is asked for."""
    jobs = (
        "### Midwife, Fernhill Unit, York\nMay 2026 – Present\n\n"
        "### Student Midwife, Fernhill Unit, York\nJan 2020 – Apr 2026"
    )
    cv = person("Cared for women in labour.", positions=jobs)
    assert ask_of(cv, "2 years' experience as a midwife").status is RELATED
