"""A whole CV as JSON Resume 1.0 (jsonresume.org), in JSON or YAML.

The standard keys say what they have room for, in plain text. What they have no
room for stands under keys of our own (`titles`, `nationality`, `contacts`,
`sections`, `unplaced`), and the whole CV once more under `meta.tailor`: its lines in
the Markdown form, from which it is read back exactly while nobody edited the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import yaml

from tailor.exporting.markdown_form import to_markdown
from tailor.reading.cv.cells import list_items, split_label
from tailor.reading.cv.names import language_introduction
from tailor.reading.cv.numbering import renumbered
from tailor.reading.fields import json_resume as form
from tailor.reading.fields.model import Part
from tailor.reading.master.lines import format_period
from tailor.values.cv import Bullet, Contact, ContactKind, Cv, Date, Entry, Section, SectionKind

Data = dict[str, Any]
_WriteLine = Callable[[Bullet], Iterator[Part]]

_VERSION = "v1.0.0"
_YEARS = range(1000, 3000)  # of the dates that the form knows
_LEVEL = re.compile(
    r"(?P<language>[^():–]*[^():–\s])\s*(?:\((?P<level>[^()]+)\)|[:–]\s+(?P<rest>\S.*))"
)


def to_json_resume(cv: Cv) -> Data:
    """Return `cv` as data of JSON Resume 1.0, which validate against its schema.

    Keys without a value are left out. Sections stand in the order of the CV.
    """
    cv = renumbered(cv)
    parts: dict[str, tuple[Part, ...]] = {}
    rest = []
    for section in cv.sections:
        key, made = _parts(section)
        if made:
            parts[key] = parts.get(key, ()) + tuple(made)
        rest += _left(section)
    own = _filled(sections=rest, unplaced=_texts(cv.unplaced))
    resume = form.Resume.model_validate({"basics": _basics(cv), **parts, **own})
    dumped = resume.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data = {key: dumped[key] for key in ("basics", *parts, *own)}
    lines = to_markdown(cv).rstrip("\n").split("\n")
    copy = {"markdown": lines, "digest": form.digest_of(data)}
    return {**data, "meta": {"version": _VERSION, "tailor": copy}}


def to_json(cv: Cv) -> str:
    """Return `cv` as JSON Resume in JSON."""
    return json.dumps(to_json_resume(cv), indent=2, ensure_ascii=False) + "\n"


def to_yaml(cv: Cv) -> str:
    """Return the data of `to_json` as YAML."""
    return yaml.safe_dump(to_json_resume(cv), sort_keys=False, allow_unicode=True, width=2**31 - 1)


def _filled(**values: Any) -> Data:  # noqa: ANN401 - whatever JSON knows
    """Return the keys that have a value."""
    return {key: value for key, value in values.items() if value}


def _texts(bullets: Iterable[Bullet]) -> tuple[str, ...]:
    return tuple(bullet.text.plain for bullet in bullets)


def _iso(date: Date | None) -> str:
    if date is None or date.year not in _YEARS:
        return ""
    return f"{date.year}-{date.month:02}" if date.month else str(date.year)


# The person


def _basics(cv: Cv) -> form.Basics:
    left = list(cv.contacts)

    def take(kind: ContactKind) -> str:
        found = next((contact for contact in left if contact.kind is kind), None)
        if found is None:
            return ""
        left.remove(found)
        return found.link or found.text if kind is ContactKind.WEBSITE else found.text

    summaries = (s.bullets for s in cv.sections if s.kind is SectionKind.SUMMARY)
    on_networks = (ContactKind.HANDLE, ContactKind.WEBSITE)
    return form.Basics(
        name=cv.name,
        label=cv.headline,
        email=take(ContactKind.EMAIL),
        phone=take(ContactKind.PHONE),
        url=take(ContactKind.WEBSITE),
        summary="\n\n".join(text for bullets in summaries for text in _texts(bullets)),
        location=form.Location(address=take(ContactKind.PLACE)),
        profiles=tuple(_profile(c) for c in left if c.kind in on_networks),
        nationality=cv.nationality,
        **_filled(contacts=[c.text for c in left if c.kind not in on_networks]),
    )


def _profile(contact: Contact) -> form.Profile:
    if contact.kind is ContactKind.WEBSITE:
        network = contact.text if contact.link else ""
        return form.Profile(network=network, url=contact.link or contact.text)
    network, username = split_label(contact.text)
    return form.Profile(network=network, username=username, url=contact.link or "")


# Sections


def _parts(section: Section) -> tuple[str, list[Part]]:
    """Return the key of a section, and what stands under it."""
    if section.kind in _ENTRIES:
        key, model, *names = _ENTRIES[section.kind]
        return key, [_entry(entry, model, *names) for entry in section.entries]
    if section.kind in _LINES:
        key, write_line = _LINES[section.kind]
        return key, [part for bullet in section.bullets for part in write_line(bullet)]
    return "", []


def _left(section: Section) -> list[Data]:
    """Return what the section's key has no room for, if anything."""
    is_known = section.kind in _LINES or section.kind is SectionKind.SUMMARY
    entries = () if section.kind in _ENTRIES else section.entries
    left = _filled(
        note=section.note.plain,
        lines=[_dated(bullet) for bullet in section.bullets if not is_known],
        entries=[_other(entry) for entry in entries],
    )
    known = {"heading": section.heading, "kind": section.kind.value}
    return [{**known, **left}] if left or section.kind is SectionKind.OTHER else []


def _dated(bullet: Bullet) -> str | Data:
    if bullet.date is None:
        return bullet.text.plain
    return _filled(text=bullet.text.plain, date=_iso(bullet.date))


def _other(entry: Entry) -> Data:
    return _filled(
        title=entry.title,
        organisation=entry.organisation,
        lines=list(_texts(entry.bullets)),
        period=format_period(entry.period),
        **_common(entry),
    )


def _common(entry: Entry) -> Data:
    """Return what all entries have, under the names of the form, and `titles` of our own."""
    return _filled(
        location=entry.place,
        url=entry.link,
        startDate=_iso(entry.period.start),
        endDate=_iso(entry.period.end),
        titles=entry.titles if len(entry.titles) > 1 else (),
    )


def _entry(entry: Entry, model: type[Part], title: str, by: str, texts: str) -> Part:
    """Return an entry; its title, employer and bullets stand under keys of these names."""
    said = {title: entry.title, by: entry.organisation, texts: _texts(entry.bullets)}
    return model(**said, **_common(entry))


_ENTRIES: dict[SectionKind, tuple[str, type[Part], str, str, str]] = {
    SectionKind.EXPERIENCE: ("work", form.Job, "position", "name", "highlights"),
    SectionKind.VOLUNTEERING: (
        *("volunteer", form.Volunteering),
        *("position", "organization", "highlights"),
    ),
    SectionKind.EDUCATION: ("education", form.Degree, "studyType", "institution", "courses"),
    SectionKind.PROJECTS: ("projects", form.Project, "name", "entity", "highlights"),
}


def _link(bullet: Bullet) -> str:
    """Return the address of a line that has just one."""
    links = {run.link for run in bullet.text.runs if run.link}
    return links.pop() if len(links) == 1 else ""


def _line(model: type[Part], text: str, date: str = "", url: str = "") -> _WriteLine:
    """Return what writes a line; its text, date and address stand under keys of these names."""

    def write(bullet: Bullet) -> Iterator[Part]:
        said = {text: bullet.text.plain, date: _iso(bullet.date), url: _link(bullet)}
        yield model(**{key: value for key, value in said.items() if key})

    return write


def _skill(bullet: Bullet) -> Iterator[Part]:
    """Yield "Label: item, item"; a line of one item is its name."""
    text = bullet.text.plain
    label, _ = split_label(text)
    items = tuple(list_items(text))
    if label or len(items) > 1:
        yield form.Skill(name=label, keywords=items)
    else:
        yield form.Skill(name=text)


def _languages(bullet: Bullet) -> Iterator[Part]:
    """Yield each of "English (fluent), German: B2"; a common "fluent in" goes with each."""
    text = bullet.text.plain
    introduction = language_introduction(text)
    rest = text[len(introduction) :].lstrip(" :")
    for item in list_items(rest) if "," in rest else [rest]:
        match = _LEVEL.fullmatch(item)
        level = (match["level"] or match["rest"]) if match else introduction
        yield form.Language(language=match["language"] if match else item, fluency=level)


_LINES: dict[SectionKind, tuple[str, _WriteLine]] = {
    SectionKind.PUBLICATIONS: ("publications", _line(form.Paper, "name", "releaseDate", "url")),
    SectionKind.AWARDS: ("awards", _line(form.Award, "title", "date")),
    SectionKind.CERTIFICATES: ("certificates", _line(form.Certificate, "name", "date", "url")),
    SectionKind.SKILLS: ("skills", _skill),
    SectionKind.LANGUAGES: ("languages", _languages),
    SectionKind.INTERESTS: ("interests", _line(form.Skill, "name")),
    SectionKind.REFERENCES: ("references", _line(form.Reference, "reference")),
}
