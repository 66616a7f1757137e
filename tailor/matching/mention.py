"""`Doc`s of a posting's lines -> the things that they name.

"Coordinates the open enrollment and maintains our benefit plans" names open enrollment and benefit
plans. What stands between function words, verbs and signs is a name, without the words that only
grade it, and unless it is so broad that it names nothing (`data/line_words.toml`). Known terms of
several words, such as "policies and procedures", are names wherever they stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import IntEnum
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import LOWER, NORM, SPACY
from spacy.strings import get_string_id

from tailor.matching.name import thing
from tailor.nlp.ngram import phrase_key
from tailor.nlp.term import TERMS
from tailor.nlp.topic import TOPICS
from tailor.values.resources import MODELS, data_toml

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc, Span

    Hashes = NDArray[np.uint64]

    Place = tuple[int, int]  # of the first token and behind the last

NAMES_FILE = "names.npy"
_LONGEST_JOINED = 5
_LONGEST = 4  # words; of what is longer the last ones are the name
_NO_NOUN = ("ly", "able", "ible", "ful", "ous", "ive", "mental", "ional", "ical", "ed")
_ATTRIBUTES = [LOWER, NORM, SPACY]


class Word(IntEnum):
    """What a word of a line does."""

    NAMES = 0
    BROAD = 1
    GRADES = 2
    DOES = 3
    ENDS = 4


_BEFORE_A_VERB = frozenset(
    "is are be been being was were to can could will would should may must not that who which you"
    " we they it".split()
)
_BEHIND_A_VERB = (
    "the a an our your their its his her all any each this that these those it them".split()
)


def find_mentions(docs: Sequence[Doc], lists: Sequence[bool]) -> list[tuple[str, ...]]:
    """Return the names in each of `docs`, in the order in which they stand there, none twice.

    `lists` says for each whether it lists what one should have. There only what others name as well
    is a name within a longer piece; of work, every noun may be.
    """
    return [
        tuple(dict.fromkeys(_texts(doc, _names(doc, strict=is_list))))
        for doc, is_list in zip(docs, lists, strict=True)
    ]


def _texts(doc: Doc, places: Sequence[Place]) -> Iterator[str]:
    whole = doc.text.replace("\n", " ")
    for start, end in places:
        last = doc[end - 1]
        yield whole[doc[start].idx : last.idx + len(last)]


def _names(doc: Doc, *, strict: bool) -> list[Place]:
    """Return the names between words that name nothing, and what is known within them."""
    known = {
        (span.start, span.end)
        for spans in (doc.spans[TERMS], doc.spans[TOPICS])
        for span in spans
        if len(span) > 1 and _is_noun(span)
    }
    runs = list(_runs(doc, {start for start, _ in known}))
    terms = {span.start for span in doc.spans[TOPICS] if len(span) == 1}
    found = [
        run
        for run in runs
        if _is_name(doc, run, known, terms) or not (strict or _is_work(doc, run))
    ]
    joined = list(_joined(doc, found))
    short = [
        (number, number + 1)
        for start, end in found
        for number in range(start, end)
        if end - start > 1 and _is_short_name(doc[number].text)
    ]
    # The longest first: what lies in it is named by it already, unless it is much shorter.
    return sorted({*found, *joined, *known, *short}, key=lambda place: (place[0], -place[1]))


def _is_name(doc: Doc, run: Place, known: Collection[Place], terms: Collection[int]) -> bool:
    """Return whether a run is a name: a known term, written as a name, or one that others use."""
    start, end = run
    last = doc[end - 1]
    if _is_short_name(last.text) or (last.is_title and last.i and doc[start].is_title):
        return True
    if end - start == 1:
        return start in terms or thing(last.text) >= 0 or _is_told(last.norm)
    return any(place[1] == end and place[0] >= start for place in known) or _is_told(
        _pair_of(doc, run)
    )


def _is_work(doc: Doc, run: Place) -> bool:
    """Return whether a single word that nobody else names may be a verb or an adjective.

    It is one at the beginning of a line, after "is" or "to", and before a word that does something.
    """
    start, end = run
    if end - start > 1:
        return False
    words, _, _ = _tables()
    following = words.get(doc[end].lower, Word.NAMES) if end < len(doc) and doc[end].norm else None
    return (
        not start
        or doc[start].lower_.endswith("ing")
        or doc[start - 1].lower_ in _BEFORE_A_VERB
        or following is Word.DOES
    )


def told_in(doc: Doc) -> tuple[list[int], list[int]]:
    """Return as numbers what runs of words end in, and single words that stand in lists.

    Of several words these are the last two. A single word names something where signs or "and"
    stand on both sides of it.
    """
    pairs, singles = [], []
    for start, end in _runs(doc, ()):
        if end - start > 1:
            pairs.append(_pair_of(doc, (start, end)))
        elif _parts(doc, start - 1) and _parts(doc, end):
            singles.append(doc[start].norm)
    return pairs, singles


def _parts(doc: Doc, place: int) -> bool:
    """Return whether a list is parted at a place, or a line begins or ends there."""
    if not 0 <= place < len(doc):
        return True
    return not doc[place].norm or doc[place].lower_ in {"and", "or"}


def _pair_of(doc: Doc, run: Place) -> int:
    words = [token.norm for token in doc[run[0] : run[1]] if token.norm]
    return phrase_key(words[-2:])


def _is_told(name: int) -> bool:
    """Return whether a word, or what two words make, ends names in several documents."""
    names = _names_told()
    place = int(np.searchsorted(names, np.uint64(name)))
    return place < len(names) and int(names[place]) == name


@cache
def _names_told() -> Hashes:
    found: Hashes = np.load(MODELS / NAMES_FILE, allow_pickle=False)
    return found


def _is_noun(span: Span) -> bool:
    """Return whether a known term names a thing, and does not begin with what is done."""
    words, _, _ = _tables()
    ends = words.get(span[-1].lower, Word.NAMES)
    return words.get(span[0].lower, Word.NAMES) < Word.DOES and ends is not Word.ENDS


def _joined(doc: Doc, found: Sequence[Place]) -> Iterator[Place]:
    """Yield two names with "of" between as one: "leave of absence", "models of performance"."""
    for (start, end), (following, last) in pairwise(found):
        if following == end + 1 and doc[end].lower_ == "of" and last - start <= _LONGEST_JOINED:
            yield start, last


def _is_short_name(text: str) -> bool:
    """Return whether a word is written as a short name, such as "HPC" or "PyTorch"."""
    return len(text) > 1 and text[0].isalpha() and not text[1:].islower() and not text.islower()


def _runs(doc: Doc, known: Collection[int]) -> Iterator[Place]:
    """Yield the names that stand between words that name nothing; at `known` a term begins."""
    words, hyphen, behind_a_verb = _tables()
    rows: Any = doc.to_array(_ATTRIBUTES).reshape(-1, len(_ATTRIBUTES)).tolist()
    start = -1
    for number, (low, norm, _) in enumerate([*rows, (0, 0, 1)]):
        kind = words.get(low, Word.NAMES)
        if not norm and number < len(rows):
            is_tie = (
                low == hyphen and start >= 0 and not rows[number - 1][2] and not rows[number][2]
            )
            if is_tie or (start >= 0 and doc[number].is_digit):
                continue
        if norm and kind is Word.DOES and start >= 0 and not _is_tied(rows, number, hyphen):
            yield from _name(doc, rows, start, number, known, low in behind_a_verb)
            start = number
        elif norm and (kind is not Word.ENDS or (start >= 0 and _is_tied(rows, number, hyphen))):
            start = number if start < 0 else start
        elif start >= 0:
            yield from _name(doc, rows, start, number, known, low in behind_a_verb)
            start = -1


def _is_tied(rows: Sequence[Sequence[int]], number: int, hyphen: int) -> bool:
    """Return whether a hyphen ties the word to the one before."""
    return number > 1 and rows[number - 1][0] == hyphen and not rows[number - 1][2]


def _name(
    doc: Doc,
    rows: Sequence[Sequence[int]],
    start: int,
    end: int,
    known: Collection[int],
    before_a_noun: bool,
) -> Iterator[Place]:
    """Yield the name in a run of words, if there is one."""
    words, _, _ = _tables()
    is_first = start == 0
    while start < end and (
        not rows[start][1] or (start not in known and _goes(doc, rows, start, end))
    ):
        start += 1
    while start < end and not rows[end - 1][1]:
        end -= 1
    places = [number for number in range(start, end) if rows[number][1]]
    if len(places) > _LONGEST:
        places = places[-_LONGEST + 1 :]
        start = places[0]
    kinds = [words.get(rows[number][0], Word.NAMES) for number in places]
    if Word.NAMES not in kinds:
        return
    if len(places) == 1:
        text = doc[start].text
        is_verb = text.islower() and (before_a_noun or (is_first and start == 0 and end < len(doc)))
        is_verb = is_verb or (start == 0 and before_a_noun and not _is_short_name(text))
        if is_verb or len(text) < 2 or (text.islower() and _says_how(text)):
            return
    yield start, end


def _goes(doc: Doc, rows: Sequence[Sequence[int]], start: int, end: int) -> bool:
    """Return whether the first word of a run says what is done, or grades what follows."""
    words, hyphen, _ = _tables()
    if start + 1 < end and rows[start + 1][0] == hyphen:
        return False
    kind = words.get(rows[start][0], Word.NAMES)
    if kind is Word.GRADES:  # "Advanced Life Support" is a name
        return not (start and doc[start].is_title and start + 1 < end and doc[start + 1].is_title)
    return kind is Word.DOES or (start + 1 < end and _is_done(doc[start].lower_))


def _says_how(word: str) -> bool:
    """Return whether a single word is an adverb, an adjective or a verb, and so no name."""
    words, _, _ = _tables()
    bases = (word.removesuffix("s"), word.removesuffix("es"))
    return word.endswith(_NO_NOUN) or any(
        words.get(get_string_id(base)) is Word.DOES for base in bases
    )


@cache
def _is_done(word: str) -> bool:
    """Return whether a word in front of others says what is done with them, or how."""
    if word.endswith("ly"):
        return True
    if not word.endswith("ing"):
        return False
    words, _, _ = _tables()
    stem = word[:-3]
    bases = (stem, f"{stem}e", stem[:-1])
    return any(words.get(get_string_id(base)) is Word.DOES for base in bases)


@cache
def _tables() -> tuple[dict[int, Word], int, frozenset[int]]:
    """Return what each word does, by spaCy's hash; and the hashes of signs and words around."""
    table = data_toml("line_words.toml")
    kinds = {
        "verbs": Word.DOES,
        "broad": Word.BROAD,
        "grades": Word.GRADES,
        "function": Word.ENDS,
    }
    words = {
        get_string_id(word): kind
        for name, kind in kinds.items()
        for word in table[name]["words"].split()
    }
    return words, get_string_id("-"), frozenset(map(get_string_id, _BEHIND_A_VERB))
