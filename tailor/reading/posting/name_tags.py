"""Which words of a posting name the job, who gives it, and where it is.

A linear-chain conditional random field over the words of the lines at the top, of running text
and of the last lines: "Ward Sister" alone on a line, "Hartley Vets, Malvern", "Employer: …",
"X in Y is looking for a Z". A word is described by itself, its ending, what stands around it, how
its line looks and what the line above says, what the piece of the line looks like
(`cv/names.py`), and where else the name stands in the text. `training/posting` learns it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, islice
from typing import Any, NamedTuple

from tailor.reading.cv.names import (
    KINDS,
    has_word,
    is_employment_type,
    is_place,
    is_town,
    judge,
    probabilities,
)
from tailor.reading.posting.cue import find_cues, heading_kind, is_usual_heading
from tailor.reading.posting.title import names_job
from tailor.values.posting import PostingLine
from tailor.values.resources import MODELS

MODEL_FILE = "posting/names.crfsuite"
TITLE, COMPANY, PLACE = "T", "C", "P"
_TOKEN = re.compile(r"\w+(?:[.'’&+#-]\w+)*[+#]*|[^\w\s]|\t| {3,}")
_PIECE_END = re.compile(r"[|·•–—,;:()\[\]\t]|^\s+$")
_SMALL = frozenset("of the and & for de la upon on le du am an der in".split())
_AFTER_NAME = frozenset("is has was runs seeks needs builds makes provides offers delivers".split())
_BEFORE_NAME = frozenset({"at", "join", "joining", "about"})
_MOST_LINES, _LAST_LINES = 50, 3
_MOST_OF_LINE, _MOST_OF_SHORT = 36, 16  # words
_LONGEST_PIECE = 8  # words
_SHORTENED = frozenset("st dr mr mrs ms no inc ltd co corp jr sr ref prof rev".split())
_MOST_WORDS = 170
_EVIDENCE = ("title", "employer", "place", "sentence", "other", "heading", "skill", "school")
_COLUMNS = [KINDS.index(kind) for kind in _EVIDENCE]
_LABEL_WORDS = 3
_LAST_WORD = re.compile(r"\b(\w+)\s+(?:the )?$", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+(\w+)|(['’]s)")
_MOST_PLACES, _NEAR = 6, 40  # where else a name stands; characters beside it
_LEAST, _LEAST_OF_TOWN = 0.2, 0.04


class Word(NamedTuple):
    """A word of a line: which, and where it stands in it; `line` counts from 0."""

    text: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """A name found: which `kind`, where, and how sure that is, 0 to 1."""

    text: str
    kind: str
    line: int
    start: int
    sure: float


def words_looked_at(lines: Sequence[PostingLine]) -> list[list[Word]]:
    """Return the words that are looked at, by line: items of lists only where they are short."""
    shown = [
        index
        for index, line in enumerate(lines)
        if (not line.is_item or line.is_heading or (index < 8 and len(line.text) < 60))
        and (index < _MOST_LINES or index >= len(lines) - _LAST_LINES)
    ]
    found: list[list[Word]] = []
    count = 0
    for place, index in enumerate(shown):
        if count > _MOST_WORDS and place < len(shown) - _LAST_LINES:
            continue
        words: list[Word] = []
        for match in _TOKEN.finditer(lines[index].text):
            if len(words) == _MOST_OF_LINE:
                break
            words.append(Word(match[0], index, match.start(), match.end()))
        if words:
            found.append(words)
            count += len(words)
    return found


def find_names(lines: Sequence[PostingLine]) -> list[Named]:
    """Return the names of the job, the employer and the place, in the order of the text."""
    by_line = words_looked_at(lines)
    words = [word for row in by_line for word in row]
    if not words:
        return []
    tagger = _tagger()
    tagger.set(describe(lines, by_line))
    tags = tagger.tag()
    found: list[Named] = []
    index = 0
    while index < len(words):
        kind = tags[index][-1]
        if kind == "O":
            index += 1
            continue
        end = index + 1
        while (
            end < len(words) and tags[end] == f"I-{kind}" and words[end].line == words[index].line
        ):
            end += 1
        sure = min(tagger.marginal(tags[at], at) for at in range(index, end))
        first, last = words[index], words[end - 1]
        text = lines[first.line].text[first.start : last.end].strip(" ,;:-–—|")
        if text:
            found.append(Named(text, kind, first.line, first.start, sure))
        index = end
    return [*found, *_unsure(lines, words, tags, tagger)]


def _unsure(
    lines: Sequence[PostingLine],
    words: Sequence[Word],
    tags: Sequence[str],
    tagger: Any,  # noqa: ANN401
) -> Iterator[Named]:
    """Yield capital words that are likelier an employer, or a known town, than most."""
    start = 0
    while start < len(words):
        end = start
        while (
            end < len(words)
            and words[end].line == words[start].line
            and tags[end] == "O"
            and _is_capital(words[end].text)
        ):
            end += 1
        if end == start:
            start += 1
            continue
        text = lines[words[start].line].text[words[start].start : words[end - 1].end]
        kinds = (COMPANY, PLACE) if is_town(text) else (COMPANY,)
        for kind in kinds:
            labels = (f"B-{kind}", f"I-{kind}")
            likely = [
                sum(tagger.marginal(label, at) for label in labels) for at in range(start, end)
            ]
            share = max(likely) if words[start].text == "The" else min(likely)
            if share > (_LEAST_OF_TOWN if kind == PLACE else _LEAST):
                yield Named(text, kind, words[start].line, words[start].start, share)
        start = end


@cache
def _tagger() -> Any:  # noqa: ANN401 (the library has no types)
    import pycrfsuite  # noqa: PLC0415 (only where a posting is read)

    tagger = pycrfsuite.Tagger()
    tagger.open(str(MODELS / MODEL_FILE))
    return tagger


def describe(lines: Sequence[PostingLine], by_line: Sequence[Sequence[Word]]) -> list[list[str]]:
    """Return the features of each word of the lines looked at."""
    text = "\n".join(line.text for line in lines)
    low = text.lower()
    views = [_LineView(lines[row[0].line], row, text, low) for row in by_line]
    judge([plainly(text) for view in views for text in view.texts() if text])
    for view in views:
        view.look_at_pieces()
    described: list[list[str]] = []
    for index, view in enumerate(views):
        above = views[index - 1] if index else None
        below = views[index + 1] if index + 1 < len(views) else None
        around = [
            f"la={above.look if above else 'none'}",
            f"lb={below.look if below else 'none'}",
            f"at={min(index, 6)}",
        ]
        if above and above.label:
            around.append(f"pl={above.label}")
        described += view.described(around, index)
    return described


def _placed(said: Sequence[str], index: int) -> list[str]:
    """Return what a word's piece looks like together with how far down its line stands."""
    return [
        f"{feature}@{min(index, 4)}"
        for feature in said
        if feature.startswith(("pe=", "r job", "r org", "r all"))
    ]


class _LineView:
    """One line as it is seen, with its words."""

    def __init__(self, line: PostingLine, words: Sequence[Word], text: str, low_text: str) -> None:
        self.words = words
        self.all = text
        self.low_text = low_text
        self.line = line
        self.low = [("#" if word.text.isdigit() else word.text.lower()) for word in words]
        self.is_short = len(words) <= _MOST_OF_SHORT
        self.pieces = list(self._pieces())
        plain = line.text.strip(" :").lower()
        self.label = plain if len(plain.split()) <= _LABEL_WORDS and plain[:1].isalpha() else ""

    def look_at_pieces(self) -> None:
        """Tell what each piece looks like, and with it the line."""
        self.kinds = [self._kind(text) for text in self.texts()]
        self.look = self._look()

    def texts(self) -> list[str]:
        """Return the text of each piece that may be a name, "" for the others."""
        return [
            "" if end - start > _LONGEST_PIECE and not self.is_short else self._text(start, end)
            for start, end in self.pieces
        ]

    def _look(self) -> str:
        cues = find_cues(self.line.text)
        if is_usual_heading(cues):
            return f"h:{heading_kind(self.line.text)}"
        if not self.is_short:
            return "prose"
        return (
            f"{self.kinds[0][0] if self.kinds else '-'}{'.' if self.line.text[-1] in '.!' else ''}"
        )

    def _pieces(self) -> Iterator[tuple[int, int]]:
        """Yield where the pieces of the line begin and end, as indices of words."""
        start = 0
        for index, word in enumerate(self.words):
            is_dash = word.text == "-" and self._is_spaced(index)
            if _PIECE_END.match(word.text) or is_dash or self._ends_sentence(index):
                if index > start:
                    yield start, index
                start = index + 1
        if start < len(self.words):
            yield start, len(self.words)

    def _ends_sentence(self, index: int) -> bool:
        if self.low[index] not in {".", "!", "?"} or not index:
            return False
        return index + 1 == len(self.low) or self.low[index - 1] not in _SHORTENED

    def _is_spaced(self, index: int) -> bool:
        word = self.words[index]
        before = index and self.words[index - 1].end < word.start
        after = index + 1 < len(self.words) and self.words[index + 1].start > word.end
        return bool(before and after)

    def _kind(self, text: str) -> tuple[str, int]:
        """Return what a piece looks like, and how surely: 0 to 3."""
        if not text:
            return "-", 0
        row = probabilities(plainly(text))[_COLUMNS]
        best = int(row.argmax())
        share = float(row[best] / (sum(row) or 1))
        return _EVIDENCE[best], int(min(share, 0.99) * 4)

    def _text(self, start: int, end: int) -> str:
        return self.line.text[self.words[start].start : self.words[end - 1].end]

    def described(self, around: Sequence[str], index: int) -> list[list[str]]:
        """Return the features of each word, with those of the line, which is the `index`th."""
        front = [*around, *self._of_line()]
        found = [[*front, *of_word] for of_word in self._of_words()]
        placed: list[list[list[str]]] = [[] for _ in found]
        for stretches in (self._of_pieces(), self._of_runs()):
            for start, end, said in stretches:
                also = _placed(said, index)
                for at in range(start, end):
                    found[at] += said
                    placed[at].append(also)
        for own, rows in zip(found, placed, strict=True):
            own.extend(chain.from_iterable(rows))
        return found

    def _of_line(self) -> Iterator[str]:
        text = self.line.text
        count = len(self.words)
        yield f"n={count if count < 5 else 5 + min((count - 5) // 5, 4)}"
        yield f"look={self.look}"
        yield f"end={text[-1] if not text[-1].isalnum() else 'w'}"
        if self.line.is_heading:
            yield "heading"
        if self.line.is_item:
            yield "item"
        if text.isupper():
            yield "caps"

    def _of_words(self) -> Iterator[tuple[str, ...]]:
        """Yield the features of each word by itself and by those beside it."""
        beside = [_OUTSIDE, _OUTSIDE, *map(_of_neighbour, self.low), _BEHIND, _BEHIND]
        shapes = [_shape(word.text) for word in self.words]
        for index, word in enumerate(self.words):
            own, known = _of_itself(self.low[index], word.text)
            of_shapes = [f"shape-={shapes[index - 1]}"] if index else []
            if index + 1 < len(shapes):
                of_shapes.append(f"shape+={shapes[index + 1]}")
            yield (
                own[0],
                beside[index][0],
                beside[index + 1][1],
                beside[index + 3][2],
                beside[index + 4][3],
                *own[1:],
                *of_shapes,
                f"pos={min(index, 4)}",
                *known,
            )

    def _of_pieces(self) -> Iterator[tuple[int, int, list[str]]]:
        """Yield what is said of the words of each piece by it, and by its neighbours."""
        label = ""
        for nth, (start, end) in enumerate(self.pieces):
            kind, sure = self.kinds[nth]
            said = [f"pe={kind}", f"pe={kind}{sure}", f"nth={min(nth, 3)}"]
            said.append(f"of={min(len(self.pieces), 5)}")
            said.append(f"pe-={self.kinds[nth - 1][0] if nth else '^'}")
            said.append(f"pe+={self.kinds[nth + 1][0] if nth + 1 < len(self.kinds) else '$'}")
            said.append(f"sep={self.low[start - 1] if start else '^'}")
            if label:
                said.append(f"lab={label}")
            if self.is_short and is_employment_type(self._text(start, end)):
                said.append("employment")
            is_label = end < len(self.low) and self.low[end][0] in ":\t "
            if is_label and end - start <= _LABEL_WORDS:
                label = " ".join(self.low[start:end])
            yield start, end, said

    def _of_runs(self) -> Iterator[tuple[int, int, list[str]]]:
        """Yield what is said of words by the name that they may be part of."""
        for start, end in self._runs():
            name = self._text(start, end)
            said = [f"rl={min(end - start, 5)}"]
            said.append(f"rb={self.low[start - 1] if start else '^'}")
            after = self.low[end] if end < len(self.low) else "$"
            said.append(f"ra={after}")
            if start == 0 or self._ends_sentence(start - 1):
                begins = "rs" if start or len(self.words) > end else "r all"
                said += [begins, f"{begins} {after[-1]}", f"{begins} {after}"]
            if start and self.low[start - 1] in {"a", "an", "the", "in", "at", "for", "as"}:
                said.append(f"rb2={self.low[start - 2] if start > 1 else '^'}")
            if is_town(name):
                said.append("r town")
            if is_place(name):
                said.append("r place")
            if has_word(name, "organisation"):
                said.append("r org")
            if names_job(self.words[end - 1].text):
                said.append("r job")
            said += self._elsewhere(name)
            yield start, end, said

    def _elsewhere(self, name: str) -> Iterator[str]:
        """Yield where else in the text a name stands, as one names employers, places or jobs."""
        again = self.all.count(name) - 1
        yield f"rc={min(again, 3)}"
        if again <= 0 and not name.isupper():
            return
        said, text = (name.lower(), self.low_text) if name.isupper() else (name, self.all)
        for at in islice(places_of(said, text), _MOST_PLACES):
            end = at + len(said)
            if is_whole(text, at, end):
                yield from _of_neighbours(text[max(at - _NEAR, 0) : at], text[end : end + _NEAR])

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Yield where names may begin and end: capital words, small ones between two."""
        for start, end in self.pieces:
            index = start
            while index < end:
                if not _is_capital(self.words[index].text):
                    index += 1
                    continue
                last = index + 1
                at = last
                while at < end:
                    if _is_capital(self.words[at].text):
                        last = at + 1
                    elif self.low[at] not in _SMALL:
                        break
                    at += 1
                yield index, last
                index = last


def plainly(text: str) -> str:
    """Return a text that is all in capitals without them."""
    return text.title() if text.isupper() else text


def places_of(part: str, text: str) -> Iterator[int]:
    """Yield where `part` begins in a text, none within the one before."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))


def is_whole(text: str, start: int, end: int, more: str = "") -> bool:
    """Return whether a stretch of text is no part of a longer word; `more` joins words, too."""
    beside = text[max(start - 1, 0) : start] + text[end : end + 1]
    return not any(sign.isalnum() or sign in more for sign in beside)


def has_whole(text: str, part: str, more: str = "") -> bool:
    """Return whether `part` stands in `text` with no letter, figure or one of `more` beside it."""
    return any(is_whole(text, at, at + len(part), f"_{more}") for at in places_of(part, text))


def _of_neighbours(before: str, after: str) -> Iterator[str]:
    """Yield what the words before and after a name say of it."""
    front, back = _LAST_WORD.search(before), _NEXT_WORD.match(after)
    last, following = front[1].lower() if front else "", (back[1] or "").lower() if back else ""
    if last in _BEFORE_NAME:
        yield "r at"
    if last == "in":
        yield "r in"
    if last in {"a", "an", "as"} or following in {"will", "role", "position"}:
        yield "r role"
    if (back and back[2]) or following in _AFTER_NAME:
        yield "r does"


def _is_capital(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


@lru_cache(maxsize=8192)
def _of_neighbour(low: str) -> tuple[str, str, str, str]:
    """Return what a word says of the one two behind it, behind it, before it and two before it."""
    return f"w-2={low}", f"w-1={low}", f"w1={low}", f"w2={low}"


_OUTSIDE, _BEHIND = _of_neighbour("^"), _of_neighbour("$")


@lru_cache(maxsize=8192)
def _of_itself(low: str, word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a word says by itself, and what tables know of it."""
    own = (f"w={low}", f"s={low[-3:]}", f"s4={low[-4:]}", f"shape={_shape(word)}")
    return own, _known_of(word)


def _known_of(word: str) -> tuple[str, ...]:
    """Return what tables know of a word by itself."""
    known = {
        "job": names_job(word),
        "org": has_word(word, "organisation"),
        "town": is_town(word.lower()),
    }
    return tuple(name for name, is_so in known.items() if is_so)


def _shape(word: str) -> str:
    if word[0].isdigit():
        return "0"
    if not word[0].isalpha():
        return word[0]
    if word.isupper():
        return "AA" if len(word) > 1 else "A"
    return "Aa" if word[0].isupper() else "a"
