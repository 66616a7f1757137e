"""An application beside others: whether one of them has the same text."""

from __future__ import annotations

import json
import os
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from command_line import CV, POSTING, run, small_folder
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tailor.document.document import render_docx
from tailor.document.package import text_of, unpack
from tailor.document.resume import changes_since, same_text
from tailor.layout.typography import Paragraph, Style
from tailor.selection.tailored_cv import Changes
from tailor.values.cv import RichText


def test_an_application_of_the_same_text_is_named(tmp_path: Path) -> None:
    """To people and to programs; a run of the same job again, and edited files, are no others."""
    small = small_folder(tmp_path)
    (small / "other.txt").write_text(POSTING.replace("Thistlemoor", "Fennimore"), "utf-8")
    (small / "cv.md").write_text(CV, "utf-8")
    first = run("--job", "posting.txt", "--cv", "cv.md", "--out", "out", cwd=small)
    again = run("--job", "posting.txt", "--cv", "cv.md", "--out", "out", cwd=small)
    assert "the text is that of" not in first.stderr + again.stderr
    written = Path(first.stdout.strip()).name
    second = run("--job", "other.txt", "--cv", "cv.md", "--out", "out", cwd=small)
    assert f"the text is that of {written}" in " ".join(second.stderr.split())
    data = json.loads(
        run("--job", "other.txt", "--cv", "cv.md", "--out", "out", "--json", cwd=small).stdout
    )
    assert Path(data["same_text"]).name == written
    path = small / "out" / written
    path.write_bytes(path.read_bytes().replace(b"Kubernetes", b"kubernetes"))
    third = run("--job", "other.txt", "--cv", "cv.md", "--out", "out", cwd=small)
    assert "the text is that of" not in third.stderr


def test_a_cv_of_which_all_is_printed_is_told(tmp_path: Path) -> None:
    """And only then."""
    small = small_folder(tmp_path)
    told = run("--job", "posting.txt", "--cv", "cv.md", cwd=small).stderr
    assert "your whole CV answers this posting, nothing was left out" in " ".join(told.split())
    cv = CV + "- Baked bread for the summer fair of the village.\n" * 2
    (small / "cv.md").write_text(cv, "utf-8")
    assert "your whole CV" not in run("--job", "posting.txt", "--cv", "cv.md", cwd=small).stderr


def page(words: str, title: str) -> bytes:
    """A Word file of these lines."""
    lines = [Paragraph(Style.BODY, RichText.of(line)) for line in words.split("\n")]
    return render_docx(lines, title=title, author="Jo")


def test_files_of_the_same_text(tmp_path: Path) -> None:
    """By the words on the page, whatever the title; the first by name, and never the file itself.

    Somebody else's files and much larger ones are not looked into.
    """
    own, path = page("Baked bread.", "One"), tmp_path / "m.docx"
    assert b"Baked bread." in text_of(own)
    path.write_bytes(own)
    (tmp_path / "n.docx").write_bytes(page("Baked rolls.", "One"))
    (tmp_path / "a.docx").mkdir()
    (tmp_path / "b.txt").write_bytes(own)
    assert same_text(path, own) is None
    for name in ("z.docx", "c.docx"):
        (tmp_path / name).write_bytes(page("Baked bread.", f"Of {name}"))
    assert same_text(path, own) == tmp_path / "c.docx"
    assert same_text(tmp_path / "none" / "m.docx", own) is None


@pytest.mark.parametrize("trouble", ["compressed", "encrypted", "larger", "added", "none"])
def test_only_what_tailor_packed_is_unpacked(trouble: str) -> None:
    """No part of a foreign file is ever decompressed, and none is larger than the file."""
    own = page("Baked bread.", "One")
    made = BytesIO()
    how = zipfile.ZIP_DEFLATED if trouble == "compressed" else zipfile.ZIP_STORED
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, part in unpack(own).items():
            archive.writestr(name, part)
    content = made.getvalue()
    if trouble == "encrypted":
        content = own.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    if trouble == "larger":
        place = own.index(b"PK\x01\x02") + 24  # where its size stands
        content = own[:place] + b"\xff\xff\xff\x7f" + own[place + 4 :]
    if trouble == "none":
        content = b"PK\x03\x04" + os.urandom(99)
    reasons = {
        "compressed": "compressed or encrypted",
        "encrypted": "compressed or encrypted",
        "larger": "says more than it holds",
        "added": "packed by another program",
        "none": "not a zip file",
    }
    with pytest.raises(ValueError, match=reasons[trouble]):
        unpack(content)
    assert text_of(content) == b""


def test_only_the_newest_files_are_compared(tmp_path: Path) -> None:
    """A folder of many years is not read whole: three hundred files, by their time."""
    own, path = page("Baked bread.", "One"), tmp_path / "m.docx"
    same = tmp_path / "a.docx"
    same.write_bytes(page("Baked bread.", "Of old"))
    os.utime(same, (1000, 1000))
    for number in range(299):
        other = tmp_path / f"{number}.docx"
        other.write_bytes(b"PK")
        os.utime(other, (2000 + number, 2000 + number))
    assert same_text(path, own) == same
    (tmp_path / "new.docx").write_bytes(b"PK")
    assert same_text(path, own) is None


def test_changes_since_an_edited_file(tmp_path: Path) -> None:
    """Lines as Word shows them, with tracked changes as if accepted; spaces do not count."""
    path = tmp_path / "m.docx"
    path.write_bytes(page("Baked bread.\nMended nets.\nSold  cakes.", "One"))
    new = page("Sold cakes.\nBaked bread.\nSailed.", "Two")
    assert changes_since(path, new) == Changes(str(path), ("Sailed.",), ("Mended nets.",), 1)
    edited: Any = docx.Document(str(path))
    edited.add_paragraph("Sailed.")
    for number, mark in ((1, "w:del"), (3, "w:ins")):
        run = edited.paragraphs[number].runs[0]._r  # noqa: SLF001
        tracked = OxmlElement(mark)
        run.addprevious(tracked)
        tracked.append(run)
        if mark == "w:del":
            run.find(qn("w:t")).tag = qn("w:delText")
    edited.save(str(path))
    assert changes_since(path, new) == Changes(str(path), moved=1)


@pytest.mark.parametrize("old", [None, b"", b"my notes", b"PK\x03\x04 half a zip file"])
def test_without_a_word_file_before_all_is_new(tmp_path: Path, old: bytes | None) -> None:
    """What is no readable Word file counts as none."""
    path = tmp_path / "m.docx"
    if old is not None:
        path.write_bytes(old)
    new = page("Baked bread.\nSailed.", "One")
    assert changes_since(path, new) == Changes("", ("Baked bread.", "Sailed."))
