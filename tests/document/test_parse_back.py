"""The points of benchmarks/parse_back.py say what a reader found, and controls are worse."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

import tailor

ROOT = Path(__file__).parents[2]

with pytest.MonkeyPatch.context() as patch:
    patch.setattr(sys, "path", [str(ROOT / "benchmarks"), *sys.path])
    from readback import controls, scores, truth

JOBS = (
    truth.Job("Baker", "Crumb & Sons", "Mar 2019 – Present", ("Baked 300 loaves.", "Led two.")),
    truth.Job("Miller", "Grist Ltd", "Jan 2015 – Feb 2019", ("Ground wheat.",)),
)
DEGREE = truth.Job("BSc Baking", "Oven College", "Sep 2011 – Jun 2014")
TRUTH = truth.Truth(
    "Ada Loaf",
    "ada@loaf.example",
    ("Experience", "Education"),
    JOBS,
    (DEGREE,),
    (),
    tuple(bullet for job in JOBS for bullet in job.bullets),
    "Ada Loaf Baker Crumb Sons Baked 300 loaves",
)
TEXT = """Ada Loaf
ada@loaf.example | Bath
Experience
Baker \tMar 2019 – Present
Crumb & Sons, Bath
Baked 300 loaves.
Led two.
Miller \tJan 2015 – Feb 2019
Grist Ltd
Ground wheat.
Education
BSc Baking \tSep 2011 – Jun 2014
Oven College
"""
EXPERIENCE = TEXT.partition("Experience\n")[2].partition("Education")[0]
EDUCATION = TEXT.partition("Education\n")[2]


ALL = scores.Parsed("Ada Loaf", ("ada@loaf.example",), (EXPERIENCE,), (EDUCATION,))


def lost(score: scores.Score) -> set[str]:
    """The parts that were not found whole."""
    return {part for part, share in score.shares.items() if share < 1}


def test_weights_are_a_hundred() -> None:
    """A document that is found whole has 100 points, by either kind of reader."""
    assert sum(scores.TEXT_WEIGHTS.values()) == 100
    assert sum(scores.PARSER_WEIGHTS.values()) == 100
    assert scores.score_text(TEXT, TRUTH).total == 100
    assert scores.score_parsed(ALL, TRUTH).total == 100


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("Ada Loaf\n", "", {"name", "words"}),
        ("Ada Loaf\n", "Ada Loaf Baker\n", {"name"}),
        ("ada@loaf.example |", "ada@loaf.exampleBath", {"e-mail"}),
        ("Education\n", "How I grew\n", {"headings"}),
        ("Education\n", "Education BSc Baking\n", {"headings"}),
        ("Baker \t", "Baker", {"title, employer", "dates", "words"}),
        ("Grist Ltd", "GristLtd", {"title, employer"}),
        (" \tJan 2015 – Feb 2019", "", {"dates"}),
        ("Baked 300 loaves.\nLed two.", "Led two.\nBaked 300 loaves.", {"bullets"}),
        ("Ground wheat.", "Ground", {"bullets"}),
        ("Oven", "\ue000 Oven", {"letters"}),
        ("Oven College", "Oven College â€“", {"letters"}),
    ],
)
def test_text_loses_what_is_broken(before: str, after: str, parts: set[str]) -> None:
    """Each fault costs the points of its own parts."""
    assert before in TEXT
    assert lost(scores.score_text(TEXT.replace(before, after, 1), TRUTH)) == parts


@pytest.mark.parametrize(
    ("found", "parts"),
    [
        (replace(ALL, name="Crumb Sons"), {"name"}),
        (replace(ALL, emails=()), {"e-mail"}),
        (replace(ALL, jobs=()), {"title", "employer", "dates", "bullets"}),
        (replace(ALL, jobs=(EXPERIENCE.replace("Led two.\n", "") + "Led two.",)), {"bullets"}),
        (replace(ALL, jobs=(EXPERIENCE.replace("Grist Ltd\n", ""),)), {"employer"}),
        (replace(ALL, jobs=(EXPERIENCE.replace("Jan 2015 – Feb 2019", "01/2015"),)), {"dates"}),
        (replace(ALL, education=("Oven College",)), {"education"}),
        (replace(ALL, education=("BSc 2011", "BSc 2011 Oven College")), set()),
    ],
)
def test_parser_loses_what_it_did_not_find(found: scores.Parsed, parts: set[str]) -> None:
    """A bullet below another job, an employer that is missing: each costs its own part."""
    assert lost(scores.score_parsed(found, TRUTH)) == parts


def test_one_text_a_job_is_as_good_as_one_for_all() -> None:
    """A parser that cuts the jobs apart, and one that gives the section whole, score alike."""
    first, second = EXPERIENCE.split("Miller")
    apart = replace(ALL, jobs=(first, "Miller" + second), apart=True)
    assert scores.score_parsed(apart, TRUTH).total == 100


def test_jobs_in_one_are_one() -> None:
    """A parser that should tell jobs apart, and does not, has found the first only."""
    merged = scores.score_parsed(replace(ALL, apart=True), TRUTH)
    assert lost(merged) == {"title", "employer", "dates", "bullets"}
    assert merged.shares["title"] == 0.5


def test_markup_of_a_reader_is_its_own() -> None:
    """Markdown and tags of links are no faults of the document."""
    markdown = TEXT.replace("Experience", "# **Experience**").replace(
        "ada@loaf.example", "[ada@loaf.example](mailto:ada@loaf.example)"
    )
    tags = TEXT.replace("ada@loaf.example", '<a href="mailto:a">ada@loaf.example</a>')
    assert scores.score_text(markdown, TRUTH, "markdown").total == 100
    assert scores.score_text(tags, TRUTH, "html").total == 100


def test_any_dash_between_dates_is_one() -> None:
    """A reader that writes its dashes in ASCII has found the dates."""
    assert scores.score_text(TEXT.replace(" – ", "  -  "), TRUTH).total == 100


@given(st.text())
def test_points_lie_between_0_and_100(text: str) -> None:
    """Whatever a reader gives, its points are a number in range."""
    assert 0 <= scores.score_text(text, TRUTH, "markdown").total <= 100
    assert 0 <= scores.score_parsed(replace(ALL, jobs=(text,)), TRUTH).total <= 100


def test_nothing_asked_is_not_scored() -> None:
    """A document without an e-mail address and without bullets can be found whole."""
    plain = truth.Truth("Ada Loaf", "", (), (), (), (), (), "Ada Loaf")
    assert scores.score_text("Ada Loaf", plain).total == 100


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, truth.Truth]:
    """The sample CV's document, and what stands in it."""
    cv = tailor.read_cv(ROOT / "data/sample_cv.md")
    posting = tailor.read_posting(ROOT / "data/sample_posting_platform.txt")
    resume = tailor.select(tailor.match(cv, posting), pages=2)
    path = tmp_path_factory.mktemp("written") / "sample.docx"
    tailor.write_docx(resume, path, force=True)
    return path, truth.truth_of(resume)


def text_of(path: Path) -> str:
    """The text of a document as the simplest readers see it: body paragraphs, no tables."""
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_truth_is_what_is_written(written: tuple[Path, truth.Truth]) -> None:
    """The written document holds all of the truth, by the simplest reader."""
    path, expected = written
    assert scores.score_text(text_of(path), expected).total == 100


@pytest.mark.parametrize("name", controls.CONTROLS)
def test_controls_are_other_documents(
    written: tuple[Path, truth.Truth], tmp_path: Path, name: str
) -> None:
    """A control differs from what was written, and the simplest reader finds less in it.

    But for dates in figures, which only parsers mind.
    """
    path, expected = written
    out = tmp_path / "control.docx"
    spoilt = controls.CONTROLS[name](path, out, expected)
    points = scores.score_text(text_of(out), spoilt).total
    assert text_of(out) != text_of(path)
    assert points == 100 if name == "dates in figures" else points < 95
