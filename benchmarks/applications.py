"""Tailor one CV to many postings and print what came out, a row a posting.

    python benchmarks/applications.py [--cv ../shared/cvs/master_cv.md] [--pages N] [--limit N]

Postings are those of `bench/graded.json`. Columns: requirements found and how many
have evidence; statements kept of all; pages and fill of the last one by the
estimate, pages by LibreOffice (a dash where it is not installed); seconds for
match, selection and writing.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

import pypdfium2

import tailor
from tailor.document.office import find_office, lay_out
from tailor.matching.answered import Met, how_met, wanted_by
from tailor.reading.posting.text import parse_posting
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.errors import OutputError
from tailor.values.posting import Posting

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))
HEAD = (
    f"{'posting':<42}{'asked':>6}{'ans.':>6}{'kept':>9}{'pages':>7}{'fill':>6}{'office':>8}{'s':>7}"
)


def postings(path: Path) -> list[tuple[str, Posting]]:
    """Load the postings of a ranking file, with their titles."""
    records = json.loads(path.read_text(encoding="utf-8"))
    return [(r["title"], parse_posting(r["posting"], r["query"])) for r in records]


def pages_in_office(files: list[Path]) -> dict[str, int]:
    """Lay the files out with LibreOffice; return the number of pages by stem, {} without it."""
    try:
        find_office()
    except OutputError:
        return {}
    pdfs = lay_out([file.read_bytes() for file in files])
    return {
        file.stem: len(pypdfium2.PdfDocument(pdf)) for file, pdf in zip(files, pdfs, strict=True)
    }


def row(title: str, resume: TailoredCv, office: int | None, seconds: float) -> str:
    """Return the row of one application."""
    match = resume.match
    answered = sum(how_met(wanted) is Met.MET for wanted in wanted_by(match).values())
    kept = sum(len(line.kept) for line in resume.chosen_lines())
    share = f"{kept}/{kept + len(resume.dropped)}"
    shown = str(office) if office else "–"
    return (
        f"{title[:40]:<42}{len(match.requirements):>6}{answered:>6}{share:>9}{resume.pages:>7}"
        f"{resume.fill:>6.0%}{shown:>8}{seconds:>7.2f}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cv", type=Path, default=SHARED / "cvs/master_cv.md")
    parser.add_argument("--postings", type=Path, default=SHARED / "bench/graded.json")
    parser.add_argument("--pages", type=int, help="so many, filled; else 1 or 2")
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    cv = tailor.read_cv(options.cv)
    done = []
    with tempfile.TemporaryDirectory() as folder:
        for title, posting in postings(options.postings)[: options.limit]:
            start = time.perf_counter()
            resume = tailor.select(tailor.match(cv, posting), pages=options.pages)
            path = tailor.write_docx(resume, Path(folder) / f"{posting.source}.docx")
            done.append((title, resume, path, time.perf_counter() - start))
        office = pages_in_office([path for _, _, path, _ in done])
    print(HEAD)
    for title, resume, path, seconds in done:
        print(row(title, resume, office.get(path.stem), seconds))


if __name__ == "__main__":
    main()
