"""What the project is built from: locked by hash, as wheels, within bounds, licences known."""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
BUILDS = ROOT / "constraints-build.txt"
RUNS, ALL = ROOT / "constraints.txt", ROOT / "constraints-dev.txt"
OF_OTHER_ENVIRONMENTS = {"parse-back", "benchmarks"}  # nothing that `make test` installs
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(path: Path) -> dict[str, tuple[str, frozenset[str]]]:
    """The version and the hashes of each package that a file locks."""
    found = {}
    for entry in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8")):
        pin, *hashes = entry.split(" \\\n    --hash=sha256:")
        name, _, version = pin.partition(" ;")[0].partition("==")
        found[name] = (version, frozenset(one.strip() for one in hashes))
    return found


def direct() -> Iterator[Requirement]:
    """All that pyproject.toml names for what `make` installs."""
    project = PROJECT["project"]
    named = list(project["dependencies"])
    for extra, requirements in project["optional-dependencies"].items():
        named += requirements if extra not in OF_OTHER_ENVIRONMENTS else []
    return map(Requirement, named)


def build() -> list[Requirement]:
    """All that pyproject.toml names for building the project."""
    return [Requirement(one) for one in PROJECT["build-system"]["requires"]]


@pytest.fixture(scope="module")
def licences() -> Iterator[ModuleType]:
    """The script that writes the list of licences."""
    patch = pytest.MonkeyPatch()
    patch.setattr(sys, "path", [str(ROOT / "benchmarks"), *sys.path])
    yield importlib.import_module("licences")
    patch.undo()


@pytest.mark.parametrize("path", [BUILDS, RUNS, ALL], ids=lambda path: path.name)
def test_only_names_versions_and_hashes_are_locked(path: Path) -> None:
    """No host, no index, no option: each package at one version with its SHA-256 digests."""
    condition = r"[a-z_]+ (?:==|!=|<|>=) '[\w.]+'"
    marker = rf"(?: ; {condition}(?: and {condition})?)?"
    line = re.compile(rf"[a-z0-9-]+==[\w.]+{marker} \\|    --hash=sha256:[0-9a-f]{{64}}(?: \\)?")
    odd = [one for one in path.read_text("utf-8").splitlines() if not line.fullmatch(one)]
    assert odd == []
    assert all(hashes for _, hashes in locked(path).values())


def test_what_runs_is_what_is_tested() -> None:
    """The packages of `make demo` are those of `make test`, with the same hashes."""
    runs, everything = locked(RUNS), locked(ALL)
    assert runs.items() <= everything.items()
    assert locked(BUILDS).items() <= everything.items()
    assert "pytest" not in runs


def test_every_dependency_is_bounded_and_locked_within() -> None:
    """Each has a lowest and a next major version, and the locked one lies between."""
    for path, requirements in ((BUILDS, build()), (ALL, direct())):
        packages = locked(path)
        for requirement in requirements:
            assert {one.operator for one in requirement.specifier} == {">=", "<"}, requirement
            version, _ = packages[canonicalize_name(requirement.name)]
            assert Version(version) in requirement.specifier


def test_what_builds_it_is_installed_first() -> None:
    """A new environment brings a setuptools that is too old, and nothing is fetched for a build."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile[makefile.index("\n$(VENV)/installed: ") :].splitlines()
    steps = [recipe.index(f"\t{one}") for one in ("$(LOCKED) constraints-build.txt", "$(OWN)")]
    assert steps == sorted(steps)
    assert set(locked(BUILDS)) == {canonicalize_name(one.name) for one in build()}


def test_nothing_else_is_installed_by_make() -> None:
    """Every install into .venv asks for hashes and wheels; the project itself fetches nothing."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.findall(r".*\$\(PIP\).*", makefile) == [
        "LOCKED := $(PIP) --require-hashes --only-binary :all: -r",
        "OWN := $(PIP) --no-deps --no-build-isolation --no-index -e .",
    ]
    others = [line for line in makefile.splitlines() if "pip " in line and "install" in line]
    assert all(line.startswith(("PIP :=", "\t.venv-lock", "\t    $(@D)/bin")) for line in others)


def test_licences_are_listed(licences: ModuleType) -> None:
    """The list has each locked package at its version with what its metadata says."""
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([\w.-]+) \| ([\d.]+\w*) \| ([^|]+) \|", page, re.MULTILINE)
    assert {name: version for name, version, _ in listed} == {
        name: version for name, (version, _) in locked(ALL).items()
    }
    for name, version, told in listed:
        assert told != "not told", name
        try:
            here = importlib.metadata.version(name) == version
        except importlib.metadata.PackageNotFoundError:
            here = False
        assert not here or licences.licence(name) == told


def test_everything_that_runs_has_a_reason(licences: ModuleType) -> None:
    """The page of licences names who asks for each; what tailor asks for is in architecture.md."""
    reasons = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("## Dependencies")[2]
    asked = licences.askers()
    runs = locked(RUNS).keys()
    for name in runs:
        by = set(asked[name])
        assert by & (runs | {"tailor"}), name
    for one in PROJECT["project"]["dependencies"]:
        assert re.search(rf"(?i)\b{re.escape(Requirement(one).name)}\b", reasons), one


def test_nothing_of_others_runs_when_python_starts() -> None:
    """A wheel runs no code when it is installed; none may run any through a .pth file either."""
    for name in locked(RUNS):
        try:
            files = importlib.metadata.files(name) or ()
        except importlib.metadata.PackageNotFoundError:
            continue  # of other systems
        # setuptools, which spaCy asks for, puts itself in the place of Python's old distutils.
        known = ["distutils-precedence.pth"] if name == "setuptools" else []
        assert [str(file) for file in files if file.suffix == ".pth"] == known
