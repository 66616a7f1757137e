"""Which lines of a posting are requirements, and which never are. All postings are invented."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tailor.matching.requirements import WEIGHTS, Kind, Requirement, find_requirements, why_nothing
from tailor.reading.posting.cue import heading_kind
from tailor.reading.posting.text import parse_posting
from tailor.values.posting import Posting

KNOWN = ("What you'll do", "Requirements", "Nice to have")
UNKNOWN = "The long winding road ahead"
NONE = ""

# No requirement, wherever it stands.
NEVER = [
    # pay
    "£80,000 to £95,000 a year",
    "$45 - $60 per hour",
    "Salary: 70,000 EUR",
    "Between €3,900 and €4,400 gross a month",
    "A signing bonus of $5,000",
    "A competitive salary",
    # visa
    "You must have the right to work in the UK",
    "Visa sponsorship is not available for this post",
    "Candidates must be legally authorized to work in Canada",
    # benefits
    "Free lunch every Friday and fruit all week",
    "Flexible working hours and a garden",
    "Gym membership from your first day",
    "25 days of holiday and your birthday off",
    "Referral bonuses for all",
    "Relocation assistance is not available",
    # equal opportunity
    "Surveys show that women are less likely to apply where one wish is not met",
    "We are an equal opportunity employer",
    "All who ask will be considered regardless of race",
    "We welcome you whatever your sexual orientation",
    # how to apply
    "Send your CV to jobs@orrin.example.org",
    "Apply now, we read every letter",
    "Learn more about us at https://orrin.example.org",
    # facts about the posting
    "Location: Leeds, two days a week",
    "Job number: 4711",
]
# No requirement either, unless a list of duties or requirements has it: then it may be
# somebody's work.
OUTSIDE_OF_LISTS = [
    "We can sponsor a Skilled Worker visa",
    "25 days of annual leave and your birthday off",
    "A pension with 8% from us",
    "Dental and vision insurance from your first day",
    "You will get stock options after a year",
    "Paid parental leave for everyone",
    "Please submit your papers by the first of May",
    "A cover letter is not needed from you",
    "The interview process has two calls and a visit",
    "No recruitment agencies, please",
]
# Company talk is told by its heading or by how running text puts it.
COMPANY = [
    "Founded in 1998, we bake for four million customers.",
    "Our values are kindness and patience.",
    "We believe in bread and in great people.",
    "We raised a series B of €40m last year.",
    "Orrin is one of the largest bakeries of the north.",
    "We are proud of our people and our offices in Leeds.",
]
DUTIES = [
    "Lead benefits administration for 900 employees",
    "Answer for a budget of £1.8m and two vendors",
    "Own a $20m portfolio of shops in the region",
    "Run compensation reviews with managers each spring",
    "Plan the migration of 40 services",
    "Build pipelines with Kafka and Spark",
    "Keep inclusive design at the heart of our products",
    "Fluent German",
    "SQL",
    "Experience with remote sensing",
    "Knowledge of payroll and benefits administration",
    "Assess insurance claims within two days",
    "Find race conditions in concurrent code",
    "Work with a remote team in four time zones",
    "Recruit candidates in Wales and Kent",
]
# What no phrase names, and its words tell: in a list of which nobody knows what it lists, or
# below a list of wishes where the heading of the benefits was not understood.
TOLD_BY_WORDS = [
    "Flexible holidays without a limit",
    "Generous paid leave for new parents",
    "Company-paid cover for your health and your family",
    "Monthly stipend for your phone and your internet",
    "Comprehensive health plans",
]
# Work of people in human resources, law, payments and the like.
DUTIES_WITH_A_DROPPED_WORD = [
    "Handle visa and immigration cases for new starters",
    "Run the pension scheme for 900 employees",
    "Plan sick leave and annual leave for the wards",
    "Keep our privacy policy up to date",
    "Sell dental insurance to small firms",
]


def posting_with(line: str, heading: str, *, item: bool) -> Posting:
    """Make a posting that has `line` under `heading`, among others or as running text."""
    top = (
        "Data Engineer\nOrrin Labs | Leeds, UK\n\n"
        "Orrin Labs builds software for harbours.\n\n"
        "Responsibilities\n- Build pipelines for ten teams\n- Keep the platform healthy\n\n"
    )
    if item:
        body = f"{heading}\n- Write dependable services\n- {line}\n- Review designs\n"
    else:
        body = (
            f"{heading}\n\nYou will write dependable services. You review the designs of others "
            f"and help them.\n\n{line.rstrip('.')}.\n"
        )
    return parse_posting(top + body)


def texts(posting: Posting) -> list[str]:
    """Return the words of the requirements of `posting`."""
    return [requirement.text for requirement in find_requirements(posting)]


@pytest.mark.parametrize("item", [True, False])
@pytest.mark.parametrize("heading", [*KNOWN, UNKNOWN, NONE])
@pytest.mark.parametrize("line", NEVER)
def test_never_a_requirement(line: str, heading: str, *, item: bool) -> None:
    """Pay, visa, benefits, equal opportunity and how to apply, wherever they stand."""
    assert_is_left_out(line, heading, item=item)


@pytest.mark.parametrize(
    ("heading", "item"),
    [(UNKNOWN, True), (NONE, True), *((h, False) for h in (*KNOWN, UNKNOWN, NONE))],
)
@pytest.mark.parametrize("line", OUTSIDE_OF_LISTS)
def test_no_requirement_outside_of_lists(line: str, heading: str, *, item: bool) -> None:
    """The same in running text, and in lists of which nobody knows what they list."""
    assert_is_left_out(line, heading, item=item)


def assert_is_left_out(line: str, heading: str, *, item: bool) -> None:
    """Fail where `line` became a requirement, or its neighbours did not."""
    found = texts(posting_with(line, heading, item=item))
    assert not [text for text in found if line in text or text in line]
    assert "Keep the platform healthy" in found


@pytest.mark.parametrize("heading", [UNKNOWN, NONE, "About Orrin", "The role"])
@pytest.mark.parametrize("line", COMPANY)
def test_company_talk_is_no_requirement(line: str, heading: str) -> None:
    """What a company says of itself is left out of running text."""
    assert line not in texts(posting_with(line.rstrip("."), heading, item=False))


@pytest.mark.parametrize(
    "heading",
    [
        "What we offer",
        "Benefits and perks",
        "What comes back to you",
        "Compensation",
        "About us",
        "Who we are",
        "Why Orrin",
        "Why join us?",
        "Equal opportunities",
        "Logistics",
        "How to apply",
    ],
)
def test_nothing_of_a_part_about_something_else(heading: str) -> None:
    """A list under a heading of benefits, of the company or of the procedure asks for nothing."""
    text = f"Baker\n\nYour tasks\n- Bake rye bread\n\n{heading}\n- Bread baked by robots\n- Ovens\n"
    assert texts(parse_posting(text)) == ["Baker", "Bake rye bread"]


@pytest.mark.parametrize("heading", [*KNOWN[:2], NONE, "You might be a good fit if you"])
@pytest.mark.parametrize("line", DUTIES)
def test_listed_duties_stay(line: str, heading: str) -> None:
    """Work with benefits, pay or money is work: in a list of the job it stays."""
    assert line in texts(posting_with(line, heading, item=True))


@pytest.mark.parametrize("heading", [*KNOWN, UNKNOWN])
def test_benefits_that_no_phrase_names(heading: str) -> None:
    """A list of benefits below one of duties goes, whatever stands above it; the duties stay."""
    benefits = "".join(f"- {line}\n" for line in TOLD_BY_WORDS)
    text = f"Baker\n\n{heading}\n- Write dependable recipes\n- Fluent German\n\n{benefits}"
    assert texts(parse_posting(text)) == ["Baker", "Write dependable recipes", "Fluent German"]


@pytest.mark.parametrize(
    "line",
    [
        "Orrin is on a mission to bring warm bread to every table on earth.",
        "In working out your pay, we look at your experience and where you live.",
        "We care about the growth and the well-being of our bakers, and of you.",
        "Therefore, we need you!",
    ],
)
def test_other_talk_in_running_text(line: str) -> None:
    """Sentences that speak of "you" or of a role, and ask for nothing all the same."""
    for heading in ("The role", "Requirements", UNKNOWN, NONE):
        assert line not in texts(posting_with(line, heading, item=False))


@pytest.mark.parametrize(
    "line",
    [
        "As our first baker in Wales, you will lead and train a team of ten bakers.",
        "We are looking for a baker to join our remote team of friends.",
        "You must have five years of experience with rye, which our mission needs.",
    ],
)
def test_what_asks_in_the_midst_of_company_talk(line: str) -> None:
    """A sentence about the job is one, however much of the company stands in it."""
    assert line in texts(posting_with(line, "The role", item=False))


@pytest.mark.parametrize(
    "line",
    [
        "The Ministry inspects every bridge once a year.",
        "The Linden Trust runs four hospices in the north.",
        "Our client, a maker of lifts, is looking for a data engineer to join its team.",
        "An exciting opportunity has arisen in our team.",
    ],
)
def test_who_is_spoken_of_asks_for_nothing(line: str) -> None:
    """What an organisation does, and that someone is sought, are no duties."""
    for heading in ("About the job", "The role", NONE):
        assert line not in texts(posting_with(line, heading, item=False))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("We need a night baker who can shape rye by hand.", Kind.REQUIRED),
        ("We would also welcome applicants who have baked in a hotel.", Kind.PREFERRED),
        ("We'd love to hear from people who speak French.", Kind.PREFERRED),
    ],
)
def test_who_is_wanted_asks(line: str, kind: Kind) -> None:
    """Sentences in which a company says whom it wants ask in the midst of its talk, too."""
    text = (
        f"Baker - The Rye Mill, Bath\nThe Rye Mill has baked since 1984. {line} Pay is £13 an hour."
    )
    found = {each.text: each.kind for each in find_requirements(parse_posting(text))}
    assert found[line] is kind


CRITERIA = """Nurse
Qualifications
Essential criteria
NMC registration
Desirable criteria
Teaching certificate
Experience
Essential criteria
Two years on a ward
"""
TABLE = """# Nurse

| Criteria | Essential | Desirable |
|---|---|---|
| Qualifications | NMC registration | Teaching certificate |
| Experience | Two years on a ward | |
"""


@pytest.mark.parametrize("text", [CRITERIA, TABLE])
def test_essential_and_desirable(text: str) -> None:
    """As headings or as columns, they say of each line what it is."""
    found = {each.text: each.kind for each in find_requirements(parse_posting(text))}
    found.pop("Nurse")
    assert found == {
        "NMC registration": Kind.REQUIRED,
        "Two years on a ward": Kind.REQUIRED,
        "Teaching certificate": Kind.PREFERRED,
    }


@pytest.mark.parametrize("heading", KNOWN[:2])
@pytest.mark.parametrize("line", DUTIES_WITH_A_DROPPED_WORD)
def test_work_with_what_is_dropped_elsewhere_stays(line: str, heading: str) -> None:
    """Visas, pensions and leave may be what the job is about."""
    assert line in texts(posting_with(line, heading, item=True))


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("What you'll do", Kind.DUTY),
        ("Responsibilities:", Kind.DUTY),
        ("How you'd spend your first year", Kind.DUTY),
        ("Requirements", Kind.REQUIRED),
        ("You might be a good fit if you", Kind.REQUIRED),
        ("You'll thrive here if you", Kind.REQUIRED),
        ("Who you are", Kind.REQUIRED),
        ("What we’re looking for", Kind.REQUIRED),
        ("Nice to have", Kind.PREFERRED),
        ("Bonus points", Kind.PREFERRED),
        ("Preferred qualifications", Kind.PREFERRED),
        ("About the role", Kind.DUTY),
        (UNKNOWN, Kind.DUTY),
        (NONE, Kind.DUTY),
    ],
)
def test_kind_by_the_heading(heading: str, kind: Kind) -> None:
    """A listed line is what its heading announces; a duty where nobody knows the heading."""
    found = find_requirements(posting_with("Bake rye bread", heading, item=True))
    (requirement,) = [r for r in found if r.text == "Bake rye bread"]
    assert (requirement.kind, requirement.weight) == (kind, WEIGHTS[kind])


def test_a_heading_may_stand_without_marks() -> None:
    """A line that is a usual heading as a whole is one, also right below a list."""
    text = "Baker\nYour tasks\n- Bake rye bread\n- Sell it\nBenefits\n- Bread for free\n- Ovens\n"
    assert texts(parse_posting(text)) == ["Baker", "Bake rye bread", "Sell it"]


def test_numbering_and_lines() -> None:
    """Ids count from r1 in the posting's order; lines are those of the source, 0 for the title."""
    text = "\nTitle: Baker\n\nYour tasks\n- Bake rye bread\n\nNice to have\n- A bicycle\n"
    assert find_requirements(parse_posting(text)) == (
        Requirement("r1", "Baker", Kind.TITLE, 1.0, 0),
        Requirement("r2", "Bake rye bread", Kind.DUTY, 1.0, 5),
        Requirement("r3", "A bicycle", Kind.PREFERRED, 0.7, 8),
    )


def test_nothing_is_asked_twice() -> None:
    """A line that recurs, in other capitals or punctuation, counts once, where it came first."""
    text = (
        "Baker\n\nYour tasks\n- Bake rye bread\n- BAKE rye bread.\n\n"
        "Nice to have\n- Bake rye bread!\n- baker\n"
    )
    assert [(r.text, r.kind) for r in find_requirements(parse_posting(text))] == [
        ("Baker", Kind.TITLE),
        ("Bake rye bread", Kind.DUTY),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Baker",
        "Rye bread\n\nIngredients\n- rye\n- water\n\nMix, rest and bake.\n",
        "The river rose again in the night. Nobody in the town slept.\n",
        "Baker\n\nWhat we offer\n- Bread\n- £30,000 a year\n\nHow to apply\n- Send your CV\n",
        "- 12\n- 3.5\n- --\n",
    ],
)
def test_what_asks_for_nothing_gives_none(text: str) -> None:
    """A recipe, a story, a bare title or nothing but benefits hold no requirement."""
    assert find_requirements(parse_posting(text)) == ()


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Equal opportunity", "legal"),
        ("Salary and benefits", "benefits"),
        ("Required skills", "required"),
        ("Skills, a plus", "preferred"),
        ("About the role", "role"),
        ("About Orrin", "company"),
        ("Overview", "description"),
        ("Application Engineer Responsibilities", "duties"),
        ("Senior Policy Analyst: minimum qualifications", "required"),
        ("We help our partners to:", "company"),
        ("Performance indicators", "company"),
        ("What Orrin offers you:", "benefits"),
        ("We've got you covered", "benefits"),
        ("You'll love this role if you have", "required"),
        ("Stairs and ladders", ""),
        ("", ""),
    ],
)
def test_heading_kinds(heading: str, kind: str) -> None:
    """The first kind of which a phrase stands in a heading wins; an unknown one has none."""
    assert heading_kind(heading) == kind


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [*NEVER, *COMPANY, *DUTIES, *KNOWN, UNKNOWN, "Benefits", "You bake.", "Baker", "", "1."]
        ).flatmap(lambda line: st.sampled_from([line, f"- {line}", f"\n{line}\n"]))
    ).map("\n".join)
)
def test_any_posting(text: str) -> None:
    """No duplicates, ids of their own, weights above 0, and only words of the posting."""
    posting = parse_posting(text)
    found = find_requirements(posting)
    assert len({requirement.text.lower() for requirement in found}) == len(found)
    assert [requirement.id for requirement in found] == [f"r{n + 1}" for n in range(len(found))]
    lines = {line.number: line.text for line in posting.lines} | {0: posting.title}
    for requirement in found:
        assert requirement.weight > 0
        assert requirement.text in lines[requirement.line]
        assert requirement.text not in NEVER


def test_duties_without_marks() -> None:
    """Lines that begin with a word for work are duties, though no mark and no heading says so."""
    text = (
        "Night Baker\n\nThe long winding road ahead\n\nManage the ovens of three shops\n"
        "Proactively improves the recipes\nTraining two apprentices a year\n"
        "We have baked since 1911\n"
    )
    assert texts(parse_posting(text)) == [
        "Night Baker",
        "Manage the ovens of three shops",
        "Proactively improves the recipes",
        "Training two apprentices a year",
    ]


@pytest.mark.parametrize("heading", ["What you'll do", ""])
@pytest.mark.parametrize(
    "line", ["We are a small team of friends", "Our shops are the warmest of the town"]
)
def test_company_talk_in_a_list(line: str, heading: str) -> None:
    """An item in which the company speaks of itself is no duty; what it wants is one."""
    assert line not in texts(posting_with(line, heading, item=True))
    wish = "We need you to bake rye bread"
    assert wish in texts(posting_with(wish, heading, item=True))


@pytest.mark.parametrize(
    "line",
    [
        "Includes all intermediate level responsibilities listed",
        "Extends that of the Night Baker responsibilities",
        "Candidates will be invited to schedule a call",
    ],
)
def test_references_to_other_pages_are_no_requirement(line: str) -> None:
    """Job families point to other levels and to the hiring process; nobody's CV answers that."""
    assert line not in texts(posting_with(line, "Responsibilities", item=True))


def test_a_list_that_lost_its_heading_counts() -> None:
    """Items that surely ask count below "About us" too; a company's values there do not."""
    story = (
        "Data Engineer\n\nAbout us\n\nWe bake bread for ten towns and look for a data engineer.\n\n"
    )
    asked = [
        "Experience with Python and one of Flask or Django",
        "Design, build and maintain data pipelines on Kubernetes",
        "Solid understanding of relational databases and SQL",
    ]
    values = ["Deliver warm bread", "Win together with your customers", "Retain every baker"]
    for items in (asked, values):
        text = story + "".join(f"- {item}\n" for item in items)
        found = texts(parse_posting(text))
        assert [item for item in items if item in found] == (items if items is asked else [])


GERMAN = (
    "Bäcker (m/w/d)\n\nWir sind eine kleine Bäckerei und suchen für unser Team in der Stadt dich. "
    "Du bist nicht allein, denn wir backen das Brot mit dir und für die ganze Stadt.\n\n"
    "Deine Aufgaben\n- Backen von Brot und Brötchen mit dem Team\n- Pflege der Öfen und der Stube\n"
    "- Verkauf des Brots auf dem Markt in der Stadt und bei den Kunden\n"
)


def test_other_languages_are_named() -> None:
    """A German posting asks for nothing here, and the reason says that it reads like German."""
    posting = parse_posting(GERMAN)
    assert find_requirements(posting) == ()
    assert "reads like German" in why_nothing(posting)
    assert "only English" in why_nothing(posting)
    assert "no requirement found" in why_nothing(parse_posting("Baker"))


def test_sample_postings_are_understood(sample_posting: Posting) -> None:
    """Of the sample posting the title, eight duties, seven requirements and four wishes count."""
    kinds = [requirement.kind for requirement in find_requirements(sample_posting)]
    assert {kind: kinds.count(kind) for kind in Kind} == {
        Kind.TITLE: 1,
        Kind.DUTY: 8,
        Kind.REQUIRED: 7,
        Kind.PREFERRED: 4,
        Kind.ROLE: 0,
    }


def test_real_postings(shared: Path) -> None:
    """Of real postings, whatever they look like, under 1.5 % seem to ask for nothing."""
    with gzip.open(shared / "postings" / "postings.jsonl.gz", "rt", encoding="utf-8") as file:
        every = [json.loads(line)["text"] for n, line in enumerate(file) if n % 40 == 0]
    assert len(every) > 100
    empty = [text for text in every if not find_requirements(parse_posting(text))]
    assert len(empty) < 0.015 * len(every)


def test_what_a_firm_makes_and_what_is_so_ask_for_nothing() -> None:
    """A sentence on the firm, or on a thing, is no requirement wherever it stands."""
    asked = texts(
        parse_posting(
            "We are hiring a Baker. Orrin builds ovens for farms. You need a licence.\n\n"
            "Duties\n- Shape loaves\n- Bread has a crust\n"
        )
    )
    assert not [text for text in asked if "Orrin" in text or "crust" in text]


def test_a_wish_beside_a_must_is_one_of_its_own() -> None:
    """What is keen-to-learn is a must; "It would be great if" after it is a plus by itself."""
    posting = parse_posting(
        "Clerk\n\nRequirements\n\nYou'll need to know Sage, be happy in Excel (macros ideally), or "
        "keen to learn. It would be great if you had worked nights.\n\nBenefits\n\nLunch."
    )
    kinds = [one.kind for one in find_requirements(posting)]
    assert kinds == [Kind.TITLE, Kind.REQUIRED, Kind.PREFERRED]


GRADED = "Clerk\nBracken Council\n\nPerson specification{}\n\nWhat you will do\n- Keep the files\n"


@pytest.mark.parametrize(
    "table",
    [
        "\n\nCriterion\tE/D\nTwo years in an office\tE\nWelsh\tD\nA driving licence\tE",
        "\n\nTwo years in an office (E)\nWelsh (D)\nA driving licence (E)",
        "\n\nTwo years in an office      E\nWelsh      D\nA driving licence      E",
        (
            "\n\nProfile\tEssential\tDesirable\nOffice\tTwo years in an office\tWelsh\n"
            "Road\tA driving licence\t"
        ),
        (
            "\n\n| Profile | Essential | Desirable |\n| Office | Two years in an office | Welsh |\n"
            "| Road | A driving licence | |"
        ),
    ],
)
def test_a_table_says_what_is_essential(table: str) -> None:
    """By a column of E and D, or by columns of these names; names of rows ask for nothing."""
    found = find_requirements(parse_posting(GRADED.format(table)))
    kinds = {one.text: one.kind for one in found if one.kind is not Kind.TITLE}
    assert kinds.pop("Keep the files") is Kind.DUTY
    assert kinds == {
        "Two years in an office": Kind.REQUIRED,
        "A driving licence": Kind.REQUIRED,
        "Welsh": Kind.PREFERRED,
    }


def test_what_is_said_of_the_job_by_its_name_is_a_duty() -> None:
    """A sentence on "The taster" tells a duty, one on "The room" asks for nothing."""
    found = texts(
        parse_posting(
            "Nilam Estates seeks a Tea Taster for its room. The room sees 300 cups before lunch. "
            "The taster grades lots for two auctions a week. You need two years of tasting. "
            "Tamil would be a plus."
        )
    )
    assert [text for text in found if text.startswith("The taster")]
    assert "Tamil would be a plus." in found
    assert not [text for text in found if "300 cups" in text]


@pytest.mark.parametrize("heading", ["Our values", "In this role, you will learn", "Don't need"])
def test_values_and_what_one_learns_are_not_asked(heading: str) -> None:
    """A list below such a heading asks for nothing, however much its lines look like wishes."""
    listed = "- Take ownership of hard things\n- Strong ability to work alone\n"
    text = f"Baker\n\nRequirements\n- Two years of baking\n\n{heading}\n{listed}"
    assert texts(parse_posting(text)) == ["Baker", "Two years of baking"]
