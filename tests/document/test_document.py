"""The DOCX: what the rules for readers ask of it, as other programs see it."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.document.document import link_target, render_docx
from tailor.layout.typography import A4, LETTER, Design, PageSetup, Paragraph, Style
from tailor.values.cleaning import clean, clean_text
from tailor.values.cv import RichText, Run

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

PAGE = [
    Paragraph(Style.NAME, RichText.of("Ada Müller")),
    Paragraph(Style.HEADLINE, RichText.of("Engineer")),
    Paragraph(
        Style.CONTACT,
        RichText.of(
            [
                Run("ada@example.org", link="mailto:ada@example.org"),
                Run(" | "),
                Run("example.org/ada", link="https://example.org/ada?a=1&b=2"),
                Run(" | London"),
            ]
        ),
    ),
    Paragraph(Style.SECTION, RichText.of("Experience")),
    Paragraph(Style.ENTRY, RichText.of("Engineer\tJul 2024 – Present")),
    Paragraph(Style.ORGANISATION, RichText.of("Example Works, London")),
    Paragraph(
        Style.BULLET,
        RichText.of(
            [
                Run("Wrote "),
                Run("fast", italic=True),
                Run(" & "),
                Run("safe", bold=True),
                Run(" <code>; see "),
                Run("the ", link="https://example.org/p"),
                Run("paper", bold=True, link="https://example.org/p"),
                Run("."),
            ]
        ),
        source="b1",
    ),
    Paragraph(Style.SECTION, RichText.of("Skills")),
    Paragraph(Style.BODY, RichText.of("C++, C#, .NET")),
]

DUMP = """\
Person Name | Ada Müller
Headline | Engineer
Contact | ada@example.org | example.org/ada | London
Heading 1 | Experience
Heading 2 | Engineer \tJul 2024 – Present
Organisation | Example Works, London
List Bullet | Wrote fast & safe <code>; see the paper.
Heading 1 | Skills
Body Text | C++, C#, .NET
"""


def render(paragraphs: list[Paragraph], setup: PageSetup = A4, body_size: float = 10) -> bytes:
    """Render with properties that do not matter."""
    return render_docx(
        paragraphs,
        design=Design(setup, body_size=body_size),
        title="Ada Müller: CV",
        author="Ada Müller",
    )


def opened(content: bytes) -> Any:  # noqa: ANN401  # its own types make all optional
    """The document as python-docx reads it."""
    return docx.Document(BytesIO(content))


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of the DOCX by name."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body_of(content: bytes) -> ET.Element:
    """The root of the document part."""
    return ET.fromstring(parts_of(content)["word/document.xml"])  # noqa: S314  # our own XML


def links_of(content: bytes) -> dict[str, str]:
    """The targets of all links outside, by their visible text."""
    return {
        link.text: link.url
        for paragraph in opened(content).paragraphs
        for link in paragraph.hyperlinks
    }


def test_dump_of_a_page() -> None:
    """The golden page: every paragraph in its style, word for word."""
    document = opened(render(PAGE))
    assert "".join(f"{p.style.name} | {p.text}\n" for p in document.paragraphs) == DUMP


texts = st.text(st.characters())
addresses = st.one_of(
    st.none(),
    texts,
    st.sampled_from(["https://example.org/a", "mailto:a@example.org", "javascript:x", "file:///a"]),
    texts.map("https://example.org/{}".format),
)
runs = st.builds(Run, texts, st.booleans(), st.booleans(), addresses)


@given(st.lists(st.tuples(st.sampled_from(Style), st.lists(runs, max_size=5)), max_size=5))
def test_text_reads_back_as_it_was(content: list[tuple[Style, list[Run]]]) -> None:
    """Any characters, runs and links: words, styles and targets come back, cleaned up only."""
    paragraphs = [Paragraph(style, RichText.of(runs)) for style, runs in content]
    found = opened(render(paragraphs)).paragraphs
    assert [p.style.style_id for p in found] == [p.style for p in paragraphs]
    for paragraph, read in zip(paragraphs, found, strict=True):
        cleaned = clean(paragraph.text)
        assert read.text == cleaned.plain
        pieces = [
            Run(run.text, bool(run.bold), bool(run.italic), getattr(item, "url", None))
            for item in read.iter_inner_content()
            for run in getattr(item, "runs", [item])
        ]
        wanted = [Run(r.text, r.bold, r.italic, link_target(r.link or "")) for r in cleaned.runs]
        assert RichText.of(pieces) == RichText.of(wanted)


def test_same_input_gives_the_same_bytes_in_any_process() -> None:
    """Neither the process nor its hash seed leaves a trace."""
    script = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]); import test_document as t;"
        "print(hashlib.sha256(t.render(t.PAGE)).hexdigest())"
    )
    folder = os.path.dirname(__file__)  # noqa: PTH120  # an argument of the script
    digests = {
        subprocess.run(
            [sys.executable, "-c", script, folder],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert digests == {hashlib.sha256(render(PAGE)).hexdigest()}


def test_no_time_stamp_and_no_compression() -> None:
    """Time stamps and the zlib at hand are what else could differ between machines."""
    with zipfile.ZipFile(BytesIO(render(PAGE))) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert [e.filename for e in entries[:3]] == [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
    ]


def test_rules_1_and_2_only_paragraphs() -> None:
    """Rules 1 and 2: no table, no text box, no picture: nothing but paragraphs and text."""
    root = body_of(render(PAGE))
    assert {child.tag for child in root[0]} == {f"{W}p", f"{W}sectPr"}
    allowed = "p pPr pStyle r rPr rStyle b bCs i iCs t tab hyperlink sectPr pgSz pgMar".split()
    assert {element.tag for element in root[0].iter()} <= {f"{W}{t}" for t in ["body", *allowed]}


def test_rule_3_no_header_and_no_footer() -> None:
    """Rule 3: everything stands in the body."""
    content = render(PAGE)
    assert not [name for name in parts_of(content) if "header" in name or "footer" in name]
    assert opened(content).sections[0].header.is_linked_to_previous
    assert "ada@example.org" in opened(content).paragraphs[2].text


def test_rule_4_one_column() -> None:
    """Rule 4: one section of one column."""
    content = render(PAGE)
    assert len(opened(content).sections) == 1
    assert body_of(content).find(f".//{W}cols") is None


def test_rule_5_the_name_is_the_first_paragraph() -> None:
    """Rule 5: in a style of its own, which no reader takes for metadata."""
    first = opened(render(PAGE)).paragraphs[0]
    assert first.text == "Ada Müller"
    assert first.style.name == "Person Name"


def test_rule_6_a_space_before_every_tab() -> None:
    """Rule 6: readers that drop tabs still see two words."""
    document = parts_of(render(PAGE))["word/document.xml"].decode()
    assert '<w:t xml:space="preserve">Engineer </w:t><w:tab/>' in document


def test_rule_7_bullets_are_a_real_list() -> None:
    """Rule 7: the style links to a numbering; its glyph is U+2022 in the body font."""
    content = render(PAGE)
    style = opened(content).styles["List Bullet"].element
    number = style.pPr.numPr.numId.val
    numbering = ET.fromstring(parts_of(content)["word/numbering.xml"])  # noqa: S314
    assert [n.get(f"{W}numId") for n in numbering.findall(f"{W}num")] == [str(number)]
    level = numbering.find(f"{W}abstractNum/{W}lvl")
    assert level is not None
    values = {child.tag: child.get(f"{W}val") for child in level}
    assert values[f"{W}lvlText"] == "\u2022"
    assert values[f"{W}pStyle"] == "ListBullet"
    fonts = level.find(f"{W}rPr/{W}rFonts")
    assert fonts is not None
    assert set(fonts.attrib.values()) == {"Calibri"}
    assert "\u2022" not in opened(content).paragraphs[6].text


def test_rule_8_headings_are_headings() -> None:
    """Rule 8: section headings stand alone, in a heading style with an outline level."""
    document = opened(render(PAGE))
    headings = [p for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [p.text for p in headings] == ["Experience", "Skills"]
    assert headings[0].style.element.find(f".//{W}outlineLvl").get(f"{W}val") == "0"


def test_rule_10_every_paragraph_has_properties() -> None:
    """Rule 10: a paragraph without them gets glued to its neighbour."""
    root = body_of(render([*PAGE, Paragraph(Style.BODY, RichText())]))
    paragraphs = root.findall(f".//{W}p")
    assert len(paragraphs) == len(PAGE) + 1
    assert all(paragraph[0].tag == f"{W}pPr" for paragraph in paragraphs)


def test_rule_14_links_are_visible_text_with_a_link() -> None:
    """Rule 14: the words stay as they are; neighbouring runs of one address share one link."""
    assert links_of(render(PAGE)) == {
        "ada@example.org": "mailto:ada@example.org",
        "example.org/ada": "https://example.org/ada?a=1&b=2",
        "the paper": "https://example.org/p",
    }


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "https://[x"])
def test_hostile_links_become_plain_text(address: str) -> None:
    """Neither a script nor a file of the reader's machine is ever linked."""
    content = render([Paragraph(Style.BODY, RichText.of([Run("click", link=address)]))])
    assert opened(content).paragraphs[0].text == "click"
    assert links_of(content) == {}
    assert b"TargetMode" not in parts_of(content)["word/_rels/document.xml.rels"]


@given(texts)
def test_rule_15_no_characters_that_confuse(text: str) -> None:
    """Rule 15: no private-use, control, zero-width or direction character on the page."""
    found = opened(render([Paragraph(Style.BODY, RichText.of(text))])).paragraphs[0].text
    assert all(unicodedata.category(c) not in {"Co", "Cc", "Cs"} or c == "\t" for c in found)
    assert not re.search("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]", found)


def test_rule_15_no_letter_spacing() -> None:
    """Rule 15: no style widens or raises its letters."""
    styles = ET.fromstring(parts_of(render(PAGE))["word/styles.xml"])  # noqa: S314
    looks = {look.tag for properties in styles.iter(f"{W}rPr") for look in properties}
    assert not looks & {f"{W}{tag}" for tag in ("spacing", "kern", "w", "position", "vanish")}


def test_rule_16_the_root_declares_r() -> None:
    """Rule 16: also in a document without links."""
    document = parts_of(render(PAGE[:1]))["word/document.xml"].decode()
    assert re.search(r"<w:document [^>]*xmlns:r=", document)


def test_rule_17_properties_say_who_and_nothing_about_the_program() -> None:
    """Rule 17: title, author and language are set; no program, no date, no other name."""
    content = render_docx(
        PAGE,
        design=Design(LETTER),
        title="Ada <Müller>\n& CV",
        author="Ada\x00 Müller",
        language="de-DE",
    )
    properties = opened(content).core_properties
    assert properties.title == "Ada <Müller> & CV"
    assert properties.author == "Ada Müller"
    assert properties.language == "de-DE"
    parts = parts_of(content)
    assert not [name for name in parts if "app.xml" in name or "custom.xml" in name]
    assert parts["docProps/core.xml"].count(b"<dc:") == 4
    whole = b"".join(parts.values()).lower()
    assert not [word for word in (b"python", b"tailor", b"dcterms") if word in whole]


def test_properties_are_as_long_as_word_takes_them() -> None:
    """255 characters stay, the rest is left out."""
    for length in (255, 256, 900):
        content = render_docx(PAGE, title=length * "ü", author=length * "é")
        properties = opened(content).core_properties
        assert (properties.title, properties.author) == (255 * "ü", 255 * "é")


def test_rule_18_a_long_cv_is_small() -> None:
    """Rule 18: ten full pages stay under 100 KB."""
    bullet = Paragraph(Style.BULLET, RichText.of(20 * "word and word "))
    assert len(render([*PAGE, *(10 * 18 * [bullet])])) < 100_000


@pytest.mark.parametrize("setup", [A4, LETTER])
@pytest.mark.parametrize("body_size", [9.5, 10, 10.5, 11])
def test_body_size_and_paper(setup: PageSetup, body_size: float) -> None:
    """The knob moves body, bullets and heads of entries, and no other; the paper is as asked."""
    document = opened(render(PAGE, setup, body_size))
    assert document.sections[0].page_height.twips == setup.height
    default = document.styles.element.find(f"{W}docDefaults//{W}sz")
    assert default.get(f"{W}val") == f"{2 * body_size:g}"
    sizes = {
        style.style_id: style.font.size.pt
        for style in document.styles
        if style.element.find(f"{W}rPr/{W}sz") is not None
    }
    expected = Design(setup, body_size=body_size).styles
    inherited = {Style.ORGANISATION, Style.BULLET, Style.BODY}
    assert {expected[style].size for style in inherited} == {body_size}
    assert sizes == {s: figures.size for s, figures in expected.items() if s not in inherited}


def test_language_is_set_for_the_spelling_checker() -> None:
    """In the defaults of all styles, whatever the template's own is."""
    content = render_docx(PAGE, design=Design(LETTER), title="", author="", language="fr-CA")
    assert b'<w:lang w:val="fr-CA"/>' in parts_of(content)["word/styles.xml"]
    assert b"en-US" not in parts_of(content)["word/styles.xml"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"design": Design(PageSetup("A5", 8391, 11906))}, "no template for the paper A5"),
        ({"design": Design(body_size=8)}, "body size 8"),
        ({"language": 'en"/>'}, "language"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, Any], message: str) -> None:
    """What would give a wrong page gives an error."""
    with pytest.raises(ValueError, match=message):
        render_docx(PAGE, title="", author="", **options)


def test_title_cannot_pass_for_the_fingerprint() -> None:
    """A title that looks like a fingerprint changes nothing."""
    stamp = "urn:sha256:" + 64 * "0"
    properties = opened(render_docx(PAGE, title=stamp, author="")).core_properties
    assert properties.title == stamp
    assert re.fullmatch("urn:sha256:[0-9a-f]{64}", properties.identifier)
    assert properties.identifier != stamp


def test_clean_text_is_what_the_page_shows() -> None:
    """The public clean-up tells what a line becomes."""
    line = "Cut cost\u200b by 38\xa0%\nand more \uf0b7"
    found = opened(render([Paragraph(Style.BODY, RichText.of(line))])).paragraphs[0].text
    assert found == clean_text(line)
