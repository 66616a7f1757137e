"""A template of the user's own: taken as it is where it will do, refused with a way out else."""

from __future__ import annotations

import contextlib
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, Twips
from hypothesis import given, settings
from hypothesis import strategies as st

from tailor.document.document import render_docx
from tailor.document.own_template import REQUIRED, read_template
from tailor.layout.font_metrics import line_height
from tailor.layout.typography import STYLES, Style
from tailor.matching.match import match
from tailor.selection.composition import compose
from tailor.selection.select import select
from tailor.selection.tailored_cv import whole
from tailor.values.cv import Cv
from tailor.values.errors import TemplateError
from tailor.values.posting import Posting

MADE_FOR_IT = ("Person Name", "Headline", "Contact", "Organisation")


def user_document(*, without: str = "") -> Any:  # noqa: ANN401 - python-docx has no types
    """Return a document as somebody would make it in Word, with its own text in it."""
    document = docx.Document()
    for name in MADE_FOR_IT:
        if name != without:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = document.styles["Normal"]
            style.font.size = Pt(30) if name == "Person Name" else None
    document.styles["Normal"].font.size = Pt(12)
    document.styles["Normal"].paragraph_format.space_after = Pt(3)
    section = document.sections[0]
    section.page_width, section.page_height = Twips(10_000), Twips(14_000)
    section.left_margin = section.right_margin = Twips(1_000)
    section.top_margin = section.bottom_margin = Twips(900)
    section.header.paragraphs[0].text = "Curriculum vitae of nobody"
    document.add_paragraph("Text of the template.")
    return document


def saved(document: Any, path: Path) -> Path:  # noqa: ANN401
    """Save it and return the path."""
    document.save(str(path))
    return path


def test_page_and_styles_are_those_of_the_template(tmp_path: Path) -> None:
    """Paper, margins, sizes, spaces and the indent of the bullets, through what is inherited."""
    design = read_template(saved(user_document(), tmp_path / "mine.docx"))
    assert (design.setup.width, design.setup.height, design.setup.side) == (10_000, 14_000, 1_000)
    assert design.styles[Style.NAME].size == 30
    assert design.styles[Style.BODY].size == design.body_size == 12
    assert design.styles[Style.CONTACT].after == 3
    assert design.styles[Style.SECTION].bold
    bullet = design.styles[Style.BULLET]
    assert bullet.is_list
    assert bullet.left == bullet.hanging == 360


def test_the_page_is_the_cvs_in_the_templates_styles(tmp_path: Path, sample_cv: Cv) -> None:
    """Nothing of the template's own words; each paragraph in the template's style by its name."""
    design = read_template(saved(user_document(), tmp_path / "mine.docx"))
    paragraphs = compose(sample_cv, whole(sample_cv), design)
    content = render_docx(paragraphs, design=design, title="CV", author="Jo")
    assert content == render_docx(paragraphs, design=design, title="CV", author="Jo")
    document: Any = docx.Document(BytesIO(content))
    assert document.sections[0].page_width.twips == 10_000
    assert not document.sections[0].header.paragraphs[0].text
    assert document.paragraphs[0].text == sample_cv.name
    assert [p.style.name.casefold() for p in document.paragraphs] == [
        STYLES[p.style].name.casefold() for p in paragraphs
    ]
    assert document.styles["Person Name"].font.size == Pt(30)
    names = zipfile.ZipFile(BytesIO(content)).namelist()
    assert not [name for name in names if "header" in name or "media" in name]


def test_letters_keep_the_templates_size(
    tmp_path: Path, sample_cv: Cv, sample_posting: Posting
) -> None:
    """The choice fits the template's page and does not change its letters."""
    design = read_template(saved(user_document(), tmp_path / "mine.docx"))
    resume = select(match(sample_cv, sample_posting), pages=4, design=design)
    assert resume.design == design
    assert 1 < resume.pages <= 4


@pytest.mark.parametrize("name", MADE_FOR_IT)
def test_a_missing_style_is_named(tmp_path: Path, name: str) -> None:
    """One that is missing, with what to do."""
    path = saved(user_document(without=name), tmp_path / "mine.docx")
    with pytest.raises(TemplateError, match=f"has no style of the name '{name}'; add it"):
        read_template(path)


def test_all_missing_styles_are_named(tmp_path: Path) -> None:
    """At once, not one after the other."""
    with pytest.raises(TemplateError) as error:
        read_template(saved(docx.Document(), tmp_path / "bare.docx"))
    assert all(f"'{name}'" in str(error.value) for name in MADE_FOR_IT)
    assert set(MADE_FOR_IT) < set(REQUIRED)


def test_protected(tmp_path: Path) -> None:
    """Restricted editing is the owner's wish; it is not lifted by us."""
    document = user_document()
    protection = OxmlElement("w:documentProtection")
    protection.set(qn("w:edit"), "readOnly")
    protection.set(qn("w:enforcement"), "1")
    document.settings.element.append(protection)
    with pytest.raises(TemplateError, match="protected against changes"):
        read_template(saved(document, tmp_path / "mine.docx"))


def test_columns(tmp_path: Path) -> None:
    """Two columns are what parsers mix up."""
    document = user_document()
    columns = document.sections[0]._sectPr.find(qn("w:cols"))  # noqa: SLF001
    columns.set(qn("w:num"), "2")
    with pytest.raises(TemplateError, match="several columns"):
        read_template(saved(document, tmp_path / "mine.docx"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not a zip", "is no Word file"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "protected by a password"),
        (b"", "is empty"),
    ],
)
def test_no_word_file(tmp_path: Path, content: bytes, message: str) -> None:
    """What is no DOCX is said to be none."""
    path = tmp_path / "mine.docx"
    path.write_bytes(content)
    with pytest.raises(TemplateError, match=message):
        read_template(path)


def test_no_file(tmp_path: Path) -> None:
    """The path is in the message."""
    with pytest.raises(TemplateError, match=r"none\.docx: no such file"):
        read_template(tmp_path / "none.docx")


def changed(content: bytes, change: Callable[[str], str]) -> bytes:
    """Return the Word file with its styles changed."""
    old, new = zipfile.ZipFile(BytesIO(content)), BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            text = old.read(name)
            is_styles = name == "word/styles.xml"
            archive.writestr(name, change(text.decode()) if is_styles else text)
    return new.getvalue()


def with_name_style(tmp_path: Path, properties: str) -> Path:
    """Save a template whose name's style has these properties of its letters."""
    buffer = BytesIO()
    user_document().save(buffer)
    path = tmp_path / "mine.docx"
    size = '<w:sz w:val="60"/>'
    content = changed(buffer.getvalue(), lambda styles: styles.replace(size, properties))
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ('<w:sz w:val="0"/>', "letters of 0 points in its style 'Person Name'"),
        ('<w:sz w:val="99999"/>', "choose 6 to 72"),
        ("<w:vanish/>", "hides the text of its style 'Person Name'"),
        ('<w:color w:val="FFFFFF"/>', "white letters on white"),
        ('<w:color w:val="fefefe"/>', "white letters on white"),
    ],
)
def test_letters_nobody_can_read(tmp_path: Path, properties: str, message: str) -> None:
    """Hidden text is what cheats use; sizes without bounds fill no page."""
    with pytest.raises(TemplateError, match=message):
        read_template(with_name_style(tmp_path, properties))


@pytest.mark.parametrize("color", ["1F3864", "auto", "777777", "nonsense", "Ωμέγα!"])
def test_other_colors_are_taken(tmp_path: Path, color: str) -> None:
    """Also those that are none: Word shows them in black."""
    design = read_template(with_name_style(tmp_path, f'<w:color w:val="{color}"/>'))
    assert bytes.fromhex(design.styles[Style.NAME].color)


@pytest.mark.parametrize("size", ["inf", "999999999999", "large"])
def test_a_size_that_is_none_is_left_out(tmp_path: Path, size: str) -> None:
    """The style then has the size that it inherits, here and in the Word file."""
    design = read_template(with_name_style(tmp_path, f'<w:sz w:val="{size}"/>'))
    assert design.styles[Style.NAME].size == 12
    document: Any = docx.Document(BytesIO(design.template))
    assert document.styles["Person Name"].font.size == Pt(12)


@settings(max_examples=30)
@given(st.sampled_from(["sz", "before", "left", "line", "space"]), st.text("-0123456789.naif"))
def test_any_figure_gives_a_design_or_an_error(attribute: str, figure: str) -> None:
    """Whatever stands where a number is due, it never is a crash."""
    name = "val" if attribute == "sz" else attribute
    element = {"sz": "sz", "left": "ind"}.get(attribute, "spacing")
    buffer = BytesIO()
    user_document().save(buffer)
    extra = f'<w:{element} w:{name}="{figure}"/>'
    group = "rPr" if attribute == "sz" else "pPr"

    own = '<w:name w:val="Contact"/>'

    def with_figure(styles: str) -> str:
        return styles.replace(own, f"{own}<w:{group}>{extra}</w:{group}>")

    with TemporaryDirectory() as folder:
        path = Path(folder, "mine.docx")
        path.write_bytes(changed(buffer.getvalue(), with_figure))
        with contextlib.suppress(TemplateError):
            assert read_template(path).styles[Style.CONTACT].size > 0


def test_macros_are_refused(tmp_path: Path) -> None:
    """A file that can act is no template."""
    path = saved(user_document(), tmp_path / "mine.docm")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(TemplateError, match="holds macros"):
        read_template(path)


def test_fonts_of_unknown_widths_are_named(tmp_path: Path) -> None:
    """The estimate stays on the safe side, and the look says for which fonts."""
    document = user_document()
    path = tmp_path / "mine.docx"
    document.styles["Headline"].font.name = "Comic Sans MS"
    look = read_template(saved(document, path)).look
    assert "Comic Sans MS" in look.unknown_fonts
    assert read_template(path).styles[Style.HEADLINE].font == "Arial"


def test_the_document_stays_lean(tmp_path: Path, sample_cv: Cv) -> None:
    """Of a file's many styles and lists only those in use come along."""
    path = saved(user_document(), tmp_path / "mine.docx")
    design = read_template(path)
    assert len(design.template) < 40_000
    document: Any = docx.Document(BytesIO(design.template))
    assert "Light Shading" not in {style.name for style in document.styles}
    content = render_docx(
        compose(sample_cv, whole(sample_cv), design), design=design, title="CV", author="Jo"
    )
    assert len(content) < 100_000


def test_bullets_are_real_characters(tmp_path: Path) -> None:
    """Of the signs of a symbol font readers get a private-use character."""
    design = read_template(saved(user_document(), tmp_path / "mine.docx"))
    with zipfile.ZipFile(BytesIO(design.template)) as archive:
        numbering = archive.read("word/numbering.xml").decode()
    assert 'w:lvlText w:val="•"' in numbering
    assert "Symbol" not in numbering


@pytest.mark.parametrize("form", ["decimal", "none", "upperRoman"])
def test_a_numbered_list_is_no_bullets(tmp_path: Path, form: str) -> None:
    """The lines below a job are not counted: the style has to have a sign, and that is said."""
    document = user_document()
    for each in document.part.numbering_part.element.iter(qn("w:numFmt")):
        each.set(qn("w:val"), form)
    path = saved(document, tmp_path / "mine.docx")
    with pytest.raises(TemplateError, match="gives its style 'List Bullet' no bullet; choose one"):
        read_template(path)


def test_a_list_may_have_levels_of_its_own(tmp_path: Path) -> None:
    """A numbering may say its levels anew, in place of those of the list that it refers to."""
    document = user_document()
    numbering = document.part.numbering_part.element
    for number in numbering.iter(qn("w:num")):
        kind = number.find(qn("w:abstractNumId")).get(qn("w:val"))
        lists = numbering.iter(qn("w:abstractNum"))
        (used,) = (each for each in lists if each.get(qn("w:abstractNumId")) == kind)
        own = OxmlElement("w:lvlOverride")
        own.set(qn("w:ilvl"), "0")
        own.append(used.find(qn("w:lvl")))
        number.append(own)
    assert read_template(saved(document, tmp_path / "mine.docx")).template


@pytest.mark.parametrize(("indent", "is_taken"), [(1_500, True), (1_600, False)])
def test_an_indent_leaves_room_for_words(tmp_path: Path, indent: int, is_taken: bool) -> None:
    """On a narrow page less of it may be an indent: an inch is left for each line."""
    document = user_document()
    section = document.sections[0]
    section.page_width = Twips(5_000)
    document.styles["Contact"].paragraph_format.left_indent = Twips(indent)
    path = saved(document, tmp_path / "mine.docx")
    said = pytest.raises(TemplateError, match="indents its style 'Contact' too far")
    with contextlib.nullcontext() if is_taken else said:
        read_template(path)


@pytest.mark.parametrize(
    ("base", "own", "expected"),
    [
        ('w:left="700" w:hanging="300"', 'w:hanging="200"', (700, 200)),
        ('w:left="700" w:hanging="300"', 'w:left="400"', (400, 300)),
        # The estimate sets all lines of it as far in as the first.
        ('w:left="700" w:hanging="300"', 'w:firstLine="100"', (800, 0)),
        ('w:left="700"', 'w:hanging="200"', (700, 200)),
    ],
)
def test_an_indent_is_inherited_in_parts(
    tmp_path: Path, base: str, own: str, expected: tuple[int, int]
) -> None:
    """A style keeps what the one that it is based on says of the rest of its indent."""
    buffer = BytesIO()
    user_document().save(buffer)

    def with_indents(styles: str) -> str:
        for name, indent in (("Normal", base), ("Contact", own)):
            element = f'<w:name w:val="{name}"/>'
            at = styles.index(element)
            end = styles.index("</w:style>", at)
            style = re.sub("<w:pPr>.*?</w:pPr>", "", styles[at:end], flags=re.DOTALL)
            style = style.replace(element, f"{element}<w:pPr><w:ind {indent}/></w:pPr>")
            styles = styles[:at] + style + styles[end:]
        return styles

    path = tmp_path / "mine.docx"
    path.write_bytes(changed(buffer.getvalue(), with_indents))
    contact = read_template(path).styles[Style.CONTACT]
    assert (contact.left, contact.hanging) == expected


def test_dates_end_at_the_edge_of_the_text(tmp_path: Path) -> None:
    """An entry's style without any tab gets one there; one with its own keeps it."""
    document = user_document()
    assert read_template(saved(document, tmp_path / "bare.docx")).styles[Style.ENTRY].right_tab
    document.styles["Heading 2"].paragraph_format.tab_stops.add_tab_stop(Pt(200))
    assert not read_template(saved(document, tmp_path / "own.docx")).styles[Style.ENTRY].right_tab


def test_language_is_the_cvs(tmp_path: Path) -> None:
    """The writer sets it in the template's defaults."""
    design = read_template(saved(user_document(), tmp_path / "mine.docx"))
    content = render_docx([], design=design, title="CV", author="Jo", language="de-AT")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        styles = archive.read("word/styles.xml").decode()
    assert 'w:lang w:val="de-AT"' in styles


# Of each style: what is added to its paragraphs and to its letters.
_BORDERS = (
    '<w:pBdr><w:top w:val="single" w:sz="16" w:space="3"/><w:left w:val="single" w:sz="80"/>'
    '<w:bottom w:val="double" w:space="5"/></w:pBdr>'
)
_ADDED = {
    "Person Name": (
        f'{_BORDERS}<w:spacing w:before="100" w:after="60" w:line="800" w:lineRule="exact"/>',
        '<w:rFonts w:ascii="Carlito"/><w:b/><w:color w:val="1F3864"/><w:sz w:val="60"/>',
    ),
    "Headline": (
        (
            '<w:pBdr><w:bottom w:val="nil" w:sz="48"/></w:pBdr>'
            '<w:spacing w:line="200" w:lineRule="atLeast"/><w:ind w:left="200" w:right="100"/>'
        ),
        '<w:rFonts w:ascii="Comic Sans MS"/><w:i/>',
    ),
    "Contact": (
        (
            '<w:keepNext/><w:keepLines/><w:pBdr><w:bottom w:val="single" w:sz="1" w:space="0"/>'
            '</w:pBdr><w:spacing w:line="360"/><w:ind w:firstLine="300"/><w:contextualSpacing/>'
        ),
        '<w:rFonts w:ascii="Helvetica"/><w:smallCaps/>',
    ),
    "Organisation": (
        (
            '<w:spacing w:line="700" w:lineRule="atLeast"/><w:ind w:left="500" w:hanging="120"/>'
            '<w:contextualSpacing w:val="0"/><w:outlineLvl w:val="9"/>'
        ),
        '<w:rFonts w:ascii="Liberation Serif"/><w:b w:val="0"/><w:vanish w:val="0"/>',
    ),
    "Body Text": (
        '<w:spacing w:before="-20" w:line="240" w:lineRule="exact"/><w:outlineLvl w:val="3"/>',
        '<w:rFonts w:ascii="Calibri"/><w:shd w:fill="000000"/><w:color w:val="FFFFFF"/>',
    ),
}


def test_figures_of_many_looks(tmp_path: Path) -> None:
    """What each style takes of the page, to the twip: rules, indents, heights of lines."""
    buffer = BytesIO()
    document = user_document()
    document.sections[0].gutter = Twips(101)
    document.save(buffer)

    def with_looks(styles: str) -> str:
        for name, (paragraph, letters) in _ADDED.items():
            own = re.compile(
                f'(<w:name w:val="{name}"/>.*?)(?:<w:pPr>.*?</w:pPr>)?(?:<w:rPr>.*?</w:rPr>)?'
                "(</w:style>)",
                re.DOTALL,
            )
            added = f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr>"
            styles = own.sub(rf"\g<1>{added}\g<2>", styles, count=1)
        return styles

    path = tmp_path / "mine.docx"
    path.write_bytes(changed(buffer.getvalue(), with_looks))
    design = read_template(path)
    assert design.setup.side == 1_050
    name, headline, contact, organisation, body = (
        design.styles[style]
        for style in (Style.NAME, Style.HEADLINE, Style.CONTACT, Style.ORGANISATION, Style.BODY)
    )
    found = {
        style.name: (
            *(style.size, style.bold, style.italic, style.caps, style.color, style.font),
            *(style.before, style.after, style.left, style.hanging, style.rule_below),
            *(style.keep_next, style.keep_lines, style.is_tight, style.outline_level),
        )
        for style in (name, headline, contact, organisation, body)
    }
    no, yes, black = False, True, "000000"
    assert found == {
        # The rules: 2 points and 3 to them, half a point and 5; the first one is not counted.
        "Person Name": (
            *(30, yes, no, no, "1F3864", "Calibri", 5, 3, 0, 0, 9.5, no, no, no, None),
        ),
        "Headline": (12, no, yes, no, black, "Arial", 0, 3, 300, 0, 0, no, no, no, None),
        "Contact": (12, no, no, yes, black, "Arial", 0, 3, 300, 0, 0.125, yes, yes, yes, None),
        "Organisation": (
            *(12, no, no, no, black, "Times New Roman", 0, 3, 500, 120, 0, no, no, no, None),
        ),
        "Body Text": (12, no, no, no, "FFFFFF", "Calibri", 0, 3, 0, 0, 0, no, no, no, 3),
    }
    high, low = line_height(12, "Calibri"), line_height(12, "Arial")
    assert name.spacing == pytest.approx(40 / line_height(30, "Calibri"))  # exactly
    assert headline.spacing == pytest.approx(high / low)  # at least, of a font nobody knows
    assert contact.spacing == pytest.approx(1.5)
    assert organisation.spacing == pytest.approx(35 / line_height(12, "Times New Roman"))
    assert body.spacing == pytest.approx(12 / high)


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ('<w:ind w:left="2880"/>', ""),
        ('<w:ind w:left="2881"/>', "indents its style 'Contact' too far"),
        ('<w:spacing w:before="2880"/>', ""),
        ('<w:spacing w:before="2900"/>', "too much space around its style 'Contact'"),
        ('<w:pBdr><w:top w:val="single" w:sz="8" w:space="150"/></w:pBdr>', "too much space"),
        ('<w:spacing w:line="904"/>', ""),
        ('<w:spacing w:line="906"/>', "cuts or spreads the lines of its style 'Contact'"),
        ('<w:spacing w:line="159"/>', ""),
        ('<w:spacing w:line="158"/>', "cuts or spreads"),
    ],
)
def test_bounds_of_figures(tmp_path: Path, properties: str, message: str) -> None:
    """Up to two inches are taken, and no more; lines from 0.7 to 4 times as high as letters.

    The font is one that nobody knows, so its lines count 1.06 times as high as Arial's.
    """
    buffer = BytesIO()
    user_document().save(buffer)
    own = '<w:name w:val="Contact"/>'
    path = tmp_path / "mine.docx"
    path.write_bytes(
        changed(
            buffer.getvalue(),
            lambda styles: styles.replace(own, f"{own}<w:pPr>{properties}</w:pPr>"),
        )
    )
    with pytest.raises(TemplateError, match=message) if message else contextlib.nullcontext():
        read_template(path)


@pytest.mark.parametrize(("length", "is_taken"), [(31_680, True), (31_681, False)])
def test_a_page_is_at_most_as_large_as_word_has_it(
    tmp_path: Path, length: int, is_taken: bool
) -> None:
    """Up to 22 inches, in either direction."""
    document = user_document()
    document.sections[0].page_height = Twips(length)
    tall = saved(document, tmp_path / "tall.docx")
    document.sections[0].page_width = Twips(length)
    document.sections[0].page_height = Twips(14_000)
    for path in (tall, saved(document, tmp_path / "wide.docx")):
        said = pytest.raises(TemplateError, match="a page of more than 22 inches")
        with contextlib.nullcontext() if is_taken else said:
            read_template(path)


def test_what_would_overrule_the_figures_is_left_behind(tmp_path: Path) -> None:
    """In Word spaces in lines go before those in points, and a theme's fonts before named ones."""
    buffer = BytesIO()
    user_document().save(buffer)
    own = '<w:name w:val="Contact"/>'
    properties = (
        '<w:pPr><w:spacing w:before="140" w:beforeLines="300"/></w:pPr>'
        '<w:rPr><w:rFonts w:asciiTheme="majorHAnsi"/></w:rPr>'
    )
    path = tmp_path / "mine.docx"
    path.write_bytes(
        changed(buffer.getvalue(), lambda styles: styles.replace(own, own + properties))
    )
    design = read_template(path)
    assert design.styles[Style.CONTACT].before == 7
    document: Any = docx.Document(BytesIO(design.template))
    style = document.styles["Contact"]
    assert (style.paragraph_format.space_before, style.font.name) == (Pt(7), "Calibri")
    names = {name for element in style.element.iter() for name in element.attrib}
    assert not names & {qn("w:beforeLines"), qn("w:asciiTheme")}
