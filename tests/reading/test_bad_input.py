"""Files that are broken or mean harm: each is read, or refused in one line, within bounds.

They are real files, read through the public functions by a process with little
memory, one for CVs and one for postings.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx_files import repacked
from hostile_files import (
    docx_bomb,
    docx_file,
    encrypted_pdf,
    flagged,
    looping_pdf,
    old_office,
    overlapping,
    page,
    pdf_bomb,
    pdf_file,
    zipped,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from tailor.reading.files import What
from tailor.reading.reader import read_cv, read_posting
from tailor.values.errors import CvError, PostingError, TailorError

PATIENCE = 60  # seconds for one file; a sound one takes a fraction of one
READ = ""
MEGABYTE = 1024 * 1024
WAY_OUT = ";"

CV_TEXT = "# Jo Doe\n\n## Work\n\n### Baker, Rye Bakery, Leeds\n2020 – 2021\n- Baked loaves.\n"
POSTING_TEXT = "\nNight Baker\n\nYour tasks\n- Bake rye bread\n"
BODY = "<h1>Jo Doe</h1><h2>Work</h2><h3>Baker, Rye Bakery</h3><p>2020 – 2021</p><ul><li>Baked.</ul>"
RESUME = '"basics": {"name": "Jo Doe"}, "work": [{"name": "Rye Bakery", "position": "Baker"}]'
YAML = "cv:\n  name: Jo Doe\n  sections:\n    experience:\n      - company: Rye Bakery\n"
LAUGHS = "cv:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
)


@dataclass(frozen=True)
class Bad:
    """A file, and a part of what is said of it as a CV and as a posting; READ if it is read.

    None stands for either.
    """

    make: Callable[[], bytes]
    cv: str | None
    posting: str | None


def text(words: str) -> Callable[[], bytes]:
    """Return a maker of a file in UTF-8."""
    return words.encode


def both(make: Callable[[], bytes], said: str | None) -> Bad:
    """Return a file that is no better as a posting than as a CV."""
    return Bad(make, said, said)


FILES = {
    # Documents
    "encrypted docx": both(lambda: old_office("EncryptedPackage"), "encrypted; save it without"),
    "encrypted zip": both(lambda: flagged(docx_file()), "encrypted; save it without"),
    "renamed doc": both(lambda: old_office("WordDocument"), "old Word file"),
    "cut docx": both(lambda: docx_file()[:5000], "damaged"),
    "docx without its end": both(lambda: docx_file()[:-30], "damaged"),
    "docx without its text": both(
        lambda: zipped({"[Content_Types].xml": b"<Types/>", "word/styles.xml": b"<s/>"}), "damaged"
    ),
    "docx of noise": both(
        lambda: repacked(docx_file(), {"word/document.xml": bytes(range(256)) * 99}), "damaged"
    ),
    "empty docx": both(lambda: docx_file(""), "; "),
    "docx bomb": both(lambda: docx_bomb(150), "holds far too much"),
    "docx bomb within its limit": both(lambda: docx_bomb(90), None),
    "overlapping zip": both(lambda: overlapping(docx_file(), 500), "more than 5,000 files"),
    "twice the same parts": both(lambda: overlapping(docx_file(), 2), READ),
    "zips in a zip": both(
        lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c": bytes(MEGABYTE)})})}), "zip file"
    ),
    "export bomb": Bad(
        lambda: zipped({"Positions.csv": b"Company Name,Title\n" * MEGABYTE}),
        "larger than 2 MB",
        "LinkedIn export, which holds no posting; give",
    ),
    "sound pdf": both(pdf_file, READ),
    "encrypted pdf": both(encrypted_pdf, "password"),
    "looping pdf": both(looping_pdf, None),
    "pdf bomb": both(lambda: pdf_bomb(60), None),
    "cut pdf": both(lambda: pdf_file()[:300], "; "),
    "pdf without objects": both(lambda: b"%PDF-1.7\n" + bytes(range(256)), "; "),
    "pdf without text": both(lambda: pdf_file(lines=()), "; "),
    # Data
    "json with a key twice": Bad(text(f'{{{RESUME}, "work": []}}'), "gives a key twice", "JSON"),
    "json with NaN": Bad(text(f'{{{RESUME}, "x": NaN}}'), "NaN", "JSON"),
    "deep json": Bad(text('{"work": ' + "[" * 100_000), "nested deeper than 100", "JSON"),
    "deep list": Bad(text("[" * 100_000 + "]" * 100_000), "nested deeper than 100", "JSON"),
    "cut json": Bad(text(f"{{{RESUME}"), "no sound JSON.*line 1", "JSON"),
    "yaml with a python tag": Bad(
        text("cv: !!python/object/apply:os.system [echo]\n"), "tag", READ
    ),
    "billion laughs": Bad(text(LAUGHS), "more than 100,000 values", None),
    "yaml within itself": Bad(text("cv: &a\n  name: Jo Doe\n  more: *a\n"), "within itself", READ),
    "deep yaml": Bad(text("cv: " + "[" * 100_000), "nested deeper than 100|no sound YAML", None),
    "deep yaml blocks": Bad(
        text("cv:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 600))), "nested deeper", None
    ),
    "tabs in yaml": Bad(text("cv:\n\tname: Jo Doe\n"), "no sound YAML.*line 2", READ),
    # Pages
    "page of 50 MB": both(lambda: page("<p>Baked.</p>" * (4 * MEGABYTE)), "larger than 20 MB"),
    "page of 15 MB": both(lambda: page("<p>Baked.</p>" * MEGABYTE), "more than 200,000 tags"),
    "page of 9 MB": both(lambda: page(BODY + "<p>Baked.</p>" * (7 * MEGABYTE // 10)), "more than"),
    "page of 9 MB of words": both(lambda: page(BODY + "Baked. " * (9 * MEGABYTE // 7)), None),
    "page with a large picture": both(
        lambda: page(f'{BODY}<img src="data:image/png;base64,{"QUJD" * 2 * MEGABYTE}">'), READ
    ),
    "deep page": both(lambda: page(BODY + "<div>" * 100_000), "too deep|more than"),
    "deep closed page": both(
        lambda: page(BODY + "<div>" * 100_000 + "x" + "</div>" * 100_000), "too deep|more than"
    ),
    "page of open tags": both(lambda: page(BODY + "<p <" * 20_000), None),
    "page of attributes": both(lambda: page(f"{BODY}<p {'a ' * 500_000}>"), None),
    "page of comments": both(lambda: page(BODY + "<!--" * 200_000), None),
    "page of entities": both(lambda: page(BODY + "&amp" * 500_000), None),
    "page with NULs": both(lambda: page(f"{BODY}\0\0<p>Swept.</p>\0"), READ),
    # As Windows-1251 it is six letters, though no word: read or refused, both will do.
    "page in no encoding": both(lambda: b"<html><p>\x81\x8d\x8f\x90\x9d\xff</html>", None),
    "page without text": both(lambda: page(""), "no text"),
    # Text
    "NULs": both(text(f"{CV_TEXT}\0\0"), "not text; save it as plain text"),
    "noise": both(lambda: bytes(range(256)) * 20, "not text; save it as plain text"),
    "noise without NUL": both(lambda: bytes(range(1, 256)) * 20, "not text"),
    "white space": both(text(" \n\t\r\n" * 1000), "empty; check"),
    "wide white space": both(text("\u3000\u2003\xa0\n" * 1000), "; "),
    "a mark of Unicode": both(text("\ufeff"), "; "),
    "marks of direction": both(
        text(f"\u202e\u2067{CV_TEXT}{POSTING_TEXT}- S\u202ewept\u202c the \u200ffloor\n"), READ
    ),
    "escape codes": both(text(f"{CV_TEXT}{POSTING_TEXT}- S\x1b[31mwept\x1b[0m\x9b1m\n"), READ),
    "a line of 2 MB": both(text("bake rye bread " * (2 * MEGABYTE // 15)), None),
    "a word of 2 MB": both(text("x" * (2 * MEGABYTE)), None),
    "20,000 lines": both(text(CV_TEXT + "Baked bread.\n" * 19_000), None),
    "too many lines": both(text(CV_TEXT + "Baked bread.\n" * 20_001), "more than 20,000 lines"),
    "headings": both(text("# a\n" * 1_000), None),
    "brackets": both(text("x " + "[" * 20_000), None),
    "pictures": both(text("![x](" * 5_000), None),
    "stars": both(text("x " + "*a **b " * 8_000), None),
    "backticks": both(text("x " + "`a " * 30_000), None),
    "open tags": both(text("<style \n" * 15_000), None),
    "open tags in a line": both(text("x " + "<style " * 10_000), None),
    "open comments": both(text("<!--\n" * 15_000), None),
    "open comments in a line": both(text("x " + "<!--" * 20_000), None),
    "quotes in quotes": both(text("> " * 50_000), None),
    "lists in lists": both(text("- " * 50_000), None),
    "bars": both(text("| a " * 4_000), None),
    "bullets": both(text("• a " * 4_000), None),
    "years": both(text("2019 – 2020 " * 4_000), None),
    "addresses": both(text("a@b." * 20_000 + " http://a.b" * 5_000), None),
    "front matter": both(text("---\n" + "a: b\n" * 1_000), None),
    "old Mac line ends": both(text((CV_TEXT + POSTING_TEXT).replace("\n", "\r")), READ),
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Callable[[What], dict[str, Any]]:
    """What came of all files, by the names of the cases; each process is run once."""
    folder = tmp_path_factory.mktemp("bad")
    paths = {str(folder / f"{name}.xyz"): name for name in FILES}
    for path, name in paths.items():
        Path(path).write_bytes(FILES[name].make())

    @cache
    def read(what: What) -> dict[str, Any]:
        script = Path(__file__).with_name("read_within_bounds.py")
        found: dict[str, Any] = {}
        while left := [path for path, name in paths.items() if name not in found]:
            command = [sys.executable, str(script), what, str(PATIENCE), *left]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            results = [json.loads(line) for line in done.stdout.splitlines()]
            found |= {paths[told["path"]]: told for told in results}
            if len(results) < len(left):  # the process ended at this one; go on with the next
                message = f"exit code {done.returncode}: {done.stderr[-2_000:]}"
                found[paths[left[len(results)]]] = {"error": "no result", "message": message}
        return found

    return read


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("what", ["CV", "posting"])
def test_bad_file(results: Callable[[What], dict[str, Any]], what: What, name: str) -> None:
    """It is read, or its kind's error names the file in one line, with a way out."""
    told = results(what)[name]
    expected = FILES[name].cv if what == "CV" else FILES[name].posting
    if told["error"]:
        assert told["error"] == {"CV": "CvError", "posting": "PostingError"}[what], told["message"]
        assert f"{name}.xyz: " in told["message"]
        assert "\n" not in told["message"]
        assert WAY_OUT in told["message"].partition(".xyz: ")[2]
        assert expected != READ, told["message"]
    if expected is not None:
        assert bool(told["error"]) is (expected != READ)
        assert re.search(expected, told["message"])
    assert not re.search(r"\\u20(?:0[ef]|2[a-e])|\\u206|\\x1b|\\x9b|\\x00", told["text"])


# Places that are no files


def refusals(path: str | Path) -> list[TailorError]:
    """Return what is said of a path as a CV and as a posting."""
    with pytest.raises(CvError) as of_cv:
        read_cv(path)
    with pytest.raises(PostingError) as of_posting:
        read_posting(path)
    for error in (of_cv.value, of_posting.value):
        assert str(error).startswith(f"{path}: ")
        assert "\n" not in str(error)
        assert WAY_OUT in str(error)
    return [of_cv.value, of_posting.value]


def test_places_that_are_no_files(tmp_path: Path) -> None:
    """A folder and a file that is not there are no CV and no posting."""
    for error in refusals(tmp_path):
        assert "folder" in str(error)
    for error in refusals(tmp_path / "none.docx"):
        assert "no such file" in str(error)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="pipes and devices of Linux")
def test_places_that_never_end(tmp_path: Path) -> None:
    """A pipe that nobody writes to is not waited for, and an endless device is cut."""
    os.mkfifo(tmp_path / "pipe")
    for error in refusals(tmp_path / "pipe"):
        assert "is empty" in str(error)
    for error in refusals("/dev/null"):
        assert "is empty" in str(error)
    for error in refusals("/dev/zero"):
        assert "larger than 20 MB" in str(error)


# Any bytes

SEEDS = {
    "markdown": CV_TEXT.encode() + POSTING_TEXT.encode(),
    "page": page(BODY),
    "docx": docx_file(),
    "pdf": pdf_file(),
    "json": f"{{{RESUME}}}".encode(),
    "yaml": YAML.encode(),
    "export": zipped(
        {
            "Profile.csv": b"First Name,Last Name\nJo,Doe\n",
            "Positions.csv": b"Company Name,Title,Started On\nRye Bakery,Baker,Jan 2020\n",
        }
    ),
    "document's text": b"",  # a Word file whose text is damaged inside a sound zip
}
DOCUMENT = zipfile.ZipFile(io.BytesIO(SEEDS["docx"])).read("word/document.xml")


@st.composite
def damaged(draw: st.DrawFn, seed: bytes) -> bytes:
    """Return the seed with some bytes changed, put in, taken out or repeated."""
    data = bytearray(seed)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 40))
        match draw(st.sampled_from(("flip", "insert", "delete", "cut", "repeat"))):
            case "flip" if at < len(data):
                data[at] ^= 1 << draw(st.integers(0, 7))
            case "insert":
                data[at:at] = draw(st.binary(min_size=1, max_size=12))
            case "delete":
                del data[at : at + length]
            case "cut":
                del data[at:]
            case "repeat":
                data[at:at] = data[at : at + length] * draw(st.integers(1, 20))
    return bytes(data)


def read_or_refuse(path: Path, data: bytes) -> None:
    """Read the bytes as both; anything but the two errors is a bug and escapes."""
    path.write_bytes(data)
    with contextlib.suppress(CvError):
        assert read_cv(path).name
    with contextlib.suppress(PostingError):
        assert read_posting(path).lines


@given(data=st.binary(max_size=500))
@settings(max_examples=60)
def test_any_bytes(folder: Path, data: bytes) -> None:
    """Any bytes are a CV or a CvError, and a posting or a PostingError."""
    read_or_refuse(folder / "any.xyz", data)


@pytest.mark.parametrize("seed", SEEDS)
@given(data=st.data())
@settings(max_examples=25)
def test_damaged_files(folder: Path, seed: str, data: st.DataObject) -> None:
    """Files that were sound are still read, or refused, whatever happened to some bytes."""
    if seed == "document's text":
        inside = data.draw(damaged(DOCUMENT))
        read_or_refuse(folder / "cv.xyz", repacked(SEEDS["docx"], {"word/document.xml": inside}))
    else:
        read_or_refuse(folder / "cv.xyz", data.draw(damaged(SEEDS[seed])))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for files that are written over and over."""
    return tmp_path_factory.mktemp("any")
