"""Learn which words of a posting name the job, the employer and the place (`name_tags.py`).

Learnt from invented tops (`headers.py`) and from postings whose record says title and company and
whose text has them; of one company at most eight. Every fourth of those is measured on only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from zlib import crc32

import pycrfsuite

from tailor.reading.cv.names import is_place
from tailor.reading.posting.name_tags import Word, describe, words_looked_at
from tailor.reading.posting.text import posting_lines
from tailor.reading.posting.title import find_title
from tailor.values.posting import PostingLine
from training.posting.headers import Segment, invented_headers
from training.posting.language import reads_like_english
from training.records import read_records

INVENTED, POSTED = 6_500, 900
_MOST_OF_COMPANY = 8
_NOT_KNOWN = frozenset({"", "None"})
_TOP, _SHORT = 12, 120
_PIECE = re.compile(r"[^|·•–—:()\t]+")
_ASIDE = re.compile(r"\s*[(\[].*|\s+[-–|]\s+.*|,.*")
Sample = tuple[list[list[str]], list[str]]
_Span = tuple[int, int, int, str]  # line, start, end, kind


def invented_samples(shared: Path, count: int, seed: int = 7) -> Iterator[Sample]:
    """Yield features and labels of invented postings."""
    for rows in invented_headers(shared, count, seed):
        text = "\n".join("".join(part for part, _ in row) for row in rows)
        lines = posting_lines(text)
        spans = _placed(rows, lines)
        by_line = words_looked_at(lines)
        if spans is not None and by_line:
            yield describe(lines, by_line), _labels(by_line, spans)


def _placed(rows: Sequence[Sequence[Segment]], lines: Sequence[PostingLine]) -> list[_Span] | None:
    """Return where the names stand in the lines as they were read, None where one is lost."""
    spans: list[_Span] = []
    for number, row in enumerate(rows, start=1):
        own = [(index, line.text) for index, line in enumerate(lines) if line.number == number]
        nth = at = 0
        for part, kind in row:
            if not kind:
                continue
            name = " ".join(part.split())
            while nth < len(own) and (found := own[nth][1].find(name, at)) < 0:
                nth, at = nth + 1, 0
            if nth == len(own):
                return None
            spans.append((own[nth][0], found, found + len(name), kind))
            at = found + len(name)
    return spans


def posted_samples(postings: Path) -> Iterator[tuple[str, Sample]]:
    """Yield id, features and labels of postings whose record names what their text has."""
    seen: Counter[str] = Counter()
    for record in read_records(postings):
        company = str(record.get("company") or "").partition("\n")[0].strip()
        title = str(record.get("title") or "").strip()
        if company in _NOT_KNOWN or seen[company] >= _MOST_OF_COMPANY:
            continue
        lines = posting_lines(str(record["text"]))
        if not reads_like_english("\n".join(line.text for line in lines)):
            continue
        spans = list(_occurring(lines, company, "C"))
        if not spans:
            continue
        titles = {title, _ASIDE.sub("", title), find_title(lines)} - _NOT_KNOWN
        for name in sorted(titles, key=len, reverse=True):
            if len(name) > 5:
                spans += _occurring(lines, name, "T")
        spans += _places(lines[:_TOP])
        by_line = words_looked_at(lines)
        seen[company] += 1
        yield str(record["id"]), (describe(lines, by_line), _labels(by_line, spans))


def _places(lines: Sequence[PostingLine]) -> Iterator[_Span]:
    """Yield the pieces of short lines at the top that are places without doubt."""
    for index, line in enumerate(lines):
        if len(line.text) > _SHORT:
            continue
        for match in _PIECE.finditer(line.text):
            name = match[0].strip()
            if name and is_place(name):
                start = line.text.find(name, match.start())
                yield index, start, start + len(name), "P"


def _occurring(lines: Sequence[PostingLine], name: str, kind: str) -> Iterator[_Span]:
    flags = re.IGNORECASE if kind == "T" else 0
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", flags)
    for index, line in enumerate(lines):
        for match in pattern.finditer(line.text):
            yield index, match.start(), match.end(), kind


def _labels(by_line: Sequence[Sequence[Word]], spans: Sequence[_Span]) -> list[str]:
    """Return the label of each word; of two names at one place the first counts."""
    labels: list[str] = []
    for row in by_line:
        for word in row:
            label = "O"
            for line, start, end, kind in spans:
                if line == word.line and start <= word.start and word.end <= end:
                    label = ("B-" if word.start == start else "I-") + kind
                    break
            labels.append(label)
    return labels


def learn_names(
    shared: Path, out: Path, invented: int = INVENTED, posted: int = POSTED
) -> dict[str, float]:
    """Train the field, write it to `out`, and return the share of names found of those apart."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for features, labels in invented_samples(shared, invented):
        trainer.append(features, labels)
    apart: list[Sample] = []
    for name, sample in posted_samples(shared / "postings/postings.jsonl.gz"):
        if crc32(name.encode()) % 4 == 0:
            apart.append(sample)
        elif posted:
            trainer.append(*sample)
            posted -= 1
    trainer.set_params(
        {
            "c1": 0.15,
            "c2": 0.05,
            "max_iterations": 90,
            "feature.minfreq": 3,
            "feature.possible_transitions": False,
        }
    )
    trainer.train(str(out))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(out))
    return measure(tagger, apart)


def measure(tagger: pycrfsuite.Tagger, samples: Sequence[Sample]) -> dict[str, float]:
    """Return precision and recall of words of each kind."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    true: Counter[str] = Counter()
    for features, labels in samples:
        for found, label in zip(tagger.tag(features), labels, strict=True):
            said[found[-1]] += 1
            true[label[-1]] += 1
            right[label[-1]] += found[-1] == label[-1]
    figures = {}
    for kind in "TCP":
        figures[f"{kind} precision"] = round(right[kind] / max(said[kind], 1), 3)
        figures[f"{kind} recall"] = round(right[kind] / max(true[kind], 1), 3)
    return figures
