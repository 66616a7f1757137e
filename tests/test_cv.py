"""The CV as a value: rich text, dates, ids, and what it answers about itself."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import cvs

from tailor.values.cv import (
    Bullet,
    BulletFactory,
    Cv,
    Date,
    Entry,
    RichText,
    Run,
    Section,
    SectionKind,
)

runs = st.lists(
    st.builds(
        Run,
        st.text(max_size=6),
        st.booleans(),
        st.booleans(),
        st.sampled_from([None, "https://example.org"]),
    )
)


def styled(text: RichText) -> list[tuple[str, bool, bool, str | None]]:
    """Return every character with its style."""
    return [(c, run.bold, run.italic, run.link) for run in text.runs for c in run.text]


def make(*texts: str) -> list[Bullet]:
    """Make the bullets of one CV."""
    factory = BulletFactory()
    return [factory.make(text) for text in texts]


@given(runs)
def test_equal_texts_are_equal_values(cut: list[Run]) -> None:
    """However a text is cut into runs, it is the same value; no run is empty."""
    text = RichText.of(cut)
    letters = [Run(c, r.bold, r.italic, r.link) for r in cut for c in r.text]
    assert RichText.of(letters) == text
    assert text.plain == "".join(run.text for run in cut)
    assert all(run.text for run in text.runs)
    assert bool(text) == bool(text.plain)


@given(runs, st.integers(0, 40), st.integers(0, 40))
def test_slices_keep_characters_and_styles(cut: list[Run], start: int, end: int) -> None:
    """A slice of rich text is the slice of its characters, each in its style."""
    text = RichText.of(cut)
    assert styled(text.slice(start, end)) == styled(text)[start:end]
    assert text.slice(start) == text.slice(start, len(text.plain))
    assert text.slice(0, start) + text.slice(start) == text


@given(runs)
def test_strip_is_that_of_the_characters(cut: list[Run]) -> None:
    """Rich text is stripped as its plain text is."""
    text = RichText.of(cut)
    assert text.strip().plain == text.plain.strip()


def test_plain_text_is_one_run() -> None:
    """A string becomes one run, the empty string none."""
    assert RichText.of("bread").runs == (Run("bread"),)
    assert RichText.of("") == RichText() == RichText.of([Run("", bold=True)])


def test_dates_are_in_order() -> None:
    """A year alone stands before its months."""
    mixed = [Date(2020, 2), Date(2021), Date(2020), Date(2019, 12), Date(2020, 1)]
    ordered = [Date(2019, 12), Date(2020), Date(2020, 1), Date(2020, 2), Date(2021)]
    assert sorted(mixed) == ordered


def test_values_cannot_change() -> None:
    """Nobody changes a CV by accident."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        Cv("Jo Doe").name = "Joan"  # type: ignore[misc]


def test_ids_stay_when_other_lines_change() -> None:
    """An id is made of the line's own words: not of its place, its styles or its neighbours."""
    text = "Baked bread for four shops."
    alone, *_ = make(text)
    _, later, _ = make("Sold cakes.", text, "Swept the floor.")
    spaced, *_ = make("Baked  bread for\tfour shops. ")
    factory = BulletFactory()
    italic = factory.make(RichText((Run(text, italic=True),)), line=7)
    assert alone.id == later.id == spaced.id == italic.id
    assert make("Baked bread for five shops.")[0].id != alone.id


def test_same_words_twice_give_two_ids() -> None:
    """A second bullet of the same words gets -2, a third -3."""
    first, second, third = make("Baked.", "Baked.", "Baked.")
    assert (second.id, third.id) == (f"{first.id}-2", f"{first.id}-3")


@settings(max_examples=30)
@given(cvs())
def test_ids_are_unique(cv: Cv) -> None:
    """Entries, bullets and statements all have ids of their own, also where words recur."""
    bullets = [*cv.bullets(), *cv.unplaced]
    ids = [entry.id for entry in cv.entries] + [bullet.id for bullet in bullets]
    ids += [statement.id for bullet in bullets for statement in bullet.statements]
    assert len(ids) == len(set(ids))


@settings(max_examples=30)
@given(cvs())
def test_statements_are_parts_of_their_bullet(cv: Cv) -> None:
    """The words of statements stand in their bullet, and its rich text has them too."""
    for bullet in cv.bullets():
        for statement in bullet.statements:
            words = bullet.statement_text(statement)
            assert words == bullet.text.slice(statement.start, statement.end).plain != ""
            assert statement.id.startswith(f"{bullet.id}.")


def test_lead_is_told_apart() -> None:
    """A lead is the bullet's first words, without the space that follows."""
    (bullet,) = make("as Baker, 2021: Ran four ovens at night. Taught two apprentices to bake.")
    assert bullet.lead == RichText.of("as Baker, 2021:")
    assert len(bullet.statements) == 2
    assert make("Ran four ovens.")[0].lead == RichText()


def test_an_indivisible_bullet_is_one_statement() -> None:
    """A reference stays whole, whatever full stops stand in it."""
    text = "J. Doe. Bread at sea. Proceedings of the bakers. 2019."
    (statement,) = BulletFactory().make(text, divisible=False).statements
    assert (statement.start, statement.end) == (0, len(text))


def test_title_is_the_newest() -> None:
    """Of several titles at one employer the last is the present one."""
    assert Entry("e", ("Apprentice", "Baker")).title == "Baker"
    assert Entry("e", ()).title == ""


def test_a_cv_answers_by_kind() -> None:
    """Positions, degrees, skills, languages and publications come from all sections of a kind."""
    first, second, paper, loose = make("Ran ovens.", "Sold bread.", "On bread.", "Swept.")
    baker, cook = Entry("e1", ("Baker",), bullets=(first,)), Entry("e2", ("Cook",))
    degree = Entry("e3", ("BA",), bullets=(second,))
    cv = Cv(
        "Jo Doe",
        sections=(
            Section(SectionKind.EXPERIENCE, "Work", entries=(baker,), bullets=(loose,)),
            Section(SectionKind.EDUCATION, "School", entries=(degree,)),
            Section(SectionKind.EXPERIENCE, "Earlier work", entries=(cook,)),
            Section(SectionKind.PUBLICATIONS, "Papers", bullets=(paper,)),
            Section(SectionKind.SKILLS, "Skills", items=("baking",)),
            Section(SectionKind.LANGUAGES, "Languages", items=("Welsh",)),
        ),
    )
    assert cv.positions == (baker, cook)
    assert cv.degrees == (degree,)
    assert cv.entries == (baker, degree, cook)
    assert cv.publications == (paper,)
    assert (cv.skills, cv.languages) == (("baking",), ("Welsh",))
    assert list(cv.bullets()) == [loose, first, second, paper]
