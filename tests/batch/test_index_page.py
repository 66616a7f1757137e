"""The index in a browser: sorting, finding, keyboard alone, narrow windows, dark, no network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from browser import NARROW, WIDE, Visit, is_wider_than_window, outside, serious_faults, visit
from index_of import write_index

from tailor.batch.values import Row, Status
from tailor.values.posting import Answered

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> javascript:alert(3) {{ 7 * 7 }}"
PLACES = ("Ghent", "Århus", "Turin", "")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with rows of every status; titles from Baker 0, the best answered, to Baker 11."""
    rows = [
        Row(
            *(number, f"jobs.csv:{number + 2}", "cvs/mo.md", f"k{number}", Status.WRITTEN),
            *(f"Baker {number}", f"Oven {chr(ord('A') + number * 5 % 12)}", PLACES[number % 4]),
            Answered(12 - number, 0, 12, number % 3, 3, 0, 0),
            *(2, f"{number:03}-oven", ("CV.docx", "report.html")),
        )
        for number in range(12)
    ]
    folder = tmp_path_factory.mktemp("applications")
    rows += [
        Row(12, "jobs.csv:14", "cvs/li.md", "l", Status.DUPLICATE, "Baker 3", same_as="jobs.csv:5"),
        Row(13, "jobs.csv:15", "cvs/li.md", "k", Status.FAILED, error="jobs.csv:15: is no text"),
        Row(14, "jobs.csv:16", "cvs/li.md", "m", Status.INDEXED, HOSTILE, HOSTILE, HOSTILE),
    ]
    return write_index(folder, rows).page


def titles(seen: Visit) -> list[str]:
    """The titles of the rows that are seen, from top to bottom."""
    return [
        text.strip()
        for text in seen.page.locator("tbody tr:visible td.posting b").all_text_contents()
    ]


def sorted_by(seen: Visit) -> list[tuple[str, str | None]]:
    """The columns that say they are sorted by, and which way."""
    heads = seen.page.locator("th[aria-sort]").all()
    return [(head.inner_text().strip(), head.get_attribute("aria-sort")) for head in heads]


def test_a_click_sorts_and_another_turns_round(browser: Browser, index: Path) -> None:
    """Columns sort by number or by letters, whatever case and accents; empty ones come last."""
    with visit(browser, index) as seen:
        best = [f"Baker {number}" for number in range(12)]
        assert titles(seen)[:12] == best
        fit = seen.page.get_by_role("button", name="Required")
        fit.click()
        assert titles(seen)[:12] == best[::-1]
        assert sorted_by(seen) == [("Required", "ascending")]
        fit.click()
        assert titles(seen)[:12] == best
        seen.page.get_by_role("button", name="Posting").click()
        assert [title for title in titles(seen) if title in best][:3] == best[:3]
        assert titles(seen).index("Baker 10") > titles(seen).index("Baker 9")
        seen.page.get_by_role("button", name="Place").click()
        assert sorted_by(seen) == [("Place", "ascending")]
        places = seen.page.locator("tbody td.place").all_text_contents()
        known = [place for place in places if place in PLACES]
        assert known[:4] == ["Århus", "Århus", "Århus", "Ghent"]
        assert places[-1] == ""
        seen.page.get_by_role("button", name="Place").click()
        assert seen.page.locator("tbody td.place").all_text_contents()[-1] == ""


@pytest.mark.parametrize("column", range(9))
def test_each_column_sorts(browser: Browser, index: Path, column: int) -> None:
    """Every head is a button that sorts both ways and loses no row."""
    with visit(browser, index) as seen:
        before = sorted(titles(seen))
        button = seen.page.locator("th button").nth(column)
        ways = []
        for _ in range(2):
            button.click()
            ways.append(sorted_by(seen)[0][1])
            assert sorted(titles(seen)) == before
        assert sorted(map(str, ways)) == ["ascending", "descending"]
        assert seen.complaints == []


def test_finding_shows_what_holds_all_words(browser: Browser, index: Path) -> None:
    """Rows that hold each word stay, whatever case and accents; the number is told."""
    with visit(browser, index) as seen:
        find = seen.page.get_by_role("searchbox")
        find.fill("aRHUS bak")
        assert titles(seen) == ["Baker 1", "Baker 5", "Baker 9"]
        assert seen.page.get_by_role("status").inner_text() == "3 of 15 shown"
        find.fill("no such thing")
        assert titles(seen) == []
        seen.page.get_by_role("button", name="Show all").click()
        assert len(titles(seen)) == 15


def test_what_became_of_rows_can_be_chosen(browser: Browser, index: Path) -> None:
    """The choice of a result goes together with the words."""
    with visit(browser, index) as seen:
        seen.page.get_by_label("Result").select_option("failed")
        assert titles(seen) == ["jobs.csv:15"]
        assert "Is no text" in seen.page.locator("tbody tr:visible").inner_text()
        seen.page.get_by_role("searchbox").fill("Oven")
        assert titles(seen) == []


def test_a_status_of_ones_own(browser: Browser, index: Path) -> None:
    """What is chosen is shown and found at once, with the lines that keep it, ready to copy."""
    with visit(browser, index) as seen:
        seen.page.get_by_role("button", name="set: your status for Baker 3").first.click()
        seen.page.get_by_label("Your status", exact=True).select_option("interview")
        assert seen.page.get_by_label("Lines for status.txt").input_value() == (
            "003-oven = interview\n"
        )
        seen.page.get_by_role("searchbox").fill("interview")
        assert titles(seen) == ["Baker 3"]
        seen.page.get_by_role("button", name="interview: your status for Baker 3").click()
        seen.page.get_by_label("Your status", exact=True).press("Escape")
        seen.page.get_by_role("button", name="Copy").click()
        seen.page.get_by_text("copied").wait_for()
        assert serious_faults(seen.page) == []
        assert seen.complaints == []


def test_thousands_of_rows_open_at_once(browser: Browser, tmp_path: Path) -> None:
    """Of many rows the first are laid out; sorting and finding go over all, and all can be had."""
    rows = [
        Row(
            *(number, f"{number}.txt", "cv.md", f"k{number}", Status.INDEXED),
            *(f"Baker {number}", "", ""),
            Answered(number, 0, 3_000, 0, 0, 0, 0),
        )
        for number in range(3_000)
    ]
    with visit(browser, write_index(tmp_path, rows).page) as seen:
        assert titles(seen)[0] == "Baker 2999"
        assert len(titles(seen)) == 200
        seen.page.get_by_role("button", name="Required").click()
        assert titles(seen)[0] == "Baker 0"
        seen.page.get_by_role("searchbox").fill("Baker 1500")
        assert titles(seen) == ["Baker 1500"]
        seen.page.get_by_role("searchbox").fill("")
        seen.page.get_by_role("button", name="Show all").click()
        assert len(titles(seen)) == 3_000


def test_the_keyboard_is_enough(browser: Browser, index: Path) -> None:
    """Finding, clearing, sorting and opening a document need no mouse; focus can be seen."""
    with visit(browser, index) as seen:
        keyboard = seen.page.keyboard
        keyboard.press("/")
        keyboard.type("oven csv:9")
        assert titles(seen) == ["Baker 7"]
        keyboard.press("Escape")
        assert len(titles(seen)) == 15
        keyboard.press("Tab")
        keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.textContent") == "Posting"
        assert (
            seen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        )
        keyboard.press("Enter")
        assert sorted_by(seen) == [("Posting", "ascending")]
        for _ in range(10):  # heads, and the status of the row without documents
            keyboard.press("Tab")
        address = seen.page.evaluate("document.activeElement.getAttribute('href')")
        assert address == "./000-oven/CV.docx"


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_quiet_and_can_be_read_by_all(
    browser: Browser, index: Path, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    """Nothing is asked of the network, nothing complains, axe finds nothing, nothing overflows."""
    with visit(browser, index, size=size, scheme=scheme) as seen:
        assert serious_faults(seen.page) == []
        assert not is_wider_than_window(seen.page)
        assert outside(seen) == []
        assert seen.complaints == []


def test_hostile_words_do_nothing(browser: Browser, index: Path) -> None:
    """Scripts, pictures and braces in a title are shown as they were written."""
    with visit(browser, index) as seen:
        assert HOSTILE in titles(seen)
        assert outside(seen) == []
        assert seen.complaints == []
        assert seen.page.locator("img").count() == 0


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_without_scripts_it_is_read(browser: Browser, index: Path, size: tuple[int, int]) -> None:
    """The rows stand in their order, and no control is shown that does nothing."""
    with visit(browser, index, size=size, scripts=False) as seen:
        assert titles(seen)[:2] == ["Baker 0", "Baker 1"]
        assert seen.page.get_by_role("searchbox").count() == 0
        assert seen.page.get_by_role("button").count() == 0
        assert seen.page.get_by_role("link", name="Word for Baker 0").count() == 1


def test_paper_has_the_table_alone(browser: Browser, index: Path) -> None:
    """What is for the screen is not printed."""
    with visit(browser, index) as seen:
        seen.page.emulate_media(media="print")
        assert not seen.page.get_by_role("searchbox").is_visible()
        assert seen.page.locator("tbody tr").first.is_visible()
