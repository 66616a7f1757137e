"""A file -> a `Cv` or a `Posting`: its format is told by its content, and its reader called.

Each format's reader is imported when it is called; the name of a file does not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from tailor.reading.cv.structure import build_cv
from tailor.reading.files import Content, is_linkedin_export, read_content
from tailor.reading.lines import Line
from tailor.reading.posting.text import parse_posting, posting_of_lines
from tailor.values import limits
from tailor.values.cv import Cv
from tailor.values.errors import TailorError
from tailor.values.posting import Posting


class Format(StrEnum):
    """The formats that are read; a posting is text, a page, a Word file or a PDF."""

    TEXT = "text or Markdown"
    MASTER = "a master CV in Markdown"
    HTML = "a web page"
    JSON = "JSON"
    YAML = "YAML"
    DOCX = "a Word file"
    PDF = "a PDF"
    LINKEDIN = "a LinkedIn export"
    EUROPASS = "Europass XML"


MASTER_MARK = re.compile(
    r"\ufeff?\s*<!--\s*tailor:\s*master CV,\s*form\s+(?P<form>\d{1,9})\b.{0,200}?-->"
)
"""What the form of master CVs begins with, of whatever version."""

_WORD = "save it as a Word file (.docx) or as plain text and give that"
_UNPACK = "unpack it and give the file inside"
_TEXT = "give the text"
_PAGE = 'save it as "web page, HTML only" and give that'
# The first bytes of formats that are not read, and the way out.
_UNREAD = (
    (b"{\\rtf", "a rich text file (RTF)", _WORD),
    (b"\x89PNG", "a picture (PNG)", _TEXT),
    (b"\xff\xd8\xff", "a picture (JPEG)", _TEXT),
    (b"GIF8", "a picture (GIF)", _TEXT),
    (b"II*\x00", "a picture (TIFF)", _TEXT),
    (b"MM\x00*", "a picture (TIFF)", _TEXT),
    (b"\x1f\x8b", "a gzip file", _UNPACK),
    (b"\xfd7zXZ", "an xz file", _UNPACK),
    (b"(\xb5/\xfd", "a Zstandard file", _UNPACK),
    (b"7z\xbc\xaf'\x1c", "a 7-Zip file", _UNPACK),
    (b"Rar!\x1a", "a RAR file", _UNPACK),
    (b"bplist00", "a web archive of Safari", f"{_PAGE} (or as page source)"),
    (b"%!PS", "a PostScript file", "make a PDF of it and give that"),
)
_PICTURE = re.compile(rb"RIFF.{4}WEBP|.{4}ftyp(?:hei|hev|mif|avi)", re.DOTALL)
_OLE = b"\xd0\xcf\x11\xe0"
# Names of streams in old Office files tell what they are.
_OLE_KINDS = (
    ("WordDocument", "an old Word file (.doc)"),
    ("Workbook", "an old Excel file (.xls)"),
    ("PowerPoint Document", "an old PowerPoint file (.ppt)"),
    ("__substg1.0_", "a message saved by Outlook (.msg)"),
)
_START = 100_000  # bytes or characters that tell a format of text
_PDF_WITHIN = 1024  # bytes, by the format's own rules
_PDF_OBJECT = re.compile(rb"\d +\d+ +obj\b")
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ZIP_DIRECTORY = b"PK\x01\x02"
_ZIP_END = b"PK\x05\x06"
_ZIP_END_WITHIN = 66_000  # bytes of the file's end: the record and its longest comment

_HEADER_LINES = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:.*\n(?:[ \t]+\S.*\n)*){2,}\n")
_MAIL_HEADER = re.compile(r"^mime-version:", re.IGNORECASE | re.MULTILINE)
_XML = re.compile(r"\s*<\?xml\b")
_EUROPASS = re.compile(
    r"(?:<\?xml[^>]{0,200}>\s{0,9})?(?:<!--[^>]{0,500}-->\s{0,9}){0,3}"
    r"<(?:\w{1,20}:)?(?:SkillsPassport|Candidate)[\s>]"
)
_LATEX = re.compile(r"(?:[ \t]*(?:%.*)?\n)*[ \t]*\\documentclass\b")

# A web page begins with one of these tags; a piece of one with a block.
_BEFORE_PAGE = re.compile(rb"\s+|\xef\xbb\xbf|<\?xml[^>]{0,1000}>")
_PAGE_START = re.compile(rb"<(?:!doctype\s+html|(?:html|head|body|title|meta)\b)", re.IGNORECASE)
_BLOCK = "div|p|section|article|main|header|footer|h[1-6]|ul|ol|li|dl|table|tbody|tr|td|center"
_BLOCK_START = re.compile(rf"\s*<(?:{_BLOCK})\b", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"<(/?)(?:{_BLOCK})\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_MARKDOWN_HEADING = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)
_MOST_OUTSIDE = 0.2  # of the characters

_JSON_OBJECT = re.compile(r"\s*\{\s*(?:[\"'}]|//|/\*|[\w$]+\s*:)")
_JSON_LIST = re.compile(r"\s*\[\s*(?:\{\s*[\"'}]|\"|\[\s*\[\s*\[|\]\s*\Z)")
_JSON_COMMENT = re.compile(r"\s*(?://.*\n\s*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/\s*)")
# YAML of a CV: comments and marks, then keys, one of which is a root that has keys below it.
_KEY = r"[\"']?[A-Za-z_$][\w$-]*[\"']?:(?:[ \t]|\n)"
_IGNORED = r"(?:[ \t]*(?:#.*)?\n)*"
_YAML_START = re.compile(rf"(?:[ \t]*(?:#.*)?\n|---[ \t]*\n|%YAML.*\n)*{_KEY}")
_YAML_ROOT = re.compile(
    r"^[\"']?(?:cv|basics|work|content)[\"']?:(?:[ \t]+[&!]\S+)*[ \t]*"  # with anchor or tag
    rf"(?:[\[{{]|(?:#.*)?\n{_IGNORED}"
    rf"(?:[ \t]*-[ \t]*(?:(?:#.*)?\n{_IGNORED}[ \t]*)?{_KEY}|[ \t]+{_KEY}"
    r"|[ \t]*(?:-[ \t]*)?[&*!<]))",
    re.MULTILINE,
)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n)*?---[ \t]*\n\s*\S")


def recognise(content: Content) -> Format:
    """Return the format of `content`.

    Raises CvError or PostingError if it is a known format that is not read, is
    larger than its format may be, or is no text and no known format.
    """
    data = content.data
    if data.startswith(_ZIP_STARTS):
        return _zip(content)
    if _is_pdf(data):
        return Format.PDF
    if data.startswith(_OLE):
        raise _old_office(content)
    for start, name, way_out in _UNREAD:
        if data.startswith(start):
            raise content.error(f"this is {name}, which is not read; {way_out}")
    if _PICTURE.match(data):
        raise content.error(f"this is a picture (WebP or HEIC), which is not read; {_TEXT}")
    if _is_zip_after_something(data):
        return _zip(content)
    return _text(content)


def _is_pdf(data: bytes) -> bool:
    """Return whether bytes are a PDF, maybe after others; a text about PDFs has no objects."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-"):
        return True
    return b"%PDF-" in data[:_PDF_WITHIN] and bool(_PDF_OBJECT.search(data))


def _is_zip_after_something(data: bytes) -> bool:
    """Return whether bytes end as a zip file; those that unpack themselves begin as a program."""
    end = data.rfind(_ZIP_END, -_ZIP_END_WITHIN)
    return end >= 0 and _ZIP_DIRECTORY in data


def _zip(content: Content) -> Format:
    return Format.LINKEDIN if is_linkedin_export(content) else Format.DOCX


def _old_office(content: Content) -> TailorError:
    if "EncryptedPackage".encode("utf-16-le") in content.data:
        return content.error("is encrypted; save it without a password and give that")
    found = (name for stream, name in _OLE_KINDS if stream.encode("utf-16-le") in content.data)
    name = next(found, _OLE_KINDS[0][1])
    return content.error(f"this is {name}, whatever its name, and is not read; {_WORD}")


def _text(content: Content) -> Format:
    if _begins_as_page(content.data[:_START]):
        return Format.HTML
    text = content.text()
    start = text[:_START].replace("\r\n", "\n").replace("\r", "\n")
    is_page = _begins_as_page(start.encode("utf-8", "replace"))  # in UTF-16, for instance
    if is_page or (content.what == "posting" and _is_page_fragment(text)):
        return Format.HTML
    if len(content.data) > limits.in_force().text:
        raise content.beyond("text", f"larger than {limits.spelt('text')}")
    if content.what == "CV" and _EUROPASS.match(start.lstrip("\ufeff \t\n")):
        return Format.EUROPASS
    _refuse_other_text(content, start)
    holds_json = is_json(start)
    if content.what == "posting":
        if holds_json:
            raise content.error(f"this is JSON, which holds no posting's text as such; {_TEXT}")
        return Format.TEXT
    if not text.strip("\ufeff\u200b \t\r\n\f\v\xa0"):
        raise content.error("the CV is empty; check that it was saved")
    if holds_json:
        return Format.JSON
    if MASTER_MARK.match(start):
        return Format.MASTER
    return Format.YAML if _is_yaml(start) else Format.TEXT


def _refuse_other_text(content: Content, start: str) -> None:
    headers = _HEADER_LINES.match(start.lstrip("\n"))
    if headers and _MAIL_HEADER.search(headers[0]):
        raise content.error(f"this is a page in one file (MHTML) or an e-mail; {_PAGE}")
    if _XML.match(start):
        raise content.error(f"this is XML, but not of Europass, so it is not read; {_WORD}")
    if _LATEX.match(start):
        raise content.error("this is LaTeX, which is not read; give the PDF that it makes")


def is_json(start: str) -> bool:
    """Return whether a text that starts so is JSON, maybe with comments before it."""
    comment = _JSON_COMMENT.match(start)
    while comment:
        start = start[comment.end() :]
        comment = _JSON_COMMENT.match(start)
    return bool(_JSON_OBJECT.match(start) or _JSON_LIST.match(start))


def _is_yaml(start: str) -> bool:
    if not _YAML_START.match(start) or _FRONT_MATTER.match(start):
        return False
    return bool(_YAML_ROOT.search(start))


def _begins_as_page(start: bytes) -> bool:
    """Return whether the start of a file is that of a page: a doctype, or <html> or the like.

    A mark of Unicode, an XML declaration and comments may come before.
    """
    position = 0
    while True:
        skipped = _BEFORE_PAGE.match(start, position)
        if skipped:
            position = skipped.end()
        elif start.startswith(b"<!--", position):
            end = start.find(b"-->", position + 4)
            if end < 0:
                return False
            position = end + 3
        else:
            return bool(_PAGE_START.match(start, position))


def _is_page_fragment(text: str) -> bool:
    """Return whether a text is part of a page: it begins with a block, and most is in blocks.

    Markdown may begin with a block, too, but goes on outside of it.
    """
    if not _BLOCK_START.match(text) or _MARKDOWN_HEADING.search(text):
        return False
    depth = position = outside = 0
    for tag in _BLOCK_TAG.finditer(text):
        if depth == 0:
            outside += _seen(text[position : tag.start()])
        position = tag.end()
        depth = max(depth + (-1 if tag[1] else 1), 0)
    if depth == 0:
        outside += _seen(text[position:])
    return outside <= _MOST_OUTSIDE * _seen(text)


def _seen(text: str) -> int:
    """Return how many characters a page would show, white space aside."""
    return len("".join(_TAG.sub("", text).split()))


# Files -> a `Cv` or a `Posting`: the reader of each format is found, and imported when called.


def read_cv(path: str | Path) -> Cv:
    """Return the CV in the file at `path`.

    Raises CvError if the file cannot be read, is of a format that is not read, or has no name or
    no entry (a position, degree or project).
    """
    return cv_of(read_content(path, "CV"))


def cv_of(content: Content, form: Format | None = None) -> Cv:
    """Return the CV that `content` holds; raise CvError if it holds none.

    Without `form` its format is recognised.
    """
    with content.read_in_time():
        return _cv(content, form or recognise(content))


def read_lines(content: Content, form: Format) -> Sequence[Line] | None:
    """Return the lines of a file of free layout; None for one whose fields have names.

    Raises CvError if the file is damaged or has too much in it.
    """
    with content.read_in_time():
        lines = _lines(content, form)
        content.check_lines(lines or ())
    return lines


def cv_of_lines(content: Content, lines: Sequence[Line]) -> Cv:
    """Return the CV that the lines of a file make; raise CvError if they make none."""
    with content.read_in_time():
        return build_cv(lines, content.source)


def _cv(content: Content, form: Format) -> Cv:
    if form in {Format.JSON, Format.YAML}:
        from tailor.reading.fields import read_structured  # noqa: PLC0415

        return read_structured(content)
    if form is Format.EUROPASS:
        from tailor.reading.fields.europass import read_europass  # noqa: PLC0415

        return read_europass(content)
    if form is Format.MASTER:
        from tailor.reading.master.form import read_master_form  # noqa: PLC0415

        return read_master_form(content.text(), content.source)
    if form is Format.LINKEDIN:
        from tailor.reading.fields.linkedin import read_linkedin  # noqa: PLC0415

        return read_linkedin(content)
    if form is Format.PDF:
        from tailor.reading.pdf.lines import lines_of_pages  # noqa: PLC0415
        from tailor.reading.pdf.linkedin import is_linkedin, read_linkedin_pdf  # noqa: PLC0415
        from tailor.reading.pdf.rows import read_pages  # noqa: PLC0415

        pages = read_pages(content)
        if is_linkedin(pages):
            return read_linkedin_pdf(pages, content.source)
        lines: Sequence[Line] = lines_of_pages(pages)
    else:
        lines = _lines(content, form) or ()
    content.check_lines(lines)
    return build_cv(lines, content.source)


def _lines(content: Content, form: Format) -> Sequence[Line] | None:
    """Return the lines of a file of free layout, else None."""
    if form is Format.TEXT:
        from tailor.reading.markdown import read_markdown  # noqa: PLC0415

        text = content.text()
        content.check_text(text)
        return read_markdown(text)
    if form is Format.HTML:
        from tailor.reading.web.lines import read_html  # noqa: PLC0415

        return read_html(content)
    if form is Format.DOCX:
        from tailor.reading import sandbox  # noqa: PLC0415

        return sandbox.read_lines("tailor.reading.word.lines:read_docx", content)
    if form is Format.PDF:
        from tailor.reading.pdf.lines import read_pdf  # noqa: PLC0415

        return read_pdf(content)
    return None


def read_posting(path: str | Path) -> Posting:
    """Read the posting at `path`; ``-`` is standard input.

    Raises PostingError if it cannot be read or holds no text.
    """
    return posting_of(read_content(path, "posting"))


def posting_of(content: Content) -> Posting:
    """Read the posting that `content` holds; raise PostingError if it holds none."""
    with content.read_in_time():
        posting = _posting(content, recognise(content))
    if not posting.lines:
        raise content.error("holds no text; paste the text of the posting into it")
    return posting


def _posting(content: Content, form: Format) -> Posting:
    if form is Format.TEXT:
        text = content.text()
        content.check_text(text)
        return parse_posting(text, content.source)
    if form is Format.HTML:
        from tailor.reading.web.posting import read_html_posting  # noqa: PLC0415

        return read_html_posting(content)
    lines = _lines(content, form)
    if lines is None:
        raise content.error(f"this is {form}, which holds no posting; give the posting's text")
    content.check_lines(lines)
    return posting_of_lines(lines, content.source)
