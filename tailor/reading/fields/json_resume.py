"""JSON Resume 1.0 (jsonresume.org), in JSON or YAML, to a `Cv`.

All sections of the format are read, with the names that keys had before 1.0. What a
file says beyond the format is kept in `Cv.unplaced`. `$schema`, `meta` and
`basics.image` are no text of the CV. Of dates the day is left out, as CVs give months.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import groupby

from jsonschema import Draft7Validator, ValidationError

from tailor.reading.cv.headings import standard_heading
from tailor.reading.fields.assembly import Assembly, joined, linked, packed, section, sentences
from tailor.reading.fields.data_files import Value
from tailor.reading.fields.networks import (
    email_contact,
    network_contact,
    phone_contact,
    site_contact,
)
from tailor.reading.fields.record import Record
from tailor.reading.files import Content
from tailor.values.cv import Bullet, Contact, ContactKind, Cv, Entry, RichText, Section, SectionKind
from tailor.values.resources import data_text

KEYS = (
    "basics work volunteer education awards certificates publications skills languages "
    "interests references projects"
).split()
_IGNORED = ("$schema", "meta")
# What keys were called before 1.0, or are called by many all the same.
_OLD_KEYS = {"certifications": "certificates", "hobbies": "interests"}
_MOST_FINDINGS = 1_000  # of the schema; fewer are shown


def digest_of(data: Mapping[str, Value]) -> str:
    """Return the SHA-256, in hex, of what the file says: its canonical JSON without `meta`."""
    said = {key: value for key, value in data.items() if key != "meta"}
    text = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_json_resume(data: Mapping[str, Value], content: Content) -> Cv:
    """Return the CV that the data of a file say.

    A file that this program wrote and nobody edited has the CV in `meta.tailor` as
    it was; its standard keys are read otherwise. Raises CvError if there is no name,
    or no position, degree or project.
    """
    assembly = Assembly(content)
    kept = _kept_form(data)
    if kept is not None:
        text, digest = kept
        if digest == digest_of(data):
            from tailor.reading.master.form import read_master_form  # noqa: PLC0415

            return read_master_form(text, content.source)
        assembly.warn(
            "meta.tailor",
            "the file was edited since this program wrote it, so its standard keys are read",
        )
    _validate(data, assembly)
    return _read(Record(data, "", assembly))


def _kept_form(data: Mapping[str, Value]) -> tuple[str, str] | None:
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


# The schema


def _validate(data: Mapping[str, Value], assembly: Assembly) -> None:
    for number, error in enumerate(_validator().iter_errors(data)):
        if number >= _MOST_FINDINGS:
            break
        if error.instance not in (None, "", [], {}):  # people leave keys empty; that says enough
            assembly.warn(_path(error.absolute_path), _finding(error))


@cache
def _validator() -> Draft7Validator:
    return Draft7Validator(json.loads(data_text("json_resume_schema.json")))


def _path(parts: Iterable[str | int]) -> str:
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path


def _finding(error: ValidationError) -> str:
    names = {"string": "text", "array": "a list", "object": "an object"}
    if error.validator == "pattern":
        return "is no date such as 2013-12-01, 2013-12 or 2013"
    wanted = str(error.validator_value)
    return f"should be {names.get(wanted, wanted)}"


# The sections


def _read(record: Record) -> Cv:
    assembly = record.assembly
    record.drop(*_IGNORED)
    for old, new in _OLD_KEYS.items():
        record.rename(old, new)
    sections: list[Section] = []
    name = headline = nationality = ""
    contacts: list[Contact] = []
    for basics in record.records("basics", "name"):
        name, headline = name or basics.text("name"), headline or basics.text("label")
        nationality = nationality or basics.text("nationality")
        contacts += _contacts(basics)
        sections.append(
            _section(SectionKind.SUMMARY, (), assembly.bullets(basics.texts("summary")))
        )
        basics.close()
    for key in record.left():
        if key in _ENTRIES:
            kind, main, read = _ENTRIES[key]
            found = (read(item) for item in record.records(key, main))
            sections.append(_section(kind, tuple(entry for entry in found if entry)))
        elif key in _LINES:
            kind, main, read_lines = _LINES[key]
            sections.append(_section(kind, (), read_lines(list(record.records(key, main)))))
    record.close()
    return assembly.cv(
        name,
        headline,
        contacts,
        nationality,
        sections,
        where_name='"name" in "basics"',
        where_entries='"work", "education" or "projects"',
    )


def _section(
    kind: SectionKind, entries: Iterable[Entry], bullets: Iterable[Bullet] = ()
) -> Section:
    return section(kind, standard_heading(kind), tuple(entries), tuple(bullets))


def _contacts(basics: Record) -> list[Contact]:
    basics.drop("image", "picture")
    basics.rename("website", "url")
    contacts: list[Contact] = []
    for text in basics.words("email"):
        contact = email_contact(text)
        if contact:
            contacts.append(contact)
        else:
            basics.assembly.warn(basics.where("email"), "is no e-mail address; kept aside")
            basics.assembly.unplace(basics.where("email"), text)
    contacts += map(phone_contact, basics.words("phone"))
    contacts += map(site_contact, basics.words("url"))
    place = _place(basics, "location")
    if place:
        contacts.append(Contact(ContactKind.PLACE, place))
    for profile in basics.records("profiles", "url"):
        url = profile.text("url")
        found = network_contact(profile.text("network"), profile.text("username"), url)
        if found:
            contacts.append(found)
            if url and found.link != url:
                basics.assembly.unplace(profile.where("url"), url)
        profile.close()
    return contacts


def _place(record: Record, key: str) -> str:
    """Read a place, which is a text or an object with the parts of an address."""
    places = []
    for location in record.records(key, "city"):
        parts = []
        for part in ("address", "city", "region", "postalCode", "countryCode"):
            parts += [line for text in location.texts(part) if (line := text.strip(" ,"))]
        places += [", ".join(parts)] if parts else []
        location.close()
    return "; ".join(places)


def _entry(
    record: Record, titles: list[str], organisation: str, read_texts: Callable[[], list[str]]
) -> Entry | None:
    """Read what all entries have; one without title and organisation is left aside."""
    if not organisation and not any(titles):
        record.close()
        return None
    period, dates = record.period("startDate", "endDate")
    place = _place(record, "location")
    link = record.link("url")
    texts = ([dates] if dates else []) + read_texts()
    record.close()
    return record.assembly.entry(titles, organisation, place, period, texts, link)


def _job(record: Record, organisation: str) -> Entry | None:
    record.rename("website", "url")
    return _entry(
        record,
        [record.text("position")],
        record.text(organisation),
        lambda: [t for key in ("description", "summary", "highlights") for t in record.texts(key)],
    )


def _position(record: Record) -> Entry | None:
    record.rename("company", "name")
    return _job(record, "name")


def _volunteering(record: Record) -> Entry | None:
    return _job(record, "organization")


def _degree(record: Record) -> Entry | None:
    record.rename("gpa", "score")
    record.rename("website", "url")
    study, area = record.text("studyType"), record.text("area")
    title = (
        study
        if area and area.casefold() in study.casefold()
        else ", ".join(part for part in (study, area) if part)
    )

    def texts() -> list[str]:
        return _labelled(record, "score", "Score") + record.texts("courses")

    return _entry(record, [title], record.text("institution"), texts)


def _project(record: Record) -> Entry | None:
    record.rename("website", "url")

    def texts() -> list[str]:
        found = [t for key in ("description", "summary", "highlights") for t in record.texts(key)]
        for key in ("roles", "type", "keywords"):
            found += _labelled(record, key, key.capitalize())
        return found

    return _entry(record, [record.text("name")], record.text("entity"), texts)


def _labelled(record: Record, key: str, label: str) -> list[str]:
    words = record.words(key)
    return [f"{label}: {', '.join(words)}"] if words else []


_ENTRIES: dict[str, tuple[SectionKind, str, Callable[[Record], Entry | None]]] = {
    "work": (SectionKind.EXPERIENCE, "name", _position),
    "volunteer": (SectionKind.VOLUNTEERING, "organization", _volunteering),
    "education": (SectionKind.EDUCATION, "institution", _degree),
    "projects": (SectionKind.PROJECTS, "name", _project),
}


def _dated(
    kind: SectionKind, names: tuple[str, str], date_key: str, records: list[Record]
) -> list[Bullet]:
    """Read lines such as "Title, Awarder. Summary" with their dates."""
    bullets = []
    for record in records:
        record.rename("website", "url")
        head = linked(record.rich(names[0]), record.link("url"))
        date, written = record.date(date_key)
        undated = RichText.of(written if date is None else "")
        line = joined([head, record.rich(names[1]), undated], ", ")
        texts = map(record.assembly.rich, record.texts("summary"))
        line = sentences([line, *texts])
        if line:
            bullets.append(record.assembly.dated_line(kind, line, date))
        elif written:
            record.assembly.unplace(record.where(date_key), written)
        record.close()
    return bullets


def _awards(records: list[Record]) -> list[Bullet]:
    return _dated(SectionKind.AWARDS, ("title", "awarder"), "date", records)


def _certificates(records: list[Record]) -> list[Bullet]:
    return _dated(SectionKind.CERTIFICATES, ("name", "issuer"), "date", records)


def _publications(records: list[Record]) -> list[Bullet]:
    return _dated(SectionKind.PUBLICATIONS, ("name", "publisher"), "releaseDate", records)


def _skills(records: list[Record]) -> list[Bullet]:
    """Read "Name (Level): keyword, keyword"; single skills are put together on lines."""
    texts: list[str] = []
    groups = [
        (_with_level(record, "name", "level"), record.words("keywords")) for record in records
    ]
    for has_keywords, group in groupby(groups, lambda pair: bool(pair[1])):
        if has_keywords:
            texts += (_titled(head, ", ".join(words)) for head, words in group)
        else:
            texts += packed(head for head, _ in group if head)
    return _closed(records, texts)


def _languages(records: list[Record]) -> list[Bullet]:
    for record in records:
        record.rename("name", "language")
        record.rename("level", "fluency")
    return _closed(records, [_with_level(record, "language", "fluency") for record in records])


def _interests(records: list[Record]) -> list[Bullet]:
    texts = [_titled(r.text("name"), ", ".join(r.words("keywords"))) for r in records]
    return _closed(records, texts)


def _references(records: list[Record]) -> list[Bullet]:
    texts: list[str] = []
    for record in records:
        name = record.text("name")
        first, *others = record.texts("reference") or [""]
        texts += [_titled(name, first), *others]
    return _closed(records, texts)


def _with_level(record: Record, name: str, level: str) -> str:
    head, shade = record.text(name), record.text(level)
    return f"{head} ({shade})" if head and shade else head or shade


def _titled(head: str, text: str) -> str:
    return ": ".join(part for part in (head, text) if part)


def _closed(records: list[Record], texts: list[str]) -> list[Bullet]:
    for record in records:
        record.close()
    return list(records[0].assembly.bullets(texts)) if records else []


_LINES: dict[str, tuple[SectionKind, str, Callable[[list[Record]], list[Bullet]]]] = {
    "awards": (SectionKind.AWARDS, "title", _awards),
    "certificates": (SectionKind.CERTIFICATES, "name", _certificates),
    "publications": (SectionKind.PUBLICATIONS, "name", _publications),
    "skills": (SectionKind.SKILLS, "name", _skills),
    "languages": (SectionKind.LANGUAGES, "language", _languages),
    "interests": (SectionKind.INTERESTS, "name", _interests),
    "references": (SectionKind.REFERENCES, "reference", _references),
}
