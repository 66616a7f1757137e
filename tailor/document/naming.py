"""A file name that says whose CV it is and for what, and that every file system takes."""

from __future__ import annotations

import re
import unicodedata

_SUFFIX = ".docx"
_MAX_CHARACTERS = 120
_MAX_BYTES = 240  # the common limit is 255
_FALLBACK = "CV"
_RESERVED = re.compile(r"CON|PRN|AUX|NUL|CONIN|CONOUT|COM[0-9]|LPT[0-9]", re.IGNORECASE)
_APOSTROPHES = frozenset("'\u2019\u02bc")
# Latin letters that Unicode does not take apart.
_LATIN = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L",
    "ħ": "h", "Ħ": "H", "ı": "i", "ŋ": "n", "Ŋ": "N", "ŧ": "t", "Ŧ": "T",
}  # fmt: skip
_UNSEEN_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")


def file_name(person: str, company: str, role: str) -> str:
    """Return ``First_Last_Company_Role.docx``, at most 120 characters and 240 bytes long.

    Latin letters lose their accents, letters and digits of other scripts stay,
    all else becomes ``_``. Words that are too many are left out from the end.
    """
    words = [word for part in (person, company, role) for word in _words(part)]
    stem = _fitting(words) or _FALLBACK
    if _RESERVED.fullmatch(stem):
        stem = f"{stem}_{_FALLBACK}"
    return stem + _SUFFIX


def folder_name(company: str, role: str, ending: str) -> str:
    """Return ``Company_Role_ending``, in the same letters and as short as a file's name.

    What is too long is cut before `ending`, which tells folders of the same words apart.
    """
    words = [word for part in (company, role) for word in _words(part)]
    stem = _fitting(words, f"_{ending}{_SUFFIX}")
    return f"{stem}_{ending}" if stem else ending


def _words(part: str) -> list[str]:
    spelt = ""
    for character in unicodedata.normalize("NFC", part):
        is_mark = unicodedata.category(character)[0] == "M"
        # Marks are vowels in the scripts of India; after ASCII they are accents.
        if not is_mark or (spelt and not spelt[-1].isascii()):
            spelt += _spelling(character)
    return [unicodedata.normalize("NFC", word) for word in spelt.split("_") if word]


def _spelling(character: str) -> str:
    """The character as file names have it; ``_`` for what separates words."""
    if character in _APOSTROPHES:
        return ""
    if character in _LATIN:
        return _LATIN[character]
    bases = "".join(
        base for base in unicodedata.normalize("NFKD", character) if not unicodedata.combining(base)
    )
    if bases.isascii() and bases.isalnum():
        return bases
    is_kept = unicodedata.category(character)[0] in "LM" or character.isdecimal()
    return character if is_kept and character not in _UNSEEN_LETTERS else "_"


def _fitting(words: list[str], ending: str = _SUFFIX) -> str:
    """As many of the words as the name has room for; of an over-long first one, its beginning."""
    for count in range(min(len(words), _MAX_CHARACTERS), 0, -1):
        stem = "_".join(words[:count])
        if _fits(stem + ending):
            return stem
    stem = words[0][:_MAX_CHARACTERS] if words else ""
    while not _fits(stem + ending):
        stem = stem[:-1]
    return stem


def _fits(name: str) -> bool:
    return len(name) <= _MAX_CHARACTERS and len(name.encode()) <= _MAX_BYTES
