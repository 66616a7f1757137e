"""Is a job that was posted twice found, and no other taken for it? On pairs that a reader judged.

    python benchmarks/same_job.py

`same_job.json` names the pairs by their numbers in the shared postings. "With names" gives each
its title and company, as a table of postings has them; "as text" the text alone, as saved files
are. Precision is of what is called one job, recall of what is one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
from pathlib import Path
from typing import Any

from tailor.batch.duplicates import Duplicates
from tailor.batch.values import PostingItem

_HERE = Path(__file__).parent
_SHARED = Path(os.environ.get("TAILOR_SHARED", _HERE.parents[1] / "shared"))


def item_of(record: dict[str, Any], *, named: bool) -> PostingItem:
    """Return a record of the shared postings as a posting of a batch."""
    names = (record["title"] or "", record["company"] or "") if named else ()
    return PostingItem(record["id"], record["text"].encode(), *names)


def are_one(one: PostingItem, other: PostingItem) -> bool:
    """Return whether a batch of two postings calls the second one a repeat."""
    duplicates = Duplicates()
    duplicates.seen(one)
    return bool(duplicates.seen(other))


def main() -> None:
    """Print how many pairs are judged as the reader did."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    pairs = json.loads((_HERE / "same_job.json").read_text())
    with gzip.open(_SHARED / "postings" / "postings.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    for part in ("looked_at", "set_apart"):
        for named in (True, False):
            found = {
                kind: [
                    are_one(*(item_of(records[number], named=named) for number in pair))
                    for pair in pairs[part][kind]
                ]
                for kind in ("one", "two")
            }
            right, wrong = sum(found["one"]), sum(found["two"])
            called = right + wrong
            print(
                f"{part:<10}{'with names' if named else 'as text':<11}"
                f"precision {right / max(called, 1):.3f} ({right} of {called}), "
                f"recall {right / len(found['one']):.3f} ({right} of {len(found['one'])})"
            )


if __name__ == "__main__":
    main()
