"""How many applications a batch will be, for people who wait: counted beside the work."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from typing import IO, cast

from tailor.batch.addresses import is_address
from tailor.batch.json_lines import longest_line, skip_line
from tailor.batch.pairs import find_cvs, read_pairs
from tailor.batch.places import Place, find_places
from tailor.batch.sources import read_place
from tailor.reading.files import STANDARD_INPUT

_JSON_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


def count_applications(
    inputs: Sequence[str], cvs: Sequence[str], pairs: str | None, text_column: str | None
) -> int | None:
    """Return how many rows the index will have; None where only reading it all would tell.

    Raises TailorError as the run itself does, and OSError for what cannot be read.
    """
    if pairs is not None:
        return sum(1 for _ in read_pairs(pairs))
    # What is far away or comes in a stream is not read twice.
    if STANDARD_INPUT in inputs or any(map(is_address, inputs)):
        return None
    return sum(_in(place, text_column) for place in find_places(inputs)) * len(find_cvs(cvs))


def _in(place: Place, text_column: str | None) -> int:
    name = place.name.lower()
    if name.endswith(_JSON_LINES):
        # Lines need not be understood to be counted, which is faster by far.
        with place.open() as file:
            if name.endswith(".gz"):
                return _count_lines(cast("IO[bytes]", gzip.GzipFile(fileobj=file)))
            return _count_lines(file)
    return sum(1 for _ in read_place(place, text_column))


def _count_lines(stream: IO[bytes]) -> int:
    """Return how many lines are not blank; of a line that is too long, a part is held at a time."""
    longest, count = longest_line(), 0
    while line := stream.readline(longest):
        skip_line(stream, line)
        count += not line.isspace()
    return count
