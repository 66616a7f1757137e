"""A kept CV is the CV that was read, or none."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import CV, POSTING, run
from cv_strategies import cvs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tailor import cv_cache, limits
from tailor.cv import Cv
from tailor.cv_cache import cache_folder, read_kept_cv
from tailor.errors import CvError
from tailor.profiles import Profile, profile
from tailor.reading import cv_reader
from tailor.reading.cv_reader import read_cv
from tailor.reading.files import Content

# Other tests say no.
KEEPING = {"TAILOR_NO_CACHE": "0"}


@pytest.fixture
def cv_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A CV of somebody whose cache is empty."""
    monkeypatch.setattr(cv_cache, "cache_folder", lambda: tmp_path / "cache" / "tailor")
    path = tmp_path / "cv.md"
    path.write_text(CV, encoding="utf-8")
    return path


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by the name of each CV that is read anew."""
    found: list[str] = []

    def counted(content: Content) -> Cv:
        found.append(content.source)
        return cv_of(content)

    cv_of = cv_reader.cv_of
    monkeypatch.setattr(cv_reader, "cv_of", counted)
    return found


def kept_files() -> list[Path]:
    """All files of the cache."""
    folder = cv_cache.cache_folder()
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_a_cv_is_read_once(cv_file: Path, readings: list[str]) -> None:
    """The second time it is as it was kept: the same to the last field."""
    once = read_kept_cv(cv_file)
    again = read_kept_cv(cv_file)
    assert readings == [str(cv_file)]
    assert repr(again) == repr(once) == repr(read_cv(cv_file))


@given(cvs)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_cv_comes_back(tmp_path: Path, cv: Cv) -> None:
    """Whatever is in it, also what two equal CVs may differ in; profiles to the last bit."""
    counted = {text: profile(text) for text in cv_cache._texts(cv)}  # noqa: SLF001
    path = tmp_path / "x.kept"
    cv_cache._save(path, (cv, counted))  # noqa: SLF001
    found = cv_cache._load(path)  # noqa: SLF001
    assert found is not None
    assert repr(found[0]) == repr(cv)
    assert list(map(plain, found[1].items())) == list(map(plain, counted.items()))


def plain(item: tuple[str, Profile]) -> tuple[object, ...]:
    """A profile as values that can be compared, dictionaries in their order."""
    text, p = item
    figures = (p.length, p.vector.dtype.str, p.vector.tolist(), p.topics_length)
    return text, *map(list, (p.counts.items(), p.weights.items(), p.topics.items())), figures


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda path, _: path.write_text(CV + "- More.\n"), id="the CV"),
        pytest.param(lambda _, patch: patch.setattr(sys, "version", "9.9"), id="Python"),
        pytest.param(
            lambda _, patch: patch.setattr(cv_cache, "_READ_WITH", ("markdown_it",)),
            id="what it is read with",
        ),
    ],
)
def test_what_changed_is_read_anew(
    cv_file: Path,
    readings: list[str],
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path, pytest.MonkeyPatch], object],
) -> None:
    """Another content, another program, other libraries."""
    read_kept_cv(cv_file)
    change(cv_file, monkeypatch)
    cv_cache._program.cache_clear()  # noqa: SLF001
    found = read_kept_cv(cv_file)
    assert len(readings) == 2
    assert found == read_cv(cv_file)


def test_a_file_of_the_program_that_changes_is_another_program(
    cv_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By size or time: none is read for it."""
    part = tmp_path / "program" / "part.py"
    part.parent.mkdir()
    part.write_text("1", encoding="utf-8")
    monkeypatch.setattr(cv_cache, "__file__", str(part.parent / "cv_cache.py"))
    seen = set()
    for stamp in (1_000, 2_000):
        os.utime(part, (stamp, stamp))
        cv_cache._program.cache_clear()  # noqa: SLF001
        seen.add(cv_cache._key(str(cv_file), b""))  # noqa: SLF001
    cv_cache._program.cache_clear()  # noqa: SLF001
    assert len(seen) == 2


def test_bounds_hold_for_a_kept_cv(cv_file: Path) -> None:
    """What was read with wide bounds is not taken where they are narrow."""
    read_kept_cv(cv_file)
    with limits.using(limits.Limits(lines=3)), pytest.raises(CvError, match="lines"):
        read_kept_cv(cv_file)


def test_names_are_of_the_file_that_was_given(cv_file: Path) -> None:
    """The same content under another name: messages name that."""
    other = cv_file.with_name("other.md")
    other.write_bytes(cv_file.read_bytes())
    read_kept_cv(cv_file)
    assert read_kept_cv(other).source == str(other)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_as_good_as_none(cv_file: Path, data: st.DataObject) -> None:
    """Cut or changed at any place: the CV is read, and kept whole again."""
    cv = read_kept_cv(cv_file)
    (kept,) = kept_files()
    whole = kept.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        kept.write_bytes(whole[:place])
    else:
        kept.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
    assert repr(read_kept_cv(cv_file)) == repr(cv)
    assert kept.read_bytes() == whole


class Harm:
    """Runs a command when it is unpacked."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        """Make a folder, as the mark of what was run."""
        return os.mkdir, (str(self.mark),)


@pytest.mark.parametrize("kind", ["a command", "a part of the program", "no CV"])
def test_nothing_is_run(cv_file: Path, tmp_path: Path, readings: list[str], kind: str) -> None:
    """A file that somebody put there, well formed: it makes values of a CV or is thrown away."""
    cv = read_kept_cv(cv_file)
    (kept,) = kept_files()
    made: dict[str, object] = {
        "a command": Harm(tmp_path / "harm"),
        "a part of the program": read_cv,
        "no CV": ["1"],
    }
    data = pickle.dumps(made[kind])
    kept.write_bytes(hashlib.sha256(data).digest() + data)
    assert read_kept_cv(cv_file) == cv
    assert len(readings) == 2
    assert not (tmp_path / "harm").exists()


@pytest.mark.skipif(os.name != "posix", reason="rights and owners are told in another way")
def test_only_the_owner_may_look(cv_file: Path) -> None:
    """Folder and file are for the user alone."""
    read_kept_cv(cv_file)
    (kept,) = kept_files()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owner by number")
def test_a_file_of_somebody_else_is_none(
    cv_file: Path, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It could say what the CV does not."""
    read_kept_cv(cv_file)
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    read_kept_cv(cv_file)
    assert len(readings) == 2


def test_a_few_are_kept(cv_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that was used longest ago goes."""
    monkeypatch.setattr(cv_cache, "_KEPT", 3)
    names: list[Path] = []
    for number in range(5):
        cv_file.write_text(CV + f"- Ran a shop for {number} years.\n", encoding="utf-8")
        read_kept_cv(cv_file)
        (new,) = set(kept_files()) - set(names)
        os.utime(new, (number, number))
        names = [*names, new]
    assert set(kept_files()) == set(names[2:])


def test_where_nothing_can_be_kept(cv_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The CV is read all the same."""
    monkeypatch.setattr(cv_cache, "cache_folder", lambda: cv_file / "cache")
    assert read_kept_cv(cv_file) == read_cv(cv_file)


def test_a_cv_that_cannot_be_read_is_not_kept(cv_file: Path) -> None:
    """The error is the same each time."""
    cv_file.write_text("Dear Sir or Madam,\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(CvError):
            read_kept_cv(cv_file)
    assert kept_files() == []


def test_results_are_the_same(tmp_path: Path) -> None:
    """Word file, JSON and report of real processes: first, kept, and without a cache."""
    (tmp_path / "cv.md").write_text(CV, encoding="utf-8")
    (tmp_path / "posting.txt").write_text(POSTING, encoding="utf-8")
    named = ("--job", "posting.txt", "--cv", "cv.md")
    usual = (*named, "--report", "--force", "--json", "-o", "x.docx")
    kept = tmp_path / "home" / ".cache" / "tailor"
    seen = []
    for more, files in ((["--no-cache"], 0), ([], 1), ([], 1)):
        done = run(*usual, *more, cwd=tmp_path, env=KEEPING)
        assert done.returncode == 0, done.stderr
        made = [(tmp_path / name).read_bytes() for name in ("x.docx", "x.html")]
        seen.append((done.stdout, done.stderr, *made))
        assert len(list(kept.glob("*"))) == files
    assert seen[0] == seen[1] == seen[2]
    told = {
        run("explain", *named, *more, cwd=tmp_path, env=KEEPING).stdout
        for more in ([], ["--no-cache"])
    }
    assert len(told) == 1


def test_the_folder_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the system keeps such things."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder().name.lower() == "tailor"
