"""The HTML report as text: all that is told is in it, once, and nothing of the input is code."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from base64 import b64encode
from itertools import islice
from pathlib import Path

import pytest
from command_line import refused, run, small_folder, tree
from hostile import ATTACKS, hostile
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement
from strategies import tailored_cvs

import tailor
from tailor.document.output import is_ours_unchanged
from tailor.matching.ask import AskKind, Status
from tailor.pipeline import find_wishes
from tailor.pipeline import tailor as make_application
from tailor.reading.posting.text import parse_posting
from tailor.report.answers import gaps
from tailor.report.explanation import explain
from tailor.report.html import html_report, render_report
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.cleaning import clean_text
from tailor.values.cv import BulletFactory, Cv, Section, SectionKind
from tailor.values.errors import OutputError, PostingError
from tailor.values.posting import Posting, PostingLine

TASK = ("--job", "posting.txt", "--cv", "cv.md", "--out", "out/ada.docx")
# What the template itself is made of: nothing else may come out of any input.
TAGS = set(
    "html head meta title style body a header div h1 h2 h3 h4 p dl dt dd b nav button main "
    "section span ul li code label input footer aside kbd template script details summary "
    "table caption tbody tr th td".split()
)
ATTRIBUTES = set(
    "lang charset http-equiv content name class id href dir role type disabled hidden tabindex "
    "aria-label aria-labelledby aria-hidden aria-pressed aria-controls data-pick data-first "
    "data-asks data-copy data-shown data-shows data-spoken scope".split()
)


def parsed(page: str) -> HtmlElement:
    """Read a page as another program does."""
    return html.document_fromstring(page)


def text_of(element: HtmlElement) -> str:
    """All words in an element."""
    return str(element.text_content())


def by_class(page: HtmlElement, name: str) -> list[HtmlElement]:
    """All elements of a class, outside of what is kept for the panel."""
    return [
        element
        for element in page.find_class(name)
        if not any(above.tag == "template" for above in element.iterancestors())
    ]


def check_is_only_text(page: HtmlElement) -> None:
    """Nothing but the template's own elements and attributes, one script, and links inside."""
    elements = [element for element in page.iter() if isinstance(element.tag, str)]
    assert {element.tag for element in elements} <= TAGS
    assert {name for element in elements for name in element.attrib} <= ATTRIBUTES
    assert [element.tag for element in elements if element.tag in ("script", "style")] == [
        "style",
        "script",
    ]
    ids = [element.attrib["id"] for element in elements if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    for element in elements:
        if "href" in element.attrib:
            assert element.attrib["href"].startswith("#")
            assert element.attrib["href"][1:] in ids
        for name, value in element.attrib.items():
            if name.startswith("data-"):
                assert re.fullmatch(r"[\w., :-]*", value), (name, value)


def check_tells_all(resume: TailoredCv, page: HtmlElement) -> None:
    """Each line, requirement and line of the posting is there once, in its own words, cleaned."""
    told = explain(resume)
    lines = [line for role in told.roles for line in role.lines] + list(told.not_understood)
    shown = {element.attrib["id"]: element for element in by_class(page, "line")}
    assert list(shown) == [f"line-{line.id}" for line in lines]
    for line in lines:
        element = shown[f"line-{line.id}"]
        assert text_of(by_class(element, "text")[0]) == clean_text(line.text)
        assert ("kept" in element.classes) == line.kept
        if line.statement:
            assert element.attrib["data-asks"].split() == [str(n) for n in line.answers]
        if not line.kept:
            assert clean_text(line.reason) in text_of(element)
    asks = {element.attrib["id"]: element for element in by_class(page, "ask")}
    assert len(asks) == len(by_class(page, "ask"))
    assert set(asks) == {f"ask-{asked.number}" for asked in told.requirements}
    for asked in told.requirements:
        element = asks[f"ask-{asked.number}"]
        assert _same(text_of(by_class(element, "words")[0]), asked.text)
        assert (asked.met.value in element.classes) == bool(asked.wanted)
    rest = text_of(page.get_element_by_id("posting"))
    for line_of_posting in told.posting:
        for piece in line_of_posting.pieces:
            assert clean_text(piece.text) in rest
    rows = [row for table in by_class(page, "table") for row in table.iter("tr")]
    assert [text_of(row.find("th")) for row in rows] == [row.text for row in told.skills]
    assert [row.attrib["class"] for row in rows] == [row.status.value for row in told.skills]
    figures = text_of(by_class(page, "figures")[0])
    assert f"{told.answered.required} of {told.answered.required_of}" in figures


def _same(shown: str, text: str) -> bool:
    """A title stands as the posting writes it: in capitals, perhaps."""
    return " ".join(shown.casefold().split()) == " ".join(clean_text(text).casefold().split())


@settings(max_examples=25, deadline=None)
@given(tailored_cvs())
def test_all_is_told_once(drawn: tuple[TailoredCv, int]) -> None:
    """For any CV and posting: every statement, every requirement, the whole posting."""
    page = parsed(render_report(drawn[0]))
    check_tells_all(drawn[0], page)
    check_is_only_text(page)


letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(ATTACKS)


@settings(max_examples=25, deadline=None)
@given(st.lists(letters, min_size=1, max_size=4), letters, letters)
def test_any_text_stays_text(parts: list[str], heading: str, title: str) -> None:
    """Whatever letters a posting and a CV are made of come out as text and nothing else."""
    factory = BulletFactory()
    lines = tuple(factory.make(f"Ran Kubernetes clusters {part} in Python.") for part in parts)
    section = Section(SectionKind.OTHER, heading, bullets=lines)
    cv = Cv(name="Robin Example", sections=(section,), source=f"{heading}/{title}.md")
    posting = Posting(
        (
            PostingLine("What you'll do", 1, is_heading=True),
            *(
                PostingLine(
                    f"Run Kubernetes clusters {part}", number, "What you'll do", False, True
                )
                for number, part in enumerate(parts, 2)
            ),
            PostingLine(heading, 99),
        ),
        title=f"Engineer {title}",
        company=heading,
        place=title,
    )
    resume = tailor.select(tailor.match(cv, posting))
    page = parsed(render_report(resume))
    check_is_only_text(page)
    check_tells_all(resume, page)


def test_attacks_stay_text() -> None:
    """Scripts, handlers, links, braces, comments, escapes and direction marks are shown or cut."""
    resume = hostile()
    report = render_report(resume)
    page = parsed(report)
    check_is_only_text(page)
    check_tells_all(resume, page)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]", report)
    assert "{{ 7 * 7 }}" in text_of(page)


def test_the_policy_names_what_is_inside() -> None:
    """The policy allows the page's own style and script by their hashes, and nothing else."""
    report = html_report(hostile()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', report)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    for tag, name in (("style", "style-src"), ("script", "script-src")):
        block = re.search(rf"<{tag}>(.*?)</{tag}>", report, re.DOTALL)
        assert block
        digest = b64encode(hashlib.sha256(block[1].encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}';" in policy[1]
    assert "unsafe" not in policy[1]


def test_the_same_bytes_and_a_fingerprint(sample_cv: Cv, sample_posting: Posting) -> None:
    """The same input gives the same bytes, which end no line in another way on any system."""
    resume = tailor.select(tailor.match(sample_cv, sample_posting))
    report = html_report(resume)
    assert report == html_report(resume)
    assert b"\r" not in report
    assert re.search(rb"<!-- urn:sha256:[0-9a-f]{64} -->", report[:200])


def test_words_that_count_are_marked_where_they_stand(
    sample_cv: Cv, sample_posting: Posting
) -> None:
    """The words of a skill that a line states are marked in it, with the requirement's number."""
    resume = tailor.select(tailor.match(sample_cv, sample_posting))
    page = parsed(render_report(resume))
    proofs = [
        (str(asked.number), proof)
        for asked in explain(resume).requirements
        for proof in asked.proofs
    ]
    assert proofs
    for number, proof in proofs:
        line = page.get_element_by_id(f"line-{proof.id}")
        marked = " ".join(
            text_of(word)
            for word in line.find_class("word")
            if number in word.attrib["data-asks"].split()
        )
        for ask in proof.asks:
            if ask.kind is AskKind.SKILL and ask.status is Status.STATED and len(ask.text) < 12:
                assert marked


def test_strong_lines_that_found_no_room_are_told(sample_cv: Cv, sample_posting: Posting) -> None:
    """On one page some lines have no room: the best stand in a list, each with what pins it."""
    resume = tailor.select(tailor.match(sample_cv, sample_posting), pages=1)
    page = parsed(render_report(resume))
    listed = page.get_element_by_id("left-out")
    pins = [button.attrib["data-copy"] for button in listed.find_class("copy")]
    assert pins
    for pin in pins:
        wishes = find_wishes(sample_cv, pins=[pin.removeprefix("--pin ")])
        assert len(wishes.pinned) == 1
        assert wishes.pinned <= {dropped.id for dropped in resume.dropped}


def test_what_is_missing_is_listed_first() -> None:
    """What the CV does not answer stands in a list, and is marked in the posting."""
    factory = BulletFactory()
    section = Section(
        SectionKind.OTHER, "Work", bullets=(factory.make("Ran Kubernetes clusters."),)
    )
    asked = "".join(f"- {bread} bread\n" for bread in "Rye Spelt Oat Corn Wheat".split())
    resume = tailor.select(
        tailor.match(
            Cv(name="Robin", sections=(section,)),
            parse_posting(f"Baker\n\nRequirements\n- Kubernetes\n{asked}"),
        )
    )
    page = parsed(render_report(resume))
    missing = [row.text for row in gaps(explain(resume).skills)]
    assert len(missing) >= 5
    listed = page.get_element_by_id("missing")
    assert "Add only what is true" in text_of(listed)
    assert [text_of(next(li.iter("a"))) for li in listed.iter("li")] == missing


def test_real_postings(shared: Path) -> None:
    """Real postings of many fields and a real CV: all is told, and nothing but text comes out."""
    cv = tailor.read_cv(shared / "cvs" / "master_cv.md")
    seen = 0
    with gzip.open(shared / "postings" / "postings.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in islice(rows, 0, None, 600):
            try:
                matched = tailor.match(cv, parse_posting(json.loads(row)["text"]))
            except PostingError:  # asks for nothing that is understood
                continue
            resume = tailor.select(matched)
            page = parsed(render_report(resume))
            check_is_only_text(page)
            check_tells_all(resume, page)
            seen += 1
    assert seen > 5


def test_it_is_written_beside_the_word_file(tmp_path: Path) -> None:
    """``--report`` writes it with the same name, prints its path last, and replaces its own."""
    small = small_folder(tmp_path)
    done = run(*TASK, "--report", cwd=small)
    assert done.returncode == 0, done.stderr
    docx, report = map(Path, done.stdout.splitlines())
    assert (docx.name, report.name) == ("ada.docx", "ada.html")
    assert is_ours_unchanged(small / report)
    again = run(*TASK, "--report", "--json", "--pages", "1", cwd=small)
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["report"] == str(report)
    without = run(*TASK, "--json", cwd=small)
    assert "report" not in json.loads(without.stdout)


def test_an_edited_report_is_kept_and_nothing_is_written(tmp_path: Path) -> None:
    """Where the report was edited neither file is written; with ``--force`` both are."""
    small = small_folder(tmp_path)
    (small / "out").mkdir()
    (small / "out" / "ada.html").write_text("mine", encoding="utf-8")
    before = tree(small)
    result = run(*TASK, "--report", cwd=small)
    refused(result, 5, "ada.html", "--force")
    assert {name for name in tree(small) if not name.startswith("home")} == set(before)
    assert run(*TASK, "--report", "--force", cwd=small).returncode == 0
    assert is_ours_unchanged(small / "out" / "ada.html")
    assert (small / "out" / "ada.docx").is_file()


def test_from_python(tmp_path: Path) -> None:
    """`tailor(..., report=True)` tells its path; a change by hand shows."""
    small = small_folder(tmp_path)
    cv, posting, out = small / "cv.md", small / "posting.txt", small / "out"
    done = make_application(cv, posting, out, report=True)
    assert done.report == done.path.with_suffix(".html")
    assert done.report in done.files
    content = done.report.read_text(encoding="utf-8")
    done.report.write_text(content.replace("Your CV", "Our CV"), encoding="utf-8", newline="\n")
    with pytest.raises(OutputError, match="was edited"):
        make_application(cv, posting, out, report=True)
