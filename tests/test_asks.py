"""Each single thing a posting asks for, and what a CV has of it: only what is true."""

from __future__ import annotations

import pytest
from asking import DUTIES, TODAY, asks_in, asks_of
from hypothesis import given
from hypothesis import strategies as st

import tailor
from tailor.matching.ask import AskKind, Importance, Status
from tailor.matching.figure import reaches
from tailor.matching.short_name import explained, initials
from tailor.matching.words import form
from tailor.reading.cv.structure import build_cv
from tailor.reading.markdown import read_markdown
from tailor.reading.posting.text import parse_posting
from tailor.values.cv import Cv

CV = """\
# Robin Testperson
robin@example.org

## Experience
### Backend Developer, Larkhollow Tickets, Leeds
Mar 2023 – Present
- Built the booking service in Python and moved it to k8s.
- Drafted the go-live checklist, and was the go-to person for C-level sponsors.
- Taught nine apprentices to test what they write.
### Shop Assistant, Fennel Flowers, York
Jan 2019 – Feb 2023
- Ran the till and ordered stock every Friday.

## Education
### BSc Physics, Aldermoor College
2015 – 2018

## Skills
Python, Postgres, Docker, Microsoft Excel

## Languages
German (B2), English (native)

## Certificates
- First Aid at Work, 2025
"""


@pytest.fixture(scope="module")
def cv() -> Cv:
    """The CV above."""
    return build_cv(read_markdown(CV))


def test_a_line_is_parted_into_what_it_asks_for(cv: Cv) -> None:
    """Alternatives share a group; each thing has its kind."""
    line = "Experience with Java, Scala or Python, 4+ years, and a degree in physics"
    asks = asks_of(cv, line)
    kinds = {text: ask.kind for text, ask in asks.items()}
    assert kinds["Java"] is kinds["Scala"] is kinds["Python"] is AskKind.SKILL
    assert kinds["4+ years"] is AskKind.EXPERIENCE_YEARS
    assert AskKind.DEGREE in kinds.values()
    groups = {asks[name].group for name in ("Java", "Scala", "Python")}
    assert len(groups) == 1
    assert None not in groups
    assert asks["4+ years"].group is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Solid working knowledge of C", ["C"]),
        ("Good understanding of .NET", [".NET"]),
        ("Strong Python programming skills", ["Python programming"]),
        ("Competent with Excel and Word", ["Excel", "Word"]),
        ("Deep knowledge of TCP/IP", ["TCP/IP"]),
        ("Experience writing and editing news", ["writing and editing news"]),
        ("Required: Go, Kubernetes and SQL.", ["Go", "Kubernetes", "SQL"]),
        ("Container tools (e.g. Docker, Podman)", ["Docker", "Podman"]),
    ],
)
def test_names_stand_alone(cv: Cv, line: str, names: list[str]) -> None:
    """Without the words that only introduce or grade them."""
    assert set(names) <= asks_of(cv, line).keys()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Experience with the following", set()),
        ("Experience with one of the following: Kubernetes, Docker", {"Kubernetes", "Docker"}),
        ("Excel, trained", {"Excel"}),
        ("Venepuncture, trained, and Docker", {"Venepuncture", "Docker"}),
        ("Python (B2)", {"Python"}),
        ("Knowledge OF orchids", {"orchids"}),
    ],
)
def test_what_only_leads_to_a_name_is_no_ask(cv: Cv, line: str, names: set[str]) -> None:
    """Neither "the following" nor a word of what was done that stands alone."""
    assert asks_of(cv, line, "SQL").keys() - {"SQL"} == names


@pytest.mark.parametrize(
    ("line", "groups"),
    [
        ("Build services in Java or Scala or Python", [["Java", "Scala", "Python"]]),
        ("Keep the ledgers in Xero, Sage or QuickBooks", [["Xero", "Sage", "QuickBooks"]]),
        ("Build services in Java or Scala or Go or Rust", [["Java", "Scala", "Go", "Rust"]]),
        ("Run Java or Scala on Azure or AWS", [["Java", "Scala"], ["Azure", "AWS"]]),
        ("Build services in Java and Scala", []),
    ],
)
def test_alternatives_in_work_are_one_group(cv: Cv, line: str, groups: list[list[str]]) -> None:
    """However many "or" tie them; those of another place in the line are another group."""
    asks = asks_of(cv, line, "Keep the yard tidy", heading=DUTIES)
    found: dict[str, list[str]] = {}
    for text, ask in asks.items():
        if ask.group:
            found.setdefault(ask.group, []).append(text)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, groups))


@pytest.mark.parametrize("name", ["Stock control", "Kubernetes", "Payroll", "Wound care"])
def test_work_that_is_but_a_name_is_asked_for_once(cv: Cv, name: str) -> None:
    """Not as a duty and as a skill."""
    others = ("Keep the herd in good health", "Help the vet with the calves")
    found = [ask for ask in asks_in(cv, name, *others, heading=DUTIES) if ask.text == name]
    assert [ask.kind for ask in found] == [AskKind.SKILL]


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        # Names behind a frame are asked for one by one, work with them as a whole too.
        (
            "Experience in accounting for hotels using Xero",
            {"accounting": AskKind.SKILL, "Xero": AskKind.SKILL},
        ),
        (
            "Experience with designing Kafka pipelines for Snowflake clients",
            {
                "designing Kafka pipelines for Snowflake clients": AskKind.DUTY,
                "Kafka": AskKind.SKILL,
                "Snowflake": AskKind.SKILL,
            },
        ),
        # Each name is sure that the table of other names has, the first of it too.
        ("dotnet is a plus", {"dotnet": AskKind.SKILL}),
        # A slash between short capitals parts them only where both are known.
        ("Knowledge of AI/KP", {"AI/KP": AskKind.SKILL}),
        ("Knowledge of AI/QA", {"AI": AskKind.SKILL, "QA": AskKind.SKILL}),
    ],
)
def test_what_a_line_surely_asks_for(cv: Cv, line: str, asked: dict[str, AskKind]) -> None:
    """These things, each of its kind, and nothing else."""
    found = asks_of(cv, line)
    assert {text: ask.kind for text, ask in found.items() if ask.is_sure} == asked


def test_a_level_in_brackets_is_asked_for_with_its_language(cv: Cv) -> None:
    """Who has B2 has not the C1 that stands behind the name."""
    assert asks_of(cv, "German (B2 or higher)")["German (B2 or higher)"].status is Status.STATED
    assert asks_of(cv, "German (C1 or higher)")["German (C1 or higher)"].status is Status.RELATED


def test_what_is_not_asked_for_is_no_ask(cv: Cv) -> None:
    """A licence that is not required, and a mere wish that is a plus."""
    asks = asks_of(cv, "Forklift licence not required", "Python", "Some exposure to F# is a bonus")
    assert not [text for text in asks if "orklift" in text]
    assert asks["F#"].importance is Importance.PREFERRED
    assert asks["Python"].importance is Importance.REQUIRED


@pytest.mark.parametrize(
    ("line", "ask", "status"),
    [
        ("Knowledge of Python", "Python", Status.STATED),
        ("Knowledge of Kubernetes", "Kubernetes", Status.ALIAS),
        ("Relational databases", "Relational databases", Status.ALIAS),
        ("Experience with MySQL", "MySQL", Status.RELATED),
        ("Experience with Tableau", "Tableau", Status.ABSENT),
        ("Competent with Excel", "Excel", Status.STATED),
        ("Experience with Salesforce", "Salesforce", Status.ABSENT),
        ("Native English", "Native English", Status.STATED),
        ("German at C1 level", "German at C1 level", Status.RELATED),
        ("Bachelor's degree in physics", "Bachelor's degree in physics", Status.STATED),
        ("PhD in physics", "PhD in physics", Status.RELATED),
        ("3+ years of Python", "3+ years of Python", Status.STATED),
        ("5+ years of Python", "5+ years of Python", Status.RELATED),
        (
            "A four-year college degree in physics",
            "four-year college degree in physics",
            Status.STATED,
        ),
        # Of a position that ended only the time until then.
        ("4+ years in retail", "4+ years in retail", Status.ALIAS),
        ("5+ years in retail", "5+ years in retail", Status.RELATED),
        ("First aid certificate", "First aid certificate", Status.STATED),
        ("Registered Nurse license", "Registered Nurse license", Status.ABSENT),
        ("Calm under pressure", "Calm under pressure", Status.NOT_CHECKABLE),
        ("3+ years as a Python Engineer", "3+ years as a Python Engineer", Status.RELATED),
    ],
)
def test_only_its_own_kind_of_proof_counts(cv: Cv, line: str, ask: str, status: Status) -> None:
    """A name by the name, years by dates, a degree by level and field; a neighbour is near."""
    assert asks_of(cv, line)[ask].status is status


NURSE = """\
# Sam Testperson
sam@example.org

## Experience
### Charge Nurse, Thistlemoor Hospital, Leeds
Apr 2019 – Present
- Led a surgical ward of 24 beds and wrote the rota for nine nurses.
- Cut medication errors by a third with a checklist for the evening round.
- Ran training in wound care for students of three years.
### Healthcare Assistant, Oakdale Care Home, York
2014 – 2019
- Cared for people with dementia, and kept their records in SystmOne.
- Ordered supplies and kept the stock of dressings in Excel.

## Education
### BSc Adult Nursing, University of Leeds
2016 – 2019

## Skills
IV cannulation, venepuncture, SystmOne

## Languages
English (native), Polish (fluent), Urdu (A2)

## Certificates
- NMC registered nurse, PIN 12A3456E
"""


@pytest.mark.parametrize(
    ("line", "ask", "status", "shown"),
    [
        ("Experience in wound care", "wound care", Status.STATED, "Ran training in wound"),
        # In two words of a line that stand apart, and in other forms.
        ("Experience of dementia care", "dementia care", Status.STATED, "Cared for people"),
        ("Writing rotas", "Writing rotas", Status.STATED, "Led a surgical ward"),
        ("Leadership of a ward", "Leadership of a ward", Status.STATED, "Led a surgical ward"),
        ("Medication errors", "Medication errors", Status.STATED, "Cut medication errors"),
        ("Experience on a paediatric ward", "paediatric ward", Status.ABSENT, ""),
        ("Stock control", "Stock control", Status.ABSENT, ""),
        # In use before in a list; another of the same class is near.
        ("SystmOne", "SystmOne", Status.STATED, "Cared for people"),
        ("Experience with EMIS", "EMIS", Status.RELATED, "Cared for people"),
        ("Venepuncture", "Venepuncture", Status.STATED, "IV cannulation"),
        ("Registered nurse", "Registered nurse", Status.STATED, "NMC registered"),
        ("Registered midwife", "Registered midwife", Status.RELATED, "NMC registered"),
        ("Degree in nursing", "Degree in nursing", Status.STATED, "BSc Adult Nursing"),
        ("Master's degree in nursing", "Master's degree in nursing", Status.RELATED, "BSc Adult"),
        ("Fluent Polish", "Fluent Polish", Status.STATED, "English (native), Polish"),
        ("Fluent Urdu", "Fluent Urdu", Status.RELATED, "English (native), Polish"),
        ("Fluent Spanish", "Fluent Spanish", Status.ABSENT, ""),
        ("5 years of nursing experience", "5 years of nursing experience", Status.STATED, "Charge"),
        ("10 years of nursing experience", "10 years of nursing experience", Status.RELATED, "Ch"),
        ("Driving licence", "Driving licence", Status.ABSENT, ""),
    ],
)
def test_what_a_nurse_has(line: str, ask: str, status: Status, shown: str) -> None:
    """Each with the line that shows it best, and nothing where there is none."""
    found = asks_of(build_cv(read_markdown(NURSE)), line, "Able to work shifts")[ask]
    assert found.status is status
    assert bool(found.lines) is bool(shown)
    assert not shown or found.lines[0].startswith(shown)


def test_a_false_friend_is_never_shown(cv: Cv) -> None:
    """Neither "go-live" nor "C-level" is a language; another language is only near."""
    for name in ("Go", "C"):
        ask = asks_of(cv, f"Experience with {name}")[name]
        assert ask.status is Status.RELATED
        assert not [line for line in ask.lines if "go-live" in line]


def test_the_best_line_is_the_bullet_that_shows_it_in_use(cv: Cv) -> None:
    """Before the list of skills, which names it too."""
    lines = asks_of(cv, "Knowledge of Python")["Python"].lines
    assert lines[0] == "Built the booking service in Python and moved it to k8s."
    assert lines[-1] == "Python, Postgres, Docker, Microsoft Excel"


def test_a_duty_is_answered_by_the_same_work(cv: Cv) -> None:
    """Irregular forms are the same word."""
    asks = asks_of(cv, "Teach apprentices to test", heading="Responsibilities")
    ask = asks["Teach apprentices to test"]
    assert (ask.kind, ask.status) == (AskKind.DUTY, Status.STATED)


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=4))
def test_every_line_shown_is_a_line_of_the_cv(lines: list[str]) -> None:
    """Whatever is asked: nothing is made up, and a "have" shows its line."""
    cv = build_cv(read_markdown(CV))
    posting = parse_posting("Team member\n\nRequirements\n- Python\n- " + "\n- ".join(lines))
    try:
        match = tailor.match(cv, posting, TODAY)
    except tailor.PostingError:
        return
    known = {
        cv.headline,
        *match.texts.values(),
        *(bullet.text.plain for bullet in cv.bullets()),
        *(", ".join(filter(None, (*e.titles, e.organisation))) for e in cv.entries),
    }
    for ask in match.asks:
        assert set(ask.lines) <= known
        assert ask.lines or not ask.status.is_had
        assert len(ask.lines) == len(ask.line_ids)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Coordinates open enrollment and maintains our benefit plans", ["open enrollment"]),
        ("Carry out drug rounds, wound dressings and catheter care", ["catheter care"]),
        ("Work with the nurses to improve our HL7 interfaces", ["HL7 interfaces"]),
    ],
)
def test_what_work_names_is_an_ask_of_its_own(cv: Cv, line: str, names: list[str]) -> None:
    """Between function words and verbs, without what only grades or does."""
    asks = asks_of(cv, line, heading="Responsibilities")
    assert set(names) <= asks.keys()
    assert not {"our", "Work", "improve", "Responsible"} & asks.keys()


def test_the_same_work_in_other_words_is_had(cv: Cv) -> None:
    """Judged by what the words mean; another thing done with the same verb is not it."""
    asks = asks_of(cv, "Train apprentices", "Teach swimming", heading="Responsibilities")
    assert asks["Train apprentices"].status.is_had
    assert not asks["Teach swimming"].status.is_had


def test_words_of_one_meaning_say_the_same() -> None:
    """Pupils are students; whom the table does not know as such are not."""
    text = CV.replace(
        "Taught nine apprentices to test", "Instructed the pupils of a club in knitting"
    )
    asks = asks_of(build_cv(read_markdown(text)), "Teach students knitting", heading="Duties")
    assert asks["students knitting"].status is Status.STATED
    asks = asks_of(build_cv(read_markdown(text)), "Teach nurses knitting", heading="Duties")
    assert not any(ask.status is Status.STATED for ask in asks.values())


def test_a_rank_or_a_part_is_not_the_whole() -> None:
    """An associate is no fellow, and Excel alone is not the whole suite."""
    text = CV.replace("- First Aid at Work, 2025", "- Associate of the Institute of Larks, 2025")
    other = build_cv(read_markdown(text))
    asks = asks_of(other, "Fellow of the Institute of Larks", "Microsoft Office")
    assert asks["Fellow of the Institute of Larks"].status is Status.RELATED
    assert asks["Microsoft Office"].status is Status.RELATED


def test_what_a_cv_says_one_has_not_is_not_had() -> None:
    """No line is a proof in which the name stands behind "learning" or "no"."""
    other = build_cv(
        read_markdown(CV.replace("Taught nine", "Started learning Haskell; taught nine"))
    )
    assert not asks_of(other, "Experience with Haskell")["Haskell"].status.is_had


@pytest.mark.parametrize(
    ("asked", "line", "reached"),
    [
        ("a budget of $1M", "Managed a yearly budget of $1.3M", True),
        ("a budget of $1M", "Answered 2M calls on a budget of $640,000", False),
        ("a team of 30", "Led 45 pickers across two shifts", True),
        ("2,500 hours in total", "Flew 1,900 hours", False),
    ],
)
def test_a_figure_is_reached_by_one_of_its_sort(asked: str, line: str, reached: bool) -> None:
    """Money is compared with money, whatever it is written in, and never with a count."""
    assert reaches(asked, line) is reached


def test_words_of_one_family_have_one_form_and_false_friends_two() -> None:
    """A surveyor surveys; an excellent person knows no Excel."""
    assert form("surveyor") == form("surveying")
    assert form("statistical") == form("statistics")
    assert form("Excel") != form("excellent")


def test_the_letters_of_a_name_are_its_short_name() -> None:
    """Of three words or more, small words counted or not."""
    assert "ILS" in initials("Intermediate Life Support")
    assert "ITI" in initials("Institute of Translation and Interpreting")
    assert not initials("machine learning")
    assert explained(["Ran the customer data platform (CDP)"])["cdp"] == "customer data platform"


KEEPER = """\
# Ines Vaz

ines@example.org

## Experience

### Keeper, Example Zoo, Leeds
2012 – Present

- Kept the exit interview process and the staff expense list in order
- Made an epic effort with paper charts of every feed
- Recruited and trained 12 helpers; licensed as CPA since 2014

## Publications

- Exploiting hidden flow for the development of lake models, 2015
"""


@pytest.mark.parametrize(
    ("asked", "is_had"),
    [
        ("Interviewing", False),
        ("Recruiting function", True),
        ("Operating expenses", False),
        ("Charting in Epic", False),
        ("Exploit development", False),
        ("Active Certified Public Accountant licence preferred", True),
        ("At least five years' experience in private practice", True),
    ],
)
def test_words_in_another_sense_prove_nothing(asked: str, is_had: bool) -> None:
    """Nor do those of a paper's title; a name behind what grades it is found."""
    found = asks_of(build_cv(read_markdown(KEEPER)), asked)
    assert any(ask.status.is_had for ask in found.values()) is is_had


@pytest.mark.parametrize(
    ("line", "kind", "count", "groups"),
    [
        ("Experience with 2+ of the following tools: Airflow, Dagster, Prefect", "skill", 3, 1),
        ("Two or more of: Kafka, Flink, Spark", "skill", 3, 1),
        ("B.S. Computer Science, Mathematics, or related field", "degree", 1, 0),
        ("Excellent written and spoken French and German", "language", 2, 0),
    ],
)
def test_some_of_a_list_and_one_degree(
    cv: Cv, line: str, kind: str, count: int, groups: int
) -> None:
    """Some of a list are alternatives, a degree in dotted letters is one, "written" is none."""
    sure = [ask for ask in asks_of(cv, line).values() if ask.is_sure]
    assert [ask.kind for ask in sure] == [AskKind(kind)] * count
    assert len({ask.group for ask in sure} - {None}) == groups


@pytest.mark.parametrize(
    ("line", "name", "kind"),
    [
        ("Patient care", "Patient care", AskKind.SKILL),
        ("Remote sensing", "Remote sensing", AskKind.SKILL),
        ("Experience of shift planning", "shift planning", AskKind.SKILL),
        ("First aid", "First aid", AskKind.SKILL),
        ("A patient person", "patient person", AskKind.TRAIT),
    ],
)
def test_a_word_of_a_trait_may_stand_in_a_name(cv: Cv, line: str, name: str, kind: AskKind) -> None:
    """Care of patients is no patience, remote sensing no place to work at."""
    found = {text.casefold(): ask for text, ask in asks_of(cv, line).items()}
    assert found[name.casefold()].kind is kind


def test_who_or_where_one_works_with_is_not_missing(cv: Cv) -> None:
    """People list skills, and not whom they have worked with."""
    found = asks_of(cv, "Experience with patients", "Experience with Terraform")
    assert found["Terraform"].status is Status.ABSENT
    assert found["patients"].status is Status.NOT_CHECKABLE


def test_an_item_of_no_position_is_a_paper() -> None:
    """A registration is one under whatever heading it stands."""
    text = CV.replace("## Languages", "## Other\n- Enhanced DBS, renewed 2025\n\n## Languages")
    found = asks_of(build_cv(read_markdown(text)), "Enhanced DBS certificate")
    assert found["Enhanced DBS certificate"].status is Status.STATED


def test_of_the_asks_of_a_line_the_best_shown_is_first(cv: Cv) -> None:
    """What answers the whole line best is that of its first ask."""
    found = asks_of(cv, "Microsoft Excel, and Python services on Kubernetes")
    first = next(iter(found.values()))
    assert first.lines[0] == "Built the booking service in Python and moved it to k8s."


@pytest.mark.parametrize(
    ("line", "asked", "is_had"),
    [
        ("Container technologies such as Docker", "Container technologies", True),
        ("Container technologies such as Nomad", "Nomad", False),
        ("Booking engines (Postgres, Aurora)", "Booking engines", True),
        ("Programming languages like Java", "Java", False),
        ("Build systems like Bazel", "Build systems", False),
    ],
)
def test_an_example_that_one_has_answers_its_kind(
    cv: Cv, line: str, asked: str, is_had: bool
) -> None:
    """And a word of another sense does not: who built booking systems has no build systems."""
    assert asks_of(cv, line)[asked].status.is_had is is_had


def test_a_comma_in_a_figure_ends_no_name(cv: Cv) -> None:
    """A thousand separator lists nothing."""
    assert "Warehouse of 10,000 pallets" in asks_of(cv, "Warehouse of 10,000 pallets")


def test_a_hyphen_makes_no_other_word() -> None:
    """One co-ordinates with or without it."""
    text = CV.replace("- Ran the till", "- Co-ordinated projects for the owner, ran the till")
    found = asks_of(build_cv(read_markdown(text)), "Project coordination")
    assert found["Project coordination"].status is Status.STATED


def test_every_ask_has_words(cv: Cv) -> None:
    """A sentence in brackets beside a duty is none of its own, and leaves no ask without words."""
    line = "Write posts on our blog on buying well. (You can see our previous posts about it here.)"
    assert all(asks_of(cv, line, "Keep the shop.", heading="What you will do"))


@pytest.mark.parametrize(
    ("asked", "line", "status"),
    [
        ("Fly long-haul routes", "Flew short-haul routes as a first officer", Status.RELATED),
        ("Good knowledge of French literature", "Spoke French with guests", Status.ABSENT),
    ],
)
def test_the_opposite_and_the_language_of_a_thing_are_not_the_thing(
    asked: str, line: str, status: Status
) -> None:
    """Who flew short-haul has not flown long-haul; who speaks French may not have read it."""
    text = f"# Pia Holm\n\n## Experience\n\n### Officer, Oak Air\n2015 - 2023\n\n- {line}.\n"
    person = build_cv(read_markdown(text))
    asks = asks_of(person, asked)
    assert not any(ask.status.is_had for ask in asks.values() if len(ask.text.split()) > 1), asks
    assert status in {ask.status for ask in asks.values()} | {Status.NOT_CHECKABLE}
