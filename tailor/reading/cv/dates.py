"""Dates and date ranges in text: a small grammar over words and numbers, for ten languages.

A date is a year, perhaps with a month; days are read and left out, since CVs give months. A
season is not made a month. What is not surely a date stays text: "2019" is a date at the end
of a line or behind a separator, and part of a name in "Windows Server 2019".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from tailor.reading.cv.date_forms import (
    ALSO,
    AND,
    CELL_END,
    DASH,
    END,
    ENDS_SENTENCE,
    FORMS_OF_NUMBERS,
    FORMS_OF_WORDS,
    GAP,
    LAST_MONTH,
    MONTHS_OF,
    NAME,
    NAMED,
    NUMBERED,
    ONE_FIGURE,
    QUOTES,
    SEASON,
    SHORT_COLUMNS,
    UNTIL,
    WINTERS,
    WORD_BETWEEN,
    Kind,
    is_season,
    names_of_months,
    phrases_of,
    spaced,
)
from tailor.values.cv import Date, Period

_HAS_YEAR = re.compile(
    r"(?:19|20)\d\d|['’‘`´]\s?\d\d|\d[/.-]\d\d(?!\d)|[^\W\d_]{3,9}\.?[-/ ]\d\d(?!\d)"
)
DASHES = frozenset("-–—−‐‑‒―\u00ad~→➔➜➝⟶»›～〜") | {
    f"{line}{head}" for line in ("", "-", "--", "–", "=", "==") for head in (">", ">>")
}
USUAL = 300  # characters; longer lines are none of an entry's head
_LONGEST = 80  # characters; no period is longer
_CENTURY = 2000
_WORDS_BETWEEN = 6
_NEWEST = 39  # "'39" is 2039, "'40" 1940

_TWO_NAMES = re.compile(r"([^\W\d_]{3,14}\.?)\s{0,9}[/|(–-]\s{0,9}([^\W\d_]{3,14})")
_BARE_MONTH = re.compile(spaced(rf"{NAME}(?: \.)?"), re.IGNORECASE)
# Where a date may begin: not within a number, a name or an address.
_BEGIN = re.compile(
    r"(?<![^\W年月日])(?<![/@#$£€])(?<!(?<!\.)\.)(?<!\d[-.,:])"
    r"(?:\d+|(?<![\w'’])['’‘`´]\d\d(?!\d)|(?<![^\W\d_]['’])[^\W\d_]+(?:['’][^\W\d_]+)*)"
)
# What may not follow a date: "2020" is none in "2020x" and "2019.5".
_GOES_ON = re.compile(
    r"(?<![年月])[^\W\u2e81-\U0010ffff]|[%@]|[/.:'’-](?=\d)|[/.@-](?=[^\W\d_])|\s?BCE?\b"
)
# Dashes and dots between two dates; dots leave none open: "in 2018 ..." goes on.
_DASHES_OR_DOTS = re.compile(rf"(?:\s{{0,9}}(?:{DASH}|\.{{2,3}}|…)){{0,3}}")
# A dash with nothing behind it in its cell: "2024-".
# One right behind the year leaves it open too, "2018– Curator", and so do an arrow and dots.
_OPEN_DASH = re.compile(
    rf"\s{{0,9}}{DASH}(?=\s?\Z|[\t|]|\s?[)\]]|\s\s)|{DASH}(?=\s|[:;,.]\s)"
    rf"|\s{{0,9}}{DASH}\s{{0,3}}(?:…|\.{{3}}|\?)|\s{{1,3}}[→➔➜➝⟶](?=\s\D)"
)
_SLASH = re.compile(r"\s{0,9}/")
_IN = re.compile(rf"(?:\s{{0,9}}(?::|(?:in|the|the end of){END}))?", re.IGNORECASE)
_TWO_FIGURES = re.compile(r"\s?(\d\d)(?!\d)(?!\s?(?:h|hrs?|hours?|days?|weeks?|months?|%))")


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
    return bool(_HAS_YEAR.search(text)) and not ENDS_SENTENCE.fullmatch(text)


def find_dates(text: str) -> tuple[DateSpan, ...]:
    """Return all periods and single dates in `text`, from left to right."""
    if not has_year(text):
        return ()
    return _find_again(text) if len(text) <= USUAL else tuple(_scan(text))


def read_whole(text: str) -> DateSpan | None:
    """Read a text that is nothing but a period: here no dash is needed, nor a second end."""
    bare = text.strip().strip("()[]{}*_").strip(" \t\u00a0,;:.")
    if len(bare) > _LONGEST or not has_year(bare):
        return None
    return _Reader(bare).whole()


def _scan(text: str) -> Iterator[DateSpan]:
    """Yield the periods of a text; each begins where the one before it ended, or later."""
    reader = _Reader(text)
    begin = _BEGIN.search(text)
    while begin:
        found = reader.several(begin.start())
        if found:
            yield found
        begin = _BEGIN.search(text, found.end if found else begin.end())


_find_again = lru_cache(maxsize=1024)(lambda text: tuple(_scan(text)))


@dataclass(frozen=True, slots=True)
class _Point:
    """A date as it is written: two numbers before the year may be day and month or the reverse."""

    year: int  # 0 where it stands behind the other end of the range
    month: int | None
    end: int
    pair: tuple[int, int] | None = None
    weak: bool = False
    quarter: bool = False
    named_year: bool = False  # in four figures

    def date(self, *, month_first: bool | None = None) -> Date:
        """Return the date; `month_first` settles the order where the text leaves it open."""
        if not self.pair:
            return Date(self.year, self.month)
        first, second = self.pair
        month = first if (second > 12 if month_first is None else month_first) else second
        return Date(self.year, month if month <= 12 else None)


class _Reader:
    """Reads one text from any place in it; places are behind what was read last."""

    def __init__(self, text: str) -> None:
        self.text = text

    def whole(self) -> DateSpan | None:
        """Read all of the text as one period."""
        found = self.several(0)
        if found and found.end == len(self.text):
            return found
        first = self._point(0)
        after = first.end if first else self._behind("present", 0)
        second = self._point(after) if after else None
        end = second.end if second else self._behind("present", after)
        known = first or second
        if not after or end != len(self.text) or not known:
            return None
        if first and second:
            return _span(0, first, second)
        return DateSpan(Period(known.date(), present=True), 0, end, is_range=True)

    def several(self, begin: int) -> DateSpan | None:
        """Read a period, or a list of them as the one they are within: "2016, 2017 and 2019"."""
        found = self.period(begin)
        while found and (joint := AND.match(self.text, found.end)):
            after = self._also(found, joint.end()) or self.period(joint.end())
            longer = _joined(found, after) if after else None
            if not longer:
                break
            found = longer
        return found

    def _also(self, found: DateSpan, place: int) -> DateSpan | None:
        """Read the "23" of "2022, 23"."""
        match, last = ALSO.match(self.text, place), found.period.end
        if not match or not last or last.month:
            return None
        year = Date(last.year // 100 * 100 + int(match[1]))
        return DateSpan(Period(end=year), place, match.end(), is_range=False)

    def period(self, begin: int) -> DateSpan | None:
        """Read the period that begins at a place: a range, an open one, or a single date."""
        if not begin and NUMBERED.match(self.text):
            return None
        since, expected = self._behind("since", begin), self._behind("expected", begin)
        lead = max(since, expected, self._behind("from", begin))
        at = self._behind_form(_IN, lead) if lead else begin
        told = self._winters(begin, at) or self._months_of(begin, at)
        if told:
            return told
        first = self._bare_month(at) or self._point(at)
        if first is None:
            return self._from_present(begin, at)
        found = self._range(begin, first)
        if found and self._is_open_winter(first, found, since=bool(since)):
            first = replace(first, end=found.end)
        elif found or first.year == 0:
            return found
        end = first.end if since else self._behind("open", first.end)
        end = end or self._behind_form(_OPEN_DASH, first.end)
        if end:
            return DateSpan(Period(first.date(), present=True), begin, end, is_range=True)
        if first.weak or _GOES_ON.match(self.text, first.end):
            return None
        if self.text[at] in QUOTES and not self._is_short_year(at, first.end):
            return None
        start = begin if lead == expected else self._skip(at)  # "from 2020" alone is "2020"
        return DateSpan(Period(end=first.date()), start, first.end, is_range=False)

    def _is_short_year(self, start: int, end: int) -> bool:
        """Return whether "'09" is a date by itself: neither the whole text nor as in "'09 cars"."""
        return bool(self.text[:start].strip()) and not NAMED.match(self.text, end)

    def _winters(self, begin: int, at: int) -> DateSpan | None:
        """Read "Winters 2010/11 – 2012/13"; without a name no end may be a month, as in 2010/11."""
        match = WINTERS.match(self.text, self._skip(at))
        if not match or (match["name"] and not is_season(match)):
            return None
        first, last = int(match["from"]), int(match["to"])
        ends = int(match["a"]), int(match["b"])
        follow = ends == ((first + 1) % 100, (last + 1) % 100) and first < last
        if not follow or not (match["name"] or max(ends) > 12):
            return None
        return DateSpan(Period(Date(first), Date(last + 1)), begin, match.end(), is_range=True)

    def _months_of(self, begin: int, at: int) -> DateSpan | None:
        """Read "2012 (Jan – Aug)", "1-7/2013" or "May to October, 2012 – 2016"."""
        for form in MONTHS_OF:
            match = form.match(self.text, self._skip(at))
            if not match:
                continue
            names = (match["first"].casefold(), match["last"].casefold())
            first, last = (int(n) if n.isdecimal() else names_of_months()[0].get(n) for n in names)
            year = int(match["year"])
            end = int(match.groupdict().get("to") or year)
            if first and last and (year, first) < (end, last):
                period = Period(Date(year, first), Date(end, last))
                return DateSpan(period, begin, match.end(), is_range=True)
        return None

    def _is_open_winter(self, first: _Point, found: DateSpan, *, since: bool) -> bool:
        """Return whether "2018/19" only begins what goes on: "since 2018/19", "2018/19 →"."""
        last = found.period.end
        if not last or first.month or last.year != first.year + 1 or found.end - first.end > 3:
            return False
        return since or bool(self._behind_form(_OPEN_DASH, found.end))

    def _from_present(self, begin: int, at: int) -> DateSpan | None:
        """Read "Present – Jan 2020": the end stands first."""
        after = self._behind("present", at)
        to = self._to(after) if after else 0
        second = self._point(to) if to else None
        if second is None or _GOES_ON.match(self.text, second.end):
            return None
        return DateSpan(Period(second.date(), present=True), begin, second.end, is_range=True)

    def _range(self, begin: int, first: _Point) -> DateSpan | None:
        end = self._behind("till_present", first.end)
        to = self._to(first.end)
        if to and not end:
            end = self._behind("present", to)
        if end and first.year:
            return DateSpan(Period(first.date(), present=True), begin, end, is_range=True)
        second = (self._point(to) or self._short_end(first, to)) if to else None
        second = second or self._until(first.end) or (self._month_after(first, to) if to else None)
        if second is None and not to:
            return self._in_columns(begin, first)
        if second is None or _GOES_ON.match(self.text, second.end):
            return None
        parted = self.text[first.end : self._skip(to)]
        one_month = bool(first.month or first.pair) and not (second.month or second.pair)
        if parted.strip() == "/" and one_month:
            return None
        of_years = first.named_year and second.named_year and first.month and second.month
        one_is = first.weak != second.weak and not of_years
        if one_is and (first.weak or parted == parted.strip()):
            return None
        found = _span(begin, first, second)
        return None if found.swapped and second.weak and not first.weak else found

    def _until(self, place: int) -> _Point | None:
        """Read the date in "until it closed in 2008"."""
        word = UNTIL.match(self.text, place)
        for _ in range(_WORDS_BETWEEN if word else 0):
            word = WORD_BETWEEN.match(self.text, word.end()) if word else None
            point = self._point(word.end()) if word else None
            if point:
                return None if point.weak else point
        return None

    def _month_after(self, first: _Point, place: int) -> _Point | None:
        """Read the "March" of "Aug 2023 – March": it is the first one behind the other end."""
        match = LAST_MONTH.match(self.text, place)
        month = names_of_months()[0].get(match["name"].casefold()) if match else None
        if not match or not month or not first.month or first.weak or not first.year:
            return None
        year = first.year + (month <= first.month)
        return _Point(year, month, match.end("name"))

    def _in_columns(self, begin: int, first: _Point) -> DateSpan | None:
        """Read two dates in columns of their own: "01/16    12/24", "2018 <tab> now"."""
        gap = GAP.match(self.text, first.end) if first.year else None
        if not gap:
            return None
        end = self._behind("present", gap.end())
        if end and not first.weak and CELL_END.match(self.text, end):
            return DateSpan(Period(first.date(), present=True), begin, end, is_range=True)
        second = self._point(gap.end())
        behind = CELL_END.match(self.text, second.end) if second else None
        if not second or not behind or first.weak != second.weak or self._point(behind.end()):
            return None
        found = _span(begin, first, second)
        start, last = found.period.start, found.period.end
        short = first.weak and not first.pair  # "01/16    12/24", but not "9/10    10/10"
        alone = found.swapped or not (start and last and start < last)
        alone = alone or (short and not SHORT_COLUMNS.fullmatch(self.text, begin, second.end))
        return None if alone else found

    def _to(self, place: int) -> int:
        """Return the place behind what parts the two ends of a range here; 0 if nothing does."""
        end = self._behind_form(_DASHES_OR_DOTS, place)
        word = self._behind("to", end)
        if word and self._behind("present", end) <= word:
            return word + self.text.startswith(":", word)  # "From: 03/2015  To: 06/2017"
        return end if end > place else self._behind_form(_SLASH, place)

    def _short_end(self, first: _Point, place: int) -> _Point | None:
        """Read the "20" of "2019-20" and "2019/20", where it cannot be a month of that year."""
        match = _TWO_FIGURES.match(self.text, place)
        if first.month or first.pair or first.weak:
            return None
        one = ONE_FIGURE.match(self.text, first.end)
        if one and int(one[1]) > first.year % 10:
            return _Point(first.year // 10 * 10 + int(one[1]), None, one.end())
        if not match:
            return None
        year = first.year // 100 * 100 + int(match[1])
        year += 100 if year < first.year and first.year % 100 == 99 else 0
        later = first.year < year <= _CENTURY + _NEWEST
        return _Point(year, None, match.end()) if later else None

    def _bare_month(self, place: int) -> _Point | None:
        """Read the "Jun" of "Jun – Aug 2019": the year stands after the second month only."""
        match = _BARE_MONTH.match(self.text, self._skip(place))
        month = names_of_months()[0].get(match["name"].casefold()) if match else None
        if not match or not month or self._point(place):
            return None
        to = self._to(match.end())
        second = self._point(to) if to else None
        return (
            _Point(0, month, match.end()) if second and second.month and not second.weak else None
        )

    def _point(self, place: int) -> _Point | None:
        """Read one date."""
        start, months = self._behind_month_said_again(self._skip(place)), names_of_months()[0]
        is_number = self.text[start : start + 1].isdecimal()
        for form in FORMS_OF_NUMBERS if is_number else FORMS_OF_WORDS:
            match = form.match(self.text, start)
            if match and (point := _point_of(match, months)):
                return point
        match = SEASON.match(self.text, start)
        if match and is_season(match):
            return _point_of(match, {match["name"].casefold(): None})
        return None

    def _behind_month_said_again(self, start: int) -> int:
        """Return the place behind the "enero /" of "enero / January 2020", else the same place."""
        match = _TWO_NAMES.match(self.text, start)
        names = [match[n].casefold().rstrip(".") for n in (1, 2)] if match else []
        months = names_of_months()[0]
        alike = match and names[0] in months and months[names[0]] == months.get(names[1])
        return match.start(2) if match and alike else start

    def _skip(self, place: int) -> int:
        return len(self.text) - len(self.text[place:].lstrip())

    def _behind_form(self, form: re.Pattern[str], place: int) -> int:
        match = form.match(self.text, place)
        return match.end() if match else 0

    def _behind(self, kind: Kind, place: int) -> int:
        """Return the place behind the longest phrase of a kind that stands here; 0 for none."""
        return self._behind_form(phrases_of()[kind], place)


def _point_of(match: re.Match[str], months: Mapping[str, int | None]) -> _Point | None:
    """Return the date that a form found, None where its name is none of `months`."""
    found = match.groupdict()
    name = (found.get("name") or "").casefold()
    if name and name not in months:
        return None
    two = found.get("two") or found.get("doubtful") or found.get("faint")
    year = int(found.get("year") or 0) or _full_year(two or "")
    weak = (
        bool(found.get("weak") or found.get("faint")) or 0 < int(found.get("doubtful") or 0) <= 31
    )
    if found.get("a"):
        pair = int(found["a"]), int(found["b"])
        return _Point(year, None, match.end(), pair, weak) if min(pair) <= 12 else None
    if found.get("quarter"):
        return _Point(year, 3 * int(found["quarter"]) - 2, match.end(), quarter=True)
    month = months[name] if name else int(found.get("month") or found.get("weak") or 0) or None
    return _Point(year, month, match.end(), weak=weak, named_year=bool(found.get("year")))


def _span(begin: int, first: _Point, second: _Point) -> DateSpan:
    """Return the range from one date to another, in order."""
    if first.year == 0:  # "Jun – Aug 2019"
        first = replace(first, year=second.year)
    pairs = [point.pair for point in (first, second) if point.pair]
    month_first = True if any(b > 12 for _, b in pairs) else None
    month_first = False if any(a > 12 for a, _ in pairs) else month_first
    start, last = first.date(month_first=month_first), second.date(month_first=month_first)
    if second.quarter and last.month:
        last = Date(last.year, last.month + 2)
    swapped = (last.year, last.month or 12) < (start.year, start.month or 1)
    period = Period(last, start) if swapped else Period(start, last)
    return DateSpan(period, begin, second.end, is_range=True, swapped=swapped)


def _joined(one: DateSpan, other: DateSpan) -> DateSpan | None:
    """Return the period of two that follow each other in a list, None where they do not."""
    ends = [(span.period.start or span.period.end, span.period.end) for span in (one, other)]
    (first, last), (begin, end) = ends
    if not first or not begin or one.period.present:
        return None
    later = bool(last and (last.year, last.month or 0) < (begin.year, begin.month or 13))
    period = Period(first, end, other.period.present)
    if not later or (period.present and not other.is_range):
        return None
    return DateSpan(period, one.start, other.end, is_range=True)


def _full_year(figures: str) -> int:
    number = int(figures)
    return _CENTURY + number if number <= _NEWEST else _CENTURY - 100 + number
