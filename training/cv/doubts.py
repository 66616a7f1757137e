"""Fits how sure a head is read to how often such heads are right, on invented CVs."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from tailor.reading.cv.doubts import SIGNS, ReadEntry, signs
from tailor.reading.cv.structure import read_entries
from tailor.values.cv import SectionKind
from training.cv.layouts import Labelled
from training.cv.people import Job, Person


def fit(documents: Sequence[tuple[Sequence[Labelled], Person]], out: Path) -> tuple[float, float]:
    """Fit and write the weights; return the shares of wrong heads among sure and unsure ones."""
    rows: list[list[float]] = []
    right: list[bool] = []
    for lines, person in documents:
        for read in read_entries([line for line, _ in lines]):
            if read.kind in {SectionKind.EXPERIENCE, SectionKind.EDUCATION} and read.entry.title:
                rows.append(signs(read))
                right.append(_is_right(read, [*person.jobs, *person.degrees]))
    x, y = np.array(rows), np.array(right)
    model = LogisticRegression(fit_intercept=False, C=10.0).fit(x, y)
    weights = {name: round(float(w), 4) for name, w in zip(SIGNS, model.coef_[0], strict=True)}
    out.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    sure = model.predict_proba(x)[:, 1] >= 0.8
    return float(np.mean(~y[sure])), float(np.mean(~y[~sure]))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _is_right(read: ReadEntry, jobs: Sequence[Job]) -> bool:
    entry = read.entry
    found = _words(" ".join(entry.titles)), _words(entry.organisation)
    return any(
        found[0] == _words(job.title)
        and found[1] in (_words(job.employer), _words(f"{job.employer} {job.place}"))
        for job in jobs
    )
