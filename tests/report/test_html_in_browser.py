"""The HTML report in a browser: choosing, keys, small windows, paper, and nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pypdfium2
import pytest
from browser import NARROW, WIDE, Visit, is_wider_than_window, outside, serious_faults, visit
from hostile import hostile

import tailor
from tailor.matching.answered import Met
from tailor.report.answers import MET_WORDS, gaps
from tailor.report.explanation import AskedFor, Explanation, Line, explain, number_of
from tailor.report.html import html_report
from tailor.values.resources import data_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MANY_ANSWERS = 3
SEVERAL = 2


@pytest.fixture(scope="module")
def told() -> Explanation:
    """The sample CV on one page for the sample posting, so that much is left out."""
    cv = tailor.read_cv(data_path("sample_cv.md"))
    posting = tailor.read_posting(data_path("sample_posting_data_lead.txt"))
    return explain(tailor.select(tailor.match(cv, posting), pages=1))


@pytest.fixture(scope="module")
def report(told: Explanation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its report, as a file."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(html_report(told.resume))
    return path


@pytest.fixture
def seen(browser: Browser, report: Path) -> Iterator[Visit]:
    """The report in a wide window; whatever is done with it, it stays quiet and to itself."""
    with visit(browser, report) as opened:
        yield opened
        assert outside(opened) == []
        assert opened.complaints == []


def ids(page: Page, selector: str) -> set[str]:
    """The ids of all that a selector finds."""
    return set(page.locator(selector).evaluate_all("all => all.map(one => one.id)"))


def is_in_sight(page: Page, selector: str) -> bool:
    """Tell whether an element, of words their first line, can be seen and is not covered."""
    return bool(
        page.locator(selector).evaluate(
            """one => {
                const box = one.getClientRects()[0];
                const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
                return one.contains(document.elementFromPoint(x, y));
            }"""
        )
    )


def well_answered(told: Explanation) -> AskedFor:
    """A requirement that several lines answer, the last such one of the posting."""
    return max(
        (one for one in told.requirements if len(one.proofs) >= MANY_ANSWERS and one.shown),
        key=lambda one: one.number,
    )


def answering(told: Explanation) -> Line:
    """The last line of the CV that answers several requirements."""
    lines = [line for role in told.roles for line in role.lines]
    return [line for line in lines if len(line.answers) >= SEVERAL][-1]


def check_shows(page: Page, asked: AskedFor) -> None:
    """All that answers a requirement is marked, with the words, and the strongest is in sight."""
    assert asked.shown
    assert ids(page, ".hit") == {f"line-{proof.id}" for proof in asked.proofs}
    for proof in asked.proofs:
        assert page.locator(f"#line-{proof.id}.hit .word.on").count() > 0
    assert is_in_sight(page, f"#line-{asked.shown.id}")
    assert is_in_sight(page, f"#ask-{asked.number} .words")
    pressed = page.locator('button[aria-pressed="true"][data-pick]')
    assert pressed.count() == 1
    assert pressed.get_attribute("data-pick") == f"ask-{asked.number}"
    panel = page.locator("#about").inner_text()
    assert asked.text in panel
    assert MET_WORDS[asked.met] in panel
    assert page.locator(f'#about a[href="#line-{asked.proofs[0].id}"]').count() == 1
    assert page.locator("#spoken").inner_text() == MET_WORDS[asked.met]


def check_is_clear(page: Page) -> None:
    """Nothing is marked."""
    assert page.locator(".hit, .chosen:not(#about *), .word.on").count() == 0
    assert page.locator('button[data-pick][aria-pressed="true"]').count() == 0
    assert "Choose a sign" in page.locator("#about").inner_text()
    assert page.locator("#spoken").inner_text() == ""


def test_a_requirement_shows_its_evidence(seen: Visit, told: Explanation) -> None:
    """By a click on its number or on its words; the same again, the button or Escape clear."""
    page, asked = seen.page, well_answered(told)
    number, words = f"#ask-{asked.number} button", f"#ask-{asked.number} .words"
    page.click(number)
    check_shows(page, asked)
    page.click(number)
    check_is_clear(page)
    page.click(words)
    check_shows(page, asked)
    page.click("#clear")
    check_is_clear(page)
    page.click(number)
    page.keyboard.press("Escape")
    check_is_clear(page)


def test_a_line_shows_what_it_answers(seen: Visit, told: Explanation) -> None:
    """By a click on its sign or its words; only one thing is chosen at a time."""
    page, line = seen.page, answering(told)
    page.click(f"#ask-{well_answered(told).number} button")
    for target in (f"#line-{line.id} .sign", f"#line-{line.id} .text"):
        page.click(target)
        assert ids(page, ".hit") == {f"ask-{number}" for number in line.answers}
        assert ids(page, "main .chosen") == {f"line-{line.id}"}
        assert page.locator(f"#line-{line.id} .word.on").count() > 0
        panel = page.locator("#about").inner_text()
        texts = {asked.number: asked.text for asked in told.requirements}
        assert all(texts[number] in panel for number in line.answers)
        first = page.locator(f"#line-{line.id} .sign").get_attribute("data-first")
        assert is_in_sight(page, f"#{first} .words")
        page.keyboard.press("Escape")
        check_is_clear(page)


def test_a_link_leads_to_its_place(seen: Visit, told: Explanation) -> None:
    """From the panel to a line: it is in sight and outlined, and what was chosen stays."""
    page, asked = seen.page, well_answered(told)
    page.click(f"#ask-{asked.number} button")
    proof = asked.proofs[1]
    page.click(f'#about a[href="#line-{proof.id}"]')
    assert ids(page, ".here") == {f"line-{proof.id}"}
    assert is_in_sight(page, f"#line-{proof.id}")
    assert ids(page, ".hit") == {f"line-{proof.id}" for proof in asked.proofs}
    page.keyboard.press("Escape")
    assert page.locator(".here").count() == 0


def test_an_address_may_name_what_to_show(
    browser: Browser, report: Path, told: Explanation
) -> None:
    """``report.html#ask-4`` opens with the fourth requirement chosen; nonsense does no harm."""
    asked = well_answered(told)
    with visit(browser, report, part=f"ask-{asked.number}") as seen:
        check_shows(seen.page, asked)
        assert (outside(seen), seen.complaints) == ([], [])
    for part in ("ask-999", "%E0%A4%A", '"]<script>'):
        with visit(browser, report, part=part) as seen:
            check_is_clear(seen.page)
            assert (outside(seen), seen.complaints) == ([], [])


def test_by_keyboard_alone(seen: Visit, told: Explanation) -> None:
    """Tab reaches every number, Enter and space choose, arrows go on, Escape clears."""
    page, asked = seen.page, well_answered(told)
    reached: list[str] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.dataset.pick || ''")
        if here:
            reached.append(here)
        if here == f"ask-{asked.number}":
            break
    assert len(reached) == len(set(reached))
    assert {one for one in reached if one.startswith("ask-")} >= {
        f"ask-{one.number}" for one in told.requirements if one.wanted and one.number < asked.number
    }
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    check_shows(page, asked)
    page.keyboard.press("Space")
    check_is_clear(page)
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    check_is_clear(page)
    assert page.evaluate("document.activeElement.dataset.pick") == f"ask-{asked.number}"
    page.keyboard.press("ArrowUp")
    above = page.evaluate("document.activeElement.dataset.pick")
    assert above == f"ask-{asked.number - 1}"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.pick") == f"ask-{asked.number}"
    page.keyboard.press("Enter")
    page.focus("#clear")
    page.keyboard.press("Enter")
    check_is_clear(page)
    assert page.evaluate("document.activeElement.dataset.pick") == f"ask-{asked.number}"
    page.focus(f"#line-{answering(told).id} .sign")
    page.keyboard.press("Enter")
    assert ids(page, ".hit") == {f"ask-{number}" for number in answering(told).answers}


def test_what_is_missing_says_so(seen: Visit, told: Explanation) -> None:
    """A requirement that nothing answers marks no line, and says that it is not in the CV."""
    page = seen.page
    asked = next(one for one in told.requirements if one.met is Met.ABSENT)
    page.click(f"#ask-{asked.number} button")
    assert page.locator(".hit").count() == 0
    assert "not in your CV" in page.locator("#about").inner_text()


def test_a_gap_leads_to_its_place(seen: Visit, told: Explanation) -> None:
    """From the list of what is missing to the requirement that asks for it."""
    number = number_of(gaps(told.skills)[0].requirement)
    page = seen.page
    page.click(f'.list a[href="#ask-{number}"] >> nth=0')
    assert page.evaluate("document.activeElement.id") == f"ask-{number}"
    assert is_in_sight(page, f"#ask-{number} .words")


def test_only_what_is_on_the_page(seen: Visit, told: Explanation) -> None:
    """What was left out can be hidden, and comes back when a link leads to it."""
    page = seen.page
    left = [line for role in told.roles for line in role.lines if not line.kept]
    page.check("#only-kept")
    assert page.locator(".line.left:visible").count() == 0
    assert page.locator(".line.kept:visible").count() > 0
    off = next(one for one in told.requirements if one.proofs and not one.shown)
    assert off.proofs[0].id in {line.id for line in left}
    page.click(f"#ask-{off.number} button")
    assert is_in_sight(page, f'[id="line-{off.proofs[0].id}"]')


def test_a_pin_is_copied_and_nothing_chosen(seen: Visit, told: Explanation) -> None:
    """A click on the button of a line that was left out puts what pins it on the clipboard."""
    page = seen.page
    line = next(one for role in told.roles for one in role.lines if not one.kept and one.statement)
    page.evaluate("navigator.clipboard.writeText = words => { window.copied = words; }")
    page.click(f'[id="line-{line.id}"] .copy')
    assert page.evaluate("window.copied") == f"--pin {line.id}"
    assert page.locator("#spoken").inner_text() == f"Copied: --pin {line.id}"
    page.reload()
    check_is_clear(page)


def test_in_a_small_window(browser: Browser, report: Path, told: Explanation) -> None:
    """One part at a time, two buttons to change; the panel leads from one to the other."""
    asked = well_answered(told)
    assert asked.shown
    with visit(browser, report, size=NARROW) as seen:
        page = seen.page
        assert not is_wider_than_window(page)
        assert (page.locator("#posting").is_visible(), page.locator("#cv").is_visible()) == (
            True,
            False,
        )
        page.click('[data-shows="cv"]')
        assert not is_wider_than_window(page)
        assert (page.locator("#posting").is_visible(), page.locator("#cv").is_visible()) == (
            False,
            True,
        )
        page.click('[data-shows="posting"]')
        page.click(f"#ask-{asked.number} button")
        page.click(f'#about a[href="#line-{asked.proofs[0].id}"]')
        assert page.locator("#cv").is_visible()
        assert is_in_sight(page, f"#line-{asked.proofs[0].id} .text")
        assert not is_wider_than_window(page)
        assert (outside(seen), seen.complaints) == ([], [])


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barriers(
    browser: Browser,
    report: Path,
    told: Explanation,
    size: tuple[int, int],
    scheme: Literal["light", "dark"],
) -> None:
    """axe-core finds nothing serious, with nothing chosen, a requirement, or a line."""
    with visit(browser, report, size=size, scheme=scheme) as seen:
        assert serious_faults(seen.page) == []
        seen.page.click(f"#ask-{well_answered(told).number} button")
        assert serious_faults(seen.page) == []
        if size == NARROW:
            seen.page.click('[data-shows="cv"]')
        seen.page.click(f"#line-{answering(told).id} .sign")
        assert serious_faults(seen.page) == []


def test_forced_colours(browser: Browser, report: Path, told: Explanation) -> None:
    """Where the system sets the colours, what is chosen still differs from what is not."""
    asked = well_answered(told)
    with visit(browser, report, forced_colors=True) as seen:
        look = "one => { const s = getComputedStyle(one); return s.color + s.backgroundColor; }"
        button = seen.page.locator(f"#ask-{asked.number} button")
        before = button.evaluate(look)
        button.click()
        seen.page.mouse.move(0, 0)
        assert button.evaluate(look) != before
        line = seen.page.locator(f"#line-{asked.proofs[0].id}")
        assert line.evaluate("one => getComputedStyle(one).borderLeftStyle") == "solid"


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_without_scripts(
    browser: Browser, report: Path, told: Explanation, size: tuple[int, int]
) -> None:
    """Both parts are there, each requirement with what answers it in words, and links lead."""
    with visit(browser, report, size=size, scripts=False) as seen:
        page = seen.page
        assert page.locator("#posting").is_visible()
        assert page.locator("#cv").is_visible()
        assert not page.locator("#told").is_visible()
        assert not page.locator(".switch").is_visible()
        assert page.locator("button:visible:enabled").count() == 0
        notes = page.locator(".note")
        asking = [asked for asked in told.requirements if asked.wanted]
        for asked, note in zip(asking, notes.all_inner_texts(), strict=True):
            assert MET_WORDS[asked.met] in note
        asked = well_answered(told)
        link = page.locator(f"#ask-{asked.number}").locator("xpath=ancestor::li//a").first
        target = link.get_attribute("href")
        # Playwright's own click waits for frames, which no script counts here.
        link.evaluate("one => one.focus()")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{target}", wait_until="commit")
        assert is_in_sight(page, f"{target} >> nth=0")
        assert not is_wider_than_window(page)
        assert (outside(seen), seen.complaints) == ([], [])


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_on_paper(browser: Browser, report: Path, size: tuple[int, int]) -> None:
    """What to do and the posting are printed whole, without scroll boxes, panel or buttons."""
    with visit(browser, report, size=size) as seen:
        page = seen.page
        page.emulate_media(media="print")
        for part in ("#missing", "#skills", "#posting"):
            assert page.locator(part).is_visible()
            assert page.locator(part).evaluate(
                "one => one.scrollHeight <= one.clientHeight + 1"
                " && getComputedStyle(one).overflowY === 'visible'"
            )
        for part in ("#told", ".switch", "#cv"):
            assert not page.locator(part).is_visible()
        assert page.evaluate("getComputedStyle(document.body).height") != f"{size[1]}px"
        paper = pypdfium2.PdfDocument(page.pdf(format="A4"))
        assert len(paper) <= 2


def test_motion_is_as_wished(browser: Browser, report: Path, told: Explanation) -> None:
    """Where less motion is wished nothing glides: the line is there at once."""
    asked = well_answered(told)
    assert asked.shown
    with visit(browser, report, reduced_motion=True) as seen:
        duration = "one => getComputedStyle(one).transitionDuration"
        button = seen.page.locator(f"#ask-{asked.number} button")
        assert button.evaluate(duration) == "0s"
        button.click()
        assert is_in_sight(seen.page, f"#line-{asked.shown.id}")
    with visit(browser, report, reduced_motion=False) as seen:
        assert seen.page.locator(f"#ask-{asked.number} button").evaluate(duration) != "0s"


def test_hostile_text_stays_quiet(browser: Browser, tmp_path: Path) -> None:
    """Attacks in posting and CV open no dialog, ask for nothing, and leave the page usable."""
    resume = hostile()
    path = tmp_path / "hostile.html"
    path.write_bytes(html_report(resume))
    for size in (WIDE, NARROW):
        with visit(browser, path, size=size) as seen:
            page = seen.page
            assert page.locator("img, iframe, svg, link, base, textarea, form").count() == 0
            for button in page.locator("#posting button[data-pick]").all():
                button.click()
            page.keyboard.press("Escape")
            check_is_clear(page)
            page.mouse.move(10, 10)
            assert page.evaluate("document.scripts.length") == 1
            assert not is_wider_than_window(page)
            assert outside(seen) == []
            assert seen.complaints == []
