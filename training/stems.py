"""Usual words -> their stems, `models/stems.txt`, so that no start has to stem them again.

    python -m training.stems --postings ../shared/postings/postings.jsonl.gz \
        --resumes ../shared/resumes/resumes.jsonl.gz --out models

The stemmer stays the truth: the file has what it says of the words of many documents and of the
tables in `data/`, and a test compares all of it. Two thirds of the words of a first posting are
in it. What stands in fewer documents is left out, so that no name can be read out of it.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tailor.nlp.word_form import STEMS_FILE, bare_form, stemmed
from tailor.values.resources import DATA
from training.records import read_records

FEWEST_DOCUMENTS = 20
_WORD = re.compile(r"[^\W\d_]{3,24}")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.stems", description=__doc__)
    parser.add_argument("--postings", type=Path, required=True, help="JSON lines with a `text`")
    parser.add_argument("--resumes", type=Path, required=True, help="JSON lines with `bullets`")
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder to write to")
    options = parser.parse_args()
    texts = [str(record["text"]) for record in read_records(options.postings)]
    texts += ["\n".join(record["bullets"]) for record in read_records(options.resumes)]
    rows = [f"{word}\t{stemmed(word)}\n" for word in sorted({*_usual(texts), *_of_tables()})]
    (options.out / STEMS_FILE).write_text("".join(rows), encoding="utf-8", newline="\n")
    print(f"{len(rows)} words")  # noqa: T201 - the command's answer


def _usual(texts: Iterable[str]) -> Iterator[str]:
    """Yield the words that stand in enough of the texts."""
    counts = Counter(word for text in texts for word in _words(text))
    yield from (word for word, count in counts.items() if count >= FEWEST_DOCUMENTS)


def _of_tables() -> Iterator[str]:
    """Yield the words of all tables of texts."""
    for path in sorted(DATA.glob("*.t[xos]*")):
        yield from _words(path.read_text(encoding="utf-8"))


def _words(text: str) -> set[str]:
    return {bare_form(word) for word in _WORD.findall(text)}


if __name__ == "__main__":
    main()
