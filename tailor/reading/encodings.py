"""Decode bytes to text: Unicode by its marks, Windows and Mac encodings by their letters.

UTF-8 is tried first and strictly, since text in another encoding is hardly ever valid UTF-8. The
rest is mostly Western Windows or Mac text: the right encoding gives the letters of one language, a
wrong one gives letters and signs that never meet in a word. charset-normalizer, which counts
frequencies and so needs longer texts, is asked for other scripts only (docs/reading.md compares).
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import Final

from tailor.values.resources import data_toml

# UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_SCRIPTS: Final = (
    "cp1251 koi8_r mac_cyrillic cp866 cp1253 cp1255 cp1256 cp932 euc_jp gb18030 big5 cp949"
).split()
_SIGNS = "–—―‘’‚“”„…•·‹›«»€£¥¢§©®™°±µªº¹²³¼½¾×÷¿¡†‡¶\xa0\xad"
_ODD = re.compile(
    r"(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞŠŽŒŸ]"  # a capital inside a word: "MŸller"
    r"|(?<=[^\W\d_])[¡¢£¥§©«°±¶¹³»¼½¾¿×÷€†‡](?=[^\W\d_])"  # a sign inside a word
    r"|(?<!\w)[ÐÒÓÔÕÞ](?!\w)|£(?=[^\W\d_]{2})|¥(?=\s)"  # dashes, quotes and bullets misread
)
# More in a row than any Western word has.
_RUN = re.compile(r"(?:(?=[^\W\d_])[^\x00-\x7f]){3,}")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_STRAY_BYTE = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
_PLAIN = bytes(range(0x20, 0x7F)) + b"\t\r\n"

_MOST_CONTROLS = 0.01  # of the characters
_MOST_FOREIGN = 0.1  # of the characters beyond ASCII that no one language has
_MOST_BEYOND_ASCII = 0.3  # of the characters of Western text
_SURE = 3  # different letters
_ENOUGH = 50_000  # bytes for telling the encoding


def decode_text(data: bytes) -> str | None:
    """Return the text that `data` encodes, without byte order marks; None if it is not text.

    Known are UTF-8, UTF-16 with or without a mark, UTF-32 with one, the Windows
    encodings of Latin, Greek, Cyrillic, Hebrew, Arabic and East Asian scripts, Mac Roman,
    and some more. Single bytes that are Windows-1252 amidst UTF-8 are read as such.
    Text holds no NUL, and few other control characters.
    """
    text = _unicode(data)
    if text is None and b"\0" not in data:
        text = _mostly_utf8(data) or _legacy(data)
    return text.lstrip("\ufeff") if text is not None and _is_text(text) else None


def _legacy(data: bytes) -> str | None:
    sample = _sample(data)
    return _latin(data, sample) or _other_script(data, sample) or _western(data)


def _unicode(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _decode(data[len(mark) :], encoding)
            if text is not None:
                return text
    return _decode(data, "utf-8") if b"\0" not in data else _unmarked_utf16(data)


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(data: bytes) -> str | None:
    """Decode UTF-16 without a mark: every second byte of Western text, and of spaces, is NUL."""
    as_utf8 = _decode(data, "utf-8")
    if as_utf8 is not None and not as_utf8.isascii():
        return as_utf8  # hardly by chance: UTF-8 with stray NULs, which is no text
    if len(data) % 2 or len(data.translate(None, _PLAIN)) < 0.4 * len(data):
        return None  # nearly all bytes are ASCII: text with stray NULs, if any
    even, odd = data[::2].count(0), data[1::2].count(0)
    if 4 * min(even, odd) > max(even, odd) or 50 * max(even, odd) < len(data) // 2:
        return None
    text = _decode(data, "utf-16-be" if even > odd else "utf-16-le")
    return None if text is None or _NO_CHARACTER.search(text) else text


def _mostly_utf8(data: bytes) -> str | None:
    """Decode UTF-8 into which some bytes of Windows-1252 were pasted."""
    text = data.decode("utf-8", errors="surrogateescape")
    stray = len(_STRAY_BYTE.findall(text))
    sound = len(_NOT_ASCII.findall(text)) - stray
    return text.translate(_STRAY) if 0 < stray <= sound // 2 else None


_STRAY = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(128, 256)
}


def _latin(data: bytes, sample: bytes) -> str | None:
    """Decode by the first encoding that gives hardly any letter out of place, if one does."""
    beyond = len(_BEYOND_ASCII.findall(sample))
    letters = data_toml("alphabets.toml")
    faults = {
        encoding: _faults(text, letters[script], is_western=script == "western")
        for encoding, script in letters["encodings"].items()
        if (text := _decode(sample, encoding)) is not None
    }
    most = _MOST_FOREIGN * beyond
    best = min(faults, key=lambda encoding: faults[encoding], default="")  # the first of equals
    if faults.get("cp1252", most + 2) <= max(1, most):
        is_better = best and not faults[best] and _differences(sample, best) >= _SURE
        best = best if is_better else "cp1252"
    elif not best or faults[best] > most:
        return None
    return _decode(data, best)


def _faults(text: str, alphabets: list[str], *, is_western: bool) -> int:
    """Return how many characters are out of place in every language of the encoding."""
    counts = Counter(_NOT_ASCII.findall(text.lower()))
    foreign = min(
        sum(counts[letter] for letter in counts if letter not in alphabet + _SIGNS)
        for alphabet in alphabets
    )
    odd = sum(len(found) for found in _ODD.findall(text))
    if is_western:
        odd += sum(len(found) for found in _RUN.findall(text))
    return foreign + odd


def _differences(sample: bytes, encoding: str) -> int:
    """Return how many different bytes mean something else in Windows-1252."""
    return sum(
        (letter := bytes([byte])).decode(encoding) != letter.decode("cp1252", errors="replace")
        for byte in set(sample)
    )


def _other_script(data: bytes, sample: bytes) -> str | None:
    """Decode by a guess at encodings of scripts other than Latin."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  (hardly ever needed)

    for guess in from_bytes(sample, cp_isolation=_OTHER_SCRIPTS):
        text = _decode(data, guess.encoding)
        if text is not None:
            return text
    return None


def _sample(data: bytes) -> bytes:
    """Return lines that are not plain ASCII, enough for a guess that English would blur."""
    lines = b"\n".join(line for line in data.splitlines() if _BEYOND_ASCII.search(line))
    if len(lines) <= _ENOUGH:
        return lines
    whole = lines[:_ENOUGH].rpartition(b"\n")[0]  # a character has several bytes in some
    return whole or lines[:_ENOUGH].rpartition(b" ")[0] or lines[:_ENOUGH]


def _western(data: bytes) -> str | None:
    """Decode as Windows-1252, which fits almost any bytes, if most of them are ASCII."""
    if len(_BEYOND_ASCII.findall(data)) > _MOST_BEYOND_ASCII * len(data):
        return None
    return _decode(data, "cp1252")


def _is_text(text: str) -> bool:
    return "\0" not in text and len(_CONTROLS.findall(text)) <= _MOST_CONTROLS * len(text)
