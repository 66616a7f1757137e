"""Europass XML: the Skills Passport (to version 3.4) and the Candidate of today's editor.

What they say gets the keys of RenderCV and is read as that. Texts are taken out of the tree as
they are read; those that are left at the end are kept in `Cv.unplaced`. Pictures, attachments,
codes and the layout are no text of the CV. Nothing outside the file is ever opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from tailor.reading.cv.headings import read_heading
from tailor.reading.field import is_html
from tailor.reading.fields.data import Value
from tailor.reading.fields.draft import Draft
from tailor.reading.fields.items import read_section
from tailor.reading.fields.model import fit
from tailor.reading.fields.rendercv import Person, contacts_of
from tailor.reading.files import Content
from tailor.values.cv import Cv, RichText, SectionKind

# lxml's stubs call the class of elements so.
_Element = etree._Element  # noqa: SLF001
_Item = dict[str, Value]

# With all that is in them; also the names that end so.
_NO_TEXT = frozenset(
    """
    DocumentInfo PrintingPreferences Photo Signature Attachment AttachmentList Documentation
    ReferenceTo CandidateSupplier RenderingInformation DocumentID AlternateDocumentID ID
    ProcessingInformation Code Use ChannelCode UseCode CountryCode TaxonomyID CompetencyID
    JobCategoryCode IndustryCode EducationLevelCode CompetencyDimensionTypeCode
    ProgramConcentration Ongoing Current CurrentIndicator CreditType
    """.split()
)
# Skills of the Skills Passport have no title but their element's name.
_SKILLS = {
    "Communication": "Communication",
    "Organisational": "Organisation",
    "JobRelated": "Job-related",
    "Computer": "Digital",
    "Driving": "Driving licence",
    "Other": "",
}
_LANGUAGES = dict(
    pair.split(":")
    for pair in """
    ara:Arabic bul:Bulgarian cat:Catalan ces:Czech cze:Czech chi:Chinese zho:Chinese hrv:Croatian
    dan:Danish dut:Dutch nld:Dutch eng:English est:Estonian fin:Finnish fra:French fre:French
    deu:German ger:German ell:Greek gre:Greek heb:Hebrew hin:Hindi hun:Hungarian gle:Irish
    ice:Icelandic isl:Icelandic ita:Italian jpn:Japanese kor:Korean lav:Latvian lit:Lithuanian
    mac:Macedonian mkd:Macedonian mlt:Maltese nor:Norwegian pol:Polish por:Portuguese ron:Romanian
    rum:Romanian rus:Russian slk:Slovak slo:Slovak slv:Slovenian spa:Spanish srp:Serbian swe:Swedish
    alb:Albanian sqi:Albanian tur:Turkish ukr:Ukrainian
    """.split()
)
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class _Part:
    """A section before it is read; without a heading it has the usual one of its kind."""

    kind: SectionKind
    items: tuple[Value, ...]
    heading: str = ""


def read_europass(content: Content) -> Cv:
    """Return the CV that a file says.

    Raises CvError for what is no XML or has a document type, and if there is no name, or no
    position, degree or project.
    """
    draft = Draft(content, markdown=False)
    draft.warn("", "read as Europass XML: its pictures, attachments and codes are not kept")
    root = _root(content)
    learner = root if root.tag == "LearnerInfo" else root.find(".//LearnerInfo")
    if learner is not None:
        said, parts = dict(_passport_person(learner)), [*_passport_parts(learner)]
    else:
        said, parts = dict(_candidate_person(root)), [*_candidate_parts(root)]
    nationality = ", ".join(_take_all(root, ".//Nationality/Label"))
    person = fit(Person, said, draft.warn, "")
    by_place: dict[tuple[SectionKind, str], list[Value]] = {}
    for part in parts:
        by_place.setdefault((part.kind, part.heading), []).extend(filter(None, part.items))
    sections = [
        read_section(kind, heading, items or None, heading or kind.value, draft)
        for (kind, heading), items in by_place.items()
    ]
    _unplace_rest(root, draft)
    return draft.cv(
        person.name,
        person.headline,
        contacts_of(person, Person.model_fields, draft),
        nationality,
        sections,
        where_name="FirstName or GivenName",
        where_entries="WorkExperience, Education or EmploymentHistory",
    )


def _root(content: Content) -> _Element:
    """Return the root of the tree, its names without their namespaces."""
    text = content.text().strip("\ufeff \t\r\n")
    if "<!DOCTYPE" in text:
        raise content.error("is XML with a document type, which Europass has not; take it out")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(errors="replace"), parser)
    except etree.XMLSyntaxError as reason:
        said = f"is no sound XML (line {reason.lineno}); export it from Europass once more"
        raise content.error(said) from None
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


def _take(element: _Element, *paths: str) -> str:
    """Return the text at the first of these paths that has one, and take it out of the tree."""
    for path in paths:
        for found in element.findall(path):
            text = "".join(str(text) for text in found.itertext()).strip()
            if text:
                found[:] = []
                found.text = None
                return text
    return ""


def _take_all(element: _Element, path: str) -> list[str]:
    return [text for found in element.findall(path) if (text := _take(found, "."))]


def _joined(*texts: str) -> str:
    return ", ".join(filter(None, texts))


def _unplace_rest(root: _Element, draft: Draft) -> None:
    walker = etree.iterwalk(root, events=("start",))
    for _, element in walker:
        if element.tag in _NO_TEXT:
            walker.skip_subtree()
        elif element.text and element.text.strip():
            draft.unplace(root.getroottree().getpath(element).lstrip("/"), element.text)


# What both have


def _when(element: _Element, *names: str) -> str:
    """Return the date in the first element of one of these names, as 2019-03 where it can be."""
    found = next((f for name in names if (f := element.find(f".//{name}")) is not None), None)
    if found is None:
        return ""
    text = _take(found, ".//FormattedDateTime", ".//DateText", ".")
    year, month = found.get("year", ""), found.get("month", "").strip("-")
    return "-".join(filter(None, (year, month))) if year else text


def _period(element: _Element) -> _Item:
    """Return the dates of an entry. One that is not said to go on has a start alone as its date."""
    start, end = _when(element, "From", "StartDate"), _when(element, "To", "EndDate")
    going_on = (element.findtext(f".//{n}") for n in ("Current", "CurrentIndicator", "Ongoing"))
    if any((text or "").strip().lower() == "true" for text in going_on):
        return {"start_date": start, "end_date": "present"}
    if end:
        return {"start_date": start, "end_date": end}
    return {"date": start or _when(element, "FirstIssuedDate", "Year", "Date")}


def _place(element: _Element) -> str:
    """Return "town, country" of an employer or a school."""
    city = _take(element, ".//Municipality", ".//CityName", ".//City")
    code = (element.findtext(".//CountryCode") or "").strip()
    country = _take(element, ".//Country/Label", ".//Country") or code
    return _joined(city, country.upper() if len(country) == 2 else country)


def _described(title: str, text: str) -> list[Value]:
    """Return a title and its text: on one line if that can be."""
    if "\n" not in text and not is_html(text):
        return [": ".join(filter(None, (title, text if text != title else "")))]
    return [title, text]


def _language(name: str, levels: Iterable[tuple[str, str]]) -> _Item:
    """Return a language with its level, or each level with what it is of where they differ."""
    said = {of: level for of, level in levels if level}
    if len(set(said.values())) == 1:
        return {"label": name, "level": next(iter(said.values()))}
    return {"label": name, "level": ", ".join(f"{of} {level}" for of, level in said.items())}


def _kind(heading: str) -> SectionKind:
    return read_heading(RichText.of(heading)).kind


# The Skills Passport


def _passport_person(learner: _Element) -> Iterator[tuple[str, Value]]:
    yield "name", " ".join(_take(learner, f".//{n}") for n in ("FirstName", "Surname")).strip()
    _take(learner, "Headline/Type/Label")  # "Job applied for" and the like
    if learner.findtext("Headline/Type/Code", "").strip() != "personal_statement":
        yield "headline", _take(learner, "Headline/Description/Label", "Headline/Description")
    contact = learner.find("Identification/ContactInfo")
    if contact is None:
        return
    yield "email", [*_take_all(contact, ".//Email/Contact"), *_take_all(contact, ".//Email")]
    yield "phone", [*_take_all(contact, ".//Telephone/Contact")]
    yield "website", [*_take_all(contact, ".//Website/Contact")]
    lines = [_take(contact, f".//{name}") for name in ("AddressLine", "AddressLine2", "PostalCode")]
    yield "location", _joined(*lines, _place(contact))
    ways = contact.findall(".//InstantMessaging")
    pairs = ((_take(way, "Use/Label"), _take(way, "Contact")) for way in ways)
    yield "social_networks", [{"network": use, "username": user} for use, user in pairs]


def _passport_parts(learner: _Element) -> Iterator[_Part]:
    statement = _take(learner, "Headline/Description/Label", "Headline/Description")
    yield _Part(SectionKind.SUMMARY, (statement,))
    for job in learner.iter("WorkExperience"):
        names = _take(job, "Position/Label", "Position"), _take(job, "Employer/Name")
        yield _Part(SectionKind.EXPERIENCE, (_entry(job, "position", "company", *names),))
    for study in learner.iter("Education"):
        names = _take(study, "Title/Label", "Title"), _take(study, "Organisation/Name")
        area: Value = _take(study, "Field/Label")
        entry = {**_entry(study, "degree", "institution", *names), "area": area}
        yield _Part(SectionKind.EDUCATION, (entry,))
    for name, label in _SKILLS.items():
        licences = ", ".join(_take_all(learner, f"Skills/{name}/Description/Licence"))
        text = _take(learner, f"Skills/{name}/Description", f"Skills/{name}") or licences
        if text:
            yield _Part(SectionKind.SKILLS, (*_described(label, text),))
    for language in learner.iter("MotherTongue"):
        name = _take(language, "Description/Label", "Description")
        yield _Part(SectionKind.LANGUAGES, ({"label": name, "level": "mother tongue"},))
    for language in learner.iter("ForeignLanguage"):
        grades = language.find("ProficiencyLevel")
        levels = [
            (_CAPITAL.sub(" ", str(grade.tag)).lower(), _take(grade, "."))
            for grade in (() if grades is None else grades)
        ]
        name = _take(language, "Description/Label", "Description")
        yield _Part(SectionKind.LANGUAGES, (_language(name, levels),))
    for achievement in learner.iter("Achievement"):
        heading = _take(achievement, "Title/Label", "Title") or "Achievements"
        text = _take(achievement, "Description")
        yield _Part(_kind(heading), (text,), heading)


def _entry(element: _Element, title_key: str, by_key: str, title: str, by: str) -> _Item:
    """Return a position or a degree, of either form."""
    return {
        title_key: title,
        by_key: by,
        "location": _place(element),
        **_period(element),
        "summary": _take(element, "Activities", "Description", ".//OccupationalSkillsCovered"),
        "url": _take(element, ".//Website/Contact", ".//OrganizationContact//URI", "Link"),
    }


# The Candidate


def _candidate_person(root: _Element) -> Iterator[tuple[str, Value]]:
    person = root.find("CandidatePerson")
    if person is None:
        return
    names = (_take(person, f"PersonName/{name}") for name in ("GivenName", "FamilyName"))
    yield "name", " ".join(names).strip()
    found: dict[str, list[Value]] = {"email": [], "phone": [], "website": []}
    networks: list[Value] = []
    for way in person.findall("Communication"):
        channel, use = (way.findtext(n, "").strip() for n in ("ChannelCode", "UseCode"))
        dialling, number = _take(way, "CountryDialing").lstrip("+"), _take(way, "DialNumber")
        if number:
            found["phone"].append(f"+{dialling} {number}" if dialling else number)
        address = way.find("Address")
        if address is not None:
            lines = [*_take_all(address, "AddressLine"), _take(address, "PostalCode")]
            yield "location", _joined(*lines, _place(address))
        text, label = _take(way, "URI", "URL", "Text"), _take(way, "OtherTitle")
        if text and channel in {"Email", "Web"}:
            found["email" if channel == "Email" else "website"].append(text)
        elif text:
            networks.append({"network": label or use or channel, "username": text})
    yield from found.items()
    yield "social_networks", networks


def _candidate_parts(root: _Element) -> Iterator[_Part]:
    profile = root.find("CandidateProfile")
    for code in _take_all(root, "CandidatePerson/PrimaryLanguageCode"):
        yield _Part(SectionKind.LANGUAGES, ({"label": _named(code), "level": "mother tongue"},))
    for section in () if profile is None else profile:
        if section.tag == "ExecutiveSummary":
            yield _Part(SectionKind.SUMMARY, (_take(section, "."),))
        elif section.tag == "EmploymentHistory":
            yield _Part(SectionKind.EXPERIENCE, (*_jobs(section),))
        elif section.tag == "EducationHistory":
            yield _Part(SectionKind.EDUCATION, (*map(_study, section),))
        elif section.tag == "PersonQualifications":
            yield from map(_qualification, section)
        elif section.tag not in _NO_TEXT:
            yield _activities(section)


def _jobs(history: _Element) -> Iterator[_Item]:
    for employer in history:
        name = _take(employer, "OrganizationName")
        contact, period = employer.find("OrganizationContact"), employer.find("EmploymentPeriod")
        place = "" if contact is None else _place(contact)
        dates = {} if period is None else _period(period)
        for post in employer.findall("PositionHistory"):
            job = _entry(post, "position", "company", _take(post, "PositionTitle"), name)
            has_dates = any(job.get(key) for key in ("start_date", "end_date", "date"))
            yield {**job, **({} if has_dates else dates), "location": job["location"] or place}


def _study(study: _Element) -> _Item:
    names = ("ProgramName", "EducationDegree/DegreeName")
    degree, area = _take(study, *names), _take(study, "EducationDegree/DegreeName")
    entry = _entry(study, "degree", "institution", degree, _take(study, "OrganizationName"))
    grade = _take(study, ".//FinalGrade//ScoreText", ".//FinalGrade")
    extra: list[Value] = [f"Score: {grade}"] if grade else []
    return {**entry, "area": area if area != degree else "", "highlights": extra}


def _qualification(competency: _Element) -> _Part:
    if competency.findtext("TaxonomyID", "").strip().lower() != "language":
        return _Part(SectionKind.SKILLS, (_take(competency, "CompetencyName"),))
    dimensions = competency.findall("CompetencyDimension")
    kinds = (one.findtext("CompetencyDimensionTypeCode", "") for one in dimensions)
    levels = [
        (kind.split("-")[-1].lower(), _take(one, "Score"))
        for kind, one in zip(kinds, dimensions, strict=True)
    ]
    name = _take(competency, "CompetencyName") or _named(competency.findtext("CompetencyID", ""))
    return _Part(SectionKind.LANGUAGES, (_language(name, levels),))


def _named(code: str) -> str:
    return _LANGUAGES.get(code.strip().lower(), code.strip())


def _activities(section: _Element) -> _Part:
    """Return a section whose items have titles: projects, courses, skills, one's own."""
    tag = str(section.tag)
    words = _CAPITAL.sub(" ", tag).capitalize()
    heading = _take(section, "Title") if tag == "Others" else ""
    is_skills = "Skills" in tag
    kind = SectionKind.SKILLS if is_skills else _kind(heading or words)
    if kind is SectionKind.OTHER:
        heading = heading or words
    items: list[Value] = []
    for element in section.iter():
        title = _take(element, "Title", "CertificationName", "LicenseName", "LicenseTypeCode")
        if not title:
            continue
        period, text = _period(element), _take(element, "Description")
        dates = {key: value for key, value in period.items() if value}
        link, place = _take(element, "Link"), _take(element, "Location")
        if kind is SectionKind.PUBLICATIONS:
            by: list[Value] = [_take(element, "Authors")]
            said: _Item = {"title": title, "authors": by, "journal": _take(element, "Reference")}
            items.append({**said, **period, "url": link, "summary": text})
        elif is_skills:
            names = _take_all(element, ".//CompetencyName") or _take_all(element, ".//DigitalSkill")
            items += _described(title, ", ".join(names) or text)
        elif not (dates or link or place or text):
            items.append(title)
        else:
            said = {"name": title, "location": place, "summary": text if text != title else ""}
            items.append({**said, **dates, "url": link})
    return _Part(kind, (*items,), heading)
