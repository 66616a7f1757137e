"""Dates and date ranges in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.reading.cv.cells import find_period, locate_period
from tailor.reading.cv.dates import find_dates, read_whole
from tailor.values.cv import Date, Period

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def span(start: tuple[int, ...], end: tuple[int, ...] | None) -> Period:
    """Make a period of (year, month) pairs; without end it goes on."""
    return Period(Date(*start), Date(*end) if end else None, present=end is None)


WHOLE = {
    "Jan 2020 – Present": span((2020, 1), None),
    "January 2020 - current": span((2020, 1), None),
    "JAN 2019 — DEC 2020": span((2019, 1), (2020, 12)),
    "Sept. 2019 to date": span((2019, 9), None),
    "from 2010 to 2012": span((2010,), (2012,)),
    "Jan 2020–Feb 2021": span((2020, 1), (2021, 2)),
    "2019-2021": span((2019,), (2021,)),
    "2019-20": span((2019,), (2020,)),
    "2009–10": span((2009,), (2010,)),
    "01/2020 - 02/2021": span((2020, 1), (2021, 2)),
    "01.2020 – heute": span((2020, 1), None),
    "2020-01 – 2021-03": span((2020, 1), (2021, 3)),
    "2020-01 until now": span((2020, 1), None),
    "Q1 2020 – Q3 2021": span((2020, 1), (2021, 9)),
    "Jun – Aug 2019": span((2019, 6), (2019, 8)),
    "2018 .. 2021": span((2018,), (2021,)),
    "03/2018...05/2021": span((2018, 3), (2021, 5)),
    "[2021 .. now]": span((2021,), None),
    "2019 … 2020": span((2019,), (2020,)),
    "since 2020": span((2020,), None),
    "seit März 2021": span((2021, 3), None),
    "2020 –": span((2020,), None),
    "janvier 2019 à décembre 2020": span((2019, 1), (2020, 12)),
    "août 2018 – aujourd'hui": span((2018, 8), None),
    "enero de 2020 - actualidad": span((2020, 1), None),
    "de janeiro de 2019 até o presente": span((2019, 1), None),
    "present July 2025": span((2025, 7), None),
    "May 2025 Nov 2023": span((2023, 11), (2025, 5)),
    "Nov 2023 May 2025": span((2023, 11), (2025, 5)),
    "July 2025 – May 2020": span((2020, 5), (2025, 7)),
    "(2019 – 2021)": span((2019,), (2021,)),
    "March 2020": Period(end=Date(2020, 3)),
    "2020-01": Period(end=Date(2020, 1)),
    "oct/2019": Period(end=Date(2019, 10)),
    "2020": Period(end=Date(2020)),
    "Jan '20 – Mar '21": span((2020, 1), (2021, 3)),
    "01/20 – 03/21": span((2020, 1), (2021, 3)),
    "01-2020": Period(end=Date(2020, 1)),
    "2019/20": span((2019,), (2020,)),
    "2016–18": span((2016,), (2018,)),
    "2021/03/01": Period(end=Date(2021, 3)),
    "2020.3 – 2021.5": span((2020, 3), (2021, 5)),
    "2021 Mar": Period(end=Date(2021, 3)),
    "2019 → 2021": span((2019,), (2021,)),
    "2019 >> 2021": span((2019,), (2021,)),
    "2019 --> 2021": span((2019,), (2021,)),
    "03.2019 / 05.2021": span((2019, 3), (2021, 5)),
    "Jan 2020 \u2011 Mar 2021": span((2020, 1), (2021, 3)),
    "Jan 2020 \u00ad Mar 2021": span((2020, 1), (2021, 3)),
    "1st July 2016 – TILL DATE": span((2016, 7), None),
    "2020 till now": span((2020,), None),
    "2019 onwards": span((2019,), None),
    "Expected May 2026": Period(end=Date(2026, 5)),
    "Summer 2013": Period(end=Date(2013)),
    "8th August 2017": Period(end=Date(2017, 8)),
    "May 5, 2020": Period(end=Date(2020, 5)),
    "Feb’09": Period(end=Date(2009, 2)),
    "03/01/2021 – 05/31/2022": span((2021, 3), (2022, 5)),
    "between 2019 and 2021": span((2019,), (2021,)),
    "Mar-22 – Till Date": span((2022, 3), None),
    "gennaio 2020 – attuale": span((2020, 1), None),
    "mrt. 2020 – heden": span((2020, 3), None),
    "marts 2020 – maj 2021": span((2020, 3), (2021, 5)),
    "mars 2020 – pågående": span((2020, 3), None),
    "sty 2020 – obecnie": span((2020, 1), None),
    "2020年3月 – 至今": span((2020, 3), None),
    "June 3rd, 2020": Period(end=Date(2020, 6)),
    "3 de enero de 2020": Period(end=Date(2020, 1)),
    "Winter 2019/20": Period(end=Date(2019)),
    "2020 Q3": Period(end=Date(2020, 7)),
    "2022/10-2024/07": span((2022, 10), (2024, 7)),
}


@pytest.mark.parametrize("text", WHOLE)
def test_a_text_of_dates_alone(text: str) -> None:
    """A text that is nothing but dates is read whole, and leaves nothing over."""
    assert find_period(text) == (WHOLE[text], "")


@pytest.mark.parametrize(
    ("text", "rest", "period"),
    [
        ("Jan 2020 – Present | Leeds, UK", "Leeds, UK", span((2020, 1), None)),
        ("Leeds, UK | Jan 2020 – Present", "Leeds, UK", span((2020, 1), None)),
        ("Engineer, Acme (2019 – 2021)", "Engineer, Acme", span((2019,), (2021,))),
        ("Engineer, Acme Jan 2020 – Present", "Engineer, Acme", span((2020, 1), None)),
        ("Engineer, Acme, 2020", "Engineer, Acme", Period(end=Date(2020))),
        ("Aug 2019 Mar 2011\tEngineer", "Engineer", span((2011, 3), (2019, 8))),
        ("2025\tOn salt, Nature", "On salt, Nature", Period(end=Date(2025))),
        ("2025: Best talk", "Best talk", Period(end=Date(2025))),
        ("Ward Manager 2 \tNov 2021 – Present", "Ward Manager 2", span((2021, 11), None)),
    ],
)
def test_dates_at_one_end(text: str, rest: str, period: Period) -> None:
    """A period at the beginning or end is taken off, with the separator."""
    assert find_period(text) == (period, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "'19",
        "Present",
        "May",
        "Windows Server 2019",
        "Proc. ICCS 2020",
        "2020 visions of the future",
        "163, 456–492.",
        "2015, '16 and '17.",
        "Acme, 2016 – 2018, Redmond",
        "PR 20201",
        "Phased out 2019",
        "13/2020x",
    ],
)
def test_what_stays_text(text: str) -> None:
    """Figures inside a sentence, days and names of products are no periods."""
    assert find_period(text) is None


def test_own_cell_and_range_are_told() -> None:
    """Callers can ask for dates that a bar or tab sets apart, or for ranges."""
    barred, comma = locate_period("Talk | 2020"), locate_period("Talk, 2020")
    assert barred
    assert barred.own_cell
    assert not barred.is_range
    assert comma
    assert not comma.own_cell


dates = st.builds(Date, st.integers(1950, 2049), st.none() | st.integers(1, 12))


def written(date: Date, form: str) -> str:
    """Write a date in one of the usual forms."""
    if date.month is None:
        return str(date.year)
    forms = {
        "name": f"{MONTHS[date.month - 1]} {date.year}",
        "slash": f"{date.month:02}/{date.year}",
        "iso": f"{date.year}-{date.month:02}",
    }
    return forms[form]


@given(
    dates,
    dates,
    st.sampled_from(["name", "slash", "iso"]),
    st.sampled_from([" – ", " - ", " to ", " — "]),
)
def test_a_written_range_is_read_back(first: Date, second: Date, form: str, dash: str) -> None:
    """Whatever range is written in a usual form, the same dates are read."""
    year_first = (first.year, first.month or 1) <= (second.year, second.month or 12)
    start, end = (first, second) if year_first else (second, first)
    text = f"{written(start, form)}{dash}{written(end, form)}"
    assert find_period(text) == (Period(start, end), "")
    assert find_period(f"{text} | Leeds") == (Period(start, end), "Leeds")


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    """No text makes the search fail, and the rest is part of the text."""
    found = find_period(text)
    assert found is None or found[1] in text


@pytest.mark.parametrize("text", [" " * 20_000, "2020 " * 5_000, "Jan " * 5_000, "-" * 20_000])
def test_long_texts_take_no_time(text: str) -> None:
    """Long runs of one character or word do not make the patterns run away."""
    find_period(text)
    find_period(f"x{text}x")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2009-12", None, Date(2009, 12)),
        ("2009/12", None, Date(2009, 12)),
        ("2009-11 – 2009-12", Date(2009, 11), Date(2009, 12)),
        ("2009-13", Date(2009), Date(2013)),
        ("2009–12", Date(2009), Date(2012)),
        ("2009 - 12", Date(2009), Date(2012)),
        ("1999-03", None, Date(1999, 3)),
        ("1999–03", Date(1999), Date(2003)),
    ],
)
def test_a_month_behind_a_hyphen_is_no_year(text: str, start: Date | None, end: Date) -> None:
    """What can be a month right behind a hyphen is one; behind a dash or blanks it is a year."""
    found = find_period(text)
    assert found is not None
    assert (found[0].start, found[0].end) == (start, end)


def test_an_end_left_open_in_brackets() -> None:
    """Nothing behind the dash but a bracket: it goes on."""
    (found,) = find_dates("Baker, Rye Ltd, Leeds (2019 – )")
    assert found.period == span((2019,), None)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("enero / January 2020 – today", Period(Date(2020, 1), present=True)),
        ("März/March 2015 – mai / May 2018", Period(Date(2015, 3), Date(2018, 5))),
        ("Jan/Feb 2020", Period(Date(2020, 1), Date(2020, 2))),
        ("Term 1 2011 - Term 4 2012", Period(Date(2011), Date(2012))),
        ("Winters 2010/11 – 2012/13", Period(Date(2010), Date(2013))),
        ("2010/11 – 2012/13", Period(Date(2010), Date(2013))),
        ("2010/11 – 2011/12", Period(Date(2010, 11), Date(2011, 12))),
        ("Michaelmas Term 2013 – Trinity Term 2014", Period(Date(2013), Date(2014))),
        ("Ski season 2014/15 – present", Period(Date(2014), present=True)),
        ("Sommersaison 2017 – Wintersaison 2019/20", Period(Date(2017), Date(2019))),
        ("Season 2014", Period(end=Date(2014))),
    ],
)
def test_months_said_twice_and_seasons(text: str, period: Period) -> None:
    """A month in two languages is one; terms and seasons count by their years."""
    found = read_whole(text)
    assert found is not None
    assert found.period == period
