"""The thesaurus as it is written by hand -> the table that is looked up.

The written form (`data/thesaurus_*.txt`): a topic at the beginning of a line, after ``<`` its
broader topics; its terms on the indented lines below, with commas between. A topic may stand in
several places: what is said of it adds up. Its name is one of its terms.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from tailor.nlp.thesaurus import Thesaurus, Topic, make_thesaurus, single_term, term_key
from tailor.values.resources import data_table, data_text

# So that a topic of which every document speaks is worth a little.
_LEAST_WEIGHT = 0.3


@dataclass(slots=True)
class WrittenTopic:
    """What is written of a topic: its terms and broader topics, by name."""

    terms: list[str] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)


PARTS = ("business", "creative", "people", "technology", "trades")


def written_text() -> str:
    """Return the thesaurus as it is written, all parts of it."""
    return "\n".join(data_text(f"thesaurus_{part}.txt") for part in PARTS)


def parse_written(text: str) -> dict[str, WrittenTopic]:
    """Parse the written form. Raises ValueError where a line cannot be read."""
    topics: dict[str, WrittenTopic] = {}
    current: WrittenTopic | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace():
            if current is None:
                raise ValueError(f"line {number}: terms before the first topic")
            current.terms += [term.strip() for term in line.split(",") if term.strip()]
            continue
        name, _, broader = line.partition("<")
        current = topics.setdefault(name.strip(), WrittenTopic([name.strip()]))
        current.broader += [above.strip() for above in broader.split(",") if above.strip()]
    unknown = {above for topic in topics.values() for above in topic.broader} - topics.keys()
    if unknown:
        raise ValueError(f"broader topics that are nowhere described: {', '.join(sorted(unknown))}")
    return topics


def build_thesaurus(written: dict[str, WrittenTopic]) -> Thesaurus:
    """Return the thesaurus of what is written; each topic is worth 1."""
    numbers = {name: number for number, name in enumerate(sorted(written))}
    topics = [
        Topic(name, 1.0, tuple(numbers[above] for above in dict.fromkeys(written[name].broader)))
        for name in numbers
    ]
    terms: dict[str, set[int]] = {}
    for name, number in numbers.items():
        for term in written[name].terms:
            if key := term_key(term):
                terms.setdefault(key, set()).add(number)
    # "DBs" is read as "database", but a term of a single word is looked up as it stands.
    for row in data_table("skill_aliases.tsv"):
        if meant := terms.get(single_term(row["term"])):
            terms.setdefault(single_term(row["alias"]), set(meant))
    return make_thesaurus(topics, {term: tuple(sorted(terms[term])) for term in sorted(terms)})


def weigh_topics(thesaurus: Thesaurus, corpora: Sequence[Iterable[str]]) -> Thesaurus:
    """Return the thesaurus with each topic's inverse document frequency as its weight.

    The mean over the corpora of ``ln((1 + N) / (1 + n))``, n being the number of documents
    with a term of the topic; rounded to 4 digits.
    """
    sums = [0.0] * len(thesaurus.topics)
    for corpus in corpora:
        counts = [0] * len(sums)
        size = 0
        for text in corpus:
            size += 1
            for topic in {topic for term in thesaurus.find_terms(text) for topic in term.topics}:
                counts[topic] += 1
        for topic, count in enumerate(counts):
            sums[topic] += math.log((1 + size) / (1 + count)) / len(corpora)
    topics = [
        replace(topic, weight=round(_LEAST_WEIGHT + weight, 4))
        for topic, weight in zip(thesaurus.topics, sums, strict=True)
    ]
    return make_thesaurus(topics, thesaurus.terms)


def format_thesaurus(thesaurus: Thesaurus) -> str:
    """Return the table that `tailor.nlp.thesaurus.parse_thesaurus` reads."""
    topics = [
        f"{topic.name}\t{topic.weight:.4f}\t{' '.join(map(str, topic.broader))}"
        for topic in thesaurus.topics
    ]
    terms = [f"{term}\t{' '.join(map(str, found))}" for term, found in thesaurus.terms.items()]
    return "\n".join(topics) + "\n\n" + "\n".join(terms) + "\n"
