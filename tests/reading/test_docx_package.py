"""Damaged and hostile Word files: one clear line, in bounded time, and nothing fetched."""

from __future__ import annotations

import contextlib
import io
import zipfile

import docx
import pytest
from docx_files import NAMESPACES, new_document, read, repacked, run, saved, shown
from hypothesis import given, settings
from hypothesis import strategies as st

from tailor.values.errors import CvError, TailorError
from tailor.values.limits import USUAL

DOCUMENT = "word/document.xml"
TABLE = (
    f'<?xml version="1.0"?><w:document {NAMESPACES}><w:body><w:tbl><w:tr><w:tc>'
    f'<w:p><w:pPr><w:pStyle w:val="Title"/><w:ind w:left="200"/></w:pPr>{run("a", "<w:b/>")}'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2019</w:t>'
    '<w:sym w:char="F0B7"/></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>'
)


def sound() -> bytes:
    """Return a file that can be read."""
    return saved(new_document(f"<w:p>{run('Jane Quill')}</w:p>"))


def with_body(body: str, head: str = "") -> bytes:
    """Return a file with this XML as its body, and `head` above its first element."""
    xml = f"{head}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    return repacked(sound(), {DOCUMENT: xml.encode()})


def message(data: bytes) -> str:
    """Return the one line that reading the file ends with."""
    with pytest.raises(CvError) as caught:
        read(data)
    text = str(caught.value)
    assert text.startswith("cv.docx: ")
    assert "\n" not in text
    return text


def test_a_sound_file_is_read() -> None:
    """The others differ from it in one thing."""
    assert shown(read(sound())) == ["paragraph: Jane Quill"]


@pytest.mark.parametrize("end", [10, 100, 1000, -30])
def test_a_file_that_breaks_off_is_damaged(end: int) -> None:
    """As after a download that failed."""
    assert "damaged" in message(sound()[:end])


def test_parts_that_are_missing_or_no_xml() -> None:
    """The text must be there; styles need not."""
    assert "missing" in message(repacked(sound(), {DOCUMENT: None}))
    assert "is no XML" in message(repacked(sound(), {DOCUMENT: b"<w:document"}))
    assert "is no XML" in message(repacked(sound(), {DOCUMENT: b""}))
    assert "word/styles.xml" in message(repacked(sound(), {"word/styles.xml": b"<a><b></a>"}))
    assert read(repacked(sound(), {"word/styles.xml": None, "word/numbering.xml": None}))
    assert read(repacked(sound(), {"word/_rels/document.xml.rels": None, "_rels/.rels": None}))


def test_a_part_with_a_false_checksum_is_damaged() -> None:
    """A flipped bit is not read as text."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(DOCUMENT, "<a>text</a>")
    assert "damaged" in message(stream.getvalue().replace(b"<a>text", b"<a>best"))


def test_a_file_without_text_says_so() -> None:
    """A scan in a Word file, for instance."""
    assert "there is no text" in message(saved(docx.Document()))
    assert "there is no text" in message(with_body("<w:p/><w:p><w:r/></w:p>"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    """Neither those that grow without end nor those that name other files are looked at."""
    head = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>'
    body = f"<w:p>{run('&b;')}</w:p>"
    xml = f"{head}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    data = repacked(sound(), {DOCUMENT: xml.encode(encoding)})
    assert "entities" in message(data)
    assert "is no XML" in message(with_body(f"<w:p>{run('&b;')}</w:p>"))


def test_a_zip_bomb_is_refused() -> None:
    """By its declared size, and by what it really unpacks to where it lies."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(DOCUMENT, "w") as part,
    ):
        for _ in range(USUAL.unpacked // 2**20 + 1):
            part.write(bytes(2**20))
    data = stream.getvalue()
    assert "far too much" in message(data)
    size = (USUAL.unpacked // 2**20 + 1) * 2**20
    lying = data.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != data
    assert message(lying)


def test_too_many_parts_are_refused() -> None:
    """Each costs time and memory."""
    extra: dict[str, bytes | None] = {f"x{number}": b"" for number in range(USUAL.members)}
    assert "more than 5,000 files" in message(repacked(sound(), extra))


def test_too_many_lines_are_refused() -> None:
    """A file may be small and yet hold millions of them."""
    assert "lines" in message(with_body("<w:p/>" * (USUAL.lines + 1)))
    assert "lines" in message(with_body("<w:p><w:r/></w:p>" * 250_001))


def test_deep_nesting_is_refused_and_some_is_not() -> None:
    """Tables in tables, controls in controls; what people make is read."""

    def nested(depth: int, start: str, end: str) -> bytes:
        return with_body(start * depth + f"<w:p>{run('in')}</w:p>" + end * depth)

    in_table = ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")
    in_control = ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>")
    for start, end in (in_table, in_control):
        assert shown(read(nested(80, start, end))) == ["paragraph: in"]
        assert "deep" in message(nested(130, start, end))
        assert message(nested(9_000, start, end))
    inserted = "<w:ins>" * 200 + run("in") + "</w:ins>" * 200
    assert shown(read(with_body(f"<w:p>{inserted}</w:p>"))) == ["paragraph: in"]


def test_styles_that_go_in_circles_end() -> None:
    """A style may say that it is based on itself."""
    document = docx.Document()
    one, two = (document.styles.add_style(name, 1) for name in ("One", "Two"))
    one.base_style, two.base_style = two, one
    document.add_paragraph("text", style=one)
    assert shown(read(document)) == ["paragraph: text"]


def test_figures_that_are_none_are_left_out() -> None:
    """Sizes, levels and numbers may hold anything."""
    properties = (
        '<w:outlineLvl w:val="many"/><w:numPr><w:ilvl w:val="-1"/><w:numId w:val="x"/></w:numPr>'
        '<w:spacing w:before="nan" w:after="1e999"/><w:ind w:left="far"/>'
    )
    wrong = '<w:sz w:val="large"/><w:b w:val="perhaps"/>'
    symbols = '<w:r><w:sym w:char="zz"/><w:sym w:char="DFFF"/><w:sym/></w:r>'
    body = f"<w:p><w:pPr>{properties}</w:pPr>{run('text', wrong)}{symbols}</w:p>"
    assert shown(read(with_body(body))) == ["paragraph: text"]


def test_strict_files_are_read() -> None:
    """The standard's strict form has other names for the same elements."""
    usual, strict = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    xml = f"<w:document {NAMESPACES}><w:body><w:p>{run('text')}</w:p></w:body></w:document>"
    data = repacked(sound(), {DOCUMENT: xml.encode().replace(usual, strict)})
    assert shown(read(data)) == ["paragraph: text"]


@settings(max_examples=100)
@given(st.data())
def test_damage_anywhere_never_ends_in_a_traceback(data: st.DataObject) -> None:
    """Bytes of the text's part changed at will: lines, or an error for people."""
    xml = bytearray(TABLE.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(xml) - 1))
        xml[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(DOCUMENT, bytes(xml))
    with contextlib.suppress(TailorError):
        read(stream.getvalue())
