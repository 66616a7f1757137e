"""What ships: the package with its tables and models, and nothing of anyone's own."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OLDEST_SETUPTOOLS = 77  # as pyproject.toml asks; the first that reads its licence fields


def tracked_files() -> list[Path]:
    """The files under version control that are there; skips where there is no version control."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("needs a checkout: only tracked files are packed")
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [Path(name) for name in told.stdout.decode().split("\0") if name]
    return [path for path in paths if (ROOT / path).is_file()]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tracked files, among which somebody left files of their own."""
    copy = tmp_path_factory.mktemp("checkout")
    for path in tracked_files():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, copy / path)
    for own in ("my_cv.md", "master_cv.md", "cv.docx", "posting.txt"):
        (copy / "data" / own).write_text("# Ada Example\n", encoding="utf-8")
    (copy / "models" / "my_notes.tsv").write_text("private\n", encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """The wheel that is built of the checkout."""
    try:
        version = importlib.metadata.version("setuptools")
    except importlib.metadata.PackageNotFoundError:
        version = "0"
    if int(version.partition(".")[0]) < OLDEST_SETUPTOOLS:
        pytest.skip(f"needs setuptools {OLDEST_SETUPTOOLS} or newer, to build without a network")
    dist = tmp_path_factory.mktemp("dist")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(dist)]
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", *options, "."]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = dist.iterdir()
    return zipfile.Path(path)


@pytest.fixture(scope="module")
def names(wheel: zipfile.Path) -> set[str]:
    """The names of all files in the wheel."""
    return set(wheel.root.namelist())


def test_data_and_models_ship(names: set[str]) -> None:
    """All tracked tables, samples, templates and models are in it, and the mark of its types."""
    for folder in ("data", "models"):
        tracked = {path.as_posix() for path in tracked_files() if path.parts[0] == folder}
        assert tracked
        assert {f"tailor/{name}" for name in tracked} <= names
    assert "tailor/py.typed" in names


def test_every_module_ships(names: set[str]) -> None:
    """No package was forgotten."""
    modules = {
        path.as_posix()
        for path in tracked_files()
        if path.parts[0] == "tailor" and path.suffix in {".py", ".txt"}
    }
    assert modules <= names


def test_all_that_is_built_can_be_built_anew() -> None:
    """`make models` runs every command of `training/`, and none that is not there."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__main__")
        for path in (ROOT / "training").rglob("*.py")
        if '__name__ == "__main__"' in path.read_text(encoding="utf-8")
    }
    assert set(re.findall(r"-m (training[.\w]*)", makefile)) == commands


def test_nobodys_own_files_ship(names: set[str]) -> None:
    """A CV or a posting that lies in data/ stays there."""
    assert not [name for name in names if "my_" in name or "master_cv" in name]
    assert not names & {"tailor/data/cv.docx", "tailor/data/posting.txt"}


def test_nothing_else_ships(names: set[str]) -> None:
    """One package: no module `cli` at the top, no tests, no benchmarks."""
    tops = {name.partition("/")[0] for name in names}
    assert "tailor" in tops
    assert all(top == "tailor" or top.endswith(".dist-info") for top in tops)
    assert not [name for name in names if "test" in name.lower() or "benchmark" in name]


def test_entry_point_and_licence(wheel: zipfile.Path) -> None:
    """The command is tailor.cli:main, and the licence is in it."""
    (info,) = (path for path in wheel.iterdir() if path.name.endswith(".dist-info"))
    entry_points = (info / "entry_points.txt").read_text(encoding="utf-8")
    assert "[console_scripts]\ntailor = tailor.cli:main" in entry_points
    assert (info / "licenses" / "LICENSE").is_file()
    metadata = (info / "METADATA").read_text(encoding="utf-8")
    assert "\nName: cv-tailor\n" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata


def test_a_checkout_works_as_it_lies(checkout: Path) -> None:
    """Python started there takes the checkout's code, and finds its tables beside the package.

    Whatever copy is installed: its `tailor` is hidden by the one in the working folder.
    """
    code = "import tailor; print(tailor.__file__, tailor.read_cv('data/sample_cv.md').name)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(checkout))


def test_an_installed_copy_works_by_itself(wheel: zipfile.Path, tmp_path: Path) -> None:
    """The tables are found inside the package too, with no checkout around it."""
    wheel.root.extractall(tmp_path)
    code = "import tailor; print(tailor.__file__, tailor.read_cv('tailor/data/sample_cv.md').name)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path))
