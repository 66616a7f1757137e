"""The names in a posting's lines, as the learnt field finds them: what it takes and how it adds."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.strings import get_string_id
from spacy.tokens import Doc

from tailor.matching.named import (
    Field,
    Known,
    field_of,
    find_names,
    learnt_field,
    run_attributes,
    run_keys,
    tokens_of,
)
from tailor.nlp.pipeline import load, read_kept_texts
from tailor.nlp.term import TERMS
from tailor.nlp.topic import TOPICS

PLACES = (0, -1, 1, -2, 2)  # of the word that says something, beside the one it speaks of
OUT, BEGIN, INSIDE = range(3)


def field_in_which(**says: dict[tuple[int, int], float]) -> Field:
    """A field in which each word says so much for labels, by (place, label), and nothing else."""
    weights = {}
    for word, said in says.items():
        table = np.zeros((len(PLACES), 3), dtype=np.float32)
        for (place, label), weight in said.items():
            table[PLACES.index(place), label] = weight
        weights[get_string_id(f"w{word}")] = table
    nothing = Known(np.zeros(1, dtype=np.uint64), np.zeros(1, dtype=np.int64))
    return field_of(weights, np.zeros((3, 3), dtype=np.float32), nothing)


def sure_names(field: Field, *texts: str) -> list[list[str]]:
    """The sure names in each text."""
    docs = read_kept_texts(list(texts))
    return [
        [doc[name.start : name.end].text for name in names if name.sure]
        for doc, names in zip(docs, find_names(docs, field), strict=True)
    ]


@pytest.mark.parametrize(
    ("place", "name"), [(0, "quaint"), (-1, "order"), (1, "kept"), (-2, "near"), (2, "zebra")]
)
def test_a_word_speaks_of_itself_and_of_two_on_both_sides(place: int, name: str) -> None:
    """What it says of a neighbour, at a place before or behind, is added to that neighbour."""
    field = field_in_which(quaint={(place, BEGIN): 9.0})
    assert sure_names(field, "zebra kept quaint order near walls") == [[name]]


def test_no_word_speaks_of_those_of_another_text() -> None:
    """Its neighbours are those of its own text."""
    field = field_in_which(quaint={(1, BEGIN): 9.0, (-2, BEGIN): 9.0})
    assert sure_names(field, "zebra kept", "quaint", "order near walls") == [[], [], []]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("zebra", ["zebra"]),
        ("zebra zebra kept", ["zebra zebra"]),
        ("kept zebra", []),
    ],
)
def test_a_text_begins_with_no_further_word_of_a_name(text: str, names: list[str]) -> None:
    """The first word of a text begins a name, if it is of one, however likely it goes on."""
    field = field_in_which(zebra={(0, BEGIN): 5.0, (0, INSIDE): 9.0})
    assert sure_names(field, text) == [names]
    assert sure_names(field, "kept", text, text) == [[], names, names]


@pytest.mark.parametrize(("unlikely", "is_wanted"), [(1.5, True), (2.5, False)])
def test_a_name_that_is_not_sure_is_not_much_likelier_to_be_none(
    unlikely: float, is_wanted: bool
) -> None:
    """It is found where little speaks against it, and never as a sure one."""
    none = {(0, OUT): 9.0}
    field = field_in_which(the=none, of=none, zebra={(0, OUT): unlikely})
    (names,) = find_names(read_kept_texts(["the zebra of the"]), field)
    assert [(name.start, name.sure) for name in names] == [(1, False)] * is_wanted


def test_words_seen_before_are_forgotten_when_there_are_too_many() -> None:
    """A long text behind another one is read as it would be alone."""
    field = field_in_which(quaint={(0, BEGIN): 9.0})
    enough = len(field.of_words) // 2 + 1
    for start in (0, enough):
        words = [f"q{number}" for number in range(start, start + enough)]
        doc = Doc(load().vocab, [*words, "quaint"])
        doc.spans[TERMS] = doc.spans[TOPICS] = []
        (names,) = find_names([doc], field)
        assert [(name.start, name.end) for name in names if name.sure] == [(enough, enough + 1)]


def test_known_names_of_several_words_are_found_in_a_line() -> None:
    """The table that ships numbers runs of words as they are numbered here."""
    known = learnt_field().known
    names = ["account management", "active directory", "advanced life support"]
    assert set(run_keys(read_kept_texts(names))) <= set(known.keys.tolist())
    docs = read_kept_texts([f"the work of {name} here" for name in names])
    found = [
        tokens
        for attribute, tokens in run_attributes(tokens_of(docs), docs, known)
        if attribute.startswith("mc") and "I" in attribute
    ]
    inside = {place for tokens in found for place in tokens}
    starts = tokens_of(docs).starts.tolist()
    assert {starts[0] + 4, starts[1] + 4, starts[2] + 4, starts[2] + 5} <= inside


@pytest.mark.parametrize("between", [", ", " or "])
def test_what_parts_two_words_parts_a_known_name(between: str) -> None:
    """Nor is it one where its second word begins another text."""
    known = learnt_field().known
    apart = f"the work of account{between}management here"
    for texts in ([apart], ["the work of account", "management here"]):
        docs = read_kept_texts(texts)
        found = run_attributes(tokens_of(docs), docs, known)
        assert not [attribute for attribute, _ in found if "mc" in attribute and "I" in attribute]
