"""Which phrases of a text name a skill or a field of knowledge, by a tagger learnt from postings.

"Experience with Docker, Kubernetes and Terraform" asks for three things. The tagger gives each
word a label in each of two layers: what a person does or is (`Kind.SKILL`: "plan audits", "team
player") and what a person knows (`Kind.KNOWLEDGE`: "Docker", "financial accounting"). It is a
conditional random field (Lafferty, McCallum and Pereira 2001): features of a word and of its
neighbours speak for a label, and so does the label before; the best row of labels of a line as
a whole is taken (Viterbi).

All weights are whole numbers, so the labels are the same on every processor.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cache, lru_cache
from io import BytesIO
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from tailor.nlp.language import word_form
from tailor.nlp.tokens import CHUNK, chunk_tokens
from tailor.values.memory import WORDS_KEPT
from tailor.values.resources import model_bytes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KEYS_FILE = "skill_phrases_keys.npy"
WIDE_FILE = "skill_phrases_wide.npy"
NARROW_FILE = "skill_phrases_narrow.npy"
FIGURES_FILE = "skill_phrases.json"

STEM_CLASS, WORD_CLASS = "stem of class", "word of class"
WINDOW = 2  # words to each side whose features speak for a word's label
BOUNDARY = "\n"  # stands for the words before and after a line
# The corpus lost its commas and quotation marks, so the tagger knows nothing of them.
_UNKNOWN_MARKS = frozenset(',"“”„')

_DIGIT = re.compile(r"\d")
_REPEATED = re.compile(r"(.)\1+")
_SHAPES = str.maketrans(
    {chr(code): "X" for code in range(65, 91)}
    | {chr(code): "x" for code in range(97, 123)}
    | {chr(code): "0" for code in range(48, 58)}
)
_SHAPE_LENGTH = 6
_NO_END = frozenset(";:(")
_NOT_PARTED = (False, False)
_MOST_KNOWN = 20_000  # words whose sums are kept: 7 MB
_NEVER = -(1 << 40)


class Kind(StrEnum):
    """What a phrase names: something a person does or is, or something a person knows."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"


class Label(IntEnum):
    """What a word is to the phrases of one kind."""

    OUTSIDE = 0
    FIRST = 1
    FURTHER = 2


KINDS = tuple(Kind)
# Marks that part two phrases: a comma parts what one knows, and may stand within what one does.
_ENDS = {Kind.SKILL: frozenset("|•·"), Kind.KNOWLEDGE: frozenset(",|•·")}


@dataclass(frozen=True, slots=True)
class SkillPhrase:
    """A phrase of a text, ``text[start:end]``, and what it names."""

    start: int
    end: int
    kind: Kind


class Token(NamedTuple):  # a tuple is made four times as fast, and a posting has a thousand
    """A word or mark of a line; `parted` tells of each kind that no phrase goes on past it."""

    text: str
    start: int
    end: int
    parted: tuple[bool, ...] = _NOT_PARTED


Labels = list[int]
# Of one kind: of the first label of a line, and of a label (column) after a label (row).
Transitions = tuple[tuple[int, int, int], tuple[tuple[int, int, int], ...]]


class _KnownWords:
    """The sums of a word's own features, kept: most words of a posting were read before."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self.wide: NDArray[np.int32]
        self.narrow: NDArray[np.int32]

    def _reserve(self, count: int, tagger: PhraseTagger) -> None:
        """Make room for `count` words, twice as much as before, so that growing is rare."""
        import numpy as np  # noqa: PLC0415

        room = len(self.wide) if self._places else 0
        if count > room:
            wide = np.zeros((2 * count, *tagger.wide.shape[1:]), np.int32)
            narrow = np.zeros((2 * count, *tagger.narrow.shape[1:]), np.int32)
            if room:
                wide[:room], narrow[:room] = self.wide, self.narrow
            self.wide, self.narrow = wide, narrow

    def rows(self, words: Sequence[str], tagger: PhraseTagger) -> list[int]:
        """Return the rows of `words` in `wide` and `narrow`."""
        places = self._places
        if len(places) > _MOST_KNOWN:
            places.clear()
        new = [word for word in dict.fromkeys(words) if word not in places]
        if new:
            wide = _sums(tagger.wide, [_rows(word_keys(word), tagger.wide_rows) for word in new])
            narrow = _sums(
                tagger.narrow, [_rows(letter_keys(word), tagger.narrow_rows) for word in new]
            )
            known = len(places)
            self._reserve(known + len(new), tagger)
            self.wide[known : known + len(new)] = wide
            self.narrow[known : known + len(new)] = narrow
            places.update(zip(new, range(known, known + len(new)), strict=True))
        return [places[word] for word in words]


@dataclass(frozen=True, slots=True)
class PhraseTagger:
    """The weights of features, which are known by their checksums, and of labels after labels.

    A wide feature is one of a word and speaks for the label of each word of the window around
    it: `wide` has the shape ``(rows, 2 · WINDOW + 1, kinds · labels)``. A narrow one speaks for
    the label of the word at hand and of the next: `narrow` has ``(rows, 2, kinds · labels)``.
    Row 0 of both is 0, and stands for what was never seen.
    """

    wide_rows: dict[int, int]
    wide: NDArray[np.int16]
    narrow_rows: dict[int, int]
    narrow: NDArray[np.int16]
    transitions: tuple[Transitions, ...]
    known: _KnownWords = field(default_factory=_KnownWords)

    def find(self, text: str) -> tuple[SkillPhrase, ...]:
        """Return the phrases of `text` in order; two of one kind share no character."""
        (found,) = self.find_all([text])
        return found

    def find_all(self, texts: Sequence[str]) -> list[tuple[SkillPhrase, ...]]:
        """Return for each text what `find` does; at once it takes a fifth of the time."""
        lines_of_each = [read_lines(text) for text in texts]
        tagged = iter(self.tag(list(chain.from_iterable(lines_of_each))))
        found = []
        for lines in lines_of_each:
            phrases_found = [
                SkillPhrase(line[first].start, _end(line, first, last), kind)
                for line in lines
                for kind, labels in zip(KINDS, next(tagged), strict=True)
                for first, last in phrases(labels)
            ]
            phrases_found.sort(key=lambda phrase: (phrase.start, phrase.end, phrase.kind))
            found.append(tuple(phrases_found))
        return found

    def tag(self, lines: Sequence[Sequence[Token]]) -> list[tuple[Labels, ...]]:
        """Return for each line the labels of its tokens, for each kind."""
        scores = self._scores(lines) if lines else []
        tagged = []
        place = WINDOW
        for line in lines:
            rows = scores[place : place + len(line)]
            place += len(line) + WINDOW
            tagged.append(
                tuple(
                    _best_labels(
                        [row[3 * number : 3 * number + 3] for row in rows],
                        [token.parted[number] for token in line],
                        self.transitions[number],
                    )
                    for number in range(len(KINDS))
                )
            )
        return tagged

    def _scores(self, lines: Sequence[Sequence[Token]]) -> list[list[int]]:
        """Return the score of each label of each token; boundaries stand between the lines."""
        import numpy as np  # noqa: PLC0415 - a tenth of a second, wanted only when text is read

        words = [BOUNDARY] * WINDOW
        for line in lines:
            words += [token.text for token in line]
            words += [BOUNDARY] * WINDOW
        found = self.known.rows(words, self)
        wide, narrow = self.known.wide[found], self.known.narrow[found]
        count = len(words)
        scores = np.zeros((count, wide.shape[2]), dtype=np.int32)
        for place in range(2 * WINDOW + 1):
            apart = place - WINDOW
            here = slice(max(-apart, 0), count - max(apart, 0))
            scores[here] += wide[max(apart, 0) : count + min(apart, 0), place]
        get = self.narrow_rows.get
        for keys in zip(*map(pair_keys, words, words[1:]), strict=True):
            narrow[:-1] += self.narrow[[get(key, 0) for key in keys]]
        scores += narrow[:, 0]
        scores[1:] += narrow[:-1, 1]
        openings = self.narrow[[get(opening_key(line), 0) for line in lines], 0]
        scores[WINDOW:] += np.repeat(openings, [len(line) + WINDOW for line in lines], axis=0)
        table: list[list[int]] = scores.tolist()
        return table


def _rows(keys: Iterable[int], rows: dict[int, int]) -> list[int]:
    """Return the rows of `keys`; at least one."""
    return [0, *(row for key in keys if (row := rows.get(key)))]


def _sums(table: NDArray[np.int16], rows: Sequence[Sequence[int]]) -> NDArray[np.int32]:
    """Return the sum of the rows of each."""
    import numpy as np  # noqa: PLC0415

    begins = list(accumulate(map(len, rows[:-1]), initial=0))
    sums: NDArray[np.int32] = np.add.reduceat(
        table[list(chain.from_iterable(rows))], begins, axis=0, dtype=np.int32
    )
    return sums


def find_skill_phrases(text: str) -> tuple[SkillPhrase, ...]:
    """Return the phrases of `text` that name skills and knowledge, by where they begin.

    No phrase goes past the end of a line. Those of one kind share no character; a phrase of
    knowledge may lie in one of skill: "manage projects in *SAP*".
    """
    return learnt_tagger().find(text)


def find_all_skill_phrases(texts: Sequence[str]) -> list[tuple[SkillPhrase, ...]]:
    """Return for each text what `find_skill_phrases` does, in less time."""
    return learnt_tagger().find_all(texts)


def read_lines(text: str) -> list[list[Token]]:
    """Return the tokens of each line of `text` that has any, without commas and quotation marks."""
    lines: list[list[Token]] = [[]]
    marks = ""
    end = 0
    for chunk in CHUNK.finditer(text):
        begin = chunk.start()
        space = text[end:begin]
        end = chunk.end()
        if "\n" in space or "\r" in space:
            lines.append([])
            marks = ""
        for offset, word in chunk_tokens(chunk[0]):
            if word not in _UNKNOWN_MARKS:
                parted = _parted(marks) if marks else _NOT_PARTED
                start = begin + offset
                lines[-1].append(Token(word, start, start + len(word), parted))
                marks = ""
            if len(word) == 1 and not word.isalnum():
                marks += word
    return [line for line in lines if line]


@lru_cache(maxsize=1_000)
def _parted(marks: str) -> tuple[bool, ...]:
    return tuple(bool(_ENDS[kind].intersection(marks)) for kind in KINDS)


def word_keys(word: str) -> tuple[int, ...]:
    """Return the checksums of the wide features of `word`."""
    return tuple(crc32(feature.encode()) for feature in word_features(word))


def letter_keys(word: str) -> tuple[int, ...]:
    """Return the checksums of the narrow features of a word alone: how it begins and ends."""
    low = plain(word)
    ends = (f"begins {low[:3]}", f"ends {low[-2:]}", f"ends {low[-3:]}", f"ends {low[-4:]}")
    return tuple(crc32(end.encode()) for end in ends)


@lru_cache(maxsize=WORDS_KEPT)
def pair_keys(word: str, following: str) -> tuple[int, int]:
    """Return the checksums of the narrow features of a word and the one that follows it."""
    return (
        crc32(f"pair {word} {following}".lower().encode()),
        crc32(f"shapes {_shape(word)} {_shape(following)}".encode()),
    )


def word_features(word: str) -> list[str]:
    """Return the wide features of a word: itself, its stem, the shape of its letters.

    The last two stand for the classes of the stem and of the word: words of near meaning, and
    what lists of skills and of products know of the word.
    """
    low = plain(word)
    stem = word_form(word)
    return [
        f"word {low}",
        f"stem {stem}",
        f"shape {_shape(word)}",
        f"{STEM_CLASS} {stem}",
        f"{WORD_CLASS} {low}",
    ]


@lru_cache(maxsize=WORDS_KEPT)
def _shape(word: str) -> str:
    """Return which letters are capitals: "Xx" for Docker, "X0" for S3."""
    return _REPEATED.sub(r"\1", word.translate(_SHAPES))[:_SHAPE_LENGTH]


def plain(word: str) -> str:
    """Return `word` in lower case, its digits as 0."""
    return _DIGIT.sub("0", word.lower())


def opening_key(line: Sequence[Token]) -> int:
    """Return the checksum of a line's first word, past numbers, bullets and brackets."""
    first = next((token.text for token in line if token.text[0].isalpha()), "")
    return crc32(f"opening {first.lower()}".encode())


def _end(line: Sequence[Token], first: int, last: int) -> int:
    """Return where a phrase ends: not with a mark, nor a bracket that was opened before it."""
    while last > first and (
        line[last].text in _NO_END
        or (line[last].text == ")" and all(token.text != "(" for token in line[first:last]))
    ):
        last -= 1
    token = line[last]
    return token.start + max(len(token.text.rstrip(";:,")), 1)


def phrases(labels: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and the last token of each phrase."""
    found = []
    for position, label in enumerate(labels):
        if label == Label.FIRST:
            found.append((position, position))
        elif label == Label.FURTHER:
            found[-1] = (found[-1][0], position)
    return found


def _best_labels(
    rows: Sequence[Sequence[int]], parted: Sequence[bool], transitions: Transitions
) -> Labels:
    """Return the labels of a line with the highest sum (Viterbi 1967); the first of equals.

    Written out for three labels, since it runs for each word of a posting twice. FURTHER stands
    neither after OUTSIDE, nor first, nor where the words are `parted`.
    """
    (to_outside, to_first, _), table = transitions
    (oo, of, _), (fo, ff, fu), (uo, uf, uu) = table
    outside, first, further = to_outside + rows[0][0], to_first + rows[0][1], _NEVER
    came = []
    for (for_outside, for_first, for_further), is_parted in zip(rows[1:], parted[1:], strict=True):
        best_o, from_o = outside + oo, 0
        if first + fo > best_o:
            best_o, from_o = first + fo, 1
        if further + uo > best_o:
            best_o, from_o = further + uo, 2
        best_f, from_f = outside + of, 0
        if first + ff > best_f:
            best_f, from_f = first + ff, 1
        if further + uf > best_f:
            best_f, from_f = further + uf, 2
        best_u, from_u = first + fu, 1
        if further + uu > best_u:
            best_u, from_u = further + uu, 2
        came.append((from_o, from_f, from_u))
        outside, first = best_o + for_outside, best_f + for_first
        further = _NEVER if is_parted else best_u + for_further
    label = 0
    if first > outside:
        label, outside = 1, first
    if further > outside:
        label = 2
    labels = [label]
    for ways in reversed(came):
        label = ways[label]
        labels.append(label)
    return labels[::-1]


@cache
def learnt_tagger() -> PhraseTagger:
    """Return the tagger that ships in `models/`."""
    keys, wide, narrow = map(model_bytes, (KEYS_FILE, WIDE_FILE, NARROW_FILE))
    return parse_tagger(keys, wide, narrow, model_bytes(FIGURES_FILE).decode())


def parse_tagger(keys: bytes, wide: bytes, narrow: bytes, figures: str) -> PhraseTagger:
    """Parse three tables, which are NumPy's files, and the figures.

    `keys` has the fields ``key`` and ``row`` of the table `wide`; `narrow` has ``key`` and
    ``weights``.
    """
    import numpy as np  # noqa: PLC0415

    key_table, wide_table, narrow_table = (
        np.load(BytesIO(table), allow_pickle=False) for table in (keys, wide, narrow)
    )
    return PhraseTagger(
        dict(zip(key_table["key"].tolist(), key_table["row"].tolist(), strict=True)),
        wide_table.astype(np.int16),
        dict(zip(narrow_table["key"].tolist(), range(1, len(narrow_table) + 1), strict=True)),
        np.concatenate(
            [np.zeros_like(narrow_table["weights"][:1]), narrow_table["weights"]]
        ).astype(np.int16),
        tuple(
            (tuple(starts), tuple(tuple(row) for row in rows))
            for starts, rows in json.loads(figures)["transitions"]
        ),
    )
