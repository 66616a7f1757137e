"""CVs as people type them: drawn headings, remarks, labels among degrees, jobs in a paragraph."""

from __future__ import annotations

import pytest

from tailor.reading.cv.structure import build_cv
from tailor.reading.markdown import read_markdown
from tailor.values.cv import Cv

DRAWN = """\
~~ ODILE VARANGOT ~~
odile.varangot@example.fr | Brest

{0} what I do {1}

Sail maker. I cut, sew and mend sails for racing yachts and for fishing boats.

{0} lofts I have sewn in {1}

2018 - now      Sail Maker, Voilerie Iroise, Brest
  - spinnakers and mainsails
2011 - 2018     Machinist, Bates Canvas Ltd, Ipswich
  - covers and hoods

{0} tongues {1}

French (mother tongue), English (good)
"""


def read(text: str) -> Cv:
    """Read a CV from Markdown or plain text."""
    return build_cv(read_markdown(text))


def heads(cv: Cv, kind: str) -> list[tuple[str, str, str]]:
    """Return title, organisation and place of each entry of the sections of a kind."""
    entries = [e for s in cv.sections if s.kind.value == kind for e in s.entries]
    return [("; ".join(e.titles), e.organisation, e.place) for e in entries]


def below(cv: Cv, organisation: str) -> list[str]:
    """Return the lines below the entry of an organisation."""
    entry = next(e for s in cv.sections for e in s.entries if e.organisation == organisation)
    return [bullet.text.plain for bullet in entry.bullets]


@pytest.mark.parametrize(
    "marks", [(">>", ""), ("===", "==="), ("[", "]"), ("--", "--"), (".::", "::."), ("***", "***")]
)
def test_marks_around_headings_are_no_words(marks: tuple[str, str]) -> None:
    """Lines with the same marks are headings, whatever their words; a name loses them too."""
    cv = read(DRAWN.format(*marks))
    assert cv.name == "ODILE VARANGOT"
    headings = [(section.kind.value, section.heading) for section in cv.sections]
    assert headings == [
        ("summary", "what I do"),
        ("experience", "lofts I have sewn in"),
        ("languages", "tongues"),
    ]
    assert heads(cv, "experience") == [
        ("Sail Maker", "Voilerie Iroise", "Brest"),
        ("Machinist", "Bates Canvas Ltd", "Ipswich"),
    ]
