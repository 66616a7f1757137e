"""Find the phrases that name skills and knowledge: several finders side by side, on SkillSpan.

    PYTHONPATH=. python benchmarks/skills.py [--bench ../shared/bench]
        [--lexicons ../shared/lexicons] [--parser NAME_OR_PATH]

Precision, recall and F1 on `dev.json`, once for phrases found exactly and once for the words in
them (a word counts once for each line and kind). "both" is the union of the two kinds: finders
that do not tell skill from knowledge are held against each kind with all that they find.
Times are of the processor, without loading, line by line.
The noun chunks need a spaCy pipeline with a parser: a package by its name, or a folder.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tailor.nlp.pipeline import read_texts
from tailor.nlp.skill import Kind, find_skill_phrases, lines_of
from tailor.values.resources import data_table
from training.lexicons import read_names
from training.skillspan import AnnotatedLine, read_skillspan

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))
BOTH = (Kind.SKILL, Kind.KNOWLEDGE)

Span = tuple[int, int]
Finder = Callable[[str], dict[Kind, set[Span]]]


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1, each 0 to 1."""

    precision: float
    recall: float
    f1: float

    def __str__(self) -> str:
        return f"{self.precision:.3f} | {self.recall:.3f} | {self.f1:.3f}"


def score(pairs: Iterable[tuple[set[Span], set[Span]]]) -> Score:
    """Return the score of ``(gold, found)`` of each line, equal members being right."""
    right = gold_count = found_count = 0
    for gold, found in pairs:
        right += len(gold & found)
        gold_count += len(gold)
        found_count += len(found)
    precision, recall = right / max(found_count, 1), right / max(gold_count, 1)
    return Score(precision, recall, 2 * precision * recall / max(precision + recall, 1e-9))


def words_in(spans: Iterable[Span], words: Sequence[Span]) -> set[Span]:
    """Return those of `words` that touch a span."""
    return {(s, e) for s, e in words if any(s < end and e > start for start, end in spans)}


def by_tailor(text: str) -> dict[Kind, set[Span]]:
    """Find phrases as `tailor` does."""
    (found,) = find_skill_phrases(read_texts([text]))
    return {kind: {(p.start, p.end) for p in found if p.kind == kind} for kind in BOTH}


def forms_of(text: str) -> list[str]:
    """Return the forms of the words of `text`."""
    return [token.norm_ for token in read_texts([text])[0] if token.norm_]


def by_dictionary(names: Iterable[str]) -> Finder:
    """Find the longest of `names` at each place, by the forms of their words."""
    known = {tuple(forms_of(name)) for name in names}
    known.discard(())
    longest = max(map(len, known))

    def find(text: str) -> dict[Kind, set[Span]]:
        tokens = [token for token in read_texts([text])[0] if token.norm_]
        forms = [token.norm_ for token in tokens]
        spans = set()
        place = 0
        while place < len(tokens):
            for length in range(min(longest, len(tokens) - place), 0, -1):
                if tuple(forms[place : place + length]) in known:
                    last = tokens[place + length - 1]
                    spans.add((tokens[place].idx, last.idx + len(last)))
                    place += length
                    break
            else:
                place += 1
        return dict.fromkeys(BOTH, spans)

    return find


def by_noun_chunks(pipeline: str) -> Finder:
    """Find the noun chunks of a spaCy parser, without articles and pronouns."""
    import spacy

    nlp = spacy.load(pipeline, exclude=["ner", "lemmatizer"])

    def find(text: str) -> dict[Kind, set[Span]]:
        spans = set()
        for chunk in nlp(text).noun_chunks:
            tokens = [token for token in chunk if token.pos_ not in {"DET", "PRON"}]
            if tokens:
                spans.add((tokens[0].idx, tokens[-1].idx + len(tokens[-1])))
        return dict.fromkeys(BOTH, spans)

    return find


def read_dictionary(lexicons: Path) -> dict[str, list[str]]:
    """Return the names of skills by list: the project's own table, and public lists."""
    aliases = [row[c] for row in data_table("skill_aliases.tsv") for c in ("alias", "term")]
    esco = (lexicons / "esco_v110_skill_labels_en.txt").read_text(encoding="utf-8").splitlines()
    products = [name for names in read_names(lexicons).values() for name in names]
    return {"aliases": aliases, "aliases, ESCO, products": [*aliases, *esco, *products]}


def rows_of(label: str, find: Finder, lines: Sequence[AnnotatedLine]) -> Iterable[str]:
    """Yield a row of the table for each kind, and one for both."""
    find(lines[0].text)  # loads what is needed
    start = time.process_time()
    found = [find(line.text) for line in lines]
    taken = time.process_time() - start
    places = [
        [(word.idx, word.idx + len(word)) for words in lines_of(doc) for word in words]
        for doc in read_texts(line.text for line in lines)
    ]
    per_words = taken / sum(map(len, places)) * 600 * 1000
    for name, kinds in (("skill", BOTH[:1]), ("knowledge", BOTH[1:]), ("both", BOTH)):
        golds = [set().union(*(line.spans[kind] for kind in kinds)) for line in lines]
        finds = [set().union(*(one[kind] for kind in kinds)) for one in found]
        exact = score(zip(golds, finds, strict=True))
        by_word = score(
            (words_in(gold, words), words_in(spans, words))
            for gold, spans, words in zip(golds, finds, places, strict=True)
        )
        yield f"| {label} | {name} | {exact} | {by_word} | {per_words:.1f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, default=SHARED / "bench")
    parser.add_argument("--lexicons", type=Path, default=SHARED / "lexicons")
    parser.add_argument("--parser", default="en_core_web_sm", help="spaCy pipeline, name or folder")
    parser.add_argument("--file", default="dev.json", help="which file of SkillSpan")
    options = parser.parse_args()
    lines = list(read_skillspan(options.bench / "skillspan" / options.file))
    finders: dict[str, Finder] = {"tailor": by_tailor}
    for name, names in read_dictionary(options.lexicons).items():
        finders[f"dictionary: {name}"] = by_dictionary(names)
    try:
        finders["noun chunks (spaCy)"] = by_noun_chunks(options.parser)
    except OSError:
        print(f"No spaCy pipeline {options.parser!r}: the noun chunks are left out.\n")
    print("| finder | kind | precision | recall | F1 | words: P | R | F1 | ms / 600 words |")
    print("|---|---|---|---|---|---|---|---|---|")
    for label, find in finders.items():
        for row in rows_of(label, find, lines):
            print(row)


if __name__ == "__main__":
    main()
