"""The forms in which names and phrases of different lists are compared."""

from __future__ import annotations

import re
import unicodedata


def phrase(text: str) -> str:
    """Return lower case with plain spaces; hyphens between words of letters become spaces."""
    plain = unicodedata.normalize("NFKC", text).replace("\N{NON-BREAKING HYPHEN}", "-")
    plain = re.sub(r"[\u2010-\u2015]", "-", plain).replace("’", "'").lower()
    plain = re.sub(r"(?<=[a-z]{2})-(?=[a-z]{2})", " ", plain)
    return " ".join(re.sub(r",(?= |$)", " ", plain).split())


def key(text: str) -> str:
    """Return the form in which aliases are compared: a hyphen counts as a space."""
    return text.replace("-", " ")


def squash(text: str) -> str:
    """Return the letters, digits and the marks that tell languages apart."""
    return re.sub(r"[^a-z0-9+#]", "", phrase(text))


def singular_acronym(acronym: str, long: str) -> tuple[str, bool]:
    """Return the acronym without the s of its plural, and whether it had one."""
    plural = re.fullmatch(r"([A-Z0-9][A-Za-z0-9/&-]*[A-Z0-9])s", acronym)
    if plural and singular(long) != long:
        return plural[1], True
    return acronym, False


def singular(text: str) -> str:
    """Return the phrase with its last word in the singular."""
    head, _, last = text.rpartition(" ")
    return f"{head} {singular_word(last)}".strip()


def singular_word(word: str) -> str:
    """Return a guess at the singular; names that end in s are mostly left alone."""
    if re.search(r"(ss|us|is|ics|ies|sys|ous|ness|lens|news|ops)$", word) or len(word) < 4:
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 5 else word
    return re.sub(r"(?<=ch|sh|ss)es$|s$", "", word)


def fold(text: str) -> str:
    """Return what is left when spelling variants, hyphens and plurals are made equal."""
    words = [singular_word(word) for word in key(text).split()]
    folded = " ".join(words)
    for pattern, plain in _VARIANTS:
        folded = pattern.sub(plain, folded)
    return folded


_VARIANTS = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"is(?=(?:e|ed|er|ing|ation)\b)", "iz"),
        (r"ll(?=(?:ing|ed|er)\b)", "l"),
        (r"our\b", "or"),
        (r"tre\b", "ter"),
        (r"yz(?=(?:e|er)\b)", "ys"),
        (r"aed", "ed"),
    )
]
