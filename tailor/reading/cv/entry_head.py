"""The heads of a section's entries: titles, employers, places and periods, by one pattern.

A CV prints all its positions alike. So the heads are not read one by one: each is cut at its
separators in every way that makes sense, each cut is scored by what its pieces look like
(`pieces.py`), and the order of title, employer, place and dates that explains all the heads of
the section best is the one all are read by. A head that does not fit it is read by its own best.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from tailor.reading.cv.dates import DateSpan, find_dates, read_whole
from tailor.reading.cv.names import (
    has_word,
    is_company_suffix,
    is_employment_type,
    is_known_place,
    is_region,
    template_place,
)
from tailor.reading.cv.pieces import is_town, score
from tailor.reading.lines import Line, clean, clean_text, starts_with_glyph, web_address
from tailor.values.cv import Period, RichText, SectionKind
from tailor.values.resources import data_toml

_ARROW = re.compile(r"(?:(?<!\s)\s+)?(?:»|→|➔|⇒|›|->|=>)\s*")
_PREVIOUSLY = re.compile(r"(?P<title>[^()]{1,200}?) \(previously (?P<earlier>[^()]{1,400})\)")
_UNIT = (
    r"(?:years?|yrs?|months?|mos?|jahre?|monate?|ans?|mois|años?|anos?|meses|mês|mes|anni|anno|mesi|mese|jaar|"
    r"maanden|maand|år|måneder|månader|lata?|miesięcy)"
)
_DURATION = re.compile(rf"\(?(?:\d+\+?\s?{_UNIT}\.?[\s,]{{0,2}}){{1,2}}\)?", re.IGNORECASE)
# What parts two cells of a line, and how strongly: stronger separators are cut first.
_SEPARATOR = re.compile(
    r"(?P<tab>\s*\t\s*|\s{3,}|\s*\.{4,}\s*)|(?P<bar>\s*[|•∙⋅¦·]\s*|\s{2,})"
    r"|(?P<dash>\s+[-–—―−]+\s+|\s+//?\s+|\s*—\s*)"
    "|(?P<garbled>\\s+(?:ï¼[\u200b\u009a]?|â€[“”])\\s+)"
    r"|(?P<colon>\s?:\s+)|(?P<comma>\s?[,;]\s*)"
    r"|(?P<at>\s+(?:at|@|bei|chez|presso|bij|hos|en|em|på)\s+(?=[^\Wa-z_]|the\s))"
    r"|(?P<paren>\s*[()\[\]]\s*)"
)
_BEFORE_PLACE = re.compile(
    r"(?<=[^\s,;|·•(–—-]) "
    r"(?=[^\W\d_a-z][^\s,]*(?: [^\W\d_a-z][^\s,]*){0,2}(?:\s?, ?[^\W\d_a-z]|\s|$))"
)
_STRENGTH = {
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
    "comma": 0.35,
    "town": 0.05,
    "space": 0.0,
}
# Words that begin the names of towns.
_OF_TOWNS = frozenset(
    "bad east el fort great la lake las le los lower mount new north old port saint san sankt "
    "santa são south st st. upper west".split()
)
_LONGER_PLACE = 0.8  # what a place of more parts than usual costs
_OVER_TOWN = 1.5  # what it costs to go on over the space before a town that has its region
# Kinds of employment that stand where others have an employer.
_OWN = frozenset({"freelance", "self-employed", "freiberuflich"})
_EMPLOYER = re.compile(r"\b(?:Company|Employer|Organi[sz]ation)\s+Name\b")
_DATE_BEGINS = re.compile(r"[\t|,;:(\[·•–—/-]\s{0,9}$|\s{2}$")
_NUMBER = re.compile(r"\s{0,9}\(?\d{1,2}[.)]\s+(?=[^\W\d_])")
# "Clerk (part-time)" is what the person was called; elsewhere it tells of the employment.
_BRACKETS = re.compile(r"\s?\([^()]{4,24}\)")
_DATE_ENDS = re.compile(r"\s*[\t|,;:)\]·•–—/-]|\s{2}")
_LABEL = re.compile(r"\s{0,9}([^:\t|]{2,32}?)\s{0,9}(?::|\t\s{0,9}:|(?=\t))\s{0,9}(?=\S)")
_LONGEST = 300  # characters; no line of a head is longer
_MOST_ATOMS = 14
_BEAM = 48
# What it costs to read a place before a title or an employer in one run of words.
_ODD = {"comma": 4.0, "space": 1.5, "town": 1.5}
_GRADE = -0.5  # from here on a text in brackets is a grade and the like, and no part of a degree
_FLOOR = -5.0  # no piece counts for less, however odd its words
_AROUND = " \t\u00a0|·•∙⋅¦,;:–—―−-"


@dataclass(frozen=True, slots=True)
class EntryHead:
    """What the lines above an entry's bullets say.

    `others` are texts with no place in it; `durations` repeat what the dates say, or
    tell the kind of employment; `links` are addresses written out. `signs` tell how sure the cut
    is: its lead over the next best, how well title and employer fit, and whether it follows the
    pattern of the section. `swapped` is true where the dates stand in the wrong order.
    """

    titles: tuple[str, ...] = ()
    organisation: str = ""
    place: str = ""
    period: Period = Period()  # noqa: RUF009  (frozen)
    others: tuple[RichText, ...] = ()
    durations: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    signs: tuple[float, float, float, float] = field(default=(8.0, 0.0, 0.0, 1.0), compare=False)
    swapped: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Atom:
    """A piece of a line that no cut goes through; `separator` stands before it."""

    line: int
    start: int
    end: int
    separator: str
    style: str
    role: str = ""  # told by a label or by a table's head row


@dataclass(slots=True)
class _Draft:
    """The head of one entry while it is read."""

    texts: list[RichText]
    atoms: list[_Atom]
    period: Period = Period()  # noqa: RUF009  (frozen)
    swapped: bool = False
    durations: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    others: list[RichText] = field(default_factory=list)

    def text(self, first: _Atom, last: _Atom) -> str:
        """Return the characters from one atom to another of the same line."""
        plain = self.texts[first.line].plain[first.start : last.end]
        return _balanced(clean_text(f"x{plain}")[1:].strip(_AROUND))


def read_head(lines: Sequence[Line], kind: SectionKind) -> EntryHead:
    """Read the lines of one entry's head, in order."""
    return read_heads([lines], kind)[0]


def read_heads(
    heads: Sequence[Sequence[Line]], kind: SectionKind, columns: Sequence[str] = ()
) -> list[EntryHead]:
    """Read the heads of a section's entries by the one pattern that explains them all best.

    `columns` are what a table's head row says of its columns: "title", "employer" and so on.
    """
    drafts = [_draft(lines, columns) for lines in heads]
    if kind is SectionKind.PROJECTS:
        return [_project(draft) for draft in drafts]
    model = _Model(kind)
    choices = [_cuts(draft, model) for draft in drafts]
    chosen, order = _one_pattern(choices)
    model.employers = _repeated(drafts, chosen)
    model.place_parts = _usual_parts(chosen)
    # A name that is the employer of one entry is that of another; places are written alike.
    if model.employers or model.place_parts:
        choices = [_cuts(draft, model) for draft in drafts]
        chosen, order = _one_pattern(choices)
    return [
        _finished(draft, cut, _signs(draft, cut, cuts, order, model, len(drafts)))
        for draft, cut, cuts in zip(drafts, chosen, choices, strict=True)
    ]


def _repeated(drafts: Sequence[_Draft], chosen: Sequence[_Cut]) -> frozenset[str]:
    """Return the employers that are named, by the same words, in the head of another entry."""
    names = [
        {draft.text(draft.atoms[a], draft.atoms[b]) for role, a, b in cut.pieces if role == "E"}
        for draft, cut in zip(drafts, chosen, strict=True)
    ]
    atoms = [{draft.text(atom, atom) for atom in draft.atoms} for draft in drafts]
    return frozenset(
        name
        for i, own in enumerate(names)
        for name in own
        if any(name in atoms[j] for j in range(len(drafts)) if j != i)
    )


def _usual_parts(chosen: Sequence[_Cut]) -> int:
    """Return of how many parts the places of most heads are, 0 where no number is usual."""
    counts = Counter(b - a + 1 for cut in chosen for role, a, b in cut.pieces if role == "P")
    parts, count = counts.most_common(1)[0] if counts else (0, 0)
    return parts if count > 1 and count > counts.total() / 2 else 0


# ---- cutting a head into atoms -----------------------------------------------------------------


def _draft(lines: Sequence[Line], columns: Sequence[str]) -> _Draft:
    draft = _Draft([line.text for line in lines], [])
    spans = [_dates_of(line.plain) for line in lines]
    found = [(i, span) for i, row in enumerate(spans) for span in row]
    ranges = [(i, span) for i, span in found if span.is_range]
    own = (ranges or found)[-1:]  # an employer's line may give the whole time, the role's its own
    if own:
        draft.period, draft.swapped = own[0][1].period, own[0][1].swapped
    seen: set[tuple[int, int, int]] = set()
    for number, line in enumerate(lines):
        cell = line.look.cell
        told = ""
        if cell and cell not in seen and "\t" not in line.plain and cell[2] < len(columns):
            told = columns[cell[2]]  # what stands below it in the cell has no role of its own
            seen.add(cell)
        taken = [span for span in spans[number] if (number, span) in own or span.is_range]
        others = [span for span in taken if (number, span) not in own]
        draft.durations += [line.plain[span.start : span.end] for span in others]
        draft.atoms += _atoms(draft, number, line, taken, [told] if told else columns)
    return draft


def _dates_of(plain: str) -> list[DateSpan]:
    """Return the dates of a line of a head that are no part of a name."""
    if len(plain) > _LONGEST:
        return []
    label, rest = _label(plain)
    offset = len(plain) - len(rest)
    for cell in re.finditer(r"[^\t|]+", plain[offset:]):  # "Aug 2019 Mar 2011": no dash is needed
        start, end = offset + cell.start(), offset + cell.end()
        whole = read_whole(cell.group())
        if whole:
            return [DateSpan(whole.period, start, end, whole.is_range, whole.swapped)]
    found = []
    for span in find_dates(plain):
        before, after = plain[offset : span.start], plain[span.end :]
        apart = not before.strip() or not after.strip(" .") or _DATE_BEGINS.search(before)
        if span.is_range or apart or _DATE_ENDS.match(after) or label == "dates":
            found.append(span)
    return found


def _atoms(
    draft: _Draft, number: int, line: Line, taken: Sequence[DateSpan], columns: Sequence[str]
) -> Iterator[_Atom]:
    plain = line.plain
    if len(plain) > _LONGEST:
        yield _Atom(number, starts_with_glyph(plain), len(plain), "line", "")
        return
    label, rest = _label(plain)
    begin = len(plain) - len(rest) if label else _mark(plain, taken)
    cuts = [(begin, begin, "label" if label else "line")]
    kept = [m.span() for m in _BRACKETS.finditer(plain, begin) if is_employment_type(m.group())]
    cuts += [
        (begin + m.start(), begin + m.end(), str(m.lastgroup))
        for m in _SEPARATOR.finditer(plain[begin:])
        if not any(a <= begin + m.start() < b for a, b in kept)
    ]
    told = _told_by_template(plain)
    cuts = [cut for cut in cuts if not any(a < cut[0] < b or a < cut[1] < b for a, b, _ in told)]
    cuts += [(place, place, "bar") for a, b, _ in told for place in (a, b)]
    cuts += [(span.start, span.end, "date") for span in taken]
    cuts += [(place, place, "style") for place in _style_ends(line.text) if place > begin]
    cuts += [(place, place, kind) for place, kind in _place_starts(plain) if place > begin]
    cuts += [(place, place, "space") for place in _school_starts(plain) if place > begin]
    pieces = _pieces(plain, sorted(cuts))
    roles = list(columns) if len(columns) > 1 or line.look.cell else []
    skipped = "space"
    for start, end, own_separator in pieces:
        separator = max(own_separator, skipped, key=_STRENGTH.__getitem__)
        skipped = separator
        text = clean_text(f"x{plain[start:end]}")[1:].strip(_AROUND + "()[]")
        if not any(c.isalnum() for c in text):
            continue
        if _DURATION.fullmatch(text) or (is_employment_type(text) and text.casefold() not in _OWN):
            draft.durations.append(text)
            continue
        address = _address(text)
        if address:
            draft.links.append(address)
            continue
        role = next((role for a, b, role in told if a <= start and end <= b), "")
        role = label if label in {"title", "employer", "place"} else role
        if not role and roles:
            before = _cells_before(plain, start)
            role = (
                roles[before]
                if before < len(roles) and roles[before] in {"title", "employer", "place"}
                else ""
            )
        skipped = "space"
        yield _Atom(number, start, end, separator, _style(line.text, start, end), role)


def _mark(plain: str, dates: Sequence[DateSpan]) -> int:
    """Return the length of the mark or number of a list before a head."""
    number = _NUMBER.match(plain)
    if number and not any(span.start < number.end() for span in dates):
        return number.end()
    return starts_with_glyph(plain)


def _pieces(plain: str, cuts: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and strongest separator before it of what stands between the cuts."""
    depth = _depths(plain)
    begin = separator = None
    for start, end, kind in cuts:
        if kind in {"comma", "dash", "at", "bar", "colon"} and depth[start]:
            continue  # not within brackets
        if begin is None or separator is None:
            begin, separator = end, kind
            continue
        if start <= begin:
            separator = max(separator, kind, key=_STRENGTH.__getitem__)
            begin = max(begin, end)
            continue
        yield begin, start, separator
        begin, separator = end, kind
    if begin is not None and separator is not None and begin < len(plain):
        yield begin, len(plain), separator


def _depths(plain: str) -> list[int]:
    depth, found = 0, []
    for character in plain:
        depth -= character in ")]" and depth > 0
        found.append(depth)
        depth += character in "(["
    return [*found, 0] if not depth else [0] * (len(plain) + 1)


def _style_ends(text: RichText) -> Iterator[int]:
    offset = 0
    for before, after in pairwise(run for run in text.runs):
        offset += len(before.text)
        if (
            (before.bold, before.italic) != (after.bold, after.italic)
            and after.text.strip()
            and before.text.strip()
        ):
            yield offset


def _style(text: RichText, start: int, end: int) -> str:
    runs = [run for run in text.slice(start, end).runs if any(c.isalnum() for c in run.text)]
    if not runs:
        return ""
    capitals = "c" if text.plain[start:end].isupper() else ""
    bold, italic = all(run.bold for run in runs), all(run.italic for run in runs)
    return f"{'b' * bold}{'i' * italic}{capitals}"


def _told_by_template(plain: str) -> list[tuple[int, int, str]]:
    """Return where anonymous CVs and templates have words in place of a name, and of which."""
    found = [(m.start(), m.end(), "employer") for m in _EMPLOYER.finditer(plain)]
    place = template_place().search(plain)
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


@cache
def _labels() -> dict[str, str]:
    table = data_toml("field_labels.toml")
    return {name: role for role, names in table.items() for name in names}


def field_of_label(label: str) -> str:
    """Return what a label tells: "title", "employer", "place", "dates", "tasks", or "".

    Of several, as in "Position, tasks and results", the first counts.
    """
    first = re.split(r"[,/]|\s(?:and|und|et|y|e|&)\s", label)[0]
    return _labels().get(_folded(label)) or _labels().get(_folded(first), "")


def _folded(label: str) -> str:
    words = re.sub(r"[^\w'’]+", " ", label.casefold().replace("&", " and ")).split()
    return " ".join(words)


def _label(plain: str) -> tuple[str, str]:
    """Return what the label of a line tells and the rest, ("", line) without one."""
    match = _LABEL.match(plain[:_LONGEST])
    role = field_of_label(match[1]) if match else ""
    if match and role and role != "tasks":
        return role, plain[match.end() :].lstrip(" :\t")
    return "", plain


def label_of_line(plain: str) -> str:
    """Return what the label of a line of a head tells, "" without one."""
    return _label(plain)[0]


def _address(text: str) -> str | None:
    if not re.fullmatch(
        r"(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,4}/\S*", text
    ):
        return None
    return web_address(text if "://" in text else f"https://{text}")


# ---- scoring -----------------------------------------------------------------------------------


class _Model:
    """How well a text fits a role in sections of one kind; the logarithm of a likelihood."""

    def __init__(self, kind: SectionKind) -> None:
        self.kinds = {
            "T": (("title", 0.0), ("degree", -3.0)),
            "E": (("employer", 0.0), ("school", -0.2)),
            "P": (("place", 0.0),),
            "O": (("other", -2.0), ("skill", -2.6), ("sentence", -2.6), ("heading", -2.6)),
        }  # fmt: skip
        self.education = kind is SectionKind.EDUCATION
        # What a title costs to go on over a separator, beside what that costs any piece:
        # "Licenciatura em Química" and "Bachelor of Arts : English" are one degree each.
        self.joins = {"comma": 0.7}
        if self.education:
            self.kinds["T"] = (("degree", 0.0), ("title", -1.5), ("skill", -2.0))
            self.kinds["E"] = (("school", 0.0), ("employer", -0.7))
            self.joins |= {"at": -_STRENGTH["at"], "colon": -2.2}
        self.employers: frozenset[str] = frozenset()
        self.place_parts = 0  # of how many parts places are here, 0 if unknown
        self.missing = {"T": -3.5, "E": -3.2, "P": -0.6}

    def begins(self, role: str, separator: str) -> float:
        """Return what it costs that a piece of this role begins behind this separator."""
        if separator in {"space", "town"}:
            return 1.0 if role == "P" or (role == "E" and self.education) else 4.0
        return 4.0 if separator == "paren" and role in "TE" else 0.0

    def fit(self, text: str, role: str) -> float:
        best = max(score(text, kind) + weight for kind, weight in self.kinds[role])
        if role == "O":  # "Upper Second Class", "2 of 120": sure to be no field
            best = max(best, 4.0 * score(text, "other"))
        floor = _FLOOR if role != "O" else _FLOOR + 0.5
        if role == "P" and (is_known_place(text) or _names_places(text)):
            best = max(best, -0.1)
        if text in self.employers:
            best += 2.0 if role == "E" else -1.0
        if role in "TE" and (is_region(text) or is_known_place(text)):
            best -= 6.0
        return max(best, floor)


_TELLING = frozenset({"line", "tab", "bar", "dash", "comma"})


def _names_places(text: str) -> bool:
    """Return whether all that commas part are places: "York, Leeds, & Hull"."""
    parts = [re.sub(r"^(?:&|and|und|et|y)\s+", "", part.strip()) for part in text.split(",")]
    return len(parts) > 1 and all(is_town(part) or is_region(part) for part in parts)


_ROLES = {"title": "T", "employer": "E", "place": "P"}


@dataclass(frozen=True, slots=True)
class _Cut:
    """One way to read a head: pieces of (role, first atom, last atom), and how likely it is."""

    score: float
    pieces: tuple[tuple[str, int, int], ...]
    pattern: tuple[str, ...] = ()


def _cuts(draft: _Draft, model: _Model) -> list[_Cut]:
    """Return the likeliest ways to read one head, best first."""
    atoms = draft.atoms[:_MOST_ATOMS]
    states: list[list[_Cut]] = [[] for _ in range(len(atoms) + 1)]
    states[0] = [_Cut(0.0, ())]
    for start in range(len(atoms)):
        states[start] = sorted(states[start], key=lambda cut: -cut.score)[:_BEAM]
        for end in range(start + 1, len(atoms) + 1):
            if end - start > 1 and atoms[end - 1].separator in {"line", "tab", "label", "date"}:
                break
            fits = _piece_fits(draft, atoms[start:end], model)
            for cut in states[start]:
                used = {piece[0] for piece in cut.pieces}
                for role, fit in fits:
                    if role == "O" or role not in used:
                        odd = _oddness(cut, role, atoms[start])
                        piece = (role, start, end - 1)
                        states[end].append(_Cut(cut.score + fit - odd, (*cut.pieces, piece)))
    finished = []
    for cut in states[-1]:
        roles = {piece[0] for piece in cut.pieces}
        total = cut.score + sum(cost for role, cost in model.missing.items() if role not in roles)
        total -= 2.0 * ("P" in roles and "E" not in roles)
        finished.append(_Cut(total, cut.pieces, _pattern(cut, atoms)))
    return sorted(finished, key=lambda cut: -cut.score)[:_BEAM]


def _oddness(cut: _Cut, role: str, atom: _Atom) -> float:
    """Return what an unusual order costs: the place before what it is the place of."""
    before = cut.pieces[-1][0] if cut.pieces else ""
    return _ODD.get(atom.separator, 0.0) if before == "P" and role in "TE" else 0.0


def _piece_fits(draft: _Draft, atoms: Sequence[_Atom], model: _Model) -> list[tuple[str, float]]:
    """Return how well the joined atoms fit each role."""
    text = draft.text(atoms[0], atoms[-1])
    joined = _price_of_joins(draft, atoms)
    told = {atom.role for atom in atoms if atom.role}
    fits = []
    for role in "TEPO":
        fit = model.fit(text, role)
        if told:
            fit = max(fit, -1.0) + 3.0 if {_ROLES[r] for r in told} == {role} else fit - 4.0
        if role == "P" and atoms[0].separator == "comma" and is_region(text):
            fit -= 1.5  # "UK" goes with the town before it
        if role == "P" and model.place_parts and len(atoms) > model.place_parts:
            fit -= _LONGER_PLACE
        if role == "O":
            fit -= 0.6 + 2.4 * (len(atoms) > 1)
        if role == "T":
            fit -= sum(model.joins.get(atom.separator, 0.0) for atom in atoms[1:])
        fits.append((role, fit + joined - model.begins(role, atoms[0].separator)))
    return fits


def _price_of_joins(draft: _Draft, atoms: Sequence[_Atom]) -> float:
    """Return what it costs to read atoms as one piece, over the separators between them."""
    joined = -sum(_STRENGTH[atom.separator] for atom in atoms[1:])
    joined -= _OVER_TOWN * sum(atom.separator == "town" for atom in atoms[1:])
    if any(is_company_suffix(draft.text(atom, atom)) for atom in atoms[1:]):
        joined *= 0.2
    elif any(is_company_suffix(draft.text(a, a).split()[-1]) for a in atoms[:-1]):
        joined -= 1.5  # "Rye Ltd, York": the name ends there
    if len({atom.style for atom in atoms}) > 1:
        joined -= 1.5
    plain = draft.texts[atoms[0].line].plain
    end = atoms[-1].end + plain[atoms[-1].end :].startswith(")")
    raw = plain[atoms[0].start : end]
    if raw.count("(") != raw.count(")") and len(atoms) > 1:
        joined -= 4.0
    return joined


def _pattern(cut: _Cut, atoms: Sequence[_Atom]) -> tuple[str, ...]:
    """Return the order of title and employer with what parts them and how they are printed.

    A place counts only where it stands right before the employer: behind it not all have one.
    """
    found = []
    following = [role for role, _, _ in cut.pieces[1:]] + [""]
    for (role, first, _), after in zip(cut.pieces, following, strict=False):
        if role == "P" and after == "E":
            found.append("P")
        if role in "TE":
            atom = atoms[first]
            separator = "line" if atom.separator == "label" else atom.separator
            found.append(f"{role}{separator if separator in _TELLING else '*'}{atom.style}")
    return tuple(found)


def _one_pattern(choices: Sequence[Sequence[_Cut]]) -> tuple[list[_Cut], tuple[str, ...]]:
    """Choose the pattern that explains all heads best; return the cut of each head, and its order.

    A pattern is worth the sum of the best cuts that follow it; a head that has none of it is
    read by its own best cut, at a price. Of equal patterns the shorter is taken.
    """
    by_entry: list[dict[tuple[str, ...], _Cut]] = []
    for cuts in choices:
        best: dict[tuple[str, ...], _Cut] = {}
        for cut in cuts:
            best.setdefault(cut.pattern, cut)
            best.setdefault(_order(cut.pattern), cut)
        by_entry.append(best)
    patterns = {cut.pattern for cuts in choices for cut in cuts}
    worth: dict[tuple[str, ...], float] = {}
    for key in patterns | {_order(pattern) for pattern in patterns}:
        worth[key] = 0.5 * (key in patterns)
        for cuts, best in zip(choices, by_entry, strict=True):
            if key in best:
                worth[key] += best[key].score
            elif cuts:
                near = best.get(_order(key)) if key in patterns else None
                worth[key] += max(near.score - 1.0 if near else -99.0, cuts[0].score - 2.5)
    chosen = max(worth, key=lambda key: (worth[key], -len(key), key), default=())
    order = _order(chosen)
    return [
        _fitting(cuts, best, chosen, len(choices))
        for cuts, best in zip(choices, by_entry, strict=True)
    ], order


def _fitting(
    cuts: Sequence[_Cut], best: Mapping[tuple[str, ...], _Cut], chosen: tuple[str, ...], heads: int
) -> _Cut:
    """Return the best cut of one head that follows the chosen pattern, or its order at least.

    The more heads a section has, the better a cut that does not follow it has to be.
    """
    if not cuts:
        return _Cut(0.0, ())
    own = cuts[0]
    exact, ordered = best.get(chosen), best.get(_order(chosen))
    fitting = exact or ordered or own
    if exact and ordered and ordered.score - 2.0 > exact.score:
        fitting = ordered
    return fitting if fitting.score >= own.score - 4.0 * max(1, heads - 1) else own


def _signs(
    draft: _Draft,
    cut: _Cut,
    cuts: Sequence[_Cut],
    order: tuple[str, ...],
    model: _Model,
    heads: int,
) -> tuple[float, float, float, float]:
    """Return how sure a cut is: its lead over the next, the fits of its parts, the pattern."""

    def parts(one: _Cut) -> list[tuple[str, int, int]]:
        return [piece for piece in one.pieces if piece[0] in "TE"]

    def price(one: _Cut) -> float:
        return 1.2 * min(heads - 1, 3) * (_order(one.pattern) != order)

    rivals = [one.score - price(one) for one in cuts if parts(one) != parts(cut)]
    lead = cut.score - price(cut) - max(rivals, default=cut.score - 8.0)
    fits = {"T": -5.0, "E": -5.0}
    for role, first, last in parts(cut):
        fits[role] = model.fit(draft.text(draft.atoms[first], draft.atoms[last]), role)
    return max(-8.0, min(8.0, lead)), fits["T"], fits["E"], float(_order(cut.pattern) == order)


def _order(pattern: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part[0] for part in pattern)


# ---- what comes of it --------------------------------------------------------------------------


def _finished(draft: _Draft, cut: _Cut, signs: tuple[float, float, float, float]) -> EntryHead:
    found = {"T": "", "E": "", "P": ""}
    others: list[RichText] = []
    for role, first, last in _extended(draft, cut.pieces):
        atoms = draft.atoms[first], draft.atoms[last]
        if role in found:
            found[role] = draft.text(*atoms)
        elif _says(found["T"], draft.text(*atoms)):
            draft.durations.append(draft.text(*atoms))
        else:
            others.append(clean(draft.texts[atoms[0].line].slice(atoms[0].start, atoms[1].end)))
    found["T"], others = _with_subject(found["T"], others)
    rest = draft.atoms[_MOST_ATOMS:]
    others += [clean(draft.texts[a.line].slice(a.start, a.end)) for a in rest]
    return EntryHead(
        _titles(found["T"]), found["E"], found["P"], draft.period, tuple(o for o in others if o),
        tuple(draft.durations), tuple(draft.links), signs, draft.swapped,
    )  # fmt: skip


def _with_subject(title: str, others: list[RichText]) -> tuple[str, list[RichText]]:
    """Join a degree and its subject where the school stands between: "PhD | School, Physics"."""
    for other in others:
        bare, text = has_word(title, "degree") and len(title.split()) <= 2, other.plain
        left = [one for one in others if one is not other]
        if title and not has_word(title, "degree") and has_word(text, "degree"):
            return (f"{text}, {title}", left) if len(text.split()) <= 2 else (title, others)
        if bare and has_word(text, "subject"):
            return f"{title}, {text}", left
    return title, others


def _says(text: str, part: str) -> bool:
    """Return whether the words of `part` stand in `text`: a subject that the degree names."""
    return f" {part} ".casefold() in f" {text} ".casefold()


def _extended(
    draft: _Draft, pieces: Sequence[tuple[str, int, int]]
) -> Iterator[tuple[str, int, int]]:
    """Join what has no role to the title or employer before it: "Acme — Web Platform"."""
    current: tuple[str, int, int] | None = None
    for role, first, last in pieces:
        if role == "O" and current and current[0] in "TE" and _goes_with(draft, first, current[0]):
            current = (current[0], current[1], last)
            continue
        if current:
            yield current
        current = (role, first, last)
    if current:
        yield current


def _goes_with(draft: _Draft, first: int, role: str) -> bool:
    """Return whether an atom without a role goes on with the title or employer before it."""
    atom = draft.atoms[first]
    if atom.separator != "paren":
        return atom.separator in {"dash", "comma"}
    return role == "E" or score(draft.text(atom, atom), "other") < _GRADE


def _project(draft: _Draft) -> EntryHead:
    """Read a project: its name, and what else stands beside it."""
    cells: list[list[_Atom]] = []
    for atom in draft.atoms:
        if cells and atom.separator in {
            "comma",
            "space",
            "town",
            "at",
            "paren",
            "colon",
            "style",
            "dash",
        }:
            cells[-1].append(atom)
        else:
            cells.append([atom])
    texts = [draft.text(cell[0], cell[-1]) for cell in cells]
    texts = [text for text in texts if text]
    return EntryHead(
        _titles(texts[0]) if texts else (), " | ".join(texts[1:]), "", draft.period,
        (), tuple(draft.durations), tuple(draft.links), swapped=draft.swapped,
    )  # fmt: skip


def _titles(text: str) -> tuple[str, ...]:
    """Read "first » second", or "second (previously first)" as this program writes it."""
    match = _PREVIOUSLY.fullmatch(text)
    if match:
        return (*reversed(match["earlier"].split(", ")), match["title"])
    return tuple(title for title in _ARROW.split(text) if title)


def _balanced(text: str) -> str:
    """Add or drop a bracket at an end whose other half was cut off."""
    if text.endswith(")") and "(" not in text:
        return text[:-1].strip()
    if text.startswith("(") and ")" not in text:
        return text[1:].strip()
    return f"{text})" if text.count("(") > text.count(")") else text
