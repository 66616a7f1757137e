"""Every line of a résumé is told from what somebody made up, moved or left out."""

from __future__ import annotations

import importlib.util
import random
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import tailored_cvs

import tailor
from tailor.checking.findings import Place, Provenance, Verdict
from tailor.checking.nearest import difference
from tailor.checking.provenance import Told, find_provenance
from tailor.document.resume import resume_docx, whole_docx
from tailor.layout.typography import DEFAULT_DESIGN, LOOKS
from tailor.matching.match import match
from tailor.selection.composition import compose
from tailor.selection.tailored_cv import TailoredCv, whole
from tailor.values.cv import BulletFactory, Cv, Entry, Section, SectionKind
from tailor.values.posting import Posting

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "hand_edits.py"


def load() -> ModuleType:
    """Load the benchmark, which makes the edits."""
    spec = importlib.util.spec_from_file_location("hand_edits", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


hand_edits = load()


def printed(cv: Cv) -> list[str]:
    """The lines of the whole CV as tailor prints them."""
    return [paragraph.text.plain for paragraph in compose(cv, whole(cv), DEFAULT_DESIGN)]


def judge(
    lines: list[str], cv: Cv, *, own_form: bool | None = True, guessed_spaces: bool = False
) -> Provenance:
    """Judge lines that stand one below the other."""
    told = [Told(text, Place(number)) for number, text in enumerate(lines, 1)]
    return find_provenance(told, cv, own_form=own_form, guessed_spaces=guessed_spaces)


@settings(max_examples=25)
@given(tailored_cvs(), st.booleans(), st.booleans())
def test_what_tailor_prints_is_the_master_cvs(
    drawn: tuple[TailoredCv, int], keep_headings: bool, plain_hyphens: bool
) -> None:
    """Whatever was chosen, and with every option that changes words."""
    resume, _ = drawn
    design = replace(resume.design, keep_headings=keep_headings, plain_hyphens=plain_hyphens)
    resume = replace(resume, design=design)
    found = hand_edits.provenance(resume_docx(resume), resume.cv)
    assert found.strange == ()
    assert found.missing == ()


@pytest.mark.parametrize("look", LOOKS)
def test_each_look_prints_the_master_cv(sample_cv: Cv, sample_posting: Posting, look: str) -> None:
    """The look changes no word."""
    resume = tailor.select(match(sample_cv, sample_posting), look=look)
    found = hand_edits.provenance(resume_docx(resume), sample_cv)
    assert found.strange == ()
    assert found.missing == ()


def test_an_edited_word_is_found(sample_cv: Cv, sample_posting: Posting) -> None:
    """One word changed in a tailored file, in each way: that line is found, and no other."""
    chance = random.Random(5)  # noqa: S311 - no secret
    resume = tailor.select(match(sample_cv, sample_posting))
    source = hand_edits.Source("sample", resume_docx(resume), sample_cv)
    for way in hand_edits.WAYS * 4:
        edit = hand_edits.edited(source, chance, way)
        found = hand_edits.provenance(edit.data, source.cv)
        assert hand_edits.finds_exactly(found, edit), (edit.before, edit.after)


@settings(max_examples=25)
@given(tailored_cvs(), st.randoms(use_true_random=False), st.sampled_from(["replaced", "added"]))
def test_an_edited_word_of_any_cv_is_found(
    drawn: tuple[TailoredCv, int], chance: random.Random, way: str
) -> None:
    """In random CVs too, in whatever paragraph it stands."""
    resume, _ = drawn
    source = hand_edits.Source("random", resume_docx(resume), resume.cv)
    edit = hand_edits.edited(source, chance, way)
    found = hand_edits.provenance(edit.data, source.cv)
    assert edit.number in {line.place.number for line in found.strange}


def test_a_changed_line_shows_what_changed(sample_cv: Cv) -> None:
    """With the master CV's line beside it, word by word."""
    lines = printed(sample_cv)
    at = next(n for n, line in enumerate(lines) if "340 Spark jobs" in line)
    lines[at] = lines[at].replace("340", "3,400")
    (found,) = judge(lines, sample_cv).strange
    assert found.verdict is Verdict.CHANGED
    assert found.place.number == at + 1
    assert "340 Spark jobs" in found.master
    assert [(w.sign, w.text) for w in found.difference if w.sign] == [("-", "340"), ("+", "3,400")]


def test_a_short_line_with_every_word_changed_is_a_changed_one(sample_cv: Cv) -> None:
    """By its letters, where no whole word is left to know it by."""
    lines = printed(sample_cv)
    at = lines.index("Larkhollow Tickets, York")
    lines[at] = "Larkholow Tickts, Yorck"
    (found,) = judge(lines, sample_cv).strange
    assert (found.verdict, found.master) == (Verdict.CHANGED, "Larkhollow Tickets, York")


@pytest.mark.parametrize("guessed", [True, False])
def test_a_space_in_a_word_counts_where_the_file_has_spaces(sample_cv: Cv, guessed: bool) -> None:
    """A PDF has none, and a guess cut the word; in a Word file somebody did."""
    lines = printed(sample_cv)
    at = next(n for n, line in enumerate(lines) if "340 Spark jobs" in line)
    lines[at] = lines[at].replace("Spark jobs", "Sp ark job s")
    found = judge(lines, sample_cv, own_form=False, guessed_spaces=guessed).strange
    assert [line.verdict for line in found] == ([] if guessed else [Verdict.CHANGED])


@pytest.mark.parametrize(
    "contacts",
    [
        "Sheffield, UK | maren@example.org | +44 7700 900318",
        "maren@example.org | https://maren.example.org",
        "+44 7700 900318",
    ],
)
def test_contacts_may_be_fewer_and_in_another_order(sample_cv: Cv, contacts: str) -> None:
    """Each item is the person's own; one of somebody else is found."""
    lines = printed(sample_cv)
    at = next(n for n, line in enumerate(lines) if line.startswith("maren@"))
    lines[at] = contacts
    assert judge(lines, sample_cv).strange == ()
    lines[at] += " | Leeds, UK"
    (found,) = judge(lines, sample_cv).strange
    assert found.place.number == at + 1


@pytest.mark.parametrize("own_form", [True, False])
def test_contacts_at_the_foot_are_another_programs_way(sample_cv: Cv, own_form: bool) -> None:
    """In a file that tailor wrote they belong to the head, and somebody moved them."""
    lines = printed(sample_cv)
    at = next(n for n, line in enumerate(lines) if line.startswith("maren@"))
    del lines[at]
    lines.append("Sheffield, UK")
    found = judge(lines, sample_cv, own_form=own_form).strange
    assert [line.verdict for line in found] == ([Verdict.MISPLACED] if own_form else [])
    assert all(line.why == "belongs to the head of the page" for line in found)


def test_an_invented_line_is_new(sample_cv: Cv) -> None:
    """It has no line of the master CV beside it."""
    lines = printed(sample_cv)
    lines.insert(10, "Won the Nobel prize twice, both times for gardening.")
    (found,) = judge(lines, sample_cv).strange
    assert (found.verdict, found.master) == (Verdict.NEW, "")


def test_a_line_under_another_employer_is_misplaced(sample_cv: Cv) -> None:
    """Its words are the person's, but not from there."""
    lines = printed(sample_cv)
    line = next(text for text in lines if "340 Spark jobs" in text)
    lines.remove(line)
    place = next(n for n, text in enumerate(lines) if text.startswith("Larkhollow"))
    lines.insert(place + 1, line)
    (found,) = judge(lines, sample_cv).strange
    assert found.verdict is Verdict.MISPLACED
    assert "Quillmere" in found.why


def test_an_employer_given_another_title_is_found(sample_cv: Cv) -> None:
    """Two employers that changed places are both misplaced."""
    lines = printed(sample_cv)
    one = next(n for n, text in enumerate(lines) if text.startswith("Larkhollow"))
    two = next(n for n, text in enumerate(lines) if text.startswith("Fennimore"))
    lines[one], lines[two] = lines[two], lines[one]
    found = judge(lines, sample_cv)
    assert {line.place.number for line in found.strange} == {one + 1, two + 1}


def test_a_position_held_twice_is_found(sample_cv: Cv) -> None:
    """A head that stands once more than in the master CV is no line of the person's."""
    lines = printed(sample_cv)
    at = next(n for n, text in enumerate(lines) if text.startswith("Backend Developer"))
    lines[at:at] = lines[at : at + 2]
    found = judge(lines, sample_cv).strange
    assert [(line.verdict, line.place.number) for line in found] == [
        (Verdict.MISPLACED, at + 3),
    ]
    assert "more often" in found[0].why


def test_a_job_left_out_is_missing(sample_cv: Cv) -> None:
    """A gap that was cut into the history is told."""
    lines = printed(sample_cv)
    start = next(n for n, text in enumerate(lines) if text.startswith("Backend Developer"))
    end = next(n for n, text in enumerate(lines) if text.startswith("Research Assistant"))
    found = judge(lines[:start] + lines[end:], sample_cv)
    assert found.strange == ()
    assert len(found.missing) == 2
    assert found.missing[0].text.startswith("Backend Developer")
    assert found.missing[1].text.startswith("Larkhollow")


def test_whole_statements_are_the_persons_own(sample_cv: Cv) -> None:
    """In their order only, and whole."""
    bullet = next(b for b in sample_cv.bullets() if len(b.statements) > 1)
    first, second = (bullet.statement_text(s) for s in bullet.statements[:2])
    whole_line = bullet.text.plain
    lines = printed(sample_cv)
    at = lines.index(whole_line)
    for text, verdicts in (
        (first, []),
        (second, []),
        (f"{second} {first}", [Verdict.CHANGED]),
        (first.rpartition(" ")[0], [Verdict.CHANGED]),
    ):
        lines[at] = text
        assert [line.verdict for line in judge(lines, sample_cv).strange] == verdicts
    (last,) = judge(lines, sample_cv).strange
    assert last.master == first


def test_heads_of_other_programs_are_cut_into_fields(sample_cv: Cv) -> None:
    """Title, employer, place and dates count in any usual form, but only of one job."""
    lines = [
        "Maren Tolliver",
        "maren@example.org · +44 7700 900318 · Sheffield, UK",
        "PROFESSIONAL EXPERIENCE",
        "Larkhollow Tickets (York)",
        "Backend Developer, 10/2012 - 08/2014",
        (
            "• Added Redis caching to the event pages and took the median response time from "
            "620 ms to 85 ms."
        ),
    ]
    assert judge(lines, sample_cv, own_form=None).strange == ()
    lines[4] = "Backend Developer, 10/2011 - 08/2014"
    (found,) = judge(lines, sample_cv, own_form=None).strange
    assert found.place.number == 5
    lines[4] = "Data Engineer, 10/2012 - 08/2014"
    assert judge(lines, sample_cv, own_form=None).strange


def test_own_form_is_that_of_half_the_heads(sample_cv: Cv) -> None:
    """With fewer of its heads on the page it is another program's, which says them its own way."""
    page = printed(sample_cv)
    heads = [page[n : n + 2] for n, line in enumerate(page) if "\t" in line]
    others = [lines for lines in heads if not lines[1].startswith("Larkhollow")]
    for count in range(1, len(others) + 1):
        lines = [line for head in others[:count] for line in head]
        lines += ["Larkhollow Tickets (York)", "Backend Developer, 10/2012 - 08/2014"]
        strange = judge(lines, sample_cv, own_form=None).strange
        found = {line.place.number for line in strange} & {len(lines) - 1, len(lines)}
        assert bool(found) == (2 * count >= len(heads)), count


def test_the_whole_cv_as_word_file_is_its_own(sample_cv: Cv) -> None:
    """What `tailor import --to docx` writes is the master CV's as well."""
    found = hand_edits.provenance(whole_docx(sample_cv), sample_cv)
    assert found.strange == ()
    assert found.missing == ()


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_difference_holds_both_lines(before: str, after: str) -> None:
    """The words without those that came are the old line, without those that went the new one."""
    words = difference(before, after)
    assert [w.text for w in words if w.sign != "+"] == before.split()
    assert [w.text for w in words if w.sign != "-"] == after.split()


def test_a_changed_statement_is_held_against_its_own_line(sample_cv: Cv) -> None:
    """With the words that lead it in, and no other statement of the bullet."""
    bullet = BulletFactory().make(
        "as Cook, 2021: Built six new ovens for schools. Ran the ovens at night."
    )
    entry = Entry("e1", ("Baker",), "Crumb Hall", bullets=(bullet,))
    section = Section(SectionKind.EXPERIENCE, "Work", entries=(entry,))
    cv = replace(sample_cv, sections=(section,))
    lines = printed(cv)
    assert lines[-1] == bullet.text.plain
    for kept in ("Built six new ovens for schools.", "Ran the ovens at night."):
        lines[-1] = f"as Cook, 2021: {kept}".replace("ovens", "stoves")
        (found,) = judge(lines, cv).strange
        assert (found.verdict, found.master) == (Verdict.CHANGED, f"as Cook, 2021: {kept}")


@pytest.mark.parametrize("own_form", [True, False])
def test_a_section_may_have_any_usual_heading(sample_cv: Cv, own_form: bool) -> None:
    """But only one that means a section of the master CV, and is spelt as it is."""
    lines = printed(sample_cv)
    at = lines.index("Work Experience")
    for heading, verdict in (
        ("Employment History", None),
        ("Wrok Experience", Verdict.CHANGED),
        ("Volunteering", Verdict.NEW),
        ("Interests", Verdict.NEW),
    ):
        lines[at] = heading
        found = judge(lines, sample_cv, own_form=own_form).strange
        assert [(line.place.number, line.verdict) for line in found] == (
            [(at + 1, verdict)] if verdict else []
        )
        assert all(line.master in {"", "Work Experience"} for line in found)
