"""What each line of a CV is: a heading, part of an entry's head, a bullet, a list of skills.

A linear-chain conditional random field over the lines of the whole document, so that what is
unsure on one line is settled by the lines around it. A line is described by its look, its dates,
the words that headings have, what its pieces look like (`names.py`), and how often a line of the
same look is followed by bullets or dated: what is printed alike is of one kind.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tailor.reading.cv.cells import BAR, BAR_OR_DASH, COMMA, pieces, split_label
from tailor.reading.cv.contacts import has_address, has_phone
from tailor.reading.cv.dates import DateSpan, find_dates
from tailor.reading.cv.headings import read_heading
from tailor.reading.cv.names import best_kind
from tailor.reading.lines import Line, LineKind, clean, starts_with_glyph
from tailor.values.resources import field_tagger

# Of an entry's lines B begins the head, I goes on with it, G is an employer's line above several
# roles, T is text below a head, L a label or a table's head row. S is a line of a list and H a
# heading, each with the kind of its section; "doc" is none of the person's, "top" the CV's head.
_ENTRY_LABELS = ("B:exp", "I:exp", "T:exp", "B:edu", "I:edu", "T:edu")
_LONGEST = 300  # characters that are looked at
_HEADING_WORDS = 6
_LONGEST_HEADING = 60  # characters
_LONG_REST = 110  # characters beside a date: more than a head has
_FEW_ALIKE = 2  # lines of one look
_SIZES, _SIZE_LIMITS = ("small", "body", "large", "huge"), (0.96, 1.05, 1.25)
_AROUND = ".,;:()[]\"'“”*|–-"
_WORDS = 24  # of a line that are looked at
_GLYPH_O = re.compile(r"^(?:o|§|Ø|ü|>|\{|\d{1,2}[.)])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class LineLabel:
    """The label of a line, its part and group ("B" and "exp"), and its probability.

    `in_entry` is the likeliest label if the line is known to stand in or below a head,
    `as_heading` if it is known to be a heading.
    """

    label: str
    confidence: float
    in_entry: str = ""
    as_heading: str = ""

    @property
    def part(self) -> str:
        """The letter before the colon, or the whole label without one."""
        return self.label.partition(":")[0]

    @property
    def group(self) -> str:
        """What stands behind the colon: "exp", "edu", or the kind of a section."""
        return self.label.partition(":")[2]

    def as_label(self, label: str) -> LineLabel:
        """Return the label with other words, as sure as before."""
        return replace(self, label=label)

    def as_part(self, part: str) -> LineLabel:
        """Return the label of another part of the same group."""
        return replace(self, label=f"{part}:{self.group}")


def label_lines(lines: Sequence[Line]) -> list[LineLabel]:
    """Return the label of each line."""
    if not lines:
        return []
    tagger = field_tagger("cv/lines.crfsuite")
    tagger.set(describe(lines))
    labels = tagger.tag()
    headings = sorted(label for label in tagger.labels() if label.startswith("H:"))

    def likeliest(among: Sequence[str], label: str, index: int) -> str:
        if label in among:
            return label
        return max(among, key=lambda one: (tagger.marginal(one, index), one))

    return [
        LineLabel(
            label,
            tagger.marginal(label, i),
            likeliest(_ENTRY_LABELS, label, i),
            likeliest(headings, label, i) if len(lines[i].plain) <= _LONGEST_HEADING else "",
        )
        for i, label in enumerate(labels)
    ]


def typed_bullet(text: str) -> int:
    """Return the length of a mark typed before a line of a list, 0 without one."""
    start = starts_with_glyph(text)
    match = _GLYPH_O.match(text[start:])
    return start + (match.end() if match else 0)


def describe(lines: Sequence[Line]) -> list[list[str]]:
    """Return the features of each line, those of its neighbours among them."""
    views = [_View(line) for line in lines]
    _add_document_features(views)
    described = []
    for index, view in enumerate(views):
        found = ["bias", *view.features, *view.own]
        for offset in (-2, -1, 1, 2):
            near = ["none"]
            if 0 <= index + offset < len(views):
                other = views[index + offset]
                near = other.features if abs(offset) == 1 else other.short
            found += [f"{offset}:{feature}" for feature in near]
        described.append(found)
    return described


class _View:
    """One line as it is seen."""

    def __init__(self, line: Line) -> None:
        self.line = line
        raw = line.plain[:_LONGEST]
        self.text = clean(line.text).plain[:_LONGEST]
        marked = line.kind is LineKind.ITEM or line.look.bullet
        self.bullet = marked or typed_bullet(raw.lstrip()) > 0
        self.dates = find_dates(self.text)
        self.words = self.text.split()
        runs = [run for run in line.text.runs if run.text.strip()]
        self.bold = _how_much([run.bold for run in runs])
        self.italic = _how_much([run.italic for run in runs])
        self.first_bold = bool(runs and runs[0].bold)
        self.caps = self.text.isupper() or line.look.caps
        heading = read_heading(line.text) if len(self.words) <= 2 * _HEADING_WORDS else None
        self.known = heading.name if heading else ""
        self.noted = bool(heading and heading.note)
        self.size = _SIZES[bisect(_SIZE_LIMITS, line.look.size)]
        bold, italic = self.bold == "all", self.italic == "all"
        self.look = (line.kind, line.level, bold, italic, self.size, self.caps)
        self.date_form = _date_form(self.text, self.dates)
        self.cells = len(pieces(line.plain[:_LONGEST].strip(), BAR))
        more = (self.first_bold, self.date_form, min(self.cells, 3), self.bullet)
        self.signature = (*self.look[:5], *more)
        self.short = list(self._short())
        self.features = [*self.short, *self._more()]
        self.own = [*self._of_words()]  # what the lines beside it are not told by

    def _short(self) -> Iterator[str]:
        line = self.line
        yield f"kind={line.kind.value}{line.level}"
        yield f"bullet={self.bullet}"
        yield f"date={self.date_form}"
        if line.gap:
            yield "gap"
        yield f"bold={self.bold}"
        if self.known:
            yield f"known={self.known}{'+' if self.noted else ''}"
        yield f"n={min(len(self.words), 15) // 3}"

    def _more(self) -> Iterator[str]:
        line, text = self.line, self.text
        yield f"italic={self.italic}"
        yield f"size={self.size}"
        yield f"caps={self.caps}"
        yield f"firstbold={self.first_bold}"
        yield f"cells={min(self.cells, 4)}"
        if line.look.space_above > 0.25:
            yield "above"
        if line.look.indent > 4:
            yield "indent"
        if line.look.cell:
            yield f"column={min(line.look.cell[2], 3)}"
        if self.words:
            yield f"first={_sort_of(self.words[0][0])}"
            yield f"end={text[-1] if not text[-1].isalnum() else 'w'}"
            yield f"words={min(len(self.words), 20)}"
        if has_address(text):
            yield "address"
        if has_phone(text):
            yield "phone"
        label, _ = split_label(text)
        if label or "\t:" in line.plain:
            yield "label"
            yield f"label={(label or self.words[0]).casefold()}"
        if len(self.words) <= _HEADING_WORDS:
            for word in self.words:
                yield f"w={word.casefold().strip(':,.')}"
            yield f"k={self.known}"
        yield from self._kinds()

    def _of_words(self) -> Iterator[str]:
        """Yield the words of the line, the first two and the last by their places."""
        words = [w for word in self.words if (w := word.casefold().strip(_AROUND))][:_WORDS]
        for word in dict.fromkeys(words):
            if len(word) > 2 and word.isalpha():
                yield f"x={word}"
        for name, word in zip(("x1", "x2"), words, strict=False):
            yield f"{name}={'9' if word[0].isdigit() else word}"
        if words:
            yield f"x-1={words[-1]}"

    def _kinds(self) -> Iterator[str]:
        """Yield what the pieces of the line look like."""
        plain = self.line.plain[:_LONGEST]
        rest = _without_dates(plain if "\t" in plain else self.text)
        if not any(c.isalpha() for c in rest):
            return
        whole, sure = best_kind(" ".join(rest.split()))
        yield f"whole={whole}"
        yield f"whole={whole}{'!' if sure > 0.8 else '?'}"
        cells = pieces(rest, BAR_OR_DASH)[:5]
        for index, cell in enumerate(cells):
            kind, sure = best_kind(cell)
            yield f"c{min(index, 2)}={kind}"
            yield f"has={kind}{'!' if sure > 0.8 else ''}"
        parts = pieces(rest, COMMA)[:5] if len(rest) < 120 else []
        if len(parts) > 1:
            for index, part in enumerate(parts):
                yield f"p{min(index, 2)}={best_kind(part)[0]}"


def _how_much(styled: Sequence[bool]) -> str:
    return "" if not any(styled) else "all" if all(styled) else "some"


def _sort_of(character: str) -> str:
    if character.isdigit():
        return "0"
    return "A" if character.isupper() else "a" if character.islower() else "."


def _without_dates(text: str) -> str:
    """Return the text without its dates and its mark of a list."""
    for span in reversed(find_dates(text)):
        text = f"{text[: span.start]} {text[span.end :]}"
    start = typed_bullet(text.lstrip())
    return text.strip()[start:].strip(" ()[]|,–-\t:")


def _date_form(text: str, dates: Sequence[DateSpan]) -> str:
    if not dates:
        return ""
    ranges = [span for span in dates if span.is_range]
    span = ranges[0] if ranges else dates[-1]
    kind = "range" if ranges else "single"
    before, after = text[: span.start].strip(" ([|,–-"), text[span.end :].strip(" )]|,–-.:")
    if not before and not after:
        return f"{kind} alone"
    where = "start" if not before else "end" if not after else "within"
    bracket = text[: span.start].rstrip()[-1:] in {"(", "["}
    long = " long" if len(before) + len(after) > _LONG_REST else ""
    return f"{kind} {where}{' ()' if bracket else ''}{long}"


def _add_document_features(views: Sequence[_View]) -> None:
    """Add what only the whole document shows: place, repeated looks, the look of known headings."""
    of_look = Counter(view.look for view in views)
    known = Counter(view.look for view in views if _is_plain_heading(view))
    most = max(known.values(), default=0)
    for index, view in enumerate(views):
        place = "top" if index < 6 else "late" if index > 0.8 * len(views) else "mid"
        view.short.append(f"place={place}")
        view.features.append(f"line={min(index, 6)}")
        form, headings = "no", known[view.look]
        if headings:
            share = headings / of_look[view.look]
            form = "all" if share > 0.6 else "many" if share > 0.3 else "few"
            form += "*" if most > 1 and headings >= 0.5 * most else ""
            if len(view.words) <= _HEADING_WORDS and not view.dates:
                view.short.append(f"headlook={form}")
        view.features.append(f"look={form}")
    _add_heading_above(views)
    alike: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for index, view in enumerate(views):
        alike[view.signature].append(index)
    for same in alike.values():
        features = list(_features_of_alike(views, same))
        for index in same:
            views[index].features += features
    for name, ordered in (("sincedate", views), ("untildate", views[::-1])):
        distance = 4
        for view in ordered:
            distance = 0 if view.date_form else min(distance + 1, 4)
            view.features.append(f"{name}={distance}")


def _add_heading_above(views: Sequence[_View]) -> None:
    """Add which known heading stands above a line, and how near."""
    under, since = "", 0
    for view in views:
        view.own.append(f"underknown={under}")
        view.own.append(f"underknown={under}/{min(since, 3)}")
        since += 1
        if _is_plain_heading(view) and len(view.words) <= _HEADING_WORDS:
            under, since = view.known, 0


def _features_of_alike(views: Sequence[_View], same: Sequence[int]) -> Iterator[str]:
    """Yield what the lines of one look have in common: how many, and what stands around them."""
    many = "n" if len(same) > _FEW_ALIKE else ""
    yield f"same={min(len(same), 5)}"
    following = [views[i + 1] for i in same if i + 1 < len(views)]
    if following:
        yield f"nextbullet={round(3 * _share(v.bullet for v in following))}{many}"
        yield f"nextdate={round(3 * _share(_has_range(v) for v in following))}{many}"
    before = [views[i - 1] for i in same if i]
    if before:
        yield f"prevbullet={round(3 * _share(v.bullet for v in before))}"
        yield f"prevdate={round(3 * _share(_has_range(v) for v in before))}"
    yield f"gaps={round(3 * _share(views[i].line.gap for i in same))}{many}"


def _has_range(view: _View) -> bool:
    return view.date_form.startswith("range")


def _share(signs: Iterable[bool]) -> float:
    found = list(signs)
    return sum(found) / len(found)


def _is_plain_heading(view: _View) -> bool:
    return bool(view.known) and not view.noted and view.known != "document" and not view.bullet
