"""The same answer for the same thing wherever it is shown: all outputs of 20 applications."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement
from rich.console import Console

import tailor
from tailor.batch.application import make_row
from tailor.batch.index import Lacking, same_thing, write_index
from tailor.batch.state import State
from tailor.batch.values import Choices, PostingItem, Row, Task
from tailor.checking.check import check
from tailor.matching.answered import Met, count_answered, how_met, in_words, wanted_by
from tailor.matching.ask import Importance, Status
from tailor.matching.match import Match
from tailor.reading.posting.text import parse_posting
from tailor.report.answers import MET_SIGNS, beginning, skill_table
from tailor.report.check import print_checked
from tailor.report.data import as_data, checked_data
from tailor.report.html import render_report
from tailor.report.terminal import print_report
from tailor.values.cleaning import clean_text
from tailor.values.errors import PostingError
from tailor.values.resources import data_path, data_text

WIDE = 4_000  # columns, so that no line is broken
CV = data_path("sample_cv.md")


def postings(shared: Path) -> Iterator[str]:
    """The two sample postings, then real ones of many fields."""
    yield data_text("sample_posting_platform.txt")
    yield data_text("sample_posting_data_lead.txt")
    with gzip.open(shared / "postings" / "postings.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in islice(rows, 0, None, 250):
            yield json.loads(row)["text"]


@pytest.fixture(scope="module")
def applications(shared: Path) -> list[tuple[str, Match]]:
    """20 postings, each matched with the sample CV."""
    cv, found = tailor.read_cv(CV), []
    for text in postings(shared):
        try:
            found.append((text, tailor.match(cv, parse_posting(text))))
        except PostingError:  # asks for nothing that is understood
            continue
    return found[:20]


def statuses(match: Match) -> dict[str, str]:
    """The status of each named thing, by its words."""
    return {row.text: row.status.value for row in skill_table(match)}


def printed(show: object, *args: object) -> list[str]:
    """The lines that a function prints on a console."""
    stream = io.StringIO()
    show(Console(file=stream, width=WIDE, highlight=False), *args)  # type: ignore[operator]
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def check_lines(lines: list[str], match: Match) -> None:
    """What is printed has the count, each named thing and each requirement with its sign."""
    assert any(in_words(count_answered(match)) in line for line in lines)
    named = set(statuses(match))
    for row in skill_table(match):
        if row.importance is not Importance.MENTIONED:
            assert any(line.startswith(f"{row.sign} {row.text} ") for line in lines), row
    for requirement in match.requirements:
        wanted = wanted_by(match)[requirement.id]
        provable = [one.text for one in wanted if one.status is not Status.NOT_CHECKABLE]
        if not named.issuperset(map(clean_text, provable)):
            met, text = how_met(wanted), " ".join(requirement.text.split())
            if met is Met.ABSENT:  # a sentence without a line is told in a few words
                few = beginning(text, 6).rstrip("…")
                assert "No line found for" in lines, text
                assert few in " ".join(lines[lines.index("No line found for") :]), text
                continue
            begins = f"{MET_SIGNS[met]} {text} "
            assert any(line.startswith(begins) for line in lines), begins


def check_data(data: object, match: Match) -> None:
    """The data has each ask with its status, each requirement with how far it is met."""
    told = json.loads(json.dumps(data))
    asks = [(ask["text"], ask["status"], tuple(ask["lines"])) for ask in told["asks"]]
    assert asks == [(ask.text, ask.status.value, ask.line_ids) for ask in match.asks]
    met = {r["id"]: r["met"] for r in told["requirements"]}
    assert met == {
        name: how_met(wanted).value if wanted else None for name, wanted in wanted_by(match).items()
    }
    counted = count_answered(match)
    assert told["answered"]["required"] == counted.required
    assert told["answered"]["required_of"] == counted.required_of


def test_all_outputs_of_an_application(applications: list[tuple[str, Match]]) -> None:
    """Terminal, JSON and report page say of each thing what the asks say."""
    assert len(applications) == 20
    for _, match in applications:
        resume = tailor.select(match)
        check_lines(printed(print_report, resume), match)
        check_data(as_data(resume), match)
        page: HtmlElement = html.document_fromstring(render_report(resume))
        rows = {
            head.text_content(): row.attrib["class"]
            for row in page.get_element_by_id("skills").iter("tr")
            for head in row.iter("th")
        }
        assert rows == statuses(match)


def test_check_says_the_same(applications: list[tuple[str, Match]]) -> None:
    """The same CV, checked against the posting, has the same answers."""
    for text, match in applications[:10]:
        checked = check(CV, parse_posting(text))
        assert checked.match is not None
        assert checked.match.asks == match.asks
        check_lines(printed(print_checked, checked), match)
        check_data(checked_data(checked)["answers"], match)


def test_a_batch_says_the_same(applications: list[tuple[str, Match]], tmp_path: Path) -> None:
    """Rows and index have the same counts and gaps, and the gaps over all add up."""
    content, lacking, rows = CV.read_bytes(), {}, []
    with State(tmp_path / ".tailor") as state:
        for number, (text, match) in enumerate(applications):
            task = Task(number, str(CV), PostingItem(f"{number}.txt", text.encode()))
            row, _ = make_row(task, content, Choices(documents=False))
            assert row.answered == count_answered(match)
            gaps = [one for one in skill_table(match) if not one.status.is_had]
            assert [gap.text for gap in row.gaps] == [one.text for one in gaps]
            lacking[number] = gaps
            assert Row.from_record(row.to_record()) == row
            rows.append(row)
            state.tell(row)
        page: HtmlElement = html.document_fromstring(write_index(tmp_path, state).page.read_bytes())
    shown = {
        element.attrib["data-source"]: element.find_class("share")[0].text_content()
        for element in page.find_class("indexed")
    }
    for row in rows:
        assert row.answered
        if row.answered.required_of:
            assert shown[row.posting].startswith(
                f"{row.answered.required} of {row.answered.required_of}"
            )
    told = Lacking()
    for row in rows:
        told.add(row)
    found = {same_thing(gap.name) for gap in told.shortages()}
    assert found == {same_thing(gap.text) for gaps in lacking.values() for gap in gaps}
