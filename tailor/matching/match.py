"""Cv × requirements -> Match: how well each line answers what is asked, and by which words.

A statement's score is the sum of four named parts (`asked.py`), a bullet's that of its best
statement.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tailor.matching.asked import UNRELATED, Asked, asked_by
from tailor.matching.evidence import Evidence, find_evidence, topic_similarities, with_degree
from tailor.matching.profiles import profile
from tailor.matching.requirements import Requirement, find_requirements, why_nothing
from tailor.matching.standing import BESIDE, asked_for, beside
from tailor.matching.weights import learnt_weights
from tailor.nlp.language import words
from tailor.nlp.skill import find_all_skill_phrases
from tailor.nlp.thesaurus import learnt_thesaurus, terms_of
from tailor.nlp.word_vectors import nearest_words
from tailor.values.cv import Bullet, Cv
from tailor.values.errors import PostingError
from tailor.values.posting import Posting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TITLE = "title"
# So many topics are named.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Relation:
    """That a line is near a requirement in meaning: `similarity` is their cosine, 0 to 1.

    `requirement` is an id, or `TITLE` for the title of the job. Which words bring them
    together, `word_vectors.nearest_words` tells.
    """

    requirement: str
    similarity: float


@dataclass(frozen=True, slots=True)
class SharedTopic:
    """A topic that a line and the posting speak of, and its share of the part *topics*.

    `words` are the terms of the line that belong to it or to a narrower topic.
    """

    name: str
    share: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedSkill:
    """A skill that a requirement names, and the id of the best statement that names it too.

    `answer` is "" where no statement does. `kind` is "skill" or "knowledge".
    """

    text: str
    kind: str
    answer: str


@dataclass(frozen=True, slots=True)
class Score:
    """A line's score: the sum of its four parts; at least 0.

    `evidence` is strongest first; `relations` are the requirement that the part
    *related* was taken from, and the title. `beside` names what the line is
    about where that is beside the work and nobody asked ("award"): the sum then counts less.
    """

    requirements: float
    posting: float
    related: float = 0.0
    topics: float = 0.0
    beside: str = ""
    evidence: tuple[Evidence, ...] = ()
    relations: tuple[Relation, ...] = ()

    @property
    def total(self) -> float:
        """The score by which lines are ranked."""
        total = self.requirements + self.posting + self.related + self.topics
        return total * BESIDE if self.beside else total


@dataclass(frozen=True, slots=True)
class Match:
    """What is known of a CV against a posting.

    `scores` holds every statement and bullet by id, and every entry, whose title may be evidence
    but has no score; `texts` holds the words of every statement; `asked` is the posting as
    figures. Both of these follow from the rest and are not compared.
    """

    cv: Cv
    posting: Posting
    requirements: tuple[Requirement, ...]
    scores: dict[str, Score]
    texts: dict[str, str] = field(repr=False, compare=False)
    asked: Asked = field(repr=False, compare=False)

    def best_evidence(self, requirement: Requirement) -> Evidence | None:
        """Return the strongest evidence for `requirement`, None where the CV has none."""
        return self.strongest().get(requirement.id)

    def strongest(self) -> dict[str, Evidence]:
        """Return the strongest evidence for each requirement that has any, by its id."""
        best: dict[str, Evidence] = {}
        for score in self.scores.values():
            for evidence in score.evidence:
                known = best.get(evidence.requirement)
                if known is None or evidence.strength > known.strength:
                    best[evidence.requirement] = evidence
        return best

    def pairs(self, text_id: str, relation: Relation) -> tuple[tuple[str, str, float], ...]:
        """Return the pairs of words that bring a line near what `relation` names.

        Each is a word of the line, a word of the requirement or title, and the pair's share.
        """
        asked = {requirement.id: requirement.text for requirement in self.requirements}
        return nearest_words(
            self.texts[text_id], asked.get(relation.requirement, self.posting.title)
        )

    def skills(self) -> dict[str, tuple[AskedSkill, ...]]:
        """Return the skills that each requirement names, by its id, with what answers each alone.

        A line that names five skills asks for five things; one evidence may be there for two
        of them. A statement names a skill where it has all its words.
        """
        ordered = sorted(self.texts, key=lambda text_id: -self.scores[text_id].total)
        lines = [(text_id, profile(self.texts[text_id]).counts.keys()) for text_id in ordered]
        texts = [requirement.text for requirement in self.requirements]
        found = {}
        for requirement, phrases in zip(
            self.requirements, find_all_skill_phrases(texts), strict=True
        ):
            named = []
            for phrase in phrases:
                text = requirement.text[phrase.start : phrase.end]
                forms = {word.form for word in words(text)}
                answer = next((text_id for text_id, line in lines if forms <= line), "")
                if forms:
                    named.append(AskedSkill(text, phrase.kind.value, answer))
            found[requirement.id] = tuple(named)
        return found

    def topics(self, text_id: str) -> tuple[SharedTopic, ...]:
        """Return the topics that count most for a statement, largest share first."""
        text = self.texts[text_id]
        shared = self.asked.shared_topics(profile(text))
        weights = learnt_weights().topics
        counted = {topic: weights[topic] * value for topic, value in shared.items()}
        total = math.fsum(counted.values())
        if total <= 0:
            return ()
        thesaurus = learnt_thesaurus()
        terms: defaultdict[int, list[str]] = defaultdict(list)
        for term in terms_of(text):
            for topic in term.topics:
                for reached, _ in thesaurus.reach[topic]:
                    terms[reached].append(text[term.start : term.end])
        best = sorted(counted, key=lambda topic: -counted[topic])[:_NAMED]
        return tuple(
            SharedTopic(
                thesaurus.topics[topic].name,
                counted[topic] / total,
                tuple(dict.fromkeys(terms[topic])),
            )
            for topic in best
            if counted[topic] > 0
        )


def match(cv: Cv, posting: Posting) -> Match:
    """Match every bullet and statement of `cv` with what `posting` asks for.

    A bullet's score is that of its best statement. Raises PostingError where the
    posting asks for nothing.
    """
    requirements = find_requirements(posting)
    if not requirements:
        raise PostingError(f"{posting.source}: {why_nothing(posting)}")
    asked = asked_by(posting, requirements)
    texts = {s.id: b.statement_text(s) for b in cv.bullets() for s in b.statements}
    scores = dict(zip(texts, _score_texts(asked, requirements, list(texts.items())), strict=True))
    for bullet in cv.bullets():
        scores[bullet.id] = _bullet_score(bullet, scores)
    scores.update(_entry_scores(cv, asked, requirements))
    return Match(cv, posting, requirements, scores, texts, asked)


def score_texts(posting: Posting, texts: Sequence[str]) -> NDArray[np.float64]:
    """Return the score of each text against `posting`, shape ``(len(texts),)``; higher is better.

    Takes any posting: where no requirement is found its whole text is the one requirement.
    """
    import numpy as np  # noqa: PLC0415

    requirements = find_requirements(posting)
    numbered = [(str(number), text) for number, text in enumerate(texts)]
    asked = asked_by(posting, requirements)
    scores = _score_texts(asked, requirements, numbered, explained=False)
    return np.array([score.total for score in scores], dtype=np.float64)


def _score_texts(
    asked: Asked,
    requirements: Sequence[Requirement],
    texts: Sequence[tuple[str, str]],
    *,
    explained: bool = True,
) -> list[Score]:
    weights = learnt_weights()
    wanted = asked_for(requirement.text for requirement in requirements)
    lines = [profile(text) for _, text in texts]
    scores = []
    # Only where somebody is to read why: it adds nothing to the score.
    alike = topic_similarities([text for _, text in texts], requirements if explained else ())
    for (text_id, text), line, similar, topical in zip(
        texts, lines, asked.similarities(lines), alike, strict=True
    ):
        parts = asked.signals(line, similar).parts(weights)
        about = beside(text)
        scores.append(
            Score(
                parts.requirements,
                parts.posting,
                parts.related,
                parts.topics,
                about if about not in wanted else "",
                find_evidence(text_id, text, asked, requirements, topical) if explained else (),
                _relations(similar, requirements) if explained else (),
            )
        )
    return scores


def _relations(
    similar: Sequence[float], requirements: Sequence[Requirement]
) -> tuple[Relation, ...]:
    """Return what the part *related* comes from."""
    to_title, *to_requirements = similar
    nearest, similarity = max(
        zip(requirements, to_requirements, strict=False),
        key=lambda pair: pair[1],
        default=(None, 0.0),
    )
    relations = []
    if nearest and similarity > UNRELATED:
        relations.append(Relation(nearest.id, similarity))
    if to_title > 0:
        relations.append(Relation(TITLE, to_title))
    return tuple(relations)


def _entry_scores(cv: Cv, asked: Asked, requirements: Sequence[Requirement]) -> dict[str, Score]:
    """Return the evidence of titles and degrees, which are on the page whatever is chosen."""
    entries = cv.entries
    texts = [", ".join(entry.titles) for entry in entries]
    alike = topic_similarities(texts, requirements)
    degrees = {entry.id for entry in cv.degrees}
    scores = {}
    for entry, text, topical in zip(entries, texts, alike, strict=True):
        found = find_evidence(entry.id, text, asked, requirements, topical)
        found = with_degree(entry.id, text if entry.id in degrees else "", requirements, found)
        scores[entry.id] = Score(0.0, 0.0, evidence=found)
    return scores


def _bullet_score(bullet: Bullet, scores: dict[str, Score]) -> Score:
    best = max((scores[s.id] for s in bullet.statements), key=lambda score: score.total)
    evidence = [e for s in bullet.statements for e in scores[s.id].evidence]
    evidence.sort(key=lambda e: -e.strength)
    return replace(best, evidence=tuple(evidence))
