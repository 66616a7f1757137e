"""The language class of `models/en_tailor`: spaCy's English, with each word in one form.

Imported when the pipeline is loaded, since it imports spaCy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from spacy.attrs import IS_STOP, LOWER, NORM
from spacy.lang.en import EnglishDefaults
from spacy.language import Language
from spacy.util import registry
from spacy.vocab import Vocab

from tailor.nlp.word_form import is_stop_word, word_form

if TYPE_CHECKING:
    from collections.abc import Callable

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
