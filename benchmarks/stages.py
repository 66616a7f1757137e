"""Time each stage of one application, beside the floor: spaCy's blank tokeniser alone.

    python benchmarks/stages.py [--cv ../shared/cvs/master_cv.md] [--count 200]
    python benchmarks/stages.py --digest before.json
    python benchmarks/stages.py --against before.json

All stages in turn on each posting, in processor time; each posting is seen for the first time, and
the CV was read and matched before. Python looks for garbage as seldom as in a worker of a batch.
Times are sums over all postings. ``--digest`` writes a checksum of all that comes out of each
posting and CV, ``--against`` compares with such a file: a change that is to make things faster only
must leave all of them as they are.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import spacy

from tailor.batch.application import search_less
from tailor.document.resume import resume_docx
from tailor.matching import match as matching
from tailor.matching.answered import count_answered
from tailor.pipeline import match, read_cv, score_bullets, select
from tailor.reading.posting.text import parse_posting
from tailor.report.data import as_data
from tailor.values.cv import Cv
from tailor.values.errors import PostingError
from tailor.values.resources import data_path
from training.records import read_records

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("TAILOR_SHARED", ROOT.parent / "shared"))
# Other postings than those measured, so that words are known as in the midst of a batch.
_WARM = 300
_COMPARED = 150
_Result = TypeVar("_Result")
# Inside of `match`; each as its module calls it.
_PARTS = {
    "find_requirements": "  requirements",
    "asked_by": "  the posting as figures",
    "compare": "  lines and requirements compared",
}


class Times:
    """Seconds by stage, posting for posting."""

    def __init__(self) -> None:
        self.rows: list[dict[str, float]] = []

    def of(self, name: str, step: Callable[[], _Result]) -> _Result:
        """Return what `step` gives, and count its time to `name`."""
        start = time.process_time_ns()
        try:
            return step()
        finally:
            self.rows[-1][name] += (time.process_time_ns() - start) / 1e9

    def begin(self) -> None:
        """Begin with the next posting."""
        self.rows.append(defaultdict(float))


def main() -> None:
    """Print the table, or write or compare checksums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cv", type=Path, default=SHARED / "cvs/master_cv.md")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--digest", type=Path, help="write checksums to this file")
    parser.add_argument("--against", type=Path, help="compare with the checksums of this file")
    options = parser.parse_args()
    texts = [record["text"] for record in read_records(SHARED / "postings/postings.jsonl.gz")]
    random.Random(options.seed).shuffle(texts)  # noqa: S311 - a sample
    if options.digest:
        options.digest.write_text(json.dumps(dict(_digests(texts)), indent=0))
    elif options.against:
        _compare(json.loads(options.against.read_text()), dict(_digests(texts)))
    else:
        _print_stages(read_cv(options.cv), texts[: _WARM + options.count])


def _print_stages(cv: Cv, texts: list[str]) -> None:
    blank = spacy.blank("en").tokenizer
    times = Times()
    with _parts_timed(times):
        for number, text in enumerate(texts):
            if number == _WARM:
                search_less()
            times.begin()
            times.of("blank tokeniser", lambda: blank(text))  # noqa: B023 - called at once
            try:
                _one(cv, text, times)
            except PostingError:
                times.rows.pop()
    rows = times.rows[_WARM:]
    floor = sum(row["blank tokeniser"] for row in rows)
    index = ("read", "match", "asks", "count answered")
    whole = ("read", "match", "asks", "select", "DOCX", "JSON")
    sums = {name: sum(row[name] for row in rows) for name in ("blank tokeniser", *whole)}
    total = sum(sums[name] for name in whole)
    print(f"{len(rows)} postings, one CV of {len(list(cv.bullets()))} bullets\n")
    print("| stage | ms, mean | ms, median | share | times the blank tokeniser |")
    print("|---|---:|---:|---:|---:|")

    def show(label: str, *names: str) -> None:
        each = [1000 * sum(row[name] for name in names) for row in rows]
        share = (
            f"{sum(each) / 10 / total:.0f} %" if set(names) <= set(whole) or label[0] == " " else ""
        )
        print(
            f"| {label} | {statistics.mean(each):.2f} | {statistics.median(each):.2f} | {share} | "
            f"{sum(each) / 1000 / floor:.2f} |"
        )

    show("blank tokeniser", "blank tokeniser")
    show("read", "read")
    show("match", "match")
    for label in _PARTS.values():
        show(label, label)
    show("asks", "asks")
    show("select", "select")
    show("DOCX", "DOCX")
    show("JSON", "JSON")
    show("count answered", "count answered")
    show("**index**: read, match, asks, count", *index)
    show("**whole**: read, match, asks, select, DOCX, JSON", *whole)


def _one(cv: Cv, text: str, times: Times) -> None:
    posting = times.of("read", lambda: parse_posting(text))
    matched = times.of("match", lambda: match(cv, posting))
    times.of("asks", lambda: matched.asks)
    times.of("count answered", lambda: count_answered(matched))
    resume = times.of("select", lambda: select(matched))
    times.of("DOCX", lambda: resume_docx(resume))
    times.of("JSON", lambda: json.dumps(as_data(resume)))


@contextmanager
def _parts_timed(times: Times) -> Iterator[None]:
    """Time the parts of `match` too."""
    before = {name: getattr(matching, name) for name in _PARTS}

    def timed(name: str, step: Callable[..., object]) -> Callable[..., object]:
        return lambda *args, **named: times.of(_PARTS[name], lambda: step(*args, **named))

    for name, step in before.items():
        setattr(matching, name, timed(name, step))
    try:
        yield
    finally:
        for name, step in before.items():
            setattr(matching, name, step)


def _digests(texts: list[str]) -> Iterator[tuple[str, str]]:
    """Yield a checksum of each result of each posting and CV, by a name for it."""
    cvs = [
        read_cv(path)
        for path in (
            SHARED / "cvs/master_cv.md",
            data_path("sample_cv.md"),
            SHARED / "cvs/rendercv_sample.yaml",
        )
    ]
    for number, text in enumerate(texts[-_COMPARED:]):
        posting = parse_posting(text)
        yield f"{number} posting", _sum(repr(posting))
        for place, cv in enumerate(cvs):
            lines = [bullet.text.plain for bullet in cv.bullets()]
            yield f"{number} {place} plain scores", _sum(score_bullets(text, lines).tobytes())
            try:
                matched = match(cv, posting)
            except PostingError as error:
                yield f"{number} {place} error", _sum(str(error))
                continue
            yield f"{number} {place} scores", _sum(repr(list(_scores(matched))))
            yield f"{number} {place} answered", _sum(repr(count_answered(matched)))
            resume = select(matched, pages=None if number % 2 else 1 + number % 3)
            yield (
                f"{number} {place} choice",
                _sum(repr((resume.sections, resume.dropped, resume.gains))),
            )
            yield f"{number} {place} DOCX", _sum(resume_docx(resume))
            yield f"{number} {place} JSON", _sum(json.dumps(as_data(resume)))


def _scores(matched: matching.Match) -> Iterator[Any]:
    yield matched.requirements
    yield list(matched.texts.items())
    for text_id, score in matched.scores.items():
        yield text_id, score.requirements, score.posting, score.related, score.topics, score.trade
        yield score.beside, score.total, tuple(score.relations)


def _sum(content: str | bytes) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _compare(before: dict[str, str], after: dict[str, str]) -> None:
    other = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    print(f"{len(before)} checksums before, {len(after)} after, {len(other)} differ")
    for name in sorted(other)[:20]:
        print(f"  {name}")
    raise SystemExit(bool(other))


if __name__ == "__main__":
    main()
