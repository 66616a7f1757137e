"""The same job posted twice is found, another job of the same company is not."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.batch.duplicates import Duplicates
from tailor.batch.values import PostingItem

ABOUT = """
About us

Larkhollow is a family of bakeries that has stood in the valley for ninety years. We bake at night
and sell in the morning, in forty shops between the mill and the sea. Whoever works with us gets
bread for the week, a bicycle, and five weeks of holiday. We are glad about everybody who writes.
"""
BAKER = """
What you need

- 5 years of baking with sourdough
- A certificate in food safety
- Experience with deck ovens by Wachtel
- You write down what you bake, and count flour and yeast
"""
WORDS = [f"{first}{second}" for first in "bcdfghklmn" for second in ("aker", "olin", "undle")]


def prose(seed: int, words: int = 200) -> str:
    """A text like no other."""
    chooser = random.Random(seed)  # noqa: S311 - no secret
    return " ".join(chooser.choice(WORDS) for _ in range(words))


def repeats(one: str, other: str, titles: Sequence[str] = ()) -> bool:
    """Whether the second of two postings is taken for the first."""
    found = Duplicates()
    found.seen(PostingItem("a", one.encode(), *titles[:1]))
    return found.seen(PostingItem("b", other.encode(), *titles[1:])) == "a"


def test_the_same_job_with_another_date_place_and_company_talk_is_found() -> None:
    """What surrounds the asks, their order and their signs do not make another job."""
    again = (
        f"JOB 99, posted 2025-11-30. Place: Turin\n{ABOUT} Join us.\n{BAKER.replace('- ', '* ')}"
    )
    assert repeats(f"Place: Ghent\n{ABOUT}{BAKER}", again, ["Baker (m/f/d)", "Baker (M/F/D) 4711"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("5 years", "8 years"),
        ("sourdough", "gluten"),
        ("- A certificate in food safety\n", ""),
        ("food safety\n", "food safety\n- Fluent German\n"),
        ("Wachtel", "Miwe"),
    ],
)
def test_one_other_ask_is_another_job(old: str, new: str) -> None:
    """However much of the text is the same, what asks for something else is another job."""
    assert old in BAKER
    titles = ["Baker", "Baker"]
    assert not repeats(ABOUT + BAKER, ABOUT + BAKER.replace(old, new), titles)
    assert not repeats(ABOUT + BAKER.replace(old, new), ABOUT + BAKER, titles)
    assert not repeats(ABOUT + BAKER, ABOUT + BAKER.replace(old, new))


def test_one_text_about_the_company_does_not_make_one_job() -> None:
    """Two saved pages without a title line, of one company: an app and the books."""
    app = "\n- Build our iOS app in Swift\n- 3 years of mobile development\n"
    books = "\n- Keep the books of our shops\n- A diploma in accounting\n"
    assert not repeats(f"About Larkhollow\n{ABOUT}{app}", f"About Larkhollow\n{ABOUT}{books}")


@pytest.mark.parametrize(
    ("title", "company"), [("Cook", "Oven Ltd"), ("Senior Baker", "Oven Ltd"), ("Baker", "Pan Ltd")]
)
def test_another_title_or_company_is_another_job(title: str, company: str) -> None:
    """The same words under another title are another job: what they ask for is not all there is."""
    found = Duplicates()
    found.seen(PostingItem("a", (ABOUT + BAKER).encode(), "Baker", "Oven Ltd"))
    assert found.seen(PostingItem("b", (ABOUT + BAKER).encode(), title, company)) == ""
    assert found.seen(PostingItem("c", (BAKER + ABOUT).encode(), "BAKER", "Oven")) == "a"


def test_a_chain_of_copies_leads_to_the_first() -> None:
    """Copies of copies name the posting that has documents, never another copy."""
    found = Duplicates()
    texts = [
        f"Place: {place}\n{ABOUT}{BAKER}".encode() for place in ("Ghent", "York", "Ghent", "Bath")
    ]
    names = [found.seen(PostingItem(str(at), text, "Baker")) for at, text in enumerate(texts)]
    assert names == ["", "0", "0", "0"]


def test_all_are_remembered_in_the_same_memory() -> None:
    """However many there were, the first is found again; they do not lie in memory."""
    found = Duplicates()
    tracemalloc.start()
    for number in range(500):
        assert found.seen(PostingItem(str(number), prose(number).encode(), "Baker")) == ""
        if number == 250:
            before, _ = tracemalloc.get_traced_memory()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 50_000
    assert found.seen(PostingItem("again", prose(0).encode(), "Baker")) == "0"


def test_none_repeats_itself() -> None:
    """A posting comes again for each CV that it is paired with."""
    found = Duplicates()
    item, other = (PostingItem(name, f"{ABOUT}{BAKER}".encode()) for name in ("item", "other"))
    assert [found.seen(one) for one in (item, item, other, item)] == ["", "", "item", ""]


POSTINGS = st.lists(
    st.tuples(st.binary(), st.sampled_from(["", "Baker", "Cook"]), st.sampled_from(["", "Oven"]))
)


@given(POSTINGS)
def test_any_text_twice_is_found_and_the_same_each_time(
    postings: list[tuple[bytes, str, str]],
) -> None:
    """Whatever it says, a posting that comes again is found; two runs find the same."""
    runs = []
    for _ in range(2):
        found = Duplicates()
        items = [PostingItem(f"n{at}", *posting) for at, posting in enumerate(postings)]
        runs.append([found.seen(item) for item in items])
        assert all(found.seen(replace(item, name="again")) for item in items)
    assert runs[0] == runs[1]


def test_it_is_the_same_on_every_machine() -> None:
    """The signature of a text is a fixed one, so a run can be taken up elsewhere."""
    from tailor.batch.duplicates import _min_hash

    signature = _min_hash(word.encode() for word in prose(7).split())
    assert [int(value) for value in signature[:3]] == [11332588, 34530115, 37984489]
