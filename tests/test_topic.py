"""Topics: which terms are found, and how much a text speaks of what."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tailor.matching.feature import read, topic_finder
from tailor.nlp.pipeline import load, read_texts
from tailor.nlp.topic import TOPICS, Topic, TopicFinder
from training.english import add_terms, add_topics, blank_english, weigh_topics
from training.thesaurus import parse_written, written_text

if TYPE_CHECKING:
    from spacy.language import Language

WRITTEN = """
# bread and what it takes
baking < food
    sourdough, rye bread, oven, proofing basket
food
    kitchen
pottery
    kiln, oven
"""


def pipeline(text: str) -> Language:
    """Return a pipeline that knows the topics of a thesaurus."""
    nlp = blank_english([])
    add_terms(nlp)
    add_topics(nlp, text)
    return nlp


@pytest.fixture(scope="module")
def small() -> Language:
    """A pipeline that knows three topics."""
    return pipeline(WRITTEN)


def named(nlp: Language, text: str) -> list[tuple[str, list[str]]]:
    """Return each term of `text` as written there, and its topics by name."""
    terms: dict[tuple[int, str], list[str]] = {}
    doc = nlp(text)
    for span in doc.spans[TOPICS]:
        terms.setdefault((span.id, span.text), []).append(span.label_)
    return [(term, topics) for (_, term), topics in terms.items()]


def spoken_of(text: str) -> dict[str, float]:
    """Return how much `text` speaks of each topic of the shipped thesaurus."""
    names = [topic.name for topic in topic_finder().topics]
    (row,) = read([text]).topics.toarray().tolist()
    return {name: value for name, value in zip(names, row, strict=True) if value}


def test_an_abbreviation_is_what_it_stands_for() -> None:
    """Of one word, of two, and in the plural."""
    nlp = pipeline("storage\n    database, machine learning\n")
    assert [term for term, _ in named(nlp, "DB, DBs and ML")] == ["DB", "DBs", "ML"]


def test_terms_are_found_in_their_inflections(small: Language) -> None:
    """Plurals are the same term; a term of several words is found whole."""
    found = named(small, "Proofing baskets, two ovens and rye breads")
    assert found == [
        ("Proofing baskets", ["baking"]),
        ("ovens", ["baking", "pottery"]),
        ("rye breads", ["baking"]),
    ]


def test_a_topic_is_a_term_of_itself(small: Language) -> None:
    """Who writes the topic's name speaks of it."""
    assert named(small, "Pottery") == [("Pottery", ["pottery"])]


@pytest.mark.parametrize(
    ("word", "other"),
    [("customers", "customs"), ("accounting", "accountable"), ("developed", "development")],
)
def test_a_single_word_is_not_stretched(word: str, other: str) -> None:
    """Words of one stem that mean another thing are two terms."""
    nlp = pipeline(f"craft\n    {word}\n")
    assert named(nlp, word)
    assert not named(nlp, other)


def test_abbreviations_are_what_they_stand_for() -> None:
    """ML is machine learning, wherever it stands in a term."""
    nlp = pipeline("craft\n    ML pipelines\n")
    assert named(nlp, "a machine learning pipeline") == [("machine learning pipeline", ["craft"])]
    assert spoken_of("ML") == spoken_of("machine learning")


def test_broader_topics_count_half() -> None:
    """A line on a topic is half a line on the one above it; a term of two topics less of each."""
    topics = topic_finder().topics
    one = spoken_of("payroll")
    (name,) = [topic.name for topic in topics if one.get(topic.name) == 1.0]
    above = [topics[n].name for topic in topics if topic.name == name for n in topic.broader]
    assert {one[broader] for broader in above} <= {0.5}
    assert spoken_of("lanterns") == {}


def test_repetition_counts_less_each_time() -> None:
    """Two mentions speak more of a topic than one, and less than two terms of it."""
    once, twice, both = (
        spoken_of(text)["gpu programming"] for text in ("CUDA", "CUDA, CUDA", "CUDA, nvshmem")
    )
    assert twice / once == pytest.approx(1 + math.log(2))
    assert both > once


def test_circles_come_to_an_end() -> None:
    """Two topics that are each other's broader ones do no harm."""
    finder = TopicFinder(blank_english([]), TOPICS)
    finder.learn([Topic("a", 1.0, (1,)), Topic("b", 1.0, (0,))], [])
    assert finder.reach.tolist() == [[1.0, 0.5], [0.5, 1.0]]


@settings(max_examples=60)
@given(
    st.text(max_size=120) | st.lists(st.sampled_from(["CUDA", "payroll", "x", "C++"])).map(" ".join)
)
def test_terms_stand_in_the_text_in_order(text: str) -> None:
    """Of any text: no term is empty, none lies in another, all have topics."""
    (doc,) = read_texts([text])
    found = doc.spans[TOPICS]
    assert all(span.label_ for span in found)
    assert all(one.start <= other.start for one, other in pairwise(found))
    assert (read([text]).topics.data > 0).all()


def test_rare_topics_are_worth_more(small: Language) -> None:
    """A topic's weight is its inverse document frequency, the mean of the corpora."""
    finder = small.get_pipe(TOPICS)
    assert isinstance(finder, TopicFinder)
    weigh_topics(finder, ([{"baking"}, {"pottery", "baking"}, set()], [{"food"}]))
    weights = {topic.name: topic.weight for topic in finder.topics}
    assert weights["pottery"] == pytest.approx(
        0.3 + (math.log(4 / 2) + math.log(2 / 1)) / 2, abs=1e-4
    )


def test_what_ships_is_what_is_written() -> None:
    """The pipeline in `models/` has the topics and terms of `data/thesaurus_*.txt`."""
    written = parse_written(written_text())
    topics = {topic.name: topic for topic in topic_finder().topics}
    assert set(topics) == set(written)
    for name, topic in written.items():
        broader = [topic_finder().topics[number].name for number in topics[name].broader]
        assert broader == list(dict.fromkeys(topic.broader))
        for doc in load().pipe(topic.terms):
            if not any(token.text.isdigit() for token in doc):
                assert doc.spans[TOPICS]


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
    assert spoken_of(line).keys() & spoken_of(asked).keys()
