"""Time one application as the CV and the posting grow, stage by stage.

    python benchmarks/growth.py [--repeats 5] [--plot docs/growth.png]

CVs of 20, 200 and 2,000 bullets of real résumés, in five jobs, for a posting of 30 requirements;
postings of 10, 100 and 1,000 requirements of real postings, for a CV of 100 bullets. Lines are
drawn anew each time, so none was seen before; the most frequent words were. Processor time,
medians. The last column is the exponent of the growth from the middle size to the largest: 1 is
linear. ``--plot`` needs matplotlib (the extra `benchmarks`).
"""

from __future__ import annotations

import argparse
import math
import os
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from tailor.document.resume import resume_docx
from tailor.exporting import export_cv
from tailor.matching.requirements import find_requirements
from tailor.pipeline import match, read_cv, select
from tailor.reading.files import Content
from tailor.reading.posting.text import parse_posting
from tailor.reading.reader import cv_of
from tailor.report.data import as_data
from tailor.values.errors import PostingError
from tailor.values.resources import data_path
from training.records import read_records

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))
BULLETS = (20, 200, 2_000)
REQUIREMENTS = (10, 100, 1_000)
_USUAL_BULLETS, _USUAL_REQUIREMENTS = 100, 30
_JOBS = 5
STAGES = ("read the CV", "read the posting", "match", "asks", "select", "DOCX", "evidence")

Row = dict[str, float]


class Lines:
    """Lines of real résumés and postings, each drawn once."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - a sample
        self._bullets = [
            line
            for record in read_records(SHARED / "resumes/resumes.jsonl.gz")
            for line in record["bullets"]
            if 40 < len(line) < 200 and line.isascii() and line[0].isupper()
        ]
        chance.shuffle(self._bullets)
        texts = [record["text"] for record in read_records(SHARED / "postings/postings.jsonl.gz")]
        chance.shuffle(texts)
        self._texts = iter(texts)
        self._asked: list[str] = []

    def cv(self, bullets: int) -> bytes:
        """Return a CV in Markdown with so many bullets."""
        parts = ["# Ada Example\n\nEngineer\n\nada@example.org | Leeds, UK\n\n## Experience\n"]
        for job in range(_JOBS):
            parts.append(
                f"\n### Engineer, Larkhollow {job}, York\nJan {2010 + job} – Dec {2010 + job}\n"
            )
            parts += [f"- {self._bullets.pop()}\n" for _ in range(bullets // _JOBS)]
        return "".join(parts).encode()

    def posting(self, requirements: int) -> str:
        """Return a posting that asks for so many things."""
        while len(self._asked) < requirements:
            posting = parse_posting(next(self._texts))
            self._asked += [r.text for r in find_requirements(posting) if "\n" not in r.text]
        wanted, self._asked = self._asked[:requirements], self._asked[requirements:]
        return "Engineer\n\nRequirements\n" + "".join(f"- {line}\n" for line in wanted)


def timed(content: bytes, text: str) -> Row:
    """Return the seconds of each stage."""
    times: Row = {}
    begun = time.process_time()

    def lap(stage: str) -> None:
        nonlocal begun
        now = time.process_time()
        times[stage] = now - begun
        begun = now

    cv = cv_of(Content("cv.md", content, "CV"))
    lap("read the CV")
    posting = parse_posting(text)
    lap("read the posting")
    matched = match(cv, posting)
    lap("match")
    _ = matched.asks  # found when they are first asked for
    lap("asks")
    resume = select(matched)
    lap("select")
    resume_docx(resume)
    lap("DOCX")
    as_data(resume)
    lap("evidence")
    return times


def warm(lines: Lines) -> None:
    """Load all, and meet the words that every posting has."""
    export_cv(read_cv(data_path("sample_cv.md")))
    for _ in range(20):
        timed(lines.cv(_USUAL_BULLETS), lines.posting(_USUAL_REQUIREMENTS))


def measure(repeats: int, seed: int) -> dict[str, dict[int, Row]]:
    """Return medians in seconds by what grows, size and stage."""
    lines = Lines(seed)
    warm(lines)
    sizes = {
        "bullets": [(count, count, _USUAL_REQUIREMENTS) for count in BULLETS],
        "requirements": [(count, _USUAL_BULLETS, count) for count in REQUIREMENTS],
    }
    found: dict[str, dict[int, Row]] = defaultdict(dict)
    for name, rows in sizes.items():
        for size, bullets, requirements in rows:
            times: list[Row] = []
            while len(times) < repeats:
                try:
                    times.append(timed(lines.cv(bullets), lines.posting(requirements)))
                except PostingError:
                    continue
            found[name][size] = {
                stage: statistics.median(row[stage] for row in times) for stage in STAGES
            }
            found[name][size]["all"] = statistics.median(sum(row.values()) for row in times)
    return found


def show(name: str, rows: dict[int, Row]) -> None:
    """Print one table, in milliseconds."""
    sizes = list(rows)
    print(f"| {name} | {' | '.join(f'{size:,}' for size in sizes)} | growth |")
    print("|---" + "|---:" * (len(sizes) + 1) + "|")
    for stage in (*STAGES, "all"):
        cells = [f"{1000 * rows[size][stage]:.1f} ms" for size in sizes]
        growth = exponent(sizes[-2:], [rows[size][stage] for size in sizes[-2:]])
        print(f"| {stage} | {' | '.join(cells)} | {growth:.2f} |")
    print()


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Return by which power of the size the time grows between two sizes."""
    (small, large), (short, long) = sizes, seconds
    return math.log(long / short) / math.log(large / small)


def plot(found: dict[str, dict[int, Row]], path: Path) -> None:
    """Draw both tables, each axis a logarithm."""
    import matplotlib as mpl  # only where a picture is wanted

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, len(found), figsize=(9, 3.6), sharey=True)
    for axis, (name, rows) in zip(axes, found.items(), strict=True):
        sizes = list(rows)
        for stage in ("all", *STAGES):
            times = [1000 * rows[size][stage] for size in sizes]
            width = 2.2 if stage == "all" else 1.2
            axis.loglog(sizes, times, marker="o", markersize=4, linewidth=width, label=stage)
        whole = [1000 * rows[size]["all"] for size in sizes]
        axis.loglog(
            sizes, [whole[0] * size / sizes[0] for size in sizes], ":", color="grey", label="linear"
        )
        axis.set_xlabel(name)
        axis.set_xticks(sizes, [f"{size:,}" for size in sizes])
        axis.grid(visible=True, alpha=0.25)
    axes[0].set_ylabel("milliseconds")
    axes[-1].legend(fontsize=8, frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def main() -> None:
    """Print the tables, and draw them if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    found = measure(options.repeats, options.seed)
    for name, rows in found.items():
        show(name, rows)
    if options.plot:
        plot(found, options.plot)


if __name__ == "__main__":
    main()
