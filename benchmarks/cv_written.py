"""Read CVs that were written one by one and labelled: what comes out as a person reads it.

    PYTHONPATH=. python benchmarks/cv_written.py [FILE.txt ...] [--show] [--as docx]

Printed by file: how many positions have title, employer, and the years of both dates right
("whole"), how many entries were read that are none, the degrees with degree and school right, and
the lines of text that stand below their own position.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tailor.reading.cv.cells import locate_period
from tailor.reading.reader import Format, cv_of
from tailor.values import cv as values
from tailor.values.errors import TailorError
from training.cv.written import FORMATS, Entry, Written, read_written

_APART = Path(__file__).with_name("written_cvs")
_ASIDE = {"projects", "volunteering", "awards", "publications", "other", "certificates"}
COLUMNS = ("CVs", "refused", "positions", "whole", "extra", "degrees", "right", "lines", "in place")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    parser.add_argument("--as", dest="form", default="", help="print the CVs in this format")
    options = parser.parse_args()
    print("| file |", " | ".join(COLUMNS), "|")
    print("|---|" + "---|" * len(COLUMNS))
    total: Counter[str] = Counter()
    for file in options.files or sorted(_APART.glob("*.txt")):
        counts: Counter[str] = Counter()
        for written in read_written([file]):
            counts += count(written, options.form, show=options.show)
        total += counts
        _row(file.stem, counts)
    _row("all", total)


def _row(name: str, counts: Counter[str]) -> None:
    print(f"| {name} |", " | ".join(str(counts[column]) for column in COLUMNS), "|", flush=True)


def count(written: Written, form: str = "", *, show: bool = False) -> Counter[str]:
    """Return the counts of one CV, by the names of the columns."""
    counts: Counter[str] = Counter(CVs=1)
    truth = written.entries()
    jobs = [one for one in truth if one.kind == "exp" and one.section not in _ASIDE]
    aside = [one for one in truth if one.kind == "exp" and one.section in _ASIDE]
    degrees = [one for one in truth if one.kind == "edu"]
    counts["positions"], counts["degrees"] = len(jobs), len(degrees)
    counts["lines"] = sum(len(one.texts) for one in jobs)
    try:
        cv = cv_of(written.content(form), FORMATS.get(form or written.format, Format.TEXT))
    except TailorError as error:
        counts["refused"] += 1
        _say(show, "REFUSED", written.name, error)
        return counts
    counts += _positions(cv, jobs, aside, show)
    schools = list(cv.degrees)
    for degree in degrees:
        found = next((one for one in schools if _is_alike(one, degree)), None)
        if found:
            schools.remove(found)
            counts["right"] += 1
        else:
            _say(show, "  ~", written.name, degree.title, "@", degree.organisation)
    return counts


def _positions(
    cv: values.Cv,
    jobs: Sequence[Entry],
    aside: Sequence[Entry],
    show: bool,
) -> Counter[str]:
    counts: Counter[str] = Counter()
    left = list(cv.positions)
    others = [one for one in cv.entries if one not in left and one not in cv.degrees]
    for job in jobs:
        found = next((one for one in [*left, *others] if _is_whole(one, job)), None)
        if found is None:
            _say(show, "  -", cv.source, job.title, "@", job.organisation, job.dates)
            continue
        (left if found in left else others).remove(found)
        counts["whole"] += 1
        below = _words(" ".join(bullet.text.plain for bullet in found.bullets))
        counts["in place"] += sum(_words(text) in below for text in job.texts)
    left = [one for one in left if not any(_is_alike(one, other) for other in aside)]
    counts["extra"] += max(0, len(left) - (len(jobs) - counts["whole"]))
    for one in left:
        _say(show, "  +", cv.source, one.titles, "@", one.organisation, one.period)
    return counts


def _say(show: bool, *parts: object) -> None:
    if show:
        print(*parts)


def _is_alike(entry: values.Entry, truth: Entry) -> bool:
    title = _says(" ".join(entry.titles), truth.title)
    return title and _says(entry.organisation, truth.organisation)


def _is_whole(entry: values.Entry, truth: Entry) -> bool:
    return _is_alike(entry, truth) and (not truth.dates or _years(entry) == _years_of(truth.dates))


def _years(entry: values.Entry) -> tuple[int | None, int | None]:
    period = entry.period
    return (period.start.year if period.start else None, period.end.year if period.end else None)


def _years_of(dates: str) -> tuple[int | None, int | None]:
    found = locate_period(dates)
    if found is None:
        return None, None
    period = found.period
    return (period.start.year if period.start else None, period.end.year if period.end else None)


def _says(found: str, truth: str) -> bool:
    """Return whether two texts have nearly the same words."""
    one, other = _words(found).split(), _words(truth).split()
    if not other:
        return len(one) <= 3
    if not one:
        return False
    shared = sum((Counter(one) & Counter(other)).values())
    within = " ".join(other) in " ".join(one) and len(one) - len(other) <= 3
    return within or shared >= 0.75 * max(len(one), len(other))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


if __name__ == "__main__":
    main()
