"""Pages to lines: what a browser puts on lines of their own, and nothing that is seen lost."""

from __future__ import annotations

import re
import time
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.reading.files import Content
from tailor.reading.lines import Line, LineKind
from tailor.reading.web.lines import read_html
from tailor.values.cv import Run
from tailor.values.errors import CvError

ITEM, HEADING, PARAGRAPH = LineKind.ITEM, LineKind.HEADING, LineKind.PARAGRAPH


def read(html: str | bytes) -> tuple[Line, ...]:
    """Return the lines of a CV."""
    return read_html(Content("cv.html", html if isinstance(html, bytes) else html.encode(), "CV"))


def shapes(html: str) -> list[tuple[LineKind, int, str]]:
    """Return kind, level and text of each line."""
    return [(line.kind, line.level, line.plain) for line in read(html)]


def texts(html: str | bytes) -> list[str]:
    """Return the text of each line."""
    return [line.plain for line in read(html)]


def test_headings_paragraphs_and_nested_lists() -> None:
    """Each block is a line with its kind; lists in items are one level deeper."""
    html = "<h2>Work</h2><p>One<br>two</p><ul><li>A<ul><li>B</ul><li>C</ul><ol><li>D</ol>"
    assert shapes(html) == [
        (HEADING, 2, "Work"), (PARAGRAPH, 0, "One"), (PARAGRAPH, 0, "two"), (ITEM, 1, "A"),
        (ITEM, 2, "B"), (ITEM, 1, "C"), (ITEM, 1, "D"),
    ]  # fmt: skip


def test_blocks_within_an_item_are_one_item() -> None:
    """Some sites wrap the text of each item in blocks."""
    assert shapes("<ul><li><div><div>\nA b</div></div></li></ul>") == [(ITEM, 1, "A b")]


def test_an_item_that_holds_an_entry_is_none() -> None:
    """Lists of positions are there for the layout."""
    html = "<ul><li><h3>Cook</h3><p>Inn, York</p><ul><li>Fried fish</ul></ul>"
    assert shapes(html) == [
        (HEADING, 3, "Cook"), (PARAGRAPH, 0, "Inn, York"), (ITEM, 1, "Fried fish"),
    ]  # fmt: skip


def test_lists_made_with_typed_marks() -> None:
    """A line that begins with a list mark is an item."""
    html = "<div>&bull;&nbsp;One<br>- Two</div><p>• Three</p>"
    assert [line.kind for line in read(html)] == [ITEM] * 3


def test_space_above() -> None:
    """Paragraphs, headings, rules and empty lines leave a gap; blocks without margin do not."""
    html = "<div>a</div><div>b</div><p>c</p>d<br>e<br><br>f<hr><div>g</div>"
    assert [line.gap for line in read(html)] == [False, False, True, True, False, True, True]


def test_styles_and_links() -> None:
    """Bold, italics and links come as runs, by tags or by style."""
    html = (
        '<p>a <b>b</b> <i>c</i> <a href="https://x.example">d</a> '
        '<span style="font-weight:700">e</span></p>'
    )
    assert read(html)[0].text.runs == (
        Run("a "), Run("b", bold=True), Run(" "), Run("c", italic=True), Run(" "),
        Run("d", link="https://x.example"), Run(" "), Run("e", bold=True),
    )  # fmt: skip


def test_a_link_behind_an_icon_gives_its_address() -> None:
    """Contacts of CVs are often icons; their address is all there is to read."""
    html = '<p>Call me <a href="https://git.example/mira/"><i class="fa"></i></a></p>'
    assert texts(html) == ["Call me git.example/mira"]


def test_entities_and_white_space() -> None:
    """White space is one space, entities are characters, also those of Windows."""
    html = "<p>  Caf&eacute;\n &amp;\t bar&nbsp;&#150;&#x20AC;5 </p>"
    assert texts(html) == ["Café & bar\xa0–€5"]


def test_elements_side_by_side_do_not_become_one_word() -> None:
    """Label and value stand apart by their style alone; parts of a word are left whole."""
    assert texts("<p><span>Location</span><span>Berlin</span></p>") == ["Location\tBerlin"]
    assert texts("<p><b>J</b>ava<sup>2</sup>Script <span>J</span><span>ane</span></p>") == [
        "Java2Script Jane"
    ]


def test_rows_of_tables() -> None:
    """Short cells share a line, dates join the head of the entry beside them."""
    html = (
        "<table><tr><td>Python</td><td>ten years</td></tr>"
        "<tr><td>2019 – 2021</td><td><b>Cook</b><br>Inn, York<ul><li>Fried fish</ul></td></tr>"
        "</table>"
    )
    assert texts(html) == ["Python\tten years", "2019 – 2021\tCook", "Inn, York", "Fried fish"]


def test_rows_of_layout() -> None:
    """A section's name keeps its line; a period cut in two is one."""
    html = (
        "<table><tr><td>Skills</td><td>Python, Go</td></tr><tr><td>Jan 2019 –<br>Mar 2021</td>"
        "<td><b>Cook</b><br>Inn, York</td></tr></table>"
    )
    assert texts(html) == ["Skills", "Python, Go", "Jan 2019 – Mar 2021\tCook", "Inn, York"]


def test_definition_lists() -> None:
    """A term and its one description share a line, with a tab where a date is in it."""
    html = (
        "<dl><dt>Tools</dt><dd>Knife, pan</dd><dt>Cook</dt><dd>2019 – 2021</dd>"
        "<dt>Both</dt><dd>one</dd><dd>two</dd></dl>"
    )
    assert texts(html) == ["Tools: Knife, pan", "Cook\t2019 – 2021", "Both", "one", "two"]


def test_text_typed_into_a_page() -> None:
    """Line ends count in `pre`, and where empty lines show that somebody typed the text."""
    assert texts("<pre>a\n  b\n\nc</pre>") == ["a", "b", "c"]
    assert texts("<body>Duties:\n\nFry fish\n\nDuties of the second kind") == [
        "Duties:", "Fry fish", "Duties of the second kind",
    ]  # fmt: skip
    assert texts("<p>one\ntwo</p>") == ["one two"]


def test_numbers_are_lines_of_the_source() -> None:
    """A message can say where something stands."""
    lines = read("<html><body>\n<p>one</p>\n\n<p>\n two <b>\nthree</b></p>")
    assert [line.number for line in lines] == [2, 5]


def test_what_nobody_sees_is_left_out() -> None:
    """Scripts, styles, menus, templates and short hidden texts are no part of a CV."""
    html = (
        "<head><title>t</title></head><script>a</script><style>b</style><nav>c</nav>"
        "<template>d</template><p hidden>e</p><p style='display: none'>f</p><!-- g -->"
        "<span class='sr-only'>h</span><i class='material-icons'>home</i><p>"
    )
    seen = "seen " * 20
    assert texts(html + seen) == [seen.strip()]


def test_a_closed_part_of_the_page_is_kept() -> None:
    """What a click would show is part of the page."""
    rest = "Fried the fish of the day for two hundred guests. " * 2
    assert texts(f"<p>a</p><div style='display:none'><p>{rest}</p></div>") == ["a", rest.strip()]


def test_looks() -> None:
    """Sizes are over the body's, indents in points; cells have table, row and column."""
    lines = read(
        "<h1>Mira Okafor</h1><p style='font-size: 10pt'>Cook in York, ten years at the pass</p>"
        "<p style='font-size:15pt; text-transform: uppercase; margin-left: 1in'>Work</p>"
        "Dishes<ul><li style='font-size:10pt'>Fried fish</ul>"
        "<table><tr><td>a</td></tr><tr><td></td><td><p>One<p>two</td></tr></table>"
    )
    looks = {line.plain: line.look for line in lines}
    assert looks["Mira Okafor"].size == pytest.approx(2.4)
    work, item = looks["Work"], looks["Fried fish"]
    assert (work.size, work.caps, work.indent) == (1.5, True, 72)
    assert (item.size, item.bullet, item.indent) == (1, True, 30)
    assert looks["Dishes"].indent == 0
    assert [looks[text].cell for text in ("a", "One", "two")] == [(0, 0, 0), (0, 1, 1), (0, 1, 1)]


@given(st.data())
def test_no_word_is_lost_or_invented(data: st.DataObject) -> None:
    """All words come out in order, whatever elements they stand in and however they nest."""
    tags = st.sampled_from("p div span b li ul ol h1 h3 td tr table dl dt dd section a pre".split())
    words = [f"w{n}" for n in range(data.draw(st.integers(1, 12)))]
    html = ""
    for word in words:
        opened = data.draw(st.lists(tags, max_size=3))
        html += "".join(f"<{tag}>" for tag in opened) + f" {word} "
        closed = data.draw(st.lists(tags, max_size=2))
        html += "".join(f"</{tag}>" for tag in closed)
    found = re.findall(r"w\d+", " ".join(texts(html)))
    assert sorted(found) == sorted(words)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No input breaks the reader."""
    for html in (text, f"<body><p>{escape(text)}</p>", f"<ul><li>{text}"):
        try:
            lines = read(html.encode("utf-8", errors="surrogatepass"))
        except CvError:
            continue
        assert all(line.plain and line.number > 0 for line in lines)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"), ("utf-8", "cp1252"), ("iso-8859-1", "utf-8"), ("iso-8859-1", "cp1252"),
        ("windows-1251", "cp1251"), ("shift_jis", "shift_jis"), ("none-such", "utf-8"),
        ("utf-8", "utf-16"), ("iso-2022-jp", "iso-2022-jp"),
    ],
)  # fmt: skip
def test_encodings(declared: str, encoding: str) -> None:
    """Marks and valid UTF-8 count more than what is declared, that more than a guess."""
    words = {"cp1251": "Привет, инженер", "shift_jis": "日本語の履歴書", "iso-2022-jp": "日本語"}
    shown = words.get(encoding, "Zoë Müller – naïve")
    html = f"<html><head><meta charset={declared}></head><body><p>{shown}</p></body></html>"
    assert texts(html.encode(encoding)) == [shown]


@pytest.mark.parametrize(
    "body",
    [
        '<div id="root"></div><script src="/app.js"></script>',
        "<noscript>You need to enable JavaScript to run this app.</noscript><div></div>",
        "<p>Please enable JavaScript to continue. Reference 81.</p>",
        "<h1>One moment</h1><p>Enable JavaScript and cookies to continue</p><script></script>",
    ],
)
def test_a_shell_that_scripts_fill_is_refused(body: str) -> None:
    """The message says why there is no text, and the way out."""
    with pytest.raises(CvError, match=r"cv\.html: .*without JavaScript; copy the text of the CV"):
        read(f"<html><body>{body}</body></html>")


def test_frames_and_empty_pages_are_refused() -> None:
    """A page of frames holds no text; nor does one without words."""
    with pytest.raises(CvError, match="in a frame"):
        read('<html><frameset><frame src="a.html"></frameset></html>')
    with pytest.raises(CvError, match="in a frame"):
        read('<body><h1>Mira</h1><iframe src="https://b.example">')
    with pytest.raises(CvError, match="holds no text"):
        read("<html><body><img src=a.png></body></html>")


def test_a_short_page_without_scripts_is_read() -> None:
    """Few words alone are no fault, nor is a word on JavaScript."""
    assert texts("<p>Mira Okafor, JavaScript required reading club</p>") != []


def test_damaged_pages_are_read() -> None:
    """Missing and wrong end tags, NUL bytes, unknown tags, a second page: no word is lost."""
    assert texts(b"<p>one\0two</b></p></div><my-tag>three<p>four<ul><li>five") == [
        "one two", "three", "four", "five",
    ]  # fmt: skip
    assert texts("<html><body><p>a</body></html><html><head></head><body><p>b</p></html>c") == [
        "a", "b", "c",
    ]  # fmt: skip


def test_no_document_is_fetched(tmp_path: Path) -> None:
    """Entities and document types are not resolved."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    html = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><p>a &x; b</p>'
    assert "secret" not in " ".join(texts(html))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<div>" * 100_000 + "x", "nested too deep"),
        ("<p>x" * 250_000, "tags"),
        ("<p>x" * 21_000, "lines"),
        ("word " * 500_000, "characters"),
    ],
)
def test_pages_that_are_no_cv_are_refused(body: str, message: str) -> None:
    """Whatever its size, a page is read or refused in bounded time."""
    with pytest.raises(CvError, match=message):
        read(f"<html><body>{body}")


def test_deep_pages_are_read() -> None:
    """Pages that never close a tag nest deep; that is no fault."""
    assert texts("<font><div>" * 900 + "deep" + "</div>" * 900 + "<p>after") == ["deep", "after"]


def test_tags_with_many_attributes_take_no_time() -> None:
    """libxml2 would take minutes for this tag, since it compares each attribute with each."""
    attributes = " ".join(f"a{n}=1" for n in range(100_000))
    start = time.process_time()
    assert texts(f'<body><p x=">" {attributes}>seen</p>') == ["seen"]
    assert time.process_time() - start < 20
