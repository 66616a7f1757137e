"""RenderCV (rendercv.com), in YAML or JSON: its models, and the `Cv` that a file says.

Sections keep their titles, their order and all types of entries. What a file says
beyond the format is kept in `Cv.unplaced`. `design`, `locale` and `settings` are about
the look of the page, `photo` and the icons of connections are pictures: all no text of the CV.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from pydantic import Field

from tailor.reading.cv.headings import read_heading
from tailor.reading.field import network_contact, phone_contact, site_contact, web_link
from tailor.reading.fields.data import as_text, path_of
from tailor.reading.fields.draft import Draft
from tailor.reading.fields.items import read_section
from tailor.reading.fields.model import Line, Lines, Named, Part, fit
from tailor.reading.files import Content
from tailor.reading.lines import clean_text
from tailor.values.cv import Contact, ContactKind, Cv, RichText, Section

_IGNORED = ("design", "locale", "locale_catalog", "settings", "rendercv_settings")
# Words that titles begin with a small letter, unless they stand first.
_SMALL = frozenset(
    "a an and as at but by for from in into nor of off on onto or over to with".split()
)


class Network(Part):
    """An account in a social network."""

    main: ClassVar[str] = "username"
    network: Line = ""
    username: Line = ""
    url: Line = ""  # not of the form, but of use


class Connection(Part):
    """Another way to reach the person."""

    main: ClassVar[str] = "placeholder"
    placeholder: Line = ""
    url: Line = ""
    fontawesome_icon: Any = None


class Person(Part):
    """What stands under `cv`."""

    old_names: ClassVar[Mapping[str, str]] = {"label": "headline"}
    name: Line = ""
    headline: Line = ""
    location: Line = ""
    email: Lines = ()
    phone: Lines = ()
    website: Lines = ()
    social_networks: tuple[Network | None, ...] = ()
    custom_connections: tuple[Connection | None, ...] = ()
    sections: Named = Field(default_factory=dict)
    photo: Any = None


class File(Part):
    """A whole file; all its other keys are about the look of the page."""

    cv: Person = Person()


# Reading


def read_rendercv(data: Mapping[str, Any], content: Content) -> Cv:
    """Return the CV that the data of a file say; under its key `cv` stands a mapping.

    Raises CvError if there is no name, or no position, degree or project.
    """
    draft = Draft(content)
    file = fit(File, {k: as_text(v) for k, v in data.items() if k not in _IGNORED}, draft.warn)
    person = file.cv
    contacts = contacts_of(person, data["cv"], draft)
    sections = list(_sections(person, draft))
    draft.unplace_rest(person)
    draft.unplace_rest(file)
    return draft.cv(
        person.name,
        person.headline,
        contacts,
        sections=sections,
        where_name='"name" under "cv"',
        where_entries='"sections" under "cv", with a company, institution or name',
    )


def contacts_of(person: Person, order: Iterable[str], draft: Draft) -> list[Contact]:
    """Return the ways to reach the person, in the order of these keys."""
    return [contact for key in order for contact in _contacts(person, key, draft)]


def _contacts(person: Person, key: str, draft: Draft) -> Iterator[Contact]:
    """Yield the ways to reach the person that stand under one key of the file."""
    where = person.where(key)
    if key == "location" and person.location:
        yield Contact(ContactKind.PLACE, person.location)
    elif key == "email":
        for text in person.email:
            yield from draft.email(where, text)
    elif key == "phone":
        yield from map(phone_contact, filter(None, person.phone))
    elif key == "website":
        yield from map(site_contact, filter(None, person.website))
    elif key == "social_networks":
        for network in filter(None, person.social_networks):
            yield from _network(network, draft)
    elif key == "custom_connections":
        for connection in filter(None, person.custom_connections):
            yield from _connection(connection, draft)


def _network(network: Network, draft: Draft) -> Iterator[Contact]:
    contact = network_contact(network.network, network.username, network.url)
    if contact:
        yield contact
        if network.url and contact.link != network.url:
            draft.unplace(network.where("url"), network.url)
    else:
        draft.unplace_fields(network)
    draft.unplace_rest(network)


def _connection(connection: Connection, draft: Draft) -> Iterator[Contact]:
    shown, url = connection.placeholder, connection.url
    link = f"mailto:{url[7:]}" if url.lower().startswith("mailto:") else web_link(url)
    text = shown or url
    if text:
        yield Contact(ContactKind.WEBSITE, text, link)
    if url not in {text, link}:
        draft.unplace(connection.where("url"), url)
    draft.unplace_rest(connection)


def _sections(person: Person, draft: Draft) -> Iterator[Section]:
    for key, value in person.sections.items():
        path = path_of(("sections", key), person.where())
        if not key:
            draft.unplace(path, value)
            continue
        heading = read_heading(RichText.of(_title(clean_text(key))))
        yield read_section(heading.kind, heading.heading, value, path, draft, heading.note)


def _title(key: str) -> str:
    """Return the title that a key stands for: "selected_honors" for "Selected Honors"."""
    if " " in key or key != key.lower():
        return key
    words = key.replace("_", " ").split()
    return " ".join(
        word if number and word in _SMALL else word[:1].upper() + word[1:]
        for number, word in enumerate(words)
    )
