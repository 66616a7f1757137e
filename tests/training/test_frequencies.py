"""Building the pipeline: counts of documents, and tables that say nothing of anybody."""

from __future__ import annotations

import gzip
import json
import math
import sys
from pathlib import Path

import numpy as np
import pytest

from tailor.matching.feature import IDF_FILE
from tailor.nlp.pipeline import PIPELINE, load
from training.__main__ import main
from training.frequencies import learn_idf, read_documents


def test_forms_of_documents() -> None:
    """A form counts once in a document however often it stands there, and lines stay apart."""
    (document,) = read_documents(load(), [["Bread, bread and breads", "No ovens"]])
    assert document.forms == {"bread", "oven"}
    assert document.lines == (("bread", "bread", "bread"), ("oven",))


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("bread", 1.0),
        ("rye", (math.log(4 / 2) + math.log(3 / 3)) / 2 + 1),
        ("oven", (math.log(4 / 4) + math.log(3 / 1)) / 2 + 1),
    ],
)
def test_idf(form: str, expected: float) -> None:
    """The mean over the corpora of ln((1 + N) / (1 + df)) + 1."""
    corpora = [
        [{"bread", "rye", "oven"}, {"bread", "oven"}, {"bread", "oven"}],
        [{"bread", "rye"}, {"bread", "rye"}],
    ]
    learnt = learn_idf(corpora)
    place = learnt.forms.tolist().index(load().vocab.strings.add(form))
    assert learnt.values[place] == pytest.approx(expected)
    assert learnt.unseen == pytest.approx((math.log(4) + math.log(3)) / 2 + 1)


def test_rare_forms_are_left_out() -> None:
    """A form in fewer than three documents of all corpora together does not reach the table."""
    learnt = learn_idf([[{"bread", "doe"}, {"bread", "doe"}], [{"bread"}]])
    assert learnt.forms.tolist() == [load().vocab.strings.add("bread")]


@pytest.fixture
def sources(tmp_path: Path) -> list[str]:
    """Invented corpora as the command takes them, one packed and one not."""
    postings = "".join(json.dumps({"text": f"Bake rye bread {n}"}) + "\n" for n in range(4))
    (tmp_path / "postings.jsonl.gz").write_bytes(gzip.compress(postings.encode()))
    resumes = "".join(json.dumps({"bullets": ["Baked rye.", "Café"]}) + "\n" for _ in range(2))
    (tmp_path / "resumes.jsonl").write_text(resumes, encoding="utf-8")
    arguments = ["--postings", str(tmp_path / "postings.jsonl.gz")]
    return [*arguments, "--resumes", str(tmp_path / "resumes.jsonl")]


def test_the_command_gives_the_same_twice(
    sources: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What ships does not depend on when or where it was made."""
    written = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.setattr(sys, "argv", ["training", *sources, "--out", str(folder)])
        main()
        files = [path for path in sorted(folder.rglob("*")) if path.suffix != ".npz"]
        written.append([path.read_bytes() for path in files if path.is_file()])
        with np.load(folder / IDF_FILE) as table:
            written[-1].append(table["forms"].tobytes() + table["idf"].tobytes())
    assert written[0] == written[1]
    figures = json.loads((tmp_path / "first" / PIPELINE / "meta.json").read_text())["figures"]
    assert (figures["documents"], figures["forms"]) == (6, 3)
