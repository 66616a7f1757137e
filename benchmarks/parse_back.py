"""Read written documents back with programs that nobody here wrote, and score what they found.

    make parse-back                             # their environment, then this
    python benchmarks/parse_back.py [--quick] [--losses] [--keep FOLDER]

Four CVs times three postings. The readers run in child processes with a time-out; those that
are not installed are listed. Controls are the same documents with one thing done badly. Then
two validators look at all documents. Needs the folder of shared CVs and postings.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from readback.controls import CONTROLS
from readback.readers import READERS, Reader, Reading, read_all, score
from readback.scores import PARSER_WEIGHTS, TEXT_WEIGHTS, Score
from readback.truth import Truth, truth_of
from readback.validity import VALIDATORS

import tailor
from tailor.layout.typography import LOOKS
from tailor.reading.posting.text import parse_posting

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TAILOR_SHARED", ROOT.parent / "shared"))
PAGES = 2
# Each CV with three postings of its field: files of data/, or ids of the shared postings.
CASES: dict[str, tuple[Path, tuple[str, str, str]]] = {
    "real": (SHARED / "cvs/master_cv.md", ("00c431a53ead", "0b9e7bb47ecd", "1dba1f7d7592")),
    "sample": (
        ROOT / "data/sample_cv.md",
        ("sample_posting_platform.txt", "sample_posting_data_lead.txt", "084669373edf"),
    ),
    "json-resume": (
        SHARED / "cvs/jsonresume_sample.json",
        ("10f8b359fa44", "1042a74b4363", "sample_posting_platform.txt"),
    ),
    "rendercv": (
        SHARED / "cvs/rendercv_sample.yaml",
        ("0b9e7bb47ecd", "0bfe40747ca5", "1e3fdeb5489d"),
    ),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A document on disk and what stands in it. `control` is the name of what is wrong with it.

    `first` says that it is the one of its CV that looks and controls are compared with.
    """

    path: Path
    truth: Truth
    look: str = "classic"
    control: str = ""
    first: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is one of those that readers are scored by."""
        return self.look == "classic" and not self.control


def documents(folder: Path, *, quick: bool) -> list[Case]:
    """Write the documents: three for each CV, and of its first one all looks and controls.

    One for each CV if `quick`.
    """
    texts = _posting_texts()
    cases = []
    for name, (cv_path, postings) in CASES.items():
        cv = tailor.read_cv(cv_path)
        for number, posting in enumerate(postings[:1] if quick else postings, start=1):
            match = tailor.match(cv, parse_posting(texts[posting]))
            for look in LOOKS if number == 1 else ("classic",):
                resume = tailor.select(match, pages=PAGES, look=look)
                path = folder / f"{name}-{number}-{look}.docx"
                tailor.write_docx(resume, path, force=True)
                cases.append(Case(path, truth_of(resume), look, first=number == 1))
    for case in [case for case in cases if case.first and case.counts]:
        for control, spoil in CONTROLS.items():
            path = folder / f"{case.path.stem}-{control.replace(' ', '_')}.docx"
            cases.append(Case(path, spoil(case.path, path, case.truth), control=control))
    return cases


def _posting_texts() -> dict[str, str]:
    wanted = {posting for _, postings in CASES.values() for posting in postings}
    texts = {}
    for posting in wanted:
        if posting.endswith(".txt"):
            texts[posting] = (ROOT / "data" / posting).read_text(encoding="utf-8")
    with gzip.open(SHARED / "postings/postings.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if record["id"] in wanted:
                texts[record["id"]] = record["text"]
    return texts


Scores = Mapping[Path, Score]


def print_readers(scores: Mapping[Reader, Scores], cases: Sequence[Case]) -> None:
    """Print mean and minimum of each reader, and what it found of each part."""
    good = [case.path for case in cases if case.counts]
    for parses, weights in ((False, TEXT_WEIGHTS), (True, PARSER_WEIGHTS)):
        parts = list(weights)
        print(f"\n| {'parser' if parses else 'text reader'} | mean | minimum |", end="")
        print("".join(f" {part} ({weights[part]:g}) |" for part in parts))
        print("|---" * (3 + len(parts)) + "|")
        rows = [reader for reader in scores if reader.parses is parses]
        for reader in rows:
            mine = [scores[reader][path] for path in good]
            totals = [one.total for one in mine]
            print(f"| {reader.name} | {mean(totals):.1f} | {min(totals):.1f} |", end="")
            for part in parts:
                shares = [one.shares[part] for one in mine if part in one.shares]
                print(f" {100 * mean(shares):.1f} % |" if shares else " – |", end="")
            print()
        if rows:
            means = [mean(scores[r][p].total for p in good) for r in rows]
            print(f"| **mean of these** | **{mean(means):.1f}** | |" + " |" * len(parts))
    overall = [mean(marks[path].total for path in good) for marks in scores.values()]
    print(f"\nMean of {len(overall)} readers over {len(good)} documents: {mean(overall):.1f}")


def print_kinds(scores: Mapping[Reader, Scores], cases: Sequence[Case]) -> None:
    """Print the mean of each look and of each control, of one document for each CV."""
    kinds = {f"{look} look": [c for c in cases if c.first and c.look == look] for look in LOOKS}
    kinds |= {f"control: {name}": [c for c in cases if c.control == name] for name in CONTROLS}
    print("\n| document | text readers | parsers | all | lowest reader |\n|---|---|---|---|---|")
    for kind, members in kinds.items():
        means = {
            reader: mean(marks[case.path].total for case in members)
            for reader, marks in scores.items()
        }
        cells = [
            [points for reader, points in means.items() if reader.parses in parses]
            for parses in ((False,), (True,), (False, True))
        ]
        lowest = min(means, key=lambda reader: means[reader])
        shown = " | ".join(f"{mean(points):.1f}" if points else "–" for points in cells)
        print(f"| {kind} | {shown} | {lowest.name}, {means[lowest]:.1f} |")


def print_losses(
    scores: Mapping[Reader, Scores], readings: Mapping[Reader, Reading], cases: Sequence[Case]
) -> None:
    """Print each part of each document that a reader did not find whole."""
    for reader, marks in scores.items():
        for case in cases:
            shares = marks[case.path].shares
            lost = {part: f"{share:.2f}" for part, share in shares.items() if share < 1}
            if lost and case.counts:
                print(f"{reader.name}: {case.path.stem}: {lost}", end=" ")
                print(readings[reader].failed.get(case.path, ""))


def print_validity(cases: Sequence[Case]) -> None:
    """Print in how many documents of each look each validator finds something, and what."""
    written = [case for case in cases if not case.control]
    print("\n| validator | look | documents | with findings | findings |\n|---|---|---|---|---|")
    for name, validate in VALIDATORS.items():
        found = validate([case.path for case in written])
        if isinstance(found, str):
            print(f"| {name} | – | – | – | skipped: {found} |")
            continue
        for look in LOOKS:
            messages = [found[case.path] for case in written if case.look == look]
            kinds = Counter(message for one in messages for message in one)
            told = "; ".join(f"{count} × {kind}" for kind, count in kinds.most_common(3))
            bad = sum(map(bool, messages))
            print(f"| {name} | {look} | {len(messages)} | {bad} | {told or 'none'} |")


def main() -> None:
    """Write, read back, score, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one posting for each CV")
    parser.add_argument("--losses", action="store_true", help="print what was not found")
    parser.add_argument("--keep", type=Path, help="write the documents there, and leave them")
    options = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"needs the folder of shared CVs and postings, which is not at {SHARED}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        cases = documents(folder, quick=options.quick)
        paths = [case.path for case in cases]
        readings, scores, skipped = {}, {}, []
        for reader in READERS:
            reading = read_all(reader, paths)
            if reading.absent:
                skipped.append(f"{reader.name} ({reader.source}): {reading.absent}")
                continue
            readings[reader] = reading
            scores[reader] = {
                case.path: score(reader, reading.got.get(case.path), case.truth) for case in cases
            }
        if scores:
            print_readers(scores, cases)
            print_kinds(scores, cases)
        if skipped:
            print("\nSkipped: " + "; ".join(skipped))
        if options.losses:
            print_losses(scores, readings, cases)
        print_validity(cases)


if __name__ == "__main__":
    main()
