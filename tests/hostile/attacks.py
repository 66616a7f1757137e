"""Files that mean harm, by what they try. Each is made here; none is anybody's."""

from __future__ import annotations

import gzip
import io
import json
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
# Somebody listens there only in a test, which then fails.
FAR = "http://192.0.2.1/leak"
LINES = ("Jo Doe", "Work", "Baker, Rye Bakery, Leeds", "2020 - 2021", "Baked forty loaves a day.")
CV = "# Jo Doe\n\n## Work\n\n### Baker, Rye Bakery, Leeds\n2020 – 2021\n- Baked loaves.\n"
MEGABYTE = 1024 * 1024


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """Return a zip file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def docx(
    *,
    kind: str = "",
    head: str = "",
    more: str = "",
    links: str = "",
    parts: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """Return a Word file: `kind` before its document's root, `more` after its lines."""
    text = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in (*LINES, head) if line)
    document = (
        f'<?xml version="1.0"?>{kind}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>'
        f"{text}{more}</w:body></w:document>"
    )
    main = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    wrap = f'<Relationships xmlns="{RELATIONSHIPS}">{{}}</Relationships>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": wrap.format(main),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": wrap.format(links),
            **(parts or {}),
        }
    )


def link(kind: str, target: str, identity: str = "rId9") -> str:
    """Return a relationship that leads out of the file."""
    return (
        f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{target}" '
        'TargetMode="External"/>'
    )


def entity(what: str) -> str:
    """Return a declaration of the entity `x`."""
    return f"<!DOCTYPE w [<!ENTITY x {what}>]>"


_USE = "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"
_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
_PICTURE = (
    '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' r:link="rId9"/></w:drawing></w:r></w:p>'
)
_FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
_SETTINGS = (
    f'<w:settings xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:attachedTemplate r:id="rId9"/>'
    "</w:settings>"
)


def pdf(*objects: bytes, catalog: bytes = b"", page: bytes = b"", stream: bytes = b"") -> bytes:
    """Return a PDF of one page; more entries of its catalog and page, more drawn, more objects."""
    shown = b"".join(b"(%b) Tj 0 -14 Td " % line.encode() for line in LINES)
    packed = zlib.compress(b"BT /F 11 Tf 72 720 Td " + shown + b"ET " + stream)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    whole = [
        b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> %b >>"
        % page,
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed),
        font,
        *objects,
    ]
    data = b"%PDF-1.4\n"
    for number, content in enumerate(whole, start=1):
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    return data + b"trailer\n<< /Size %d /Root 1 0 R >>\n%%%%EOF\n" % (len(whole) + 1)


def _page(body: str) -> bytes:
    head = "<h1>Jo Doe</h1><h2>Work</h2><h3>Baker, Rye Bakery</h3><p>2020 – 2021</p>"
    return f"<!DOCTYPE html><html><body>{head}<ul><li>Baked.</ul>{body}</body></html>".encode()


def _secret(folder: Path) -> str:
    """Return the address of a file whose text must never be seen."""
    path = folder / "secret.txt"
    path.write_text(HIDDEN)
    return path.as_uri()


HIDDEN = "0ddly-hidden-words"


def documents(folder: Path) -> dict[str, bytes]:
    """Return files for readers of CVs and postings, and for `tailor check`."""
    secret = _secret(folder)
    laughs = f'<!DOCTYPE w [<!ENTITY a0 "ha">{_LAUGHS}<!ENTITY x "&a9;">]>'
    action = b"<< /S /JavaScript /JS (app.launchURL\\('%b'\\)) >>" % FAR.encode()
    launch = b"<< /S /Launch /F (/bin/sh) >>"
    yaml = "cv:\n  name: Jo Doe\n  sections:\n    experience:\n      - company: Rye\n"
    return {
        "docx xxe file": docx(kind=entity(f'SYSTEM "{secret}"'), more=_USE),
        "docx xxe network": docx(kind=entity(f'SYSTEM "{FAR}"'), more=_USE),
        "docx xxe parameter": docx(kind=f'<!DOCTYPE w [<!ENTITY % p SYSTEM "{secret}"> %p;]>'),
        "docx foreign dtd": docx(kind=f'<!DOCTYPE w SYSTEM "{FAR}">'),
        "docx billion laughs": docx(kind=laughs, more=_USE),
        "docx quadratic entity": docx(
            kind=entity(f'"{"ha" * 50_000}"'),
            more=f"<w:p><w:r><w:t>{'&x;' * 5_000}</w:t></w:r></w:p>",
        ),
        "docx attached template": docx(
            links=f'<Relationship Id="rId2" Type="{OFFICE}/settings" Target="settings.xml"/>',
            parts={
                "word/settings.xml": _SETTINGS,
                "word/_rels/settings.xml.rels": f'<Relationships xmlns="{RELATIONSHIPS}">'
                f"{link('attachedTemplate', FAR)}</Relationships>",
            },
        ),
        "docx remote picture": docx(links=link("image", FAR), more=_PICTURE),
        "docx remote styles": docx(links=link("styles", FAR) + link("numbering", FAR, "rId8")),
        "docx link to a file": docx(links=link("hyperlink", secret), more=_PICTURE),
        "docx include field": docx(more=_FIELD.format(f'INCLUDETEXT "{secret}"')),
        "docx dde field": docx(more=_FIELD.format('DDEAUTO c:\\\\calc.exe "x"')),
        "docx part outside": docx(
            links=f'<Relationship Id="r" Type="{OFFICE}/styles" Target="../../../../etc/passwd"/>',
            parts={"../../outside.xml": HIDDEN},
        ),
        "docx deep": docx(more="<w:p>" * 60_000),
        "docx attributes": docx(more="<w:p " + "".join(f' a{n}=""' for n in range(50_000)) + "/>"),
        "html remote": _page(
            f'<img src="{FAR}"><link rel=stylesheet href="{FAR}"><iframe src="{FAR}"></iframe>'
            f'<script src="{FAR}"></script><object data="{secret}"></object><base href="{FAR}">'
        ),
        "html entity": b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "%b">]>'
        % secret.encode()
        + _page("<p>&x;</p>"),
        "html xinclude": _page(
            f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{secret}"/>'
        ),
        "html deep": _page("<div>" * 150_000),
        "pdf loop of pages": pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"),
        "pdf loop of contents": pdf().replace(b"/Contents 4 0 R", b"/Contents [3 0 R]"),
        "pdf loop of parents": pdf().replace(b"/Parent 2 0 R", b"/Parent 3 0 R"),
        "pdf huge stream": pdf(stream=b" 0 0 m " * (8 * MEGABYTE // 7)),
        "pdf huge count": pdf().replace(b"/Count 1", b"/Count 2147483647"),
        "pdf javascript": pdf(action, catalog=b"/OpenAction 6 0 R /AA << /WC 6 0 R >>"),
        "pdf launch": pdf(launch, catalog=b"/OpenAction 6 0 R"),
        "pdf remote file": pdf(
            b"<< /Type /Filespec /FS /URL /F (%b) >>" % FAR.encode(), page=b"/AF [6 0 R]"
        ),
        "yaml laughs": (
            "cv:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
            + "".join(f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
        ).encode(),
        "yaml object": f"{yaml}  x: !!python/object/apply:os.system ['touch owned']\n".encode(),
        "yaml itself": b"cv: &a\n  name: Jo Doe\n  more: *a\n",
        "yaml deep": b"cv: " + b"[" * 100_000,
        "yaml deep keys": b"cv: " + b"{a: " * 50_000,
        "json deep": b'{"basics": {"name": "Jo Doe"}, "work": ' + b"[" * 100_000,
        "json deep objects": b'{"basics":' + b'{"a":' * 100_000,
        "json huge number": b'{"basics": {"name": "Jo Doe"}, "work": [{"x": %b}]}'
        % (b"9" * 200_000),
        "json huge exponent": b'{"basics": {"name": "Jo"}, "work": [{"name": "R", "x": 1e999999}]}',
        "json escapes": b'{"basics": {"name": "Jo \\ud800 Doe"}, "work": [{"name": "\\u0000"}]}',
        "long line": b"bake " * 300_000,
        "long word": b"x" * 1_500_000,
        "colons": CV.encode() + b"- " + b":" * 40_000 + b"\n",
        "tabs": CV.encode() + b"- a" + b"\t" * 40_000 + b"b\n",
        "brackets": CV.encode() + b"[" * 40_000,
        "many lines": CV.encode() + b"- Baked.\n" * 30_000,
        "nul": CV.encode() + b"\0\0\0",
        "utf-16 as utf-8": b"\xef\xbb\xbf" + CV.encode("utf-16-le"),
        "half a character": CV.encode() + b"\xe2\x82",
        "utf-32": CV.encode("utf-32"),
        "shift-jis": "# 山田\n職歴\n".encode("shift-jis") * 50,
        "utf-7": b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-\n" + CV.encode(),
        "zip of zips": zipped({"a.zip": zipped({"b.zip": zipped({"c": bytes(MEGABYTE)})})}),
        "zip bomb": zipped({"Positions.csv": b"Company Name,Title\n" * (3 * MEGABYTE)}),
        "zip path": zipped({"../../Profile.csv": "First Name,Last Name\nJo,Doe\n"}),
    }


def _linked() -> bytes:
    """Return a zip file with a link to a file outside."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("job.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return stream.getvalue()


def _lying(data: bytes) -> bytes:
    """Return a zip file whose directory says that its one member unpacks to 9 bytes."""
    at = data.rfind(b"PK\x01\x02")
    return data[: at + 24] + (9).to_bytes(4, "little") + data[at + 28 :]


def batches() -> dict[str, tuple[str, bytes]]:
    """Return inputs of a batch: the name that each needs, and what is in it."""
    text = "Night Baker\n\nYour tasks\n- Bake rye bread\n"
    bomb = zipped({"big.txt": b"bake " * (30 * MEGABYTE)})
    return {
        "zip path": (
            "a.zip",
            zipped({"../../owned.txt": text, "/abs.txt": text, "c:\\x.txt": text}),
        ),
        "zip link": ("a.zip", _linked()),
        "zip bomb": ("a.zip", bomb),
        "zip that lies": ("a.zip", _lying(bomb)),
        "zip of zips": ("a.zip", zipped({"b.zip": bomb, "c.txt": text})),
        "zip of many": ("a.zip", zipped({f"{n}.txt": "" for n in range(6_000)})),
        "zip of a table": ("a.zip", zipped({"a.jsonl": json.dumps({"text": text}) + "\n[" * 99})),
        "gzip bomb": ("a.jsonl.gz", gzip.compress(bytes(24 * MEGABYTE), 9)),
        "gzip cut": ("a.jsonl.gz", gzip.compress(json.dumps({"text": text}).encode())[:-9]),
        "jsonl deep": ("a.jsonl", b'{"text": ' + b"[" * 200_000 + b"\n" + b'{"a":' * 90_000),
        "jsonl number": (
            "a.jsonl",
            b'{"text": %b}\n{"id": 1e99999, "text": "x"}' % (b"9" * 100_000),
        ),
        "jsonl nul": ("a.jsonl", b"\0\0\n\xff\xfe\n" + json.dumps({"text": "\0" + text}).encode()),
        "csv quote": ("a.csv", b'text\n"' + b"bake, " * MEGABYTE),
        "csv columns": ("a.csv", b"text" + b"," * 90_000 + b"\n" + b"," * 90_000),
        "csv bytes": ("a.csv", b"text\n\xff\xfe\x00\n"),
        "parquet": ("a.parquet", b"PAR1" + b"\xff" * 64 + b"\xff\xff\xff\x7fPAR1"),
    }


SIDECARS = {
    "deep lists": b"pin = " + b"[" * 20_000,
    "deep keys": b".".join([b"a"] * 3_000) + b" = 1",
    "deep tables": b"a = " + b"{b = " * 10_000,
    "number": b"pages = " + b"9" * 20_000,
    "hex": b"pages = 0x" + b"f" * 20_000,
    "date": b"pages = 9999-99-99",
    "nul": b'pin = ["a\0b"]',
    "no utf-8": b'look = "\xff\xfe"',
    "large": b"#" * 100_000,
    "escape": b'look = "\\uD800"',
    "not a table": b"= =",
    "types": b"pin = [[1]]\n",
}
