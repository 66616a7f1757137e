# ruff: noqa: N815 - the fields of the models are called as the keys of the format are
"""JSON Resume 1.0 (jsonresume.org), in JSON or YAML: its models, and the `Cv` that a file says.

All sections of the format are read, with the names that keys had before 1.0. What a
file says beyond the format is kept in `Cv.unplaced`. `$schema`, `meta` and
`basics.image` are no text of the CV. Of dates the day is left out, as CVs give months.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field

from tailor.reading.field import typed_lines
from tailor.reading.fields.data import Value
from tailor.reading.fields.draft import Draft
from tailor.reading.fields.items import (
    KINDS,
    Dated,
    Education,
    Experience,
    Labelled,
    Role,
    section_of,
)
from tailor.reading.fields.model import Line, Part, Place, Text, When, fit
from tailor.reading.fields.rendercv import Network, Person, contacts_of
from tailor.reading.files import Content
from tailor.reading.lines import clean_text
from tailor.values.cv import Contact, Cv, SectionKind

_WEBSITE = {"website": "url"}
_IGNORED = ("$schema", "meta")


class Location(Part):
    """Where the person lives."""

    main: ClassVar[str] = "city"
    address: Text = ""
    city: Line = ""
    region: Line = ""
    postalCode: Line = ""
    countryCode: Line = ""


class Profile(Network):
    """An account in a social network."""

    main: ClassVar[str] = "url"


class Basics(Part):
    """The person."""

    old_names: ClassVar[Mapping[str, str]] = _WEBSITE
    name: Line = ""
    label: Line = ""
    email: Text = ""
    phone: Text = ""
    url: Text = ""
    summary: Text = ""
    location: Location = Location()
    profiles: tuple[Profile | None, ...] = ()
    nationality: Line = ""  # a key of our own
    image: Any = None
    picture: Any = None


class Ranged(Dated):
    """What has a first and a last day."""

    start_date: When = Field(default="", alias="startDate")
    end_date: When = Field(default="", alias="endDate")
    location: Place = ""


class OneRole(Ranged, Role):
    """One of several positions with one employer: in none of the versions, but of use."""


class Job(Ranged, Experience):
    """A position."""

    old_names: ClassVar[Mapping[str, str]] = {"company": "name", **_WEBSITE}
    company: Line = Field(default="", alias="name")
    positions: tuple[OneRole | None, ...] = ()


class Volunteering(Ranged, Experience):
    """A position without pay."""

    main: ClassVar[str] = "organization"
    old_names: ClassVar[Mapping[str, str]] = _WEBSITE
    company: Line = Field(default="", alias="organization")


class Degree(Ranged, Education):
    """A degree."""

    main: ClassVar[str] = "institution"
    old_names: ClassVar[Mapping[str, str]] = {"gpa": "score", **_WEBSITE}
    degree: Line = Field(default="", alias="studyType")


class Project(Ranged):
    """A project."""

    old_names: ClassVar[Mapping[str, str]] = _WEBSITE
    head: ClassVar[tuple[str, str, str]] = ("name", "", "entity")
    name: Line = ""
    entity: Line = ""


class OneDay(Dated):
    """What has a single date. Of the versions some give it an address."""

    old_names: ClassVar[Mapping[str, str]] = _WEBSITE
    date: When = ""


class Award(OneDay):
    """A prize."""

    main: ClassVar[str] = "title"
    head: ClassVar[tuple[str, str, str]] = ("title", "", "awarder")
    title: Line = ""
    awarder: Line = ""


class Certificate(OneDay):
    """A certificate."""

    head: ClassVar[tuple[str, str, str]] = ("name", "", "issuer")
    name: Line = ""
    issuer: Line = ""


class Paper(OneDay):
    """A publication."""

    head: ClassVar[tuple[str, str, str]] = ("name", "", "publisher")
    name: Line = ""
    publisher: Line = ""
    date: When = Field(default="", alias="releaseDate")


class Skill(Labelled):
    """A skill, or several under one name."""

    label: Line = Field(default="", alias="name")


class Language(Labelled):
    """A language."""

    main: ClassVar[str] = "language"
    old_names: ClassVar[Mapping[str, str]] = {"name": "language", "level": "fluency"}
    label: Line = Field(default="", alias="language")
    level: Line = Field(default="", alias="fluency")


class Reference(Labelled):
    """What somebody says of the person."""

    main: ClassVar[str] = "reference"
    label: Line = Field(default="", alias="name")
    details: Text = Field(default="", alias="reference")


class Resume(Part):
    """A whole file."""

    old_names: ClassVar[Mapping[str, str]] = {
        "certifications": "certificates",
        "hobbies": "interests",
    }
    basics: Basics = Basics()
    work: tuple[Job | None, ...] = ()
    volunteer: tuple[Volunteering | None, ...] = ()
    education: tuple[Degree | None, ...] = ()
    awards: tuple[Award | None, ...] = ()
    certificates: tuple[Certificate | None, ...] = ()
    publications: tuple[Paper | None, ...] = ()
    skills: tuple[Skill | None, ...] = ()
    languages: tuple[Language | None, ...] = ()
    interests: tuple[Skill | None, ...] = ()
    references: tuple[Reference | None, ...] = ()
    projects: tuple[Project | None, ...] = ()


KEYS = tuple(Resume.model_fields)

# This program's own copy


def digest_of(data: Mapping[str, Value]) -> str:
    """Return the SHA-256, in hex, of what the file says: its canonical JSON without `meta`."""
    said = {key: value for key, value in data.items() if key != "meta"}
    text = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _own_copy(data: Mapping[str, Value]) -> tuple[str, str] | None:
    """Return the CV in this program's own form, and the digest of the file as it was written."""
    match data.get("meta"):
        case {"tailor": {"markdown": [*lines], "digest": str(digest)}}:
            texts = [line for line in lines if isinstance(line, str)]
            return ("\n".join(texts), digest) if len(texts) == len(lines) else None
    return None


# Reading


def from_yamlresume(inner: Mapping[str, Value]) -> dict[str, Value]:
    """Return what stands under `content` in a YAMLResume file, in the keys of JSON Resume."""

    def renamed(value: Value, old: str, new: str) -> Value:
        if isinstance(value, list):
            return [renamed(item, old, new) for item in value]
        if not isinstance(value, dict) or new in value:
            return value
        return {new if key == old else key: item for key, item in value.items()}

    basics = renamed(inner.get("basics"), "headline", "label")
    said: dict[str, Value] = {**inner, "basics": basics}
    if isinstance(basics, dict):
        place = renamed(said.pop("location", None), "country", "countryCode")
        said["basics"] = {"location": place, "profiles": said.pop("profiles", None), **basics}
    return {**said, "education": renamed(inner.get("education"), "degree", "studyType")}


def read_json_resume(data: Mapping[str, Value], content: Content) -> Cv:
    """Return the CV that the data of a file say.

    A file that this program wrote and nobody edited has the CV in `meta.tailor` as
    it was; otherwise its standard keys are read. Raises CvError if there is no name,
    or no position, degree or project.
    """
    draft = Draft(content)
    copy = _own_copy(data)
    if copy is not None:
        text, digest = copy
        if digest == digest_of(data):
            from tailor.reading.master.form import read_master_form  # noqa: PLC0415

            return read_master_form(text, content.source)
        draft.warn(
            "meta.tailor",
            "the file was edited since this program wrote it, so its standard keys are read",
        )
    said = {key: value for key, value in data.items() if key not in _IGNORED}
    resume = fit(Resume, said, draft.warn)
    basics = resume.basics
    contacts = _contacts(basics, draft)
    sections = [section_of(SectionKind.SUMMARY, "", [basics.summary], draft)]
    draft.unplace_rest(basics)
    # In the order of the file, which is the person's choice.
    for key in dict.fromkeys(Resume.old_names.get(key, key) for key in said):
        if key in KEYS and key in KINDS:
            parts = [part for part in getattr(resume, key) if part]
            sections.append(section_of(KINDS[key], "", parts, draft))
    draft.unplace_rest(resume)
    return draft.cv(
        basics.name,
        basics.label,
        contacts,
        basics.nationality,
        sections,
        where_name='"name" in "basics"',
        where_entries='"work", "education" or "projects"',
    )


def _contacts(basics: Basics, draft: Draft) -> list[Contact]:
    place = basics.location
    lines = (*_lines(place.address), place.city, place.region, place.postalCode, place.countryCode)
    draft.unplace_rest(place)
    person = Person(
        email=_lines(basics.email),
        phone=_lines(basics.phone),
        website=_lines(basics.url),
        location=", ".join(filter(None, (line.strip(" ,") for line in lines))),
    )
    person.stand_at(basics.where())
    person = person.model_copy(update={"social_networks": basics.profiles})
    order = ("email", "phone", "website", "location", "social_networks")
    return contacts_of(person, order, draft)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(clean_text(line) for line in typed_lines(text))
