"""Names of files and folders from hostile titles, companies and people: harmless on any system."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from command_line import CV, tree
from hypothesis import given
from hypothesis import strategies as st

from tailor.batch.application import folder_of
from tailor.batch.run import Batch, run_batch
from tailor.batch.values import PostingItem, Task
from tailor.batch.watch import folder_name
from tailor.document.resume import file_name
from tailor.values.cv import Cv
from tailor.values.posting import Posting
from tailor.values.settings import Engine, EngineName

ATTACKS = (
    "../../x",
    "..\\..\\x",
    "/etc/passwd",
    "C:\\Windows\\x",
    "\\\\server\\share",
    "~/x",
    "CON",
    "nul",
    "COM¹",
    "LPT9.docx",
    "NUL\x00.docx",
    "a\x00b",
    "x" * 300,
    "漢" * 300,
    "👩‍💻" * 100,
    "Engineer...",
    "Engineer   ",
    " . ",
    "-rf",
    "--out=/tmp/x",
    "%2e%2e%2fx",
    "$(id)",
    "`id`;ls|*?",
    "a\nb\r\tc",
    "\x1b[31mred\x1b]8;;http://x\x07",
    "\u202excod.Engineer",
    "file.docx:stream",
    "\ufeff\u200b\u2066",
    "\ud800",
    "",
)
RESERVED = re.compile(r"(?i)(CON|PRN|AUX|NUL|CONIN|CONOUT|COM\d|LPT\d)(\..*)?")
words = st.sampled_from(ATTACKS) | st.text(st.characters())


def is_harmless(name: str) -> bool:
    """Whether a name is one plain part of a path, on this system, Windows and macOS."""
    return (
        0 < len(name) <= 120
        and len(name.encode()) <= 255
        and PurePosixPath(name).parts == PureWindowsPath(name).parts == (name,)
        and name[0] not in "-.~ "
        and name[-1] not in ". "
        and not RESERVED.fullmatch(name)
        and all(c in "_." or unicodedata.category(c)[0] in "LMN" for c in name)
    )


@given(words, words, words)
def test_every_file_name_is_harmless(person: str, company: str, role: str) -> None:
    """One part of a path, of letters and digits, that neither a shell nor Windows takes amiss."""
    assert is_harmless(file_name(person, company, role))


@given(words, words, words, st.booleans())
def test_every_folder_of_a_batch_is_harmless(
    person: str, company: str, title: str, by_person: bool
) -> None:
    """As for files; by person it is two such folders."""
    task = Task(0, "cv.md", PostingItem("jobs.jsonl:1", b"text"))
    posting = Posting(title=title, company=company, lines=())
    folder = folder_of(task, Cv(person, "", (), "", ()), posting, by_person=by_person)
    parts = folder.split("/")
    assert len(parts) == 1 + by_person
    assert all(map(is_harmless, parts))


def test_a_batch_of_attacks_stays_in_its_folder(tmp_path: Path) -> None:
    """Each posting gets a folder of its own below the one that was named."""
    records = [
        {"title": one, "company": other, "text": f"Required\n- Kubernetes {number}\n- Python\n"}
        for number, (one, other) in enumerate(zip(ATTACKS, ATTACKS[::-1], strict=True))
    ]
    (tmp_path / "jobs.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    (tmp_path / "cv.md").write_text(CV, encoding="utf-8")
    before = set(tree(tmp_path))
    out = tmp_path / "out"
    batch = Batch(
        (str(tmp_path / "jobs.jsonl"),),
        (str(tmp_path / "cv.md"),),
        str(out),
        engine=Engine(EngineName.SERIAL),
    )
    run_batch(batch)
    assert {name.partition("/")[0] for name in set(tree(tmp_path)) - before} == {"out"}
    folders = [path for path in out.iterdir() if path.is_dir() and path.name != ".tailor"]
    assert len(folders) == len(ATTACKS)
    assert all(is_harmless(path.name) for folder in folders for path in (folder, *folder.iterdir()))


@pytest.mark.parametrize("name", ["a..txt", "a .txt", "b. .txt", "job.docx.txt"])
def test_a_watched_posting_names_a_folder(tmp_path: Path, name: str) -> None:
    """Whatever a saved file is called, its folder neither ends in a dot or space nor as a file."""
    (tmp_path / name).write_text("text", encoding="utf-8")
    folder = folder_name(tmp_path / name)
    assert folder[-1] not in ". "
    assert not folder.endswith(".docx")
