"""Texts -> spaCy's `Doc`s, by the pipeline that ships in `models/en_tailor`.

What is known of a text is in its `Doc`:

- `token.norm_`: the form that all spellings and inflections of a word share, and all names of a
  thing; empty for signs and numbers. `token.lemma_`: the word without plural and past tense.
- `token.is_stop`: a function word; it counts only where ``token.pos_ == "PROPN"`` ("Go").
- ``doc.spans["terms"]``: known terms of several words, labelled with the form of all their names.
- ``doc.spans["topics"]``: terms of the thesaurus, labelled with the topics that they belong to.
- ``doc.vocab.vectors``: vectors by norm and by the forms of terms.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from tailor.values.resources import MODELS

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PIPELINE = "en_tailor"
# A bullet, dash, quote or hard space that was read in the wrong encoding ("â€¢", "Â ").
_MOJIBAKE = re.compile("â€[^\\sA-Za-z]|[ÂÃ](?=\\s|$)")
# The time of the tokenizer grows with the square of a chunk without white space, and no such
# chunk in real texts is as long as this: "((((…".
_TOO_LONG = re.compile(r"\S{300}(?=\S)")

_DOCS_KEPT, _LONGEST_KEPT = 5_000, 400  # texts, some 12 KB each; characters


def read_texts(texts: Iterable[str], without: Sequence[str] = ()) -> list[Doc]:
    """Return the `Doc` of each text, in order. Give lines, not whole documents.

    Parts of the pipeline that are not wanted are named in `without`.
    Characters are in the places that they have in the text; what a wrong encoding left is blank,
    and so is every 300th character of a text without white space.
    """
    # One Doc for each line: after a "don't" the tokenizer keeps no more chunks of the same Doc.
    return list(load().pipe(map(prepared, texts), disable=without))


def read_kept_texts(texts: Sequence[str]) -> list[Doc]:
    """Return what `read_texts` does, and keep it: a quarter of all lines stood in other postings.

    What follows from a `Doc` alone may be kept in its `user_data`.
    """
    kept = _docs_kept()
    docs = {text: kept.pop(text) for text in dict.fromkeys(texts) if text in kept}
    new = [text for text in dict.fromkeys(texts) if text not in docs]
    docs.update(zip(new, read_texts(new), strict=True))
    kept.update((text, doc) for text, doc in docs.items() if len(text) <= _LONGEST_KEPT)
    while len(kept) > _DOCS_KEPT:
        del kept[next(iter(kept))]  # what was not asked for the longest
    return [docs[text] for text in texts]


@cache
def _docs_kept() -> dict[str, Doc]:
    return {}


def prepared(text: str) -> str:
    """Return `text` with blanks in place of what a wrong encoding left, and in very long chunks."""
    text = _TOO_LONG.sub(lambda found: f"{found[0][:-1]} ", text)
    return text if text.isascii() else _MOJIBAKE.sub(lambda found: " " * len(found[0]), text)


@cache
def load() -> Language:
    """Return the pipeline that ships in `models/`, loaded once."""
    import spacy  # noqa: PLC0415 - half a second

    # These register what the pipeline is made of.
    from tailor.nlp import term, topic, word_form  # noqa: F401, PLC0415

    # The reader of spaCy's files turns the search for garbage on, which then looks through all
    # that was imported: as long as the rest of the loading takes. Libraries and models stay for
    # good, so no later search needs to look through them either.
    was_on = gc.isenabled()
    gc.freeze()
    try:
        return spacy.load(MODELS / PIPELINE)
    finally:
        gc.freeze()
        if not was_on:
            gc.disable()
