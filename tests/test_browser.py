"""The tests' own browser sees what the tests of pages rely on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from browser import is_wider_than_window, outside, serious_faults, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_BAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Bad</title>
<main><h1>Bad</h1><img src="http://example.invalid/x.png"><p style="width: 3000px">wide</p></main>
<script>alert("hello")</script></html>"""
_GOOD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Good</title>
<main><h1>Good</h1></main></html>"""


def test_faults_are_seen(browser: Browser, tmp_path: Path) -> None:
    """A request, a dialog, a barrier and a page too wide do not go unnoticed; none are made up."""
    bad, good = tmp_path / "bad.html", tmp_path / "good.html"
    bad.write_text(_BAD, encoding="utf-8")
    good.write_text(_GOOD, encoding="utf-8")
    with visit(browser, bad) as seen:
        assert outside(seen) == ["http://example.invalid/x.png"]
        assert "dialog: hello" in seen.complaints
        assert is_wider_than_window(seen.page)
        assert any("image-alt" in fault for fault in serious_faults(seen.page))
    with visit(browser, good) as seen:
        assert (outside(seen), seen.complaints, serious_faults(seen.page)) == ([], [], [])
        assert not is_wider_than_window(seen.page)
