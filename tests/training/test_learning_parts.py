"""Learning what the lines of postings are: the labels, the invented postings, both models."""

from __future__ import annotations

import json
from pathlib import Path

from tailor.reading.posting.cue import learnt_kinds
from tailor.reading.posting.part import MODEL_FILE
from tailor.reading.posting.sentence import HEADING, Part
from tailor.values.resources import MODELS
from training.posting.__main__ import Line, learn_parts, learn_words, measure
from training.posting.invented import invented_postings
from training.posting.labels import LABELS, read_invented, read_labelled


def test_labels_are_places_and_letters() -> None:
    """Two hundred postings are labelled, forty of them set apart; no word of them is kept."""
    content = json.loads(LABELS.read_text(encoding="utf-8"))
    assert len(content["labels"]) > 200
    assert set(content["apart"]) <= set(content["labels"])
    assert len(content["apart"]) == 40
    for runs in content["labels"].values():
        assert set(runs) <= set("0123456789: hTFCSDRPBALX")


def test_labelled_postings_are_read(shared: Path) -> None:
    """Every labelled posting is there, and each of its lines has a part."""
    labelled = read_labelled(shared / "postings" / "postings.jsonl.gz")
    assert len(labelled) > 200
    parts = set(Part)
    assert {
        label.removeprefix(HEADING) for posting in labelled for label in posting.labels
    } <= parts
    assert all(len(posting.units) == len(posting.labels) for posting in labelled)


def test_invented_postings_are_the_same_each_time(shared: Path) -> None:
    """One seed gives one set of postings."""
    assert list(invented_postings(shared, 20, 3)) == list(invented_postings(shared, 20, 3))
    assert list(invented_postings(shared, 20, 3)) != list(invented_postings(shared, 20, 4))


def test_what_ships_reads_invented_postings(shared: Path) -> None:
    """The shipped models know what other invented postings ask for."""
    figures = measure(list(read_invented(shared, 40, seed=77)), learnt_kinds(), MODELS / MODEL_FILE)
    assert float(str(figures["asking_precision"])) > 0.93
    assert float(str(figures["asking_recall"])) > 0.93


def test_both_models_learn(tmp_path: Path, shared: Path) -> None:
    """Words of five employers are kept, those of one are not; the parts are learnt with them."""
    lines = [
        Line(f"{text} {employer}", kind, employer)
        for employer in "abcdef"
        for kind, text in (
            ("duty", "bake rye bread"),
            ("benefit", "holidays and dental insurance"),
            ("legal", "equal opportunity"),
        )
    ]
    lines.append(Line("secret sourdough", "duty", "a"))
    kinds = learn_words(lines)
    duty, benefit = kinds.kinds.index("duty"), kinds.kinds.index("benefit")
    bake, holidays, secret = kinds.evidence(
        ["bake rye bread", "holidays and dental insurance", "sourdough"]
    ).tolist()
    assert bake[duty] > bake[benefit]
    assert holidays[benefit] > holidays[duty]
    assert secret == kinds.evidence(["brioche"]).tolist()[0]
    learn_parts(list(read_invented(shared, 5)), kinds, tmp_path / "parts.crfsuite")
    assert (tmp_path / "parts.crfsuite").stat().st_size > 0
