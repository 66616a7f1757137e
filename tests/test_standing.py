"""Lines beside the work: told, and counted less unless asked for."""

from __future__ import annotations

import pytest

from tailor.matching.match import match
from tailor.matching.standing import BESIDE, asked_for, beside
from tailor.reading.posting.text import parse_posting
from tailor.values.cv import BulletFactory, Cv, Entry, Section, SectionKind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Baker of the Year 2019", "award"),
        ("Thesis on rye, nominated for the Orrin prize", "award"),
        ("Grade: A, top 5 %", "award"),
        ("Exchange student in Larkhollow, 2010", "stay"),
        ("Speaker at three bakers' fairs", "talk"),
        ("Reviewer for the Journal of Ovens", "service"),
        ("Teaching assistant for dough physics", "teaching"),
        ("Graded sourdough loaves by weight", ""),
        ("Built stone ovens", ""),
        ("Led a team of nine bakers", ""),
    ],
)
def test_kinds(line: str, kind: str) -> None:
    """Awards, stays, talks, service and teaching are told from work."""
    assert beside(line) == kind


def test_what_a_posting_asks_for() -> None:
    """One that asks for talks asks for talks, and not for awards."""
    assert asked_for(["Give talks at fairs", "Bake bread"]) == {"talk"}
    assert asked_for(["Bake bread"]) == frozenset()


def test_counts_less_unless_asked_for() -> None:
    """The same line has its whole score where the posting asks for such a thing."""
    bullet = BulletFactory().make("Speaker on rye bread at bakers' fairs")
    role = Entry("e", ("Baker",), "Orrin", bullets=(bullet,))
    cv = Cv("Jo Doe", sections=(Section(SectionKind.EXPERIENCE, "Work", entries=(role,)),))
    duties = "Baker\n\nWhat you'll do\n- Bake rye bread\n- Heat the ovens\n"
    score = match(cv, parse_posting(duties)).scores[bullet.id]
    parts = score.requirements + score.posting + score.related + score.topics + score.trade
    assert score.beside == "talk"
    assert score.total == pytest.approx(BESIDE * parts)
    asking = match(cv, parse_posting(duties + "- Give talks at fairs\n")).scores[bullet.id]
    assert asking.beside == ""
