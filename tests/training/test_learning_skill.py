"""Learning skill phrases from a corpus, and the corpus put together again."""

from __future__ import annotations

import json
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import OTHERS, SKILLS

from tailor.nlp.pipeline import read_texts
from tailor.nlp.skill import (
    MODEL_FILE,
    NAMES_FILE,
    SPANS,
    Kind,
    SkillTagger,
    find_skill_phrases,
    lines_of,
    phrases_of,
)
from training.skill import main, make_gazetteer, train
from training.skillspan import AnnotatedLine, join_tokens, labels_of, read_skillspan

PLACE = ("invented", 1)


def invented_lines() -> list[AnnotatedLine]:
    """Lines in which a phrase of knowledge follows "know", and one of skill "you"."""
    lines = []
    for number, (one, other) in enumerate(product(SKILLS[:6], SKILLS[:6])):
        text = f"You will plan {OTHERS[number % len(OTHERS)]} . We know {one} and {other}"
        start = text.index(one, text.index("know"))
        last = len(text) - len(other)
        spans = {
            Kind.SKILL: ((9, text.index(" .")),),
            Kind.KNOWLEDGE: ((start, start + len(one)), (last, len(text))),
        }
        lines.append(AnnotatedLine(text, spans, PLACE))
    return lines


GAZETTEER = make_gazetteer({"tools": ["Kafka"]})


def tagger_in(folder: Path) -> SkillTagger:
    """Return the tagger whose model stands in `folder`."""
    return SkillTagger((folder / MODEL_FILE).read_bytes(), GAZETTEER)


def test_what_was_learnt_is_found(tmp_path: Path) -> None:
    """On the lines themselves all phrases are found."""
    train(invented_lines(), GAZETTEER, tmp_path)
    tagger = tagger_in(tmp_path)
    lines = invented_lines()
    docs = read_texts(line.text for line in lines)
    tagger.tag(docs)
    for line, doc in zip(lines, docs, strict=True):
        found = {(span.start_char, span.end_char) for span in doc.spans[SPANS]}
        assert found == set(line.spans[Kind.SKILL] + line.spans[Kind.KNOWLEDGE])


def test_same_input_same_bytes(tmp_path: Path) -> None:
    """The model is the same each time, and what stood in one line only is not in it."""
    once = "We know Grafanova and zymurgy"
    lines = [*invented_lines(), AnnotatedLine(once, dict.fromkeys(Kind, ()), PLACE)]
    written = []
    for name in ("one", "other"):
        folder = tmp_path / name
        folder.mkdir()
        train(lines, GAZETTEER, folder)
        written.append([(folder / name).read_bytes() for name in (MODEL_FILE, NAMES_FILE)])
    assert written[0] == written[1]
    assert b"know" in written[0][0]
    assert not any(word in written[0][0] for word in (b"grafanova", b"zymurgy"))


def test_tokens_are_joined_as_one_writes() -> None:
    """Marks stand where they belong, and an invented name takes the place of each mark."""
    text, places = join_tokens(["We", "(", "at", "<ORGANIZATION>", ")", "do", "n't", "stop", "."])
    assert text.startswith("We (at ")
    assert text.endswith(") don't stop.")
    assert "<" not in text
    assert text[slice(*places[3])].istitle()
    assert (
        text == join_tokens(["We", "(", "at", "<ORGANIZATION>", ")", "do", "n't", "stop", "."])[0]
    )


@settings(max_examples=80)
@given(st.lists(st.sampled_from([*SKILLS, *OTHERS, "(", ")", ".", "<NAME>", "<CONTACT>"])))
def test_every_token_has_its_place(tokens: list[str]) -> None:
    """Places are in order, and the words stand there."""
    text, places = join_tokens(tokens)
    assert len(places) == len(tokens)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    for token, (start, end) in zip(tokens, places, strict=True):
        assert token.startswith("<") or text[start:end] == token


def test_labels_and_phrases_are_inverse() -> None:
    """The words that touch a span are its phrase; phrases side by side stay apart."""
    (doc,) = read_texts(["We use Spring Boot Docker daily"])
    (words,) = lines_of(doc)
    labels = labels_of(words, [(7, 18), (19, 25)])
    assert labels == ["O", "O", "B", "I", "B", "O"]
    found = [(first.text, last.text) for first, last in phrases_of(words, labels, Kind.SKILL)]
    assert found == [("Spring", "Boot"), ("Docker", "Docker")]


def test_a_comma_ends_what_one_knows() -> None:
    """It may stand within what one does."""
    (doc,) = read_texts(["Docker, Git"])
    (words,) = lines_of(doc)
    assert len(phrases_of(words, ["B", "I"], Kind.KNOWLEDGE)) == 2
    assert len(phrases_of(words, ["B", "I"], Kind.SKILL)) == 1


def test_the_corpus_is_read(tmp_path: Path) -> None:
    """A phrase may begin with I after O; both kinds are read."""
    record = {
        "tokens": ["Plan", "audits", "with", "Docker"],
        "tags_skill": ["I", "I", "O", "O"],
        "tags_knowledge": ["O", "O", "O", "B"],
        "source": "invented",
        "idx": 1,
    }
    (tmp_path / "train.json").write_text(json.dumps(record) + "\n")
    (line,) = read_skillspan(tmp_path / "train.json")
    assert line.text == "Plan audits with Docker"
    assert line.spans == {Kind.SKILL: ((0, 11),), Kind.KNOWLEDGE: ((17, 23),)}


def test_command_line(
    shared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command reads the training set alone, and writes what the tagger reads."""
    lines = (shared / "bench/skillspan/train.json").read_text(encoding="utf-8").splitlines()[:150]
    (tmp_path / "train.json").write_text("\n".join(lines), encoding="utf-8")
    options = ["--skillspan", tmp_path, "--out", tmp_path]
    monkeypatch.setattr("sys.argv", ["skill", *map(str, options)])
    main()
    assert json.loads(capsys.readouterr().out)["lines"] == 150
    docs = read_texts(["Nothing is asked", ""])
    tagger_in(tmp_path).tag(docs)
    assert all(SPANS in doc.spans for doc in docs)
    assert (tmp_path / NAMES_FILE).exists()


def test_the_shipped_tagger_on_the_training_set(shared: Path) -> None:
    """It finds most of what it was shown; a floor, so that a broken table is noticed."""
    lines = list(read_skillspan(shared / "bench/skillspan/train.json"))[:600]
    gold = right = 0
    for line, phrases in zip(
        lines, find_skill_phrases(read_texts(line.text for line in lines)), strict=True
    ):
        found = {(phrase.start, phrase.end) for phrase in phrases}
        spans = set(line.spans[Kind.SKILL] + line.spans[Kind.KNOWLEDGE])
        gold += len(spans)
        right += len(spans & found)
    assert right > 0.5 * gold
