"""The whole way in a browser: by mouse, by keyboard alone, wide and narrow; nothing outside."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from browser import NARROW, WIDE, is_wider_than_window, serious_faults
from markdown_it import MarkdownIt
from running import Running, running
from typer.testing import CliRunner

from tailor.cli import app
from tailor.values.resources import data_text

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

POSTING = data_text("sample_posting_data_lead.txt")
DROPPED = """async ([field, name, base64]) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name));
    const zone = document.getElementById(field).closest("[data-drop]");
    zone.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
}"""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A server in a folder without any CV."""
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "nobody"))
    monkeypatch.delenv("TAILOR_CV", raising=False)
    with running(tmp_path) as started:
        yield started


@contextmanager
def opened(
    browser: Browser,
    server: Running,
    size: tuple[int, int] = WIDE,
    scheme: Literal["light", "dark"] = "light",
) -> Iterator[Page]:
    """The first address in a window; all requests go to this server, and nothing complains."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, accept_downloads=True
    )
    requests: list[str] = []
    complaints: list[str] = []
    try:
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text))
        page.goto(server.address)
        yield page
        own = (f"http://127.0.0.1:{server.port}/", f"blob:http://127.0.0.1:{server.port}/")
        assert [url for url in requests if not url.startswith(own)] == []
        assert complaints == []
    finally:
        context.close()


def settled(page: Page) -> None:
    """Wait until all that was sent is answered."""
    page.evaluate("waiting")


def downloaded(page: Page, server: Running) -> None:
    """Keep the Word file; it is the one of the command line."""
    with page.expect_download() as waiting:
        if page.locator("a:focus").count():
            page.keyboard.press("Enter")
        else:
            page.get_by_role("link", name="Word").click()
    posting = next(server.out.glob("*/posting.txt"))
    out = server.home / "by_command_line.docx"
    done = CliRunner().invoke(app, ["--job", str(posting), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert Path(waiting.value.path()).read_bytes() == out.read_bytes()
    assert waiting.value.suggested_filename.endswith("Team_Lead_Data_Platform.docx")


def _as_pdf(browser: Browser) -> bytes:
    """Print the sample CV as browsers do."""
    page = browser.new_page()
    try:
        page.set_content(_html(data_text("sample_cv.md")))
        return page.pdf()
    finally:
        page.close()


def _html(markdown: str) -> str:
    return str(MarkdownIt().render(markdown))


def test_by_mouse_from_a_dropped_cv_to_the_word_file(browser: Browser, server: Running) -> None:
    """Drop a CV as PDF, paste a posting, pin, drag, undo, set the look, fill a gap, download."""
    file = base64.b64encode(_as_pdf(browser)).decode()
    with opened(browser, server) as page:
        page.evaluate(DROPPED, ["cv", "my cv.pdf", file])
        page.fill("#text", POSTING)
        assert serious_faults(page) == []
        page.get_by_role("button", name="Choose my lines").click()
        page.wait_for_selector("#reserve .line")
        assert (server.home / "master_cv.md").is_file()
        line = page.locator("#page .line.s-ListBullet").first
        line.hover()
        line.get_by_role("button", name="Keep this line").click()
        settled(page)
        assert page.locator("#page .pinned").count() == 1
        spare = page.locator("#reserve .line").first
        name = spare.get_attribute("data-id")
        spare.locator(".words").drag_to(page.locator("#page .sheet").first)
        settled(page)
        assert page.locator(f'#page [data-names~="{name}"]').count() == 1
        assert page.locator("#told .came").first.is_visible()
        last = page.locator("#page .line.s-ListBullet").nth(1)
        gone = last.get_attribute("data-id")
        last.drag_to(page.locator("#reserve h2"))
        settled(page)
        assert page.locator(f'#page [data-id="{gone}"]').count() == 0
        page.locator("#undo").click()
        settled(page)
        assert page.locator(f'#page [data-id="{gone}"]').count() == 1
        page.locator("#redo").click()
        settled(page)
        assert page.locator(f'#page [data-id="{gone}"]').count() == 0
        page.get_by_label("Look").select_option("modern")
        settled(page)
        assert "/modern/" in str(page.locator("#sheet-style").get_attribute("href"))
        page.locator(".say").first.click()
        assert page.locator(".line.hit").count()
        page.locator(".gaps summary").first.click()
        page.locator(".gaps textarea").first.fill("Did just this, for two years.")
        page.get_by_role("button", name="Add it to my CV").first.click()
        settled(page)
        assert "- Did just this, for two years." in (server.home / "master_cv.md").read_text(
            "utf-8"
        )
        assert serious_faults(page) == []
        downloaded(page, server)
        page.reload()
        assert not page.locator("#undo").is_disabled()  # the way back is there after a reload


def test_by_keyboard_alone(browser: Browser, server: Running) -> None:
    """Every step by Tab, Enter, arrows and letters; what has the focus is never lost."""
    (server.home / "master_cv.md").write_text(data_text("sample_cv.md"), encoding="utf-8")

    def tab_to(page: Page, selector: str) -> None:
        for _ in range(160):
            page.keyboard.press("Tab")
            if page.evaluate("one => document.activeElement.matches(one)", selector):
                return
        pytest.fail(f"no way to {selector}")

    with opened(browser, server) as page:
        tab_to(page, "#text")
        page.keyboard.insert_text(POSTING)
        tab_to(page, "button.main")
        page.keyboard.press("Enter")
        page.wait_for_selector("#reserve .line")
        tab_to(page, "#page .mark")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("p")
        settled(page)
        assert page.locator("#page .pinned:focus-within").count() == 1
        page.keyboard.press("d")
        settled(page)
        assert page.locator("#page .pinned").count() == 0
        assert page.locator("#page .mark:focus").count() == 1
        page.keyboard.press("u")
        settled(page)
        assert page.locator("#page .pinned").count() == 1
        page.keyboard.press("r")
        settled(page)
        page.locator("#reserve").focus()
        tab_to(page, "#reserve .mark")
        name = page.evaluate("document.activeElement.value")
        page.keyboard.press("Enter")
        settled(page)
        assert page.locator(f'#page .pinned[data-names~="{name}"]').count() == 1
        assert page.locator("#reserve .mark:focus").count() == 1
        assert "On the page:" in page.locator("#spoken").inner_text()
        page.keyboard.press("Control+z")
        settled(page)
        assert page.locator("#page .pinned").count() == 0
        page.locator("body").press("Shift+Tab")
        tab_to(page, ".files a")
        downloaded(page, server)


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "dark"), (NARROW, "light")])
def test_every_page_in_every_window(
    browser: Browser,
    server: Running,
    size: tuple[int, int],
    scheme: Literal["light", "dark"],
) -> None:
    """No serious barrier, no scrolling sideways, and sheets that end where the estimate says."""
    (server.home / "master_cv.md").write_text(data_text("sample_cv.md"), encoding="utf-8")
    with opened(browser, server, size, scheme) as page:
        assert not is_wider_than_window(page)
        assert serious_faults(page) == []
        page.fill("#text", POSTING)
        page.get_by_role("button", name="Choose my lines").click()
        page.wait_for_selector("#page")
        assert page.locator(".sheet").count() == 2
        if size == NARROW:
            for pane in ("asks", "reserve"):
                page.locator(f"[data-pane={pane}]").click()
                assert page.locator(f"#{pane}").is_visible()
                assert not is_wider_than_window(page)
        else:
            page.wait_for_load_state(
                "load"
            )  # a measure may be taken before the style sheet is here
            shape = "one => one.getBoundingClientRect().height / one.getBoundingClientRect().width"
            for sheet in page.locator(".sheet").all():
                assert sheet.evaluate(shape) == pytest.approx(297 / 210, abs=0.01)
        assert serious_faults(page) == []
        page.goto(page.url.partition("/a/")[0] + "/cv")
        assert not is_wider_than_window(page)
        assert serious_faults(page) == []
