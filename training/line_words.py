"""Build `data/line_words.toml`'s list of verbs: words that postings use to say what one does.

    python -m training.line_words --postings ../shared/postings/postings.jsonl.gz \
        --lexicons ../shared/lexicons

No tagger is needed: a word that stands behind "to" and "will", at the beginning of a line, or
before "the", and hardly ever behind "the" and "of" or before a comma, is a verb. Counted over all
lines of the postings; a rarer word must also begin a skill of ESCO, which all say what is done.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from textwrap import fill

from tailor.values.resources import DATA, data_toml
from training.records import read_records

FILE_NAME = "line_words.toml"
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]|[A-Za-z]|[^\w\s]")
_BEFORE_NOUNS = frozenset(
    "the a an our your their its his her this that these those any all each every some of in for "
    "with on by from through across about".split()
)
_BEFORE_VERBS = frozenset(
    "to will can must should would may could you we they who not help".split()
)
_BEHIND_VERBS = frozenset("the a an our your their its all any each new".split())
_BEHIND_NOUNS = frozenset(". , ; and or for of in to with on".split())
_OFTEN = 60
_FEWEST = 8
_MOST_NOUN = 0.42
_LEAST_VERB = 0.3


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.line_words", description=__doc__)
    parser.add_argument("--postings", type=Path, required=True, help="JSON lines with a `text`")
    parser.add_argument("--lexicons", type=Path, required=True, help="folder of the word lists")
    parser.add_argument("--out", type=Path, default=DATA, help="folder of the table")
    options = parser.parse_args()
    lines = (
        line for record in read_records(options.postings) for line in record["text"].split("\n")
    )
    labels = (options.lexicons / "esco_v110_skill_labels_en.txt").read_text("utf-8").splitlines()
    table = options.out / FILE_NAME
    hand_made, _, _ = table.read_text("utf-8").partition("[verbs]\n")
    found = fill(" ".join(find_verbs(lines, labels)), 150)
    table.write_text(f'{hand_made}[verbs]\nwords = """\n{found}\n"""\n', "utf-8")


def find_verbs(lines: Iterable[str], labels: Iterable[str]) -> list[str]:
    """Return the words that say what is done, sorted."""
    done = Counter(label.split()[0] for label in labels if " " in label)
    seen: Counter[str] = Counter()
    as_verb: Counter[str] = Counter()
    as_noun: Counter[str] = Counter()
    for line in lines:
        words = ["^", *_WORD.findall(line), "$"]
        for before, written, behind in zip(words, words[1:], words[2:], strict=False):
            word = written.lower()
            if before != "^" and written != word:  # the name of somebody or something
                as_noun[word] += 1
            seen[word] += 1
            is_told = before in _BEFORE_VERBS or before == "^"
            as_verb[word] += is_told + (2 * (behind in _BEHIND_VERBS))
            ends = behind in _BEHIND_NOUNS or behind == "$"
            as_noun[word] += before in _BEFORE_NOUNS or (ends and not is_told and before != ",")
    kept = ("function", "grades", "not_verbs")
    listed = {word for name in kept for word in data_toml(FILE_NAME)[name]["words"].split()}
    return sorted(
        word
        for word, count in seen.items()
        if (count >= _OFTEN or (count >= _FEWEST and _base(word, done)))
        and word.isalpha()
        and len(word) > 2
        and word not in listed
        and not word.endswith(("ed", "ly"))
        and as_noun[word] < _MOST_NOUN * (as_noun[word] + as_verb[word])
        and as_verb[word] >= _LEAST_VERB * count
    )


def _base(word: str, verbs: Counter[str]) -> bool:
    """Return whether a word is an inflection of one of `verbs`."""
    stem = word.removesuffix("ing")
    forms = (word, word.removesuffix("s"), word.removesuffix("es"), stem, f"{stem}e", stem[:-1])
    return any(verbs[form] > 1 for form in forms)


if __name__ == "__main__":
    main()
