"""Dates as people write them who never read how to: by kind, alone and in the head of an entry."""

from __future__ import annotations

import pytest

from tailor.reading.cv.dates import find_dates
from tailor.reading.cv.head_dates import dates_of_head
from tailor.reading.cv.letter import with_plain_years
from tailor.reading.lines import Line, LineKind
from tailor.values.cv import Date, Period, RichText

Ends = tuple[int, ...]


def span(start: Ends, end: Ends | None) -> Period:
    """Make a period of (year, month) pairs; without end it goes on."""
    return Period(Date(*start), Date(*end) if end else None, present=end is None)


RANGES = {
    # years of two figures
    "'13–'17 Groom at Ashlea Stud": span((2013,), (2017,)),
    "Potter, '08 to '11": span((2008,), (2011,)),
    "'22– Head lad": span((2022,), None),
    "Rigger, '97-2003": span((1997,), (2003,)),
    "Jan 03 - Nov 04   Registrar": span((2003, 1), (2004, 11)),
    "Mill Lane Motors Mar 21 to now fitter": span((2021, 3), None),
    "mate (since Oct 19)": span((2019, 10), None),
    "2015 - Jun 19 roofer": span((2015,), (2019, 6)),
    "Porter, Elm House. 2004-9.": span((2004,), (2009,)),
    # open, with more behind it
    "2014 → self-employed glazier": span((2014,), None),
    "2017– Keeper of coins": span((2017,), None),
    "2012–: organist": span((2012,), None),
    "2020.06 – … Analyst": span((2020, 6), None),
    "2017/18 →": span((2017,), None),
    "since the 2014/15 season": span((2014,), None),
    "March 4, 2018 – Continuing": span((2018, 3), None),
    "ht 2016 och framåt": span((2016,), None),
    "da marzo 2020": span((2020, 3), None),
    # lists
    "Steward (2016, 2018, 2021)": span((2016,), (2021,)),
    "summers of 2011, 2012 and 2014": span((2011,), (2014,)),
    "fairs 2021, 22, 23": span((2021,), (2023,)),
    "2005–06, 2009": span((2005,), (2009,)),
    "05/2013 – 09/2013, 05/2014 – 10/2014": span((2013, 5), (2014, 10)),
    "marzo 2011, marzo 2014": span((2011, 3), (2014, 3)),
    # two columns, dots
    "Silver Darling   mate   02/12    11/16": span((2012, 2), (2016, 11)),
    "Hillside High\t03/2011\t07/2012\tcover": span((2011, 3), (2012, 7)),
    "1.4.86\t31.8.92\tClerk": span((1986, 4), (1992, 8)),
    "1.2.15\t-\tSelf": span((2015, 2), None),
    "Smallholding\t2021\tnow": span((2021,), None),
    "Elm College.........2003-2009.........TA": span((2003,), (2009,)),
    "From: 05/2011    To: 08/2016    Hours: 40": span((2011, 5), (2016, 8)),
    # months
    "2011/5 - 2015/2": span((2011, 5), (2015, 2)),
    "2020/1 - 2021/11": span((2020, 1), (2021, 11)),
    "2013 (Feb - Sep):": span((2013, 2), (2013, 9)),
    "3-8/2014": span((2014, 3), (2014, 8)),
    "April to September, 2011 – 2015": span((2011, 4), (2015, 9)),
    "Sept '22 - April": span((2022, 9), (2023, 4)),
    "II/2008 – IV/2012": span((2008,), (2012,)),
    # words
    "2003 until the yard went bust in Oct. 2009": span((2003,), (2009, 10)),
    "WS 1988 – SS 1993": span((1988,), (1993,)),
    "2015 to Easter 2018": span((2015,), (2018,)),
}


@pytest.mark.parametrize(("text", "period"), RANGES.items())
def test_periods_of_every_kind(text: str, period: Period) -> None:
    """Each is one range, wherever it stands."""
    assert [(one.period, one.is_range) for one in find_dates(text)] == [(period, True)]


@pytest.mark.parametrize(
    "text",
    [
        "the '80s",
        "marks 9/10   10/10",
        "open 24/7",
        "220 ewes",
        "Ward 14",
        "wrote for 12 - 16 papers",
        "May 12",
        "tel 087 555 0199",
        "goblets of 1900 BC",
        "2011 -- 5.43",
        "2016, 30 staff",
        "2021 - 30 hours a week",
        "2022-       48 credits",
        "Harbour fest, May 12 – May 14, 2017",
    ],
)
def test_figures_are_no_ends_of_periods(text: str) -> None:
    """Hours, marks, days and numbers of things make no period of several years."""
    assert not any(one.period.start and one.period.end for one in find_dates(text))


def head(*texts: str, numbers: tuple[int, ...] = ()) -> list[Line]:
    """Return the lines of a head."""
    places = numbers or tuple(range(1, len(texts) + 1))
    return [
        Line(LineKind.PARAGRAPH, 0, RichText.of(text), place)
        for place, text in zip(places, texts, strict=True)
    ]


HEADS = {
    ("04/2009 - heute   Schlosser (seit 2015)", "Kranbau Ost"): span((2009, 4), None),
    ("Weaver (May 2011–Oct. 2018; leave Jan.–Dec. 2015)",): span((2011, 5), (2018, 10)),
    ("Elm Trust, 2008 to present", "Warden, 2012 – 2015"): span((2012,), (2015,)),
    ("From      03/2014", "To        09/2019"): span((2014, 3), (2019, 9)),
    ("Start date: 2018", "End date: present"): span((2018,), None),
    ("4. 2012-2015", "Role: warden"): span((2012,), (2015,)),
    ("1979\t1984\tSt Brigid's School",): span((1979,), (1984,)),
    ("2012\t-\tParish hall\tcaretaker",): span((2012,), None),
    (f"I kept the bees at Elm Hall from 2009 until 2015. {'We had many hives. ' * 20}",): span(
        (2009,), (2015,)
    ),
}


@pytest.mark.parametrize(("texts", "period"), HEADS.items())
def test_an_entry_has_its_own_period(texts: tuple[str, ...], period: Period) -> None:
    """The first range of the last line that has one, of labelled lines both together."""
    _, own = dates_of_head(head(*texts), education=False)
    assert own
    assert own[0][1].period == period


def test_a_role_far_below_its_employer_has_its_own_year() -> None:
    """The employer's line has the whole time, and stands above other roles too."""
    lines = head("Relief Abroad (2010–2018)", "Chad, 2014 — clerk", numbers=(4, 9))
    _, own = dates_of_head(lines, education=False)
    assert [one.period for _, one in own] == [Period(end=Date(2014))]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("B.Sc. from Elm College in 2015 with honours", 2015),
        ("Diploma 2009 Cork Technical School", 2009),
        ("A.B. Latin..........Elm College..........2004", 2004),
    ],
)
def test_a_degree_has_its_year(text: str, year: int) -> None:
    """It stands between words, or behind dots."""
    _, own = dates_of_head(head(text), education=True)
    assert [one.period for _, one in own] == [Period(end=Date(year))]


def test_years_at_the_start_of_lines() -> None:
    """2004-09 is no September where the CV writes 2011-16 too."""
    lines = with_plain_years(head("2004-09    Corporal", "2011-16    Sergeant"))
    assert [line.plain for line in lines] == ["2004 – 2009    Corporal", "2011-16    Sergeant"]
