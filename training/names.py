"""Learn what lines of postings name, for `models/names.npz`.

    python -m training.names --postings ../shared/postings/postings.jsonl.gz \
        --resumes ../shared/resumes/resumes.jsonl.gz --lexicons ../shared/lexicons

Learnt from `named.txt` beside this file, invented lines of many fields with their names marked,
and `named_places.json`: names in real lines that were marked by hand, kept as places only. First
with the names of public lists alone; what that finds in the postings and résumés says of each run
of words how often it is a name, and with this the field is learnt anew. What ships are weights
and hashes. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pycrfsuite
from spacy.strings import get_string_id

from tailor.matching import named
from tailor.matching.named import (
    _OFFSETS,
    END,
    LABELS,
    NAMES_FILE,
    Field,
    Known,
    Tokens,
    field_of,
    find_names,
    run_attributes,
    run_keys,
    tokens_of,
    word_attributes,
)
from tailor.matching.requirements import Kind, find_requirements
from tailor.nlp.pipeline import read_texts
from tailor.reading.posting.text import parse_posting
from tailor.values.resources import MODELS, data_table, data_text, data_toml
from training.lexicons import read_names
from training.records import read_records

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

HERE = Path(__file__).parent
_MARKED = re.compile(r"\[([^\]]*)\]")
_MOST_LINES = 30  # of one posting or résumé
_PENALTIES = {"c1": 1.0, "c2": 0.1, "max_iterations": 200, "feature.possible_transitions": True}
_FEWEST_SEEN = 2  # times that a run of words must stand somewhere to be a name of many documents
_SHARES = 5
_LISTS = 4  # codes of the public lists: none, known, worked on, technology
_CHUNK = 4_000  # lines that are read at once


class Marked(NamedTuple):
    """Lines as `Doc`s, and the first and the last token, and one, of each name in them."""

    docs: list[Doc]
    names: list[list[tuple[int, int]]]

    def part(self, chosen: Iterable[int]) -> Marked:
        """Return some of the lines."""
        numbers = list(chosen)
        return Marked([self.docs[n] for n in numbers], [self.names[n] for n in numbers])


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.names", description=__doc__)
    parser.add_argument("--postings", type=Path, required=True, help="JSON lines with a `text`")
    parser.add_argument("--resumes", type=Path, required=True, help="JSON lines with `bullets`")
    parser.add_argument("--lexicons", type=Path, required=True, help="folder of the word lists")
    parser.add_argument("--out", type=Path, default=MODELS, help="folder to write to")
    parser.add_argument("--measure", action="store_true", help="leave a quarter out and measure")
    options = parser.parse_args()
    real, invented = read_places(options.postings), read_invented()
    left_out = set(range(0, len(real.docs) if options.measure else 0, 4))
    learnt = [real.part(n for n in range(len(real.docs)) if n not in left_out), invented]
    lists = listed_runs(options.lexicons)
    first = learn(learnt, known_of(lists, Counter()))
    corpus = chain(asking_lines(options.postings), told_lines(options.resumes))
    field = learn(learnt, known_of(lists, shares(corpus, first)))
    if options.measure:
        for name, one in (("lists", first), ("lists and votes", field)):
            print(name, measured(real.part(sorted(left_out)), one))  # noqa: T201 - the answer
        return
    save(field, options.out / NAMES_FILE)
    print(json.dumps({"attributes": len(field.weights), "runs": len(field.known.keys)}))  # noqa: T201 - the command's answer


# What is learnt from


def read_invented() -> Marked:
    """Return the invented lines."""
    texts, places = [], []
    for line in (HERE / "named.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            text, own = "", []
            for number, part in enumerate(_MARKED.split(line[3:])):
                if number % 2:
                    own.append((len(text), len(text) + len(part)))
                text += part
            texts.append(text)
            places.append(own)
    return _marked(texts, places)


def read_places(postings: Path) -> Marked:
    """Return the real lines in which names were marked by hand."""
    marked = json.loads((HERE / "named_places.json").read_text("utf-8"))
    texts, places = [], []
    for record in read_records(postings):
        own = marked.get(record["id"], {})
        for text in _asked(record) if own else ():
            if (key := str(zlib.crc32(text.encode()))) in own:
                texts.append(text)
                places.append(own[key])
    return _marked(texts, places)


def _marked(texts: Sequence[str], places: Sequence[Sequence[Sequence[int]]]) -> Marked:
    """Return texts as `Doc`s, with the characters of each name as tokens."""
    docs = read_texts(texts)
    names = []
    for doc, own in zip(docs, places, strict=True):
        spans = [doc.char_span(start, end, alignment_mode="expand") for start, end in own]
        names.append([(span.start, span.end) for span in spans if span])
    return Marked(docs, names)


def _asked(record: dict[str, str]) -> list[str]:
    posting = parse_posting(f"{record['title']}\n\n{record['text']}")
    return [one.text for one in find_requirements(posting) if one.kind is not Kind.TITLE]


def asking_lines(postings: Path) -> Iterator[str]:
    """Yield lines of the postings that ask for something."""
    for record in read_records(postings):
        yield from _asked(record)[:_MOST_LINES]


def told_lines(resumes: Path) -> Iterator[str]:
    """Yield lines of the résumés."""
    for record in read_records(resumes):
        yield from (" ".join(line.split()) for line in record["bullets"][:_MOST_LINES])


# Known runs of words


def listed_runs(lexicons: Path) -> dict[int, int]:
    """Return the runs of words in public lists, each with the code of its list.

    A skill of ESCO that begins with a verb ("manage budgets") names what stands behind the verb.
    """
    labels = (lexicons / "esco_v110_skill_labels_en.txt").read_text("utf-8").lower().splitlines()
    firsts = Counter(label.split()[0] for label in labels if " " in label)
    verbs = {word for word, count in firsts.items() if count > 2}
    known: set[str] = set()
    worked_on: set[str] = set()
    for label in labels:
        first, _, rest = label.partition(" ")
        (worked_on if rest and first in verbs else known).add(rest if first in verbs else label)
    for row in data_table("skill_aliases.tsv"):
        known |= {row["term"], row["alias"]}
    for line in data_text("other_names.txt").splitlines():
        known |= set() if line.startswith("#") else {name.strip() for name in line.split(";")}
    for names, members in data_toml("skill_classes.toml").items():
        known |= {*names.split("|"), *members}
    technology = {name.lower() for names in read_names(lexicons).values() for name in names}
    found: dict[int, int] = {}
    for code, texts in ((3, technology), (2, worked_on), (1, known)):
        wanted = sorted(filter(None, texts))
        found.update(dict.fromkeys(run_keys(read_texts(wanted)), code))
    found.pop(0, None)
    return found


def known_of(lists: dict[int, int], votes: dict[int, int]) -> Known:
    """Return the table of runs: of a public list, and by how often it is a name, or both."""
    keys = np.array(sorted({*lists, *votes}), dtype=np.uint64)
    codes = [lists.get(key, 0) + _LISTS * votes.get(key, 0) for key in keys.tolist()]
    return Known(keys, np.array(codes, dtype=np.int64))


def shares(lines: Iterable[str], field: Field) -> dict[int, int]:
    """Return how often each run of words is a name, from 1 for seldom to 6 for always."""
    as_name: Counter[int] = Counter()
    seen: Counter[int] = Counter()
    chunk: list[str] = []
    for line in chain(dict.fromkeys(lines), [None]):
        if line is not None:
            chunk.append(line)
        if chunk and (line is None or len(chunk) == _CHUNK):
            docs = read_texts(chunk)
            found = _found(docs, field)
            as_name.update(
                key for doc, names in zip(docs, found, strict=True) for key in _keys_of(doc, names)
            )
            seen.update(key for doc in docs for key in _all_keys(doc))
            chunk = []
    as_name.pop(0, None)
    return {
        key: 1 + round(_SHARES * count / max(count, seen[key]))
        for key, count in as_name.items()
        if seen[key] >= _FEWEST_SEEN
    }


def _keys_of(doc: Doc, names: Iterable[tuple[int, int]]) -> list[int]:
    return run_keys([doc[start:end] for start, end in names])  # type: ignore[misc]


def _all_keys(doc: Doc) -> Iterator[int]:
    """Yield the number of each run of up to four words of a line."""
    norms = [token.norm for token in doc if token.norm]
    for start in range(len(norms)):
        key = 0
        for norm in norms[start : start + 4]:
            key = (key * int(named._FACTOR) + norm) & 0xFFFF_FFFF_FFFF_FFFF  # noqa: SLF001
            yield key


# The field


def learn(parts: Iterable[Marked], known: Known) -> Field:
    """Return the field that explains the names of `parts` best."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(_PENALTIES)
    for part in parts:
        tokens = tokens_of(part.docs)
        seen = attributes_of(tokens, part.docs, known)
        for number, names in enumerate(part.names):
            first, last = tokens.starts[number : number + 2].tolist()
            trainer.append(seen[first:last], labels_of(last - first, names))
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "names.crfsuite")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    weights: dict[int, NDArray[np.float32]] = {}
    for (name, label), weight in info.state_features.items():
        offset, _, attribute = name.partition("|")
        shape = (len(_OFFSETS), len(LABELS))
        row = weights.setdefault(get_string_id(attribute), np.zeros(shape, dtype=np.float32))
        row[_OFFSETS.index(int(offset)), LABELS.index(label)] = round(weight, 2)
    steps = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    steps[0, 2] = -100.0  # nothing goes on outside of a name
    for (one, other), weight in info.transitions.items():
        if (one, other) != ("O", "I"):
            steps[LABELS.index(one), LABELS.index(other)] = round(weight, 2)
    return field_of({key: row for key, row in weights.items() if row.any()}, steps, known)


def attributes_of(tokens: Tokens, docs: Sequence[Doc], known: Known) -> list[list[str]]:
    """Return all attributes of each token, with those of its neighbours."""
    own = [word_attributes(tuple(row)) for row in tokens.values.tolist()]
    for attribute, places in run_attributes(tokens, docs, known):
        for place in places:
            own[place].append(attribute)
    found: list[list[str]] = []
    for first, last in zip(tokens.starts[:-1].tolist(), tokens.starts[1:].tolist(), strict=True):
        for place in range(first, last):
            seen: list[str] = []
            for offset in _OFFSETS:
                inside = first <= place + offset < last
                near = own[place + offset] if inside else [END]
                seen += [f"{offset}|{attribute}" for attribute in near]
            found.append(seen)
    return found


def labels_of(size: int, names: Iterable[tuple[int, int]]) -> list[str]:
    """Return the label of each of `size` tokens."""
    labels = ["O"] * size
    for start, end in names:
        labels[start:end] = ["B", *["I"] * (end - start - 1)]
    return labels


def _found(docs: Sequence[Doc], field: Field) -> list[list[tuple[int, int]]]:
    """Return the names that a field is sure of."""
    return [[name[:2] for name in names if name.sure] for names in find_names(docs, field)]


def measured(part: Marked, field: Field) -> dict[str, float]:
    """Return precision and recall of names, and the share of those found that touch one."""
    found = _found(part.docs, field)
    pairs = [(set(ours), set(theirs)) for ours, theirs in zip(found, part.names, strict=True)]
    right = sum(len(ours & theirs) for ours, theirs in pairs)
    touching = sum(
        any(start < last and first < end for first, last in theirs)
        for ours, theirs in pairs
        for start, end in ours
    )
    ours_all, theirs_all = (sum(len(pair[side]) for pair in pairs) for side in (0, 1))
    return {
        "precision": round(right / ours_all, 3),
        "recall": round(right / theirs_all, 3),
        "touching": round(touching / ours_all, 3),
    }


def save(field: Field, path: Path) -> None:
    """Write a field: weights in hundredths, runs as hashes."""
    keys = sorted(field.weights)
    np.savez_compressed(
        path,
        attributes=np.array(keys, dtype=np.uint64),
        weights=np.array([100 * field.weights[key] for key in keys]).round().astype(np.int16),
        steps=(100 * field.steps).round().astype(np.int16),
        known=field.known.keys,
        codes=field.known.codes.astype(np.uint8),
    )


if __name__ == "__main__":
    main()
