"""Saved pages of postings: their data first, else their main part without what is around it."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

import pytest
from html_pages import (
    ABOUT,
    DUTIES,
    NEEDS,
    PAGES,
    WANTED,
    described,
    items,
    json_ld,
)
from lxml import etree

from tailor.reading.files import Content
from tailor.reading.web.posting import read_html_posting
from tailor.values.errors import PostingError
from tailor.values.posting import Posting

LONG = "Harrow Freight carries parcels between islands, by ferry and by bike. " * 4


def read(html: str) -> Posting:
    """Return the posting of a page."""
    return read_html_posting(Content("page.html", html.encode(), "posting"))


def texts(posting: Posting) -> list[str]:
    """Return the text of each line."""
    return [line.text for line in posting.lines]


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_many_kinds_of_sites(name: str) -> None:
    """Title, company and place are found, every duty is an item, and nothing else comes along."""
    page = PAGES[name]()
    posting = read(page.html)
    assert (posting.title, posting.company, posting.place) == (page.title, page.company, page.place)
    found = [line.text for line in posting.lines if line.is_item]
    assert found == list(WANTED)
    assert ABOUT in texts(posting)
    assert [noise for noise in page.noise if noise in posting.text] == []
    under = {line.text: line.heading for line in posting.lines}
    assert {under[duty] for duty in DUTIES} == {"What you will do"}
    assert {under[need] for need in NEEDS} == {"What you bring"}


def scripts(data: object) -> str:
    """Return a page with `data` as it is, or as JSON."""
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<html><body><script type="application/ld+json">{text}</script></body></html>'


POSTING = {"@type": "JobPosting", "title": "Quay Porter", "description": described()}


@pytest.mark.parametrize(
    "html",
    [
        scripts(POSTING),
        scripts([{"@type": "WebSite"}, POSTING]),
        scripts({"@graph": [{"@type": "Organization"}, POSTING]}),
        scripts({**POSTING, "@type": ["Thing", "https://schema.org/JobPosting"]}),
        scripts({"@type": "WebPage", "mainEntity": POSTING}),
        scripts("{broken") + scripts(POSTING),
        scripts(f"<!-- {json.dumps(POSTING)} -->"),
        scripts(f"//<![CDATA[\n{json.dumps(POSTING)}\n//]]>"),
        scripts(f"/* <![CDATA[ */{json.dumps(POSTING)};/* ]]> */"),
        scripts(json.dumps(POSTING)[:-1] + ",}"),
        scripts(json.dumps(POSTING).replace("<ul>", "\t<ul>\n")),
        scripts({**POSTING, "description": escape(described())}),
        scripts({**POSTING, "description": escape(escape(described()))}),
    ],
)  # fmt: skip
def test_forms_of_json_ld(html: str) -> None:
    """The data are found wherever they stand, with the faults that pages have."""
    posting = read(html)
    assert posting.title == "Quay Porter"
    assert [line.text for line in posting.lines if line.is_item] == list(WANTED)


def address(city: object, region: object = None, country: object = None) -> dict[str, object]:
    """Return a place as data give it."""
    fields = {"addressLocality": city, "addressRegion": region, "addressCountry": country}
    return {"@type": "Place", "address": fields}


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"jobLocation": address("Austin", "TX", "US")}, "Austin, TX"),
        (
            {"jobLocation": [address("Bergen", None, {"name": "Norway"}), {"address": "Oslo"}]},
            "Bergen, Norway; Oslo",
        ),
        ({"jobLocation": address("Berlin", "Berlin", "DE")}, "Berlin, DE"),
        ({"jobLocation": {"name": "Leith quay"}}, "Leith quay"),
        (
            {
                "jobLocation": None,
                "jobLocationType": "TELECOMMUTE",
                "applicantLocationRequirements": {"name": "Norway"},
            },
            "Remote, Norway",
        ),
        ({"jobLocation": 7, "hiringOrganization": ["x"], "skills": {"a": 1}}, ""),
    ],
)
def test_places_of_data(fields: dict[str, object], place: str) -> None:
    """A place is the city with its region, or else its country; odd values are passed over."""
    assert read(json_ld(description=f"<p>{LONG}</p>", **fields)).place == place


def test_further_fields_come_once() -> None:
    """Fields beside the description are added under a heading, unless it has them already."""
    page = json_ld(
        description=f"<p>{LONG}</p>{items(DUTIES)}", responsibilities=items(DUTIES),
        qualifications=list(NEEDS), skills="Python",
    )  # fmt: skip
    posting = read(page)
    assert [line.text for line in posting.lines if line.is_item] == list(DUTIES)
    assert texts(posting)[-6:] == ["Qualifications", *NEEDS, "Skills", "Python"]
    assert posting.lines[-1].heading == "Skills"


def test_plain_text_in_data_keeps_its_lines() -> None:
    """A description may be plain text."""
    lines = "\n".join(f"- {text}" for text in DUTIES)
    posting = read(json_ld(description=f"{ABOUT}\n\nYour duties:\n{lines}\n\nPay & more"))
    assert [line.text for line in posting.lines if line.is_item] == list(DUTIES)
    assert texts(posting)[-1] == "Pay & more"


def test_a_teaser_in_the_data_gives_way_to_the_page() -> None:
    """Where the data have a teaser, or text without its lines, the page itself is read."""
    main = f"<main><h1>Backend Engineer</h1>{described()}</main>"
    for description in ("Join us in Leith!", " ".join([ABOUT, *WANTED, *[ABOUT] * 2])):
        posting = read(f"<html>{json_ld(description=description)}<body>{main}</body></html>")
        assert [line.text for line in posting.lines if line.is_item] == list(WANTED)
        assert posting.place == "Leith, UK"


def test_of_several_postings_the_one_that_the_page_names() -> None:
    """A list of jobs beside the posting does not take its place."""
    other = json_ld(title="Ferry Cook", description=f"<p>Fry fish. {LONG}</p>")
    mine = json_ld(description=described())
    page = f"<html><head><title>Backend Engineer | Harrow</title>{other}{mine}</head></html>"
    assert "Fry fish" not in read(page).text
    assert read(f"<html><body>{other}{mine}").title == "Ferry Cook"


def test_rdfa() -> None:
    """RDFa is read as microdata are."""
    posting = read(
        '<body vocab="http://schema.org/"><div typeof="schema:JobPosting">'
        '<h1 property="schema:title">Ferry Cook</h1><span property="hiringOrganization" '
        'typeof="Organization"><b property="name">Tallow Ltd</b></span>'
        f'<div property="description"><p>{LONG}</p>{items(DUTIES)}</div></div>'
    )
    assert (posting.title, posting.company) == ("Ferry Cook", "Tallow Ltd")
    assert len([line for line in posting.lines if line.is_item]) == 3


def test_rows_of_labels_and_values() -> None:
    """Facts in tables and definition lists are lines of their own, with a colon."""
    posting = read(
        f"<body><h1>Ferry Cook</h1><p>{LONG}</p><table><tr><th>Salary</th><td>£30,000</td></tr>"
        f"<tr><th>Your tasks</th><td>{items(DUTIES)}</td></tr></table><dl><dt>Location:</dt>"
        "<dd>Leith</dd></dl>"
    )
    assert "Salary: £30,000" in texts(posting)
    assert "Location: Leith" in texts(posting)
    assert {line.heading for line in posting.lines if line.is_item} == {"Your tasks"}


def test_headings_in_bold_or_underlined() -> None:
    """A short line all in bold, or underlined, is a heading; a bold sentence is none."""
    posting = read(
        f"<body><h1>Ferry Cook</h1><p>{LONG}</p><p><b>Your tasks</b>:</p>{items(DUTIES)}"
        f"<p><u>Your skills</u></p>{items(NEEDS)}<p><b>We sail daily.</b></p>"
    )
    assert [line.text for line in posting.lines if line.is_heading] == [
        "Ferry Cook", "Your tasks:", "Your skills",
    ]  # fmt: skip


def test_names_from_page_titles() -> None:
    """Page titles name the company beside the job, in a phrase or behind a dash."""
    body = f"<body><p>{LONG.replace('Harrow Freight', 'The firm')}</p>{items(DUTIES)}"
    for title, company in (
        ("Ferry Cook at Tallow Ltd | Jobs", "Tallow Ltd"),
        ("Job Application for Ferry Cook at Tallow Ltd", "Tallow Ltd"),
        ("Tallow Ltd hiring Ferry Cook in Leith, UK | LinkedIn", "Tallow Ltd"),
    ):
        posting = read(f"<html><head><title>{title}</title></head>{body}")
        assert (posting.title, posting.company) == ("Ferry Cook", company)
    page = f"<head><title>Ferry Cook - Tallow - Careers</title></head>{body}<h1>Ferry Cook</h1>"
    assert read(page).company == "Tallow"


def test_words_for_noise_do_not_cost_the_posting() -> None:
    """A page whose main part is called "modal" or "related", or stands in a form, is read whole."""
    for opening in ('<div class="modal sidebar">', '<form id="aspnet">', '<div class="related">'):
        posting = read(f"<body>{opening}<h1>Ferry Cook</h1>{described()}")
        assert [line.text for line in posting.lines if line.is_item] == list(WANTED)


def test_a_list_of_links_under_a_heading_is_kept() -> None:
    """Tools may each be a link; a menu has no heading beside the title."""
    tools = "".join(f'<li><a href="https://{n}.example">{n}</a></li>' for n in ("Go", "Rust", "C"))
    body = f"<h1>Ferry Cook</h1><h2>Our tools</h2><ul>{tools}</ul><p>{LONG}</p><ul>{tools}</ul>"
    found = [line.text for line in read(f"<body><article>{body}").lines if line.is_item]
    assert found == ["Go", "Rust", "C"]


def test_closed_parts_are_kept() -> None:
    """What opens at a click is part of the posting, and the button may be its heading."""
    posting = read(
        '<body><main><h1>Ferry Cook</h1><h2><button aria-expanded="false">Your tasks</button></h2>'
        f"<div hidden>{items(DUTIES)}</div><button>Apply</button></main>"
    )
    assert texts(posting) == ["Ferry Cook", "Your tasks", *DUTIES]


def test_a_page_of_links_alone_is_kept() -> None:
    """If hardly anything would be left, all is kept."""
    links = "".join(f'<p><a href="/{n}">Read about job number {n}</a></p>' for n in range(30))
    assert len(read(f"<body>{links}").lines) == 30


def test_a_shell_without_data_is_refused() -> None:
    """The message tells to paste the text."""
    with pytest.raises(PostingError, match=r"page\.html: .* without JavaScript; copy the text"):
        read('<html><body><div id="root"></div><script src="a.js"></script></body></html>')


def test_frames_are_refused() -> None:
    """A page that shows a board in a frame holds no posting."""
    with pytest.raises(PostingError, match="in a frame"):
        read('<body><h1>Jobs</h1><iframe src="https://b.example">')


def test_the_real_pages_lose_nothing(shared: Path) -> None:
    """The lines of ten saved postings hold every letter that stands in their bodies."""
    counts = {}
    for path in sorted((shared / "postings/raw").glob("*.html")):
        data = path.read_bytes()
        posting = read_html_posting(Content(path.name, data, "posting"))
        body = etree.fromstring(data, etree.HTMLParser(encoding="utf-8")).find("body")
        assert body is not None
        # Marks of lists are left out: numbers, and the letter o.
        kept, whole = (
            "".join(re.findall(r"(?!\bo\b)[^\W\d_]", text))
            for text in (posting.text, "".join(map(str, body.itertext())))
        )
        assert kept == whole
        counts[path.name[:6]] = (len(posting.lines), sum(line.is_item for line in posting.lines))
    assert counts == {
        "001b92": (26, 8), "00321a": (86, 37), "0079c1": (33, 20), "007d9d": (20, 12),
        "0125ea": (18, 9), "014ae4": (18, 6), "0179ea": (40, 23), "018866": (58, 39),
        "01aa3f": (20, 8), "01bd31": (24, 17),
    }  # fmt: skip


def test_the_real_pages(shared: Path) -> None:
    """Titles and places of ten saved postings are found."""
    found = {}
    for path in sorted((shared / "postings/raw").glob("*.html")):
        posting = read_html_posting(Content(path.name, path.read_bytes(), "posting"))
        found[path.name[:6]] = (posting.title, posting.place)
    assert found["001b92"] == ("Data Engineer", "Columbus,Georgia")
    assert found["00321a"] == ("Data Analyst", "St. Louis, MO")
    assert found["0079c1"] == ("Data Scientist", "Newark, CA")
    assert found["007d9d"] == ("Patient Care Assistant / PCA - Med/Surg", "Fayette, AL")
    assert found["0125ea"] == ("Scientific Programmer", "Berkeley, CA")
    assert found["018866"] == ("Data and Reporting Analyst", "Olympia, WA 98501")
    assert found["01bd31"] == ("Data Specialist, Product Support Operations", "Sunnyvale, CA")
    assert [name for name, (title, place) in found.items() if not (title and place)] == []
