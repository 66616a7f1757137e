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
from functools import cached_property, lru_cache
from itertools import chain, islice
from typing import NamedTuple

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
from tailor.values.resources import field_tagger

MODEL_FILE = "posting/names.crfsuite"
TITLE, COMPANY, PLACE = "T", "C", "P"
_UNTAGGED = "O"
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
_PLACED = ("pe=", "r job", "r org", "r all")
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
        if (not line.is_item or (index < 8 and len(line.text) < 60))
        and (index < _MOST_LINES or index >= len(lines) - _LAST_LINES)
    ]
    found: list[list[Word]] = []
    count = 0
    for place, index in enumerate(shown):
        if count > _MOST_WORDS and place < len(shown) - _LAST_LINES:
            continue
        tokens = islice(_TOKEN.finditer(lines[index].text), _MOST_OF_LINE)
        if words := [Word(token[0], index, token.start(), token.end()) for token in tokens]:
            found.append(words)
            count += len(words)
    return found


def find_names(lines: Sequence[PostingLine]) -> list[Named]:
    """Return the names of the job, the employer and the place, in the order of the text.

    Behind them come other capital words that are likelier an employer, or a known town, than most.
    """
    by_line = words_looked_at(lines)
    words = [word for row in by_line for word in row]
    if not words:
        return []
    tagger = field_tagger(MODEL_FILE)
    tagger.set(describe(lines, by_line))
    tags = tagger.tag()
    found: list[Named] = []
    unsure: list[Named] = []
    for kind, places in _stretches(words, tags):
        first, last = words[places[0]], words[places[-1]]
        text = lines[first.line].text[first.start : last.end]
        if kind != _UNTAGGED:
            sure = min(tagger.marginal(tags[at], at) for at in places)
            if text := text.strip(" ,;:-–—|"):
                found.append(Named(text, kind, first.line, first.start, sure))
            continue
        for likely in (COMPANY, PLACE) if is_town(text) else (COMPANY,):
            shares = [
                sum(tagger.marginal(f"{mark}-{likely}", at) for mark in "BI") for at in places
            ]
            share = max(shares) if first.text == "The" else min(shares)
            if share > (_LEAST_OF_TOWN if likely == PLACE else _LEAST):
                unsure.append(Named(text, likely, first.line, first.start, share))
    return [*found, *unsure]


def _stretches(words: Sequence[Word], tags: Sequence[str]) -> list[tuple[str, list[int]]]:
    """Return the names that are tagged, and the capital words between, as places in `words`."""
    found: list[tuple[str, list[int]]] = []
    above = ("", -1)
    for at, (word, tag) in enumerate(zip(words, tags, strict=True)):
        kind = tag[-1] if tag != _UNTAGGED or _is_capital(word.text) else ""
        if kind and (kind, word.line) == above and not tag.startswith("B"):
            found[-1][1].append(at)
        elif kind:
            found.append((kind, [at]))
        above = kind, word.line
    return found


def describe(lines: Sequence[PostingLine], by_line: Sequence[Sequence[Word]]) -> list[list[str]]:
    """Return the features of each word of the lines looked at."""
    text = "\n".join(line.text for line in lines)
    low = text.lower()
    views = [_LineView(lines[row[0].line], row, text, low) for row in by_line]
    judge([_plainly(text) for view in views for text in view.texts if text])
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
        # The text of each piece that may be a name, "" for the others.
        self.texts = [
            "" if end - start > _LONGEST_PIECE and not self.is_short else self._text(start, end)
            for start, end in self.pieces
        ]
        plain = line.text.strip(" :").lower()
        self.label = plain if len(plain.split()) <= _LABEL_WORDS and plain[:1].isalpha() else ""

    @cached_property
    def kinds(self) -> list[tuple[str, int]]:
        """What each piece looks like, and how surely: 0 to 3."""
        return [_kind_of(text) for text in self.texts]

    @cached_property
    def look(self) -> str:
        """What the line looks like: a usual heading, running text, or as its first piece does."""
        cues = find_cues(self.line.text)
        if is_usual_heading(cues):
            return f"h:{heading_kind(self.line.text)}"
        if not self.is_short:
            return "prose"
        end = "." if self.line.text[-1] in ".!" else ""
        return f"{self.kinds[0][0] if self.kinds else '-'}{end}"

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

    def _text(self, start: int, end: int) -> str:
        return self.line.text[self.words[start].start : self.words[end - 1].end]

    def described(self, around: Sequence[str], index: int) -> list[list[str]]:
        """Return the features of each word, with those of the line, which is the `index`th."""
        front = [*around, *self._of_line()]
        found = [[*front, *self._of_word(at)] for at in range(len(self.words))]
        for start, end, said in chain(self._of_pieces(), self._of_runs()):
            # What it looks like, together with how far down its line stands.
            placed = [f"{told}@{min(index, 4)}" for told in said if told.startswith(_PLACED)]
            for at in range(start, end):
                found[at] += said + placed
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

    def _of_word(self, at: int) -> Iterator[str]:
        """Yield the features of a word by itself and by those beside it."""
        yield from _of_itself(self.words[at].text)
        for step in (-2, -1, 1, 2):
            yield f"w{step}={self._low_at(at + step)}"
        if at:
            yield f"shape-={_shape(self.words[at - 1].text)}"
        if at + 1 < len(self.words):
            yield f"shape+={_shape(self.words[at + 1].text)}"
        yield f"pos={min(at, 4)}"

    def _low_at(self, at: int) -> str:
        if at < 0:
            return "^"
        return self.low[at] if at < len(self.low) else "$"

    def _of_pieces(self) -> Iterator[tuple[int, int, list[str]]]:
        """Yield what is said of the words of each piece by it, and by its neighbours."""
        label = ""
        for nth, (start, end) in enumerate(self.pieces):
            kind, sure = self.kinds[nth]
            said = [
                f"pe={kind}",
                f"pe={kind}{sure}",
                f"nth={min(nth, 3)}",
                f"of={min(len(self.pieces), 5)}",
                f"pe-={self.kinds[nth - 1][0] if nth else '^'}",
                f"pe+={self.kinds[nth + 1][0] if nth + 1 < len(self.kinds) else '$'}",
                f"sep={self._low_at(start - 1)}",
            ]
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
            after = self._low_at(end)
            said = [f"rl={min(end - start, 5)}", f"rb={self._low_at(start - 1)}", f"ra={after}"]
            if start == 0 or self._ends_sentence(start - 1):
                begins = "rs" if start or len(self.words) > end else "r all"
                said += [begins, f"{begins} {after[-1]}", f"{begins} {after}"]
            if start and self.low[start - 1] in {"a", "an", "the", "in", "at", "for", "as"}:
                said.append(f"rb2={self._low_at(start - 2)}")
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
        for at in islice(_places_of(said, text), _MOST_PLACES):
            end = at + len(said)
            if _is_whole(text, at, end):
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


def _kind_of(piece: str) -> tuple[str, int]:
    """Return what a piece looks like, and how surely: 0 to 3."""
    if not piece:
        return "-", 0
    row = probabilities(_plainly(piece))[_COLUMNS]
    best = int(row.argmax())
    share = float(row[best] / (sum(row) or 1))
    return _EVIDENCE[best], int(min(share, 0.99) * 4)


def _plainly(text: str) -> str:
    """Return a text that is all in capitals without them."""
    return text.title() if text.isupper() else text


def _places_of(part: str, text: str) -> Iterator[int]:
    """Yield where `part` begins in a text, none within the one before."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))


def _is_whole(text: str, start: int, end: int, joins: str = "") -> bool:
    """Return whether no letter, figure or one of `joins` stands beside a stretch of text."""
    beside = text[max(start - 1, 0) : start] + text[end : end + 1]
    return not any(sign.isalnum() or sign in joins for sign in beside)


def has_whole(text: str, part: str, more: str = "") -> bool:
    """Return whether `part` stands in `text` with no letter, figure or one of `more` beside it."""
    return any(_is_whole(text, at, at + len(part), f"_{more}") for at in _places_of(part, text))


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
def _of_itself(word: str) -> tuple[str, ...]:
    """Return what a word says by itself, and what tables know of it."""
    low = "#" if word.isdigit() else word.lower()
    known = {
        "job": names_job(word),
        "org": has_word(word, "organisation"),
        "town": is_town(word.lower()),
    }
    return (
        f"w={low}",
        f"s={low[-3:]}",
        f"s4={low[-4:]}",
        f"shape={_shape(word)}",
        *(name for name, is_so in known.items() if is_so),
    )


def _shape(word: str) -> str:
    if word[0].isdigit():
        return "0"
    if not word[0].isalpha():
        return word[0]
    if word.isupper():
        return "AA" if len(word) > 1 else "A"
    return "Aa" if word[0].isupper() else "a"
