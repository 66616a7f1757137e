"""What the pages tell people to type exists, and what exists is told."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))
RUN = [sys.executable, "-c", "from tailor.cli import main; main()"]
OPTION = re.compile(r"(?<![\w-])--?[a-z][\w-]*")


@dataclass(frozen=True)
class Command:
    """A command of a page, cut into words."""

    page: str
    words: tuple[str, ...]

    @property
    def program(self) -> str:
        """What is started: ``tailor`` also for ``.venv/bin/tailor``."""
        return Path(self.words[0]).name

    @property
    def options(self) -> set[str]:
        """The options that it is given."""
        return {w.partition("=")[0] for w in self.words[1:] if re.match(r"--?[A-Za-z]", w)}

    @property
    def subcommand(self) -> tuple[str, ...]:
        """``("import",)`` for ``tailor import …``; empty where there is none."""
        return self.words[1:2] if self.words[1] in SUBCOMMANDS else ()

    def __str__(self) -> str:
        return f"{self.page}: {' '.join(self.words)}"


def fenced(page: Path, *languages: str) -> list[str]:
    """The fenced blocks of a page in these languages."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block for language, block in blocks if language in languages]


def commands_of(page: Path) -> list[Command]:
    """The commands in the page's shell blocks, and those in running text that have arguments."""
    lines = []
    for block in fenced(page, "sh", "bash", "shell", "console"):
        lines += block.replace("\\\n", " ").splitlines()
    prose = re.sub(
        r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    lines += re.findall(r"`((?:tailor|make|python3?) [^`\n]+)`", prose)
    found = []
    for line in lines:
        for part in re.split(r"\s(?:&&|\|\|?|;)\s", line.removeprefix("$ ")):
            words = shlex.split(part, comments=True)
            while words and re.match(r"\w+=", words[0]):
                del words[0]  # a variable for this command only
            if words:
                found.append(Command(page.name, tuple(words)))
    return found


def commands(*programs: str) -> list[Command]:
    """The commands of all pages that start one of these programs."""
    return [c for page in PAGES for c in commands_of(page) if c.program in programs]


@cache
def help_text(*command: str) -> str:
    """What `--help` says of `tailor` or a command of it, wide enough to cut no option."""
    env = {**os.environ, "COLUMNS": "200", "PYTHONUTF8": "1", "NO_COLOR": "1"}
    return subprocess.run(
        [*RUN, *command, "--help"], env=env, capture_output=True, encoding="utf-8", check=True
    ).stdout


SUBCOMMANDS = ("batch", "check", "explain", "import", "mcp", "serve", "watch", "which")


def known_options(*command: str) -> set[str]:
    """The options of `tailor` or of a command of it, long and short."""
    lines = [line for line in help_text(*command).splitlines() if re.match(r"\W*-[-\w]", line)]
    return {option for line in lines for option in OPTION.findall(line.split("   ")[0])}


def test_commands_are_found() -> None:
    """The pages are read: they do show tailor, make and python."""
    assert commands("tailor")
    assert commands("make")
    assert {"--job", "-j", "--cv", "--pages", "--json", "--help"} <= known_options()


def test_options_of_tailor_exist() -> None:
    """No page shows an option that the program does not have."""
    unknown = {str(c): c.options - known_options(*c.subcommand) for c in commands("tailor")}
    assert {command: options for command, options in unknown.items() if options} == {}


def test_targets_of_make_exist() -> None:
    """No page shows a target that the Makefile does not have."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))
    for command in commands("make"):
        assert {w for w in command.words[1:] if re.fullmatch(r"[\w-]+", w)} <= targets, command


@pytest.mark.parametrize("command", commands("python", "python3"), ids=str)
def test_modules_and_scripts_of_python_exist(command: Command) -> None:
    """No page starts a module or a script that is not there, or with options it does not have."""
    words = command.words[1:]
    if words[0] == "-m":
        with contextlib.suppress(ModuleNotFoundError):
            assert importlib.util.find_spec(words[1]) is not None
            return
        pytest.fail(f"no module {words[1]}")
    script = next(word for word in words if not word.startswith("-"))
    source = (ROOT / script).read_text(encoding="utf-8")
    if "argparse" in source:
        assert [option for option in command.options if option not in source] == []


def test_every_option_is_documented() -> None:
    """The README has each command, and each option that `--help` tells of."""
    told = set(OPTION.findall(README.read_text(encoding="utf-8")))
    assert known_options() - told == set()
    for command in SUBCOMMANDS:
        assert f"tailor {command}" in README.read_text(encoding="utf-8")
        assert known_options(command) - told == set()
    listed = help_text().partition("Commands ")[2].partition("Options")[0]
    assert set(re.findall(r"^  (\w+) ", listed, re.MULTILINE)) == set(SUBCOMMANDS)


def test_every_exit_code_is_documented() -> None:
    """The README and the help name the same exit codes."""
    code = re.compile(r"(?<=[ \n])(\d) (?=[A-Za-z])")
    helped = " ".join(help_text().split()).partition("Exit codes:")[2]
    told = README.read_text(encoding="utf-8").partition("Exit codes:")[2].partition("\n\n")[0]
    assert set(code.findall(helped)) == set(code.findall(told)) == set("012345")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the sample data, as the pages' commands expect it."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copyfile(ROOT / "data" / "sample_cv.md", tmp_path / "master_cv.md")
    shutil.copyfile(ROOT / "data" / "sample_posting_platform.txt", tmp_path / "posting.txt")
    (tmp_path / "postings").mkdir()
    for posting in (ROOT / "data").glob("sample_posting_*.txt"):
        shutil.copyfile(posting, tmp_path / "postings" / posting.name)
    return tmp_path


def can_be_typed(command: Command) -> bool:
    """Whether its files are there in `checkout`.

    Watching ends by Ctrl-C only, and a cluster has to be there first: both have their own tests.
    """
    if "--scheduler" in command.options:
        return False
    words = " ".join(command.words)
    return "data/sample" in words or words.startswith(
        ("tailor batch postings/ --cv", "tailor batch postings/ --out")
    )


samples = [c for c in dict.fromkeys(commands("tailor")) if can_be_typed(c)]


@pytest.mark.parametrize("command", samples, ids=str)
def test_sample_commands_work(checkout: Path, command: Command) -> None:
    """The commands on the sample files can be typed as they stand."""
    if command.options & {"--pdf", "--verify-pages"} and shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice, which is not installed")
    done = subprocess.run(
        [*RUN, *command.words[1:]],
        cwd=checkout,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_python_of_the_readme_works(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The README's Python can be typed as it stands."""
    monkeypatch.chdir(checkout)
    blocks = fenced(README, "python", "py")
    assert blocks
    for block in blocks:
        exec(compile(block, README.name, "exec"), {})  # noqa: S102 - it is what is tested
    assert list(checkout.glob("*.docx"))
