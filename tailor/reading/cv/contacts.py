"""What reaches the person: contact items of a CV's head, and fields that stand off the page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tailor.reading.cv.cells import BAR, locate_period, rich_pieces, split_label
from tailor.reading.cv.headings import section_of_label
from tailor.reading.cv.names import is_place, is_town
from tailor.reading.field import email_contact, network_contact, phone_contact, site_contact
from tailor.reading.lines import Line, clean, clean_text, web_address
from tailor.values.cv import Contact, ContactKind, RichText
from tailor.values.resources import data_table, data_toml

_EMAIL = r"(?<![\w.+%-])[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
_EXTENSION = r"\s{0,2}[,;]?\s{0,2}(?:ext\.?|extension|x|Durchwahl|poste)\s{0,2}\d{1,6}"
_NO_AGE = r"(?!\s*(?:ans|years|yrs|Jahre|años|anos|let)\b)"
_PHONE = (
    rf"(?<![\w.+])(?:\+|\()?\d[\d\s().\-\u2010-\u2015/]{{5,22}}\d(?:{_EXTENSION})?(?!\w){_NO_AGE}"
)
_GENERIC_DOMAINS = (
    "com org net edu gov info io dev ai app me co biz eu xyz tech site online page blog design "
    "cloud pro name academy science studio codes works world uk"
)
_PHONE_DIGITS = range(7, 16)
_TWO_YEARS = re.compile(r"(?:(?:19|20)\d\d){2}")  # of a page that parts them by its style alone
_TWO_NUMBERS = re.compile(r"(?<=\d)\s{0,3}(?:/|,|;|\bor\b|\band\b)\s{0,3}(?=[+(]?\d)")
_SCHEME = re.compile(r"\b(?:mailto|tel):(?=\S)", re.IGNORECASE)
_HANDLE = re.compile(r"@?[A-Za-z0-9][\w.-]{2,38}")

# Where a letter is sent to: a town with its code, or a street with a number.
_CODE = re.compile(
    r"(?<![^\W\d_])[^\W\d_]{2,30}\.?,?\s[A-Z]{1,2}[a-z]?\.?\s\d{5}(?:-\d{4})?(?!\d)|\b\d{4}-\d{3}(?!\d)"
    r"|\b[A-Z]{1,2}\d[\dA-Z]?\s\d[A-Z]{2}\b|(?:^|,\s|\b[A-Z]{1,2}-)(?!(?:19|20)\d\d\s)\d{4,5}\s[^\W\d_]{2,}"
    r"|[^\W\d_]\)?\s?[–-]\s?[1-9]\d\d\s?\d{3}(?!\d)|(?:^|,\s)\d{3}\s\d{2}\s[^\W\d_]{2,}|(?:^|,\s)\d{2}-\d{3}\s[^\W\d_]{2,}"
)
_TOWN_LINE = re.compile(r"(?:[A-Z]{1,2}-)?\d{4,5}(?: [A-Z]{2})? [^\W\d_][^\d,;:]{1,40}")
_STREET = re.compile(
    r"\b(?:street|st|road|rd|avenue|ave|lane|drive|close|terrace|crescent|square|court|way|boulevard)"
    r"\b\.?|(?:stra(?:ße|sse)|str\.|weg|platz|allee|gasse|straat|laan|gatan|vägen|gade|vej)\b"
    r"|\b(?:rue|chemin|route|impasse|quai|allée|avenue|boulevard|rua|avenida|calle|camino|paseo|via|viale|"
    r"vicolo|piazza|corso|plaza|ul\.|ulica)\b",
    re.IGNORECASE,
)
# "Flat 3, 22 Moss Mount", "22 Moss Gardens, Leeds LS6": a number before a name, then a town.
_HOUSE = re.compile(
    r"(?i:flat|apt\.?|apartment|unit|suite) \d|"
    r"\d{1,4}[a-z]?,? (?:[A-Z][\w'’-]+ ){1,3}[A-Z][\w'’-]+, [A-Z]"
)
_LONGEST_ADDRESS = 14  # words
_LAST_WORDS = re.compile(
    r"(?:([^\W\d_]{1,30})[\s.]{1,3})?([^\W\d_]{1,30})[\s.:#№°)]{0,9}(?:\b[A-Z]{1,3}\s)?$"
)
_NOTE = re.compile(r"\s?\([^()]{1,60}\)")  # behind a town, or within a label: "Tel. (day)"
# Where a link leads: to a file, or to another site.
_FILE = re.compile(r"\.(?:pdf|docx?|odt|rtf|txt|md|zip|json|xml|ya?ml)$")
_ELSEWHERE = re.compile(r"[a-z][a-z+.-]{1,20}:|//|(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}(?:/|$)")


def split_cells(line: RichText) -> list[RichText]:
    """Return the cells of a line of the head: between separators, and at the ends of links."""
    cells: list[RichText] = []
    for cell in rich_pieces(line, BAR):
        cells += _at_links(cell)
    return cells


def read_contacts(cell: RichText) -> tuple[list[Contact], list[str]]:
    """Return the contact items of a cell, and the text in it that is none.

    A cell may hold several with nothing but spaces or commas between them. A label that is not
    known keeps its colon: "Ffôn:".
    """
    text, label = _without_icons(clean(cell).plain), ""
    link = next((run.link for run in cell.runs if run.link), None)
    head, rest = split_label(text)
    if head and _kind_of_label(head):
        label, text = head, rest
    if link:
        return ([], [text]) if _is_of_page(text, link) else ([_linked(text, link, label)], [])
    found = list(_pieces(text))
    alone = not any(is_item for _, is_item in found)
    is_home = alone and (_kind_of_label(label) is ContactKind.PLACE or _is_home(text))
    if is_home or is_postal_address(text):
        return [Contact(ContactKind.PLACE, text)], []
    if alone and text.startswith("@") and _HANDLE.fullmatch(text):
        return [Contact(ContactKind.HANDLE, text)], []
    contacts: list[Contact] = []
    others: list[str] = []
    for piece, is_item in found:
        if is_item:
            contacts.append(_bare(piece))
        elif home := _home_told(piece):
            contacts.append(Contact(ContactKind.PLACE, home))
        else:
            others.append(piece)
    return contacts, others


def _home_told(text: str) -> str:
    """Return the place that a text is, without its label, or ""."""
    label, rest = split_label(text)
    labelled = _kind_of_label(label) is ContactKind.PLACE and is_postal_address(rest)
    return rest if labelled else text if is_place(text) else ""


def _is_home(text: str) -> bool:
    """Return whether a text is a place, perhaps with a note: "Wrocław, Poland (or remote)"."""
    town = _NOTE.sub("", text)
    known = is_place(town) or is_town(town.removesuffix(" City"))
    return is_place(text) or (town != text and known)


def _is_of_page(text: str, link: str) -> bool:
    """Return whether a link is one of the page that a CV stands on: "Download as PDF".

    It leads to a file or to a place on the same site, and is no address itself.
    """
    lower = link.lower()
    if lower.startswith(("mailto:", "tel:")) or lower == "#" or has_contact(text):
        return False
    file = _FILE.search(re.split(r"[?#]", lower)[0])
    return bool(file) or not _ELSEWHERE.match(lower)


def names_number(text: str) -> bool:
    """Return whether a text says that the number behind it is no telephone's: "PIN", "Reg."."""
    words = _LAST_WORDS.search(text)
    if not words or words[2].casefold() not in _numbers("number"):
        return False
    before = (words[1] or "").casefold()
    of_phone = _kind_of_label(before) is ContactKind.PHONE
    return not of_phone and before not in _numbers("of_phone")


def _numbers(name: str) -> list[str]:
    return list(data_toml("field_labels.toml")["numbers"][name])


def is_postal_address(text: str) -> bool:
    """Return whether a text is a town with its code, or a street with a number, and no more."""
    if "@" in text or not 2 <= len(text.split()) <= _LONGEST_ADDRESS:
        return False
    code = _CODE.search(text)
    rest = text[: code.start()] + text[code.end() :] if code else text
    named = any(c.isdigit() for c in text) and _STREET.search(text)
    street = named or ("," in text and _HOUSE.match(text))
    return bool(code or street) and not has_contact(rest)


def is_town_with_code(text: str) -> bool:
    """Return whether a text may be the second line of an address: "1934 Le Châble VS"."""
    return bool(_TOWN_LINE.fullmatch(text))


def is_user_name(text: str) -> bool:
    """Tell a word that is more likely a user name than a word of a language."""
    return bool(_HANDLE.fullmatch(text)) and text[0].islower()


def _at_links(cell: RichText) -> Iterator[RichText]:
    """Cut a cell at the ends of its links; a label stays with the link after it."""
    start = end = 0
    for run in cell.runs:
        if run.link:
            before = cell.plain[start:end].rstrip()
            if before and not before.endswith(":"):
                yield cell.slice(start, end)
                start = end
            end += len(run.text)
            yield cell.slice(start, end)
            start = end
        else:
            end += len(run.text)
    rest = cell.slice(start)
    if any(character.isalnum() for character in rest.plain):
        yield rest


def _linked(text: str, link: str, label: str) -> Contact:
    lower = link.lower()
    address = web_address(link)
    if lower.startswith("mailto:") or re.fullmatch(_EMAIL, text):
        return Contact(ContactKind.EMAIL, text, address or f"mailto:{text}")
    if lower.startswith("tel:"):
        shown = text if any(c.isdigit() for c in text) else link[4:]
        return Contact(ContactKind.PHONE, shown, link)
    if _address_pattern().fullmatch(text):
        return Contact(ContactKind.WEBSITE, text, address)
    # "jdoe" for https://example.com/jdoe is a user name; "LinkedIn" is the name of a site.
    path = link.partition("://")[2].partition("/")[2]
    is_user = not address or text.lstrip("@").casefold() in path.casefold()
    kind = ContactKind.HANDLE if is_user else ContactKind.WEBSITE
    return Contact(kind, f"{label}: {text}" if label else text, address)


def _bare(text: str) -> Contact:
    if re.fullmatch(_EMAIL, text):
        return Contact(ContactKind.EMAIL, text, f"mailto:{text}")
    if _address_pattern().fullmatch(text):
        link = text if "://" in text else f"https://{text}"
        return Contact(ContactKind.WEBSITE, text, link)
    return Contact(ContactKind.PHONE, text)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a text into contact items and what stands between them."""
    numbers = _TWO_NUMBERS.split(text)
    if len(numbers) > 1 and all(map(has_phone, numbers)):  # "Cell: 0700 000 417 / 0733 000 286"
        for number in numbers:
            yield from _pieces(number)
        return
    start = 0
    for match in _item_pattern().finditer(text):
        found = match.group().rstrip(".,;:)" if "(" not in match.group() else ".,;:")
        bare = found.lstrip("+(")[:1].isdigit() and not has_address(found)
        if not _is_item(found) or (bare and names_number(text[: match.start()])):
            continue
        yield from _between(text[start : match.start()])
        yield found, True
        start = match.start() + len(found)
    yield from _between(text[start:])


def _between(text: str) -> Iterator[tuple[str, bool]]:
    first, _, label = text.rstrip(" :").rpartition(" ")
    if text.rstrip().endswith(":") and _kind_of_label(label):
        text = first  # "Uppsala, Sweden e-mail:" before an address
    piece = _without_lone_brackets(text.strip(" ,;:/-–—|"))
    # "phone" before a number is told by the number's kind.
    if any(c.isalnum() for c in piece) and not _kind_of_label(piece.strip("()")):
        yield f"{piece}:" if text.rstrip().endswith(":") else piece, False


def _without_lone_brackets(piece: str) -> str:
    """Drop a bracket at an end whose other half went with a contact item."""
    if piece.startswith("(") and ")" not in piece:
        piece = piece[1:]
    elif piece.endswith(")") and "(" not in piece:
        piece = piece[:-1]
    return piece.strip(" ,;:/-–—|") if any(c.isalnum() for c in piece) else ""


def _is_item(text: str) -> bool:
    text = re.sub(f"{_EXTENSION}$", "", text, flags=re.IGNORECASE)
    if text[0] in "+(" or text[0].isdigit():
        if "@" in text or re.search(r"[^\W\d]", text):
            return True
        digits = "".join(c for c in text if c.isdigit())
        if _TWO_YEARS.fullmatch(digits) or locate_period(text):
            return False
        return len(digits) in _PHONE_DIGITS
    return True


def _kind_of_label(label: str) -> ContactKind | None:
    """Return the kind that a label only names; other labels are kept, as they tell the network."""
    meaning = label_of_person(_NOTE.sub("", label.strip(" .:")).strip(" .:"))
    return ContactKind(meaning) if meaning in set(ContactKind) else None


def label_of_person(label: str) -> str:
    """Return what a label says that follows: "email", "name", "nationality" and so on, or ""."""
    return _meanings("person").get(label.casefold(), "")


@cache
def _meanings(table: str) -> dict[str, str]:
    rows = data_toml("field_labels.toml")[table].items()
    return {label: meaning for meaning, labels in rows for label in labels}


@cache
def _address_pattern() -> re.Pattern[str]:
    codes = " ".join(row["code"].lower() for row in data_table("countries.tsv"))
    endings = "|".join(sorted(set(f"{_GENERIC_DOMAINS} {codes}".split())))
    return re.compile(
        r"(?<![\w@.-])(?:(?:https?://|www\.)[^\s,;|<>]+"
        rf"|(?:[a-z0-9-]{{1,63}}\.){{1,4}}(?:{endings})(?![\w.-])(?:/[^\s,;|<>]*)?)"
    )


@cache
def _item_pattern() -> re.Pattern[str]:
    return re.compile(f"{_EMAIL}|{_address_pattern().pattern}|(?i:{_PHONE})")


def _without_icons(text: str) -> str:
    """Drop pictographs (✉ ☎), "mailto:" and what is left of separators at both ends."""
    kept = "".join(c for c in _SCHEME.sub("", text) if not _is_pictograph(c))
    return " ".join(kept.split()).strip(" ,;|-–—")


def _is_pictograph(character: str) -> bool:
    """Tell a pictograph, or what only says how one is drawn; accents are letters' own."""
    is_variation = "\ufe00" <= character <= "\ufe0f" or character == "\u20e3"
    return is_variation or unicodedata.category(character) in {"So", "Sk"}


def has_address(text: str) -> bool:
    """Return whether an e-mail address or the address of a site stands in `text`."""
    return "@" in text or bool(_address_pattern().search(text))


def has_phone(text: str) -> bool:
    """Return whether a telephone number stands in `text`."""
    return any(_is_item(m.group()) for m in re.finditer(_PHONE, text))


def has_contact(text: str) -> bool:
    """Return whether an address or a telephone number stands in `text`."""
    return has_address(text) or has_phone(text)


# What front matter ("name: Jane Doe") and other text off the page say of the person.

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
    for first, *below in _grouped(lines):
        match = _FIELD.fullmatch(first.plain)
        key = match["key"].lower() if match else ""
        meaning = _meanings("keys").get(key, "")
        own = (match["value"] or "") if match else ""
        parts = [] if own in _BLOCK else [own]
        parts += [line.plain.strip().removeprefix("- ") for line in below]
        text = clean_text(_unquoted(" ".join(parts)))
        if meaning and text and section_of_label(text) != "document":
            known.append(Field(meaning, key, text, first.number))
        else:
            left += [first, *below]
    return Fields(tuple(known), tuple(left))


def _grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """Return each line with those below that belong to it: the value of a key without one."""
    groups: list[list[Line]] = []
    for line in lines:
        begun = _FIELD.fullmatch(groups[-1][0].plain) if groups else None
        if begun and (begun["value"] or "") in _BLOCK and not _FIELD.fullmatch(line.plain):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _unquoted(value: str) -> str:
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
        names = data_toml("field_labels.toml")["networks"]
        contact = network_contact(names.get(field.key, field.key.title()), field.text)
        return [contact] if contact else []
    return []


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
