"""The language that a text reads like, by its most usual little words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from tailor.nlp.cue import kept_words, words_of
from tailor.reading.posting.cue import TEXTS_KEPT
from tailor.reading.posting.line_kind import share_known
from tailor.values.posting import PostingLine

# Words that nearly every text of a language has. Those that are English, too ("on", "do"),
# stand under English alone.
_LITTLE_WORDS = {
    "English": "the and of to with for you our your we is are be will on as at by this from or "
    "have that an team work a in do it",
    "German": "der die das und ist wir du sie mit für auf den dem des ein eine einer im zum zur "
    "nicht oder als sich auch bei sind dein deine ihre unser unsere haben werden von "
    "dich dir",
    "French": "le les des et est nous vous avec pour sur dans une du au aux votre notre vos nos "
    "ou être ce cette qui que ainsi sont en la de",
    "Spanish": "el los las y es con para una del al tu su nuestro nuestra sus por que como más "
    "ser buscamos nuestros en la de un",
    "Portuguese": "os das dos e é com para uma da ao não você seu sua nosso nossa em que por como "
    "mais ser ou nossos de um",
    "Italian": "il gli e è con per una del della di che dei delle nel al sono nostro nostra come "
    "anche si un la",
    "Dutch": "het een en van met voor op je jij wij de te aan ons onze ook naar bij zijn als "
    "niet dat jouw wat",
    "Polish": "w z na się jest oraz dla nie że od po jak będzie lub które praca",
    "Swedish": "och att är med för på av en ett vi du som har din den till om kan det",
    "Finnish": "ja ei että oli ovat tai myös sekä joka kun sinulla olet meillä työ mukaan",
    "Czech": "v na je že s z pro jsou nebo jako které práce máme jsme",
    "Danish": "og er med for på af en et vi du som har din den til om kan det vil",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _words in _LITTLE_WORDS.items():
    for _word in set(_words.split()):
        _LANGUAGES_OF.setdefault(_word, []).append(_language)
_OTHER_THAN_ENGLISH = 1.5  # times the share of English words that another language needs
_ENOUGH_WORDS = 40
_LEAST_SHARE = 0.1
_FEWEST_WORDS = 4  # of a line that votes
_FEWEST_LITTLE = 2  # words; "e. g." has one that is Italian
_MOST_KNOWN = 0.45  # of the words of a text in another language
_MOST_VOTES = 25
_LOOKED_AT = 5_000  # words; more of them change nothing


def prose_language(text: str) -> str:
    """Return the English name of the language that `text` reads like, or "".

    It is "" for text in another script, and for tables, lists of skills and very short
    texts, which have too few little words.
    """
    words = words_of(text)[:_LOOKED_AT]
    if len(words) < _ENOUGH_WORDS:
        return ""
    shares = _shares(words)
    best = max(shares, key=lambda name: shares[name])
    if shares["English"] * _OTHER_THAN_ENGLISH >= shares[best]:
        best = "English"
    return best if shares[best] >= _LEAST_SHARE else ""


def body_language(lines: Sequence[PostingLine]) -> str:
    """Return the English name of the language that most lines of a posting are in, or "".

    Each line votes with its words, a long one with no more than 25: notes on equal opportunity or
    on how to apply are often in another language than the rest. A short text of few little words
    is told by how many of its words no English posting has.
    """
    votes: Counter[str] = Counter()
    for line in lines:
        if language := line_language(line.text):
            votes[language] += min(len(kept_words(line.text)), _MOST_VOTES)
    if votes.total() < _ENOUGH_WORDS:
        return _by_unknown_words(lines)
    best = max(votes, key=lambda name: votes[name])
    return "English" if 2 * votes["English"] >= votes[best] else best


def _by_unknown_words(lines: Sequence[PostingLine]) -> str:
    """Return the language of a short text that is plainly not English, else ""."""
    rest = [line.text for line in lines if line_language(line.text) != "English"]
    words = [word for text in rest for word in words_of(text) if word.isalpha() and len(word) > 2]
    if len(words) < _ENOUGH_WORDS // 2 or share_known(words) > _MOST_KNOWN:
        return ""
    shares = _shares(words)
    del shares["English"]
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] else "another language than English"


@lru_cache(maxsize=TEXTS_KEPT)
def line_language(text: str) -> str:
    """Return the language that the little words of a line or a sentence are of, or ""."""
    words = kept_words(text)
    shares = _shares(words) if len(words) >= _FEWEST_WORDS else {}
    best = max(shares, key=lambda name: shares[name], default="")
    if not best or shares[best] < max(_LEAST_SHARE, _FEWEST_LITTLE / len(words)):
        return ""
    return "English" if shares["English"] * _OTHER_THAN_ENGLISH >= shares[best] else best


def reads_like_english(text: str) -> bool:
    """Return whether `text` is English, or has too little prose to be in another language."""
    return prose_language(text) in {"English", ""}


def _shares(words: Sequence[str]) -> dict[str, float]:
    counts = dict.fromkeys(_LITTLE_WORDS, 0)
    for word in words:
        for language in _LANGUAGES_OF.get(word, ()):
            counts[language] += 1
    return {language: count / len(words) for language, count in counts.items()}
