"""What all CVs have in common, whatever they were read from."""

from __future__ import annotations

from cv_strategies import cvs
from hypothesis import given, settings

from tailor.reading.cv.numbering import renumbered
from tailor.values.cv import (
    Bullet,
    BulletFactory,
    Contact,
    ContactKind,
    Cv,
    Entry,
    RichText,
    Run,
    Section,
    SectionKind,
)


@given(cvs)
@settings(max_examples=25)
def test_a_second_turn_changes_nothing(cv: Cv) -> None:
    """What was renumbered stays as it is."""
    assert renumbered(cv) == cv


def test_a_cv_that_was_read_stays_the_same(sample_cv: Cv) -> None:
    """The reader of free Markdown gives the sample with the same ids, statements and items."""
    assert renumbered(sample_cv) == sample_cv


def test_ids_follow_the_document() -> None:
    """Of lines that say the same the first has the plain id, whoever was made first."""
    factory = BulletFactory()
    later, first, aside = factory.make("Same."), factory.make("Same."), factory.make("Same.")
    entry = Entry("e2", ("Baker",), bullets=(later,))
    section = Section(SectionKind.EXPERIENCE, "Work", entries=(entry, entry), bullets=(first,))
    cv = renumbered(Cv("Jo", sections=(section,), unplaced=(aside,)))
    ids = [bullet.id for bullet in (*cv.bullets(), *cv.unplaced)]
    assert ids == [f"{later.id}{ending}" for ending in ("", "-2", "-3", "-4")]
    assert cv.entries[1].id == f"{cv.entries[0].id}-2"
    assert cv.unplaced[0].statements[0].id == f"{later.id}-4.1"


def test_texts_are_clean() -> None:
    """Spaces, glyphs and links of other kinds go; a line of which nothing is left goes too."""
    entry = Entry(
        "",
        (" Head\tBaker ", "\u200b"),
        "- Crumb",
        bullets=tuple(Bullet("", RichText.of(text), ()) for text in ("➤  a  b", "• ")),
        link="javascript:alert(1)",
    )
    contacts = (Contact(ContactKind.PHONE, " 1 ", "tel:1"), Contact(ContactKind.HANDLE, " "))
    section = Section(SectionKind.EXPERIENCE, "Work ", entries=(entry,))
    cv = renumbered(Cv(" Jo  Doe ", contacts=contacts, sections=(section,)))
    assert cv.name == "Jo Doe"
    assert cv.contacts == (Contact(ContactKind.PHONE, "1", "tel:1"),)
    (held,) = cv.entries
    assert (held.titles, held.organisation, held.link) == (("Head Baker",), "- Crumb", None)
    assert [bullet.text.plain for bullet in held.bullets] == ["a b"]


def test_spaces_between_styles_have_the_style_of_both() -> None:
    """Whether the space after a bold word was bold makes no difference."""
    link = "https://x.example"
    for runs in (
        [Run("a ", bold=True), Run("b")],
        [Run("a", bold=True), Run(" b")],
        [Run("a", bold=True), Run(" ", italic=True), Run("b")],
    ):
        assert clean_runs(runs) == (Run("a", bold=True), Run(" b"))
    both = [Run("a ", bold=True, link=link), Run("b", bold=True)]
    assert clean_runs(both) == (Run("a", bold=True, link=link), Run(" b", bold=True))


def clean_runs(runs: list[Run]) -> tuple[Run, ...]:
    """Return the runs of an unplaced line after renumbering."""
    bullet = Bullet("", RichText.of(runs), ())
    return renumbered(Cv("Jo", unplaced=(bullet,))).unplaced[0].text.runs


def test_statements_and_items_follow_from_the_kind() -> None:
    """References are never cut, other lines are; skills and languages are read off the lines."""
    text = "Built the first thing here. Measured the second thing there."
    bullet = Bullet("", RichText.of(text), ())
    for kind, statements in {
        SectionKind.PUBLICATIONS: 1,
        SectionKind.OTHER: 1,
        SectionKind.SUMMARY: 2,
    }.items():
        section = Section(kind, "X", bullets=(bullet,))
        (line,) = renumbered(Cv("Jo", sections=(section,))).bullets()
        assert len(line.statements) == statements
    skills = Section(
        SectionKind.SKILLS, "Skills", bullets=(Bullet("", RichText.of("Bread: rye, oat"), ()),)
    )
    assert renumbered(Cv("Jo", sections=(skills,))).skills == ("rye", "oat")
