"""The lines of an entry's head, cut into pieces that no title, employer or place goes through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tailor.reading.cv.aside import (
    Aside,
    asides_of,
    detail_of,
    is_engagement,
    is_joined,
    is_kind_of_place,
    is_length,
    is_one_title,
    is_qualifier,
)
from tailor.reading.cv.cells import Span, in_brackets, is_balanced
from tailor.reading.cv.contacts import is_postal_address
from tailor.reading.cv.dates import DateSpan, find_dates
from tailor.reading.cv.head_dates import dates_of_head, dates_within
from tailor.reading.cv.headings import LONGEST, label_and_rest, says_more
from tailor.reading.cv.names import (
    ends_as_organisation,
    has_word,
    is_employment_type,
    is_known_place,
    is_region,
    is_town,
    template_place,
)
from tailor.reading.cv.numbering import tidy_text
from tailor.reading.lines import Line, clean, starts_with_glyph, web_address
from tailor.values.cv import Date, Period, RichText

# What parts two cells of a line, and how strongly: stronger separators are cut first.
_SEPARATOR = re.compile(
    r"(?P<tab>\s*\t\s*|\s{3,}|\s*\.{4,}\s*)|(?P<bar>\s*[|•∙⋅¦·]\s*|\s{2,})"
    r"|(?P<dash>\s+[-–—―−]+\s+|\s+//?\s+|\s*—\s*)"
    "|(?P<garbled>\\s+(?:ï¼[\u200b\u009a]?|â€[“”])\\s+)"
    r"|(?P<colon>\s?:\s+)|(?P<semicolon>\s?;\s*)|(?P<comma>\s?,(?:\s+|(?<!\d,)|(?!\d)))"
    r"|(?P<at>\s+(?:at|@|bei|chez|presso|bij|hos|en|em|på)\s+(?=[^\Wa-z_]|the\s))"
    r"|(?P<paren>\s*[(\[]\s*)|(?P<close>[)\]]\s*)"
)
_BEFORE_PLACE = re.compile(
    r"(?<=[^\s,;|·•(–—&-]) "
    r"(?=[^\W\d_a-z][^\s,;]*(?: [^\W\d_a-z][^\s,;]*){0,2}(?:\s?, ?[^\W\d_a-z]|\s|$))"
)
STRENGTH = {
    "label": 9.0,
    "line": 9.0,
    "tab": 8.0,
    "bar": 5.0,
    "date": 4.0,
    "style": 3.0,
    "garbled": 4.0,
    "dash": 2.5,
    "colon": 2.5,
    "at": 1.2,
    "paren": 0.9,
    "close": 0.3,  # less than that of the comma which may follow
    "semicolon": 2.0,
    "comma": 0.35,
    "town": 0.05,
    "space": 0.0,
}
_OUTSIDE_BRACKETS = frozenset({"comma", "semicolon", "dash", "at", "bar", "colon"})
_FIELDS = frozenset({"title", "employer", "place"})
_GOES_ON = frozenset({"comma", "semicolon"})
# Words that begin the names of towns.
_OF_TOWNS = frozenset(
    "bad east el fort great la lake las le los lower mount new north old port saint san sankt "
    "santa são south st st. upper west".split()
)
# Kinds of employment that stand where others have an employer.
_OWN = frozenset({"freelance", "self-employed", "freiberuflich"})
_EMPLOYER = re.compile(r"\b(?:Company|Employer|Organi[sz]ation)\s+Name\b")
_NUMBER = re.compile(r"\s{0,9}\(?\d{1,2}[.)]\s+(?=[^\W\d_])")
# "Clerk (part-time)" is what the person was called; elsewhere it tells of the employment.
_BRACKETS = re.compile(r"\s?\([^()]{2,64}\)")
_CELL_ENDS = re.compile(r"\s{0,9}(?:$|[\t|,;:–—-])|\s{2}")
_HOURS = re.compile(
    r"\d\s?(?:%|h\b|hrs?\b|hours?\b|stunden\b|heures\b|horas\b|ore\b)", re.IGNORECASE
)
_STREET = re.compile(r"\s{0,9}\d{1,5}[A-Za-z]?,?(?:\s[\w.'’#-]{1,20}){1,5}\s{0,9}")
_CLOSES = re.compile(r"\s?\)")
_LINE_ENDS = re.compile(r"[.!?…”\"’]{1,3}(?=\s{0,9}$)")
_AROUND = " \t\u00a0|·•∙⋅¦,;:–—―−-"


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a line that no cut goes through; `separator` stands before it."""

    line: int
    start: int
    end: int
    separator: str
    style: str
    role: str = ""  # told by a label or by a table's head row


@dataclass(slots=True)
class HeadDraft:
    """The head of one entry while it is read."""

    texts: list[RichText]
    atoms: list[Atom]
    period: Period = Period()  # noqa: RUF009  (frozen)
    swapped: bool = False
    dates: list[tuple[int, int, int]] = field(default_factory=list)  # line, start, end
    durations: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    others: list[tuple[int, int, RichText]] = field(default_factory=list)

    @property
    def is_small(self) -> bool:
        """Whether the head is written without capitals."""
        return not any(c.isupper() for text in self.texts for c in text.plain)

    def without_detail(self, number: int, line: Line, *, education: bool) -> Line:
        """Return a line without the detail at its end, which is kept beside the head."""
        detail = detail_of(line.plain, education=education) if len(line.plain) <= LONGEST else None
        if not detail:
            return line
        end, start = detail
        self.keep(number, start, len(line.plain))
        return replace(line, text=line.text.slice(0, end))

    def keep(self, number: int, start: int, end: int) -> None:
        """Keep a text beside the head, by where it stands."""
        self.others.append((number, start, clean(self.texts[number].slice(start, end))))

    def keep_atoms(self, first: Atom, last: Atom) -> None:
        """Keep the words from one atom to another beside the head."""
        self.others.append((first.line, first.start, self._rich(first, last)))

    def text(self, first: Atom, last: Atom) -> str:
        """Return the characters from one atom to another of the same line."""
        plain = self.texts[first.line].plain[first.start : last.end]
        return _balanced(tidy_text(plain).strip(_AROUND))

    def is_whole(self, first: Atom, last: Atom) -> bool:
        """Return whether no bracket is cut from one atom to another of the same line."""
        plain = self.texts[first.line].plain
        closes = _CLOSES.match(plain, last.end)
        ends = {last.end, closes.end() if closes else last.end}
        return any(is_balanced(plain[first.start : end]) for end in ends)

    def _rich(self, first: Atom, last: Atom) -> RichText:
        """Return the words from one atom to another as they stand, with the signs around them.

        These are the half of a bracket that was cut off, and the stop at the end of the line.
        """
        return self.rich(first.line, first.start, last.end)

    def rich(self, line: int, start: int, end: int) -> RichText:
        """Return a part of a line, with the signs around it that belong to it."""
        text = self.texts[line]
        plain = text.plain
        opened = plain.count("(", start, end) - plain.count(")", start, end)
        before, closes = plain[:start].rstrip(), _CLOSES.match(plain, end)
        if opened < 0 and before.endswith("("):
            start = len(before) - 1
        elif opened > 0 and closes:
            end = closes.end()
        signs = _LINE_ENDS.match(plain, end)
        return clean(text.slice(start, signs.end() if signs else end))


def draft_of(lines: Sequence[Line], columns: Sequence[str], *, education: bool) -> HeadDraft:
    """Return the lines of a head in pieces, with its period; `columns` as in `read_heads`."""
    draft = HeadDraft([line.text for line in lines], [])
    lines = [
        draft.without_detail(number, line, education=education)
        for number, line in enumerate(_without_streets(lines, draft))
    ]
    spans, own = dates_of_head(lines, education=education)
    if own:
        draft.period, draft.swapped = own[0][1].period, own[0][1].swapped
    seen: set[tuple[int, int, int]] = set()
    for number, line in enumerate(lines):
        cell = line.look.cell
        told = ""
        if cell and cell not in seen and "\t" not in line.plain and cell[2] < len(columns):
            told = columns[cell[2]]  # what stands below it in the cell has no role of its own
            seen.add(cell)
        # "2014 ... completed Nov 2014": the year says less of the same.
        end = draft.period.end
        taken = [
            span
            for span in spans[number]
            if (number, span) in own or span.is_range or (end and span.period.end == Date(end.year))
        ]
        draft.dates += [(number, span.start, span.end) for span in taken]
        others = [span for span in taken if (number, span) not in own]
        draft.durations += [line.plain[span.start : span.end] for span in others]
        roles = [told] if told else columns
        draft.atoms += _atoms(draft, number, line, taken, roles, education=education)
    return draft


def _without_streets(lines: Sequence[Line], draft: HeadDraft) -> list[Line]:
    """Return the lines of a head, that of a street above its town emptied: "12 Mill Road"."""
    kept = list(lines)
    for row, (line, below) in enumerate(pairwise(lines)):
        street = _STREET.fullmatch(line.plain) and not find_dates(line.plain)
        if street and is_postal_address(below.plain):
            draft.durations.append(clean(line.text).plain)
            kept[row] = replace(line, text=RichText())
    return kept


def _atoms(
    draft: HeadDraft,
    number: int,
    line: Line,
    taken: Sequence[DateSpan],
    columns: Sequence[str],
    *,
    education: bool,
) -> Iterator[Atom]:
    plain = line.plain
    first = plain.partition(",")[0]
    named = has_word(first, "job") or ends_as_organisation(first)
    is_address = not taken and is_postal_address(plain) and not named
    if len(plain) > LONGEST or (is_address and not find_dates(plain)):
        role = "place" if len(plain) <= LONGEST else ""
        yield Atom(number, starts_with_glyph(plain), len(plain), "line", "", role)
        return
    label, rest = label_and_rest(plain)
    begin = len(plain) - len(rest) if label else _mark(plain, taken)
    alone = not any(map(str.isalnum, _masked(plain, taken)[begin:]))  # nothing but dates has it
    if label and (alone or says_more(plain[:begin].strip(" :\t"))):
        draft.durations.append(tidy_text(plain[:begin]))
    asides = _take_asides(draft, number, plain, begin, taken, education=education)
    cuts = [(begin, begin, "label" if label else "line")]
    cuts += [(span.start, span.end, "date") for span in taken]
    cuts += [(aside.start, aside.end, "date") for aside in asides if not aside.stays]
    told = _told_by_template(plain)
    if columns or not is_one_title(_masked(plain, taken)[begin:]):
        whole = [(aside.start, aside.end) for aside in asides if aside.stays]
        cuts += _cuts(line, begin, told, (taken, whole), education=education)
    elif not told:
        told = [(begin, len(plain), "title")]
    roles = list(columns) if len(columns) > 1 or line.look.cell else []
    skipped = "space"
    for start, end, own_separator in _pieces(plain, sorted(cuts)):
        separator = max(own_separator, skipped, key=STRENGTH.__getitem__)
        skipped = separator
        text = tidy_text(plain[start:end]).strip(_AROUND + "()[]")
        if not any(c.isalnum() for c in text):
            continue
        beside = plain[start:end].lstrip().startswith("(") and find_dates(text)  # a leave, a detail
        of_job = is_employment_type(text) and text.casefold() not in _OWN
        if beside or of_job or is_length(text):
            draft.durations.append(text)
            continue
        address = _address(text)
        if address:
            draft.links.append(address)
            continue
        own = [role for a, b, role in told if a <= start and end <= b]
        column = roles[_cells_before(plain, start) :][:1]
        # "Client: Acme – Data Engineer": the label tells of what stands before the dash.
        label = "" if separator in {"dash", "bar", "tab"} else label
        role = next((role for role in (label, *own, *column) if role in _FIELDS), "")
        skipped = "space"
        yield Atom(number, start, end, separator, _style(line.text, start, end), role)


def _take_asides(
    draft: HeadDraft,
    number: int,
    plain: str,
    begin: int,
    taken: Sequence[DateSpan],
    *,
    education: bool,
) -> list[Aside]:
    """Return the asides of a line, kept beside the head."""
    asides = asides_of(_masked(plain, taken), begin, education=education)
    for aside in asides:
        if aside.stays:
            continue
        if aside.repeats:
            draft.durations.append(tidy_text(plain[aside.start : aside.end]).strip("()"))
        else:
            draft.keep(number, aside.start, aside.end)
    return asides


def _masked(plain: str, taken: Sequence[DateSpan]) -> str:
    """Return a line with gaps of the same length for its dates."""
    for span in taken:
        plain = f"{plain[: span.start]}{chr(9) * (span.end - span.start)}{plain[span.end :]}"
    return plain


def _cuts(
    line: Line,
    begin: int,
    told: Sequence[tuple[int, int, str]],
    known: tuple[Sequence[DateSpan], Sequence[Span]],
    *,
    education: bool,
) -> list[tuple[int, int, str]]:
    """Return where a line may be cut: at its separators, changes of style, and before names.

    `known` are the entry's dates, and what no cut goes through.
    """
    plain = line.plain
    taken, whole = known
    brackets = [
        match.span()
        for match in _BRACKETS.finditer(plain, begin)
        if is_engagement(match.group())
        or (education and is_length(match.group()))
        or _HOURS.search(match.group())
        or dates_within(match, taken)
        or (is_qualifier(match.group()) and _CELL_ENDS.match(plain, match.end()))
    ]
    # "**Diploma** (600 hours)" is one degree
    whole = [*whole, *((a, b) for a, b in brackets if education and is_length(plain[a:b]))]
    kept = [*brackets, *whole]
    masked = plain
    for a, b in kept:
        masked = f"{masked[:a]}{'x' * (b - a)}{masked[b:]}"
    cuts = [
        (begin + m.start(), begin + m.end(), str(m.lastgroup))
        for m in _SEPARATOR.finditer(masked[begin:])
        if not (m.lastgroup in _GOES_ON or "/" in m.group())
        or not is_joined(plain, begin + m.start(), begin + m.end())
    ]
    cuts = [cut for cut in cuts if not any(a < cut[0] < b or a < cut[1] < b for a, b, _ in told)]
    cuts += [(place, place, "bar") for a, b, _ in told for place in (a, b)]
    cuts += [
        (place, place, "style")
        for place in _style_ends(line.text)
        if place > begin and not any(a <= place <= b for a, b in whole)
    ]
    cuts += [(place, place, kind) for place, kind in _place_starts(plain) if place > begin]
    cuts += [(place, place, "space") for place in _school_starts(plain) if place > begin]
    return cuts


def _mark(plain: str, dates: Sequence[DateSpan]) -> int:
    """Return the length of the mark or number of a list before a head."""
    number = _NUMBER.match(plain)
    if number and not any(span.start < number.end() for span in dates):
        return number.end()
    return starts_with_glyph(plain)


def _pieces(plain: str, cuts: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and strongest separator before it of what stands between the cuts."""
    inside = in_brackets(plain)
    kept = [cut for cut in cuts if not (inside[cut[0]] and cut[2] in _OUTSIDE_BRACKETS)]
    (_, begin, separator), *others = kept
    for start, end, kind in (*others, (len(plain), len(plain), "line")):
        if start <= begin:
            separator = max(separator, kind, key=STRENGTH.__getitem__)
            begin = max(begin, end)
        else:
            yield begin, start, separator
            begin, separator = end, kind


def _style_ends(text: RichText) -> Iterator[int]:
    offset = 0
    for before, after in pairwise(text.runs):
        offset += len(before.text)
        changes = (before.bold, before.italic) != (after.bold, after.italic)
        if changes and after.text.strip() and before.text.strip():
            yield offset


def _style(text: RichText, start: int, end: int) -> str:
    runs = [run for run in text.slice(start, end).runs if any(c.isalnum() for c in run.text)]
    capitals = "c" if text.plain[start:end].isupper() else ""
    bold, italic = all(run.bold for run in runs), all(run.italic for run in runs)
    return f"{'b' * bold}{'i' * italic}{capitals}"


def _told_by_template(plain: str) -> list[tuple[int, int, str]]:
    """Return where anonymous CVs and templates have words in place of a name, and of which."""
    found = [(m.start(), m.end(), "employer") for m in _EMPLOYER.finditer(plain)]
    place = template_place().search(plain) if "City" in plain else None
    return [*found, (place.start(), place.end(), "place")] if place else found


def _place_starts(plain: str) -> Iterator[tuple[int, str]]:
    """Yield where a place may begin with nothing but a space before it: "Acme Ltd Leeds, UK".

    The separator is "town" where a region follows the town.
    """
    for match in _BEFORE_PLACE.finditer(plain):
        rest = plain[match.end() :]
        if plain[: match.start()].rsplit(maxsplit=1)[-1].islower():
            continue  # "University of Ghent"
        town, _, behind = rest.partition(",")
        before = plain[: match.start()].rsplit(maxsplit=1)[-1].strip("(")
        within = before.casefold() in _OF_TOWNS or is_town(f"{before} {town}".strip())
        if "(" in town or within:
            continue  # "Gray Mill (York, UK)", "St Andrews, UK"
        words = re.findall(r"[^\W\d_]+", behind)[:2]
        *first, state = town.split()
        if is_kind_of_place(re.split(r"[\t|,;:(–—]", plain[: match.start()])[-1]):
            continue  # "Camp Wahnekee, Maine"
        of_comma = plain[: match.start()].rpartition(",")
        if is_region(state) and (not first or (of_comma[1] and len(of_comma[2].split()) == 1)):
            continue  # "Perth WA, Australia"; ", Wagga Wagga NSW, Australia"
        if len(town.split()) <= 3 and any(is_region(" ".join(words[:n])) for n in (1, 2)):
            yield match.end(), "town"
        elif is_known_place(re.split(r"[\t|,(]| [-–—] |\s{2}|\s\d", rest)[0].strip()):
            yield match.end(), "space"


def _school_starts(plain: str) -> Iterator[int]:
    """Yield where a school's name may begin behind a degree, with nothing but a space before it."""
    for cell in re.finditer(r"[^\t|,;(–—]+", plain):
        words = list(re.finditer(r"\S+", cell.group()))
        school = next((i for i, w in enumerate(words) if has_word(w.group(), "organisation")), 0)
        if school < 2 or not has_word(cell.group(), "degree"):
            continue
        for word in words[1 : school + 1]:
            if word.group()[0].isupper():
                yield cell.start() + word.start()


def _cells_before(plain: str, start: int) -> int:
    return len(re.findall(r"[\t|]\s{0,9}", plain[:start].lstrip(" |")))


def _address(text: str) -> str | None:
    if not re.fullmatch(
        r"(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,4}/\S*", text
    ):
        return None
    return web_address(text if "://" in text else f"https://{text}")


def _balanced(text: str) -> str:
    """Add or drop a bracket at an end whose other half was cut off."""
    if text.endswith(")") and "(" not in text:
        return text[:-1].strip()
    if text.startswith("(") and ")" not in text:
        return text[1:].strip()
    return f"{text})" if text.count("(") > text.count(")") else text
