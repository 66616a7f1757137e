"""The head of a CV: who this is, what they are, how to reach them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tailor.reading.cv.cells import locate_period, pieces, split_label
from tailor.reading.cv.contacts import (
    Fields,
    contacts_of,
    has_contact,
    is_postal_address,
    is_town_with_code,
    is_user_name,
    label_of_person,
    names_number,
    read_contacts,
    split_cells,
)
from tailor.reading.cv.headings import (
    is_of_birth,
    is_personal,
    personal_label,
    section_of_label,
    standard_heading,
    tells_paper,
)
from tailor.reading.cv.name_line import split_name
from tailor.reading.cv.names import (
    find_languages,
    has_word,
    is_nationality,
    language_introduction,
)
from tailor.reading.cv.numbering import is_skill_list, skill_items
from tailor.reading.lines import Line, LineKind, clean
from tailor.values.cv import Bullet, Contact, ContactKind, RichText, Section, SectionKind

_LABEL_WORDS = 2


# A double space after a full stop does not part cells; other gaps, bars and dots do.
_COMMA_OR_SEMICOLON = re.compile(r"(?:(?<!\s)\s+)?[,;]\s*")
_GAP = re.compile(r"[|·•\t\u00a0]|(?<![.!?\s])\s{2}")
_NAME_LABEL = re.compile(r"\s{0,9}([^:\t|]{2,24}?)\s{0,9}(?::|\||\t\s{0,9}:?)\s{0,9}(?=\S)")
_BODY_OR_NUMBER = re.compile(r"\b[A-Z]{2,6}\b|\d{4}")
_LETTERS_OF_MEMBERS = re.compile(r"[MFAC][A-Z]{3,6}")  # "MCIPS", "FRICS"
_LONGEST_PAPER = 7  # words
_LONGEST_NAME = 120  # characters
_LONGEST_LINE = 2000  # characters
_SENTENCE_WORDS = 12  # a text this long says something: it is no headline


@dataclass(slots=True)
class Header:
    """What the head of a CV says; `lists` are a summary, skills and languages found in it.

    `end` is the line at which the first section begins, 0 if it does not begin below the name:
    there no sentence is a summary, and no text the headline.
    """

    end: int = 0
    name: str = ""
    headline: str = ""
    contacts: list[Contact] = field(default_factory=list)
    nationality: str = ""
    lists: dict[SectionKind, list[Bullet]] = field(default_factory=dict)
    unplaced: list[tuple[str, int]] = field(default_factory=list)

    def is_above(self, number: int) -> bool:
        """Return whether a line stands above the first section."""
        return not self.end or number < self.end

    def lacks_headline(self, number: int) -> bool:
        """Return whether a line may give the headline that is still to be found."""
        return not self.headline and self.is_above(number)

    def add(self, kind: SectionKind, text: RichText | str, number: int) -> None:
        """Add a line to the summary, the skills or the languages."""
        self.lists.setdefault(kind, []).append(Bullet.bare(text, number))

    def sections(self, *kinds: SectionKind) -> Iterator[Section]:
        """Yield the sections of these kinds that the head has."""
        for kind in kinds:
            if found := self.lists.get(kind):
                heading, line = standard_heading(kind), found[0].line
                yield Section(kind, heading, bullets=tuple(found), line=line)


def read_header(lines: Sequence[Line], fields: Fields, name: Line | None, end: int = 0) -> Header:
    """Read the lines above the first section, and those of sections about contact details.

    A name is looked for in a line "Name: …", in the first heading, in `fields` off the
    page, or else in the first line that begins with no contact item. It stays "" where
    there is none. Other fields count where the lines say nothing of the kind. The first section
    begins at line `end`, 0 if there is none.
    """
    header = Header(end)
    lines = [line for line in lines if not _names_the_document(line, header)]
    name_line = name if name in lines else _find_name_line(lines, told=bool(fields.of("name")))
    above = name_line is not None and name_line.kind is LineKind.HEADING
    if name_line is None or name_line.number > end:
        header.end = 0
    for line in lines:
        if line is name_line:
            above = False
            continue
        before = header.headline
        _read_line(line, header)
        if above and header.headline != before:  # a date of the file, for instance
            header.unplaced.append((header.headline, line.number))
            header.headline = before
    if name_line:
        name_line = replace(name_line, text=name_line.text.slice(_label_end(name_line)))
        _read_name_line(name_line, header)
    _add_fields(header, fields)
    return header


def _find_name_line(lines: Sequence[Line], *, told: bool) -> Line | None:
    """Return the line with the name; None if it is `told` elsewhere."""
    labelled = (line for line in lines if _label_end(line))
    headings = (line for line in lines if line.kind is LineKind.HEADING)
    found = next(labelled, None) or next(headings, None)
    if found or told:
        return found
    found = next((line for line in lines if _may_be_name(line)), None)
    if found or any(line.plain[:1].isdigit() for line in lines):
        return found  # a block of an address has no name
    return next(iter(lines), None)


def _label_end(line: Line) -> int:
    """Return where a label such as "Name:" ends on the line of the name, 0 without one."""
    match = _NAME_LABEL.match(line.plain) if len(line.plain) <= _LONGEST_NAME else None
    return match.end() if match and label_of_person(match[1].strip()) == "name" else 0


def _may_be_name(line: Line) -> bool:
    if len(line.plain) > _LONGEST_NAME or line.plain[:1].isdigit():
        return False
    first = next(iter(split_cells(line.text)), RichText())
    contacts, others = read_contacts(first)
    return bool(others) and not contacts and not split_label(first.plain)[0]


def _add_fields(header: Header, fields: Fields) -> None:
    """Take from fields off the page what the lines do not say; keep the others aside."""
    for field_ in fields.known:
        contacts = contacts_of(field_)
        kinds = {contact.kind for contact in header.contacts}
        said = (header.name, header.headline, header.nationality)
        texts = (*said, *(contact.text for contact in header.contacts))
        if field_.text in texts:
            continue
        of_person = field_.meaning in {"name", "headline", "nationality"}
        if of_person and not getattr(header, field_.meaning):
            setattr(header, field_.meaning, field_.text)
        elif field_.meaning == "summary" and SectionKind.SUMMARY not in header.lists:
            header.add(SectionKind.SUMMARY, field_.text, field_.number)
        elif contacts and (field_.meaning == "network" or contacts[0].kind not in kinds):
            header.contacts += contacts
        else:
            header.unplaced.append((field_.text, field_.number))


def _names_the_document(line: Line, header: Header) -> bool:
    text = clean(line.text).plain
    if section_of_label(text) != "document":
        return False
    header.unplaced.append((text, line.number))
    return True


def _read_name_line(line: Line, header: Header) -> None:
    first, *others = split_cells(line.text) or [line.text]
    addresses = [one.text for one in header.contacts if one.kind is not ContactKind.PLACE]
    header.name, rest = split_name(clean(first).plain, addresses)
    found_below, header.headline = header.headline, ""
    for cell in [RichText.of(rest), *others] if rest else others:
        _read_cell(cell, line.number, header, in_contact_line=False)
    if not header.headline:
        header.headline = found_below
    elif found_below:
        header.unplaced.append((found_below, line.number))


def _read_line(line: Line, header: Header) -> None:
    end = personal_label(line.plain)
    if end and ":" not in line.plain[:end]:  # the row of a table
        label, rest = clean(line.text.slice(0, end)).plain.strip(" |"), clean(line.text.slice(end))
        line = replace(line, text=RichText.of(f"{label}: {rest.plain}"))
    whole = clean(line.text)
    if len(whole.plain) > _LONGEST_LINE:  # no list, nor contact details
        header.add(SectionKind.SUMMARY, whole, line.number)
        return
    words = len(whole.plain.split())
    cells = list(_with_labels(split_cells(line.text), in_table=line.look.cell is not None))
    in_contact_line = any(read_contacts(cell)[0] for cell in cells)
    label, _ = split_label(whole.plain)
    listed = is_skill_list(whole.plain) or bool(label) or language_introduction(whole.plain)
    sentence = words >= _SENTENCE_WORDS or (words >= 6 and whole.plain.endswith((".", "!")))
    one = not (in_contact_line or label or _GAP.search(line.plain))
    private = is_of_birth(whole.plain) or (not sentence and is_personal(whole.plain))
    if one and (private or (sentence and not listed)):
        if header.is_above(line.number) and not private:
            header.add(SectionKind.SUMMARY, whole, line.number)
        else:  # "Born 1992 in Patras, Greece.", "I declare that all this is true."
            header.unplaced.append((whole.plain, line.number))
        return
    first = not header.headline and not header.contacts
    if first and len(cells) > 1 and not in_contact_line and not any(map(_says_more, cells)):
        header.headline = whole.plain  # "Engineer | Speaker | Writer"
        return
    for cell in cells:
        _read_cell(cell, line.number, header, in_contact_line=in_contact_line)


def _with_labels(cells: Sequence[RichText], *, in_table: bool) -> Iterator[RichText]:
    """Yield the cells of a line, each with its label: "NMBI PIN" before "0099182" is one."""
    rest = list(cells)
    while rest:
        cell = rest.pop(0)
        text = clean(cell).plain
        after = clean(rest[0]).plain if rest else ""
        number = any(map(str.isdigit, after)) and "@" not in after and names_number(text)
        number = number or (len(rest) == 1 and after.startswith(":"))
        label = in_table and len(rest) == 1 and not any(read_contacts(cell)[0])
        label = label and not has_word(text, "job") and has_contact(after)
        if number or label or (len(rest) == 1 and after and label_of_person(text.strip(" .:"))):
            value = rest.pop(0)
            bare = len(value.plain) - len(value.plain.lstrip(" :"))
            yield RichText.of(f"{text.strip(' :')}: ") + value.slice(bare)
        else:
            yield cell


def _says_more(cell: RichText) -> bool:
    """Tell whether a cell is anything but part of a headline."""
    text = clean(cell).plain
    return bool(
        language_introduction(text)
        or is_skill_list(text)
        or is_nationality(text)
        or split_label(text)[0]
    )


def _read_cell(cell: RichText, number: int, header: Header, *, in_contact_line: bool) -> None:
    text = clean(cell).plain
    linked = any(run.link for run in cell.runs)
    if not linked and _read_list(text, number, header):
        return
    contacts, others = read_contacts(cell)
    header.contacts += contacts
    for other in others:
        below_street = bool(header.contacts) and header.contacts[-1].kind is ContactKind.PLACE
        if (below_street and is_town_with_code(other)) or _names_box(other):
            header.contacts.append(Contact(ContactKind.PLACE, other))
        elif is_nationality(other) and not header.nationality:
            header.nationality = other
        elif in_contact_line and is_user_name(other):
            header.contacts.append(Contact(ContactKind.HANDLE, other))
        elif not linked and header.lacks_headline(number) and _may_be_headline(other, contacts):
            header.headline = other
        else:
            header.unplaced.append((other.rstrip(" :"), number))


def _names_box(text: str) -> bool:
    """Return whether a text is the address of a box at the post: "Box 118, 752 99 Norrholm"."""
    figure = re.search(r"\d", text)
    return bool(figure and names_number(text[: figure.start()]) and is_postal_address(text))


def _may_be_headline(text: str, beside: Sequence[Contact]) -> bool:
    """Tell words from figures, from a note that says when the CV was written, and from labels.

    A label is short, and stands `beside` what it tells of: "Mob", "DK".
    """
    if split_label(text)[0] or text.endswith(":"):
        return False
    if beside and len(text.split()) <= _LABEL_WORDS and not has_word(text, "job"):
        return False
    figure = re.search(r"\d", text)
    if figure and names_number(text[: figure.start()]):
        return False
    found = locate_period(text)
    told = bool(re.search(r"[^\W\d_]", text)) and (found is None or found.is_range)
    return told and not is_personal(text)


def _read_list(text: str, number: int, header: Header) -> bool:
    """Take a cell that lists skills or languages, or gives the nationality; else return False."""
    label, rest = split_label(text)
    name = section_of_label(label) if label else ""
    if label_of_person(label) == "nationality" and not header.nationality:
        header.nationality = rest
    elif (name == SectionKind.LANGUAGES and find_languages(rest)) or _is_language_list(text):
        header.add(SectionKind.LANGUAGES, text, number)
    elif name == SectionKind.SKILLS or (not label and _is_skill_cell(text, header)):
        header.add(SectionKind.SKILLS, text, number)
    elif name == SectionKind.SUMMARY:
        header.add(SectionKind.SUMMARY, text, number)
    elif _is_paper(text):
        header.add(SectionKind.CERTIFICATES, text, number)
    else:
        return False
    return True


def _is_paper(text: str) -> bool:
    """Tell whether a cell names a registration, licence or membership: "NMBI PIN 0099182"."""
    if _LETTERS_OF_MEMBERS.fullmatch(text):
        return True
    is_short = len(text.split()) <= _LONGEST_PAPER and "@" not in text
    return is_short and tells_paper(text) and bool(_BODY_OR_NUMBER.search(text))


def _is_language_list(text: str) -> bool:
    if language_introduction(text):
        return True
    items = pieces(text, _COMMA_OR_SEMICOLON)
    return len(items) > 1 and all(find_languages(item) for item in items)


def _is_skill_cell(text: str, header: Header) -> bool:
    if not is_skill_list(text) or any(read_contacts(RichText.of(text))[0]):
        return False
    # Right under the name "Engineer, Writer, Speaker" says what the person is.
    is_headline = not header.headline and not header.contacts and len(skill_items(text)) <= 4
    return not is_headline
