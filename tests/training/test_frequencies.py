"""Learning document frequencies: counts, and a table that tells nobody's secrets."""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import OTHERS, SKILLS

from tailor.nlp.embedding import FREQUENCIES_FILE, count_forms, parse_frequencies
from tailor.nlp.language import TERMS_FILE, WORD_FORMS_FILE
from tailor.nlp.thesaurus import THESAURUS_FILE
from tailor.nlp.word_vectors import FORMS_FILE, VECTORS_FILE
from training.__main__ import CARD_FIGURES, main
from training.frequencies import (
    FEWEST_DOCUMENTS,
    Corpus,
    count_documents,
    format_frequencies,
)

corpora = st.lists(
    st.lists(st.lists(st.sampled_from(SKILLS + OTHERS), max_size=6).map(" ".join), max_size=8),
    min_size=1,
    max_size=3,
)


def test_counts_documents_not_words() -> None:
    """A form counts once in a text however often it stands there; empty texts are texts."""
    corpus = count_documents(["Bread, bread and breads", "No bread", "", "ovens"])
    assert corpus == Corpus(4, Counter({"bread": 2, "oven": 1}))
    assert count_documents([]) == Corpus(0, Counter())


def test_rare_forms_are_left_out() -> None:
    """A form in fewer than three documents of all corpora together does not reach the table."""
    first = Corpus(9, Counter({"bread": 2, "rye": 1, "oven": 3, "doe": 2}))
    second = Corpus(5, Counter({"bread": 1, "rye": 1}))
    assert format_frequencies([first, second]) == "form\t9\t5\nbread\t2\t1\noven\t3\t0\n"


def test_a_form_cannot_break_the_table() -> None:
    """A form that holds a tab or a line's end has no row."""
    corpus = Corpus(9, Counter({"a\tb": 9, "a\nb": 9, "a\rb": 9, "ab": 9}))
    assert format_frequencies([corpus]) == "form\t9\nab\t9\n"


@settings(max_examples=40)
@given(corpora)
def test_round_trip(texts: list[list[str]]) -> None:
    """What is written is read again: sorted forms, the counts of each corpus; twice the same."""
    counted = [count_documents(corpus) for corpus in texts]
    table = format_frequencies(counted)
    assert table == format_frequencies([count_documents(corpus) for corpus in texts])
    read = parse_frequencies(table)
    assert read.sizes == tuple(len(corpus) for corpus in texts)
    assert list(read.counts) == sorted(read.counts)
    everywhere = Counter(form for corpus in texts for text in corpus for form in count_forms(text))
    assert set(read.counts) == {f for f, n in everywhere.items() if n >= FEWEST_DOCUMENTS}
    for form, counts in read.counts.items():
        assert counts == tuple(sum(form in count_forms(t) for t in corpus) for corpus in texts)


@pytest.fixture
def sources(tmp_path: Path) -> list[str]:
    """Invented corpora as the command takes them, one packed and one not."""
    postings = "".join(json.dumps({"text": f"Bake rye bread {n}"}) + "\n" for n in range(4))
    (tmp_path / "postings.jsonl.gz").write_bytes(gzip.compress(postings.encode()))
    resumes = "".join(json.dumps({"bullets": ["Baked rye.", "Café"]}) + "\n" for _ in range(2))
    (tmp_path / "resumes.jsonl").write_text(resumes, encoding="utf-8")
    arguments = ["--postings", str(tmp_path / "postings.jsonl.gz")]
    return [*arguments, "--resumes", str(tmp_path / "resumes.jsonl")]


def test_the_command_gives_the_same_bytes_twice(
    sources: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Table and figures do not depend on when or where they were made."""
    written = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.setattr(sys, "argv", ["training", *sources, "--out", str(folder)])
        main()
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert written[0] == written[1]
    assert set(written[0]) == {
        FREQUENCIES_FILE,
        CARD_FIGURES,
        VECTORS_FILE,
        FORMS_FILE,
        THESAURUS_FILE,
        WORD_FORMS_FILE,
        TERMS_FILE,
    }
    table = gzip.decompress(written[0][FREQUENCIES_FILE]).decode()
    assert table == "form\t4\t2\nbake\t4\t2\nbread\t4\t0\nrye\t4\t2\n"
    figures = json.loads(written[0][CARD_FIGURES])
    assert (figures["postings"], figures["resumes"], figures["forms"]) == (4, 2, 3)
