"""Words: what counts as one, and which spellings are the same."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.nlp.language import (
    TERMS_FILE,
    WORD_FORMS_FILE,
    cut_form,
    cut_plain_form,
    plain_form,
    units,
    word_form,
    words,
)
from tailor.values.resources import model_bytes
from training.word_forms import format_terms


def forms(text: str) -> list[str]:
    """Return the forms of `text` in order."""
    return [word.form for word in words(text)]


def shown(text: str) -> list[str]:
    """Return the words of `text` that count, as written there."""
    return [text[word.start : word.end] for word in words(text)]


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
    found = words(text)
    assert [word.start for word in found] == sorted(word.start for word in found)
    for word in found:
        assert 0 <= word.start < word.end <= len(text)
        own = text[word.start : word.end]
        assert word.form
        assert own == own.strip()
        assert word.form == word_form(own) or word.form in forms(own)


@given(st.text())
def test_a_form_is_in_lower_case(text: str) -> None:
    """Capitals never make two forms of one word."""
    assert word_form(text.lower()) == word_form(text.lower().lower())
    assert word_form(text) == word_form(text.lower())


def test_known_forms_are_those_of_the_rules() -> None:
    """The table of frequent words gives what the rules would give, only faster."""
    rows = gzip.decompress(model_bytes(WORD_FORMS_FILE)).decode().splitlines()
    assert len(rows) > 5000
    for row in rows:
        word, form, plain = row.split("\t")
        assert (form, plain) == (cut_form(word), cut_plain_form(word))


def test_known_terms_are_those_of_the_aliases() -> None:
    """The table of terms and abbreviations is that of `data/skill_aliases.tsv`, cut."""
    assert gzip.decompress(model_bytes(TERMS_FILE)).decode() == format_terms()


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


def test_units_hold_every_word() -> None:
    """Function words too; a known term is one unit with its abbreviation's form."""
    text = "quality of machine learning"
    assert [text[unit.start : unit.end] for unit in units(text)] == [
        "quality",
        "of",
        "machine learning",
    ]
    assert units("ML")[0].form == units(text)[2].form


def test_wrongly_decoded_signs_are_no_words() -> None:
    """A bullet or a hard space in the wrong encoding does not stick to a word."""
    assert forms("â€¢Scanned letters â€“ andÂ cards") == forms("Scanned letters and cards")
