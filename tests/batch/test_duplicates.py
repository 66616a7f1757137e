"""The same job posted twice is found, another job of the same company is not."""

from __future__ import annotations

import gzip
import json
import random
import re
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.batch.duplicates import THRESHOLD, Duplicates

WORDS = [f"{first}{second}" for first in "bcdfghklmn" for second in ("aker", "olin", "undle")]


def prose(seed: int, words: int = 200) -> str:
    """A text like no other."""
    chooser = random.Random(seed)  # noqa: S311 - no secret
    return " ".join(chooser.choice(WORDS) for _ in range(words))


def test_the_first_posting_repeats_none() -> None:
    """What was never seen has no earlier one, and neither has another text of the same title."""
    found = Duplicates()
    assert found.seen("a", prose(1), "Baker", "Oven Ltd") == ""
    assert found.seen("b", prose(2), "Baker", "Oven Ltd") == ""


def test_the_same_job_with_another_date_id_and_form_is_found() -> None:
    """Dates, numbers, large letters and signs do not make another job."""
    found = Duplicates()
    text = prose(1)
    found.seen("a", f"Job 4711, posted 2026-01-02. {text}", "Baker (m/f/d)", "Oven Ltd")
    again = f"JOB 99: POSTED 2025-11-30!\n\n* {text.upper()}"
    assert found.seen("b", again, "Baker (M/F/D) 12", "OVEN, Ltd.") == "a"


def test_the_same_job_in_another_city_is_found() -> None:
    """A place in the text does not make another job: the CV for it would be the same."""
    found = Duplicates()
    found.seen("a", f"Place: Ghent, Belgium\n{prose(1)}", "Baker", "Oven Ltd")
    assert found.seen("b", f"Place: Turin, Italy\n{prose(1)}", "Baker", "Oven Ltd") == "a"


def test_more_boilerplate_does_not_hide_the_same_job() -> None:
    """A paragraph about the company, added later, does not make another job."""
    found = Duplicates()
    found.seen("a", prose(1, 400), "Baker", "Oven Ltd")
    again = f"{prose(2, 60)} {prose(1, 400)}"
    assert found.seen("b", again, "Baker", "Oven Ltd") == "a"


@pytest.mark.parametrize(
    ("title", "company"), [("Cook", "Oven Ltd"), ("Senior Baker", "Oven Ltd"), ("Baker", "Pan Ltd")]
)
def test_another_title_or_company_is_another_job(title: str, company: str) -> None:
    """The same words under another title are another job: what they ask for is not all there is."""
    found = Duplicates()
    found.seen("a", prose(1), "Baker", "Oven Ltd")
    assert found.seen("b", prose(1), title, company) == ""


def test_without_a_title_all_words_must_be_the_same() -> None:
    """Where no title tells jobs apart, a common text about the company does not make them one."""
    found = Duplicates()
    found.seen("a", f"{prose(1)} one")
    assert found.seen("b", f"{prose(1)} two") == ""
    assert found.seen("c", f"{prose(1)}, ONE!") == "a"


def test_a_chain_of_copies_leads_to_the_first() -> None:
    """Copies of copies name the posting that has documents, never another copy."""
    found = Duplicates()
    names = [found.seen(str(number), prose(1), "Baker") for number in range(4)]
    assert names == ["", "0", "0", "0"]


def test_all_are_remembered_in_the_same_memory() -> None:
    """However many there were, the first is found again; they do not lie in memory."""
    found = Duplicates()
    tracemalloc.start()
    for number in range(500):
        assert found.seen(str(number), prose(number), f"Baker {WORDS[number % 30]}") == ""
        if number == 250:
            before, _ = tracemalloc.get_traced_memory()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 50_000
    assert found.seen("again", prose(0), f"Baker {WORDS[0]}") == "0"


POSTINGS = st.lists(
    st.tuples(st.text(), st.sampled_from(["", "Baker", "Cook"]), st.sampled_from(["", "Oven"]))
)


@given(POSTINGS)
def test_any_text_twice_is_found_and_the_same_each_time(
    postings: list[tuple[str, str, str]],
) -> None:
    """Whatever it says, a posting that comes again is found; two runs find the same."""
    runs = []
    for _ in range(2):
        found = Duplicates()
        runs.append([found.seen(f"n{at}", *posting) for at, posting in enumerate(postings)])
        assert all(found.seen("again", *posting) for posting in postings)
    assert runs[0] == runs[1]


@given(st.integers(0, 10**6), st.floats(0, 1))
def test_the_estimate_follows_what_is_shared(seed: int, share: float) -> None:
    """Far above the threshold two texts are one job, far below they are two."""
    text = prose(seed, 300)
    changed = text.split()[: round(300 * share)] + prose(seed + 1, 300).split()
    sets = [
        {tuple(words[at : at + 4]) for at in range(len(words) - 3)}
        for words in (text.split(), changed)
    ]
    shared = len(sets[0] & sets[1]) / len(sets[0] | sets[1])
    found = Duplicates()
    found.seen("a", text, "Baker")
    same = found.seen("b", " ".join(changed), "Baker")
    # Five standard errors of 128 hashes.
    if abs(shared - THRESHOLD) > 0.22:
        assert same == ("a" if shared > THRESHOLD else "")


def test_real_postings(shared: Path) -> None:
    """Of the real postings few repeat another, and whatever does has its title and company."""
    with gzip.open(shared / "postings" / "postings.jsonl.gz") as lines:
        records = {record["id"]: record for record in map(json.loads, lines)}
    found = Duplicates()
    pairs = []
    for name, record in records.items():
        title, company = record["title"] or "", record["company"] or ""
        if same := found.seen(name, record["text"], title, company):
            pairs.append((record, records[same]))
    assert 200 < len(pairs) < 400
    for one, other in pairs:
        for key in ("title", "company"):
            known = [
                re.findall("[a-z]+", str(record[key] or "").lower()) for record in (one, other)
            ]
            assert known[0] == known[1]


def test_it_is_the_same_on_every_machine() -> None:
    """The signature of a text is a fixed one, so a run can be taken up elsewhere."""
    from tailor.batch.duplicates import _min_hash

    signature = _min_hash(word.encode() for word in prose(7).split()).hashvalues
    assert [int(value) for value in signature[:3]] == [11332588, 34530115, 37984489]
