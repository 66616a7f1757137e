"""What stands below the heading of a job belongs to it: its dates, a note, its own headings."""

from __future__ import annotations

import re

import pytest

from tailor.reading.cv.sections import Draft, Part, settle
from tailor.reading.cv.structure import build_cv
from tailor.reading.markdown import read_markdown
from tailor.values.cv import Cv, Entry, SectionKind

_TOP = "# Oona Kallio-Brandt\n\noona.kb@example.fi\n\n## Experience\n\n"
_END = "\n## Education\n\n- Rescue diploma, Kuopio Academy, 2008\n"
_NURSE = """\
### Staff nurse, Sandvik Hospital, Askøy

2011 – 2014

- Triage by telephone
- Plaster casts
"""


def _cv(text: str) -> Cv:
    return build_cv(read_markdown(_TOP + text + _END))


def _head(entry: Entry) -> tuple[str, str, str, str]:
    period = entry.period
    start, end = (str(d.year) if d else "" for d in (period.start, period.end))
    return entry.title, entry.organisation, entry.place, f"{start}-{end}"


def _lines(entry: Entry) -> list[str]:
    return [bullet.text.plain for bullet in entry.bullets]


@pytest.mark.parametrize(
    ("dates", "period", "note"),
    [
        (
            "2015 – 2020, nights + one weekend in three",
            "2015-2020",
            "nights + one weekend in three",
        ),
        ("2015 to 2020. Half in training since 2018.", "2015-2020", "Half in training since 2018."),
        ("Jan 2015 -> now      (18 people, two boats)", "2015-", "(18 people, two boats)"),
        ("May 2015 - June 2020 (station closed)", "2015-2020", "(station closed)"),
        (
            "2015 – 2020 (Chief from 2018). Nine staff.",
            "2015-2020",
            "(Chief from 2018). Nine staff.",
        ),
        ("June-Aug 2015, '16, '17", "2015-2017", "June-Aug 2015, '16, '17"),
        ("seasons of 2015 + 2016 (May-Aug)", "2015-2016", "seasons of 2015 + 2016 (May-Aug)"),
    ],
)
def test_what_stands_beside_the_dates_below_a_heading_is_a_note(
    dates: str, period: str, note: str
) -> None:
    """The dates are the job's; it is neither its title nor its employer."""
    head = "### Station officer, Harbour Fire Station, Turku"
    cv = _cv(f"{head}\n\n{dates}\n\n- Drills on quays\n\n{_NURSE}")
    first, second = cv.positions
    assert _head(first) == ("Station officer", "Harbour Fire Station", "Turku", period)
    assert _lines(first) == [note, "Drills on quays"]
    assert _head(second) == ("Staff nurse", "Sandvik Hospital", "Askøy", "2011-2014")


@pytest.mark.parametrize(
    "beside", ["Helsinki", "Harbour Foods Ltd", "Station Officer", "full-time"]
)
def test_a_place_an_employer_or_a_title_beside_dates_is_no_note(beside: str) -> None:
    """What a head has beside its dates stays a part of the head."""
    cv = _cv(
        f"### Harbour Fire Station, Turku\n\n2015 – 2020, {beside}\n\n- Drills on quays\n\n{_NURSE}"
    )
    assert beside not in _lines(cv.positions[0])


def test_headings_within_a_job_and_its_tools_are_its_lines() -> None:
    """They have no dates of their own, and all lines keep their order."""
    cv = _cv(
        "### Ward sister, Haukedal Hospital, Bergen\n\nMarch 2016 to present\n\n"
        "#### Infection control\n\nLed the round.\n\n#### As acting matron\n\n"
        "- Rota\n\nTools used: DIPS, Excel\n\n"
        f"{_NURSE}\nTools used: DIPS, Manchester triage\n"
    )
    sister, nurse = cv.positions
    assert _lines(sister) == [
        "Infection control", "Led the round.", "As acting matron",
        "Rota", "Tools used: DIPS, Excel",
    ]  # fmt: skip
    assert _lines(nurse)[-1] == "Tools used: DIPS, Manchester triage"
    assert not [section for section in cv.sections if section.kind == "skills"]


def test_roles_with_dates_below_an_employer_stay_roles() -> None:
    """Smaller headings with dates are jobs."""
    cv = _cv(
        "### Haukedal Hospital (2010 – 2020)\n\n#### Ward sister\n\n2016 – 2020\n\n- Rota\n\n"
        "#### Staff nurse\n\n2010 – 2016\n\n- Triage\n"
    )
    assert {"Ward sister", "Staff nurse"} <= {entry.title for entry in cv.positions}


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Guide, later Head of Tours, Tairua Road Museum, Hastings",
         ("Guide, later Head of Tours", "Tairua Road Museum", "Hastings")),
        ("Beginning teacher, Omahanui School, Wairoa district",
         ("Beginning teacher", "Omahanui School", "Wairoa district")),
        ("Board operator - Lakehead Summer Theatre, Thunder Bay ON",
         ("Board operator", "Lakehead Summer Theatre", "Thunder Bay ON")),
    ],
)  # fmt: skip
def test_a_word_for_an_organisation_tells_the_employer(
    heading: str, expected: tuple[str, ...]
) -> None:
    """What stands before it is the title, what follows it the place."""
    cv = _cv(f"### {heading}\n\n2015 – 2020\n\n- Drills on quays\n\n{_NURSE}")
    assert _head(cv.positions[0])[:3] == expected


def test_a_label_tells_of_what_stands_before_the_dash() -> None:
    """The client is the employer, and not the title behind it."""
    cv = _cv(
        f"### Client: Dunavska Banka – Senior QA Engineer\n\n2015 – 2020\n\n- Tests\n\n{_NURSE}"
    )
    assert _head(cv.positions[0])[:2] == ("Senior QA Engineer", "Dunavska Banka")


_ODD = (
    "Tech: Xylox, Quarnt, Zebbo", "Zebbo and Quarnt", "Quarnt (Xylox), 2017", "XYLOX QUARNT",
    "Quarnt: see above", "Xylox Ltd", "+ Zebbo", "I like zebbo, and quarnt. Xylox too.",
)  # fmt: skip
_WHOLE = (
    _TOP
    + "### Acme Works\n\n#### Fitter\n\n2015 – 2020\n\n- Drills on quays\n\n#### Client: Bolt\n\n"
    "2010 – 2015, Leeds\n\n- Lathes\n\nTech: steel, brass\n\n#### Client: Nut Ltd – Turner\n\n"
    "2008 – 2010\n\n- Bolts\n" + _END + "\n## Skills\n\nFiling, milling\n"
).split("\n\n")


def _said(cv: Cv) -> str:
    texts = [cv.name, cv.headline, *(contact.text for contact in cv.contacts)]
    for section in cv.sections:
        texts += [section.heading, section.note.plain, *(b.text.plain for b in section.bullets)]
        for entry in section.entries:
            texts += [*entry.titles, entry.organisation, entry.place, *_lines(entry)]
    return " ".join([*texts, *(bullet.text.plain for bullet in cv.unplaced)])


@pytest.mark.parametrize("odd", _ODD)
def test_no_line_is_lost_wherever_it_stands(odd: str) -> None:
    """A line that nobody can place is kept aside at worst."""
    words = set(re.findall(r"[^\W\d_]+", odd))
    for place in range(1, len(_WHOLE) + 1):
        text = "\n\n".join([*_WHOLE[:place], odd, *_WHOLE[place:]])
        found = set(re.findall(r"[^\W\d_]+", _said(build_cv(read_markdown(text)))))
        assert words <= found, f"{odd!r} is lost at {place}"


_ROBIN = "Robin Tess-Kowal\nFitter\nrtk@example.ca"


@pytest.mark.parametrize(
    ("top", "name"),
    [
        ("R O B I N   T E S S - K O W A L\nFitter\nrtk@example.ca", "ROBIN TESS-KOWAL"),
        (f"Hello, the long one is pasted below.\nAsk me for the short page. - R.\n\n{_ROBIN}",
         "Robin Tess-Kowal"),
    ],
)  # fmt: skip
def test_the_name_below_a_remark_or_with_letters_apart(top: str, name: str) -> None:
    """What is said above it is kept aside."""
    cv = build_cv(read_markdown(f"{top}\n\n## Experience\n\n{_NURSE}{_END}"))
    assert (cv.name, cv.headline) == (name, "Fitter")


def test_a_box_at_the_post_is_no_telephone_and_a_slash_parts_two() -> None:
    """The box belongs to the address."""
    top = (
        "# Ann Lee\n\nP.O. Box 0417 – 30200, Kitale, Kenya\nCell: +254 700 000 417 / 0733 000 286\n"
    )
    cv = build_cv(read_markdown(f"{top}\n## Experience\n\n{_NURSE}{_END}"))
    texts = {kind: [c.text for c in cv.contacts if c.kind == kind] for kind in ("phone", "place")}
    assert texts["phone"] == ["+254 700 000 417", "0733 000 286"]
    assert texts["place"] == ["P.O. Box 0417 – 30200, Kitale, Kenya"]


def test_degrees_with_their_english_in_brackets_and_with_marks() -> None:
    """Letters with a full stop end no sentence; marks are no part of the school."""
    degrees = (
        "2012 – 2014   mgr inż. (MSc Eng.), Applied Physics, Nowak Institute Toruń\n\n"
        "2008 – 2012   inż. (BSc Eng.), Physics, Politechnika Wrocławska\n\n"
        "2004 – 2008   Mean Certificate, Chwele Girls High School – 398 marks out of 500\n"
    )
    cv = build_cv(read_markdown(f"{_TOP}{_NURSE}\n## Education\n\n{degrees}"))
    assert [(entry.title, entry.organisation, _lines(entry)) for entry in cv.degrees] == [
        ("mgr inż. (MSc Eng.), Applied Physics", "Nowak Institute Toruń", []),
        ("inż. (BSc Eng.), Physics", "Politechnika Wrocławska", []),
        ("Mean Certificate", "Chwele Girls High School", ["398 marks out of 500"]),
    ]


def test_a_head_without_dates_above_an_employer_of_the_next_role_is_not_lost() -> None:
    """It is no employer of a role that has its own."""
    dated, odd, firm, role = read_markdown(
        "2015 – 2020\n\nTech: Xylox\n\n### Acme\n\n2010 – 2014\n"
    )
    drafts = [Draft([dated], body=[dated]), Draft([odd]), Draft([role], [firm])]
    part = Part(SectionKind.EXPERIENCE, "Work", 1, drafts=drafts)
    settle([part])
    assert odd in part.lines()


def test_a_registration_above_the_first_heading_is_no_position() -> None:
    """Though a date stands in it."""
    line = "Teaching Council registration 284417, full certificate current to March 2028"
    top = f"Ann Lee\n\nann@example.org\n\n{line}\n\n"
    cv = build_cv(read_markdown(f"{top}## Profile\n\nI teach.\n\n## Experience\n\n{_NURSE}{_END}"))
    assert len(cv.positions) == 1
    papers = next(one for one in cv.sections if one.kind is SectionKind.CERTIFICATES)
    assert papers.bullets[0].text.plain.startswith("Teaching Council registration 284417")


def test_a_wrapped_line_that_begins_with_a_plus_goes_on() -> None:
    """A plus sign is a mark of a list only where it begins an item."""
    job = _NURSE + " - turn plots into paperwork: hookups, lists, circuits\n   + addressing plans\n"
    assert _lines(_cv(job).positions[0])[-1].endswith("circuits + addressing plans")
