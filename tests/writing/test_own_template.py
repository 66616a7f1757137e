"""A template of the user's own: taken as it is where it will do, refused with a way out else."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, Twips

from tailor.composition import compose
from tailor.cv import Cv
from tailor.errors import TemplateError
from tailor.matching import match
from tailor.posting import Posting
from tailor.selection import select
from tailor.tailored import whole
from tailor.typography import STYLES, Style
from tailor.writing.document import render_docx
from tailor.writing.own_template import REQUIRED, read_template

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
    assert resume.pages == 4


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
