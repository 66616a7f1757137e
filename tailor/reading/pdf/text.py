"""Words of rows -> text in runs, with words that the margin cut made whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from tailor.reading.pdf.rows import Cell, Word
from tailor.values.cv import RichText, Run
from tailor.values.resources import model_bytes

_SOFT = "\u00ad"
_HYPHENS = ("-", "\u2010", _SOFT)
_LONGEST_ENDING = 5  # letters that a stemmer cuts
_SHORTEST_STEM = 4
_ENDINGS = frozenset(
    "able al ation ations ed er ers es ing ings ion ions ity ive ly ment ments ness s".split()
)
_SPACED = re.compile(r"(?:\S ){3,}\S")
_AROUND = ".,;:()[]\"'"


def text_of(rows: Sequence[Sequence[Cell]], beside: Sequence[Cell] = ()) -> RichText:
    """Return the text of rows that are one line; cells are parted by tabs, `beside` comes last."""
    runs: list[Run] = []
    for cells in rows:
        new = _runs_of_cells(cells)
        if runs and new:
            last = runs[-1]
            whole = joined(last.text, new[0].text)
            kept = whole[: len(whole) - len(new[0].text)]
            runs[-1] = Run(kept, last.bold, last.italic, last.link)
        runs += new
    for cell in beside:
        runs += (Run("\t"), *words_text(cell.words).runs)
    return RichText.of(runs)


def _runs_of_cells(cells: Sequence[Cell]) -> list[Run]:
    texts = [words_text(cell.words).runs for cell in cells]
    return [
        run for number, runs in enumerate(texts) for run in ((Run("\t"),) * (number > 0) + runs)
    ]


def words_text(words: Sequence[Word]) -> RichText:
    """Return words with spaces between them; a space has the style that both its sides have.

    Letters that stand apart for looks, as in "S K I L L S", are joined.
    """
    text = "".join(" " * word.spaced + word.text for word in words).lstrip()
    if _SPACED.fullmatch(text) and text.replace(" ", "").isalpha():
        return RichText.of([Run(text.replace(" ", ""), words[0].bold)])
    return RichText.of(_runs(words))


def _runs(words: Sequence[Word]) -> Iterator[Run]:
    yield _run(words[0])
    for before, word in pairwise(words):
        link = word.link if word.link == before.link else None
        space = " " if word.spaced else ""
        yield Run(space, word.bold and before.bold, word.italic and before.italic, link)
        yield _run(word)


def _run(word: Word) -> Run:
    return Run(word.text, word.bold, word.italic, word.link)


def joined(before: str, after: str) -> str:
    """Return two rows as one text: a word cut at the row's end is made whole.

    A hyphen is dropped where the halves make a word that postings and résumés know; where
    they do not, it may be the word's own ("data-driven") and stays.
    """
    if not before.endswith(_HYPHENS) or not after[:1].isalpha() or before[-2:-1].isspace():
        return f"{before} {after}"
    if before.endswith(_SOFT):
        return before[:-1] + after
    first = before[:-1].rsplit(maxsplit=1)[-1].strip(_AROUND).casefold()
    second = after.split(maxsplit=1)[0].strip(_AROUND).casefold()
    if after[0].islower() and before[-2].islower() and _is_word(first, second):
        return before[:-1] + after
    return before + after


def _is_word(first: str, second: str) -> bool:
    """Return whether two halves are one word: its stem, or the first half, is a known word."""
    word = first + second
    if not word.isalpha():
        return False
    shortest = max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING, len(first) + 1)
    known = any(word[:length] in _forms() for length in range(len(word), shortest - 1, -1))
    return known or (second in _ENDINGS and first in _forms())


@cache
def _forms() -> frozenset[str]:
    return frozenset(json.loads(model_bytes("en_tailor/vocab/strings.json")))
