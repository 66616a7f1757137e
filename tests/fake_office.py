"""Programs that stand in for LibreOffice: they fail, hang or write what they are told to."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

SCRIPT = """\
#!{python}
import os, pathlib, subprocess, sys, time
arguments = sys.argv[1:]
folder = pathlib.Path(arguments[arguments.index("--outdir") + 1])
documents = [name for name in arguments if name.endswith(".docx")]
{body}
"""

posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are scripts of POSIX")
with_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="needs LibreOffice, which is not installed"
)


def fake_office(folder: Path, body: str) -> Path:
    """Make a program in `folder` that does `body`, lines of Python, when it is called."""
    path = folder / "soffice"
    path.write_text(SCRIPT.format(python=sys.executable, body=body), encoding="utf-8")
    path.chmod(0o755)
    return path


def small_pdf(*pages: int) -> bytes:
    """Make a PDF by hand; each page has so many lines of text, the first 100 points below the edge.

    The lines are 12 points apart, on A4.
    """
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(pages), b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, lines in enumerate(pages):
        text = b"BT /F1 10 Tf 60 742 Td 12 TL " + b"(A line of words) Tj T* " * lines + b"ET"
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (5 + 2 * number),
            b"<</Length %d>>\nstream\n%s\nendstream" % (len(text), text),
        ]
    content, places = b"%PDF-1.6\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(content))
    )
