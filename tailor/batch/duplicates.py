"""The same job posted twice, perhaps with another date, place or boiler-plate."""

from __future__ import annotations

import hashlib
import string
import zlib
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from tailor.batch.state import scratch

if TYPE_CHECKING:
    from datasketch import MinHash

# Share of the runs of four words that two postings have in common; see docs/batch.md.
THRESHOLD: Final = 0.7
_RUN = 4  # words
_HASHES = 128
_LONGEST = 200_000  # bytes of a text that are compared
_COMPARED = 100  # earlier postings of the same title and company, the latest first
# What is not a letter parts words: dates and numbers of postings do not count. Bytes beyond ASCII
# are taken for letters.
_PARTS = (string.digits + string.punctuation + string.whitespace).encode()
_LETTERS = bytes.maketrans(
    string.ascii_uppercase.encode() + _PARTS,
    string.ascii_lowercase.encode() + b" " * len(_PARTS),
)
_TABLE = """
CREATE TABLE seen (
    number INTEGER PRIMARY KEY, name BLOB, exact BLOB, head BLOB, signature BLOB
);
CREATE INDEX by_words ON seen (exact);
CREATE INDEX by_head ON seen (head, number);
"""


class Duplicates:
    """Finds for each posting an earlier one that is the same job.

    The same job has the same title and the same company, in words, and shares at least
    `THRESHOLD` of its runs of words, by an estimate (MinHash, Broder 1997). The place does not
    count: the CV for it would be the same. Without a title all words must be the same. What is
    found depends on the postings and their order alone.

    What was seen lies in a database, so memory does not grow with the number of postings.
    """

    def __init__(self) -> None:
        self._base = scratch(_TABLE)

    def seen(self, name: str, text: str, title: str = "", company: str = "") -> str:
        """Return the name of the earlier posting that this one repeats, or "".

        A posting that repeats none is remembered under `name`.
        """
        words, title_words, company_words = _words(text), _words(title), _words(company)
        head = _key(b" ".join(title_words), b" ".join(company_words))
        exact = _key(head, b" ".join(words))
        same = self._base.execute("SELECT name FROM seen WHERE exact = ?", (exact,)).fetchone()
        signature = None
        if same is None and title_words and len(words) >= _RUN:
            hashes = _min_hash(_runs(words))
            same = self._alike(head, hashes)
            signature = hashes.hashvalues.tobytes()
        if same is not None:
            return bytes(same[0]).decode("utf-8", "surrogatepass")
        row = (name.encode("utf-8", "surrogatepass"), exact, head, signature)
        self._base.execute(
            "INSERT INTO seen (name, exact, head, signature) VALUES (?, ?, ?, ?)", row
        )
        return ""

    def _alike(self, head: bytes, hashes: MinHash) -> tuple[bytes] | None:
        """Return the name of the most alike of this title and company, if alike enough."""
        found = self._base.execute(
            "SELECT name, signature FROM seen WHERE head = ? AND signature IS NOT NULL"
            " ORDER BY number DESC LIMIT ?",
            (head, _COMPARED),
        ).fetchall()
        best, most = None, THRESHOLD
        for name, signature in found:
            alike = hashes.jaccard(_min_hash(signature=signature))
            if alike >= most:  # of equals the first one
                best, most = (name,), alike
        return best


def _words(text: str) -> list[bytes]:
    return text.encode("utf-8", "surrogatepass")[:_LONGEST].translate(_LETTERS).split()


def _key(*parts: bytes) -> bytes:
    """Return a digest of 64 bits of `parts`, the same on every machine."""
    return hashlib.blake2b(b"\0".join(parts), digest_size=8).digest()


def _runs(words: list[bytes]) -> set[bytes]:
    runs = zip(*(words[start:] for start in range(_RUN)), strict=False)
    return set(map(b" ".join, runs))


def _min_hash(runs: Iterable[bytes] = (), signature: bytes | None = None) -> MinHash:
    """Return the MinHash of a set of runs of words, or the one whose `signature` was kept.

    Two of them agree in as many values as the two sets share, but for chance.
    """
    import numpy as np  # noqa: PLC0415 - only a batch needs these
    from datasketch import MinHash  # noqa: PLC0415

    # The scheme and a checksum as hash are the same on every machine, and fast.
    hashes = MinHash(
        _HASHES,
        hashfunc=zlib.crc32,
        hashvalues=None if signature is None else np.frombuffer(signature, np.uint32),
        permutations=_permutations(),
        scheme="affine32",
    )
    hashes.update_batch(runs)
    return hashes


@cache
def _permutations() -> Any:  # noqa: ANN401 - datasketch has no types
    from datasketch import MinHash  # noqa: PLC0415

    return MinHash(_HASHES, scheme="affine32").permutations
