"""The sample CV, the sample postings and the alias table are what they promise to be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DATA = Path(__file__).parent.parent / "data"
POSTINGS = ("sample_posting_platform.txt", "sample_posting_data_lead.txt")
FILES = ("sample_cv.md", *POSTINGS, "skill_aliases.tsv")
EXAMPLE_DOMAIN = re.compile(r"(?:[\w-]+\.)*example\.(?:org|com)")


def read(name: str) -> str:
    """Return the file of `data/` as it lies there; fails where it is not UTF-8."""
    return (DATA / name).read_bytes().decode("utf-8")


def section(heading: str) -> str:
    """Return what stands in the sample CV below a heading."""
    return read("sample_cv.md").split(f"\n## {heading}\n")[1].split("\n## ")[0]


def bullets(text: str) -> list[str]:
    """Return the list items of a part of the CV."""
    return [line[2:] for line in text.splitlines() if line.startswith("- ")]


def alias_rows() -> list[list[str]]:
    """Return the rows of the alias table without its comments and its header."""
    lines = [line for line in read("skill_aliases.tsv").splitlines() if not line.startswith("#")]
    assert lines[0] == "alias\tterm\tkind"
    return [line.split("\t") for line in lines[1:]]


def without_hyphens(text: str) -> str:
    """Return the form in which aliases are compared."""
    return text.replace("-", " ")


def test_cv_has_six_roles_and_enough_bullets_to_choose_from() -> None:
    """Six positions hold 60 to 75 bullets."""
    experience = section("Experience")
    roles = experience.split("\n### ")[1:]
    assert len(roles) == 6
    assert all(len(bullets(role)) >= 5 for role in roles)
    assert 60 <= len(bullets(experience)) <= 75


def test_cv_bullets_vary_in_length() -> None:
    """Bullets have 8 to 45 words, and a dozen or more have a second sentence."""
    lengths = [len(bullet.split()) for bullet in bullets(section("Experience"))]
    assert min(lengths) >= 8
    assert max(lengths) <= 45
    two = [b for b in bullets(section("Experience")) if re.search(r"\. [A-Z]", b)]
    assert len(two) >= 12


def test_cv_bullets_are_all_different() -> None:
    """No bullet stands twice."""
    found = bullets(read("sample_cv.md"))
    assert len(found) == len(set(found))


def test_cv_roles_are_in_reverse_chronological_order() -> None:
    """Each role ends before the one above it begins."""
    starts = [
        int(year) for year in re.findall(r"^\w{3} (\d{4}) – ", section("Experience"), re.MULTILINE)
    ]
    assert len(starts) == 6
    assert starts == sorted(starts, reverse=True)


def test_cv_shows_every_form_a_reader_must_know() -> None:
    """Stacked titles, italics, links, a role without an end, and every usual section."""
    text = read("sample_cv.md")
    assert " » " in text
    assert re.search(r"(?<!\*)\*[^*\n]+\*(?!\*)", text)
    assert "](https://" in text
    assert "– Present" in text
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == [
        "Experience",
        "Education",
        "Publications and talks",
        "Skills",
        "Languages",
        "Certificates",
        "Awards",
    ]


def test_cv_has_degrees_and_dated_publications() -> None:
    """Two degrees or more with bullets, six publications or more with a year each."""
    degrees = section("Education").split("\n### ")[1:]
    assert len(degrees) >= 2
    assert all(bullets(degree) for degree in degrees)
    publications = bullets(section("Publications and talks"))
    assert len(publications) >= 6
    assert all(re.search(r"\b20\d\d\.$", line) for line in publications)


@pytest.mark.parametrize("name", POSTINGS)
def test_postings_have_the_length_of_real_ones(name: str) -> None:
    """A posting has 350 to 550 words, listed items, and its title on the first line."""
    text = read(name)
    assert 350 <= len(text.split()) <= 550
    assert len(bullets(text)) >= 15
    assert re.search("Engineer|Lead", text.splitlines()[0])


@pytest.mark.parametrize("name", FILES)
def test_files_are_clean_text(name: str) -> None:
    """UTF-8, no trailing spaces, Unix line ends, one line end at the end."""
    text = read(name)
    assert "\r" not in text
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("name", FILES[:3])
def test_addresses_are_nobodys(name: str) -> None:
    """E-mail addresses and links use the domains that are reserved for examples."""
    text = read(name)
    domains = re.findall(r"@([\w.-]+\w)", text) + re.findall(r"https?://([\w.-]+\w)", text)
    assert domains
    assert [domain for domain in domains if not EXAMPLE_DOMAIN.fullmatch(domain)] == []


def test_aliases_have_three_plain_columns() -> None:
    """Every row has an alias, a term and a known kind, all lower case and stripped."""
    for row in alias_rows():
        assert len(row) == 3
        assert row[2] in {"acronym", "alias", "spelling"}
        assert all(cell == cell.strip().lower() and cell for cell in row)


def test_aliases_are_many_sorted_and_once_each() -> None:
    """1,500 to 4,000 rows in order; no alias twice, whether with a hyphen or a space."""
    rows = alias_rows()
    assert 1500 <= len(rows) <= 4000
    assert rows == sorted(rows)
    aliases = [without_hyphens(alias) for alias, _, _ in rows]
    assert len(aliases) == len(set(aliases))


def test_aliases_make_no_chain() -> None:
    """No term is an alias, so no alias stands for itself either."""
    rows = alias_rows()
    aliases = {without_hyphens(alias) for alias, _, _ in rows}
    assert [term for _, term, _ in rows if without_hyphens(term) in aliases] == []


def test_aliases_have_no_single_letters() -> None:
    """An alias has two characters or more: "r" and "c" are words of their own."""
    assert [alias for alias, _, _ in alias_rows() if len(alias) < 2] == []


@pytest.mark.parametrize(
    ("alias", "term"),
    [
        ("k8s", "kubernetes"),
        ("postgres", "postgresql"),
        ("ml", "machine learning"),
        ("js", "javascript"),
        ("golang", "go"),
        ("hpc", "high performance computing"),
        ("nlp", "natural language processing"),
        ("ai", "artificial intelligence"),
        ("structured query language", "sql"),
        ("amazon web services", "aws"),
        ("apache kafka", "kafka"),
        ("e-mail", "email"),
    ],
)
def test_aliases_know_the_usual_forms(alias: str, term: str) -> None:
    """What most technical CVs and postings shorten is known."""
    assert [alias, term] in [row[:2] for row in alias_rows()]


@pytest.mark.parametrize("word", ["pm", "cs", "it", "rest", "excel", "node", "go", "spark", "us"])
def test_aliases_leave_ambiguous_words_alone(word: str) -> None:
    """Words with a second meaning stand for nothing else."""
    assert word not in {alias for alias, _, _ in alias_rows()}
