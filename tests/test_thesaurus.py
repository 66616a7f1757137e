"""Topics: which terms are found, and how much a text speaks of what."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tailor.nlp.thesaurus import (
    Thesaurus,
    Topic,
    learnt_thesaurus,
    make_thesaurus,
    parse_thesaurus,
    term_key,
    topics_of,
)
from training.thesaurus import (
    build_thesaurus,
    format_thesaurus,
    parse_written,
    weigh_topics,
    written_text,
)

WRITTEN = """
# bread and what it takes
baking < food
    sourdough, rye bread, oven, proofing basket
food
    kitchen
pottery
    kiln, oven
"""


@pytest.fixture(scope="module")
def small() -> Thesaurus:
    """A thesaurus of three topics."""
    return build_thesaurus(parse_written(WRITTEN))


def named(thesaurus: Thesaurus, text: str) -> list[tuple[str, list[str]]]:
    """Return each term of `text` as written there, and its topics by name."""
    return [
        (text[term.start : term.end], [thesaurus.topics[n].name for n in term.topics])
        for term in thesaurus.find_terms(text)
    ]


def test_an_abbreviation_is_what_it_stands_for() -> None:
    """Of one word, of two, and in the plural."""
    thesaurus = build_thesaurus(parse_written("storage\n    database, machine learning\n"))
    assert [term for term, _ in named(thesaurus, "DB, DBs and ML")] == ["DB", "DBs", "ML"]


def test_terms_are_found_in_their_inflections(small: Thesaurus) -> None:
    """Plurals are the same term; a term of several words is found whole."""
    found = named(small, "Proofing baskets, two ovens and rye breads")
    assert found == [
        ("Proofing baskets", ["baking"]),
        ("ovens", ["baking", "pottery"]),
        ("rye breads", ["baking"]),
    ]


def test_a_topic_is_a_term_of_itself(small: Thesaurus) -> None:
    """Who writes the topic's name speaks of it."""
    assert named(small, "Pottery") == [("Pottery", ["pottery"])]


@pytest.mark.parametrize(
    ("word", "other"),
    [("customers", "customs"), ("accounting", "accountable"), ("developed", "development")],
)
def test_a_single_word_is_not_stretched(word: str, other: str) -> None:
    """Words of one stem that mean another thing are two terms."""
    assert term_key(word) != term_key(other)


def test_abbreviations_are_what_they_stand_for() -> None:
    """ML is machine learning, wherever it stands in a term."""
    assert term_key("ML pipelines") == term_key("machine learning pipeline")
    assert topics_of("ML") == topics_of("machine learning")


def test_broader_topics_count_half(small: Thesaurus) -> None:
    """A line on sourdough is half a line on food; a term of two topics is less of each."""
    names = {topic.name: number for number, topic in enumerate(small.topics)}
    assert small.topics_of("Sourdough") == {names["baking"]: 1.0, names["food"]: 0.5}
    oven = small.topics_of("Oven")
    assert oven[names["pottery"]] == pytest.approx(1 / math.sqrt(2))
    assert small.topics_of("Lanterns") == {}


def test_repetition_counts_less_each_time(small: Thesaurus) -> None:
    """Two kilns speak more of pottery than one, and less than a kiln and an oven."""
    (pottery,) = small.topics_of("kiln")
    once, twice = (small.topics_of(text)[pottery] for text in ("kiln", "kiln, kiln"))
    both = small.topics_of("kiln, oven")[pottery]
    assert once < twice < 2 * once
    assert twice == pytest.approx(1 + math.log(2))
    assert both > once


def test_circles_come_to_an_end() -> None:
    """Two topics that are each other's broader ones do no harm."""
    circle = make_thesaurus([Topic("a", 1.0, (1,)), Topic("b", 1.0, (0,))], {"=a": (0,)})
    assert circle.topics_of("a") == {0: 1.0, 1: 0.5}


@settings(max_examples=60)
@given(
    st.text(max_size=120) | st.lists(st.sampled_from(["CUDA", "payroll", "x", "C++"])).map(" ".join)
)
def test_terms_stand_in_the_text_in_order(text: str) -> None:
    """Of any text: no term is empty, none lies in another, all have topics."""
    thesaurus = learnt_thesaurus()
    found = thesaurus.find_terms(text)
    assert all(0 <= term.start < term.end <= len(text) and term.topics for term in found)
    assert all(one.start <= other.start for one, other in pairwise(found))
    assert all(value > 0 for value in thesaurus.topics_of(text).values())


def test_round_trip(small: Thesaurus) -> None:
    """What is written to a table is read from it."""
    weighed = weigh_topics(small, (["Sourdough", "Kilns and ovens", ""], ["Kitchen"]))
    assert parse_thesaurus(format_thesaurus(weighed)) == weighed
    weights = {topic.name: topic.weight for topic in weighed.topics}
    assert weights["pottery"] == pytest.approx(
        0.3 + (math.log(4 / 2) + math.log(2 / 1)) / 2, abs=1e-4
    )


def test_what_ships_is_what_is_written() -> None:
    """The table in `models/` has the topics and terms of `data/thesaurus_*.txt`."""
    written = build_thesaurus(parse_written(written_text()))
    shipped = learnt_thesaurus()
    assert [topic.name for topic in shipped.topics] == [topic.name for topic in written.topics]
    assert [topic.broader for topic in shipped.topics] == [t.broader for t in written.topics]
    assert shipped.terms == written.terms


@pytest.mark.parametrize(
    ("text", "message"),
    [("    kiln\n", "line 1: terms before"), ("pottery < crafts\n", "nowhere described: crafts")],
)
def test_what_is_written_wrong_is_told(text: str, message: str) -> None:
    """A term without a topic and a broader topic that is no topic are errors."""
    with pytest.raises(ValueError, match=message):
        parse_written(text)


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("Wrote Triton and nvshmem code", "GPU kernel optimisation"),
        ("Ran payroll for 300 people", "Compensation administration"),
        ("Raised the conversion rate of newsletters", "Marketing analytics"),
        ("Cooked for banquets of 200", "Catering experience"),
    ],
)
def test_what_answers_what_without_a_shared_word(line: str, asked: str) -> None:
    """A line and a requirement that share no word share a topic."""
    assert topics_of(line).keys() & topics_of(asked).keys()
