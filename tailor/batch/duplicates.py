"""The same job posted twice: known by what is asked for, whatever the date or the place."""

from __future__ import annotations

import hashlib
import json
import re
import string
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from tailor.batch.state import scratch
from tailor.batch.values import PostingItem
from tailor.matching.requirements import find_requirements
from tailor.reading.cv.names import is_place, is_town
from tailor.reading.encodings import decode_text
from tailor.values.cleaning import folded
from tailor.values.posting import Posting
from tailor.values.resources import data_table, data_toml

if TYPE_CHECKING:
    from datasketch import MinHash


# Whether two postings ask for the same

# A line has a counterpart where at least so much of its words is the same, of 100.
_ALIKE = 70
# As alike are two spellings of one word, such as singular and plural.
_SPELT_ALIKE = 85
# Words that ask for nothing.
_LIGHT = frozenset(
    "a an and are as at be both by etc for from has have in including is it its of on or other our"
    " that the their this to us we well who will with you your".split()
)
_WORD = re.compile(r"[^\W_][\w+#]*(?:[.'’/-][^\W_][\w+#]*)*")
_NUMBER_OF_JOB = re.compile(r"\d{3,}")
_LEGAL = frozenset(
    "inc incorporated llc llp ltd limited gmbh ag se sa sas srl bv nv ab oy plc corp co".split()
)


@dataclass(frozen=True, slots=True)
class Said:
    """What is compared of a posting: the words of its title, company, asking and other lines."""

    title: tuple[str, ...]
    company: tuple[str, ...]
    asks: tuple[str, ...]
    lines: tuple[str, ...]
    whole: str


def said_of(posting: Posting) -> Said:
    """Return what is compared of `posting`."""
    lines = tuple(line.text for line in posting.lines)
    asks = (need.text for need in find_requirements(posting) if need.line)
    return Said(
        title_words(posting.title),
        tuple(word for word in words_of(posting.company) if word not in _LEGAL),
        tuple(dict.fromkeys((*asks, *filter(_names_a_language, lines)))),
        lines,
        f" {' '.join(words_of(' '.join(lines)))} ",
    )


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of `text`, in one case; numbers and names such as "C++" are words."""
    return tuple(_WORD.findall(text.casefold()))


def title_words(title: str) -> tuple[str, ...]:
    """Return the words of a title, without the number that a job has in a firm's books."""
    return tuple(word for word in words_of(title) if not _NUMBER_OF_JOB.fullmatch(word))


def may_be_one(one: Said, other: Said) -> bool:
    """Return whether titles and companies allow two postings to be one job.

    What one of them does not tell stands against nothing. A company may be called by the
    beginning of its name.
    """
    shorter = min(len(one.company), len(other.company))
    return (not one.title or not other.title or one.title == other.title) and (
        one.company[:shorter] == other.company[:shorter]
    )


def ask_alike(one: Said, other: Said) -> bool:
    """Return whether two postings ask for the same.

    Each line that asks has a counterpart in the other, which differs from it in light words,
    places and spelling alone. Where nothing is asked for, as in another language, all words must
    be the same.
    """
    if not one.asks and not other.asks:
        return one.whole == other.whole
    known = frozenset((*one.title, *other.title, *one.company, *other.company))
    return all(_has_all(mine, yours, known) for mine, yours in ((one, other), (other, one)))


def _has_all(mine: Said, yours: Said, known: frozenset[str]) -> bool:
    lines = [words_of(line) for line in yours.lines]
    for ask in mine.asks:
        words = words_of(ask)
        if f" {' '.join(words)} " in yours.whole:
            continue
        found = process.extractOne(words, lines, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if found is None or not _says_the_same(words, found[0], known):
            return False
    return True


def _says_the_same(ask: Sequence[str], line: Sequence[str], known: frozenset[str]) -> bool:
    """Return whether two lines differ in light words, places and spelling alone."""
    mine, yours = Counter(ask) - Counter(line), Counter(line) - Counter(ask)
    apart = _LIGHT | known
    left = [
        [word for word in words.elements() if word not in apart and not _is_place(word)]
        for words in (mine, yours)
    ]
    return all(
        any(fuzz.ratio(word, other) >= _SPELT_ALIKE and word.isalpha() for other in left[1 - side])
        for side, words in enumerate(left)
        for word in words
    )


def _is_place(word: str) -> bool:
    """Return whether a word is a place, and not also the name of a tool, such as "Julia"."""
    return (is_town(word) or is_place(word.title())) and word not in _tools()


def _names_a_language(line: str) -> bool:
    """Return whether a line may ask for a language, wherever in the posting it stands."""
    return not _languages().isdisjoint(re.findall(r"\b[A-Z]\w+", line))


@cache
def _languages() -> frozenset[str]:
    return frozenset(data_toml("languages.toml")["names"])


@cache
def _tools() -> frozenset[str]:
    return frozenset(name for row in data_table("skill_aliases.tsv") for name in row.values())


# Which of many postings to compare

# Share of the runs of four words that two postings have in common, from which they are compared.
ALIKE: Final = 0.5
Hashes = NDArray[np.uint32]
_RUN = 4  # words
_HASHES = 128
_ROWS = 5  # hashes of a band
_LONGEST = 200_000  # bytes of a text that are compared
_COMPARED = 5  # earlier postings, the most alike first
_READ = 64  # postings that are held as read
# What is not a letter parts words: dates and numbers of postings do not count. Bytes beyond ASCII
# are taken for letters.
_PARTS = (string.digits + string.punctuation + string.whitespace).encode()
_LETTERS = bytes.maketrans(
    string.ascii_uppercase.encode() + _PARTS, string.ascii_lowercase.encode() + b" " * len(_PARTS)
)
_TABLE = """
CREATE TABLE seen (
    number INTEGER PRIMARY KEY, item BLOB, exact BLOB UNIQUE, content BLOB, signature BLOB
);
CREATE TABLE bands (band INTEGER, number INTEGER, PRIMARY KEY (band, number)) WITHOUT ROWID;
"""


class Duplicates:
    """Finds for each posting an earlier one that is the same job.

    The same job has the same title and company, and asks for the same (`ask_alike`). Only
    postings that share about `ALIKE` of their runs of words, by an estimate (MinHash, Broder
    1997), are read and compared. The place does not count: the CV for it would be the same. What
    is found depends on the postings and their order alone.

    What was seen lies in a database, so memory does not grow with the number of postings.
    """

    def __init__(self) -> None:
        self._base = scratch(_TABLE)
        # A posting comes once more for each further CV.
        self.seen = lru_cache(maxsize=1)(self._seen)

    def _seen(self, item: PostingItem) -> str:
        """Return the name of the earlier posting that `item` repeats, or "".

        A posting that repeats none is remembered. None repeats itself.
        """
        text = decode_text(item.content) or ""
        said = folded(text).encode("utf-8", "surrogatepass")
        # The same on every machine: of a text its words, else its bytes.
        named = json.dumps([item.title, item.company]).encode()
        exact = _digest(named + (said or item.content), 16)
        same = self._base.execute("SELECT item FROM seen WHERE exact = ?", (exact,)).fetchone()
        if same:
            name = str(json.loads(same[0])[0])
            return "" if name == item.name else name
        words = text.encode("utf-8", "surrogatepass")[:_LONGEST].translate(_LETTERS).split()
        runs = set(map(b" ".join, zip(*(words[start:] for start in range(_RUN)), strict=False)))
        hashes = _min_hash(runs)
        bands = _bands(hashes) if runs else []
        for earlier in self._alike(title_words(item.title), hashes, bands):
            other = self._remembered(earlier)
            mine, its = _said(item), _said(other)
            if mine and its and may_be_one(mine, its) and ask_alike(mine, its):
                return other.name
        content = zlib.compress(item.content, 1) if runs else b""
        number = self._base.execute(
            "INSERT INTO seen (item, exact, content, signature) VALUES (?, ?, ?, ?)",
            (json.dumps((item.name, item.title, item.company)), exact, content, hashes.tobytes()),
        ).lastrowid
        self._base.executemany(
            "INSERT INTO bands VALUES (?, ?)", [(band, number) for band in bands]
        )
        return ""

    def _alike(self, title: Sequence[str], hashes: Hashes, bands: list[int]) -> list[int]:
        """Return the earlier postings that share enough of these hashes, the most alike first."""
        rows = self._base.execute(
            "SELECT number, item, signature FROM seen WHERE number IN"
            " (SELECT number FROM bands WHERE band IN (SELECT value FROM json_each(?)))",
            (json.dumps(bands),),
        )
        # Two sets share as much as two of their signatures agree, but for chance.
        shares = [
            (int((hashes == np.frombuffer(kept, hashes.dtype)).sum()) / _HASHES, number)
            for number, fields, kept in rows
            if not title or title_words(json.loads(fields)[1]) in {(), title}
        ]
        best = sorted((-share, number) for share, number in shares if share >= ALIKE)
        return [number for _, number in best[:_COMPARED]]

    def _remembered(self, number: int) -> PostingItem:
        """Return an earlier posting, whose place does not count."""
        fields, content = self._base.execute(
            "SELECT item, content FROM seen WHERE number = ?", (number,)
        ).fetchone()
        name, title, company = json.loads(fields)
        return PostingItem(name, zlib.decompress(content), title, company)


@lru_cache(maxsize=_READ)
def _said(item: PostingItem) -> Said | None:
    """Return what is compared of a posting; None for one that cannot be read."""
    try:
        return said_of(item.read())
    except Exception:  # noqa: BLE001 - its worker meets the same error, and tells it
        return None


def _bands(hashes: Hashes) -> list[int]:
    """Return numbers of which two texts that share `ALIKE` mostly have one in common."""
    return [
        # The number of the band tells apart hashes that stand elsewhere.
        int.from_bytes(_digest(b"%d " % at + hashes[at : at + _ROWS].tobytes(), 7), "big")
        for at in range(0, _HASHES - _ROWS + 1, _ROWS)
    ]


def _digest(content: bytes, size: int) -> bytes:
    return hashlib.blake2b(content, digest_size=size).digest()


def _min_hash(runs: Iterable[bytes]) -> Hashes:
    """Return the signature (MinHash) of a set of runs of words."""
    hashes = _no_runs().copy()
    hashes.update_batch(runs)
    values: Hashes = hashes.hashvalues
    return values


@cache
def _no_runs() -> MinHash:
    # The scheme and a checksum as hash are the same on every machine, and fast.
    from datasketch import MinHash  # noqa: PLC0415 - takes its time, and only a batch needs it

    return MinHash(_HASHES, hashfunc=zlib.crc32, scheme="affine32")
