"""Files that are damaged or meant to harm, made of raw bytes: no reader wrote them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

from docx_files import new_document, paragraph, saved

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LINES = ("Jo Doe", "Work", "Baker, Rye Bakery, Leeds", "2020 - 2021", "Baked forty loaves a day.")


def old_office(*streams: str) -> bytes:
    """Return the beginning of an old Office file whose directory names these streams."""
    return OLE + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)


def docx_file(*lines: str) -> bytes:
    """Return a Word file with a paragraph per line."""
    document = new_document()
    for line in lines or LINES:
        paragraph(document, line)
    return saved(document)


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return a zip file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def flagged(data: bytes) -> bytes:
    """Return a zip file whose members say that they are encrypted."""
    changed = bytearray(data)
    for start, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = data.find(start)
        while position >= 0:
            changed[position + at] |= 1
            position = data.find(start, position + 4)
    return bytes(changed)


def overlapping(data: bytes, times: int) -> bytes:
    """Return a zip file with `times` as many entries, all of which lead to the same bytes."""
    end = data.rfind(b"PK\x05\x06")
    start = int.from_bytes(data[end + 16 : end + 20], "little")
    entries = data[start:end] * times
    count = int.from_bytes(data[end + 10 : end + 12], "little") * times
    return (
        data[:start]
        + entries
        + b"PK\x05\x06\0\0\0\0"
        + count.to_bytes(2, "little") * 2
        + len(entries).to_bytes(4, "little")
        + start.to_bytes(4, "little")
        + b"\0\0"
    )


def docx_bomb(megabytes: int) -> bytes:
    """Return a small Word file whose text unpacks to so much."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>'.encode()
    text = b"bread " * (megabytes * 1024 * 1024 // 6)
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": head + text + b"</w:t></w:r></w:p></w:body></w:document>",
        }
    )


def pdf_file(lines: tuple[str, ...] = LINES, trailer: str = "", stream: bytes = b"") -> bytes:
    """Return a PDF of one page; `trailer` is added to its last dictionary, `stream` to its page."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    body = f"BT /F 11 Tf 72 720 Td {shown} ET ".encode("latin-1") + stream
    packed = zlib.compress(body)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = f"<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>".encode()
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (end, len(data))
    )


def encrypted_pdf() -> bytes:
    """Return a PDF that needs a password: no password gives these check values."""
    check = "<" + "5a" * 32 + ">"
    entry = f"<< /Filter /Standard /V 1 /R 2 /O {check} /U {check} /P -44 >>"
    return pdf_file(trailer=f"/Encrypt {entry} /ID [<00> <00>]")


def looping_pdf() -> bytes:
    """Return a PDF whose pages are within themselves."""
    return pdf_file().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")


def pdf_bomb(megabytes: int) -> bytes:
    """Return a small PDF whose page draws so much of nothing."""
    return pdf_file(stream=b" 0 0 m " * (megabytes * 1024 * 1024 // 7))


def page(body: str) -> bytes:
    """Return a web page."""
    head = "<head><title>Jo Doe</title></head>"
    return f"<!DOCTYPE html><html>{head}<body>{body}</body></html>".encode()
