"""Dates and date ranges in text: a small grammar over words and numbers, for ten languages.

A date is a year, perhaps with a month; days are read and left out, since CVs give months. A
season is not made a month. What is not surely a date stays text: "2019" is a date at the end
of a line or behind a separator, and part of a name in "Windows Server 2019".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tailor.values.cv import Date, Period
from tailor.values.resources import data_toml

_HAS_YEAR = re.compile(
    r"(?:19|20)\d\d|['’`´]\s?\d\d|\d[/.-]\d\d(?!\d)|[^\W\d_]{3,9}[-/ ]\d\d(?!\d)"
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['’][^\W\d_]+)*|[-–=]{0,2}>{1,2}|\.{2,3}|\S")
# They part two dates, and leave none open: "in 2018 ..." goes on.
_DOTS = frozenset({"..", "...", "…"})
DASHES = frozenset("-–—−‐‑‒―\u00ad~→➔➜➝⟶»›") | {
    f"{line}{head}" for line in ("", "-", "--", "–", "=", "==") for head in (">", ">>")
}
_SHORT_YEAR_MARKS = frozenset("'’‘`´")
_ORDINALS = frozenset({"st", "nd", "rd", "th", "er", "º", "ª", "°"})
_OF = frozenset({"of", "de", "del", "di"})
_CJK = {"年": "year", "月": "month", "日": "day"}
USUAL = 300  # characters; longer lines are none of an entry's head
_LONGEST = 80  # characters; no period is longer
_CENTURY = 2000
_NEWEST = 39  # "'39" is 2039, "'40" 1940


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A period in a text, ``text[start:end]``.

    `is_range` is false for a single date; `swapped` is true where the text gives the later end
    first, which the period does not.
    """

    period: Period
    start: int
    end: int
    is_range: bool
    swapped: bool = False


def has_year(text: str) -> bool:
    """Return whether there is anything in `text` that may be a year: most texts have nothing."""
    return bool(_HAS_YEAR.search(text))


def find_dates(text: str) -> tuple[DateSpan, ...]:
    """Return all periods and single dates in `text`, from left to right."""
    if not has_year(text):
        return ()
    return _find_again(text) if len(text) <= USUAL else tuple(_scan(text))


def read_whole(text: str) -> DateSpan | None:
    """Read a text that is nothing but a period: here no dash is needed, nor a second end."""
    bare = text.strip().strip("()[]{}*_").strip(" \t\u00a0,;:.")
    if not bare or len(bare) > _LONGEST or not has_year(bare):
        return None
    parser = _Parser(bare)
    return parser.whole()


def _scan(text: str) -> Iterator[DateSpan]:
    """Yield the periods of a text; each begins where the one before it ended, or later."""
    parser = _Parser(text)
    index = 0
    while index < len(parser.tokens):
        found = parser.period(index) if parser.may_begin(index) else None
        if found:
            yield found[0]
            index = found[1]
        else:
            index += 1


_find_again = lru_cache(maxsize=1024)(lambda text: tuple(_scan(text)))


@dataclass(frozen=True, slots=True)
class _Point:
    """A date as it is written: two numbers before the year may be day and month or the reverse."""

    year: int
    month: int | None
    next: int
    pair: tuple[int, int] | None = None
    weak: bool = False  # "01/20", "2020.3": a date only beside another one
    short: bool = False  # two figures that end a range: "2019-20"
    quarter: bool = False

    def date(self, *, month_first: bool | None = None) -> Date:
        """Return the date; `month_first` settles the order where the text leaves it open."""
        month = self.month
        if self.pair:
            first, second = self.pair
            swap = second > 12 if month_first is None else month_first
            month = first if swap else second
            month = month if 1 <= month <= 12 else None
        return Date(self.year, month)


class _Parser:
    """Reads one text; positions are indices of its tokens."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [(m.group().casefold(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
        self._words = _words()

    def may_begin(self, index: int) -> bool:
        """Return whether a date may begin here: not within a number, a name or an address."""
        word, start, _ = self.tokens[index]
        if not (word[0].isalnum() or word in _SHORT_YEAR_MARKS):
            return False
        before = self.text[max(0, start - 1) : start]
        if before and (before.isalnum() or before in "/.@#_$£€") and before not in _CJK:
            return False
        return not re.fullmatch(r"\d[-.,:]", self.text[max(0, start - 2) : start])

    def whole(self) -> DateSpan | None:
        """Read all tokens as one period."""
        count = len(self.tokens)
        found = self.period(0)
        if found and found[1] == count:
            return found[0]
        first = self._point(0) or self._present_point(0)
        if first is None:
            return None
        after = first.next if isinstance(first, _Point) else first
        second = self._point(after) or self._present_point(after)
        end = second.next if isinstance(second, _Point) else second
        if second is None or end != count:
            return None
        return self._make(0, count, first, second)

    def period(self, index: int) -> tuple[DateSpan, int] | None:
        """Read the period that begins at a token: a range, an open one, or a single date."""
        begin = index
        since, expected = self._phrase(index, "since"), self._phrase(index, "expected")
        lead = max(since, expected, self._phrase(index, "from"))
        if lead:
            index += lead
            index += self._at(index) in {":", "in"}
        first = self._bare_month(index) or self._point(index)
        if first is None:
            return self._from_present(begin, index)
        found = self._range(begin, first)
        if found or first.year == 0:
            return found
        open_end = 0 if since else self._open_end(first.next)
        if since or open_end:
            end = first.next + open_end
            period = Period(start=first.date(), present=True)
            return self._span(begin, end, period, is_range=True), end
        if first.weak or not self._ends_well(first.next):
            return None
        begin = begin if lead == expected else index  # "from 2020" alone is "2020"
        return self._span(begin, first.next, Period(end=first.date()), is_range=False), first.next

    def _open_end(self, index: int) -> int:
        """Return how many tokens leave the end of a period open: "2024-", "2019 onwards"."""
        return self._phrase(index, "open") or int(self._is_open_dash(index))

    def _is_open_dash(self, index: int) -> bool:
        """Return whether a dash stands here with nothing behind it in its cell: "2024-"."""
        if not self._is_dash(index):
            return False
        end = self.tokens[index][2]
        behind = self.text[end : end + 3]
        return (
            not behind.strip()
            or behind[:1] in "\t|"
            or behind.lstrip()[:1] in {")", "]"}
            or (behind[:2].isspace() and len(behind) > 1)
        )

    def _from_present(self, begin: int, index: int) -> tuple[DateSpan, int] | None:
        """Read "Present – Jan 2020": the end stands first."""
        after = self._present_point(index)
        if after is None:
            return None
        to = self._to(after)
        second = self._point(after + to) if to else None
        if second is None or not self._ends_well(second.next):
            return None
        period = Period(start=second.date(), present=True)
        return self._span(begin, second.next, period, is_range=True), second.next

    def _range(self, begin: int, first: _Point) -> tuple[DateSpan, int] | None:
        direct = self._phrase(first.next, "present")
        if direct > 1 and first.year:  # "2020 till now"
            end = first.next + direct
            return self._span(begin, end, Period(first.date(), present=True), is_range=True), end
        to = self._to(first.next)
        if not to:
            return None
        index = first.next + to
        if first.year and (after := self._present_point(index)):
            period = Period(start=first.date(), present=True)
            return self._span(begin, after, period, is_range=True), after
        second = self._point(index) or self._short_end(first, index)
        if second is None or not self._ends_well(second.next):
            return None
        slash = self.tokens[first.next][0] == "/"
        if slash and (first.month or first.pair) and not (second.month or second.pair):
            return None
        if first.weak != second.weak and (first.weak or self._is_glued(first.next)):
            return None
        return self._make(begin, second.next, first, second), second.next

    def _short_end(self, first: _Point, index: int) -> _Point | None:
        """Read the "20" of "2019-20" and "2019/20", where it cannot be a month of that year."""
        if index >= len(self.tokens) or first.month or first.pair:
            return None
        word = self.tokens[index][0]
        if len(word) != 2 or not word.isdecimal() or first.weak:
            return None
        year = first.year // 100 * 100 + int(word)
        year += 100 if year < first.year and first.year % 100 == 99 else 0
        return _Point(year, None, index + 1, short=True) if year > first.year else None

    def _make(self, begin: int, end: int, first: _Point | int, second: _Point | int) -> DateSpan:
        if not isinstance(first, _Point) or not isinstance(second, _Point):
            known = first if isinstance(first, _Point) else second
            assert isinstance(known, _Point)  # noqa: S101 (two words for the present are no range)
            return self._span(begin, end, Period(known.date(), None, present=True), is_range=True)
        if first.year == 0:  # "Jun – Aug 2019"
            first = _Point(second.year, first.month, first.next)
        pairs = [point.pair for point in (first, second) if point.pair]
        month_first = True if any(b > 12 for _, b in pairs) else None
        month_first = False if any(a > 12 for a, _ in pairs) else month_first
        start, last = first.date(month_first=month_first), second.date(month_first=month_first)
        if second.quarter and last.month:
            last = Date(last.year, last.month + 2)
        swapped = (last.year, last.month or 12) < (start.year, start.month or 1)
        if swapped:
            start, last = last, start
        return self._span(begin, end, Period(start, last), is_range=True, swapped=swapped)

    def _span(
        self, begin: int, end: int, period: Period, *, is_range: bool, swapped: bool = False
    ) -> DateSpan:
        end_place = self.tokens[end - 1][2]
        return DateSpan(period, self.tokens[begin][1], end_place, is_range, swapped)

    # ---- single dates --------------------------------------------------------------------

    def _point(self, index: int) -> _Point | None:
        """Read one date, or return None."""
        if index >= len(self.tokens):
            return None
        word = self.tokens[index][0]
        if word.isdecimal():
            return self._from_number(index)
        if word in self._words.months:
            return self._from_month(index)
        if word in self._words.seasons:
            return self._from_season(index)
        quarter = re.fullmatch(r"q", word)
        if quarter and self._number(index + 1, 1, 4) and self._touches(index + 1):
            after = self._skip(index + 2, "/,-")
            year = self._year(after)
            if year:
                month = 3 * int(self.tokens[index + 1][0]) - 2
                return _Point(year, month, after + 1, quarter=True)
        return None

    def _from_number(self, index: int) -> _Point | None:
        word = self.tokens[index][0]
        year = self._year(index)
        if year:
            return self._from_year(index, year)
        if len(word) > 2 or not int(word):
            return None
        return self._from_day_and_name(index) or self._from_figures(index)

    def _from_year(self, index: int, year: int) -> _Point:
        """Read what may stand behind a year: "-03", "/03/01", ".3", " March", "Q3", "年3月"."""
        after = index + 1
        mark = self._at(after)
        if mark == "年":
            month = self._number(after + 1, 1, 12)
            if month:
                return _Point(year, month, after + (3 if self._at(after + 2) == "月" else 2))
            return _Point(year, None, after + 1)
        if mark in {"-", "/", ".", "‐", "‑"} and self._touches(after) and self._touches(after + 1):
            month = self._number(after + 1, 1, 12)
            figures = self._at(after + 1)
            following = self._at(after + 2)
            joined = following in {"-", "/", "."} and self._touches(after + 2)
            if month and joined and following == mark and self._number(after + 3, 1, 31):
                return _Point(year, month, after + 4)
            # "2022/10-2024/07": what follows the dash is the other end, no day.
            goes_on = joined and (self._at(after + 3) or "x")[0].isdecimal()
            if month and (not goes_on or self._year(after + 3)):
                if len(figures) == 2:
                    return _Point(year, month, after + 2)
                if mark == ".":
                    return _Point(year, month, after + 2, weak=True)
        named = self._words.months.get(mark)
        if named and not self._year(self._skip(after + 1, ".,")) and not self._touches(after):
            return _Point(year, named, self._skip(after + 1, "."))
        quarter = self._number(after + 1, 1, 4) if mark == "q" else None
        if quarter and self._touches(after + 1):
            return _Point(year, 3 * quarter - 2, after + 2, quarter=True)
        return _Point(year, None, index + 1)

    def _from_month(self, index: int) -> _Point | None:
        month = self._words.months[self.tokens[index][0]]
        after = self._skip(index + 1, ".")
        day = self._number(after, 1, 31)
        if day:
            behind = after + 1
            if self._at(behind) in _ORDINALS and self._touches(behind):
                behind += 1
            year = self._year(self._skip(behind, ","))
            if year:
                return _Point(year, month, self._skip(behind, ",") + 1)
        after = self._skip(after, ",/-–—‐‑") if self._year(self._skip(after, ",/-–—‐‑")) else after
        if self._at(after) in _OF:
            after += 1
        return self._with_year(after, month)

    def _with_year(self, after: int, month: int | None) -> _Point | None:
        year = self._year(after)
        if year:
            return _Point(year, month, after + 1)
        if self._at(after) in _SHORT_YEAR_MARKS:
            figures = self._at(after + 1)
            if len(figures) == 2 and figures.isdecimal():
                return _Point(_full_year(figures), month, after + 2)
        figures = self._at(after + 1)
        hyphen = self._at(after) in {"-", "‐", "‑", "/"} and self._touches(after)
        if hyphen and len(figures) == 2 and figures.isdecimal() and self._touches(after + 1):
            return _Point(_full_year(figures), month, after + 2, weak=int(figures) <= 31)
        return None

    def _from_season(self, index: int) -> _Point | None:
        after = self._skip(index + 1, ".,")
        if self._at(after) in _OF:
            after += 1
        found = self._with_year(after, None)
        if found and found.next < len(self.tokens) and self._at(found.next) == "/":
            short = self._at(found.next + 1)  # "Winter 2019/20"
            if len(short) in {2, 4} and short.isdecimal() and not self._is_dash(found.next + 2):
                return _Point(found.year, None, found.next + 2)
        return found

    def _from_day_and_name(self, index: int) -> _Point | None:
        """Read "8th August 2017", "1. März 2020", "1er mai 2019", "3 de enero de 2020"."""
        if not self._number(index, 1, 31):
            return None
        after = index + 1
        end = self.tokens[index][2]
        if index and "\t" in self.text[end : end + 2]:  # "Nurse Manager 2 <tab> Nov 2021"
            return None
        if self._at(after) in _ORDINALS or self._at(after) == ".":
            after += 1
        if self._at(after) in _OF or self._at(after) == "-":
            after += 1
        month = self._words.months.get(self._at(after))
        if not month:
            return None
        after = self._skip(after + 1, ".,-")
        if self._at(after) in _OF:
            after += 1
        return self._with_year(after, month)

    def _from_figures(self, index: int) -> _Point | None:
        """Read "03/2021", "1.9.2018", "05/31/2022" and, beside another date, "03/21"."""
        first = int(self.tokens[index][0])
        mark = self._at(index + 1)
        if mark not in {"/", ".", "-", "‐", "‑", "–"}:
            return None
        year = self._year(index + 2)
        if year and first <= 12 and (mark != "–" or self._touches(index + 1)):
            return _Point(year, first, index + 3)
        if not (self._touches(index + 1) and self._touches(index + 2)):
            return None
        second = self._number(index + 2, 1, 31)
        if second and self._at(index + 3) == mark:
            year = self._year(index + 4)
            if year and min(first, second) <= 12 and first <= 31:
                default = (first, second)
                return _Point(year, None, index + 5, pair=default)
        figures = self._at(index + 2)
        if 1 <= first <= 12 and len(figures) == 2 and figures.isdecimal() and mark in "/.-":
            return _Point(_full_year(figures), first, index + 3, weak=True)
        return None

    def _bare_month(self, index: int) -> _Point | None:
        """Read the "Jun" of "Jun – Aug 2019": the year stands after the second month only."""
        month = self._words.months.get(self._at(index))
        if not month or self._point(index):
            return None
        after = self._skip(index + 1, ".")
        to = self._to(after)
        second = self._point(after + to) if to else None
        return _Point(0, month, after) if second and second.month and not second.weak else None

    def _present_point(self, index: int) -> int | None:
        """Return the index after a word for the present, or None."""
        count = self._phrase(index, "present")
        return index + count if count else None

    def _to(self, index: int) -> int:
        """Return how many tokens part the two ends of a range here; 0 for none."""
        count = 0
        while (self._is_dash(index + count) or self._at(index + count) in _DOTS) and count < 3:
            count += 1
        words = self._phrase(index + count, "to")
        if words and not self._phrase(index + count, "present") > words:
            return count + words
        if not count and self._at(index) == "/":
            return 1
        return count

    def _ends_well(self, index: int) -> bool:
        """Return whether a date may end before this token: "2020" not in "2020x", "2019.5"."""
        if index >= len(self.tokens):
            return True
        word, start, _ = self.tokens[index]
        if start > self.tokens[index - 1][2]:
            return True
        if word[0].isalnum() or word in {"_", "%", "@"}:
            return word in _CJK or ord(word[0]) > 0x2E80
        following = self._at(index + 1)
        touching = index + 1 < len(self.tokens) and self._touches(index + 1)
        return not (word in "/.-:'’" and touching and following[:1].isdecimal()) and not (
            word in "/-.@" and touching and following[:1].isalpha()
        )

    # ---- tokens --------------------------------------------------------------------------

    def _at(self, index: int) -> str:
        return self.tokens[index][0] if 0 <= index < len(self.tokens) else ""

    def _is_dash(self, index: int) -> bool:
        return self._at(index) in DASHES

    def _is_glued(self, index: int) -> bool:
        return self._touches(index) and self._touches(index + 1)

    def _touches(self, index: int) -> bool:
        """Return whether no space stands before this token."""
        if index >= len(self.tokens):
            return False
        return self.tokens[index][1] == self.tokens[index - 1][2]

    def _skip(self, index: int, marks: str) -> int:
        mark = self._at(index)
        return index + 1 if mark and mark in marks else index

    def _number(self, index: int, low: int, high: int) -> int | None:
        word = self._at(index)
        if not word.isdecimal() or len(word) > 2:
            return None
        return int(word) if low <= int(word) <= high else None

    def _year(self, index: int) -> int | None:
        word = self._at(index)
        return (
            int(word) if len(word) == 4 and word.isdecimal() and word[:2] in {"19", "20"} else None
        )

    def _phrase(self, index: int, kind: str) -> int:
        """Return how many tokens from here are one of the phrases of a kind; 0 if none is."""
        phrases = self._words.phrases[kind]
        best = 0
        for count in range(1, 5):
            if index + count > len(self.tokens):
                break
            words = tuple(
                word.replace("’", "'") for word, _, _ in self.tokens[index : index + count]
            )
            if words in phrases:
                best = count
        return best


@dataclass(frozen=True, slots=True)
class _Words:
    months: dict[str, int]
    seasons: frozenset[str]
    phrases: dict[str, frozenset[tuple[str, ...]]]


@cache
def _words() -> _Words:
    table = data_toml("months.toml")
    months = {name: n for n, names in enumerate(table["months"], 1) for name in names}
    kinds = ("present", "to", "from", "since", "expected")
    phrases = {kind: _phrases(table[kind]) for kind in kinds}
    phrases["open"] = _phrases(["onward", "onwards", "on", "and later", "ongoing", "bis heute"])
    return _Words(months, frozenset(table["seasons"]), phrases)


def _phrases(texts: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(m.group() for m in _TOKEN.finditer(text)) for text in texts)


def _full_year(figures: str) -> int:
    number = int(figures)
    return _CENTURY + number if number <= _NEWEST else _CENTURY - 100 + number
