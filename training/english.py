"""The parts of the pipeline `models/en_tailor`, each made of what spaCy and `data/` say.

spaCy stays the source of truth of how text is cut: nothing of its rules is written by hand here
but the names of work that are added to them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import spacy
from spacy.attrs import ORTH
from spacy.lang.en import EnglishDefaults
from spacy.tokens import Doc
from spacy.vectors import Vectors

from tailor.nlp.term import JOINT, TERMS, TermFinder
from tailor.nlp.topic import TOPICS, Topic, TopicFinder
from tailor.nlp.word_form import LANGUAGE, word_form
from tailor.values.resources import data_table
from training.thesaurus import WrittenTopic, parse_written, written_text

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language

# Kept whole; without them "C#" were a letter and a sign.
NAMES = ("C#", "c#", "F#", "f#")
# So that a topic of which every document speaks is worth a little.
_LEAST_WEIGHT = 0.3


def blank_english(lines: Iterable[str]) -> Language:
    """Return a pipeline that cuts lines as spaCy does and finds the forms of their words."""
    nlp = spacy.blank(LANGUAGE)
    nlp.meta.update(
        name="tailor",
        version="1.0.0",
        spacy_version=">=3.8,<4",
        description="What the lines of CVs and postings say.",
        license="MIT",
    )
    tokenizer: Any = nlp.tokenizer
    for chunk, tokens in special_cases(lines).items():
        tokenizer.add_special_case(chunk, tokens)
    nlp.add_pipe("word_forms")
    return nlp


def special_cases(lines: Iterable[str]) -> dict[str, list[dict[int, str]]]:
    """Return spaCy's special cases that stand in `lines` as whole words, and `NAMES`."""
    text = "\n".join(sorted({chunk for line in lines for chunk in line.split()}))
    known = {
        chunk: [{ORTH: token[ORTH]} for token in tokens]
        for chunk, tokens in sorted(EnglishDefaults.tokenizer_exceptions.items())
        if not any(sign.isspace() for sign in chunk)
    }
    found = {
        chunk: tokens
        for chunk, tokens in known.items()
        if chunk in text and re.search(rf"(?<!\w){re.escape(chunk)}(?!\w)", text)
    }
    return found | {name: [{ORTH: name}] for name in NAMES}


def add_terms(nlp: Language) -> None:
    """Add the component that finds the terms and abbreviations of `data/skill_aliases.tsv`."""
    terms: list[tuple[Doc, str]] = []
    for row in data_table("skill_aliases.tsv"):
        term, alias = nlp.make_doc(row["term"]), nlp.make_doc(row["alias"])
        # A number has no form of its own, yet "SOC 2" is not "SOC".
        forms = [word_form(t.text) or t.lower_ for t in term if re.search(r"\w", t.text)]
        form = JOINT.join(forms)
        terms.append((alias, form))
        if " " not in row["alias"]:
            # "Ph.D." is one token, "ph.d." two
            terms.append((Doc(nlp.vocab, words=[row["alias"]]), form))
        if len(forms) > 1:
            terms.append((term, form))
    cast("TermFinder", nlp.add_pipe(TERMS)).learn(terms)


def add_topics(nlp: Language, text: str = "") -> TopicFinder:
    """Add the component that finds the terms of a thesaurus, by default that of `data/`."""
    written = parse_written(text or written_text())
    aliases = [(nlp(row["term"]), nlp(row["alias"])) for row in data_table("skill_aliases.tsv")]
    terms = [(nlp(term), name) for name, topic in written.items() for term in topic.terms]
    numbers = {name: number for number, name in enumerate(sorted(written))}
    finder = cast("TopicFinder", nlp.add_pipe(TOPICS))
    finder.learn(
        [_topic(name, written, numbers) for name in numbers],
        [(term, numbers[name]) for term, name in terms],
        aliases,
    )
    return finder


def weigh_topics(finder: TopicFinder, corpora: Sequence[Iterable[set[str]]]) -> None:
    """Give each topic its inverse document frequency as its weight.

    The mean over the corpora of ``ln((1 + N) / (1 + n))``, n being the number of documents
    with a term of the topic; rounded to 4 digits. A document is the names of its topics.
    """
    counted = [list(documents) for documents in corpora]
    finder.topics = tuple(
        replace(topic, weight=round(_LEAST_WEIGHT + _rareness(topic.name, counted), 4))
        for topic in finder.topics
    )


def add_vectors(nlp: Language, forms: Sequence[str], vectors: NDArray[np.int8]) -> None:
    """Give the vocabulary a vector for each form: of words, which are norms, and of terms."""
    nlp.vocab.vectors = Vectors(
        strings=nlp.vocab.strings, data=vectors, keys=list(forms), name="tailor"
    )


def _topic(name: str, written: dict[str, WrittenTopic], numbers: dict[str, int]) -> Topic:
    broader = dict.fromkeys(written[name].broader)
    return Topic(name, 1.0, tuple(numbers[above] for above in broader))


def _rareness(name: str, corpora: Sequence[Sequence[set[str]]]) -> float:
    logs = [
        math.log((1 + len(documents)) / (1 + sum(name in document for document in documents)))
        for documents in corpora
    ]
    return math.fsum(logs) / len(logs)
