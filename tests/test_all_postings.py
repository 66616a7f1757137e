"""Every twentieth of thousands of real postings; benchmarks/postings.py reads them all."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tailor.matching.requirements import find_requirements
from tailor.reading.posting.text import parse_posting
from tailor.values.posting import Posting
from training.posting.language import reads_like_english

EVERY = 20


@pytest.fixture(scope="module")
def postings(shared: Path) -> list[Posting]:
    """Return the sample, read from the texts alone."""
    with gzip.open(shared / "postings" / "postings.jsonl.gz", "rt", encoding="utf-8") as file:
        return [
            parse_posting(json.loads(line)["text"]) for n, line in enumerate(file) if n % EVERY == 0
        ]


def test_nearly_all_ask_for_something(postings: list[Posting]) -> None:
    """Reading and extraction never fail; of those in English under 1 % ask for nothing."""
    assert len(postings) > 250
    english = [posting for posting in postings if reads_like_english(posting.text)]
    empty = [posting for posting in english if not find_requirements(posting)]
    assert len(empty) < 0.01 * len(english) + 1


def test_names_are_names(postings: list[Posting]) -> None:
    """Titles and companies are found in most, and are short enough for the name of a file."""
    titles = [posting.title for posting in postings if posting.title]
    companies = [posting.company for posting in postings if posting.company]
    assert len(titles) > 0.65 * len(postings)
    assert len(companies) > 0.65 * len(postings)
    assert all(len(title) <= 120 and not title.endswith((".", ":")) for title in titles)
    assert all(len(company) <= 80 for company in companies)
