"""The language of `models/en_tailor`: spaCy's English, with one form for each word.

"Modelling", "modeling" and "models" are one form: British endings become American ones by rule,
then Snowball's English stemmer cuts the ending. Imported when the pipeline is loaded, since it
imports spaCy.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from spacy.attrs import IS_STOP, LOWER, NORM
from spacy.lang.en import EnglishDefaults
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.util import registry
from spacy.vocab import Vocab

from tailor.values.resources import columns, model_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from snowballstemmer.english_stemmer import EnglishStemmer
    from spacy.strings import StringStore
    from spacy.tokens import Doc


STEMS_FILE = "stems.txt"
_HAS_WORD = re.compile(r"\w")
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
# How all words end that these patterns may change: a look at these takes a tenth of the time.
_BRITISH_ENDINGS = (
    *(f"{stem}{end}" for stem in ("is", "ys") for end in "e ed es er ers ing ation ations".split()),
    *(f"our{end}" for end in ("", "s", "ed", "ing", "al", "able", "ite", "ites")),
    *"lling lled ller llers re res programme programmes ogue ogues ence us".split(),
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
_PLURAL_OR_PAST = ("s", "ed", "e")
_NO_PLURAL = frozenset({"news", "lens", "sales", "goods", "securities", "customs"})
# The stemmer would make "Excel" of it, and half of all postings ask for excellent something.
_UNSTEMMED = frozenset({"excellent", "excellently"})
_WORDS_KEPT = 20_000

# "Go" with a capital is the language where it stands in a list, inside a sentence, or alone;
# "Go-to-market" and "Go Beyond" are not, nor is a sentence that begins with "Go".
_GO = "go"
_GO_LISTED = re.compile(r"[,/(&] ?$")
_GO_INSIDE = re.compile(r"[^\s.!?:;•·–—\"“] +$")
_GO_IS_VERB = re.compile(r"-|\s+(?:to|live|beyond|above|big)\b", re.IGNORECASE)
_GO_GOES_ON = re.compile(r"\s*?(?:$|[\n,/()&.]|(?:and|or)\s+[A-Z]|programming\b)")
# Function words, unless they are meant as names.
_NAMES = frozenset({"IT", "Go"})
# "C." at the end of a line is C and a full stop, not somebody's initial.
_LETTER_WITH_STOP = re.compile(r"[^\W\d_]\.")
_LINE_ENDS = re.compile(r"[)\]\"'”’]*\s*?(?:\n|$)")


@lru_cache(maxsize=_WORDS_KEPT)
def word_form(word: str) -> str:
    """Return the form that all spellings and inflections of `word` share.

    Empty for a sign and for a number: neither counts as a word.
    """
    if not _HAS_WORD.search(word) or word.replace(".", "").isdigit():
        return ""
    low = bare_form(word)
    return _stems().get(low) or stemmed(low)


def bare_form(word: str) -> str:
    """Return a word in lower case with American endings, as it is stemmed."""
    return _american(word.lower())


def stemmed(low: str) -> str:
    """Return the stem of a `bare_form`, by the stemmer."""
    return low if low in _UNSTEMMED else str(_stemmer().stemWord(low))


@cache
def _stems() -> dict[str, str]:
    """Return what the stemmer says of usual words: a start would take a tenth of a second for it.

    Built by `training/stems.py`.
    """
    words, stems = columns(model_bytes(STEMS_FILE).decode(), 2)
    return dict(zip(words, stems, strict=True))


@lru_cache(maxsize=_WORDS_KEPT)
def plain_form(word: str) -> str:
    """Return the form that the spellings of `word`, its plural and its past tense share.

    The stems of `word_form` bring together what is another thing: customs and customers,
    accounting and accountable. Of a single word, with none beside it that tells, that is too much.
    """
    low = word.lower()
    if low in _NO_PLURAL:
        return low
    low = _american(low)
    if not low.endswith(_PLURAL_OR_PAST):
        return low
    for pattern, replacement in _PLAIN_ENDINGS:
        low, changed = pattern.subn(replacement, low)
        if changed:
            break
    return low


def is_stop_word(word: str) -> bool:
    """Return whether `word` is a function word, or a form of the verb "go"."""
    # "Going" would else share the form of the programming language.
    return word.lower() in STOP_WORDS or word_form(word) == _GO


def _american(low: str) -> str:
    if not low.endswith(_BRITISH_ENDINGS):
        return low
    for pattern, replacement in _SPELLINGS:
        low, changed = pattern.subn(replacement, low)
        if changed:
            break
    return low


@cache
def _stemmer() -> EnglishStemmer:
    # The pure Python class by name: the package's factory prefers a C one where it
    # happens to be installed, of perhaps another version and so with other stems.
    from snowballstemmer.english_stemmer import EnglishStemmer  # noqa: PLC0415 - not for `--help`

    return EnglishStemmer()


@Language.factory(
    "word_forms", assigns=["token.norm", "token.lemma", "token.pos"], retokenizes=True
)
class WordForms:
    """Sets the plain form of each word as its lemma, and marks the names among function words.

    The vocabulary sets the norm, once for each word. "IT" and "Go" are proper nouns
    (`token.pos_`) where they are meant as names. A letter with the full stop of its line is two
    tokens.
    """

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002 - spaCy's signature
        self._lemmas = _Lemmas(nlp.vocab.strings)

    def __call__(self, doc: Doc) -> Doc:
        """Set what this component assigns."""
        lemmas, by_context = self._lemmas, self._lemmas.by_context
        looks_again = False
        for token in doc:
            word = token.orth
            token.lemma = lemmas[word]
            looks_again = looks_again or word in by_context
        if looks_again:
            self._set_by_context(doc)
        return doc

    def _set_by_context(self, doc: Doc) -> None:
        text = doc.text
        with doc.retokenize() as retokenizer:
            for token in doc:
                if token.text in _NAMES:
                    if _is_name(token.text, text, token.idx):
                        token.pos_ = "PROPN"
                elif _LETTER_WITH_STOP.fullmatch(token.text) and _LINE_ENDS.match(
                    text, token.idx + 2
                ):
                    parts = list(token.text)
                    lemmas = [plain_form(part) for part in parts]
                    heads: list[Any] = [(token, 0), (token, 1)]
                    retokenizer.split(token, parts, heads=heads, attrs={"LEMMA": lemmas})


class _Lemmas(dict[int, int]):
    """The plain form of each word, both as spaCy's hashes."""

    def __init__(self, strings: StringStore) -> None:
        super().__init__()
        self._strings = strings
        # Words of which only their place in a text says what they are.
        self.by_context: set[int] = set()

    def __missing__(self, word: int) -> int:
        text = self._strings[word]
        if text in _NAMES or _LETTER_WITH_STOP.fullmatch(text):
            self.by_context.add(word)
        self[word] = self._strings.add(plain_form(text))
        return self[word]


def _is_name(word: str, text: str, start: int) -> bool:
    """Return whether "IT" or "Go" is a name of work where it stands, and no function word."""
    if word == "IT":
        return not text.isupper()
    before, after = text[max(start - 2, 0) : start], text[start + len(word) :]
    if _GO_IS_VERB.match(after):
        return False
    return bool(_GO_LISTED.search(before) or _GO_INSIDE.search(before) or _GO_GOES_ON.match(after))


# The language class of `models/en_tailor`: spaCy's English, with each word in one form.

LANGUAGE = "en_tailor"
# Chunks of text whose tokens the tokenizer keeps. Its own limit, 10,000, is that of a few postings.
_CHUNKS_KEPT = 60_000


# All that is worked out of a word the first time it is seen. spaCy's own English has 20 of these,
# and calls every one for every new word.
_GETTERS: dict[Any, Callable[[str], Any]] = {
    LOWER: str.lower,
    NORM: word_form,
    IS_STOP: is_stop_word,
}


class TailorDefaults(EnglishDefaults):
    """spaCy's defaults of English without its special cases, and with two infixes more.

    `models/en_tailor/tokenizer` holds those that occur in real texts. A class that has all 1,347
    would build them each time the pipeline is loaded, for nothing.
    """

    # "Java+SQL", "C#/.NET"
    infixes: ClassVar = [  # type: ignore[misc]
        *EnglishDefaults.infixes,
        r"(?<=[A-Za-z])\+(?=[A-Za-z])",
        r"(?<=[A-Za-z0-9+#])/(?=\.?[A-Za-z])",
    ]
    tokenizer_exceptions: ClassVar = {}  # type: ignore[misc]


@registry.languages(LANGUAGE)
class TailorEnglish(Language):  # type: ignore[no-untyped-call]
    """English whose `token.norm_` is the form that all spellings and inflections share.

    `token.is_stop` is True for function words, which count only where they are names ("Go").
    """

    lang = LANGUAGE
    Defaults = TailorDefaults

    def __init__(self, vocab: Vocab | bool = True, **options: Any) -> None:  # noqa: ANN401 - spaCy's signature
        if vocab is True:
            vocab = Vocab(lex_attr_getters=dict(_GETTERS))
        super().__init__(vocab, **options)
        tokenizer: Any = self.tokenizer
        tokenizer.max_cache_size = _CHUNKS_KEPT
