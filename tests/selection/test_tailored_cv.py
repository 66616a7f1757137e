"""The words of a chosen line: the CV's own, whole or statement by statement."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import rich_texts, tailored_cvs

from tailor.selection.tailored_cv import ChosenLine, TailoredCv
from tailor.values.cv import Bullet, BulletFactory, RichText, Run

FOUR = "Built four new ovens. Ran them at night. Sold bread to schools. Taught two other bakers."


def bullet_of(text: str | RichText) -> Bullet:
    """Make a bullet."""
    return BulletFactory().make(text)


def kept(bullet: Bullet, *numbers: int) -> ChosenLine:
    """Keep the statements of these numbers, from 1."""
    return ChosenLine(bullet, tuple(bullet.statements[number - 1] for number in numbers))


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((1, 2, 3, 4), FOUR),
        ((1,), "Built four new ovens."),
        ((4,), "Taught two other bakers."),
        ((1, 3), "Built four new ovens. Sold bread to schools."),
        ((2, 4), "Ran them at night. Taught two other bakers."),
    ],
)
def test_statements_with_one_space_between(numbers: tuple[int, ...], text: str) -> None:
    """Kept statements stand in their order, one space apart."""
    assert kept(bullet_of(FOUR), *numbers).text.plain == text


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((1,), "as Cook, 2021: Built four new ovens."),
        ((2,), "as Cook, 2021: Ran them at night."),
        ((2, 4), "as Cook, 2021: Ran them at night. Taught two other bakers."),
        ((1, 4), "as Cook, 2021: Built four new ovens. Taught two other bakers."),
        ((1, 2, 3, 4), f"as Cook, 2021: {FOUR}"),
    ],
)
def test_the_lead_is_never_lost_nor_doubled(numbers: tuple[int, ...], text: str) -> None:
    """Words that introduce all statements stand before whichever are kept, once."""
    assert kept(bullet_of(f"as Cook, 2021: {FOUR}"), *numbers).text.plain == text


def test_a_whole_bullet_keeps_its_spaces() -> None:
    """A bullet of which all is kept is the bullet, character for character."""
    text = RichText.of("Built four new ovens.   Ran them at  night.")
    assert kept(bullet_of(text), 1, 2).text == text


def test_styles_stay() -> None:
    """Italics and links of a statement reach the page."""
    link = Run("Ran them at night.", italic=True, link="https://example.org")
    bullet = bullet_of(RichText.of([Run("Built four new ovens. "), link]))
    assert kept(bullet, 2).text == RichText((link,))


@settings(max_examples=40)
@given(rich_texts(), st.data())
def test_only_words_of_the_bullet(text: RichText, data: st.DataObject) -> None:
    """Any choice is a subset of the bullet's words, in its order, in its styles."""
    bullet = bullet_of(text)
    counts = range(1, len(bullet.statements) + 1)
    choices = [c for n in counts for c in combinations(bullet.statements, n)]
    line = ChosenLine(bullet, data.draw(st.sampled_from(choices)))
    words = iter(text.plain.split())
    assert all(word in words for word in line.text.plain.split())
    shown = [bullet.statement_text(statement) for statement in line.kept]
    assert line.text.plain.endswith(" ".join(shown))
    assert line.text.plain.startswith(bullet.lead.plain)
    letters = {(c, run.italic) for run in text.runs for c in run.text} | {(" ", False)}
    assert {(c, run.italic) for run in line.text.runs for c in run.text} <= letters


@settings(max_examples=15)
@given(tailored_cvs())
def test_chosen_lines_in_order_of_the_page(drawn: tuple[TailoredCv, int]) -> None:
    """Of each section its own lines, then those of its entries."""
    resume, _ = drawn
    expected = [
        line
        for section in resume.sections
        for lines in (section.lines, *(entry.lines for entry in section.entries))
        for line in lines
    ]
    assert list(resume.chosen_lines()) == expected
    assert resume.cv is resume.match.cv
