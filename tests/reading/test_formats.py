"""What a file is, told by its content; and what is said of files that are not read."""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time

import pytest
from docx_files import repacked
from hostile_files import (
    OLE,
    docx_file,
    encrypted_pdf,
    flagged,
    old_office,
    overlapping,
    page,
    pdf_file,
    zipped,
)
from hypothesis import given
from hypothesis import strategies as st

from tailor.reading.files import Content, What, read_content
from tailor.reading.reader import Format, recognise
from tailor.values.errors import TailorError
from tailor.values.limits import USUAL

BOTH: tuple[What, ...] = ("CV", "posting")
DOCX = docx_file()
TYPES = {"[Content_Types].xml": b"<Types/>"}
PAGE = page("<h1>Night Baker</h1><p>Bake rye bread.</p>")


def of_cv(data: bytes | str) -> Format:
    """Return the format of a CV."""
    return recognise(content(data, "CV"))


def of_posting(data: bytes | str) -> Format:
    """Return the format of a posting."""
    return recognise(content(data, "posting"))


def content(data: bytes | str, what: What) -> Content:
    """Return the content of a file whose name tells nothing."""
    return Content("given.xyz", data.encode() if isinstance(data, str) else data, what)


def refusal(data: bytes | str, what: What) -> str:
    """Return the one line that says why a file is not read, and what to do."""
    with pytest.raises(TailorError) as caught:
        recognise(content(data, what))
    message = str(caught.value)
    assert message.startswith("given.xyz: ")
    assert "\n" not in message
    assert ";" in message
    assert caught.value.exit_code == {"CV": 3, "posting": 4}[what]
    return message


# Documents


@pytest.mark.parametrize(
    "data",
    [
        pdf_file(),
        b"%PDF-1.7 and nothing else",
        b"\xef\xbb\xbf\r\n" + pdf_file(),
        b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + pdf_file(),
        b"junk of a scanner \x00\x01" * 40 + pdf_file(),
        encrypted_pdf(),
    ],
)
def test_pdf(data: bytes) -> None:
    """A PDF may begin with something else, by the format's own rules."""
    assert of_cv(data) is Format.PDF
    assert of_posting(data) is Format.PDF


@pytest.mark.parametrize(
    "text",
    [
        "PDF developer\n\nYou know the header %PDF-1.7 by heart.\n",
        "PDF developer\n\n- write files that begin with\n%PDF-1.4\n- and read them\n",
    ],
)
def test_a_text_about_pdfs_is_text(text: str) -> None:
    """It has no objects."""
    assert of_posting(text) is Format.TEXT
    assert of_cv(text) is Format.TEXT


@pytest.mark.parametrize(
    "data",
    [
        DOCX,
        b"junk before it" + DOCX,
        repacked(DOCX, {"word/vbaProject.bin": b"\x00macros"}),  # .docm
        zipped({**TYPES, "word\\document.xml": b"<w/>"}),
        zipped({**TYPES, "Word/Document.xml": b"<w/>", "xl/embedded.xlsx": b""}),
    ],
)
def test_word(data: bytes) -> None:
    """Documents, templates and documents with macros are one format; macros are not run."""
    assert of_cv(data) is Format.DOCX
    assert of_posting(data) is Format.DOCX


def test_linkedin() -> None:
    """An export is known by its tables, in a folder or not; it is never a posting."""
    data = zipped({"Export_2024/Positions.csv": b"Company Name,Title\n"})
    assert of_cv(data) is Format.LINKEDIN
    assert of_cv(zipped({"Profile.csv": b"First Name,Last Name\n"})) is Format.LINKEDIN


ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped({**TYPES, "xl/workbook.xml": b""}), "Excel"),
        (zipped({**TYPES, "ppt/presentation.xml": b""}), "PowerPoint"),
        (zipped(ODT), "OpenDocument"),
        (zipped({"content.xml": b"", "mimetype": b"?"}), "OpenDocument"),
        (zipped({"Index/Document.iwa": b"\x00"}), "Apple Pages"),
        (zipped({"Index.zip": b"", "preview.jpg": b""}), "Apple Pages"),
        (zipped({"cv.pdf": pdf_file()}), "zip file, but neither .*; unpack"),
        (zipped({}), "empty zip"),
        (b"prefix" + zipped({}), "not text|empty zip"),
        (DOCX[: len(DOCX) // 2], "damaged"),
        (DOCX[:-10], "damaged"),
        (b"PK\x03\x04", "damaged"),
        (flagged(DOCX), "encrypted; .*without a password"),
        (overlapping(DOCX, 500), f"more than {USUAL.members:,} files"),
        (OLE, "old Word file"),
        (old_office("Root Entry", "WordDocument"), "old Word file"),
        (old_office("Root Entry", "Workbook"), "old Excel file"),
        (old_office("Root Entry", "__substg1.0_1000001F"), "Outlook"),
        (old_office("Root Entry", "EncryptionInfo", "EncryptedPackage"), "encrypted; .*password"),
        (b"{\\rtf1\\ansi Jo Doe}", "RTF"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"GIF89a\x01\x00", "GIF"),
        (b"II*\x00\x08\x00", "TIFF"),
        (b"\x00\x00\x00\x18ftypheic\x00", "HEIC"),
        (b"\x1f\x8b\x08\x00", "gzip.*; unpack"),
        (b"7z\xbc\xaf'\x1c\x00\x04", "7-Zip.*; unpack"),
        (b"Rar!\x1a\x07\x00", "RAR.*; unpack"),
        (b"bplist00\xd1\x01", "web archive"),
        (b"%!PS-Adobe-3.0\n", "PostScript"),
    ],
)
@pytest.mark.parametrize("what", BOTH)
def test_documents_that_are_not_read(data: bytes, words: str, what: What) -> None:
    """Each is named, with what to do; its ending would not have told."""
    assert re.search(words, refusal(data, what))


def test_zips_that_are_no_zips() -> None:
    """A name that begins with PK, or a text that names the marks of a zip file, is text."""
    assert of_cv("PK Sood\n\nWork\n\nBaker, Leeds\n2020 - 2021\n") is Format.TEXT
    assert of_posting("RIFF and BZh are names of ours\n") is Format.TEXT


# Web pages


@pytest.mark.parametrize(
    "before",
    [
        "",
        "\ufeff",
        "\n\n  ",
        '<?xml version="1.0" encoding="utf-8"?>\n',
        "<!-- saved from url=(0014)about:internet -->\n",
        "<!-- one --><!-- two > -->\n\ufeff<!---->",
    ],
)
@pytest.mark.parametrize("start", ["<!DOCTYPE html>", "<HTML lang=en>", "<head>", "<body class=a>"])
@pytest.mark.parametrize("what", BOTH)
def test_pages(before: str, start: str, what: What) -> None:
    """A page is known by its first tag, whatever stands before that."""
    text = f"{before}{start}<title>Night Baker</title><p>Bake rye bread.</p>"
    assert recognise(content(text, what)) is Format.HTML
    assert recognise(content(text.encode("utf-16"), what)) is Format.HTML


@pytest.mark.parametrize(
    "text",
    [
        "<div class='job'><h1>Night Baker</h1><p>Bake rye bread.</p><ul><li>Loaves</ul></div>",
        "<p>Night Baker</p>\n<p>Bake rye bread, <b>forty</b> loaves a night.</p>\n",
        "\n<section>\n<h2>Your tasks</h2>\n- not Markdown\n</section>\n",
        "<h1>Night Baker</h1><p>Bake rye bread<p>Count loaves<p>Sweep the floor",
    ],
)
def test_a_piece_of_a_page_is_a_posting(text: str) -> None:
    """As it is copied out of a browser's inspector; a CV of this form is Markdown with HTML."""
    assert of_posting(text) is Format.HTML
    assert of_cv(text) is Format.TEXT


@pytest.mark.parametrize(
    "text",
    [
        "<p align=center>Jo Doe</p>\n\n## Work\n\n- Baked forty loaves a day\n",
        "<div>logo</div>\n\nNight Baker\n\nYour tasks: to bake rye bread, forty loaves a night.\n",
        "<style> .note { display: none } </style>\n\n# Careers\n\n- Bake\n",
        "Jo Doe <jo@example.org>\n\n<ul><li>Baked</li></ul>\n",
        "<jo@example.org>\nBaker\n",
        "# Jo Doe\n\n<b>Baker</b>, Leeds <ul><li>Baked.</li></ul>\n",
        "<!-- a comment that never ends\nJo Doe\n",
    ],
)
@pytest.mark.parametrize("what", BOTH)
def test_markdown_with_tags_is_markdown(text: str, what: What) -> None:
    """Most of it stands outside of blocks."""
    assert recognise(content(text, what)) is Format.TEXT


# Text


@pytest.mark.parametrize(
    "text",
    [
        '{"basics": {"name": "Jo Doe"}}',
        '\ufeff\r\n {\r\n  "basics": {}}',
        "{}",
        "{'basics': 1}",
        "{basics: 1}",
        '// my CV\n{"basics": {}}',
        '/* my ** CV */ /**/ {"basics": {}}',
        '[{"basics": {}}]',
        '["a"]',
        "[]",
        "[" * 100_000,
    ],
)
def test_json(text: str) -> None:
    """JSON that is not sound is JSON, too: its reader tells where it is wrong."""
    assert of_cv(text) is Format.JSON
    assert of_cv(text.encode("utf-16")) is Format.JSON


@pytest.mark.parametrize(
    "text",
    [
        "[Jo Doe](https://example.org)\n\n## Work\n",
        "[[Jo Doe]]\nBaker\n",
        "[x] Baker\n",
        "{: .title}\nJo Doe\n",
        "{{< name >}}\n# Jo Doe\n",
        "{% include head %}\n# Jo Doe\n",
        "{Jo Doe}\n",
    ],
)
def test_markdown_that_begins_with_a_bracket(text: str) -> None:
    """Links and marks of page builders are no JSON."""
    assert of_cv(text) is Format.TEXT
    assert of_posting(text) is Format.TEXT


@pytest.mark.parametrize(
    "text",
    [
        "cv:\n  name: Jo Doe\n",
        "# yaml-language-server: $schema=x\n\ncv: # mine\n\n  # a note\n  name: Jo Doe\n",
        "---\ncv:\n  name: Jo Doe\n",
        "%YAML 1.2\n---\ncv:\n  name: Jo Doe\n",
        "\ufeffdesign:\n  theme: classic\ncv:\n  name: Jo Doe\n",
        "cv:\r\n  name: Jo Doe\r\n",
        "$schema: x\nbasics:\n  name: Jo Doe\nwork:\n  - name: Orrin\n",
        "work:\n- name: Orrin\n  position: Baker\n",
        "work:\n  -\n    name: Orrin\n",
        '"basics":\n  "name": Jo Doe\n',
        "basics: {name: Jo Doe}\n",
        "cv: &all\n  name: Jo Doe\n",
        "cv: !!python/object:os.system\n  name: Jo Doe\n",
        "a: &a [x]\ncv:\n  - *a\n",
        "cv:\n\tname: Jo Doe\n",
    ],
)
def test_yaml(text: str) -> None:
    """Keys and one of the roots of a CV, with keys below it; a posting in YAML is text."""
    assert of_cv(text) is Format.YAML
    assert of_posting(text) is Format.TEXT


@pytest.mark.parametrize(
    "text",
    [
        "Experience:\nBaker, Leeds\n2020 - 2021\n",
        "name: jo doe\nwork:\nbaker at orrin breads, 2020 - 2021\n",
        "name: jo doe\n\nwork:\n- baked forty loaves a day\n- swept the floor\n",
        "---\ntitle: My CV\nwork:\n  - a: b\n---\n\n# Jo Doe\n",
        "Jo Doe\n\nwork:\n  - name: Orrin\n",
        "Name: Jo Doe\nWork: Baker at Orrin Breads\n",
        "cv: Jo Doe\n",
    ],
)
def test_plain_text_with_colons(text: str) -> None:
    """Labels are no YAML, nor is front matter above a text."""
    assert of_cv(text) is Format.TEXT


MHTML = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\n"
    "Subject: Night Baker\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    '\ttype="text/html";\r\n\tboundary="x"\r\n\r\n\r\n--x\r\n'
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (MHTML, "MHTML.*HTML only"),
        ('<?xml version="1.0"?>\n<resume/>', "XML"),
        ("% my CV\n\\documentclass[11pt]{article}\n", "LaTeX.*PDF"),
    ],
)
@pytest.mark.parametrize("what", BOTH)
def test_texts_that_are_not_read(text: str, words: str, what: What) -> None:
    """They would be read as if their marks were words of the CV."""
    assert re.search(words, refusal(text, what))


def test_mail_headers_in_a_posting() -> None:
    """A message that was copied as text is text."""
    assert of_posting("From: Jo\nSubject: Night Baker\n\nBake bread.\n") is Format.TEXT


# Sizes


@pytest.mark.parametrize("what", BOTH)
def test_sizes(what: What) -> None:
    """Text has a limit, which the message tells; pages may be longer, with the pictures in them."""
    limit = USUAL.text
    assert recognise(content("bread " * (limit // 6), what)) is Format.TEXT
    assert "larger than 2 MB" in refusal("bread " * (limit // 6 + 1), what)
    assert recognise(content(PAGE + b" " * 2 * limit, what)) is Format.HTML


@pytest.mark.parametrize(
    "start",
    ["<!---->", "<!-- ", "<?xml ", "{", "[", "/*", "//\n", "# \n", "---\n", "a:\n", "cv:\n", "- ",
     "X: y\n", " ", "<div>", "<div", "<p ", "%\n", "{a", "\n- \n"],
)  # fmt: skip
@pytest.mark.parametrize("what", BOTH)
def test_no_text_takes_long(start: str, what: What) -> None:
    """Telling the format grows with the text at most; many seconds would mean it grows faster."""
    begun = process_time()
    try:
        recognise(content(start * (USUAL.text // len(start) - 1), what))
    except TailorError as error:
        assert "given.xyz" in str(error)  # noqa: PT017 - it may be refused or not
    assert process_time() - begun < 20


@given(st.binary(max_size=400), st.sampled_from(BOTH))
def test_any_bytes(data: bytes, what: What) -> None:
    """Any bytes are some format, the same each time, or one clear line."""
    try:
        found = recognise(content(data, what))
    except TailorError as error:
        assert str(error).startswith("given.xyz: ")  # noqa: PT017
    else:
        assert recognise(content(data, what)) is found


def test_real_files(shared: Path) -> None:
    """All real CVs and postings are what they are."""
    cvs = shared / "cvs"
    assert recognise(read_content(cvs / "master_cv.md", "CV")) is Format.TEXT
    assert recognise(read_content(cvs / "jsonresume_sample.json", "CV")) is Format.JSON
    assert recognise(read_content(cvs / "rendercv_sample.yaml", "CV")) is Format.YAML
    for file in cvs.rglob("*.pdf"):
        assert recognise(read_content(file, "CV")) is Format.PDF
    expected = {".html": Format.HTML, ".md": Format.TEXT}
    for file in (shared / "postings" / "raw").iterdir():
        assert recognise(read_content(file, "posting")) is expected[file.suffix]
