"""A browser for tests of HTML pages: Debian's chromium, driven by Playwright, with all it asks for.

Nothing is installed here: where chromium or axe-core is absent the test is skipped.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parent.parent / ".npm-browser/node_modules/axe-core/axe.min.js"
WIDE = (1280, 800)
NARROW = (390, 844)
_PATIENCE = 10_000  # milliseconds, after which what is waited for will not come
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that is open: what it asked for, and what it complained of (errors, dialogs)."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A chromium without a window, for the tests of one file."""
    if CHROMIUM is None:
        pytest.skip("needs chromium, which is not installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        try:
            yield started
        finally:
            started.close()


@contextmanager
def visit(
    browser: Browser,
    path: Path,
    *,
    size: tuple[int, int] = WIDE,
    scheme: Literal["light", "dark"] = "light",
    scripts: bool = True,
    reduced_motion: bool = True,
    forced_colors: bool = False,
    part: str = "",
) -> Iterator[Visit]:
    """Open a file from disk as people do, perhaps at a part of it; close it afterwards."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        java_script_enabled=scripts,
        reduced_motion="reduce" if reduced_motion else "no-preference",
        forced_colors="active" if forced_colors else "none",
    )
    try:
        context.set_default_timeout(_PATIENCE)
        page = context.new_page()
        seen = Visit(page)
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("pageerror", lambda error: seen.complaints.append(f"error: {error}"))
        page.on(
            "console",
            lambda said: (
                seen.complaints.append(f"{said.type}: {said.text}")
                if said.type in ("error", "warning")
                else None
            ),
        )

        def refuse(dialog: Any) -> None:  # noqa: ANN401 - Playwright's own
            seen.complaints.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("dialog", refuse)
        page.goto(path.resolve().as_uri() + (f"#{part}" if part else ""))
        yield seen
    finally:
        context.close()


def outside(seen: Visit) -> list[str]:
    """Return what was asked for besides the opened file itself."""
    return [
        url for url in seen.requests if url.partition("#")[0] != seen.page.url.partition("#")[0]
    ]


def serious_faults(page: Page) -> list[str]:
    """Return what axe-core finds on the page that is serious or critical, one line each."""
    if not AXE.is_file():
        pytest.skip("needs axe-core in .npm-browser (make browser-tools)")
    page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['impact']} {fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def is_wider_than_window(page: Page) -> bool:
    """Tell whether the page has to be scrolled sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return bool(wide)
