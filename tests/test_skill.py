"""Skill phrases: what a line of a posting names, one by one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import OTHERS, SKILLS

from tailor.nlp.pipeline import read_texts
from tailor.nlp.skill import (
    Kind,
    SkillPhrase,
    find_names,
    find_skill_phrases,
    learnt_gazetteer,
    lines_of,
)

lines = st.lists(st.sampled_from([*SKILLS, *OTHERS, ",", "/", "(", ")", "and", "•", "\n", "C++"]))
any_text = st.text(max_size=200) | lines.map(" ".join)


def phrases_of(text: str) -> tuple[SkillPhrase, ...]:
    """The phrases of one text."""
    (phrases,) = find_skill_phrases(read_texts([text]))
    return phrases


def found(text: str, kind: Kind) -> list[str]:
    """The phrases of one kind as `text` writes them."""
    return [text[p.start : p.end] for p in phrases_of(text) if p.kind == kind]


@settings(max_examples=150)
@given(any_text)
def test_phrases_lie_in_the_text(text: str) -> None:
    """In order, within one line, not empty, and of one kind none touches another."""
    every = phrases_of(text)
    assert list(every) == sorted(every, key=lambda p: (p.start, p.end))
    for phrase in every:
        assert 0 <= phrase.start < phrase.end <= len(text)
        words = text[phrase.start : phrase.end]
        assert "\n" not in words
        assert words == words.strip()
    for kind in Kind:
        own = [p for p in every if p.kind == kind]
        assert all(one.end <= other.start for one, other in pairwise(own))


@settings(max_examples=60)
@given(st.lists(lines.map(" ".join), max_size=5))
def test_lines_stand_alone(parts: list[str]) -> None:
    """What is found in a line does not hang on the lines around it."""
    texts = [line for part in parts for line in part.split("\n")]
    alone = [words for text in texts for kind in Kind for words in found(text, kind)]
    together = [words for kind in Kind for words in found("\n".join(texts), kind)]
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
    assert phrases_of(text) == ()


def test_skills_are_what_one_does() -> None:
    """A duty is a phrase of skill."""
    assert found("You will develop and maintain web applications", Kind.SKILL)


def test_many_texts_at_once() -> None:
    """Each text has the phrases that it has alone."""
    texts = ["Good knowledge of Python, SQL and Linux.", "", "You will plan audits"]
    assert find_skill_phrases(read_texts(texts)) == [phrases_of(text) for text in texts]


def test_words_of_lines() -> None:
    """Lines are cut into words at their places, without commas; empty lines are none."""
    (doc,) = read_texts(["Docker, “Git”\n\n  and C++"])
    assert [[word.text for word in line] for line in lines_of(doc)] == [
        ["Docker", "Git"],
        ["and", "C++"],
    ]


def test_names_that_somebody_listed() -> None:
    """The longest name at a place counts, in any capitals."""
    (doc,) = read_texts(["MACHINE learning and Kubernetes"])
    (found,) = find_names(learnt_gazetteer(), [doc])
    assert [found.get(token.i, ("",))[0] for token in doc] == ["name B", "name I", "", "name B"]
