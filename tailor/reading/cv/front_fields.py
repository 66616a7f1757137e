"""What front matter ("name: Jane Doe") and other text off the page say of the person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tailor.reading.cv.contacts import read_contacts
from tailor.reading.cv.headings import section_of_label
from tailor.reading.field import (
    email_contact,
    network_contact,
    phone_contact,
    site_contact,
)
from tailor.reading.lines import Line, clean_text
from tailor.values.cv import Contact, ContactKind, RichText

# The keys that are understood, and what each one stands for.
_KEYS = {
    "name": "name author full_name fullname",
    "headline": "title headline label position role job_title tagline subtitle",
    "summary": "summary about profile objective bio description",
    "nationality": "nationality citizenship",
    "email": "email e-mail mail",
    "phone": "phone mobile tel telephone cell",
    "place": "location address city based place",
    "website": "website url homepage site web blog",
    "network": "linkedin github gitlab twitter mastodon orcid xing stackoverflow bluesky kaggle "
    "googlescholar google_scholar researchgate",
}
_MEANING = {key: meaning for meaning, keys in _KEYS.items() for key in keys.split()}
_FIELD = re.compile(r"(?P<key>[A-Za-z][\w-]{0,30})[ \t]{0,8}:(?:\s+(?P<value>\S.*))?")
_BLOCK = frozenset({"", ">", "|", ">-", "|-", ">+", "|+"})
_LONGEST_NAME = 6  # words


@dataclass(frozen=True, slots=True)
class Field:
    """A value under a known key: what it means, the key, the text, and the line it is on."""

    meaning: str
    key: str
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields that are understood, and the lines that are not."""

    known: tuple[Field, ...] = ()
    left: tuple[Line, ...] = ()

    def of(self, meaning: str) -> tuple[Field, ...]:
        """Return the fields of one meaning, in order."""
        return tuple(field for field in self.known if field.meaning == meaning)


def read_fields(lines: Sequence[Line]) -> Fields:
    """Read the lines of kind META: ``key: value``, the value perhaps on the lines below its key."""
    known: list[Field] = []
    left: list[Line] = []
    for first, below in _grouped(lines):
        match = _FIELD.fullmatch(first.plain)
        key = match["key"].lower() if match else ""
        meaning = _MEANING.get(key, "")
        own = (match["value"] or "") if match else ""
        parts = [] if own in _BLOCK else [own]
        parts += [line.plain.strip().removeprefix("- ") for line in below]
        text = clean_text(_bare(" ".join(parts)))
        if meaning and text and section_of_label(text) != "document":
            known.append(Field(meaning, key, text, first.number))
        else:
            left += [first, *below]
    return Fields(tuple(known), tuple(left))


def _grouped(lines: Sequence[Line]) -> Iterator[tuple[Line, list[Line]]]:
    """Yield each line with those below that belong to it: the value of a key without one."""
    group: list[Line] = []
    for line in lines:
        match = _FIELD.fullmatch(line.plain)
        begun = _FIELD.fullmatch(group[0].plain) if group else None
        if begun and not match and (begun["value"] or "") in _BLOCK:
            group.append(line)
            continue
        if group:
            yield group[0], group[1:]
        group = [line]
    if group:
        yield group[0], group[1:]


def _bare(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def contacts_of(field: Field) -> list[Contact]:
    """Return the contact items that a field gives; none if its text is no contact."""
    if field.meaning == "email":
        contact = email_contact(field.text)
        return [contact] if contact else []
    if field.meaning == "phone":
        return [phone_contact(field.text)]
    if field.meaning == "place":
        return [Contact(ContactKind.PLACE, field.text)]
    if field.meaning == "website":
        found, others = read_contacts(RichText.of(field.text))
        return found if found and not others else [site_contact(field.text)]
    if field.meaning == "network":
        contact = network_contact(_NETWORK_NAMES.get(field.key, field.key.title()), field.text)
        return [contact] if contact else []
    return []


_NETWORK_NAMES = {
    "linkedin": "LinkedIn",
    "github": "GitHub",
    "gitlab": "GitLab",
    "orcid": "ORCID",
    "xing": "XING",
    "stackoverflow": "Stack Overflow",
    "googlescholar": "Google Scholar",
    "google_scholar": "Google Scholar",
    "researchgate": "ResearchGate",
}


def take_name(lines: Sequence[Line]) -> tuple[str, list[Line]]:
    """Find a name among lines that are no fields, such as a page's header; return it and the rest.

    "" where there is none.
    """
    for index, line in enumerate(lines):
        text = clean_text(line.plain)
        plain = all(c.isalpha() or c in " .,'’-/&" for c in text)
        if text and plain and len(text.split()) <= _LONGEST_NAME:
            return text, [*lines[:index], *lines[index + 1 :]]
    return "", list(lines)
