"""`tailor check` as people run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import ESCAPE, refused, run, small_folder, tree
from docx import Document


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small CV, a posting, the tailored file, and one of its bullets edited by hand."""
    place = small_folder(tmp_path_factory.mktemp("check"))
    made = run("--job", "posting.txt", "--cv", "cv.md", "--out", "ada_example.docx", cwd=place)
    assert made.returncode == 0, made.stderr
    document = Document(str(place / "ada_example.docx"))
    line = next(p for p in document.paragraphs if "backup" in p.text)
    line.runs[0].text = line.runs[0].text.replace("backup", "ingenious backup")
    document.save(str(place / "ada_edited.docx"))
    return place


def test_a_tailored_file_passes(folder: Path) -> None:
    """Strictly, with the tree on standard output, and nothing written."""
    before = tree(folder)
    done = run("check", "ada_example.docx", "--cv", "cv.md", "--strict", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Larkhollow Tickets, York" in done.stdout
    assert "none: every line is from the master CV" in done.stdout
    assert ESCAPE not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert tree(folder) == before


def test_an_edited_file_does_not_pass(folder: Path) -> None:
    """Its line is shown with the word that came; the exit code says so where it is asked for."""
    arguments = ("check", "ada_edited.docx", "--cv", "cv.md")
    assert run(*arguments, cwd=folder).returncode == 0
    done = run(*arguments, "--strict", cwd=folder)
    assert done.returncode == 6
    assert "[+ingenious]" in done.stdout


def test_json_has_all_of_it(folder: Path) -> None:
    """What is read, the findings, the answers and the lines, on standard output alone."""
    done = run(
        "check", "ada_edited.docx", "--cv", "cv.md", "-j", "posting.txt", "--json", cwd=folder
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["read"]["name"] == "Ada Example"
    assert told["passed"] is False
    assert told["answers"]["answered"]["required"] >= 1
    strange = [line for line in told["lines"]["judged"] if line["verdict"] == "changed"]
    assert [w for line in strange for w in line["difference"] if w[0]] == [["+", "ingenious"]]
    assert told["lines"]["missing"] == []


def test_colour_only_at_a_terminal_that_wants_it(folder: Path) -> None:
    """NO_COLOR is heeded even where colour is forced on."""
    env = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    coloured = run("check", "ada_example.docx", cwd=folder, env=env)
    plain = run("check", "ada_example.docx", cwd=folder, env={**env, "NO_COLOR": "1"})
    assert f"{ESCAPE}[1;34m" in coloured.stdout
    assert f"{ESCAPE}[1;34m" not in plain.stdout


def test_what_cannot_be_read_is_refused(folder: Path) -> None:
    """With the exit codes of CV and posting."""
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    refused(run("check", "broken.docx", cwd=folder), 3, "broken.docx")
    refused(run("check", "ada_example.docx", "--cv", "none.md", cwd=folder), 3, "none.md")
    refused(run("check", "ada_example.docx", "--job", "none.txt", cwd=folder), 4, "none.txt")


def test_control_codes_of_a_file_stay_out(folder: Path) -> None:
    """A résumé cannot write to the terminal what it likes."""
    text = (folder / "cv.md").read_text(encoding="utf-8").replace("Leeds", "\x1b[31mLeeds\x07")
    (folder / "codes.md").write_text(text, encoding="utf-8")
    done = run("check", "codes.md", "--cv", "cv.md", "--job", "posting.txt", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert ESCAPE not in done.stdout
    assert "\x07" not in done.stdout
