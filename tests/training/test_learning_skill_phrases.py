"""Learning skill phrases: the corpus put together again, the model against scikit-learn's."""

from __future__ import annotations

import json
import math
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from strategies import OTHERS, SKILLS

from tailor.nlp.skill_phrases import (
    Kind,
    Label,
    find_skill_phrases,
    parse_tagger,
    phrases,
    read_lines,
)
from training.random_field import RandomField, learn_random_field
from training.skill_phrases import (
    Classes,
    Corpus,
    Settings,
    learn_tables,
    main,
    whole_tables,
)
from training.skillspan import AnnotatedLine, join_tokens, labels_of, read_skillspan

NO_CLASSES = Classes({}, {})
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


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The invented lines as tokens and features."""
    return Corpus(invented_lines(), NO_CLASSES, 2)


@pytest.fixture(scope="module")
def fields(corpus: Corpus) -> list[RandomField]:
    """The model of both kinds with fractions for weights."""
    lengths = [len(tokens) for tokens in corpus.lines]
    return [
        learn_random_field(
            corpus.matrix(), corpus.labels(number), lengths, count=3, prior=1.0, iterations=50
        )
        for number in range(2)
    ]


def test_one_word_lines_are_logistic_regression() -> None:
    """For rows of one label the model is scikit-learn's multinomial logistic regression."""
    chance = np.random.default_rng(0)
    features = chance.integers(0, 2, (80, 6)).astype(np.float64)
    labels = (features @ chance.normal(size=(6, 3)) + chance.normal(size=(80, 3))).argmax(axis=1)
    field = learn_random_field(
        sp.csr_matrix(features), labels.tolist(), [1] * 80, count=3, prior=1.0, iterations=500
    )
    reference = LogisticRegression(C=1.0, fit_intercept=False, tol=1e-8, max_iter=1000)
    reference.fit(np.hstack([features, np.ones((80, 1))]), labels)
    learnt = np.vstack([field.weights, field.starts])
    assert learnt == pytest.approx(reference.coef_.T, abs=2e-3)


def test_weights_make_the_given_labels_likely() -> None:
    """At the minimum, what the model expects differs from what is given by the prior alone.

    Checked by going through all rows of labels of each line.
    """
    chance = np.random.default_rng(1)
    lengths = [3, 1, 4, 2]
    features = chance.integers(0, 2, (10, 4)).astype(np.float64)
    labels = chance.integers(0, 3, 10)
    field = learn_random_field(
        sp.csr_matrix(features), labels.tolist(), lengths, count=3, prior=0.5, iterations=500
    )
    gradient = np.zeros_like(field.transitions)
    start = 0
    for length in lengths:
        scores = features[start : start + length] @ field.weights
        rows = list(product(range(3), repeat=length))
        weights = np.array(
            [
                math.exp(
                    field.starts[row[0]]
                    + sum(scores[place, label] for place, label in enumerate(row))
                    + sum(field.transitions[pair] for pair in pairwise(row))
                )
                for row in rows
            ]
        )
        for row, share in zip(rows, weights / weights.sum(), strict=True):
            for pair in pairwise(row):
                gradient[pair] -= share
        for pair in pairwise(labels[start : start + length].tolist()):
            gradient[pair] += 1
        start += length
    assert gradient == pytest.approx(0.5 * field.transitions, abs=1e-3)


def test_whole_numbers_decide_as_fractions_do(corpus: Corpus, fields: list[RandomField]) -> None:
    """The tagger that runs gives the labels of the model that was learnt."""
    tables = whole_tables(corpus, fields, Settings(eagerness=(0, 0), least=1))
    tagger = parse_tagger(tables.keys, tables.wide, tables.narrow, tables.figures)
    matrix = corpus.matrix()
    start = 0
    for line, labelled in zip(corpus.lines, tagger.tag(corpus.lines), strict=True):
        rows = matrix[start : start + len(line)]
        start += len(line)
        assert list(labelled) == [field.best_labels(rows) for field in fields]


def test_what_was_learnt_is_found() -> None:
    """On the lines themselves nearly all phrases are found, and in a new line too."""
    tables = learn_tables(invented_lines(), NO_CLASSES, Settings(prior=0.1))
    tagger = parse_tagger(tables.keys, tables.wide, tables.narrow, tables.figures)
    for line in invented_lines():
        found = {(phrase.start, phrase.end) for phrase in tagger.find(line.text)}
        assert found == set(line.spans[Kind.SKILL] + line.spans[Kind.KNOWLEDGE])


def test_same_input_same_bytes() -> None:
    """The tables are the same each time, and no word can be read in them."""
    one, other = (learn_tables(invented_lines(), NO_CLASSES) for _ in range(2))
    assert one == other
    everything = one.keys + one.wide + one.narrow + one.figures.encode()
    assert not any(word.encode() in everything for word in [*SKILLS, *OTHERS] if len(word) > 4)


def test_classes_are_summed_up(corpus: Corpus, fields: list[RandomField]) -> None:
    """A word that was never seen is known by its class."""
    classes = Classes({}, {skill.lower(): ("tool",) for skill in [*SKILLS[:6], "grafanova"]})
    tables = learn_tables(invented_lines(), classes, Settings(prior=0.1))
    tagger = parse_tagger(tables.keys, tables.wide, tables.narrow, tables.figures)
    text = "We know Grafanova and more"
    names = [text[p.start : p.end] for p in tagger.find(text) if p.kind == Kind.KNOWLEDGE]
    assert "Grafanova" in names
    assert len(fields) == 2
    assert corpus.lines


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
    """The tokens that touch a span are its phrase; phrases side by side stay apart."""
    (tokens,) = read_lines("We use Spring Boot Docker daily")
    labels = labels_of(tokens, [(7, 18), (19, 25)])
    assert labels == [0, 0, Label.FIRST, Label.FURTHER, Label.FIRST, 0]
    assert phrases(labels) == [(2, 3), (4, 4)]


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
    options = ["--skillspan", tmp_path, "--lexicons", shared / "lexicons", "--out", tmp_path]
    monkeypatch.setattr("sys.argv", ["skill_phrases", *map(str, options)])
    main()
    assert json.loads(capsys.readouterr().out)["lines"] == 150
    keys, wide, narrow = (
        (tmp_path / f"skill_phrases_{name}.npy").read_bytes() for name in ("keys", "wide", "narrow")
    )
    figures = (tmp_path / "skill_phrases.json").read_text()
    tagger = parse_tagger(keys, wide, narrow, figures)
    assert tagger.wide.shape[1:] == (5, 6)


def test_the_shipped_tagger_on_the_training_set(shared: Path) -> None:
    """It finds most of what it was shown; a floor, so that a broken table is noticed."""
    lines = list(read_skillspan(shared / "bench/skillspan/train.json"))[:600]
    gold = right = 0
    for line in lines:
        found = {(p.start, p.end) for p in find_skill_phrases(line.text)}
        spans = set(line.spans[Kind.SKILL] + line.spans[Kind.KNOWLEDGE])
        gold += len(spans)
        right += len(spans & found)
    assert right > 0.5 * gold
