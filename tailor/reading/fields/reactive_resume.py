"""Reactive Resume (rxresu.me), versions 3 to 5: what its sections say, in RenderCV's keys.

The versions have the same sections, but other names for what is in them. So each item gets the
keys that `rendercv` reads. Hidden sections and items are read as well, since a master CV holds
everything. Pictures, ids, stars, icons and the layout of the page are no text of the CV; of the
layout only the order of the sections is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tailor.reading.cv.headings import read_heading
from tailor.reading.fields.data import Value, flat, path_of, plain
from tailor.reading.fields.draft import Draft
from tailor.reading.fields.items import KINDS, read_section
from tailor.reading.fields.model import fit
from tailor.reading.fields.rendercv import Person, contacts_of
from tailor.reading.files import Content
from tailor.reading.lines import clean_text
from tailor.values.cv import Cv, RichText, Section, SectionKind

_Item = dict[str, Value]

_LISTS = frozenset({SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.INTERESTS})
_POSITIONS = frozenset({SectionKind.EXPERIENCE, SectionKind.VOLUNTEERING})
# Keys of the versions, and RenderCV's: those of a kind of section first, then those of all.
_POINTS = {"name": "label", "title": "label", "language": "label"} | dict.fromkeys(
    ("fluency", "proficiency", "description", "subtitle"), "level"
)
_NAMES: Mapping[SectionKind, Mapping[str, str]] = {
    SectionKind.EXPERIENCE: {"name": "company", "organization": "company"},
    SectionKind.VOLUNTEERING: {"organization": "company"},
    SectionKind.EDUCATION: {"school": "institution", "studyType": "degree", "grade": "score"},
    SectionKind.AWARDS: {"title": "position", "awarder": "company"},
    SectionKind.CERTIFICATES: {"name": "position", "title": "position", "issuer": "company"},
    SectionKind.PUBLICATIONS: {"name": "title", "publisher": "journal"},
    SectionKind.REFERENCES: {"relationship": "position"},
    **dict.fromkeys(_LISTS, _POINTS),
}
_NAMES_OF_ALL = {"period": "date", "website": "url", "roles": "positions"}
_CUSTOM = {"title": "name", "subtitle": "description"}
_LOOK = frozenset("id visible hidden icon iconColor columns levelNum type options".split())
_LOOK_OF_SECTION = _LOOK | {"name", "title", "items", "content", "separateLinks", "keepTogether"}
_NO_TEXT = ("metadata", "picture", "public", "$schema", "id", "version")


def read_reactive_resume(data: Mapping[str, Value], content: Content) -> Cv:
    """Return the CV that the data of a file say.

    Raises CvError if there is no name, or no position, degree or project.
    """
    draft = Draft(content)
    draft.warn("", "read as Reactive Resume: hidden parts are kept, its pictures and stars are not")
    basics = _object(data.get("basics"))
    profiles: list[Value] = []
    sections: list[tuple[str, Section]] = []
    for key, kind, path, value in _sections(data, basics):
        part = _object(value)
        if part.get("visible") is False or part.get("hidden") is True:
            draft.warn(path, "is hidden in the file; read all the same")
        items = part.get("items", part.get("content")) if part else value
        if key == "profiles":
            profiles += [_renamed(_object(item), {}) for item in _list(items)]
        else:
            heading = str(part.get("name") or part.get("title") or "")
            sections.append((key, _section(kind, heading, items, path, draft)))
        rest = {name: inner for name, inner in part.items() if name not in _LOOK_OF_SECTION}
        draft.unplace(path, rest)
    order = [text for _, text in flat(_object(data.get("metadata")).get("layout"))]
    sections.sort(key=lambda found: order.index(found[0]) if found[0] in order else len(order))
    person = fit(Person, _person(basics, profiles), draft.warn, "basics")
    contacts = contacts_of(person, Person.model_fields, draft)
    draft.unplace_rest(person)
    known = {"basics", "summary", "sections", "customSections", *_NO_TEXT}
    draft.unplace("", {key: value for key, value in data.items() if key not in known})
    return draft.cv(
        person.name,
        person.headline,
        contacts,
        sections=[section for _, section in sections],
        where_name='"name" in "basics"',
        where_entries='"experience", "education" or "projects" in "sections"',
    )


def _sections(
    data: Mapping[str, Value], basics: _Item
) -> Iterator[tuple[str, SectionKind | None, str, Value]]:
    """Yield the key in the layout, the kind if it is a known one, the path, and the section."""
    yield "summary", SectionKind.SUMMARY, "basics.summary", basics.get("summary")
    yield "summary", SectionKind.SUMMARY, "summary", data.get("summary")
    for key, value in _object(data.get("sections")).items():
        path = path_of((key,), "sections")
        if key == "custom":
            for name, inner in _object(value).items():
                yield f"custom.{name}", None, path_of((name,), path), inner
        else:
            yield key, KINDS.get(key), path, value
    for number, value in enumerate(_list(data.get("customSections"))):
        part = _object(value)
        key, kind = str(part.get("id", "")), KINDS.get(str(part.get("type", "")))
        yield key, kind, path_of((number,), "customSections"), value


def _section(
    kind: SectionKind | None, heading: str, items: Value, path: str, draft: Draft
) -> Section:
    found = read_heading(RichText.of(clean_text(heading)))
    used = kind or found.kind
    made: list[Value] = []
    inside = f"{path}.items" if isinstance(items, list) else path
    for number, item in enumerate(_list(items)):
        if not isinstance(item, dict):
            made.append(item)
            continue
        if item.get("visible") is False or item.get("hidden") is True:
            draft.warn(path_of((number,), inside), "is hidden in the file; read all the same")
        if isinstance(item.get("content"), str):
            made.append(item["content"])
        else:
            made.append(_item(item, used, custom=kind is None))
    return read_section(used, found.heading, made or None, inside, draft)


def _item(item: _Item, kind: SectionKind, *, custom: bool) -> _Item:
    """Return an item with RenderCV's keys."""
    if custom and kind not in _LISTS:
        item = _renamed(item, _CUSTOM)
        is_plain = not any(item.get(key) for key in ("date", "period", "description", "summary"))
        if is_plain and not item.get("location"):
            kind = SectionKind.INTERESTS
        elif kind in _POSITIONS:
            item = _renamed(item, {"name": "position", "description": "company"})
    said = _renamed(item, _NAMES.get(kind, {}))
    if kind in _LISTS:
        return {"label": "", **said}
    said = _renamed(said, _NAMES_OF_ALL)
    if kind is SectionKind.PUBLICATIONS:
        said = {"title": "", "journal": "", **said}
    elif kind is SectionKind.REFERENCES:
        keys = ("name", "position", "description", "phone", "email")
        said["name"] = ", ".join(filter(None, (_joined(said.pop(key, "")) for key in keys)))
    if "positions" in said:
        roles = _list(said["positions"])
        said["positions"] = [_renamed(_object(role), _NAMES_OF_ALL) for role in roles]
        said.setdefault("company", "")
    return said


def _renamed(item: _Item, names: Mapping[str, str]) -> _Item:
    """Return an item without what is about its look, with other names of keys, dates and links."""
    said = {key: value for key, value in item.items() if key not in _LOOK}
    if not isinstance(said.get("level", ""), str):
        del said["level"]  # a number of stars
    for old, new in names.items():
        if old in said and not said.get(new):
            said[new] = said.pop(old)
    for key in ("url", "website"):
        address = said.get(key)
        if isinstance(address, dict):
            said[key] = address.get("href") or address.get("url")
            if address.get("label"):
                said[f"{key}.label"] = address["label"]
    date = said.get("date")
    if isinstance(date, dict):
        del said["date"]
        said |= {"start_date": date.get("start"), "end_date": date.get("end")}
    return said


def _person(basics: _Item, profiles: Sequence[Value]) -> _Item:
    said = _renamed(basics, {"url": "website"})
    for key in ("summary", "picture", "photo"):
        said.pop(key, None)
    place = said.get("location")
    if isinstance(place, dict):
        said["location"] = _joined([inner for inner in place.values() if inner])
    named = [_object(field) for field in _list(said.pop("customFields", []))]
    connections: list[Value] = []
    for field in named:
        texts = [_joined(field.get(key)) for key in ("name", "text", "value")]
        shown = ": ".join(filter(None, texts))
        connections.append({"placeholder": shown, "url": field.get("link")})
    networks: list[Value] = [
        {"network": _object(p).get("network"), **_renamed(_object(p), {"website": "url"})}
        for p in [*_list(said.pop("profiles", [])), *profiles]
    ]
    return {**said, "social_networks": networks, "custom_connections": connections}


def _object(value: Value) -> _Item:
    return value if isinstance(value, dict) else {}


def _list(value: Value) -> list[Value]:
    """Return a list as it is, and what is none as the only one of a list."""
    if isinstance(value, list):
        return value
    return [] if value is None or value in ("", {}) else [value]


def _joined(value: Value) -> str:
    """Return the texts in a value with commas between them."""
    return ", ".join(plain(text) for _, text in flat(value))
