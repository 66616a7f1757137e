# ruff: noqa: N815 - the fields of the models are called as the keys of the format are
"""JSON Resume 1.0 (jsonresume.org), in JSON or YAML: its models, and the `Cv` that a file says.

All sections of the format are read, with the names that keys had before 1.0. What a
file says beyond the format is kept in `Cv.unplaced`. `$schema`, `meta` and
`basics.image` are no text of the CV. Of dates the day is left out, as CVs give months.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, ClassVar

from tailor.reading.fields.data import Value
from tailor.reading.fields.draft import Draft, joined, linked, packed, section, with_level
from tailor.reading.fields.field import network_contact, phone_contact, site_contact, typed_lines
from tailor.reading.fields.model import Line, Part, Place, Text, When, fit
from tailor.reading.files import Content
from tailor.reading.lines import clean_text
from tailor.values.cv import Bullet, Contact, ContactKind, Cv, Entry, RichText, Section, SectionKind

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


class Profile(Part):
    """An account in a social network."""

    main: ClassVar[str] = "url"
    network: Line = ""
    username: Line = ""
    url: Line = ""


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


class Item(Part):
    """What positions, degrees and projects have in common."""

    description: Text = ""
    summary: Text = ""
    highlights: tuple[Text, ...] = ()
    startDate: When = ""
    endDate: When = ""
    location: Place = ""
    url: Line = ""


class Role(Item):
    """One of several positions with one employer: in none of the versions, but of use."""

    main: ClassVar[str] = "position"
    old_names: ClassVar[Mapping[str, str]] = {"title": "position"}
    position: Line = ""


class Job(Item):
    """A position."""

    old_names: ClassVar[Mapping[str, str]] = {"company": "name", **_WEBSITE}
    name: Line = ""
    position: Line = ""
    positions: tuple[Role | None, ...] = ()


class Volunteering(Item):
    """A position without pay."""

    main: ClassVar[str] = "organization"
    old_names: ClassVar[Mapping[str, str]] = _WEBSITE
    organization: Line = ""
    position: Line = ""


class Degree(Item):
    """A degree."""

    main: ClassVar[str] = "institution"
    old_names: ClassVar[Mapping[str, str]] = {"gpa": "score", **_WEBSITE}
    institution: Line = ""
    studyType: Line = ""
    area: Line = ""
    score: Line = ""
    courses: tuple[Text, ...] = ()


class Project(Item):
    """A project."""

    old_names: ClassVar[Mapping[str, str]] = _WEBSITE
    name: Line = ""
    entity: Line = ""
    roles: tuple[Line, ...] = ()
    type: Line = ""
    keywords: tuple[Line, ...] = ()


class Award(Part):
    """A prize."""

    main: ClassVar[str] = "title"
    old_names: ClassVar[Mapping[str, str]] = _WEBSITE
    title: Line = ""
    awarder: Line = ""
    date: When = ""
    summary: Text = ""
    url: Line = ""  # in none of the versions, but of use


class Certificate(Part):
    """A certificate."""

    old_names: ClassVar[Mapping[str, str]] = _WEBSITE
    name: Line = ""
    issuer: Line = ""
    date: When = ""
    summary: Text = ""
    url: Line = ""


class Publication(Part):
    """A publication."""

    old_names: ClassVar[Mapping[str, str]] = _WEBSITE
    name: Line = ""
    publisher: Line = ""
    releaseDate: When = ""
    summary: Text = ""
    url: Line = ""


class Skill(Part):
    """A skill, or several under one name."""

    name: Line = ""
    level: Line = ""
    keywords: tuple[Line, ...] = ()


class Language(Part):
    """A language."""

    main: ClassVar[str] = "language"
    old_names: ClassVar[Mapping[str, str]] = {"name": "language", "level": "fluency"}
    language: Line = ""
    fluency: Line = ""


class Interest(Part):
    """An interest."""

    name: Line = ""
    keywords: tuple[Line, ...] = ()


class Reference(Part):
    """What somebody says of the person."""

    main: ClassVar[str] = "reference"
    name: Line = ""
    reference: Text = ""


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
    publications: tuple[Publication | None, ...] = ()
    skills: tuple[Skill | None, ...] = ()
    languages: tuple[Language | None, ...] = ()
    interests: tuple[Interest | None, ...] = ()
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
    meta = data.get("meta")
    own = meta.get("tailor") if isinstance(meta, dict) else None
    if not isinstance(own, dict):
        return None
    lines, digest = own.get("markdown"), own.get("digest")
    if not isinstance(lines, list) or not isinstance(digest, str):
        return None
    texts = [line for line in lines if isinstance(line, str)]
    return ("\n".join(texts), digest) if len(texts) == len(lines) else None


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
    contacts = list(_contacts(basics, draft))
    sections = [section(SectionKind.SUMMARY, (), draft.bullets(draft.typed(basics.summary)))]
    draft.unplace_rest(basics)
    # In the order of the file, which is the person's choice.
    for key in dict.fromkeys(Resume.old_names.get(key, key) for key in said):
        if key in _READERS:
            parts = [part for part in getattr(resume, key) if part]
            sections.append(_section(key, parts, draft))
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


def _contacts(basics: Basics, draft: Draft) -> Iterator[Contact]:
    for line in _lines(basics.email):
        yield from draft.email(basics.where("email"), line)
    yield from map(phone_contact, _lines(basics.phone))
    yield from map(site_contact, _lines(basics.url))
    place = basics.location
    lines = (*_lines(place.address), place.city, place.region, place.postalCode, place.countryCode)
    address = ", ".join(filter(None, (line.strip(" ,") for line in lines)))
    if address:
        yield Contact(ContactKind.PLACE, address)
    draft.unplace_rest(place)
    for profile in filter(None, basics.profiles):
        found = network_contact(profile.network, profile.username, profile.url)
        if found:
            yield found
        if profile.url and (found is None or found.link != profile.url):
            draft.unplace(profile.where("url"), profile.url)
        draft.unplace_rest(profile)


def _section(key: str, parts: Sequence[Any], draft: Draft) -> Section:
    kind, read = _READERS[key]
    made = list(read(parts, draft))
    for part in parts:
        draft.unplace_rest(part)
    entries = (item for item in made if isinstance(item, Entry))
    return section(kind, entries, (item for item in made if isinstance(item, Bullet)))


def _lines(text: str) -> list[str]:
    return [clean_text(line) for line in typed_lines(text)]


def _labelled(label: str, words: Iterable[str]) -> list[str]:
    """Return the line "Label: word, word", or what there is of it."""
    parts = (label, ", ".join(filter(None, words)))
    return [": ".join(filter(None, parts))] if any(parts) else []


# Entries


def _entry(
    item: Item, draft: Draft, title: str, organisation: str, more: Iterable[str] = ()
) -> Iterator[Entry]:
    """Yield what all entries have; one without title and organisation is kept aside."""
    if not organisation and not title:
        draft.unplace_fields(item)
        return
    period, unread = draft.period(
        (item.where("startDate"), item.startDate), (item.where("endDate"), item.endDate)
    )
    link = draft.link(item.where("url"), item.url)
    texts = (item.description, item.summary, *item.highlights, *more)
    lines = [line for text in texts for line in draft.typed(text)]
    yield draft.entry(title, organisation, item.location, period, [unread, *lines], link)


def _jobs(jobs: Sequence[Job], draft: Draft) -> Iterator[Entry]:
    for job in jobs:
        roles = [role for role in job.positions if role]
        texts = (job.description, job.summary, *job.highlights)
        if not roles or job.position or job.startDate or job.endDate:
            yield from _entry(job, draft, job.position, job.name)
            texts = ()
        for number, role in enumerate(roles):
            # What is said of the employer stands with the first of them.
            said = (*texts, role.description) if number == 0 else (role.description,)
            around = {
                "description": "\n\n".join(filter(None, said)),
                "location": role.location or job.location,
                "url": role.url or job.url,
            }
            yield from _entry(role.model_copy(update=around), draft, role.position, job.name)
            draft.unplace_rest(role)


def _volunteering(jobs: Sequence[Volunteering], draft: Draft) -> Iterator[Entry]:
    for job in jobs:
        yield from _entry(job, draft, job.position, job.organization)


def _degrees(degrees: Sequence[Degree], draft: Draft) -> Iterator[Entry]:
    for degree in degrees:
        study, area = degree.studyType, degree.area
        if area and area.casefold() in study.casefold():
            area = ""
        title = ", ".join(filter(None, (study, area)))
        score = [f"Score: {degree.score}"] if degree.score else []
        yield from _entry(degree, draft, title, degree.institution, [*score, *degree.courses])


def _projects(projects: Sequence[Project], draft: Draft) -> Iterator[Entry]:
    for project in projects:
        lists = {"Roles": project.roles, "Type": [project.type], "Keywords": project.keywords}
        more = [t for label, words in lists.items() if any(words) for t in _labelled(label, words)]
        yield from _entry(project, draft, project.name, project.entity, more)


# Lines


def _dated(
    parts: Sequence[Any], draft: Draft, *, kind: SectionKind, keys: tuple[str, str, str]
) -> Iterator[Bullet]:
    """Yield lines such as "Title, Awarder. Summary" with their dates; `keys` are of these three."""
    for part in parts:
        title, by, date = (str(getattr(part, key)) for key in keys)
        head = linked(draft.rich(title), draft.link(part.where("url"), part.url)), draft.rich(by)
        where = part.where(keys[-1])
        yield from draft.dated_field(kind, head, (where, date), draft.typed(part.summary))


def _skills(skills: Sequence[Skill], draft: Draft) -> Iterable[Bullet]:
    """Return "Name (Level): keyword, keyword"; single skills are put together on lines."""
    texts: list[str] = []
    for has_keywords, group in groupby(skills, lambda skill: any(skill.keywords)):
        if has_keywords:
            for skill in group:
                texts += _labelled(with_level(skill.name, skill.level), skill.keywords)
        else:
            texts += packed(filter(None, (with_level(skill.name, skill.level) for skill in group)))
    return draft.bullets(texts)


def _languages(languages: Sequence[Language], draft: Draft) -> Iterable[Bullet]:
    return draft.bullets(with_level(item.language, item.fluency) for item in languages)


def _interests(interests: Sequence[Interest], draft: Draft) -> Iterable[Bullet]:
    return draft.bullets(t for item in interests for t in _labelled(item.name, item.keywords))


def _references(references: Sequence[Reference], draft: Draft) -> Iterable[Bullet]:
    texts: list[RichText] = []
    for reference in references:
        first, *others = map(draft.rich, draft.typed(reference.reference) or [""])
        texts += [joined([RichText.of(reference.name), first], ": "), *others]
    return draft.bullets(texts)


_Reader = Callable[[Sequence[Any], Draft], Iterable[Entry | Bullet]]
_READERS: dict[str, tuple[SectionKind, _Reader]] = {
    "work": (SectionKind.EXPERIENCE, _jobs),
    "volunteer": (SectionKind.VOLUNTEERING, _volunteering),
    "education": (SectionKind.EDUCATION, _degrees),
    "projects": (SectionKind.PROJECTS, _projects),
    **{
        key: (kind, partial(_dated, kind=kind, keys=keys))
        for key, kind, keys in (
            ("awards", SectionKind.AWARDS, ("title", "awarder", "date")),
            ("certificates", SectionKind.CERTIFICATES, ("name", "issuer", "date")),
            ("publications", SectionKind.PUBLICATIONS, ("name", "publisher", "releaseDate")),
        )
    },
    "skills": (SectionKind.SKILLS, _skills),
    "languages": (SectionKind.LANGUAGES, _languages),
    "interests": (SectionKind.INTERESTS, _interests),
    "references": (SectionKind.REFERENCES, _references),
}
