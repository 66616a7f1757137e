"""What is judged of a posting, a line or one sentence of it, and what its subject says.

"The Ministry looks after …" speaks of the organisation, "Our client is looking for a clerk to join
its team" announces only, "We need a clerk who can …" asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tailor.nlp.cue import kept_words, words_of
from tailor.reading.cv.names import has_word
from tailor.reading.posting.cue import (
    find_cues,
    forms_of_work,
    heading_kind,
    is_plus,
    is_usual_heading,
)
from tailor.reading.posting.title import names_job
from tailor.values.posting import PostingLine
from tailor.values.resources import data_toml
from tailor.values.statements import split_statements


class Part(StrEnum):
    """What a line of a posting is about."""

    TITLE = "title"
    FACT = "fact"  # place, pay grade, dates, employment type, conditions
    COMPANY = "company"  # its story, values, culture, slogans
    ROLE = "role"  # who is sought and what for, in a sentence
    DUTY = "duty"
    REQUIRED = "required"
    PREFERRED = "preferred"
    BENEFIT = "benefit"
    APPLY = "apply"
    LEGAL = "legal"
    OTHER = "other"  # what belongs to the page and not to the posting


HEADING = "h:"  # before the part that a heading heads
ASKING = frozenset({Part.ROLE, Part.DUTY, Part.REQUIRED, Part.PREFERRED})
_NEXT_SENTENCE = re.compile(r"(?<=[\w)]{2})[.!] (?=[A-Z$€£])")
# A sentence that needs none before it to be judged.
_ON_ITS_OWN = re.compile(
    r"[$€£]|(?:The (?!same|above|following|latter)|This (?:role|position|job|post|person)\b)"
    r"(?:\S+ ){3}"
)
_NOT_NEEDED = re.compile(r"\bnot (?:needed|required|necessary)\.?$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of a posting, or one sentence of it: what is judged.

    `place` is the place of its line among the posting's, `nth` that of the sentence in its line.
    """

    text: str
    line: PostingLine
    place: int
    nth: int = 0


def units_of(lines: Sequence[PostingLine]) -> list[Unit]:
    """Return the units of the lines of a posting: items and headings whole, prose by sentence."""
    units: list[Unit] = []
    for place, line in enumerate(lines):
        whole = line.is_item or line.is_heading
        spans = [(0, len(line.text))] if whole else list(_sentences(line.text))
        units += (Unit(line.text[a:b], line, place, nth) for nth, (a, b) in enumerate(spans))
    return units


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the statements of a text stand; a short sentence on a wish is one of its own.

    "It would be great if you had …", "Welsh helps.", "Dutch not needed." So is one that can
    never ask: "The duties may change from time to time.", and one on "The taster".
    """
    for start, end in split_statements(text):
        begin = start
        for match in _NEXT_SENTENCE.finditer(text, start, end):
            before, after = text[begin : match.start() + 1], text[match.end() : end]
            following = after.partition(". ")[0]
            if (
                _ON_ITS_OWN.match(following)
                or _NOT_NEEDED.search(following)
                or is_plus(following) != is_plus(before)
                or _never_asks(following) != _never_asks(before)
            ):
                yield begin, match.start() + 1
                begin = match.end()
        yield begin, end


def _never_asks(text: str) -> bool:
    return find_cues(text).has("never")


# What a sentence of a posting says by its subject, wherever it stands.

_LONGEST_SUBJECT = 6  # words
_LONGEST_SEARCH = 12  # words up to "who"
_IN_NAMES = frozenset({"of", "and", "&", "the", "for"})
_NO_VERBS = frozenset("skills as needs requires seeks wants this us its".split())
_AUXILIARIES = frozenset({"is", "was", "has"})
_AFTER_AUXILIARY = frozenset({"a", "an", "the", "one", "been"})
_ORGANISATIONS = frozenset(
    "ministry trust council company charity firm agency authority foundation hospital school "
    "college university museum society association institute club bureau group hotel practice "
    "clinic parish department organisation organization office fund bank board service "
    "commission".split()
)
_STATES = re.compile(
    r"(?:The )?[A-Z][a-z]+ (?:has|likes|was|were) (?:an? |the |no )?[a-z]+[ \w]{0,30}\.?$"
)
_OPENS = frozenset({"With", "Since", "Over", "After", "Founded"})
_SAYS_MORE = frozenset(
    "who with you your experience experienced skills skilled qualified must able knowledge".split()
)
_SAYS_WHOM = frozenset({"who", "with", "experience"})
_GROWTH = frozenset({"growth", "expansion"})
_SEARCHES = frozenset({"looking", "seeking", "hiring", "recruiting", "seeks"})


def tells_of_organisation(text: str, company: str = "") -> bool:
    """Return whether the subject of a sentence is the organisation, which wants nothing in it.

    The subject is known by a word for an organisation, or by the name of the company.
    """
    opening, comma, rest = text.partition(", ")
    if comma and opening.split()[0] in _OPENS:  # "With 50 years of experience, Orrin Labs has …"
        text = rest
    words = text.split()
    begin = 1 if words[:1] == ["The"] else 0
    end = begin
    while (
        end < len(words)
        and end - begin < _LONGEST_SUBJECT
        and (words[end][0].isupper() or words[end] in _IN_NAMES)
    ):
        end += 1
    if begin and end == 1 and words[1:2] and words[1] in _ORGANISATIONS:  # "The company pays …"
        end = 2
    subject = " ".join(words[begin:end])
    if not begin and subject and _is_firm_that_makes(words[:end], words[end:]):
        return True
    if not subject or not _tells(words[end : end + 2]):
        return False
    if names_job(subject) or find_cues(text).has("talk.wants"):
        return False
    parts, named = words_of(subject), words_of(company.removeprefix("The "))
    if parts[:1] == named[:1] or not _ORGANISATIONS.isdisjoint(parts):
        return True
    return has_word(subject, "organisation") or (not begin and "&" in subject)


def states_a_thing(text: str) -> bool:
    """Return whether a line only says how something is: "Bread has a crust"."""
    found = _STATES.match(text)
    said = find_cues(text)
    return bool(found) and not said.has("asks", "nice", "seeks.must") and "you" not in said.words


def _is_firm_that_makes(subject: Sequence[str], rest: Sequence[str]) -> bool:
    """Return whether "Orrin builds accounting tools" is said: a name, and what a firm does."""
    makes = data_toml("posting_cues.toml")["makes"]
    first = subject[0].lower()
    return (
        bool(rest)
        and rest[0] in makes["verbs"].split()
        and first not in makes["no_firm"].split()
        and first not in forms_of_work()
        and not names_job(" ".join(subject))
        and not {"you", "your", "who"}.intersection(rest)
    )


def _tells(words: Sequence[str]) -> bool:
    """Return whether a verb that tells begins these words: "runs", "is a", "has been"."""
    verb = words[0].lower() if words else ""
    if verb in _AUXILIARIES:
        after = words[1] if len(words) > 1 else ""
        return after in _AFTER_AUXILIARY or after.endswith("ed")
    return verb.endswith("s") and not verb.endswith("ss") and verb not in _NO_VERBS


def only_announces(text: str) -> bool:
    """Return whether a sentence says that another looks for someone, and nothing of whom.

    "Our client, a maker of lifts, is looking for a payroll officer to join its team."
    """
    words = kept_words(text)
    if "opportunity" in words[:6] and not _SAYS_MORE.intersection(words):
        return words[0] in {"an", "a", "exciting", "we", "this"}
    searched = next((n for n, word in enumerate(words) if word in _SEARCHES), -1)
    if searched < 1 or words[0] in {"we", "we're"}:
        return False
    if any(word[0].isupper() for word in text.partition(" join ")[2].split()):
        return False  # the team is named
    sought = words[searched + 1 :]
    if not _GROWTH.isdisjoint(sought) and not _SAYS_MORE.intersection(sought):
        return names_job(" ".join(sought))  # "… to support the growth of the company"
    for index, word in enumerate(sought[:-1]):
        if word == "to" and sought[index + 1] != "join" and sought[index + 1] in forms_of_work():
            return False
    return not _SAYS_MORE.intersection(sought) and names_job(" ".join(sought))


def asks_plainly(text: str) -> str:
    """Return "required" or "preferred" for "We need a baker who can …", "Desirable: German"."""
    label, colon, rest = text.partition(": ")
    if colon and rest and is_usual_heading(find_cues(label)):
        kind = heading_kind(label)
        return kind if kind in {"required", "preferred"} else ""
    cues = find_cues(text)
    if not cues.has("seeks.must", "seeks.nice") or text.endswith("!"):
        return ""
    said = cues.words[: 2 * _LONGEST_SEARCH]
    if not _SAYS_WHOM.intersection(said) and not cues.has("seeks.person"):
        return ""
    return "preferred" if cues.has("seeks.nice") else "required"
