"""Every bound of the readers: what is beyond it is refused with a way out, and it can be raised."""

from __future__ import annotations

import contextlib
import io
import json
import signal
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tailor.cli import app
from tailor.reading.files import Content, read_bytes
from tailor.reading.reader import cv_of
from tailor.values import limits
from tailor.values.errors import CvError, LimitError, TailorError
from tailor.values.limits import USUAL, Limits, in_force, names, parse, table, using

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
CV_TEXT = "# Jo Doe\n\n## Work\n\n### Baker, Rye Bakery, Leeds\n2020 – 2021\n- Baked loaves.\n"
RESUME = '{"basics": {"name": "Jo Doe"}, "work": [{"name": "Rye Bakery", "position": "Baker"}]}'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(data: bytes) -> object:
    """Read a CV."""
    return cv_of(Content("cv.xyz", data, "CV"))


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def word_file(body: str) -> bytes:
    """Return the least that is a Word file."""
    xml = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml.encode()})


def paragraphs(*lines: str) -> str:
    """Return lines as Word has them."""
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)


LINES = ("Jo Doe", "Work", "Baker, Rye Bakery, Leeds", "2020 - 2021", "Baked forty loaves a day.")


def pdf(pages: int = 1, rows: int = 0) -> bytes:
    """Return a PDF with the same words on each page."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in (*LINES, *["Baked bread."] * rows))
    body = f"BT /F 11 Tf 72 720 Td {shown} ET"
    kids = " ".join(["3 0 R"] * pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} /MediaBox [0 0 595 842] >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(body)} >>\nstream\n{body}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    whole = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(whole))
        whole += f"{number} 0 obj\n{content}\nendobj\n"
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 6\n0000000000 65535 f \n{entries}"
    end = f"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(whole)}\n%%EOF\n"
    return (whole + table + end).encode()


# A bound that is too low for the file, and how the file is read.
Case = tuple[int, Callable[[Path], object]]
CASES: dict[str, Case] = {
    "file": (50, lambda path: read_bytes(_saved(path, CV_TEXT), "CV")),
    "text": (50, lambda _: read(CV_TEXT.encode())),
    "lines": (3, lambda _: read(CV_TEXT.encode())),
    "pdf_pages": (1, lambda _: read(pdf(2))),
    "members": (1, lambda _: read(word_file(paragraphs(*LINES)))),
    "unpacked": (100, lambda _: read(word_file(paragraphs(*LINES)))),
    "memory": (limits.MEGABYTE, lambda _: read(pdf(rows=6_000))),
    "seconds": (1, lambda _: _slow()),
}


def _saved(path: Path, text: str) -> Path:
    """Write the file, where its reader looks for it, and return what leads there."""
    name = "job.tailor.toml" if text.startswith("pages") else "job.txt"
    (path / name).write_text(text)
    return path / "job.txt"


def _slow() -> None:
    with Content("cv.xyz", b"", "CV").read_in_time():
        deadline_seconds = in_force().seconds
        if deadline_seconds < USUAL.seconds:
            while True:
                time.sleep(0.01)


def test_every_bound_has_a_case() -> None:
    """None is forgotten here."""
    assert [name.replace("_", "-") for name in CASES] == names()


@pytest.mark.parametrize("name", CASES)
def test_what_is_beyond_a_bound_says_how_to_raise_it(name: str, tmp_path: Path) -> None:
    """One line with the file and the option; with the usual bound the same file is read."""
    if name == "memory" and not sys.platform.startswith("linux"):
        pytest.skip("only Linux bounds what a process reserves")
    low, step = CASES[name]
    with using(replace(USUAL, **{name: low})), pytest.raises(TailorError) as caught:
        step(tmp_path)
    said = str(caught.value)
    assert "\n" not in said
    option = said.partition("--limit ")[2].rstrip(")")
    assert option.startswith(f"{name.replace('_', '-')}=")
    assert getattr(parse([option]), name) == 2 * low
    step(tmp_path)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_long_lines_are_told_by_their_number(end: str) -> None:
    """Whatever ends a line."""
    text = CV_TEXT.replace("\n", end) + "x" * 50_001
    with pytest.raises(CvError, match="line 8 has more than 50,000"):
        read(text.encode())


# What people give


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("pdf-pages=200", Limits(pdf_pages=200)),
        ("file=50MB", Limits(file=50 * 2**20)),
        ("file = 50 mb", Limits(file=50 * 2**20)),
        ("file=1_000", Limits(file=1000)),
        ("memory=2gb", Limits(memory=2**31)),
        ("text=7b", Limits(text=7)),
    ],
)
def test_bounds_as_they_are_given(given: str, value: Limits) -> None:
    """Sizes may have a unit."""
    assert parse([given]) == value
    assert parse(["pdf-pages=1", given, "lines=9"]) == replace(
        value, lines=9, pdf_pages=200 if "pdf" in given else 1
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("pages=3", "there is no limit 'pages'; there are: file, "),
        ("file", "NAME=VALUE"),
        ("file=", "file=50MB"),
        ("file=0", "above 0"),
        ("file=-1", "above 0"),
        ("lines=1e3", "lines=200"),
        ("lines=5MB", "lines=200"),
        ("file=٣", "above 0"),
        ("file=" + "9" * 5_000, "above 0"),
        ("__class__=3", "no limit"),
    ],
)
def test_what_is_no_bound(given: str, words: str) -> None:
    """The message says what is."""
    with pytest.raises(LimitError) as caught:
        parse([given])
    assert words in str(caught.value)


@pytest.mark.parametrize("command", ["import", "check"])
def test_the_option(command: str, tmp_path: Path) -> None:
    """Commands keep to it, and refuse what is none as wrong usage."""
    cv = tmp_path / "cv.md"
    cv.write_text(CV_TEXT)
    out = ["--out", str(tmp_path / "out.md")] if command == "import" else []
    run = CliRunner().invoke
    refused = run(app, [command, str(cv), *out, "--limit", "lines=3"])
    assert refused.exit_code == CvError.exit_code
    assert "--limit lines=6" in " ".join(refused.output.split())
    assert (
        run(app, [command, str(cv), *out, "--limit", "lines=3", "--limit", "lines=9"]).exit_code
        == 0
    )
    wrong = run(app, [command, str(cv), *out, "--limit", "lines=x"])
    assert wrong.exit_code == 2
    assert "lines=200" in wrong.output


def test_workers_of_a_batch_keep_to_it(tmp_path: Path) -> None:
    """Those in processes of their own, too, and what hands tasks out to them."""
    cv, job = tmp_path / "cv.md", tmp_path / "jobs.jsonl"
    cv.write_text(CV_TEXT)
    text = "Night Baker\n\nYour tasks\n- Bake rye bread\n- Bake white bread\n"
    more = "".join(f"- Deliver to {n} shops before dawn\n" for n in range(9))
    job.write_text("".join(json.dumps({"text": text + more * n}) + "\n" for n in (0, 1)))
    out = tmp_path / "out"
    done = CliRunner().invoke(
        app,
        [
            *("batch", str(job), "--cv", str(cv), "--out", str(out)),
            *("--index-only", "--jobs", "1", "--limit", "lines=8"),
        ],
    )
    assert done.exit_code == 7, done.output
    rows = [json.loads(line) for line in (out / "index.jsonl").read_text().splitlines()]
    assert sorted("--limit lines=16" in row["error"] for row in rows) == [False, True]


def test_bounds_hold_in_the_block_only() -> None:
    """Also where an error ends it."""
    with pytest.raises(KeyError), using(Limits(lines=7)):
        raise KeyError
    assert in_force() is USUAL


def test_the_page_lists_all_bounds() -> None:
    """As they are."""
    told = PAGE.read_text(encoding="utf-8")
    for name, usual, counts in table():
        assert f"| `{name}` | {usual} | {counts} |" in told


def _work_for_ever() -> None:
    while True:
        with contextlib.suppress(Exception):
            time.sleep(0.01)


def test_what_takes_too_long_is_ended_wherever_it_is() -> None:
    """Also where it takes every error for one of its own; then all is as before."""
    with (
        using(Limits(seconds=1)),
        pytest.raises(CvError, match="seconds=2"),
        Content("cv.xyz", b"", "CV").read_in_time(),
    ):
        _work_for_ever()
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_another_alarm_rings_as_it_was_set() -> None:
    """Whoever set it is no less patient for a file that is read meanwhile."""
    signal.setitimer(signal.ITIMER_REAL, 60)
    try:
        with Content("cv.xyz", b"", "CV").read_in_time():
            pass
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 50
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
