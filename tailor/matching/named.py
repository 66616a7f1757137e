"""`Doc`s of a posting's lines -> the names in them: tools, methods, fields, papers, work by name.

A linear-chain field over the tokens, learnt by `training/names.py`: the word, its look, its end
and its two neighbours on both sides, and which known names and names of many documents it
stands in. The field is python-crfsuite's; it is applied to all lines at once by NumPy, since most
words of a posting were seen before and what a word says is added up only once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from spacy.attrs import LOWER, NORM, ORTH
from spacy.strings import get_string_id

from tailor.matching.feature import idf
from tailor.nlp.pipeline import load
from tailor.nlp.term import TERMS
from tailor.nlp.topic import TOPICS
from tailor.values.resources import MODELS, data_toml

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]
    Hashes = NDArray[np.uint64]

NAMES_FILE = "names.npz"
LABELS = ("O", "B", "I")  # outside of a name, its first word, a further word of it
_OUT, _BEGIN, _INSIDE = range(3)
_OFFSETS = (0, -1, 1, -2, 2)
# How much a token must be likelier to stand outside of a name, for a name to be left out where
# any that is likely is wanted.
_LENIENT = 2.0
_ATTRIBUTES = [ORTH, LOWER, NORM]
# The odd number of `nlp/term.py`.
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_LONGEST = 4  # words of a name that is looked up
_WORDS_KEPT = 40_000
END = "end"  # the attribute of what stands outside of a text
_OF_NAMES = frozenset({"A", "AaA", "x1"})  # looks of words that are written as names
# By the codes of tokens: what looks a name, and what stands between verbs and function words.
_NAME, _RUN = re.compile("[A-Z]"), re.compile("[nbNB][nbgNBG]+")
_WITHIN = ("-", "/", "&", ".", "'", "’")


class Name(NamedTuple):
    """The tokens of a name; `sure` is False where it may be none."""

    start: int
    end: int
    sure: bool


class Known(NamedTuple):
    """What is known of runs of words: the sorted hashes of runs, and the code of each."""

    keys: Hashes
    codes: Ints


class Field(NamedTuple):
    """The learnt weights: of each attribute, offsets × labels, and from label to label.

    `of_words` keeps what the words seen so far say, `rows` where, and `codes` a letter for each.
    """

    weights: dict[int, Floats]
    steps: Floats
    known: Known
    rows: dict[int, int]
    of_words: Floats
    codes: list[str]


def field_of(weights: dict[int, Floats], steps: Floats, known: Known) -> Field:
    """Return a field that has seen no word yet."""
    words = np.zeros((_WORDS_KEPT, len(_OFFSETS), len(LABELS)), dtype=np.float32)
    return Field(weights, steps, known, {}, words, [])


def find_names(docs: Sequence[Doc], field: Field | None = None) -> list[list[Name]]:
    """Return the names in each of `docs`, in order; none lies in another.

    By the `field` that ships, where no other is given.
    """
    field = field or learnt_field()
    tokens = tokens_of(docs)
    if not len(tokens.keys):
        return [[] for _ in docs]
    if len(tokens.keys) > _WORDS_KEPT and len(docs) > 1:
        half = len(docs) // 2
        return [*find_names(docs[:half], field), *find_names(docs[half:], field)]
    rows = _rows(tokens, field)
    scores = _scores(tokens, rows, docs, field)
    lenient = scores.copy()
    lenient[:, _OUT] -= _LENIENT
    best = _best_labels(np.stack([scores, lenient]), tokens.starts, field.steps)
    sure, likely = (_spans(labels, tokens.starts) for labels in best)
    codes = "".join([field.codes[row] for row in rows])
    return list(map(_together, sure, likely, _known(codes, tokens.starts.tolist(), docs)))


def _known(
    codes: str, starts: Sequence[int], docs: Sequence[Doc]
) -> Iterator[list[tuple[int, int]]]:
    """Yield for each text what may name something: known terms, and runs between function words.

    And words that are written as names, such as "HPC". `codes` has a letter for each token.
    """
    for doc, (first, end) in zip(docs, pairwise(starts), strict=True):
        found = [(span.start, span.end) for key in (TERMS, TOPICS) for span in doc.spans[key]]
        found += [
            (one.start() - first, one.end() - first) for one in _NAME.finditer(codes, first, end)
        ]
        for run in _RUN.finditer(codes, first, end):
            found.append((max(run.start(), run.end() - _LONGEST) - first, run.end() - first))
        yield found


def _code(key: tuple[int, int, int]) -> str:
    """Return the letter of a word: that of its table or "n", a capital where it looks a name."""
    orth, lower, norm = key
    kind = _kinds().get(lower, "n") if norm else "f"
    return kind.upper() if _look(load().vocab.strings[orth]) in _OF_NAMES else kind


def _together(
    sure: Sequence[tuple[int, int]],
    likely: Sequence[tuple[int, int]],
    known: Sequence[tuple[int, int]],
) -> list[Name]:
    """Return the names that are sure, and others beside and around them, the longer first."""
    found = [Name(start, end, True) for start, end in sure]
    taken = {place for start, end in sure for place in range(start, end)}
    free: set[int] = set()
    for group in (likely, sorted(set(known), key=lambda place: (place[0] - place[1], place))):
        for start, end in group:
            places = set(range(start, end))
            if free.isdisjoint(places) and not places <= taken:
                free |= places
                found.append(Name(start, end, False))
    return sorted(found)


# What is seen of tokens


class Tokens(NamedTuple):
    """All tokens of some texts, one after the other.

    `keys` has a number for each word and norm; `starts` has the place of each text's first token,
    and the number of tokens at its end.
    """

    values: Hashes
    keys: list[int]
    starts: Ints


def tokens_of(docs: Sequence[Doc]) -> Tokens:
    """Return the tokens of `docs`."""
    rows: list[Any] = [doc.to_array(_ATTRIBUTES).reshape(-1, len(_ATTRIBUTES)) for doc in docs]
    starts = np.cumsum([0, *map(len, rows)])
    values = np.concatenate(rows) if rows else np.zeros((0, len(_ATTRIBUTES)), dtype=np.uint64)
    keys = (values[:, 0] * _FACTOR + values[:, 2]).tolist()
    return Tokens(values, keys, starts)


def word_attributes(key: tuple[int, int, int]) -> list[str]:
    """Return what a word says by itself: ``w`` itself, ``s`` its look, ``e`` its ends, ..."""
    orth, lower, norm = key
    text, low = load().vocab.strings[orth], load().vocab.strings[lower]
    rare = float(idf(np.array([norm], dtype=np.uint64))[0]) if norm else 0.0
    return [
        f"w{low}",
        f"s{_look(text)}",
        f"e{low[-3:]}",
        f"E{low[-2:]}",
        f"k{_kinds().get(lower, 'n')}",
        f"i{int(1.5 * rare)}",
    ]


def _look(text: str) -> str:
    """Return the look of a word: ``A`` capitals, ``Aa`` a capital first, ``x1`` with figures."""
    if text.isdigit():
        return "1"
    if text.isupper():
        return "A" if len(text) > 1 else "A1"
    if text.islower():
        return "a"
    if text[:1].isupper() and text[1:].islower():
        return "Aa"
    if any(sign.isdigit() for sign in text):
        return "x1"
    return "AaA" if any(sign.isalpha() for sign in text) else "-"


@cache
def _kinds() -> dict[int, str]:
    """Return what the tables of words say of a word, by spaCy's hash."""
    table = data_toml("line_words.toml")
    return {
        get_string_id(word): name[0]
        for name in ("verbs", "broad", "grades", "function")
        for word in table[name]["words"].split()
    }


def run_attributes(
    tokens: Tokens, docs: Sequence[Doc], known: Known
) -> Iterator[tuple[str, list[int]]]:
    """Yield what runs of words say of their tokens: an attribute and the tokens that have it.

    Known names, names of many documents, the terms of the pipeline and of the thesaurus.
    """
    found: dict[str, list[int]] = {}

    def add(code: str, place: int, end: int) -> None:
        size = min(end - place, 2)
        found.setdefault(f"m{code}B{size}", []).append(place)
        if end - place > 1:
            found.setdefault(f"m{code}I{size}", []).extend(range(place + 1, end))

    for place, end, code in _runs(tokens, known):
        add(f"c{code}", place, end)
    for number, doc in enumerate(docs):
        first = int(tokens.starts[number])
        for group in (TERMS, TOPICS):
            for start, end in dict.fromkeys((s.start, s.end) for s in doc.spans[group]):
                add(group, first + start, first + end)
    yield from found.items()


def _runs(tokens: Tokens, known: Known) -> Iterator[tuple[int, int, int]]:
    """Yield where a known run of words begins and ends, and its code."""
    words, ties = _words(tokens)
    norms = tokens.values[words, 2]
    keys = np.zeros(len(words), dtype=np.uint64)
    whole = np.ones(len(words), dtype=bool)
    for size in range(1, _LONGEST + 1):
        places = np.flatnonzero(whole[: len(words) - size + 1])
        if size > 1:
            places = places[ties[places + size - 2]]
            whole[:] = False
            whole[places] = True
        keys[places] = keys[places] * _FACTOR + norms[places + size - 1]
        at = np.minimum(np.searchsorted(known.keys, keys[places]), len(known.keys) - 1)
        hits = np.flatnonzero(known.keys[at] == keys[places])
        first, last = words[places[hits]], words[places[hits] + size - 1] + 1
        yield from zip(first.tolist(), last.tolist(), known.codes[at[hits]].tolist(), strict=True)


def _words(tokens: Tokens) -> tuple[Ints, NDArray[np.bool_]]:
    """Return the places of words, and for each whether it is tied to the next.

    A comma or another sign parts two words; a hyphen or a slash does not.
    """
    words = np.flatnonzero(tokens.values[:, 2])
    texts = np.searchsorted(tokens.starts, words, side="right")
    gaps = np.diff(words)
    within = np.isin(tokens.values[:, 1], _signs_within())
    ties = (gaps == 1) | ((gaps == 2) & within[words[:-1] + 1])
    return words, np.append(ties & (texts[1:] == texts[:-1]), False)


@cache
def _signs_within() -> Hashes:
    return np.array([get_string_id(sign) for sign in _WITHIN], dtype=np.uint64)


def run_keys(texts: Sequence[Doc]) -> list[int]:
    """Return the number of each text as a run of words, as `Known` has it; 0 for a long one."""
    found = []
    for doc in texts:
        norms = [token.norm for token in doc if token.norm]
        key = 0
        for norm in norms if len(norms) <= _LONGEST else ():
            key = (key * int(_FACTOR) + norm) & 0xFFFF_FFFF_FFFF_FFFF
        found.append(key)
    return found


# The field


@cache
def learnt_field() -> Field:
    """Return the field that ships."""
    with np.load(MODELS / NAMES_FILE, allow_pickle=False) as file:
        rows = (file["weights"] / np.float32(100)).astype(np.float32)
        weights = dict(zip(file["attributes"].tolist(), rows, strict=True))
        known = Known(file["known"], file["codes"].astype(np.int64))
        return field_of(weights, (file["steps"] / 100).astype(np.float32), known)


def _scores(tokens: Tokens, rows: Sequence[int], docs: Sequence[Doc], field: Field) -> Floats:
    """Return what all attributes say of each token and label, shape tokens × labels."""
    count = len(tokens.keys)
    said = field.of_words[rows]
    added: list[Floats] = []
    at: list[int] = []
    for attribute, places in run_attributes(tokens, docs, field.known):
        weights = field.weights.get(get_string_id(attribute))
        if weights is not None:
            added += [weights] * len(places)
            at += places
    if at:
        np.add.at(said, at, np.array(added))
    scores = said[:, 0].copy()
    texts = np.repeat(np.arange(len(docs)), np.diff(tokens.starts))
    ends = field.weights.get(get_string_id(END), np.zeros_like(field.of_words[0]))
    for number, offset in enumerate(_OFFSETS[1:], start=1):
        low, high = max(0, -offset), count - max(0, offset)
        outside = np.ones(count, dtype=bool)
        outside[low:high] = texts[low:high] != texts[low + offset : high + offset]
        scores[low:high] += np.where(
            outside[low:high, None], 0, said[low + offset : high + offset, number]
        )
        scores[outside] += ends[number]
    return scores


def _rows(tokens: Tokens, field: Field) -> list[int]:
    """Return for each token the row of what its word says; new words are looked at first."""
    rows, codes = field.rows, field.codes
    if len(rows) + len(tokens.keys) > _WORDS_KEPT:
        rows.clear()
        codes.clear()
    places = {key: place for place, key in enumerate(tokens.keys) if key not in rows}
    for key, place in islice(places.items(), _WORDS_KEPT):
        word = tuple(tokens.values[place].tolist())
        found = field.of_words[len(rows)]
        found[:] = 0
        for attribute in word_attributes(word):
            weights = field.weights.get(get_string_id(attribute))
            if weights is not None:
                found += weights
        rows[key] = len(rows)
        codes.append(_code(word))
    return [rows.get(key, 0) for key in tokens.keys]


def _best_labels(scores: Floats, starts: Ints, steps: Floats) -> NDArray[np.int8]:
    """Return the likeliest labels of all tokens, by Viterbi's method in all texts at once.

    `scores` has any number of readings of the tokens, shape readings × tokens × labels.
    """
    readings, count, _ = scores.shape
    sizes = np.diff(starts)
    longest = int(sizes.max())
    order = np.argsort(-sizes, kind="stable")  # the longest first: those that go on are in front
    first, sizes = starts[:-1][order], sizes[order]
    going = np.searchsorted(-sizes, -np.arange(longest), side="left")  # how many are longer
    best = scores.copy()  # of each token, the best way up to it
    best[:, starts[:-1][starts[:-1] < count], _INSIDE] = -1e9
    for step in range(1, longest):
        at = first[: going[step]] + step
        best[:, at] += (best[:, at - 1, :, None] + steps).max(axis=2)
    back = (best[:, :-1, :, None] + steps).argmax(axis=2)  # of the token behind, from which label
    found = np.zeros((readings, count), dtype=np.int8)
    label = best[:, first + sizes - 1].argmax(axis=2)
    rows = np.arange(readings)[:, None]
    for step in range(longest - 1, 0, -1):
        live = int(going[step])
        at = first[:live] + step
        found[:, at] = label[:, :live]
        label[:, :live] = back[rows, at - 1, label[:, :live]]
    live = int(going[0])
    found[:, first[:live]] = label[:, :live]
    return found


def _spans(labels: NDArray[np.int8], starts: Ints) -> list[list[tuple[int, int]]]:
    """Return the first token of each name and the one behind its last, text for text."""
    found: list[list[tuple[int, int]]] = [[] for _ in starts[1:]]
    begins = np.flatnonzero(labels == _BEGIN)
    goes_on = np.append(labels == _INSIDE, False)
    texts = np.searchsorted(starts, begins, side="right") - 1
    for place, text in zip(begins.tolist(), texts.tolist(), strict=True):
        end = place + 1
        while end < starts[text + 1] and goes_on[end]:
            end += 1
        found[text].append((place - int(starts[text]), end - int(starts[text])))
    return found
