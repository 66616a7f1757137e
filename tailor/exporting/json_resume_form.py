"""A whole CV as JSON Resume 1.0 (jsonresume.org), in JSON or YAML.

The standard keys say what they have room for, in plain text. What they have no
room for stands under keys of our own (`titles`, `nationality`, `contacts`,
`sections`, `unplaced`), and the whole CV once more under `meta.tailor`: its lines in
the Markdown form, from which it is read back exactly while nobody edited the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable

import yaml

from tailor.exporting.markdown_form import to_markdown
from tailor.reading.cv.cells import list_items, split_label
from tailor.reading.cv.names import language_introduction
from tailor.reading.cv.numbering import renumbered
from tailor.reading.fields.data_files import Value
from tailor.reading.fields.json_resume import digest_of
from tailor.reading.master.lines import format_period
from tailor.values.cv import Bullet, Contact, ContactKind, Cv, Date, Entry, Section, SectionKind

Data = dict[str, Value]

_VERSION = "v1.0.0"
_YEARS = range(1000, 3000)  # of the dates that the schema knows
_LEVEL = re.compile(
    r"(?P<language>[^():–]*[^():–\s])\s*(?:\((?P<level>[^()]+)\)|[:–]\s+(?P<rest>\S.*))"
)


def to_json_resume(cv: Cv) -> Data:
    """Return `cv` as data of JSON Resume 1.0, which validate against its schema.

    Keys without a value are left out. Sections stand in the order of the CV.
    """
    cv = renumbered(cv)
    data: Data = {"basics": _basics(cv)}
    rest: list[Value] = []
    for section in cv.sections:
        left = _add_section(section, data)
        if left:
            rest.append(left)
    data |= _filled(sections=rest, unplaced=_texts(cv.unplaced))
    lines: list[Value] = [*to_markdown(cv).rstrip("\n").split("\n")]
    own: Data = {"markdown": lines, "digest": digest_of(data)}
    return {**data, "meta": {"version": _VERSION, "tailor": own}}


def to_json(cv: Cv) -> str:
    """Return `cv` as JSON Resume in JSON."""
    return json.dumps(to_json_resume(cv), indent=2, ensure_ascii=False) + "\n"


def to_yaml(cv: Cv) -> str:
    """Return the data of `to_json` as YAML."""
    return yaml.safe_dump(to_json_resume(cv), sort_keys=False, allow_unicode=True, width=2**31 - 1)


def _filled(**values: Value) -> Data:
    """Return the keys that have a value."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _basics(cv: Cv) -> Data:
    left = list(cv.contacts)

    def take(kind: ContactKind) -> str:
        found = next((contact for contact in left if contact.kind is kind), None)
        if found is None:
            return ""
        left.remove(found)
        return found.link or found.text if kind is ContactKind.WEBSITE else found.text

    summaries = [s.bullets for s in cv.sections if s.kind is SectionKind.SUMMARY]
    basics = _filled(
        name=cv.name,
        label=cv.headline,
        email=take(ContactKind.EMAIL),
        phone=take(ContactKind.PHONE),
        url=take(ContactKind.WEBSITE),
        summary="\n\n".join(b.text.plain for bullets in summaries for b in bullets),
        location=_filled(address=take(ContactKind.PLACE)),
        nationality=cv.nationality,
    )
    on_networks = (ContactKind.HANDLE, ContactKind.WEBSITE)
    profiles: list[Value] = [_profile(c) for c in left if c.kind in on_networks]
    others: list[Value] = [c.text for c in left if c.kind not in on_networks]
    return basics | _filled(profiles=profiles, contacts=others)


def _profile(contact: Contact) -> Data:
    if contact.kind is ContactKind.WEBSITE:
        return _filled(
            network=contact.text if contact.link else "", url=contact.link or contact.text
        )
    network, username = split_label(contact.text)
    return _filled(network=network, username=username, url=contact.link)


def _add_section(section: Section, data: Data) -> Data:
    """Put a section under its key; return what that has no room for."""
    bullets, entries = section.bullets, section.entries
    if section.kind in _ENTRIES:
        key, write = _ENTRIES[section.kind]
        _extend(data, key, map(write, entries))
        entries = ()
    elif section.kind in _LINES:
        key, write_line = _LINES[section.kind]
        _extend(data, key, (item for bullet in bullets for item in write_line(bullet)))
        bullets = ()
    elif section.kind is SectionKind.SUMMARY:
        bullets = ()
    left = _filled(
        note=section.note.plain,
        lines=[_dated(bullet) for bullet in bullets],
        entries=[_other(entry) for entry in entries],
    )
    known = {"heading": section.heading, "kind": section.kind.value}
    return {**known, **left} if left or section.kind is SectionKind.OTHER else {}


def _extend(data: Data, key: str, items: Iterable[Data]) -> None:
    held = data.get(key)
    found: list[Value] = [*(held if isinstance(held, list) else []), *items]
    if found:
        data[key] = found


def _texts(bullets: Iterable[Bullet]) -> list[Value]:
    return [bullet.text.plain for bullet in bullets]


def _iso(date: Date | None) -> str:
    if date is None or date.year not in _YEARS:
        return ""
    return f"{date.year}-{date.month:02}" if date.month else str(date.year)


def _dated(bullet: Bullet) -> Value:
    if bullet.date is None:
        return bullet.text.plain
    return _filled(text=bullet.text.plain, date=_iso(bullet.date))


def _entry(entry: Entry, title: str, organisation: str, bullets: str) -> Data:
    """Return an entry under the names that its section has for title, organisation and bullets."""
    titles: list[Value] = [*entry.titles]
    return _filled(
        **{organisation: entry.organisation, title: entry.title},
        titles=titles if len(titles) > 1 else None,
        location=entry.place,
        url=entry.link,
        startDate=_iso(entry.period.start),
        endDate=_iso(entry.period.end),
        **{bullets: _texts(entry.bullets)},
    )


def _job(entry: Entry) -> Data:
    return _entry(entry, "position", "name", "highlights")


def _volunteering(entry: Entry) -> Data:
    return _entry(entry, "position", "organization", "highlights")


def _degree(entry: Entry) -> Data:
    return _entry(entry, "studyType", "institution", "courses")


def _project(entry: Entry) -> Data:
    return _entry(entry, "name", "entity", "highlights")


def _other(entry: Entry) -> Data:
    data = _entry(entry, "title", "organisation", "lines")
    return data | _filled(period=format_period(entry.period))


_ENTRIES: dict[SectionKind, tuple[str, Callable[[Entry], Data]]] = {
    SectionKind.EXPERIENCE: ("work", _job),
    SectionKind.VOLUNTEERING: ("volunteer", _volunteering),
    SectionKind.EDUCATION: ("education", _degree),
    SectionKind.PROJECTS: ("projects", _project),
}


def _link(bullet: Bullet) -> str:
    """Return the address of a line that has just one."""
    links = {run.link for run in bullet.text.runs if run.link}
    return links.pop() if len(links) == 1 else ""


def _publication(bullet: Bullet) -> list[Data]:
    date = _iso(bullet.date)
    return [_filled(name=bullet.text.plain, releaseDate=date, url=_link(bullet))]


def _certificate(bullet: Bullet) -> list[Data]:
    return [_filled(name=bullet.text.plain, date=_iso(bullet.date), url=_link(bullet))]


def _award(bullet: Bullet) -> list[Data]:
    return [_filled(title=bullet.text.plain, date=_iso(bullet.date))]


def _list(bullet: Bullet) -> list[Data]:
    """Read "Label: item, item"; a line of one item is its name."""
    text = bullet.text.plain
    label, _ = split_label(text)
    items: list[Value] = [*list_items(text)]
    if label or len(items) > 1:
        return [_filled(name=label, keywords=items)]
    return [_filled(name=text)]


def _languages(bullet: Bullet) -> list[Data]:
    """Read "English (fluent), German: B2"; a common "fluent in" goes with each."""
    text = bullet.text.plain
    introduction = language_introduction(text)
    rest = text[len(introduction) :].lstrip(" :")
    found = []
    for item in list_items(rest) if "," in rest else [rest]:
        match = _LEVEL.fullmatch(item)
        level = (match["level"] or match["rest"]) if match else introduction
        found.append(_filled(language=match["language"] if match else item, fluency=level))
    return found


def _interest(bullet: Bullet) -> list[Data]:
    return [_filled(name=bullet.text.plain)]


def _reference(bullet: Bullet) -> list[Data]:
    return [_filled(reference=bullet.text.plain)]


_LINES: dict[SectionKind, tuple[str, Callable[[Bullet], list[Data]]]] = {
    SectionKind.PUBLICATIONS: ("publications", _publication),
    SectionKind.AWARDS: ("awards", _award),
    SectionKind.CERTIFICATES: ("certificates", _certificate),
    SectionKind.SKILLS: ("skills", _list),
    SectionKind.LANGUAGES: ("languages", _languages),
    SectionKind.INTERESTS: ("interests", _interest),
    SectionKind.REFERENCES: ("references", _reference),
}
