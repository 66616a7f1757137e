"""Words: how a text is cut, what counts, and which spellings are the same."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from tailor.matching.feature import counted_words
from tailor.nlp.pipeline import load, read_texts
from tailor.nlp.word_form import STEMS_FILE, plain_form, stemmed, word_form
from tailor.values.resources import model_bytes
from training.english import NAMES
from training.records import read_records


def found(text: str) -> list[tuple[str, str]]:
    """Return the words of `text` that count: the form of each, and the word as written there."""
    (doc,) = read_texts([text])
    return [
        (doc.vocab.strings[word.form], doc[word.first : word.last + 1].text)
        for word in counted_words(doc)
    ]


def forms(text: str) -> list[str]:
    """Return the forms of `text` in order."""
    return [form for form, _ in found(text)]


def shown(text: str) -> list[str]:
    """Return the words of `text` that count, as written there."""
    return [word for _, word in found(text)]


@pytest.mark.parametrize(
    "name", ["C", "C++", "C#", ".NET", "R", "Go", "CI/CD", "Node.js", "TCP/IP", "k8s", "F#"]
)
@pytest.mark.parametrize(
    "text", ["{}", "Rust, {}, SQL", "with {}.", "in {} or Rust", "Rust/{}", "({})"]
)
def test_names_with_signs_are_whole(name: str, text: str) -> None:
    """Names that are short or hold signs survive, wherever they stand in a sentence."""
    assert name in shown(text.format(name))
    assert set(forms(name)) <= set(forms(text.format(name)))


def test_similar_names_differ() -> None:
    """C, C++ and C# are three things, and so are R and R&D."""
    assert len({form for name in ("C", "C++", "C#", "R") for form in forms(name)}) == 4
    assert "r" not in forms("R&D")


@pytest.mark.parametrize(
    "text",
    [
        "Go to market with us",
        "our Go-To-Market team",
        "We go home at five",
        "Go home early.",
        "It was late. Go home.",
        "We promise to Go Beyond",
        "Plan the Go Live",
        "a going concern",
    ],
)
def test_the_verb_is_not_the_language(text: str) -> None:
    """To go is no programming language."""
    assert "go" not in forms(text)


@pytest.mark.parametrize(
    "text",
    [
        "Go",
        "Go, Rust",
        "Go or Rust",
        "Java & Go",
        "services (Go)",
        "written in Go",
        "our Go agent",
        "Go programming",
        "Golang",
        "Bash\nGo\nRust",
    ],
)
def test_the_language_is_not_the_verb(text: str) -> None:
    """Go with its capital, in a list or inside a sentence, is the language; so is Golang."""
    assert "go" in forms(text)


def test_it_and_it() -> None:
    """IT in capitals is a trade, except in a line that is all capitals."""
    assert "it" in forms("IT support")
    assert "it" not in forms("support it")
    assert "it" not in forms("WORK ON IT")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("k8s", "Kubernetes"),
        ("ML", "machine learning"),
        ("ML", "Machine-Learning"),
        ("NLP", "natural language processing"),
        ("CI", "continuous integration"),
        ("Golang", "Go"),
        ("cpp", "C++"),
        ("JS", "JavaScript"),
    ],
)
def test_abbreviations_share_a_form(short: str, long: str) -> None:
    """An abbreviation and what it stands for have a form in common."""
    assert set(forms(short)) & set(forms(long))


def test_a_term_counts_beside_its_words() -> None:
    """A term of several words is found as a whole and by its words, at its place."""
    text = "Applied machine learning."
    term = forms("ML")[0]
    assert shown(text) == ["Applied", "machine learning", "machine", "learning"]
    assert forms(text)[1] == term


@pytest.mark.parametrize(
    "spellings",
    [
        "quantisation quantization",
        "modelling modeling models model",
        "colour color colours",
        "analyse analyze analysed analyzing",
        "optimise optimize optimising optimized",
        "centre center centres",
        "behaviour behavior",
        "labelled labeled labels",
        "travelling traveling",
        "organisation organization organisations",
        "licence license",
        "defence defense",
        "programme program programmes",
        "catalogue catalog",
        "fulfil fulfill",
        "theatre theater",
    ],
)
def test_british_and_american_spellings_are_one(spellings: str) -> None:
    """Both spellings of a word, and its inflections, have one form."""
    assert len({word_form(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    "inflections",
    [
        "pipeline pipelines",
        "query queries",
        "GPU GPUs gpu",
        "cluster clusters clustered",
        "migration migrations",
        "deploy deploys deployed deploying",
        "SKU SKUs",
    ],
)
def test_inflections_are_one(inflections: str) -> None:
    """Plurals, tenses and capitals do not matter."""
    assert len({word_form(word) for word in inflections.split()}) == 1


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("rust", "a trustworthy, frustrated team"),
        ("migration", "immigration and emigration"),
        ("java", "JavaScript"),
        ("scala", "scalable services"),
        ("sql", "MySQL and NoSQL"),
        ("excel", "excellent care"),
        ("r", "our R&D for your car"),
        ("art", "start the party"),
        ("c", "C++ and C#"),
    ],
)
def test_no_parts_of_words(word: str, text: str) -> None:
    """A word that stands inside another one does not stand there."""
    assert not set(forms(word)) & set(forms(text))


@pytest.mark.parametrize("text", ["", " \n", "… – !", "2019-20, 24.5 and 7", "and of the with"])
def test_what_does_not_count(text: str) -> None:
    """White space, signs, bare numbers and function words are no words."""
    assert not [form for form in forms(text) if form.isalpha()]


@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                "C++|C#|.NET|machine|learning|ML|Go|to|market|,| |  |\n|/|-|R&D|k8s|naïve|日本|it"
                "|IT|’s|CI/CD|e-mail|2019|\u200b|👩\u200d💻|(".split("|")
            )
        ).map("".join),
    )
)
def test_offsets_point_into_the_text(text: str) -> None:
    """A word is where it says: in order, not blank, and its form is that of its own letters."""
    (doc,) = read_texts([text])
    assert doc.text == text or len(doc.text) == len(text)
    words = counted_words(doc)
    assert [word.first for word in words] == sorted(word.first for word in words)
    for word in words:
        own = doc[word.first : word.last + 1].text
        assert own == own.strip()
        form = doc.vocab.strings[word.form]
        assert form
        assert form == word_form(own) or form in forms(own)


@given(st.text())
def test_a_form_is_in_lower_case(text: str) -> None:
    """Capitals never make two forms of one word."""
    assert word_form(text.lower()) == word_form(text.lower().lower())
    assert word_form(text) == word_form(text.lower())


def test_texts_are_cut_as_spacy_cuts_them(shared: Path) -> None:
    """The pipeline's few special cases cut real postings as all those of spaCy's English do."""
    english = spacy.blank("en")
    english.tokenizer.infix_finditer = load().tokenizer.infix_finditer  # type: ignore[union-attr]
    for name in NAMES:
        english.tokenizer.add_special_case(name, [{"ORTH": name}])  # type: ignore[union-attr]
    for record in islice(read_records(shared / "postings/postings.jsonl.gz"), 300):
        for line in record["text"].splitlines():
            expected = [token.text for token in english.make_doc(line)]
            assert [token.text for token in load().make_doc(line)] == expected


def test_a_letter_at_the_end_of_a_line_is_no_initial() -> None:
    """The full stop of "written in C." is that of the sentence."""
    assert forms("Wrote drivers in C.")[-1] == forms("C")[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("invoice", "invoiced"),
        ("policies", "policy"),
        ("boxes", "box"),
        ("planned", "plan"),
        ("processes", "process"),
        ("GPUs", "gpu"),
        ("optimised", "optimized"),
        ("codes", "code"),
    ],
)
def test_plain_forms_that_are_one(one: str, other: str) -> None:
    """Plural, past tense and spelling make no other word."""
    assert plain_form(one) == plain_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("customs", "customers"), ("accounting", "accountable"), ("news", "new"), ("car", "care")],
)
def test_plain_forms_that_are_two(one: str, other: str) -> None:
    """What only shares a stem is another word."""
    assert plain_form(one) != plain_form(other)


def test_wrongly_decoded_signs_are_no_words() -> None:
    """A bullet or a hard space in the wrong encoding does not stick to a word."""
    assert forms("â€¢Scanned letters â€“ andÂ cards") == forms("Scanned letters and cards")


@pytest.mark.parametrize("sign", ["(", "'s", ":)", "a"])
def test_very_long_chunks_are_cut(sign: str) -> None:
    """A text without white space is cut in pieces, since the tokenizer's time grows fast."""
    (doc,) = read_texts([sign * 5_000])
    assert len(doc.text) == len(sign) * 5_000
    assert max(len(chunk) for chunk in doc.text.split()) < 300


def test_stems_that_ship_are_those_of_the_stemmer() -> None:
    """The file spares a start the stemming of usual words, and changes none of them."""
    rows = [row.split("\t") for row in model_bytes(STEMS_FILE).decode().splitlines()]
    words = [word for word, _ in rows]
    assert words == sorted(set(words))
    assert len(words) > 20_000
    assert [[word, stemmed(word)] for word in words] == rows
