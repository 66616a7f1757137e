"""The line with the name: where the name ends, and what else tells that it is one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from tailor.reading.cv.cells import split_label
from tailor.reading.cv.contacts import label_of_person
from tailor.reading.cv.names import has_word, words_of

_SEPARATOR = re.compile(r"(?<!\s)\s+[-–—|/]\s+|(?:(?<!\s)\s+)?[:|–—]\s+|,\s+")
# A degree or a title after a name: "P.Eng.", "FRCS", "MPharm".
_CREDENTIAL = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z]{0,5}(?:\.[A-Za-z]{1,5}){0,3}\.?")
_HONOURS = frozenset({"hons", "hon", "honours"})
_FEWEST_NAMES = 2
_MOST_WORDS = 6
_LONGEST_BARE = 4  # words that are all taken for the name where nothing tells


def split_name(line: str, witnesses: Iterable[str]) -> tuple[str, str]:
    """Return the name at the start of `line`, and the rest of the line.

    An explicit separator ends the name. Otherwise `witnesses` tell: texts such as
    an e-mail address or a site, which often are made of the name ("jdoe"). Where
    they do not, up to four words are all name, and of more the first two.
    """
    match = _separator(line)
    if match:
        return line[: match.start()].strip(), line[match.end() :].strip()
    name, *letters = line.split(", ")
    if letters and " " in name and all(map(_is_letters, letters)):
        return line.strip(), ""  # "Jane Q. Smith, M.Sc., Ph.D."
    words = line.split()
    if len(without_letters(words)) < len(words):
        return line.strip(), ""  # "Jane Smith BSc (Hons) RGN"
    titles = sum(1 for word in words[:2] if word.casefold() in words_of("before_name"))
    count = titles + _count(words[titles:], witnesses)
    while count < len(words) and words[count].casefold().strip(",") in words_of("after_name"):
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _separator(line: str) -> re.Match[str] | None:
    for match in _SEPARATOR.finditer(line):
        if not match.group().startswith(","):
            return match
        # "Jane Doe, PhD, CFA" and "Doe, Jane" are names.
        before, after = line[: match.start()], line[match.end() :]
        surname_first = len(before.split()) == 1 and len(after.split()) <= 2
        if not _is_letters(after.split(",")[0]) and not (
            surname_first and not has_word(after, "job")
        ):
            return match
    return None


def without_letters(words: Sequence[str]) -> list[str]:
    """Return the words of a name without the letters of degrees and titles behind it.

    In a name in capitals any short word looks like such letters.
    """
    end = len(words)
    capitals = " ".join(words).isupper()
    while end > _FEWEST_NAMES and _is_behind_name(words[end - 1], capitals=capitals):
        end -= 1
    return list(words[:end])


def _is_behind_name(word: str, *, capitals: bool) -> bool:
    if word.casefold().strip("().") in _HONOURS:
        return True
    known = word.casefold() in words_of("after_name")
    return (known or (_is_letters(word) and not capitals)) and not has_word(word, "job")


def _is_letters(text: str) -> bool:
    """Return whether a text is the letters of a degree or a title behind a name."""
    bare = text.strip()
    return bare.casefold() in words_of("after_name") or bool(_CREDENTIAL.fullmatch(bare))


def _count(words: Sequence[str], witnesses: Iterable[str]) -> int:
    handles = [handle for witness in witnesses for handle in _handles(witness)]
    counts = [count for handle in handles if (count := _words_behind(handle, words))]
    if counts:
        count = max(counts)
        # One word more is rather a second surname than a headline.
        lone = len(words) - count == 1 and len(words) <= _LONGEST_BARE
        return len(words) if lone and not has_word(words[-1], "job") else count
    if len(words) <= _LONGEST_BARE:
        return len(words)
    count = 2
    while count < len(words) and words[count - 1].casefold() in words_of("within_name"):
        count += 1
    return count


def _handles(witness: str) -> list[str]:
    """Return the words of an address that may be made of a name, letters only."""
    if "@" in witness[1:]:
        found = [witness.partition("@")[0]]
    else:
        bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", witness).rstrip("/")
        host, _, path = bare.partition("/")
        found = [host.split(".")[0] if "." in host else host, path.split("/")[-1]]
    letters = (re.sub(r"[^a-z]", "", _folded(handle)) for handle in found)
    return [handle for handle in letters if len(handle) >= 3]


def made_of_name(text: str, words: Sequence[str]) -> bool:
    """Return whether an e-mail address in a text is made of all of these words: a name's."""
    addresses = (word.strip("<>()[],;") for word in text.split() if "@" in word)
    handles = [handle for address in addresses for handle in _handles(address)]
    return any(_words_behind(handle, words) == len(words) for handle in handles)


def _words_behind(handle: str, words: Sequence[str]) -> int:
    """Return how many of the first words make up `handle`; 0 if they do not.

    Each gives a beginning of itself ("j" + "doe", "john" + "d"); words in the middle
    may give nothing; the first two may change places.
    """
    folded = [re.sub(r"[^a-z]", "", _folded(word)) for word in words[:6]]
    for count in range(2, len(folded) + 1):
        first, *middle, last = folded[:count]
        if _made_of(handle, (first, *middle, last), optional=range(1, count - 1)):
            return count
        if count == 2 and _made_of(handle, (last, first), optional=range(0)):
            return count
    return 0


def _made_of(handle: str, words: Sequence[str], optional: range) -> bool:
    """Tell whether `handle` is beginnings of `words`, in order."""
    reached = {0}
    for index, word in enumerate(words):
        following = set(reached) if index in optional else set()
        for start in reached:
            for length in range(1, len(word) + 1):
                if not handle.startswith(word[:length], start):
                    break
                following.add(start + length)
        reached = following
    return len(handle) in reached


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def is_name_field(text: str) -> bool:
    """Return whether a line is the field of the name in a form: "Name: Ann Lee"."""
    label, name = split_label(text)
    return label_of_person(label) == "name" and 1 < len(name.split()) <= _MOST_WORDS
