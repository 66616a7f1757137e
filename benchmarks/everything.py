"""Read all real postings and résumés without a network; name what is slowest and largest.

    python benchmarks/everything.py [--postings FILE] [--resumes FILE] [--only WHAT]

Each résumé is read as a CV twice: as Markdown, and as plain text. Every twentieth posting is also
matched with the sample CV, and its document and evidence made. Any socket, and any error that is
no TailorError, ends the run with a traceback.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from tailor.matching.requirements import find_requirements
from tailor.reading.files import Content
from tailor.reading.reader import cv_of, posting_of
from tailor.values.cv import Cv
from tailor.values.errors import TailorError
from tailor.values.resources import data_bytes

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))


class NoSocket(socket.socket):
    """A socket that cannot be made."""

    def __init__(self, *_arguments: object, **_options: object) -> None:
        raise AssertionError("a socket was opened")


def records(path: Path) -> Iterator[dict[str, object]]:
    """Yield the objects of a file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def postings(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the id and the text of each posting."""
    for record in records(path):
        yield str(record["id"]), str(record["text"])


def resumes(path: Path, *, markdown: bool) -> Iterator[tuple[str, str]]:
    """Yield the id and the text of each résumé, with a head of an invented person."""
    for record in records(path):
        title, found = str(record["title"] or record["field"]), record["bullets"]
        bullets = [str(bullet) for bullet in found] if isinstance(found, list) else []
        if markdown:
            head = "# Ada Example\n\nada@example.org\n\n## Experience\n\n"
            text = f"{head}### {title}, Example Ltd, 2010 - 2020\n\n" + "\n".join(
                f"- {bullet}" for bullet in bullets
            )
        else:
            head = "ADA EXAMPLE\nada@example.org\n\nEXPERIENCE\n"
            text = f"{head}{title}\nExample Ltd, 2010 - 2020\n" + "\n".join(bullets)
        yield str(record["id"]), text


def read_posting(data: bytes) -> object:
    """Read a posting and what it asks for."""
    return find_requirements(posting_of(Content("posting", data, "posting")))


def read_cv(data: bytes) -> object:
    """Read a CV."""
    return cv_of(Content("cv", data, "CV"))


def make_application(data: bytes) -> object:
    """Go from a posting and the sample CV to the Word file and the evidence."""
    from tailor import pipeline
    from tailor.document.resume import resume_docx
    from tailor.report.data import as_data

    posting = posting_of(Content("posting", data, "posting"))
    chosen = pipeline.select(pipeline.match(_sample_cv(), posting))
    return resume_docx(chosen), json.dumps(as_data(chosen))


@cache
def _sample_cv() -> Cv:
    return cv_of(Content("cv", data_bytes("sample_cv.md"), "CV"))


def run(what: str, texts: Iterator[tuple[str, str]], read: Callable[[bytes], object]) -> None:
    """Read all, and print what came of it."""
    counts = Counter[str]()
    slowest, largest, whole = (0.0, "", 0), (0, "", 0.0), 0.0
    for name, text in texts:
        data = text.encode("utf-8", "replace")
        begun = time.process_time()
        try:
            read(data)
            counts["read"] += 1
        except TailorError as error:
            counts[f"refused: {str(error)[:60]}"] += 1
        taken = time.process_time() - begun
        whole += taken
        slowest = max(slowest, (taken, name, len(data)))
        largest = max(largest, (len(data), name, taken))
    told = ", ".join(f"{count:,} {kind}" for kind, count in counts.items())
    print(f"{what}: {sum(counts.values()):,}, {told}; {whole:.0f} s of the processor")
    print(f"  slowest: {slowest[1]}, {slowest[0]:.2f} s, {slowest[2]:,} bytes")
    print(f"  largest: {largest[1]}, {largest[0]:,} bytes, {largest[2]:.2f} s")


def main() -> None:
    """Read everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=Path, default=SHARED / "postings/postings.jsonl.gz")
    parser.add_argument("--resumes", type=Path, default=SHARED / "resumes/resumes.jsonl.gz")
    parser.add_argument("--only", choices=("postings", "markdown", "text", "applications"))
    options = parser.parse_args()
    read_cv(b"# Jo Doe\n\n## Work\n\n### Baker, Rye\n2020\n- Baked.\n")  # loads what is loaded once
    read_posting(b"Baker\n\nYour tasks\n- Bake rye bread\n")
    socket.socket = NoSocket  # type: ignore[misc]
    some = islice(postings(options.postings), 0, None, 20)
    for name, what, texts, read in (
        ("postings", "postings", postings(options.postings), read_posting),
        ("markdown", "résumés as Markdown", resumes(options.resumes, markdown=True), read_cv),
        ("text", "résumés as text", resumes(options.resumes, markdown=False), read_cv),
        ("applications", "applications", some, make_application),
    ):
        if options.only in {None, name}:
            run(what, texts, read)


if __name__ == "__main__":
    main()
