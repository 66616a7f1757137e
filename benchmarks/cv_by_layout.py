"""Cross-validate the reader of CVs by layout: a head is read by a model that never saw its order.

    PYTHONPATH=. python benchmarks/cv_by_layout.py --shared ../shared [--documents N] [--folds N]

Invented people are printed in drawn layouts (`training/cv`). The orders of title, employer, place
and dates (`training.cv.layouts.HEADS`) are dealt into folds; for each fold the labels of lines are
learnt from documents that have none of its orders, and the documents that have are read. Printed by
fold: the share of positions of which title, employer and both dates came out right ("whole").
"""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path

import pycrfsuite

from tailor.reading.cv import line_labels
from tailor.reading.cv.structure import read_entries
from tailor.values.cv import Entry, SectionKind
from training.cv import lines
from training.cv.layouts import HEADS, Labelled, Printer, draw
from training.cv.people import Inventor, Job, Person

Made = tuple[list[Labelled], Person, int, int]  # with the folds of its two orders


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=1500)
    parser.add_argument("--folds", type=int, default=4)
    options = parser.parse_args()
    made = _documents(Inventor(options.shared, 11), options.documents, options.folds)
    print("| fold | orders | documents read | positions | whole |\n|---|---|---|---|---|")
    totals = [0, 0, 0]
    for fold in range(options.folds):
        _learn([m for m in made if fold not in m[2:]])
        read = [m for m in made if m[2] == fold]
        found = [_whole(labelled, person) for labelled, person, _, _ in read]
        counts = len(read), sum(len(p.jobs) for _, p, _, _ in read), sum(found)
        totals = [a + b for a, b in zip(totals, counts, strict=True)]
        _row(str(fold + 1), len(HEADS[fold :: options.folds]), counts)
    _row("all", len(HEADS), tuple(totals))


def _row(name: str, orders: int, counts: tuple[int, ...]) -> None:
    documents, positions, whole = counts
    share = f"{whole} ({whole / positions:.1%})"
    print(f"| {name} | {orders} | {documents} | {positions} | {share} |", flush=True)


def _documents(inventor: Inventor, count: int, folds: int) -> list[Made]:
    fold_of = {head: index % folds for index, head in enumerate(HEADS)}
    made = []
    for _ in range(count):
        language = inventor.language()
        person = inventor.person(language)
        layout = draw(inventor.random, language)
        labelled = Printer(person, layout, inventor).print()
        made.append((labelled, person, fold_of[layout.head], fold_of[layout.degree_head]))
    return made


def _learn(made: list[Made]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "lines.crfsuite"
        lines.train([labelled for labelled, *_ in made], model)
        tagger = pycrfsuite.Tagger()
        tagger.open(str(model))
        line_labels.field_tagger = lambda _: tagger  # type: ignore[assignment,attr-defined]


def _whole(labelled: list[Labelled], person: Person) -> int:
    """Return how many of a person's positions came out whole."""
    read = read_entries([line for line, _ in labelled])
    found = [each.entry for each in read if each.kind is SectionKind.EXPERIENCE]
    return sum(any(_is(entry, job) for entry in found) for job in person.jobs)


def _is(entry: Entry, job: Job) -> bool:
    employer = _words(entry.organisation)
    names = _words(job.employer), _words(f"{job.employer} {job.place}")
    return (
        _words(" ".join(entry.titles)) == _words(job.title)
        and employer in names
        and _dated(entry, job)
    )


def _dated(entry: Entry, job: Job) -> bool:
    """Return whether both years are right, and the months where the layout printed any."""
    period = entry.period
    ends = [(period.start, job.start)] + ([(period.end, job.end)] if job.end else [])
    for date, (year, month) in ends:
        if date is None or date.year != year or (date.month and month and date.month != month):
            return False
    return period.present == (job.end is None)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


if __name__ == "__main__":
    main()
