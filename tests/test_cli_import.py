"""`tailor import`: any CV to the one that a person edits by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import refused, run, tree

import tailor
from tailor.exporting import export_cv, save_cv
from tailor.values.cv import Cv

CV = """\
# Ada Example
Platform engineer

ada@example.org | Leeds, UK

## Experience

### Engineer, Larkhollow Tickets, York
Mar 2021 – Present
- Ran **Kubernetes** clusters for a shop that sells festival tickets.
- Wrote backup scripts in Python and tested every restore.

## Education

### BSc Physics, University of Leeds
2016 – 2019
"""
JSON_RESUME = {
    "basics": {"name": "Ada Example", "email": "ada@example.org", "shoeSize": 38},
    "work": [
        {
            "name": "Larkhollow Tickets",
            "position": "Engineer",
            "startDate": "some day",
            "highlights": ["Ran Kubernetes clusters."],
        }
    ],
}
POSTING = "Platform Engineer\n\nWhat you'll do\n- Run our Kubernetes clusters\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a CV."""
    (tmp_path / "cv.txt").write_text(CV, encoding="utf-8")
    return tmp_path


def test_writes_a_master_cv_and_says_what_was_found(folder: Path) -> None:
    """The path goes to standard output, the counts to standard error; the file says the same."""
    result = run("import", "cv.txt", cwd=folder)
    assert (result.returncode, result.stdout) == (0, "master_cv.md\n"), result.stderr
    for words in ("Ada Example", "1 position", "2 bullets", "1 degree"):
        assert words in result.stderr
    assert tailor.read_cv(folder / "master_cv.md") == tailor.read_cv(folder / "cv.txt")


@pytest.mark.parametrize("form", ["md", "json", "yaml"])
def test_every_form_reads_back_the_same(folder: Path, form: str) -> None:
    """Whatever the form, the file holds the same CV, and importing it again changes nothing."""
    result = run("import", "cv.txt", "--to", form, "--out", "out", cwd=folder)
    assert result.returncode == 0, result.stderr
    assert tailor.read_cv(folder / "out") == tailor.read_cv(folder / "cv.txt")
    again = run("import", "out", "--to", form, "--out", "out", cwd=folder)
    assert again.returncode == 0, again.stderr


def test_a_whole_cv_as_word_file_comes_back(folder: Path) -> None:
    """The DOCX has every line; read again it has the same positions and bullets."""
    result = run("import", "cv.txt", "--to", "docx", cwd=folder)
    assert (result.returncode, result.stdout) == (0, "master_cv.docx\n"), result.stderr
    assert heads(tailor.read_cv(folder / "master_cv.docx")) == heads(
        tailor.read_cv(folder / "cv.txt")
    )


def heads(cv: Cv) -> list[tuple[object, ...]]:
    """Return what each entry says of itself, and the words of its bullets."""
    return [
        (replace(e, bullets=(), id="", line=0), [b.text.plain for b in e.bullets])
        for e in cv.entries
    ]


def test_the_kept_cv_is_used_from_then_on(folder: Path) -> None:
    """After --default no --cv is needed, in any folder; without --out nothing lies about."""
    before = tree(folder)
    kept = run("import", "cv.txt", "--default", cwd=folder)
    assert kept.returncode == 0, kept.stderr
    assert Path(kept.stdout.strip()).is_relative_to(folder / "home")
    assert {name for name in tree(folder) if not name.startswith("home")} == set(before)

    (folder / "posting.txt").write_text(POSTING, encoding="utf-8")
    result = run("--job", "posting.txt", "--json", cwd=folder)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["cv"] == kept.stdout.strip()


def test_what_could_not_be_placed_is_told_and_kept(folder: Path) -> None:
    """Unknown keys become lines of a section of their own; findings are told with their path."""
    (folder / "cv.json").write_text(json.dumps(JSON_RESUME), encoding="utf-8")
    result = run("import", "cv.json", cwd=folder)
    assert result.returncode == 0, result.stderr
    assert "shoeSize" in result.stderr
    assert "warning: " in result.stderr
    assert "work[0].startDate" in result.stderr
    assert "some day" in (folder / "master_cv.md").read_text(encoding="utf-8")
    _, _, below = (folder / "master_cv.md").read_text(encoding="utf-8").partition("## Unplaced")
    assert "shoeSize" in below

    machine = run("import", "cv.json", "--out", "two.md", "--json", cwd=folder)
    data = json.loads(machine.stdout)
    assert machine.stderr == ""
    assert data["files"] == ["two.md"]
    assert data["found"]["positions"] == 1
    assert any("shoeSize" in line["text"] for line in data["unplaced"])
    assert any("startDate" in warning for warning in data["warnings"])


def test_a_file_with_other_content_is_not_overwritten(folder: Path) -> None:
    """The master CV one edits by hand is safe from a second import; --force lifts that."""
    (folder / "master_cv.md").write_text("my own\n")
    before = tree(folder)
    refused(run("import", "cv.txt", cwd=folder), 5, "master_cv.md", "--force")
    assert tree(folder) == before
    assert run("import", "cv.txt", "--force", cwd=folder).returncode == 0
    assert (folder / "master_cv.md").read_text(encoding="utf-8") != "my own\n"


def test_no_cv_gives_no_file(folder: Path) -> None:
    """Exit code 3, one line, nothing written."""
    (folder / "letter.txt").write_text("Dear all,\nnothing to see here.\n")
    before = tree(folder)
    refused(run("import", "letter.txt", cwd=folder), 3, "letter.txt")
    refused(run("import", "missing.pdf", cwd=folder), 3, "missing.pdf")
    assert tree(folder) == before


@pytest.mark.parametrize(
    "arguments",
    ["import", "import cv.txt --to rtf", "--job posting.txt import cv.txt", "import cv.txt more"],
)
def test_wrong_usage(folder: Path, arguments: str) -> None:
    """Exit code 2, and nothing written."""
    before = tree(folder)
    assert run(*arguments.split(), cwd=folder).returncode == 2
    assert tree(folder) == before


def test_from_python(sample_cv: Cv, tmp_path: Path) -> None:
    """The same in two calls; another form is refused."""
    path = save_cv(sample_cv, tmp_path / "cv.md")
    assert tailor.read_cv(path) == sample_cv
    with pytest.raises(ValueError, match="docx"):
        export_cv(sample_cv, "rtf")


def test_what_to_check_is_told_by_the_lines_of_the_file(folder: Path) -> None:
    """Of the file that was written, where the marks are, and not of the one that was read."""
    roles: tuple[str, ...] = ("Baker, Oven Ltd\n2020 - 2021", "Miller, Grain Ltd\n2016 - 2019")
    roles += ("Clerk, Paper Ltd\n2015 - 2013", "Porter, Quay Ltd\n2011 - 2009")
    cv = "# Jo Doe\n\n## Work\n" + "".join(f"\n\n\n### {role}\n- Filed.\n" for role in roles)
    (folder / "cv.md").write_text(cv, encoding="utf-8")
    told = run("import", "cv.md", "--out", "kept.md", cwd=folder).stderr
    lines = (folder / "kept.md").read_text(encoding="utf-8").splitlines()
    marks = [n for n, line in enumerate(lines, 1) if line.startswith("<!-- check:")]
    assert marks
    assert all(f"  line {number}: " in told for number in marks), told
