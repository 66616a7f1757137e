"""Which postings are learnt from: those in English."""

from __future__ import annotations

from tailor.nlp.cue import words_of
from tailor.reading.posting.language import LEAST_SHARE, OTHER_THAN_ENGLISH, shares_of

_ENOUGH_WORDS = 40
_LOOKED_AT = 5_000  # words; more of them change nothing


def prose_language(text: str) -> str:
    """Return the English name of the language that `text` reads like, or "".

    It is "" for text in another script, and for tables, lists of skills and very short
    texts, which have too few little words.
    """
    words = words_of(text)[:_LOOKED_AT]
    if len(words) < _ENOUGH_WORDS:
        return ""
    shares = shares_of(words)
    best = max(shares, key=lambda name: shares[name])
    if shares["English"] * OTHER_THAN_ENGLISH >= shares[best]:
        best = "English"
    return best if shares[best] >= LEAST_SHARE else ""


def reads_like_english(text: str) -> bool:
    """Return whether `text` is English, or has too little prose to be in another language."""
    return prose_language(text) in {"English", ""}
