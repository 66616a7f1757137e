"""Files that nobody meant: bytes of sound ones, changed at random; the same for the same seed."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from structured import structured

_IN_FORM = 0.5  # of what is changed
LARGEST = 400_000  # bytes; longer ones are for the tests of bounds
_TOKENS = tuple(
    token.encode("utf-8", "surrogatepass")
    for token in (
        # Text and Markdown
        *("\0", "\r", "\n", "\n\n", "\t", "\x0b", "\x0c", "\x1b[31m", "\x85", "\u2028", "\ufeff"),
        *("\u202e", "\u200b", "\ufffe", "\ud800", "İ", "ß", "ﬀ", "\U0001f600", "e\u0301", "٣"),
        *("# ", "## ", "### ", "- ", "* ", "1. ", "**", "_", "`", "[", "](", "<", ">", "|"),
        *("<!--", "-->", "<b>", "</div>", "&#0;", "&amp;", "&#x110000;", "![", "<br>", "```"),
        *("Experience", "Education", "Skills", "Languages", "2019 – Present", "00/0000"),
        *("Requirements", "About us", "$100,000", "5+ years", "http://", "a@b.c", "•", "–", ": "),
        # Data
        *("{", "}", "]", "null", "true", "1e999", "-0", "NaN", '"', "'", "\\u0000", "\\ud800", ","),
        *(": ", "&a ", "*a ", "!!python/object:os.system ", "? ", "|\n", "%YAML", "---\n", "..."),
        *("= ", "[[", '"""', "1979-05-27T07:32:00Z", "0x", "inf", "9" * 400, "sep=;\n", '""', ";"),
        # Pages and Word files
        *("<script>", "<style>", "<table>", "<tr>", "<td>", "<li>", "<ul>", "<h1>", "<![CDATA["),
        *('<script type="application/ld+json">', '{"@type": "JobPosting"}', "<!DOCTYPE", "&x;"),
        *("<w:p>", "</w:p>", "<w:r>", "<w:t>", "</w:t>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:tab/>"),
        *('w:val="', "<w:fldChar/>", "<w:instrText>", '"-1"', '"99999999999"', '""', "mc:"),
        # PDFs
        *("obj", "endobj", "stream", "endstream", "R", "/Kids", "/Count", "/Length", "<<", ">>"),
        *("BT", "ET", "Tj", "TJ", "Tf", "Td", "Tm", "/Type", "xref", "trailer", "%%EOF", "-1 0"),
    )
)  # fmt: skip


def mutated(seeds: Sequence[bytes], random: Random) -> bytes:
    """Return one of `seeds`, changed in a few places; of a zip file the members are changed.

    Half of what has a form is changed in it, and a part of that in its bytes as well.
    """
    data = random.choice(seeds)
    if data.startswith(b"PK") and random.random() < 0.8:
        try:
            return _zip_changed(data, random)
        # struct.error: names longer than a zip file can have.
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
            pass
    if random.random() < _IN_FORM and (formed := structured(data, random)) is not None:
        return formed[:LARGEST] if random.random() < 0.8 else _changed(formed, seeds, random)
    return _changed(data, seeds, random)


def _zip_changed(data: bytes, random: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(random.choice((1, 1, 2, 4))):
        number = random.randrange(len(members))
        name, content = members[number]
        chance = random.random()
        formed = structured(content, random) if random.random() < _IN_FORM else None
        if formed is not None:
            members[number] = name, formed[:LARGEST]
        elif chance < 0.85:
            members[number] = name, _changed(content, [c for _, c in members], random)
        elif chance < 0.9:
            members[number] = (
                _changed(name.encode(), [], random).decode("utf-8", "replace"),
                content,
            )
        elif chance < 0.95 and len(members) > 1:
            members.pop(number)
        else:
            members.append((random.choice(members)[0] + random.choice(("", "/x", ".zip")), content))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number, (name, content) in enumerate(dict(members).items()):
            # What stands before a zero byte is the name.
            archive.writestr(name if name.partition("\0")[0] else str(number), content)
    return stream.getvalue()


def _changed(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    for _ in range(random.choice((1, 1, 1, 2, 3, 5, 8, 20))):
        data = random.choice(_CHANGES)(data, others, random)
    return data[:LARGEST]


def _place(data: bytes, random: Random) -> tuple[int, int]:
    """Return the ends of a stretch, mostly a short one."""
    start = random.randrange(len(data) + 1)
    length = random.choice((1, 1, 2, 4, 8, 30, 100, 1000))
    return start, min(start + random.randint(0, length), len(data))


def _insert(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    start, _ = _place(data, random)
    return data[:start] + random.choice(_TOKENS) + data[start:]


def _replace(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    start, end = _place(data, random)
    return data[:start] + random.choice(_TOKENS) + data[end:]


def _delete(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    start, end = _place(data, random)
    return data[:start] + data[end:]


def _flip(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    if not data:
        return data
    place = random.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << random.randrange(8)]) + data[place + 1 :]


def _noise(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    start, end = _place(data, random)
    return data[:start] + random.randbytes(end - start) + data[end:]


def _repeat(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    start, end = _place(data, random)
    times = random.choice((2, 2, 3, 10, 100, 1000))
    return data[:start] + data[start:end] * min(times, LARGEST // max(end - start, 1)) + data[end:]


def _move(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    start, end = _place(data, random)
    rest, piece = data[:start] + data[end:], data[start:end]
    to = random.randrange(len(rest) + 1)
    return rest[:to] + piece + rest[to:]


def _lines(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    """Put lines into another order, double some, leave some out."""
    lines = data.split(b"\n")
    start = random.randrange(len(lines))
    some = lines[start : start + random.randint(1, 8)]
    random.shuffle(some)
    end = start + random.choice((0, len(some), len(some)))
    return b"\n".join(lines[:start] + some + lines[end:])


def _splice(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    """Put a stretch of another file in."""
    if not others:
        return data
    other = random.choice(others)
    start, end = _place(other, random)
    to, until = _place(data, random)
    return data[:to] + other[start:end] + data[until:]


def _cut(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)] if random.random() < 0.3 else data


def _number(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    """Change a digit, or make a number of it that nobody expects."""
    places = [at for at in range(len(data)) if 48 <= data[at] < 58][:5000]
    if not places:
        return data
    at = random.choice(places)
    new = random.choice((b"0", b"9", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"."))
    return data[:at] + new + data[at + 1 :]


def _recode(data: bytes, _others: Sequence[bytes], random: Random) -> bytes:
    """Save text in another encoding."""
    if random.random() < 0.8:
        return data
    text = data.decode("utf-8", "replace")
    encoding = random.choice(("utf-16", "utf-16-le", "latin-1", "cp1252", "utf-8-sig", "utf-7"))
    return text.encode(encoding, "replace")


_CHANGES: tuple[Callable[[bytes, Sequence[bytes], Random], bytes], ...] = (
    *(_insert, _insert, _insert, _replace, _replace, _delete, _delete, _flip, _flip, _noise),
    *(_repeat, _repeat, _move, _lines, _lines, _splice, _splice, _cut, _number, _recode),
)
