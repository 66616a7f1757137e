"""The same job posted twice, perhaps with another date, place or boiler-plate."""

from __future__ import annotations

import hashlib
import json
import string
import zlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from tailor.batch.same_job import Said, ask_alike, may_be_one, said_of, title_words
from tailor.batch.state import scratch
from tailor.batch.values import PostingItem
from tailor.reading.encodings import decode_text
from tailor.reading.files import Content

if TYPE_CHECKING:
    from datasketch import MinHash

# Share of the runs of four words that two postings have in common, from which they are compared.
ALIKE: Final = 0.5
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
    string.ascii_uppercase.encode() + _PARTS,
    string.ascii_lowercase.encode() + b" " * len(_PARTS),
)
_TABLE = """
CREATE TABLE seen (
    number INTEGER PRIMARY KEY, item BLOB, exact BLOB UNIQUE, content BLOB, signature BLOB
);
CREATE TABLE bands (band INTEGER, number INTEGER, PRIMARY KEY (band, number)) WITHOUT ROWID;
"""


class Duplicates:
    """Finds for each posting an earlier one that is the same job.

    The same job has the same title and company, and asks for the same (`same_job.py`). Only
    postings that share about `ALIKE` of their runs of words, by an estimate (MinHash, Broder
    1997), are read and compared. The place does not count: the CV for it would be the same. What
    is found depends on the postings and their order alone.

    What was seen lies in a database, so memory does not grow with the number of postings.
    """

    def __init__(self) -> None:
        self._base = scratch(_TABLE)
        self._said = lru_cache(maxsize=_READ)(self._read)
        self._number = 0
        self._item_now = PostingItem("", b"")

    def seen(self, item: PostingItem) -> str:
        """Return the name of the earlier posting that `item` repeats, or "".

        A posting that repeats none is remembered.
        """
        text = decode_text(item.content) or ""
        exact = _key(item.title, item.company, " ".join(text.casefold().split()), item.content)
        same = self._base.execute("SELECT item FROM seen WHERE exact = ?", (exact,)).fetchone()
        if same:
            return str(json.loads(same[0])[0])
        self._number += 1
        self._item_now = item
        runs = _runs(_words(text))
        hashes = _min_hash(runs) if runs else None
        bands = _bands(hashes) if hashes else []
        if hashes:
            for other in self._alike(item, hashes, bands):
                if self._is_one(other):
                    return self._item(other).name
        self._remember(item, exact, hashes, bands)
        return ""

    def _remember(
        self, item: PostingItem, exact: bytes, hashes: MinHash | None, bands: list[int]
    ) -> None:
        fields = json.dumps([item.name, item.title, item.company])
        kept = (zlib.compress(item.content, 1), hashes.hashvalues.tobytes()) if hashes else ("", "")
        self._base.execute(
            "INSERT INTO seen VALUES (?, ?, ?, ?, ?)", (self._number, fields, exact, *kept)
        )
        self._base.executemany(
            "INSERT INTO bands VALUES (?, ?)", [(band, self._number) for band in bands]
        )

    def _alike(self, item: PostingItem, hashes: MinHash, bands: list[int]) -> list[int]:
        """Return the earlier postings that share enough with `item`, the most alike first."""
        rows = self._base.execute(
            "SELECT number, item, signature FROM seen WHERE number IN"
            " (SELECT number FROM bands WHERE band IN (SELECT value FROM json_each(?)))",
            (json.dumps(bands),),
        )
        title = title_words(item.title)
        shares = [
            (hashes.jaccard(_min_hash(signature=kept)), other)
            for other, fields, kept in rows
            if not title or title_words(json.loads(fields)[1]) in {(), title}
        ]
        best = sorted((-share, other) for share, other in shares if share >= ALIKE)
        return [other for _, other in best[:_COMPARED]]

    def _is_one(self, number: int) -> bool:
        """Return whether the posting at hand is one job with an earlier one."""
        one, other = self._said(self._number), self._said(number)
        if one is None or other is None:
            return False
        return may_be_one(one, other) and ask_alike(one, other)

    def _read(self, number: int) -> Said | None:
        from tailor.reading.posting_reader import posting_of  # noqa: PLC0415

        item = self._item(number)
        try:
            posting = posting_of(Content(item.name, item.content, "posting"))
            return said_of(
                replace(
                    posting,
                    title=item.title or posting.title,
                    company=item.company or posting.company,
                )
            )
        except Exception:  # noqa: BLE001 - its worker meets the same error, and tells it
            return None

    def _item(self, number: int) -> PostingItem:
        if number == self._number:
            return self._item_now
        fields, content = self._base.execute(
            "SELECT item, content FROM seen WHERE number = ?", (number,)
        ).fetchone()
        name, title, company = json.loads(fields)
        return PostingItem(name, zlib.decompress(content) if content else b"", title, company)


def _words(text: str) -> list[bytes]:
    return text.encode("utf-8", "surrogatepass")[:_LONGEST].translate(_LETTERS).split()


def _key(title: str, company: str, text: str, content: bytes) -> bytes:
    """Return a digest, the same on every machine: of a text its words, else its bytes."""
    said = text.encode("utf-8", "surrogatepass") or content
    return _digest(json.dumps([title, company]).encode() + said, 16)


def _bands(hashes: MinHash) -> list[int]:
    """Return numbers of which two texts that share `ALIKE` mostly have one in common."""
    values = hashes.hashvalues
    return [
        # The number of the band tells apart hashes that stand elsewhere.
        int.from_bytes(_digest(b"%d " % at + values[at : at + _ROWS].tobytes(), 7), "big")
        for at in range(0, _HASHES - _ROWS + 1, _ROWS)
    ]


def _digest(content: bytes, size: int) -> bytes:
    return hashlib.blake2b(content, digest_size=size).digest()


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
