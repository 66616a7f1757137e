"""Cv × requirements -> Match: how well each line answers what is asked, and by which words.

A statement's score is the sum of three named parts:

- *requirements*: its cosine with each requirement, averaged by the requirements'
  weights (TF-IDF);
- *posting*: how much of it the posting talks about (BM25 against the whole text,
  Robertson and Zaragoza 2009, with learnt document frequencies; words of
  requirements count more than words around them);
- *related*: how near its words are in meaning to those of the requirements it is nearest
  to (`word_vectors.py`), shared words or not.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tailor.cv import Bullet, Cv
from tailor.embedding import count_forms, learnt_frequencies, tfidf_matrix
from tailor.errors import PostingError
from tailor.language import words
from tailor.posting import Posting
from tailor.requirements import Requirement, find_requirements, why_nothing
from tailor.word_vectors import learnt_vectors, nearest_words, similarities

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# BM25: saturation of repeated words, and how far a long line is marked down against
# one of usual length (in counted words). Chosen on benchmarks/ranking.py, where the
# neighbours of these values score the same within 0.01.
_K1 = 1.2
_B = 0.5
_USUAL_LENGTH = 20
# A word outside of any requirement (company talk, the title's surroundings) counts this much.
_OTHER_TEXT = 0.3
# Brings the two parts to one scale.
_POSTING_SCALE = 1 / 200
# The mean similarity with so many requirements counts, so far as it is above what any two
# texts of work have in common; brought to the scale of the other parts. Chosen on
# benchmarks/ranking.py like the figures above (docs/ranking.md has the neighbours).
_NEAREST = 3
_UNRELATED = 0.3
_RELATED_SCALE = 0.2
# The similarity with the job's title counts this much beside.
_TITLE_SCALE = 0.05
TITLE = "title"
# From this cosine on a line counts as an answer to a requirement; below, what two texts
# share is one everyday word. Read off real pairs.
ANSWERS_FROM = 0.12


@dataclass(frozen=True, slots=True)
class Evidence:
    """That a line answers a requirement: by which words of the line, each with its share.

    `strength` is the cosine, 0 to 1; the shares add up to 1, largest first.
    `answer` is the id of the statement, or of the bullet if it has only one.
    """

    requirement: str
    answer: str
    strength: float
    words: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """That a line is near a requirement in meaning: `similarity` is their cosine, 0 to 1.

    `requirement` is an id, or `TITLE` for the title of the job. Which words bring them
    together, `word_vectors.nearest_words` tells.
    """

    requirement: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Score:
    """A line's score: the sum of its three parts; at least 0.

    `evidence` is strongest first; `relations` are the requirements that the part
    *related* was taken from, nearest first.
    """

    requirements: float
    posting: float
    related: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    relations: tuple[Relation, ...] = ()

    @property
    def total(self) -> float:
        """The score by which lines are ranked."""
        return self.requirements + self.posting + self.related


@dataclass(frozen=True, slots=True)
class Match:
    """What is known of a CV against a posting. `scores` holds every statement and bullet by id."""

    cv: Cv
    posting: Posting
    requirements: tuple[Requirement, ...]
    scores: dict[str, Score]

    def best_evidence(self, requirement: Requirement) -> Evidence | None:
        """Return the strongest evidence for `requirement`, None where the CV has none."""
        found = (
            evidence
            for score in self.scores.values()
            for evidence in score.evidence
            if evidence.requirement == requirement.id
        )
        return max(found, key=lambda evidence: evidence.strength, default=None)

    def pairs(self, text_id: str, relation: Relation) -> tuple[tuple[str, str, float], ...]:
        """Return the pairs of words that bring a line near what `relation` names.

        Each is a word of the line, a word of the requirement or title, and the pair's share.
        """
        asked = {requirement.id: requirement.text for requirement in self.requirements}
        text = dict(_pieces(self.cv))[text_id]
        return nearest_words(text, asked.get(relation.requirement, self.posting.title))


def match(cv: Cv, posting: Posting) -> Match:
    """Match every bullet and statement of `cv` with what `posting` asks for.

    A bullet's score is that of its best statement. Raises PostingError where the
    posting asks for nothing.
    """
    requirements = find_requirements(posting)
    if not requirements:
        raise PostingError(f"{posting.source}: {why_nothing(posting)}")
    pieces = _pieces(cv)
    scores = dict(
        zip(
            (piece_id for piece_id, _ in pieces),
            _score_texts(posting, requirements, pieces),
            strict=True,
        )
    )
    for bullet in cv.bullets():
        scores[bullet.id] = _bullet_score(bullet, scores)
    return Match(cv, posting, requirements, scores)


def _pieces(cv: Cv) -> list[tuple[str, str]]:
    """Return the ids and words of all statements."""
    return [(s.id, b.statement_text(s)) for b in cv.bullets() for s in b.statements]


def score_texts(posting: Posting, texts: Sequence[str]) -> NDArray[np.float64]:
    """Return the score of each text against `posting`, shape ``(len(texts),)``; higher is better.

    Takes any posting: where no requirement is found its whole text is the one requirement.
    """
    import numpy as np  # noqa: PLC0415

    requirements = find_requirements(posting)
    scores = _score_texts(posting, requirements, [(str(n), text) for n, text in enumerate(texts)])
    return np.array([score.total for score in scores], dtype=np.float64)


def _bullet_score(bullet: Bullet, scores: dict[str, Score]) -> Score:
    best = max((scores[s.id] for s in bullet.statements), key=lambda score: score.total)
    evidence = [e for s in bullet.statements for e in scores[s.id].evidence]
    evidence.sort(key=lambda e: -e.strength)
    return replace(best, evidence=tuple(evidence))


def _score_texts(
    posting: Posting, requirements: Sequence[Requirement], texts: Sequence[tuple[str, str]]
) -> list[Score]:
    asked = [count_forms(requirement.text) for requirement in requirements]
    asked_weights = [requirement.weight for requirement in requirements]
    if not asked:
        asked, asked_weights = [count_forms(posting.text)], [1.0]
    prominence = _prominence(posting, asked, asked_weights)
    vocabulary = {form: column for column, form in enumerate(sorted(prominence))}
    counted = [count_forms(text) for _, text in texts]
    lines = tfidf_matrix(counted, vocabulary)
    wanted = tfidf_matrix(asked, vocabulary)
    cosines = _cosines(lines, wanted)
    related = _related(posting.title, requirements, asked, counted)
    total_weight = math.fsum(asked_weights)
    scores = []
    for row, (text_id, text) in enumerate(texts):
        by_weight = math.fsum(
            weight * float(cosine)
            for weight, cosine in zip(asked_weights, cosines[row], strict=True)
        )
        evidence = [
            Evidence(
                requirement.id,
                text_id,
                float(cosines[row, column]),
                _shares(text, lines[row] * wanted[column], vocabulary),
            )
            for column, requirement in enumerate(requirements)
            if cosines[row, column] >= ANSWERS_FROM
        ]
        evidence.sort(key=lambda e: -e.strength)
        bm25 = _bm25(counted[row], prominence)
        near, relations = related[row]
        scores.append(
            Score(by_weight / total_weight, bm25 * _POSTING_SCALE, near, tuple(evidence), relations)
        )
    return scores


def _related(
    title: str,
    requirements: Sequence[Requirement],
    asked: Sequence[Counter[str]],
    counted: Sequence[Counter[str]],
) -> list[tuple[float, tuple[Relation, ...]]]:
    """Return the part *related* of each text, and the relations it comes from."""
    vectors = learnt_vectors()
    lines = vectors.text_vectors(counted)
    near = similarities(lines, vectors.text_vectors(asked)).tolist()
    to_title = similarities(lines, vectors.text_vectors([count_forms(title)])).tolist()
    found = []
    for row, (titled,) in zip(near, to_title, strict=True):
        nearest = sorted(range(len(asked)), key=row.__getitem__, reverse=True)[:_NEAREST]
        mean = math.fsum(row[n] for n in nearest) / len(nearest)
        relations = tuple(
            Relation(requirements[n].id, row[n])
            for n in nearest
            if requirements and row[n] > _UNRELATED
        )
        if titled > 0:
            relations += (Relation(TITLE, titled),)
        part = max(0.0, mean - _UNRELATED) * _RELATED_SCALE + max(0.0, titled) * _TITLE_SCALE
        found.append((part, relations))
    return found


def _cosines(lines: NDArray[np.float64], wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the cosine of each line with each requirement, summed exactly.

    The last digits of a matrix product vary with the processor and with the number of
    lines; where two lines are as good as each other they would decide which one is kept.
    """
    import numpy as np  # noqa: PLC0415

    cosines = np.zeros((len(lines), len(wanted)))
    for row, line in enumerate(lines):
        used = np.flatnonzero(line)
        products = line[used] * wanted[:, used]
        cosines[row] = [math.fsum(summands) for summands in products.tolist()]
    return cosines


def _prominence(
    posting: Posting, asked: Iterable[Counter[str]], weights: Iterable[float]
) -> dict[str, float]:
    """Return how much the posting talks of each of its forms: ``ln(1 + weighted count) · idf``."""
    counts: defaultdict[str, float] = defaultdict(float)
    # Line by line, as requirements are: a line is then cut into words once only.
    for line in posting.lines:
        for form, number in count_forms(line.text).items():
            counts[form] += number * _OTHER_TEXT
    for requirement, weight in zip(asked, weights, strict=True):
        for form, number in requirement.items():
            counts[form] += number * weight * (1 - _OTHER_TEXT)
    idf = learnt_frequencies().idf
    return {form: math.log(1 + number) * (idf(form) - 1) for form, number in counts.items()}


def _bm25(counts: Counter[str], prominence: dict[str, float]) -> float:
    length = 1 - _B + _B * sum(counts.values()) / _USUAL_LENGTH
    return math.fsum(
        prominence[form] * number * (_K1 + 1) / (number + _K1 * length)
        for form, number in counts.items()
        if form in prominence
    )


def _shares(
    text: str, products: NDArray[np.float64], vocabulary: dict[str, int]
) -> tuple[tuple[str, float], ...]:
    """Return the words of `text`, as written there, with their shares of a cosine."""
    total = math.fsum(products.tolist())
    shares: dict[str, float] = {}
    seen: set[str] = set()
    for word in words(text):
        column = vocabulary.get(word.form)
        if column is not None and word.form not in seen and products[column] > 0:
            seen.add(word.form)
            shown = text[word.start : word.end]
            shares[shown] = shares.get(shown, 0.0) + float(products[column]) / total
    return tuple(sorted(shares.items(), key=lambda item: -item[1]))
