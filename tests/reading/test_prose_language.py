"""Which language a text reads like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.reading.posting.language import body_language
from tailor.reading.posting.text import posting_lines
from training.posting.language import prose_language, reads_like_english

SENTENCES = {
    "English": "We are looking for a baker who will work with the team in "
    "our shop and bake for you.",
    "German": "Wir suchen für unser Team in der Stadt einen Bäcker, der "
    "mit uns das Brot und die Torten backt.",
    "French": "Nous cherchons pour notre équipe un boulanger qui fait le "
    "pain avec nous dans la ville.",
    "Spanish": "Buscamos para nuestro equipo un panadero que haga el pan "
    "con nosotros en la ciudad y los pueblos.",
    "Portuguese": "Procuramos para a nossa equipa um padeiro que faz os pães "
    "com nossos amigos e não dorme.",
    "Italian": "Cerchiamo per il nostro forno un panettiere che sappia fare "
    "il pane e che ami le torte della casa.",
    "Dutch": "Wij zoeken voor ons team een bakker die met ons het brood "
    "en de taarten van de stad bakt.",
    "Polish": "Szukamy do zespołu piekarza, który się zna na chlebie oraz "
    "jest w pracy od rana i nie śpi.",
    "Swedish": "Vi söker en bagare som har bakat med oss och som vill vara "
    "till för den som är i staden.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_languages(language: str) -> None:
    """A few sentences are enough."""
    assert prose_language(SENTENCES[language] * 4) == language
    assert reads_like_english(SENTENCES[language] * 4) is (language == "English")


@pytest.mark.parametrize(
    "text", ["", "Baker", "Python, SQL, Spark. " * 40, "パン屋を探しています。" * 20]
)
def test_too_little_prose(text: str) -> None:
    """Lists, titles and other scripts are of no language, and are not turned away."""
    assert prose_language(text) == ""
    assert reads_like_english(text)


def test_a_posting_in_two_languages_has_its_english() -> None:
    """Where half of the text is English, that half can be read."""
    assert reads_like_english(SENTENCES["English"] * 4 + SENTENCES["French"] * 4)


@given(st.text())
def test_any_text(text: str) -> None:
    """Always one of the languages, or none."""
    assert prose_language(text) in {*SENTENCES, "Danish", "Finnish", "Czech", ""}


_TILER = """Tiler
Porcelain, zellige, terrazzo
Schlüter, Mapei, Ardex, Rubi
CSCS blue, IPAF 3a/3b
Mise en place, wet rooms
Own van
Leith
"""
_FLIESEN = """Lead Tiler
Harz Bau GmbH

Deine Aufgaben
- Verlegung von Fliesen
- Führung eines Teams

Dein Profil
- Abgeschlossene Ausbildung

We are an equal opportunity employer. We look forward to hearing from you.
"""


@pytest.mark.parametrize(("text", "language"), [(_TILER, ""), (_FLIESEN, "German")])
def test_a_posting_is_of_the_language_of_its_body(text: str, language: str) -> None:
    """Names and codes are no other language; English notes do not hide one."""
    assert body_language(posting_lines(text)) == language
