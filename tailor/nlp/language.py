"""Text -> the words that count, each in one form, by spaCy's rules and Snowball's stemmer.

"Modelling", "modeling" and "models" are one form; so are "k8s" and "Kubernetes".
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tailor.nlp.tokens import CHUNK, chunk_tokens, stop_words
from tailor.values.memory import TEXTS_KEPT, WORDS_KEPT
from tailor.values.resources import columns, model_bytes

if TYPE_CHECKING:
    from snowballstemmer.english_stemmer import EnglishStemmer

WORD_FORMS_FILE = "word_forms.tsv.gz"
TERMS_FILE = "terms.tsv.gz"

_HAS_WORD = re.compile(r"\w")
_GO = "go"
# Stop words, unless they are meant as names.
_NAMES = frozenset({"IT", "Go"})
# "Go" with a capital is the language where it stands in a list, inside a sentence, or alone;
# "Go-to-market" and "Go Beyond" are not, nor is a sentence that begins with "Go".
_GO_LISTED = re.compile(r"[,/(&] ?$")
_GO_INSIDE = re.compile(r"[^\s.!?:;•·–—\"“] +$")
_GO_IS_VERB = re.compile(r"-|\s+(?:to|live|beyond|above|big)\b", re.IGNORECASE)
_GO_GOES_ON = re.compile(r"\s*?(?:$|[\n,/()&.]|(?:and|or)\s+[A-Z]|programming\b)")
# British -> American endings; both sides of a comparison go through the same rule, so a
# word that it bends without need ("exercize") does no harm.
_SPELLINGS = (
    (re.compile(r"(?<=\w{3})is(ations?|ed?|es|ers?|ing)$"), r"iz\1"),
    (re.compile(r"(?<=\w{3})ys(ed?|es|ers?|ing)$"), r"yz\1"),
    (re.compile(r"(?<=\w{3})our(s|ed|ing|al|able|ite|ites)?$"), r"or\1"),
    (re.compile(r"(?<=[aeiouy][^aeiouy][ea])ll(ing|ed|ers?)$"), r"l\1"),
    (re.compile(r"^(cent|met|lit|fib|theat)re(s?)$"), r"\1er\2"),
    (re.compile(r"^programme(s?)$"), r"program\1"),
    (re.compile(r"^(catal|dial|anal)ogue(s?)$"), r"\1og\2"),
    (re.compile(r"(?<=\w{3})ence$"), "ense"),
    (re.compile(r"^(?!plu)([^\Waeiou]{2}u)s$"), r"\1"),  # GPUs, SKUs: the stemmer leaves -us
)
# Plural and past tense; the "e" of "invoice" goes as that of "invoiced" does.
_PLAIN_ENDINGS = (
    (re.compile(r"(?<=\w{2})(?:ies|ied)$"), "y"),
    (re.compile(r"(?<=sh|ch|ss|.x)es$"), ""),
    (re.compile(r"(?<=\w{2}[^siue])s$"), ""),
    (re.compile(r"(?<=\w{2}[aeiou])([bdgmnprt])\1ed$"), r"\1"),
    (re.compile(r"(?<=\w{3})ed$"), ""),
    (re.compile(r"(?<=\w{4})es?$"), ""),
    (re.compile(r"(?<=\w{2}e)s$"), ""),
)
_NO_PLURAL = frozenset({"news", "lens", "sales", "goods", "securities", "customs"})
# The stemmer would make "Excel" of it, and half of all postings ask for excellent something.
_UNSTEMMED = frozenset({"excellent", "excellently"})
# A bullet, dash, quote or hard space that was read in the wrong encoding ("â€¢", "Â ").
_MOJIBAKE = re.compile("â€[^\\sA-Za-z]|[ÂÃ](?=\\s|$)")
# "C." at the end of a line is C and a full stop, not somebody's initial.
_LINE_ENDS = re.compile(r"[)\]\"'”’]*\s*?(?:\n|$)")


class Word(NamedTuple):
    """A word that counts: its `form`, and where it stands: ``text[start:end]``.

    An abbreviation stands for several forms; each is a `Word` at the same place.
    """

    form: str
    start: int
    end: int


def words(text: str) -> tuple[Word, ...]:
    """Return the words of `text` that count, in order; function words and numbers alone do not.

    A known term of several words ("machine learning") is one word more, with the same
    form as its abbreviation ("ML"), at the place of the whole term.
    """
    return _read(text)[0]


def units(text: str) -> tuple[Word, ...]:
    """Return all words of `text` in order, function words too; a known term is one unit.

    What phrases are looked up in: "quality of service" holds its "of".
    """
    return _read(text)[1]


@lru_cache(maxsize=TEXTS_KEPT)
def _read(text: str) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    # As long as before, so that places stay right.
    text = _MOJIBAKE.sub(lambda found: " " * len(found[0]), text)
    tokens = list(_tokens(text))
    found: list[Word] = []
    every: list[Word] = []
    term_ends = 0
    for position, (start, shown, known) in enumerate(tokens):
        word = Word(known.form, start, start + len(shown))
        form, length = _term_at(tokens, position) if known.longest else ("", 1)
        if form:
            last_start, last, _ = tokens[position + length - 1]
            term = Word(form, start, last_start + len(last))
            found.append(term)
        if not (form and length == 1):
            counts = _is_name(shown, text, start) if known.may_be_name else known.counts
            if counts:
                found.append(word)
        if position >= term_ends:
            every.append(term if form else word)
            term_ends = position + length
    return tuple(found), tuple(every)


def _tokens(text: str) -> Iterator[tuple[int, str, _Token]]:
    """Yield where each word begins, the word, and what is known of it."""
    for chunk in CHUNK.finditer(text):
        begin = chunk.start()
        for offset, shown, known in _chunk_words(chunk[0]):
            start = begin + offset
            if known:
                yield start, shown, known
            else:
                bare = _without_full_stop(shown, start, text)
                if token := _token(bare):
                    yield start, bare, token


@lru_cache(maxsize=WORDS_KEPT)
def _chunk_words(chunk: str) -> tuple[tuple[int, str, _Token | None], ...]:
    """Return place, word and what is known of it, but for what more than the chunk tells."""
    found: list[tuple[int, str, _Token | None]] = []
    for offset, shown in chunk_tokens(chunk):
        is_open = len(shown) == 2 and shown[1] == "."
        known = None if is_open else _token(shown)
        if is_open or known:
            found.append((offset, shown, known))
    return tuple(found)


class _Token(NamedTuple):
    """A word in lower case, its form, and whether it counts by itself: no stop word does.

    `longest` is the length in tokens of the longest known term that begins with it, else 0;
    `may_be_name` tells that it counts where it is meant as a name.
    """

    low: str
    form: str
    counts: bool
    longest: int
    may_be_name: bool


@lru_cache(maxsize=WORDS_KEPT)
def _token(shown: str) -> _Token | None:
    """Return what is known of a token wherever it stands; None for signs and numbers."""
    if not _HAS_WORD.search(shown) or shown.replace(".", "").isdigit():
        return None
    low, form = shown.lower(), word_form(shown)
    # "Going" would else share the form of the language.
    counts = low not in stop_words() and form != _GO
    return _Token(low, form, counts, _terms()[0].get(low, 0), shown in _NAMES)


@lru_cache(maxsize=WORDS_KEPT)
def word_form(word: str) -> str:
    """Return the form that all spellings and inflections of `word` share."""
    low = word.lower()
    return _known_forms()[0].get(low) or cut_form(low)


@lru_cache(maxsize=WORDS_KEPT)
def plain_form(word: str) -> str:
    """Return the form that the spellings of `word`, its plural and its past tense share.

    The stems of `word_form` bring together what is another thing: customs and customers,
    accounting and accountable. Of a single word, with none beside it that tells, that is too much.
    """
    low = word.lower()
    return _known_forms()[1].get(low) or cut_plain_form(low)


def cut_form(low: str) -> str:
    """Return the `word_form` of a word in lower case, by rule."""
    low = _american(low)
    return low if low in _UNSTEMMED else str(_stemmer().stemWord(low))


def cut_plain_form(low: str) -> str:
    """Return the `plain_form` of a word in lower case, by rule."""
    if low in _NO_PLURAL:
        return low
    low = _american(low)
    for pattern, replacement in _PLAIN_ENDINGS:
        low, changed = pattern.subn(replacement, low)
        if changed:
            break
    return low


def _american(low: str) -> str:
    for pattern, replacement in _SPELLINGS:
        low, changed = pattern.subn(replacement, low)
        if changed:
            break
    return low


@cache
def _known_forms() -> tuple[dict[str, str], dict[str, str]]:
    """Return form and plain form of the words seen most: a hundred times faster than rules."""
    table = gzip.decompress(model_bytes(WORD_FORMS_FILE)).decode()
    written, forms, plain_forms = columns(table, 3)
    return dict(zip(written, forms, strict=True)), dict(zip(written, plain_forms, strict=True))


def _without_full_stop(token: str, start: int, text: str) -> str:
    is_letter = len(token) == 2 and token[0].isalpha() and token[1] == "."
    return token[0] if is_letter and _LINE_ENDS.match(text, start + 2) else token


def _is_name(word: str, text: str, start: int) -> bool:
    """Tell whether a word of `_NAMES` is a name of work where it stands, and no stop word."""
    if word == "IT":
        return not text.isupper()
    return _is_the_language(text[:start], text[start + len(word) :])


def _is_the_language(before: str, after: str) -> bool:
    """Tell the programming language Go from the verb, by the text before and after it."""
    if _GO_IS_VERB.match(after):
        return False
    at_hand = before[-2:]
    return bool(
        _GO_LISTED.search(at_hand) or _GO_INSIDE.search(at_hand) or _GO_GOES_ON.match(after)
    )


def _term_at(tokens: list[tuple[int, str, _Token]], position: int) -> tuple[str, int]:
    """Return the form of the longest known term at `position` and its length in tokens."""
    forms = _terms()[1]
    for length in range(tokens[position][2].longest, 0, -1):
        ahead = [token.low for _, _, token in tokens[position : position + length]]
        form = forms.get(" ".join(ahead))
        if form:
            return form, len(ahead)
    return "", 1


@cache
def _terms() -> tuple[dict[str, int], dict[str, str]]:
    """Return the length in tokens of the longest known term by its first token, and the forms.

    A term of one word has that word's form, a longer one a form of its own.
    """
    table = gzip.decompress(model_bytes(TERMS_FILE)).decode()
    terms, forms = columns(table, 2)
    longest: dict[str, int] = {}
    for term in terms:
        first, length = term.partition(" ")[0], term.count(" ") + 1
        longest[first] = max(longest.get(first, 1), length)
    return longest, dict(zip(terms, forms, strict=True))


@cache
def _stemmer() -> EnglishStemmer:
    # The pure Python class by name: the package's factory prefers a C one where it
    # happens to be installed, of perhaps another version and so with other stems.
    from snowballstemmer.english_stemmer import EnglishStemmer  # noqa: PLC0415

    return EnglishStemmer()
