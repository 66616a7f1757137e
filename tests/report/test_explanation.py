"""Why each line is there or not: complete, and true of the choice it tells of."""

from __future__ import annotations

from hypothesis import given, settings
from strategies import tailored_cvs

from tailor.matching.answered import Met
from tailor.report.explanation import explain
from tailor.selection.tailored_cv import TailoredCv


@settings(max_examples=30, deadline=None)
@given(tailored_cvs())
def test_every_line_is_told_once(drawn: tuple[TailoredCv, int]) -> None:
    """Each statement of the CV has its line, kept or not as on the page, with a reason."""
    resume, _ = drawn
    told = explain(resume)
    lines = [line for role in told.roles for line in role.lines]
    statements = [s.id for b in resume.cv.bullets() for s in b.statements]
    assert [line.statement for line in lines] == statements
    kept = {s.id for line in resume.chosen_lines() for s in line.kept}
    for line in lines:
        assert line.kept == (line.statement in kept)
        assert line.reason
        assert (line.cause is None) == line.kept


@settings(max_examples=30, deadline=None)
@given(tailored_cvs())
def test_every_requirement_is_told_once(drawn: tuple[TailoredCv, int]) -> None:
    """In the posting's order; answers and proofs say the same, from both ends."""
    resume, _ = drawn
    told = explain(resume)
    assert [asked.text for asked in told.requirements] == [
        requirement.text for requirement in resume.match.requirements
    ]
    proved = {(a.number, p.id) for a in told.requirements for p in a.proofs}
    lines = [line for role in told.roles for line in role.lines]
    answering = [(one.id, one.answers, one.kept) for one in lines]
    answering += [(one.id, one.answers, one.kept) for one in told.roles if one.id]
    assert proved == {(number, name) for name, answers, _ in answering for number in answers}
    on_page = {name for name, _, kept in answering if kept}
    for asked in told.requirements:
        assert asked.shown is None or asked.shown.id in on_page
        if asked.shown is None:
            assert not on_page & {proof.id for proof in asked.proofs}
        assert (asked.met in {Met.MET, Met.PARTLY}) == any(p.is_had for p in asked.proofs)


@settings(max_examples=30, deadline=None)
@given(tailored_cvs())
def test_the_posting_is_shown_whole(drawn: tuple[TailoredCv, int]) -> None:
    """The pieces make the posting's lines, and each requirement of a line is marked in it.

    The title, which has no line of its own, may be marked where a line says it.
    """
    resume, _ = drawn
    told = explain(resume)
    text = ["".join(piece.text for piece in line.pieces) for line in told.posting]
    assert text == [line.text for line in resume.match.posting.lines]
    marked = [piece.number for line in told.posting for piece in line.pieces if piece.number]
    placed = sorted(asked.number for asked in told.requirements if asked.line)
    assert [number for number in marked if number in placed] == placed
