"""``--pdf``, set here, and ``--verify-pages``: what LibreOffice makes of the Word file."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from command_line import CV, refused, run, small_folder, tree
from fake_office import fake_office, posix, small_pdf, with_office

from tailor.pipeline import tailor
from tailor.values.errors import OutputError
from tailor.values.resources import data_path

SHIPPED = str(data_path("template_modern_a4.docx"))
TASK = ("--job", "posting.txt", "--cv", "cv.md", "--out", "out/ada.docx")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with a small CV and a small posting."""
    return small_folder(tmp_path)


def giving(folder: Path, pdf: bytes) -> Path:
    """Make a stand-in for LibreOffice in `folder` that gives out `pdf`, whatever it is given."""
    source = folder / "made.pdf"
    source.write_bytes(pdf)
    body = f"(folder / '0.pdf').write_bytes(pathlib.Path({str(source)!r}).read_bytes())"
    return fake_office(folder, body)


def run_with(folder: Path, pdf: bytes, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the task in `folder` with a stand-in for LibreOffice that gives out `pdf`."""
    office = giving(folder, pdf)
    return run(*TASK, *options, cwd=folder, env={"TAILOR_SOFFICE": str(office)})


def made(folder: Path, *, force: bool = False) -> Path:
    """Write the Word file and the PDF by a call from Python; return the PDF's path."""
    out = folder / "out" / "ada.docx"
    done = tailor(folder / "cv.md", folder / "posting.txt", out, pdf=True, force=force)
    assert done.pdf is not None
    return done.pdf


def test_without_libreoffice_there_is_a_pdf_and_no_check(small: Path) -> None:
    """The check says what is missing and leaves no file; the PDF's path is printed second."""
    before = tree(small)
    nowhere = {"TAILOR_SOFFICE": "/nowhere/soffice", "PATH": ""}
    result = run(*TASK, "--verify-pages", "--pdf", cwd=small, env=nowhere)
    refused(result, 5, "/nowhere/soffice", "LibreOffice")
    assert {name for name in tree(small) if not name.startswith("home")} == set(before)
    result = run(*TASK, "--pdf", cwd=small, env=nowhere)
    assert result.returncode == 0, result.stderr
    assert [Path(line) for line in result.stdout.splitlines()] == [
        Path("out/ada.docx"),
        Path("out/ada.pdf"),
    ]
    assert sorted(tree(small / "out")) == ["ada.docx", "ada.pdf"]


@posix
def test_a_failing_libreoffice_leaves_nothing(small: Path) -> None:
    """Not even the Word file, which would have been fine."""
    office = fake_office(small, "sys.exit(3)")
    result = run(*TASK, "--verify-pages", cwd=small, env={"TAILOR_SOFFICE": str(office)})
    refused(result, 5, "exit code 3")
    assert not (small / "out").exists()


@posix
def test_a_template_of_ones_own_is_laid_out_by_libreoffice(small: Path) -> None:
    """Only an office program knows all that a template can look like."""
    result = run_with(small, small_pdf(20), "--pdf", "--template", SHIPPED)
    assert result.returncode == 0, result.stderr
    assert b"Helvetica" in (small / "out" / "ada.pdf").read_bytes()


def test_a_pdf_of_ones_own_is_kept_and_so_is_the_word_file_before(small: Path) -> None:
    """If one of the two may not be written, neither is; ``--force`` writes both."""
    made(small)
    (small / "out" / "ada.pdf").write_bytes(b"notes of somebody")
    (small / "cv.md").write_text(CV.replace("festival", "concert"), encoding="utf-8")
    before = tree(small / "out")
    with pytest.raises(OutputError, match=r"ada\.pdf: exists and was edited.*--force"):
        made(small)
    assert tree(small / "out") == before
    made(small, force=True)
    after = tree(small / "out")
    assert after["ada.pdf"] != before["ada.pdf"]
    assert after["ada.docx"] != before["ada.docx"]


def test_a_pdf_that_nobody_edited_is_replaced(small: Path) -> None:
    """As the Word file is."""
    one = made(small).read_bytes()
    (small / "cv.md").write_text(CV.replace("festival", "concert"), encoding="utf-8")
    assert made(small).read_bytes() != one


@posix
@pytest.mark.parametrize("pages", [("--pages", "1"), ()])
def test_more_pages_than_wanted_are_refused(small: Path, pages: tuple[str, ...]) -> None:
    """With or without a wish; the lines that went over are counted."""
    result = run_with(small, small_pdf(50, 3), "--verify-pages", *pages)
    refused(result, 5, "needs 2 pages", "not 1 page", "3 lines went over", "--pages", "--look")
    assert not (small / "out").exists()


@posix
def test_what_differs_is_told_to_people_and_to_programs(small: Path) -> None:
    """Lines, the font that stood in, and no PDF on disk where none was asked for."""
    result = run_with(small, small_pdf(20), "--verify-pages")
    told = result.stderr
    assert "LibreOffice: 1 page" in told
    assert "no Calibri" in told
    assert "Helvetica" in told
    assert sorted(tree(small / "out")) == ["ada.docx"]
    data = json.loads(run_with(small, small_pdf(20), "--verify-pages", "--json").stdout)
    verified = data["verified"]
    assert "pdf" not in data
    assert verified["agrees"] is True
    assert (verified["pages"], verified["lines"], verified["page_lines"]) == (1, 20, [20])
    assert verified["missing_font"] == "Calibri"
    assert verified["fonts"] == ["Helvetica"]
    # From the upper margin (42.5 points of 842) to below the 20th line; 756.8 are between margins.
    assert verified["last_page_fill"] == pytest.approx(
        (842 - 42.5 - 742 + 19 * 12 + 2.7) / 756.8, abs=0.01
    )


@posix
def test_fewer_pages_than_estimated_are_told_and_written(small: Path) -> None:
    """That is no fault: the estimate counts what needs more room."""
    cv = CV + "".join(
        f"- Ran the Kubernetes cluster of hall number {n} and wrote its tools in Python.\n"
        for n in range(90)
    )
    (small / "cv.md").write_text(cv, encoding="utf-8")
    result = run_with(small, small_pdf(20), "--verify-pages", "--pages", "2")
    assert result.returncode == 0, result.stderr
    assert "the estimate was 2 pages" in " ".join(result.stderr.split())


@posix
def test_a_pdf_that_cannot_be_read_is_an_error(small: Path) -> None:
    """The check did not take place, so it is not passed."""
    result = run_with(small, b"%PDF-1.6\nnothing\n%%EOF\n", "--verify-pages")
    refused(result, 5, "damaged", "--verify-pages")
    assert not (small / "out").exists()


@with_office
def test_with_the_real_one_both_files_have_the_same_bytes_again(small: Path) -> None:
    """A second run, in another folder, changes neither; the JSON names the PDF."""
    runs = []
    for name in ("one", "two"):
        options = ("--pdf", "--verify-pages", "--json", "--out", f"{name}/ada.docx")
        result = run(*TASK, *options, cwd=small)
        assert result.returncode == 0, result.stderr
        data = json.loads(result.stdout)
        assert Path(data["pdf"]) == Path(name, "ada.pdf")
        assert data["verified"]["agrees"] is True
        runs.append(tree(small / name))
    assert runs[0] == runs[1]
    assert sorted(runs[0]) == ["ada.docx", "ada.pdf"]
