"""Mistakes that people make, each answered with what to do: the table of docs/errors.md."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

import pytest
from command_line import CV, POSTING, environment, run
from typer.testing import CliRunner

from tailor.cli import app

ROOT = Path(__file__).parents[1]
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split(" | ")]
    for line in (ROOT / "docs" / "errors.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and "`tailor" in line
]
FILES = {
    "posting.txt": POSTING,
    "other.txt": POSTING,
    "cv.md": CV,
    "nothing.txt": " \n",
    "damaged.docx": "no package at all",
    "comma.json": '{"basics": {"name": "Ada Example",}, "work": []}',
    "about.txt": "About us\n\nA family business since 1962.\nCall us on weekdays.\n",
    "bakery.txt": "Pastry chef\n\nRequirements\n- Sourdough\n- Laminated dough\n",
    "mine.txt": "Ada Example\n\nRequirements\n- Sourdough\n- Laminated dough\n",
    "german.txt": "Bäcker gesucht\n\nWir suchen einen Bäcker, der nachts arbeitet und gerne mit "
    "Teig umgeht. Sie haben eine abgeschlossene Ausbildung und mögen es, früh anzufangen.\n\n"
    "Ihre Aufgaben\n- Sie backen Brot und Brötchen für unsere acht Läden in der Stadt\n"
    "- Sie kümmern sich um die Öfen und um die Sauberkeit in der Backstube\n",
}
CONSOLES = ["cp1252", "cp437", "cp932", "ascii"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all files that the table names."""
    place = tmp_path_factory.mktemp("mistakes")
    for name, text in FILES.items():
        (place / name).write_text(text, encoding="utf-8")
    (place / "empty").mkdir()
    for name in ("own.docx", "empty/~$open.docx"):
        shutil.copy(ROOT / "data" / "template_classic_a4.docx", place / name)
    return place


def test_there_are_thirty() -> None:
    """The table is read."""
    assert len(ROWS) >= 30


@pytest.mark.parametrize(("mistake", "command", "code", "says"), ROWS, ids=[r[0] for r in ROWS])
def test_a_mistake_is_answered(
    folder: Path,
    mistake: str,
    command: str,
    code: str,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It ends with the code that the table has, says what it has, and writes nothing."""
    for name, value in environment(folder / "home").items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("TAILOR_CV", raising=False)
    monkeypatch.chdir(folder)
    before = sorted(path.name for path in folder.iterdir())
    done = CliRunner().invoke(app, shlex.split(command.strip("`"))[1:])
    told = " ".join(done.stderr.split())
    assert isinstance(done.exception, SystemExit), mistake
    assert (done.exit_code, says in told) == (int(code), True), told
    assert done.stdout == ""
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize("encoding", CONSOLES)
@pytest.mark.parametrize(
    "arguments", ["explain --job posting.txt --cv cv.md", "check cv.md --job posting.txt"]
)
def test_a_console_with_few_letters(tmp_path: Path, encoding: str, arguments: str) -> None:
    """What a console cannot show is shown by a plainer sign; nothing ends because of it."""
    (tmp_path / "cv.md").write_text(CV + "- Wrote naïve café menus – in Łódź, ½ of them ✓.\n")
    (tmp_path / "posting.txt").write_text(POSTING + "- Łódź café menus …\n")
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = run(*arguments.split(), cwd=tmp_path, env=env, encoding=encoding)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert 'File "' not in done.stderr


@pytest.mark.parametrize("where", [">&-", "2>&-", ">/dev/full", "2>/dev/full", "| head -1"])
def test_output_that_is_closed_or_full(tmp_path: Path, where: str) -> None:
    """Neither is a bug: what cannot be written is said where that is still possible."""
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full and a shell")
    (tmp_path / "cv.md").write_text(CV, encoding="utf-8")
    (tmp_path / "posting.txt").write_text(POSTING, encoding="utf-8")
    python = f"{shlex.quote(sys.executable)} -c 'from tailor.cli import main; main()'"
    line = f"{python} --job posting.txt --cv cv.md {where}"
    done = run(line, cwd=tmp_path, command=("sh", "-c"))
    assert "this is a bug" not in done.stderr
    assert done.returncode == (5 if where == ">/dev/full" else done.returncode)
    assert ("No space left" in done.stderr) == (where == ">/dev/full")
