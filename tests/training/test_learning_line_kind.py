"""Learning what requirements look like from the headings above them. All postings are invented."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

from tailor.matching.line_kind import MODEL_FILE, UNIT, parse_classifier
from tailor.reading.posting.text import parse_posting
from training.line_kind import (
    LabelledLine,
    distinct_lines,
    format_classifier,
    labelled_lines,
    main,
    train,
)

POSTING = """Baker

About Orrin

Orrin has baked since 1702. Orrin is seeking bakers who love rye.

Your tasks
- Bake rye bread
- The ovens of three shops
- A pension for everyone

What we offer
- Bread for free
- Manage your own week
- Singing on Fridays

The role

You will work with two apprentices.

The town sleeps well at night.

The long winding road
- Bread again
"""


def test_labels_by_headings_and_words() -> None:
    """A line is labelled where its heading is known and its own words do not speak against it."""
    found = {line.text: line.asks for line in labelled_lines(parse_posting(POSTING), "Orrin")}
    assert found == {
        "Orrin has baked since 1702.": False,
        "Bake rye bread": True,
        "The ovens of three shops": True,
        "Bread for free": False,
        "Singing on Fridays": False,
        "You will work with two apprentices.": True,
    }


def test_each_line_once() -> None:
    """A line that recurs counts once; one that is labelled both ways is left out."""
    lines = [
        LabelledLine("Rye bread", asks=True, employer="Orrin"),
        LabelledLine("RYE bread!", asks=True, employer="Tolva"),
        LabelledLine("Ovens", asks=True, employer="Orrin"),
        LabelledLine("ovens", asks=False, employer="Tolva"),
    ]
    assert distinct_lines(lines) == lines[:1]


def invented_lines(employers: int = 8) -> list[LabelledLine]:
    """Return lines of many employers, each with a word of its own."""
    return [
        LabelledLine(f"{text} {place} at firm{number}", asks=asks, employer=f"firm{number}")
        for number in range(employers)
        for place in ("north", "south", "east")
        for text, asks in (("Bake rye", True), ("Free holidays", False))
    ]


def common_lines() -> list[LabelledLine]:
    """Return two lines that stand in the postings of ten employers."""
    return [
        LabelledLine(text, asks=asks, employer=f"shop{number}")
        for number in range(10)
        for text, asks in (("Sweep the floor", True), ("Dances at noon", False))
    ]


def test_names_of_few_are_left_out() -> None:
    """What stands in the lines of fewer than five employers is not in the table."""
    classifier = train(invented_lines())
    assert "bake" in classifier.coefficients
    assert not [name for name in classifier.coefficients if "firm" in name]
    assert "bake" not in train([*invented_lines(4), *common_lines()]).coefficients


def test_learnt_weights_tell_the_kinds() -> None:
    """What asks is above what does not, also in words that were never seen together."""
    classifier = train(invented_lines(employers=40))
    asks, gives = classifier.evidence(["Bake holidays rye", "Free holidays"])
    assert asks > gives + UNIT
    assert len(train(invented_lines(), most_features=3).coefficients) <= 3


def test_round_trip() -> None:
    """The table that is written is read again."""
    classifier = train(invented_lines())
    assert parse_classifier(format_classifier(classifier)) == classifier


def test_lines_of_one_kind_teach_nothing() -> None:
    """Without both kinds there is nothing to tell apart."""
    with pytest.raises(ValueError, match="class"):
        train([line for line in invented_lines() if line.asks])


@pytest.mark.parametrize("packed", [True, False])
def test_the_command_gives_the_same_bytes_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, packed: bool
) -> None:
    """The table does not depend on when or where it was made, nor on the order of sets."""
    rows = "".join(
        json.dumps({"text": f"{POSTING}\nYour profile\n- Rye number {n}\n", "company": f"Firm {n}"})
        + "\n"
        for n in range(12)
    )
    source = tmp_path / ("postings.jsonl.gz" if packed else "postings.jsonl")
    source.write_bytes(gzip.compress(rows.encode()) if packed else rows.encode())
    written = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        arguments = ["training", "--postings", str(source), "--out", str(folder)]
        monkeypatch.setattr(sys, "argv", arguments)
        main()
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert written[0] == written[1]
    assert set(written[0]) == {MODEL_FILE}
