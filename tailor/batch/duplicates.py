"""The same job posted twice, perhaps with another date, place or boiler-plate."""

from __future__ import annotations

import hashlib
import string
import zlib
from array import array
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Share of the runs of four words that two postings have in common; see docs/batch.md.
THRESHOLD: Final = 0.7
LIMIT: Final = 1_000_000
_RUN = 4  # words
_HASHES = 128
_LONGEST = 200_000  # bytes of a text that are compared
_COMPARED = 100  # earlier postings of the same title and company, the latest first
# What is no letter parts words: dates and numbers of postings do not count. Bytes beyond ASCII
# are taken for letters.
_PARTS = (string.digits + string.punctuation + string.whitespace).encode()
_LETTERS = bytes.maketrans(
    string.ascii_uppercase.encode() + _PARTS,
    string.ascii_lowercase.encode() + b" " * len(_PARTS),
)


class Duplicates:
    """Finds for each posting an earlier one that is the same job.

    The same job has the same title and the same company, in words, and shares at least
    `THRESHOLD` of its runs of words, by an estimate (MinHash). The place does not count: the CV
    for it would be the same. Without a title all words must be the same. What is found depends
    on the postings and their order alone.

    Remembers the last `limit` postings at most, and at least half of them.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        if limit < 2:
            raise ValueError(f"limit must be at least 2, not {limit}")
        self._half = limit // 2
        self._new = _Remembered()
        self._old = _Remembered()

    def seen(self, name: str, text: str, title: str = "", company: str = "") -> str:
        """Return the name of the earlier posting that this one repeats, or "".

        A posting that repeats none is remembered under `name`.
        """
        words = _words(text)
        head = b" ".join(_words(title)), b" ".join(_words(company))
        exact = _key(*head, b" ".join(words))
        for remembered in (self._new, self._old):
            same = remembered.exact(exact)
            if same:
                return same
        block, signature = 0, b""
        if head[0] and len(words) >= _RUN:
            block, signature = _key(*head), _signature(words)
            for remembered in (self._new, self._old):
                same = remembered.alike(block, signature)
                if same:
                    return same
        if len(self._new) >= self._half:
            self._old, self._new = self._new, _Remembered()
        self._new.add(name, exact, block, signature)
        return ""


class _Remembered:
    """Postings in a few hundred bytes each: no object of Python's is held for one."""

    def __init__(self) -> None:
        self._names = bytearray()
        self._ends = array("Q")
        self._exact: dict[int, int] = {}
        self._blocks: dict[int, int] = {}
        self._signatures = bytearray()
        # For each posting with a signature: its number, and the one before in its block, or -1.
        self._numbers = array("L")
        self._before = array("l")

    def __len__(self) -> int:
        return len(self._ends)

    def add(self, name: str, exact: int, block: int, signature: bytes) -> None:
        if signature:
            self._before.append(self._blocks.get(block, -1))
            self._blocks[block] = len(self._numbers)
            self._numbers.append(len(self._ends))
            self._signatures += signature
        self._exact[exact] = len(self._ends)
        self._names += name.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._names))

    def exact(self, key: int) -> str:
        number = self._exact.get(key)
        return "" if number is None else self._name(number)

    def alike(self, block: int, signature: bytes) -> str:
        """Return the name of the most alike of a block, the first of these, if alike enough."""
        import numpy as np  # noqa: PLC0415 - each step imports what it needs

        places = list(islice(self._chain(block), _COMPARED))[::-1]
        if not places:
            return ""
        known = [
            np.frombuffer(self._signatures, np.uint8, _HASHES, place * _HASHES) for place in places
        ]
        equal = (np.stack(known) == np.frombuffer(signature, np.uint8)).mean(axis=1)
        best = int(equal.argmax())
        del known  # lets the bytes grow again
        # Of 256 values two are the same by chance once.
        if equal[best] < THRESHOLD + (1 - THRESHOLD) / 256:
            return ""
        return self._name(self._numbers[places[best]])

    def _chain(self, block: int) -> Iterator[int]:
        place = self._blocks.get(block, -1)
        while place >= 0:
            yield place
            place = self._before[place]

    def _name(self, number: int) -> str:
        start = self._ends[number - 1] if number else 0
        return self._names[start : self._ends[number]].decode("utf-8", "surrogatepass")


def _words(text: str) -> list[bytes]:
    return text.encode("utf-8", "surrogatepass")[:_LONGEST].translate(_LETTERS).split()


def _key(*parts: bytes) -> int:
    """Return a number of 64 bits for `parts`, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(b"\0".join(parts), digest_size=8).digest())


def _signature(words: list[bytes]) -> bytes:
    """Return the MinHash of all runs of words: of each hash's least value the last byte.

    Broder 1997; one byte of each, after Li and König 2010. Two signatures agree in as many bytes
    as the two sets of runs share, but for chance.
    """
    import numpy as np  # noqa: PLC0415 - each step imports what it needs

    factors, shifts = _hashes()
    hashed = np.fromiter(map(zlib.crc32, words), np.uint64, len(words))
    runs = np.zeros(len(words) - _RUN + 1, np.uint64)
    for place in range(_RUN):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + hashed[place : place + len(runs)]
        runs ^= runs >> np.uint64(29)
    # Half of the bits are enough, and twice as fast.
    short = (runs * np.uint64(0xBF58476D1CE4E5B9) >> np.uint64(32)).astype(np.uint32)
    least = (short * factors + shifts).min(axis=1)
    return bytes((least & np.uint32(255)).astype(np.uint8))


@cache
def _hashes() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return factors (odd) and shifts of the hash functions, each as a column."""
    import numpy as np  # noqa: PLC0415 - each step imports what it needs

    # Not NumPy's own stream of numbers, which may change with its version.
    digest = hashlib.shake_128(b"tailor").digest(8 * _HASHES)
    numbers = np.frombuffer(digest, "<u4").astype(np.uint32)[:, None]
    return numbers[:_HASHES] | np.uint32(1), numbers[_HASHES:]
