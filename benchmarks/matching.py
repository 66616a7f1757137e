"""Time the matching of postings with a CV, beside the floor: spaCy's blank tokeniser alone.

    python benchmarks/matching.py [--cv ../shared/cvs/master_cv.md] [--count 200]

Both in turn on each posting, in processor time, the models loaded and the CV's lines known. Each
posting is seen for the first time. Also, in a process of its own, how long each of `models/` takes
to load.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path

import spacy

from tailor import match, read_cv
from tailor.reading.posting.text import parse_posting
from tailor.values.errors import PostingError
from training.records import read_records

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))
_WARM = 20
_LOADING = """
import time
import numpy
def timed(name, load):
    start = time.process_time()
    load()
    print(f"{name}\\t{1000 * (time.process_time() - start):.1f}")
from tailor.matching import rank
from tailor.nlp import pipeline
from tailor.reading.posting import part, sentence
from tailor.reading.posting.text import parse_posting
timed("spaCy and the pipeline", pipeline.load)
timed("weights", rank.learnt_ranker)
posting = parse_posting("Bake")
timed("parts of a posting", lambda: part.label_units(sentence.units_of(posting.lines)))
"""


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cv", type=Path, default=SHARED / "cvs/master_cv.md")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args()
    texts = [record["text"] for record in read_records(SHARED / "postings/postings.jsonl.gz")]
    random.Random(options.seed).shuffle(texts)  # noqa: S311 - a sample
    _print_matching(options.cv, texts, options.count)
    _print_loading()


def _print_matching(cv_path: Path, texts: list[str], count: int) -> None:
    cv = read_cv(cv_path)
    blank = spacy.blank("en")
    rows = []
    for text in islice(texts, count + _WARM):
        posting = parse_posting(text)
        row = [_seconds(partial(blank, text)), _seconds(partial(parse_posting, text))]
        try:
            row.append(_seconds(partial(match, cv, posting)))
        except PostingError:
            continue
        rows.append(row)
    statements = sum(len(bullet.statements) for bullet in cv.bullets())
    print(f"{len(rows) - _WARM} postings, one CV of {statements} statements\n")
    print("| step | median ms | times blank tokenisation (median of the postings' ratios) |")
    print("|---|---|---|")
    for name, place in (("spaCy's blank tokeniser", 0), ("parse", 1), ("match", 2)):
        values = [row[place] for row in rows[_WARM:]]
        ratio = statistics.median(row[place] / row[0] for row in rows[_WARM:])
        print(f"| {name} | {1000 * statistics.median(values):.2f} | {ratio:.2f} |")


def _seconds(step: Callable[[], object]) -> float:
    start = time.process_time()
    step()
    return time.process_time() - start


def _print_loading() -> None:
    done = [
        subprocess.run([sys.executable, "-c", _LOADING], capture_output=True, text=True, check=True)
        for _ in range(7)
    ]
    runs = [dict(line.split("\t") for line in run.stdout.splitlines()) for run in done]
    print("\n| loading | median ms of 7 |\n|---|---|")
    medians = {name: statistics.median(float(run[name]) for run in runs) for name in runs[0]}
    for name, value in medians.items():
        print(f"| {name} | {value:.0f} |")
    print(f"| all | {sum(medians.values()):.0f} |")


if __name__ == "__main__":
    main()
