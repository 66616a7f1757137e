"""What the person wants counts more than the scores, and only what the CV has can be wanted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import matches

import tailor
from tailor.exporting.markdown_form import to_markdown
from tailor.matching.match import Match, match
from tailor.reading.master.form import read_master_form
from tailor.reading.posting.text import parse_posting
from tailor.selection.select import select
from tailor.selection.tailored_cv import Cause, TailoredCv
from tailor.selection.wishes import Wishes, find_wishes, marked, with_headline
from tailor.values.cv import BulletFactory, Cv, Entry, Mark, Section, SectionKind
from tailor.values.errors import WishError

POSTING = parse_posting("Baker\n\nWhat you'll do\n- Bake rye bread\n- Sell cakes to schools\n")
MASTER = """\
<!-- tailor: master CV, form 1 -->
# Ada Example

Baker of everything

## Experience

### Head Baker | Crumb Hall | Leeds
Mar 2021 – Present

- Baked rye bread for nine shops. Wrote down every recipe. [pin]
- Swept the floor on Fridays. [Drop]
- Baked rye rolls.

### Apprentice » Baker | Old Mill
2015 – 2020

- Baked wheat bread.

## Projects

### Kettle
2019

- Built a kettle. Painted it green.

### Sourdough diary
2018
"""


@pytest.fixture
def cv() -> Cv:
    """A small CV with marks."""
    return read_master_form(MASTER)


def bullet_ids(cv: Cv) -> dict[str, str]:
    """The id of each bullet by its first three words."""
    return {" ".join(b.text.plain.split()[:3]): b.id for b in cv.bullets()}


def shown(resume: TailoredCv) -> set[str]:
    """The ids of all statements on the page."""
    return {statement.id for line in resume.chosen_lines() for statement in line.kept}


def test_marks_are_wishes_and_no_words(cv: Cv) -> None:
    """A mark at the end of a line, in any case, is taken off it and kept beside it."""
    first, second, *rest = cv.positions[0].bullets
    assert (first.mark, second.mark) == (Mark.PIN, Mark.DROP)
    assert not any(bullet.mark for bullet in rest)
    assert first.text.plain.endswith("every recipe.")
    assert second.text.plain == "Swept the floor on Fridays."
    unmarked = read_master_form(MASTER.replace(" [pin]", "").replace(" [Drop]", ""))
    assert [b.id for b in unmarked.bullets()] == [b.id for b in cv.bullets()]
    assert marked(cv).pinned == {s.id for s in first.statements}
    assert marked(cv).dropped == {s.id for s in second.statements}


def test_marks_survive_export(cv: Cv) -> None:
    """The Markdown form that `tailor import` writes has them again."""
    assert read_master_form(to_markdown(cv)) == cv


@pytest.mark.parametrize("text", ["[pin]", "Works with [pin] and rivets", "tagged[pin]"])
def test_only_a_mark_at_the_end_of_words_is_one(text: str) -> None:
    """What stands alone, inside a line, or without a space is text."""
    cv = read_master_form(MASTER.replace("Baked wheat bread.", text))
    (bullet,) = cv.positions[1].bullets
    assert (bullet.text.plain, bullet.mark) == (text, None)


def test_lines_are_named_by_id_or_beginning(cv: Cv) -> None:
    """A bullet's id stands for all its statements; a beginning need not mind case or spaces."""
    ids = bullet_ids(cv)
    rye = ids["Baked rye bread"]
    whole = {f"{rye}.1", f"{rye}.2"}
    none = Wishes()
    for name in (rye, f" {rye} ", "baked  RYE bread"):
        assert find_wishes(cv, pins=[name], before=none).pinned == whole
    assert find_wishes(cv, pins=[f"{rye}.2"], before=none).pinned == {f"{rye}.2"}
    assert find_wishes(cv, drops=["wrote down"], before=none).dropped == {f"{rye}.2"}


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["bnone1"], ["bnone1", "tailor explain"]),
        (["Baked"], ["3 lines begin with these words", "or an id"]),
        (["Ba"], ['"Ba"', "no line"]),
        ([""], ["no line"]),
    ],
)
def test_a_name_must_be_clear(cv: Cv, names: Sequence[str], words: Sequence[str]) -> None:
    """A name that no line has, or several have, is an error that says what to do."""
    with pytest.raises(WishError) as raised:
        find_wishes(cv, pins=names)
    for word in words:
        assert word in str(raised.value)


def test_no_line_is_kept_and_left_out(cv: Cv) -> None:
    """The same line in both lists is an error."""
    rye = bullet_ids(cv)["Baked rye bread"]
    with pytest.raises(WishError, match="kept and left out"):
        find_wishes(cv, pins=[rye], drops=[f"{rye}.1"])


def test_the_nearer_wish_counts(cv: Cv) -> None:
    """The command may take back what a mark or a file asked for."""
    ids = bullet_ids(cv)
    turned = find_wishes(cv, pins=["Swept"], drops=[ids["Baked rye bread"]])
    assert turned.pinned == {f"{ids['Swept the floor']}.1"}
    assert turned.dropped == marked(cv).pinned


def test_positions_cannot_be_dropped_but_projects_can(cv: Cv) -> None:
    """A gap would appear; a project leaves with all its lines, or without any."""
    head, *_ = cv.positions
    with pytest.raises(WishError, match="positions and degrees stay"):
        find_wishes(cv, drops=[head.id])
    kettle, diary = cv.sections[1].entries
    for project in (kettle, diary):
        wishes = find_wishes(cv, drops=[project.id])
        resume = select(match(cv, POSTING), wishes=wishes)
        assert project not in [e.entry for s in resume.sections for e in s.entries]
        left = {item.id: item.cause for item in resume.dropped}
        assert left[project.id] is Cause.WISHED
        assert all(left[s.id] is Cause.WISHED for b in project.bullets for s in b.statements)


def test_a_pinned_project_stays(cv: Cv) -> None:
    """An entry that may go stays with its best line."""
    kettle = cv.sections[1].entries[0]
    long = match(cv, POSTING)
    wishes = find_wishes(cv, pins=["Kettle"])
    assert wishes.pinned > {kettle.id}
    chosen = select(long, wishes=wishes)
    assert kettle in [e.entry for s in chosen.sections for e in s.entries]


def test_the_headline_is_one_of_the_persons_own(cv: Cv) -> None:
    """The headline of the CV or a title once held, in the CV's spelling; else an error."""
    assert with_headline(cv, "baker").headline == "Baker"
    assert with_headline(cv, "BAKER of everything").headline == "Baker of everything"
    with pytest.raises(WishError, match="tailor explain shows them") as raised:
        with_headline(cv, "Chief Baker")
    assert all(entry.id in str(raised.value) for entry in cv.positions)


@settings(max_examples=30, deadline=None)
@given(matches(), st.data())
def test_wishes_are_granted(drawn: Match, data: st.DataObject) -> None:
    """What is pinned is on the page, what is dropped is not, or there is an error."""
    ids = sorted(s.id for b in drawn.cv.bullets() for s in b.statements)
    pinned = frozenset(data.draw(st.lists(st.sampled_from(ids), max_size=5)) if ids else ())
    dropped = frozenset(data.draw(st.lists(st.sampled_from(ids), max_size=5)) if ids else ())
    wishes = Wishes(pinned - dropped, dropped)
    try:
        resume = select(drawn, pages=9, wishes=wishes)
    except WishError:
        return
    assert wishes.pinned <= shown(resume)
    assert not wishes.dropped & shown(resume)
    left = {item.id for item in resume.dropped if item.cause is Cause.WISHED}
    assert left.intersection(ids) == dropped
    assert shown(resume) | {item.id for item in resume.dropped} >= set(ids)


def test_too_much_pinned_says_what_to_unpin() -> None:
    """No page is overfilled, and no pin is dropped in silence."""
    factory = BulletFactory()
    bullets = tuple(factory.make(f"Baked bread in town number {n}.") for n in range(90))
    entry = Entry("e1", ("Baker",), "Crumb Hall", bullets=bullets)
    cv = Cv("Ada Example", sections=(Section(SectionKind.EXPERIENCE, "Work", entries=(entry,)),))
    wishes = find_wishes(cv, pins=[bullet.id for bullet in bullets])
    found = match(cv, POSTING)
    with pytest.raises(WishError) as raised:
        select(found, pages=1, wishes=wishes)
    message = str(raised.value)
    for words in ("does not fit on 1 page", "it would end on line 10", " of 6", "--pages"):
        assert words in message
    assert message.count(" (1 line)") == 5
    assert shown(select(found, pages=2, wishes=wishes)) >= wishes.pinned


def test_marks_count_without_a_word(cv: Cv) -> None:
    """`tailor.select` heeds the marks in the CV when no wishes are given."""
    resume = tailor.select(tailor.match(cv, POSTING))
    assert marked(cv).pinned <= shown(resume)
    assert not marked(cv).dropped & shown(resume)


def test_the_cvs_order_stays_on_wish() -> None:
    """Skills that are asked for go up, and the ones asked for lead; not with `keep_order`."""
    make = BulletFactory().make
    entry = Entry("e1", ("Baker",), "Crumb Hall", bullets=(make("Baked rye bread."),))
    work = Section(SectionKind.EXPERIENCE, "Work", entries=(entry,))
    lines = (make("Nets, Knots, Sails"), make("Sewing, Python, SQL, Docker, Kubernetes"))
    skills = Section(SectionKind.SKILLS, "Skills", bullets=lines)
    posting = parse_posting("Developer\n\nRequirements\n- Python\n- SQL\n- Docker\n- Kubernetes\n")
    found = match(Cv("Ada Example", sections=(work, skills)), posting)
    words = []
    for keeps in (False, True):
        resume = select(found, wishes=Wishes(keep_order=keeps))
        words.append([line.text.plain for line in resume.chosen_lines()])
    own = [bullet.text.plain for bullet in lines]
    assert words[0] == ["Python, SQL, Docker, Kubernetes, Sewing", own[0], "Baked rye bread."]
    assert words[1] == ["Baked rye bread.", *own]
