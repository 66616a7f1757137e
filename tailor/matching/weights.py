"""What each signal of a score, and each topic, is multiplied by: learnt (`models/`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from tailor.nlp.thesaurus import learnt_thesaurus
from tailor.values.resources import model_bytes

WEIGHTS_FILE = "ranking.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal of a score is multiplied by, and each topic: learnt (`docs/ranking.md`).

    `topics` is in the order of the thesaurus. All at least 0.
    """

    requirements: float
    posting: float
    nearest: float
    title: float
    topics: tuple[float, ...]


@cache
def learnt_weights() -> Weights:
    """Return the weights that ship in `models/`."""
    return parse_weights(model_bytes(WEIGHTS_FILE).decode())


def parse_weights(text: str) -> Weights:
    """Parse the JSON of `WEIGHTS_FILE`: a topic that is not named there weighs 0."""
    table = json.loads(text)
    topics = table.pop("topics")
    names = (topic.name for topic in learnt_thesaurus().topics)
    return Weights(topics=tuple(topics.get(name, 0.0) for name in names), **table)
