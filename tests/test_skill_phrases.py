"""Skill phrases: what a line of a posting names, one by one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import OTHERS, SKILLS

from tailor.nlp.skill_phrases import (
    KINDS,
    Kind,
    Label,
    find_skill_phrases,
    learnt_tagger,
    phrases,
    read_lines,
)

lines = st.lists(st.sampled_from([*SKILLS, *OTHERS, ",", "/", "(", ")", "and", "•", "\n", "C++"]))
any_text = st.text(max_size=200) | lines.map(" ".join)


def found(text: str, kind: Kind) -> list[str]:
    """The phrases of one kind as `text` writes them."""
    return [text[p.start : p.end] for p in find_skill_phrases(text) if p.kind == kind]


@settings(max_examples=150)
@given(any_text)
def test_phrases_lie_in_the_text(text: str) -> None:
    """In order, within one line, not empty, and of one kind none touches another."""
    every = find_skill_phrases(text)
    assert list(every) == sorted(every, key=lambda p: (p.start, p.end))
    for phrase in every:
        assert 0 <= phrase.start < phrase.end <= len(text)
        words = text[phrase.start : phrase.end]
        assert "\n" not in words
        assert words == words.strip()
    for kind in KINDS:
        own = [p for p in every if p.kind == kind]
        assert all(one.end <= other.start for one, other in pairwise(own))


@settings(max_examples=60)
@given(st.lists(lines.map(" ".join), max_size=5))
def test_lines_stand_alone(parts: list[str]) -> None:
    """What is found in a line does not hang on the lines around it."""
    texts = [line for part in parts for line in part.split("\n")]
    alone = [words for text in texts for kind in KINDS for words in found(text, kind)]
    together = [words for kind in KINDS for words in found("\n".join(texts), kind)]
    assert sorted(alone) == sorted(together)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Experience with Docker, Kubernetes and Terraform",
            ["Docker", "Kubernetes", "Terraform"],
        ),
        ("Good knowledge of Python, SQL and Linux.", ["Python", "SQL", "Linux"]),
        ("You know Java, Spring Boot, and PostgreSQL", ["Java", "Spring Boot", "PostgreSQL"]),
        ("Experience with C++ and C#", ["C++", "C#"]),
    ],
)
def test_a_line_of_several_fields_of_knowledge(text: str, names: list[str]) -> None:
    """Each name is a phrase of its own."""
    assert found(text, Kind.KNOWLEDGE) == names


def test_commas_part_what_one_knows() -> None:
    """The tagger learnt from text without commas; they part phrases all the same."""
    text = "Docker, Jenkins, Ansible, Terraform"
    assert all("," not in name for name in found(text, Kind.KNOWLEDGE))


@pytest.mark.parametrize("text", ["", " \n\t ", ",", "We offer free fruit and coffee."])
def test_nothing_to_find(text: str) -> None:
    """Empty lines and what a firm offers name nothing."""
    assert find_skill_phrases(text) == ()


def test_skills_are_what_one_does() -> None:
    """A duty is a phrase of skill."""
    assert found("You will develop and maintain web applications", Kind.SKILL)


def test_phrases_of_labels() -> None:
    """A phrase begins anew with each FIRST."""
    labels = [Label.FIRST, Label.FIRST, Label.FURTHER, Label.OUTSIDE, Label.FIRST]
    assert phrases(labels) == [(0, 0), (1, 2), (4, 4)]
    assert phrases([]) == []


def test_tokens_stand_where_they_say() -> None:
    """Lines are cut into words at their places, without commas; empty lines are none."""
    text = "Docker, “Git”\n\n  and C++"
    assert [[token.text for token in line] for line in read_lines(text)] == [
        ["Docker", "Git"],
        ["and", "C++"],
    ]
    assert all(
        text[token.start : token.end] == token.text for line in read_lines(text) for token in line
    )
    docker, git = read_lines(text)[0]
    assert (docker.parted, git.parted) == ((False, False), (False, True))


def test_what_ships() -> None:
    """Rows for all keys, whole numbers, and room in every sum."""
    tagger = learnt_tagger()
    assert max(tagger.wide_rows.values()) < len(tagger.wide)
    assert max(tagger.narrow_rows.values()) < len(tagger.narrow)
    assert not tagger.wide[0].any()
    assert not tagger.narrow[0].any()
    assert tagger.wide.dtype.kind == tagger.narrow.dtype.kind == "i"
