"""The public interface of the package, and the file it writes, word for word."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import numpy as np
import pytest

import tailor
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.cv import Cv

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
GOLDEN = Path(__file__).parent / "golden"
POSTINGS = ("platform", "data_lead")
RENEW = "TAILOR_RENEW_GOLDEN"


@pytest.fixture(scope="module")
def cv() -> Cv:
    """The sample CV."""
    return tailor.read_cv(DATA / "sample_cv.md")


@pytest.fixture(scope="module")
def resumes(cv: Cv) -> dict[str, TailoredCv]:
    """The sample CV tailored to each sample posting, step by step."""
    found = {}
    for name in POSTINGS:
        posting = tailor.read_posting(DATA / f"sample_posting_{name}.txt")
        found[name] = tailor.select(tailor.match(cv, posting), pages=2)
    return found


@pytest.fixture(scope="module")
def documents(
    resumes: dict[str, TailoredCv], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """The files of both, read back by another library."""
    folder = tmp_path_factory.mktemp("written")
    return {
        name: docx.Document(str(tailor.write_docx(resume, folder / f"{name}.docx")))
        for name, resume in resumes.items()
    }


def test_all_that_is_promised_is_there() -> None:
    """The names of the public interface, none more."""
    steps = {
        "find_requirements",
        "find_wishes",
        "read_cv",
        "read_posting",
        "match",
        "select",
        "write_docx",
        "score_bullets",
    }
    errors = {"TailorError", "CvError", "PostingError", "OutputError", "WishError"}
    assert set(tailor.__all__) == steps | errors | {"__version__"}
    assert all(hasattr(tailor, name) for name in tailor.__all__)


def test_importing_is_cheap() -> None:
    """`import tailor` pulls in none of the libraries that the steps need."""
    script = "import sys, tailor; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = "spacy sklearn numpy scipy docx lxml markdown_it snowballstemmer rich typer".split()
    assert set(heavy) & set(loaded) == set()


def test_errors_can_be_told_apart() -> None:
    """All are TailorErrors, each with an exit code of its own; none is a bug's type."""
    kinds = (tailor.CvError, tailor.PostingError, tailor.OutputError)
    assert [kind.exit_code for kind in kinds] == [3, 4, 5]
    assert all(issubclass(kind, tailor.TailorError) for kind in kinds)
    assert not issubclass(tailor.TailorError, OSError | ValueError)


def test_each_step_raises_its_own_error(resumes: dict[str, TailoredCv], tmp_path: Path) -> None:
    """A CV, a posting and an output that cannot be: CvError, PostingError, OutputError."""
    (tmp_path / "notes.txt").write_text("hello world\n", encoding="utf-8")
    with pytest.raises(tailor.CvError, match=r"missing\.md"):
        tailor.read_cv(tmp_path / "missing.md")
    with pytest.raises(tailor.CvError, match=r"notes\.txt"):
        tailor.read_cv(tmp_path / "notes.txt")
    with pytest.raises(tailor.PostingError, match=r"missing\.txt"):
        tailor.read_posting(str(tmp_path / "missing.txt"))
    posting = tailor.read_posting(tmp_path / "notes.txt")
    with pytest.raises(tailor.PostingError, match=r"notes\.txt: no requirement"):
        tailor.match(resumes["platform"].cv, posting)
    with pytest.raises(tailor.OutputError, match=r"notes\.txt"):
        tailor.write_docx(resumes["platform"], tmp_path / "notes.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("pages", [0, 10, -1])
def test_one_to_nine_pages(resumes: dict[str, TailoredCv], pages: int) -> None:
    """Another number of pages is the caller's mistake."""
    with pytest.raises(ValueError, match="pages"):
        tailor.select(resumes["platform"].match, pages=pages)


def test_values_cannot_be_changed(resumes: dict[str, TailoredCv]) -> None:
    """Every value between two steps is frozen."""
    resume = resumes["platform"]
    for value in (resume, resume.match, resume.match.posting, resume.cv):
        field = dataclasses.fields(value)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, field, None)


def test_a_folder_gets_a_named_file(resumes: dict[str, TailoredCv], tmp_path: Path) -> None:
    """The file is named after the person, the company and the role; the path comes back."""
    path = tailor.write_docx(resumes["platform"], str(tmp_path / "new"))
    assert path.parent == tmp_path / "new"
    assert path.name == "Maren_Tolliver_Corvane_Signal_Senior_Site_Reliability_Engineer.docx"
    assert path.is_file()


def test_scores_of_lines() -> None:
    """One number a line in the lines' order, higher for the line that answers."""
    lines = ["Baked sourdough bread.", "Ran Kubernetes clusters in production.", ""]
    scores = tailor.score_bullets("You will run our Kubernetes clusters.", lines)
    assert isinstance(scores, np.ndarray)
    assert scores.shape == (3,)
    assert scores.dtype == np.float64
    assert np.all(scores >= 0)
    assert scores.argmax() == 1
    assert scores[2] == 0


@pytest.mark.parametrize("text", ["", "hello world", "We ask for Kubernetes."])
def test_scores_of_any_text(text: str) -> None:
    """A text that is no posting gives scores too, and no lines give none."""
    assert tailor.score_bullets(text, []).shape == (0,)
    scores = tailor.score_bullets(text, ["Ran Kubernetes clusters.", "Ran Kubernetes clusters."])
    assert np.all(np.isfinite(scores))
    assert scores[0] == scores[1]


def test_scores_of_a_line_do_not_depend_on_the_others() -> None:
    """A line keeps its score in whatever company."""
    posting = (DATA / "sample_posting_platform.txt").read_text(encoding="utf-8")
    lines = ["Ran Kubernetes clusters.", "Hired seven engineers.", "Led incident response."]
    together = tailor.score_bullets(posting, lines)
    alone = [tailor.score_bullets(posting, [line])[0] for line in lines]
    assert together.tolist() == pytest.approx(alone)


# The file, as another program reads it


@pytest.mark.parametrize("name", POSTINGS)
def test_file_begins_with_the_name(documents: dict[str, Any], name: str) -> None:
    """The first paragraph is the person's name and nothing else; then come ways to reach them."""
    paragraphs = documents[name].paragraphs
    assert (paragraphs[0].style.name, paragraphs[0].text) == ("Person Name", "Maren Tolliver")
    contact = [p.text for p in paragraphs if p.style.name == "Contact"]
    assert "maren@example.org" in contact[0]


@pytest.mark.parametrize("name", POSTINGS)
def test_file_has_real_headings(documents: dict[str, Any], name: str, cv: Cv) -> None:
    """Sections are headings 1, every position and degree of the CV a heading 2, in its order."""
    paragraphs = documents[name].paragraphs
    sections = [p.text for p in paragraphs if p.style.name == "Heading 1"]
    # Skills are asked for first by one of the two postings.
    assert [name for name in sections if name != "Skills"][:2] == ["Work Experience", "Education"]
    heads = [p.text for p in paragraphs if p.style.name == "Heading 2"]
    assert [entry.title for entry in cv.entries] == [
        head.split(" (")[0].split(" \t")[0] for head in heads
    ]
    assert all(" \t" in head for head in heads)


@pytest.mark.parametrize(
    ("name", "role"),
    [("platform", "Senior Site Reliability Engineer"), ("data_lead", "Team Lead, Data Platform")],
)
def test_properties_name_person_and_role(documents: dict[str, Any], name: str, role: str) -> None:
    """Author and title say who and for what; nothing tells the program or the day."""
    properties = documents[name].core_properties
    assert properties.author == "Maren Tolliver"
    assert properties.title == f"Maren Tolliver – {role}"
    assert properties.language == "en-GB"
    assert (properties.comments, properties.last_modified_by) == ("", "")
    assert properties.created is None


@pytest.mark.parametrize("name", POSTINGS)
def test_file_is_the_golden_one(documents: dict[str, Any], name: str) -> None:
    """Every paragraph with its style is as in tests/golden, so that every change is looked at."""
    lines = [f"{p.style.name} | {p.text}" for p in documents[name].paragraphs]
    found = "\n".join(lines).replace("\t", "<tab>") + "\n"
    path = GOLDEN / f"sample_{name}.txt"
    if os.environ.get(RENEW):
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="\n")
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    assert found.splitlines() == expected.splitlines(), (
        f"the file is not that of {path.name}. If the change is meant, write it anew with "
        f"{RENEW}=1 python -m pytest tests/test_api.py, and read what changed."
    )
