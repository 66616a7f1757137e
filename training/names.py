"""Count which words end names in real lines, for `models/names.npy`.

    python -m training.names --postings ../shared/postings/postings.jsonl.gz \
        --resumes ../shared/resumes/resumes.jsonl.gz

What stands between words that name nothing is a name ("benefit plans"), or was taken for one
("winter peak"). Names come again: kept is a pair of words that ends one in two documents or more,
and a single word that stands in lists in three, as hashes, so that nothing can be read out of what
ships. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from tailor.matching.mention import NAMES_FILE, told_in
from tailor.matching.requirements import Kind, find_requirements
from tailor.nlp.pipeline import read_texts
from tailor.reading.posting.text import parse_posting
from tailor.values.resources import MODELS
from training.records import read_records

_FEWEST_PAIRS = 2
_FEWEST = 3
_LISTED = 0.2  # of the documents that have a word, in how many it must stand in a list
_MOST_LINES = 60


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.names", description=__doc__)
    parser.add_argument("--postings", type=Path, required=True, help="JSON lines with a `text`")
    parser.add_argument("--resumes", type=Path, required=True, help="JSON lines with `bullets`")
    parser.add_argument("--out", type=Path, default=MODELS, help="folder to write to")
    options = parser.parse_args()
    pairs: Counter[int] = Counter()
    singles: Counter[int] = Counter()
    seen: Counter[int] = Counter()
    for lines in (*asking_lines(options.postings), *told_lines(options.resumes)):
        docs = read_texts(lines)
        told = [told_in(doc) for doc in docs]
        pairs.update({pair for found, _ in told for pair in found})
        singles.update({word for _, found in told for word in found})
        seen.update({token.norm for doc in docs for token in doc})
    kept = sorted(
        {pair for pair, count in pairs.items() if count >= _FEWEST_PAIRS}
        | {
            word
            for word, count in singles.items()
            if count >= _FEWEST and count >= _LISTED * seen[word]
        }
    )
    np.save(options.out / NAMES_FILE, np.array(kept, dtype=np.uint64))
    print(json.dumps({"names": len(kept), "of": len(pairs) + len(singles)}))  # noqa: T201 - the command's answer


def asking_lines(postings: Path) -> Iterator[Sequence[str]]:
    """Yield the lines of each posting that ask for something."""
    for record in read_records(postings):
        posting = parse_posting(f"{record['title']}\n\n{record['text']}")
        found: Iterable[str] = (
            one.text for one in find_requirements(posting) if one.kind is not Kind.TITLE
        )
        yield tuple(found)[:_MOST_LINES]


def told_lines(resumes: Path) -> Iterator[Sequence[str]]:
    """Yield the lines of each résumé."""
    for record in read_records(resumes):
        yield [" ".join(line.split()) for line in record["bullets"][:_MOST_LINES]]


if __name__ == "__main__":
    main()
