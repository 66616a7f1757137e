"""Errors, warnings and logs name lines, keys and ids of a CV, and quote none of its words."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
import typer.testing
from command_line import POSTING
from hypothesis import given
from hypothesis import strategies as st

from tailor import cli, pipeline
from tailor.reading.files import Content
from tailor.reading.reader import cv_of
from tailor.values.errors import TailorError

WORD = "zqzq"  # stands in every line of these CVs, and in no message of tailor's
JOB = f"### {WORD} engineer, {WORD} works, {WORD} town\nJan 2019 – Dec 2020\n"
MARKDOWN = (
    f"# {WORD} Example\n\n{WORD}@example.org\n\n## Experience\n\n{JOB}"
    f"- {WORD} ran Kubernetes.\n- {WORD} wrote Python.\n\n## Skills\n- {WORD}, Python\n"
)
MASTER = "<!-- tailor: master CV, form 1 -->\n" + MARKDOWN.replace(", ", " | ")
RECORD = {
    "basics": {"name": WORD, "email": WORD, "profiles": [{"network": WORD, "url": WORD}]},
    "work": [{"name": WORD, "position": WORD, "startDate": WORD, "highlights": [WORD], WORD: WORD}],
    "awards": [{"title": WORD, "date": WORD}],
    WORD: [WORD],
}
YAML = (
    f"cv:\n  name: {WORD} Example\n  email: {WORD}\n  {WORD}: {WORD}\n  sections:\n"
    f"    experience:\n      - company: {WORD}\n        position: {WORD}\n"
    f"        start_date: {WORD}\n        highlights:\n          - {WORD}\n"
)
PAGE = f"<html><body><h1>{WORD}</h1><h2>{WORD}</h2><p>{WORD}</p></body></html>"


def read(data: bytes) -> str:
    """Read a CV, and return all that is said of it beside its content."""
    try:
        return " ".join(cv_of(Content("cv", data, "CV")).warnings)
    except TailorError as error:
        return str(error)


def word_file(lines: Sequence[str]) -> bytes:
    """A Word file of these lines."""
    document, stream = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(stream)
    return stream.getvalue()


def broken_inside(data: bytes) -> bytes:
    """The same Word file, in which the text's XML breaks off within a word."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content[: content.index(WORD.encode()) + 3]
            new.writestr(name, content)
    return stream.getvalue()


BROKEN = {
    "no entry": f"# {WORD}\n\n## {WORD}\n- {WORD}\n",
    "no name": f"## Experience\n\n{JOB}- {WORD}\n",
    "a master CV without an entry": f"{MASTER.partition('##')[0]}## {WORD}\n- {WORD}\n",
    "a kind that is none": MASTER + f"\n## Odd <!-- kind: {WORD} -->\n- {WORD}\n",
    "too many lines": MARKDOWN + f"- {WORD}\n" * 21_000,
    "a page": PAGE,
    "JSON with odd values": json.dumps(RECORD),
    "JSON that breaks off": json.dumps(RECORD)[:-30],
    "JSON with a bare word": f'{{"basics": {WORD}}}',
    "JSON with a key twice": f'{{"{WORD}": 1, "basics": {{}}, "{WORD}": 2}}',
    "JSON of another kind": f'{{"{WORD}": "{WORD}"}}',
    "JSON of other types": json.dumps({"basics": WORD, "work": {WORD: 3}, "skills": WORD}),
    "YAML with odd values": YAML,
    "YAML with an alias": YAML + f"          - *{WORD}\n",
    "YAML with an alias in itself": YAML + f"          - &{WORD} [*{WORD}]\n",
    "YAML with a tag": YAML + f"          - !{WORD} x\n",
    "YAML with a tab": YAML + f"\t- {WORD}\n",
    "YAML with a key twice": YAML + f"  {WORD}: {WORD}\n",
    "YAML with a quote left open": YAML + f'          - "{WORD}\n',
    "YAML with a mark": YAML + f"          - @{WORD}\n          - `{WORD}\n",
    "YAML with a key that is a list": YAML + f"          - ? [{WORD}]\n            : {WORD}\n",
    "YAML of two documents": YAML + f"---\n{WORD}: {WORD}\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_with_a_cv_is_told_without_it(name: str) -> None:
    """A message says where and what to do, and does not repeat what stands there."""
    said = read(BROKEN[name].encode())
    assert said
    assert WORD not in said.lower()


def test_word_files_pages_and_exports_neither() -> None:
    """A broken part, a file that is cut, and tables without a head are told in the same way."""
    whole = word_file([WORD, f"{WORD} {WORD}"])
    tables = io.BytesIO()
    with zipfile.ZipFile(tables, "w") as archive:
        archive.writestr("Profile.csv", f"First Name,{WORD}\n{WORD},{WORD}\n")
        archive.writestr("Positions.csv", f"{WORD},{WORD}\n{WORD},{WORD}\n")
    pdf = b"%PDF-1.4\n" + f"({WORD})".encode()
    for data in (whole, whole[:-100], broken_inside(whole), tables.getvalue(), pdf):
        said = read(data)
        assert said
        assert WORD not in said


@given(
    st.sampled_from([MARKDOWN, MASTER, json.dumps(RECORD, indent=1), YAML, PAGE]),
    st.integers(0, 500),
    st.integers(0, 200),
    st.text("{}[]\"':,*&!#-|>%@`<>/\\ \t\n0x", max_size=6),
)
def test_nothing_is_quoted_wherever_a_cv_is_damaged(
    text: str, start: int, length: int, inserted: str
) -> None:
    """Parts cut out, and signs put in their place that mean something to a format."""
    damaged = text[:start] + inserted + text[start + length :]
    assert WORD[1:] not in read(damaged.encode()).lower()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A CV of the word in each line, and a posting, in the folder where one is."""
    (tmp_path / "cv.md").write_text(MARKDOWN, encoding="utf-8")
    (tmp_path / "posting.txt").write_text(POSTING, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    """Run a command; return its exit code, and what it said beside its result."""
    done = typer.testing.CliRunner().invoke(cli.app, list(arguments))
    return done.exit_code, done.stderr


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ((), 0),
        (("--headline", "Chief Baker"), 2),
        (("--pin", "no such line"), 2),
        (("--pin", "{bullet}", "--drop", "{bullet}"), 2),
        (("--drop", "{entry}"), 2),
    ],
)
def test_wishes_are_refused_by_ids(folder: Path, wish: Sequence[str], code: int) -> None:
    """What cannot be had is named by its id, and what else there is, too."""
    cv = pipeline.read_cv(folder / "cv.md")
    ids = {"bullet": next(iter(cv.bullets())).id, "entry": cv.positions[0].id}
    options = [word.format(**ids) for word in wish]
    found, said = run("explain", "--job", "posting.txt", "--cv", "cv.md", *options)
    assert found == code
    assert WORD not in said


def test_lines_that_begin_alike_are_named_by_ids(folder: Path) -> None:
    """The ids of all lines that may be meant, without the lines."""
    text = MARKDOWN.replace(f"{WORD} ran", "Ran it").replace(f"{WORD} wrote", "Ran them")
    (folder / "cv.md").write_text(text, encoding="utf-8")
    code, said = run("explain", "--job", "posting.txt", "--cv", "cv.md", "--pin", "ran")
    cv = pipeline.read_cv(folder / "cv.md")
    assert (code, WORD in said, "kubernetes" in said.lower()) == (2, False, False)
    assert all(bullet.id in said for bullet in cv.positions[0].bullets)


def test_a_batch_tells_nothing_of_a_cv_that_cannot_be_read(folder: Path) -> None:
    """Neither to the terminal nor in its index."""
    (folder / "people").mkdir()
    (folder / "people" / "a.md").write_text(BROKEN["no entry"], encoding="utf-8")
    (folder / "people" / "b.md").write_text(MARKDOWN.replace(WORD, "Ada"), encoding="utf-8")
    options = ("--cvs", "people", "--engine", "serial", "--index-only", "--out", "out")
    code, said = run("batch", "posting.txt", *options)
    assert code == 7
    assert WORD not in said
    index = (folder / "out" / "index.jsonl").read_text(encoding="utf-8")
    assert "no position, degree or project" in index
    assert WORD not in index


def _fails(*_: object, **__: object) -> None:
    try:
        dict[str, str]()[WORD]
    except KeyError as error:
        raise ValueError(f"no {WORD}") from error


def test_a_bug_is_logged_without_its_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log of a batch has kinds and places, of the cause as well; the index the kind."""
    monkeypatch.setattr(pipeline, "match", _fails)
    monkeypatch.setattr("tailor.batch.application.load", lambda _: None)
    options = ("--cv", "cv.md", "--engine", "serial", "--out", "out")
    code, said = run("batch", "posting.txt", *options)
    assert code == 1
    log = (folder / "out" / ".tailor" / "bugs.log").read_text(encoding="utf-8")
    index = (folder / "out" / "index.jsonl").read_text(encoding="utf-8")
    assert all(word in log for word in ("KeyError", "ValueError", "in _fails"))
    assert "a bug in tailor (ValueError)" in index
    assert not [text for text in (said, log, index) if f"no {WORD}" in text or f"'{WORD}'" in text]


def test_a_bug_is_told_without_its_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1, where it happened, and that it is to be reported."""
    monkeypatch.setattr(pipeline, "match", _fails)
    arguments = ["tailor", "explain", "--job", "posting.txt", "--cv", str(folder / "cv.md")]
    monkeypatch.setattr("sys.argv", arguments)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert all(word in said for word in ("ValueError", "in _fails", "please report"))
    assert f"no {WORD}" not in said.replace('f"no {WORD}"', "")
    assert f"'{WORD}'" not in said
