"""Scores: each is explained, and nothing else changes it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import cvs, matches, postings

import tailor
from tailor.matching.match import TITLE, Match, match, score_texts
from tailor.reading.posting.text import parse_posting
from tailor.values.cv import BulletFactory, Cv, Entry, Section, SectionKind
from tailor.values.errors import PostingError
from tailor.values.posting import Posting
from tailor.values.resources import data_text

BENEFITS = """
What we offer
- £78,000 to £92,000 a year and a pension of 12%
- Thirty days of annual leave, free rail travel and dental insurance
- Courses and conferences of your choice, and a bonus in good years

We are an equal opportunity employer and can sponsor a visa.
"""


def bakery(*lines: str) -> Cv:
    """Make a CV of one role with `lines`."""
    factory = BulletFactory()
    bullets = tuple(factory.make(line) for line in lines)
    role = Entry("e", ("Baker",), "Orrin", bullets=bullets)
    return Cv("Jo Doe", sections=(Section(SectionKind.EXPERIENCE, "Work", entries=(role,)),))


def posting_for(*duties: str) -> Posting:
    """Make a posting that asks for `duties`."""
    listed = "".join(f"- {duty}\n" for duty in duties)
    return parse_posting(f"Baker\n\nWhat you'll do\n{listed}")


def top(found: Match, number: int) -> list[str]:
    """Return the ids of the best statements of `found`."""
    ids = [s.id for bullet in found.cv.bullets() for s in bullet.statements]
    return sorted(ids, key=lambda text_id: -found.scores[text_id].total)[:number]


@settings(max_examples=40)
@given(matches())
def test_every_score_is_explained(found: Match) -> None:
    """A score is the sum of its parts, and each statement and bullet has one."""
    lines = {name for b in found.cv.bullets() for name in (b.id, *(s.id for s in b.statements))}
    known = {requirement.id for requirement in found.requirements}
    assert set(found.scores) == lines
    for score in found.scores.values():
        parts = (score.requirements, score.posting, score.related, score.topics, score.trade)
        assert score.total == sum(parts)
        assert min(parts) >= 0
        assert parts == tuple(round(part, 6) for part in parts)  # the same on every machine
        assert bool(score.relations) or score.related == 0
        assert {relation.requirement for relation in score.relations} <= known | {TITLE}
        assert all(0 < relation.similarity <= 1.001 for relation in score.relations)


@settings(max_examples=40)
@given(matches())
def test_a_bullet_is_as_good_as_its_best_statement(found: Match) -> None:
    """Its score is the best statement's."""
    for bullet in found.cv.bullets():
        own = [found.scores[statement.id] for statement in bullet.statements]
        score = found.scores[bullet.id]
        assert score.total == max(part.total for part in own)


@pytest.mark.parametrize("best", [0, 1, 2])
def test_it_counts_wherever_it_stands(best: int) -> None:
    """First, last, or between others that say nothing of what is asked."""
    parts = ["Washed the pans of the shop.", "Swept the yard behind the ovens each evening."]
    parts.insert(best, "Baked sourdough bread for forty cafes.")
    found = match(bakery(" ".join(parts)), posting_for("Bake sourdough bread"))
    (bullet,) = found.cv.bullets()
    totals = [found.scores[statement.id].total for statement in bullet.statements]
    assert len(totals) == 3
    assert found.scores[bullet.id].total == totals[best] == max(totals) > min(totals)


@settings(max_examples=25)
@given(cvs(), postings(), st.randoms(use_true_random=False))
def test_a_line_is_scored_by_itself(cv: Cv, posting: Posting, random: object) -> None:
    """Neither the order of the other lines nor whether they are there changes a score."""
    lines = [bullet.text.plain for bullet in cv.bullets()]
    before = dict(zip(lines, score_texts(posting, lines), strict=True))
    random.shuffle(lines)  # type: ignore[attr-defined]
    half = lines[: len(lines) // 2]
    assert score_texts(posting, half).tolist() == [before[line] for line in half]
    turned = replace(cv, sections=cv.sections[::-1])
    assert match(turned, posting).scores == match(cv, posting).scores


def test_what_answers_is_better() -> None:
    """A line that answers beats one that does not, by the words that are shared."""
    cv = bakery("Baked rye bread in stone ovens.", "Walked the dog along the river.")
    found = match(cv, posting_for("Bake rye bread", "Sweep chimneys"))
    baked, walked = (found.scores[bullet.id] for bullet in cv.bullets())
    assert baked.total > 10 * walked.total
    assert (walked.requirements, walked.posting) == (0, 0)


def test_no_words_in_common_score_nothing() -> None:
    """Words that stand inside other ones ("rust" in "trustworthy") count for nothing."""
    cv = bakery("Trustworthy help with immigration.")
    (bullet,) = cv.bullets()
    score = match(cv, posting_for("Rust", "Migration of services")).scores[bullet.id]
    assert (score.requirements, score.posting) == (0, 0)


def test_what_is_near_in_meaning_counts_without_a_shared_word() -> None:
    """Ansible and Terraform share no letter, yet are nearer to each other than invoices."""
    cv = bakery("Ansible and Kubernetes.", "Invoices and ledgers.")
    near, far = cv.bullets()
    found = match(cv, posting_for("Automation with Terraform and Docker"))
    assert found.scores[near.id].posting == 0
    assert found.scores[near.id].related > found.scores[far.id].related
    relation = found.scores[near.id].relations[0]
    (asked,) = [r.text for r in found.requirements if r.id == relation.requirement]
    assert asked == "Automation with Terraform and Docker"
    pairs = found.pairs(near.statements[0].id, relation)
    assert {word for word, _, _ in pairs} <= {"Ansible", "Kubernetes"}
    assert {word for _, word, _ in pairs} <= {"Automation", "Terraform", "Docker"}


@pytest.mark.parametrize("text", ["", "Baker", "Baker\n\nWhat we offer\n- Bread\n- A pension\n"])
def test_a_posting_without_requirements_is_an_error(text: str) -> None:
    """It names the posting and says what to do."""
    with pytest.raises(PostingError, match=r"^job\.txt: no requirement") as error:
        match(bakery("Baked."), parse_posting(text, "job.txt"))
    assert "one point per line" in str(error.value)


@pytest.mark.parametrize("name", ["platform", "data_lead"])
def test_benefits_change_nothing_of_the_top(sample_cv: Cv, name: str) -> None:
    """More benefits in a posting leave the best five lines as they were."""
    text = data_text(f"sample_posting_{name}.txt")
    before, after = (match(sample_cv, parse_posting(t)) for t in (text, text + BENEFITS))
    assert [r.text for r in after.requirements] == [r.text for r in before.requirements]
    assert top(after, 5) == top(before, 5)


def test_sample_lines_stand_where_a_reader_expects_them(
    sample_cv: Cv, sample_posting: Posting
) -> None:
    """For a site reliability engineer clusters and on-call come first, not school courses."""
    found = match(sample_cv, sample_posting)
    texts = {s.id: b.statement_text(s) for b in sample_cv.bullets() for s in b.statements}
    best = " ".join(texts[text_id] for text_id in top(found, 10))
    assert "Kubernetes" in best
    assert "blameless review" in best
    assert "evening classes" not in best


SCRIPT = """
import hashlib, tailor
from tailor.values.resources import data_path
match = tailor.match(
    tailor.read_cv(data_path("sample_cv.md")),
    tailor.read_posting(data_path("sample_posting_platform.txt")),
)
print(hashlib.sha256(repr((match, tailor.select(match))).encode()).hexdigest())
"""


def test_the_same_whatever_the_hash_seed() -> None:
    """Two processes with other hash seeds find the very same match and choice."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        for seed in ("0", "4711")
    ]
    assert runs[0].stdout == runs[1].stdout != ""


def test_score_bullets() -> None:
    """One finite figure per line, higher for what answers; blank lines are worth nothing."""
    lines = ["Walked the dog.", "Baked rye bread.", "", " \n", "…", "Baked rye bread."]
    scores = tailor.score_bullets("Baker\n\nYour tasks\n- Bake rye bread\n", lines)
    assert scores.shape == (6,)
    assert scores.dtype == np.float64
    assert np.isfinite(scores).all()
    assert scores[1] == scores[5] > 10 * scores[0]
    assert scores[[2, 3, 4]].tolist() == [0, 0, 0]


@pytest.mark.parametrize("text", ["", "\n", "…", "Baker", "The river rose in the night."])
def test_score_bullets_takes_any_posting(text: str) -> None:
    """Also a posting that asks for nothing gives figures; its whole text is what is asked then."""
    scores = tailor.score_bullets(text, ["Measured how the river rose.", ""])
    assert np.isfinite(scores).all()
    assert scores[0] > 0 or "river" not in text
    assert scores[1] == 0
    assert tailor.score_bullets(text, []).shape == (0,)


@settings(max_examples=40)
@given(st.text(), st.lists(st.text(), max_size=5))
def test_score_bullets_of_any_text(text: str, lines: list[str]) -> None:
    """Whatever it is given, there is a finite figure of at least 0 per line."""
    scores = tailor.score_bullets(text, lines)
    assert scores.shape == (len(lines),)
    assert np.isfinite(scores).all()
    assert (scores >= 0).all()
