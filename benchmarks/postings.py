"""Read many real postings: how often the title and company are found, and what asks for nothing.

    PYTHONPATH=. python benchmarks/postings.py [--postings FILE] [--list]
    PYTHONPATH=. python benchmarks/postings.py --parts

With `--parts` the field that says what each line is about is learnt without the postings set apart
(two minutes), and is measured on them: precision and recall of lines that ask, by the field alone
and with the rules, and which part was taken for which.

Each line of the file has `id`, `text`, and `title` and `company` where known; reading
gets the text alone. A found name is *right* where it has the same words as the known one,
*close* where one has all words of the other ("Data Engineer" for "Senior Data Engineer,
Payments"), *akin* where they share half of the words of the shorter ("Python Engineer" for
"Python Developer"), else *wrong*. What brackets enclose and legal forms do not count.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tailor.matching.requirements import Kind, _bare, find_requirements
from tailor.nlp.cue import words_of
from tailor.reading.posting import cue, part, settle
from tailor.reading.posting.sentence import ASKING, Part
from tailor.reading.posting.text import parse_posting
from tailor.reading.reader import read_posting
from training.posting.language import prose_language
from training.records import read_records

if TYPE_CHECKING:
    from training.posting.labels import Labelled

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))
_NAMED = ("title", "company", "place")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NO_WORDS = frozenset(
    "inc ltd llc llp gmbh ag plc corp corporation limited co company the of for and in at a to "
    "remote hybrid us usa uk europe emea".split()
)
_SAME = {
    "sr": "senior", "snr": "senior", "jr": "junior", "engineers": "engineer", "devops": "dev ops",
    "frontend": "front end", "backend": "back end", "fullstack": "full stack",
    "ml": "machine learning",
}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What came of one posting. `title` and `company` are one of the above, none or unknown."""

    id: str
    source: str
    title: str
    company: str
    language: str
    requirements: int
    found_title: str
    found_company: str
    found_place: str


def compare(found: str, known: str) -> str:
    """Compare a found name with the known one."""
    if known.strip() in {"", "None"}:
        return "unknown"
    if not found:
        return "none"
    ours, theirs = _words(found), _words(known)
    if ours == theirs or _letters(found) == _letters(known):
        return "right"
    if ours <= theirs or theirs <= ours:
        return "close"
    return "akin" if 2 * len(ours & theirs) >= min(len(ours), len(theirs)) else "wrong"


def _words(name: str) -> frozenset[str]:
    words = words_of(_BRACKETS.sub(" ", name))
    return frozenset(" ".join(_SAME.get(word, word) for word in words).split()) - _NO_WORDS


def _letters(name: str) -> str:
    return "".join(words_of(name))


def outcomes(path: Path) -> Iterable[Outcome]:
    """Read every posting of the file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            posting = parse_posting(record["text"])
            yield Outcome(
                record["id"],
                record["source"],
                compare(posting.title, record["title"] or ""),
                compare(posting.company, (record["company"] or "").partition("\n")[0]),
                prose_language(record["text"]),
                len(find_requirements(posting)),
                posting.title,
                posting.company,
                posting.place,
            )


def print_parts(postings: Path) -> None:
    """Print how well lines are told that were not learnt from: each row is what a line is."""
    from training.posting.__main__ import learn_apart
    from training.posting.labels import read_labelled

    with tempfile.TemporaryDirectory() as folder:
        figures = learn_apart(postings, Path(folder))
        alone = tuple(figures[f"asking_{name}"] for name in ("precision", "recall"))
        # What is called from here on reads what was just learnt in place of what ships.
        kinds = cue.read_kinds((Path(folder) / cue.MODEL_FILE).read_bytes())
        vars(part).update(MODELS=Path(folder), learnt_kinds=lambda: kinds)
        vars(settle).update(learnt_kinds=lambda: kinds)
        with_rules = asked_of([one for one in read_labelled(postings) if one.apart], postings)
    print(f"field alone: precision {alone[0]}, recall {alone[1]}; all lines {figures['accuracy']}")
    print(f"with the rules: precision {with_rules[0]:.3f}, recall {with_rules[1]:.3f}")
    confusion = cast(dict[str, dict[str, int]], figures["confusion"])
    columns = sorted(confusion)
    print(f"| |{'|'.join(columns)}|", f"|---|{'---:|' * len(columns)}", sep="\n")
    for true in columns:
        cells = " | ".join(str(confusion[true].get(guess, "")) for guess in columns)
        print(f"| {true} | {cells} |")


def asked_of(labelled: Sequence[Labelled], postings: Path) -> tuple[float, float]:
    """Return precision and recall of what is asked for in labelled postings, by line."""
    wanted = {one.id for one in labelled}
    texts = {
        record["id"]: parse_posting(record["text"])
        for record in read_records(postings)
        if record["id"] in wanted
    }
    both = taken = asked = 0
    for one in labelled:
        posting = texts.get(one.id) or read_posting(postings.parent / one.id)
        found = {_bare(r.text) for r in find_requirements(posting) if r.kind is not Kind.TITLE}
        labels = {
            _bare(unit.text): label for unit, label in zip(one.units, one.labels, strict=True)
        }
        told = {text: label for text, label in labels.items() if label != Part.ROLE}
        asking = {text for text, label in told.items() if label in ASKING}
        both += len(asking & found)
        taken += len(told.keys() & found)
        asked += len(asking)
    return both / taken, both / asked


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=Path, default=SHARED / "postings/postings.jsonl.gz")
    parser.add_argument("--list", action="store_true", help="list those that ask for nothing")
    parser.add_argument("--parts", action="store_true", help="measure what lines are about")
    options = parser.parse_args()
    if options.parts:
        print_parts(options.postings)
        return
    start = time.perf_counter()
    every = list(outcomes(options.postings))
    seconds = time.perf_counter() - start
    print(f"{len(every)} postings, {1000 * seconds / len(every):.1f} ms each")
    for what in ("title", "company"):
        counts = Counter(getattr(one, what) for one in every)
        known = len(every) - counts["unknown"]
        shares = ", ".join(
            f"{k} {counts[k]} ({counts[k] / known:.1%})"
            for k in ("right", "close", "akin", "wrong", "none")
        )
        print(f"{what} known for {known}: {shares}")
    none = {w: sum(not getattr(one, f"found_{w}") for one in every) for w in _NAMED}
    print("without " + ", ".join(f"{what} {count}" for what, count in none.items()))
    print(f"requirements: {sum(one.requirements for one in every) / len(every):.1f} a posting")
    empty = [one for one in every if not one.requirements]
    languages = Counter(one.language for one in every)
    print(f"{'reads like':<14}{'postings':>9}{'without a requirement':>23}")
    for language, count in languages.most_common():
        without = sum(one.language == language for one in empty)
        print(f"{language or '-':<14}{count:>9}{without:>15} {without / count:>7.1%}")
    if options.list:
        for one in empty:
            print(one.id, one.source, one.language, one.found_title)


if __name__ == "__main__":
    main()
