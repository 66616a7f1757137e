"""The command line, run as people run it: real processes, real files, real exit codes."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from command_line import CV, ESCAPE, POSTING, environment, refused, run, small_folder, tree

import tailor
from tailor import pipeline
from tailor.report.data import as_data

ROOT = Path(__file__).parent.parent
SAMPLE_CV = ROOT / "data" / "sample_cv.md"
SAMPLE_POSTING = ROOT / "data" / "sample_posting_platform.txt"

posix = pytest.mark.skipif(os.name != "posix", reason="names, rights and streams of POSIX")
not_as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="the administrator may read and write anything",
)

# Left-to-right and right-to-left marks, embeddings, overrides and isolates.
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Done:
    """A run that is over, and the folder it ran in."""

    folder: Path
    result: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """The sample posting and the sample CV, with nothing else said."""
    folder = tmp_path_factory.mktemp("plain")
    result = run("--job", SAMPLE_POSTING, "--sample", cwd=folder, env={"PYTHONHASHSEED": "1"})
    return Done(folder, result)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """The same with --json, through a pipe that takes ASCII only."""
    folder = tmp_path_factory.mktemp("machine")
    options = ("--job", SAMPLE_POSTING, "--cv", SAMPLE_CV, "--out", "applications", "--json")
    env = {"PYTHONHASHSEED": "2", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    return Done(folder, run(*options, cwd=folder, env=env))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with a small CV and a small posting."""
    return small_folder(tmp_path)


# What is asked for by name


def test_help_fits_a_terminal_of_80_columns(tmp_path: Path) -> None:
    """The help names every option, fits one screen of 80 columns and has no escape codes."""
    result = run("--help", cwd=tmp_path)
    assert result.returncode == 0
    assert result.stderr == ""
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert len(result.stdout.splitlines()) <= 50
    assert "bool" not in result.stdout
    assert ESCAPE not in result.stdout
    for option in ("--job", "--cv", "--out", "--pages", "--json", "--force", "--version", "-h"):
        assert option in result.stdout


def test_help_uses_a_wider_terminal(tmp_path: Path) -> None:
    """In 120 columns no option needs a second line, and no two empty lines follow each other."""
    result = run("--help", cwd=tmp_path, env={"COLUMNS": "120"})
    options = result.stdout.partition("Options:\n")[2].partition("\n\n")[0].splitlines()
    assert all(line.startswith("  -") for line in options)
    assert 80 < max(map(len, options)) <= 120
    assert "\n\n\n" not in result.stdout


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    """Help comes without the libraries of language, figures and documents."""
    script = (
        "import sys\n"
        "from tailor.cli import main\n"
        "sys.argv = ['tailor', '--help']\n"
        "try:\n    main()\n"
        "finally:\n"
        "    roots = {name.partition('.')[0] for name in sys.modules}\n"
        "    heavy = {'spacy', 'sklearn', 'numpy', 'scipy', 'docx', 'lxml'}\n"
        "    print(sorted(roots & heavy), file=sys.stderr)\n"
    )
    result = run(cwd=tmp_path, command=(sys.executable, "-c", script))
    assert "Usage" in result.stdout
    assert result.stderr.strip() == "[]"


def test_an_application_imports_what_it_needs(tmp_path: Path) -> None:
    """A posting in text and a CV in Markdown come without what other formats and training need."""
    script = (
        "import sys\n"
        "from tailor.cli import main\n"
        f"sys.argv = ['tailor', '--job', {str(SAMPLE_POSTING)!r}, '--cv', {str(SAMPLE_CV)!r}]\n"
        "try:\n    main()\n"
        "finally:\n"
        "    roots = {name.partition('.')[0] for name in sys.modules}\n"
        "    unwanted = 'yaml pypdfium2 trafilatura datasketch distributed pandas training'\n"
        "    print('loaded:', sorted(roots & set(unwanted.split())), file=sys.stderr)\n"
    )
    result = run(cwd=tmp_path, command=(sys.executable, "-c", script))
    assert list(tmp_path.glob("*.docx"))
    assert result.stderr.endswith("loaded: []\n")


@pytest.mark.parametrize("launcher", ["cli.py", "tailor"])
def test_launchers_start_the_same_program(tmp_path: Path, launcher: str) -> None:
    """The checkout's cli.py and the installed script tell the version."""
    command = [sys.executable, str(ROOT / "cli.py")]
    if launcher == "tailor":
        script = Path(sys.executable).with_name("tailor")
        if not script.exists():
            pytest.skip("tailor is not installed as a script")
        command = [str(script)]
    result = run("--version", cwd=tmp_path, command=command)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"tailor {tailor.__version__}\n"


# What a good run gives


def test_standard_output_is_the_path_of_the_file(plain: Done) -> None:
    """One line, the path, so that a script can go on with it; nothing else was written."""
    assert plain.result.returncode == 0, plain.result.stderr
    (written,) = plain.folder.iterdir()
    assert plain.result.stdout == f"{written.name}\n"
    assert written.suffix == ".docx"
    assert docx.Document(str(written)).paragraphs[0].text == "Maren Tolliver"


def test_explain_asks_shows_the_posting_as_understood(small: Path) -> None:
    """The part of each line, and what it asks for; no CV is needed, and no file is written."""
    before = sorted(small.iterdir())
    shown = run("explain", "--job", "posting.txt", "--asks", cwd=small)
    assert " \n" not in shown.stdout  # no terminal whose lines are to be filled
    assert shown.returncode == 0
    assert max(map(len, shown.stdout.splitlines())) <= 80
    data = json.loads(run("explain", "--job", "posting.txt", "--asks", "--json", cwd=small).stdout)
    ids = {line["requirement"] for line in data["lines"]} - {None}
    assert {ask["requirement"] for ask in data["asks"]} <= ids
    assert all(line["text"][:20] in shown.stdout for line in data["lines"] if line["requirement"])
    assert sorted(small.iterdir()) == before


def test_explain_writes_nothing(small: Path) -> None:
    """All reasons on standard output, in 80 columns, without colour, and no file."""
    before = tree(small)
    result = run("explain", "--job", "posting.txt", "--cv", "cv.md", cwd=small)
    assert " \n" not in result.stdout
    assert (result.returncode, result.stderr) == (0, "")
    assert tree(small) == before
    assert "What is asked for, and what your CV says" in result.stdout
    assert ESCAPE not in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    decided = run("explain", "--job", "posting.txt", "--cv", "cv.md", "--json", cwd=small)
    answered = json.loads(decided.stdout)["answered"]
    assert (answered["required_of"], answered["duties_of"]) == (2, 0)


def test_wishes_from_everywhere(small: Path) -> None:
    """The command counts more than the file beside the posting, and that more than marks."""
    cv = small / "cv.md"
    cv.write_text(cv.read_text(encoding="utf-8").replace("every restore.", "every restore. [drop]"))
    options = ("explain", "--job", "posting.txt", "--cv", "cv.md")
    assert "you dropped it" in " ".join(run(*options, cwd=small).stdout.split())
    beside = small / "posting.tailor.toml"
    beside.write_text('pin = ["Wrote backup"]\nheadline = "Engineer"\n', encoding="utf-8")
    assert "you pinned it" in " ".join(run(*options, cwd=small).stdout.split())
    result = run(*options, "--drop", "Wrote backup", cwd=small)
    assert "you dropped it" in " ".join(result.stdout.split())
    written = run(*options[1:], cwd=small).stdout.strip()
    paragraphs = [p.text for p in docx.Document(str(small / written)).paragraphs]
    assert paragraphs[1] == "Engineer"
    assert not any("[drop]" in text for text in paragraphs)
    beside.write_text('pin = ["Juggled"]\n', encoding="utf-8")
    refused(run(*options, cwd=small), 2, '--pin "Juggled"', "tailor explain")


def test_diff_tells_what_changed(small: Path) -> None:
    """The second version is compared with the first, which it replaces."""
    options = ("--job", "posting.txt", "--cv", "cv.md", "--diff")
    assert "No earlier file" in run(*options, cwd=small).stderr
    assert "nothing changed" in run(*options, cwd=small).stderr
    result = run(*options, "--drop", "Wrote backup", cwd=small)
    assert "- Wrote backup scripts" in " ".join(result.stderr.split())
    data = json.loads(run(*options, "--json", cwd=small).stdout)
    assert data["changes"]["added"] == ["Wrote backup scripts in Python and tested every restore."]


def test_ten_lines(small: Path) -> None:
    """The job, what is answered, the gaps, the pages, why; the path alone on standard output."""
    with (small / "posting.txt").open("a", encoding="utf-8") as posting:
        posting.write("- Choir conducting\n")
    done = run("--job", "posting.txt", "--cv", "cv.md", cwd=small)
    assert len(done.stdout.splitlines()) == 1
    lines = done.stderr.splitlines()
    assert len(lines) <= 10
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("Platform Engineer")
    assert lines[1].rstrip() == "In your CV      2 of 3 required"
    assert "Not in your CV  Choir" in done.stderr
    why = lines[-1].removeprefix("Why").strip()
    assert why == "tailor explain --job posting.txt --cv cv.md"
    assert run(*shlex.split(why)[1:], cwd=small).returncode == 0


def test_first_steps(tmp_path: Path) -> None:
    """Alone, it says in five lines what to do first."""
    done = run(cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 5
    assert "tailor import my_cv.docx --default" in done.stdout


def test_pipes_get_plain_text_of_80_columns(plain: Done) -> None:
    """No escape code, and no line wider than a usual terminal."""
    assert ESCAPE not in plain.result.stdout + plain.result.stderr
    *lines, why = plain.result.stderr.splitlines()  # the last is a command, with its paths
    assert max(map(len, lines)) <= 80
    assert why.startswith("Why ")


def test_json_is_one_document_on_standard_output(machine: Done) -> None:
    """Programs get all decisions on standard output, whatever its encoding; people get nothing."""
    assert machine.result.returncode == 0, machine.result.stderr
    assert machine.result.stderr == ""
    data = json.loads(machine.result.stdout)
    path = machine.folder / data["file"]
    assert path.parent == machine.folder / "applications"
    assert path.is_file()
    assert data["posting"]["title"] == "Senior Site Reliability Engineer"
    assert data["pages"] <= 2
    kept = {
        statement["id"]
        for section in data["sections"]
        for holder in (section, *section["entries"])
        for line in holder["lines"]
        for statement in line["statements"]
    }
    dropped = {item["id"] for item in data["dropped"]}
    every = {s.id for b in tailor.read_cv(SAMPLE_CV).bullets() for s in b.statements}
    assert not kept & dropped
    assert kept | dropped == every
    assert all(item["reason"] for item in data["dropped"])


def test_the_same_bytes_in_every_process(plain: Done, machine: Done) -> None:
    """Neither the hash seed nor the way of reporting changes the file or the decisions."""
    (first,) = plain.folder.glob("*.docx")
    (second,) = machine.folder.glob("applications/*.docx")
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()
    matched = tailor.match(tailor.read_cv(SAMPLE_CV), tailor.read_posting(SAMPLE_POSTING))
    file = os.path.join("applications", second.name)  # noqa: PTH118 - as it is printed
    assert json.loads(machine.result.stdout) == {
        "file": file,
        **as_data(tailor.select(matched)),
    }


def test_posting_from_standard_input_to_a_named_file(small: Path) -> None:
    """`--job -` reads what is piped in; an --out that ends in .docx is the file itself."""
    result = run("--job", "-", "--cv", "cv.md", "--out", "a/b.docx", cwd=small, stdin=POSTING)
    assert (result.returncode, result.stdout) == (0, f"{Path('a/b.docx')}\n"), result.stderr
    assert (small / "a" / "b.docx").is_file()


def test_one_page_when_asked(tmp_path: Path) -> None:
    """--pages 1 chooses for one page."""
    options = ("--cv", SAMPLE_CV, "--pages", "1", "--json")
    result = run("--job", SAMPLE_POSTING, *options, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["pages"] == 1


# What is refused


@pytest.mark.parametrize(
    "arguments",
    [
        "--job posting.txt --cv cv.md --pages 10",
        "--job posting.txt --cv cv.md --pages 0",
        "--job posting.txt --cv cv.md --pages two",
        "--cv cv.md",
        "--job posting.txt --cv cv.md --look plain",
        "--job posting.txt --cv cv.md --look modern --template cv.docx",
        "--job posting.txt --cv cv.md --nonsense",
        "--job posting.txt --cv cv.md another.txt",
        "--job",
    ],
)
def test_wrong_usage(small: Path, arguments: str) -> None:
    """Exit code 2, the reason on standard error, nothing written."""
    before = tree(small)
    result = run(*arguments.split(), cwd=small)
    assert (result.returncode, result.stdout) == (2, "")
    assert "Error" in result.stderr
    assert "Traceback" not in result.stderr
    assert tree(small) == before


RECIPE = """\
Pancakes

Ingredients
- 200 g flour
- 2 eggs
- 300 ml milk

Method
Mix the flour with the eggs and the milk. Fry until golden. Serve with lemon.
"""
BENEFITS = """\
Thistlemoor Mutual

What we offer
- 30 days of holiday
- A pension of 10%
- £40,000 to £50,000 a year
"""
NO_ENTRY = "# Ada Example\nada@example.org\n\n## Skills\n- Python\n"
NOISE = bytes(range(256)) * 8

CASES: list[tuple[str, bytes | None, str]] = [
    # name, content (None: there is none), a way out
    ("missing", None, "check the path"),
    ("empty", b"", "check that it was saved"),
    ("blank", b" \n\t\n", "check that it was saved"),
    ("binary", NOISE, "save it as plain text"),
    ("nul", b"Engineer\x00\x00\n- Run our clusters\n", "save it as plain text"),
    ("broken.pdf", b"%PDF-1.7\n" + NOISE, "; "),
]
POSTINGS = [
    *CASES,
    ("hello", b"hello world\n", "Paste what the job is"),
    ("recipe", RECIPE.encode(), "Paste what the job is"),
    ("benefits", BENEFITS.encode(), "Paste what the job is"),
]
CVS = [
    *CASES,
    ("hello", b"hello world\n", "## Experience"),
    ("no_entry", NO_ENTRY.encode(), "## Experience"),
]


@pytest.mark.parametrize(("name", "content", "way_out"), POSTINGS, ids=[p[0] for p in POSTINGS])
def test_bad_posting(small: Path, name: str, content: bytes | None, way_out: str) -> None:
    """Exit code 4 and one line that names the file and says what to do; nothing written."""
    if content is not None:
        (small / name).write_bytes(content)
    before = tree(small)
    result = run("--job", name, "--cv", "cv.md", "--out", "applications", cwd=small)
    refused(result, 4, name, way_out)
    assert tree(small) == before


@pytest.mark.parametrize(("name", "content", "way_out"), CVS, ids=[c[0] for c in CVS])
def test_bad_cv(small: Path, name: str, content: bytes | None, way_out: str) -> None:
    """Exit code 3 and one line that names the file and says what to do; nothing written."""
    if content is not None:
        (small / name).write_bytes(content)
    before = tree(small)
    result = run("--job", "posting.txt", "--cv", name, "--out", "applications", cwd=small)
    refused(result, 3, name, way_out)
    assert tree(small) == before


def test_folders_where_files_are_due(small: Path) -> None:
    """A folder is neither a posting nor a CV."""
    (small / "folder").mkdir()
    result = run("--job", "folder", "--cv", "cv.md", cwd=small)
    refused(result, 4, "folder", "give the posting file inside it")
    result = run("--job", "posting.txt", "--cv", "folder", cwd=small)
    refused(result, 3, "folder", "give the CV file inside it")


def test_empty_standard_input(small: Path) -> None:
    """Nothing piped in is no posting."""
    refused(run("--job", "-", "--cv", "cv.md", cwd=small), 4, "standard input", "paste the text")


@posix
def test_closed_standard_input(small: Path) -> None:
    """Services start programs without a standard input."""
    closing = ("sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-c")
    command = (*closing, "from tailor.cli import main; main()")
    result = run("--job", "-", "--cv", "cv.md", cwd=small, command=command)
    refused(result, 4, "standard input", "name the posting's file")


def test_file_where_a_folder_is_due(small: Path) -> None:
    """Exit code 5, and the file that stands in the way is kept."""
    before = tree(small)
    result = run("--job", "posting.txt", "--cv", "cv.md", "--out", "posting.txt", cwd=small)
    refused(result, 5, "posting.txt", "choose another folder")
    assert tree(small) == before


@posix
@not_as_root
def test_unreadable_and_unwritable(small: Path) -> None:
    """Without the right to read or write: the exit code of what it was about."""
    (small / "folder").mkdir(mode=0o500)
    result = run("--job", "posting.txt", "--cv", "cv.md", "--out", "folder", cwd=small)
    refused(result, 5, "folder", "no permission")
    (small / "cv.md").chmod(0)
    refused(run("--job", "posting.txt", "--cv", "cv.md", cwd=small), 3, "cv.md", "check the path")
    (small / "posting.txt").chmod(0)
    result = run("--job", "posting.txt", "--cv", SAMPLE_CV, cwd=small)
    refused(result, 4, "posting.txt", "check the path")


@posix
def test_a_hostile_file_name_stays_one_harmless_line(small: Path) -> None:
    """A line break or an escape code in a name is not passed on to the terminal."""
    result = run("--job", f"no\nsuch{ESCAPE}[31m.txt", "--cv", "cv.md", cwd=small)
    refused(result, 4, "no such[31m.txt", "check the path")


# Which CV is taken


def test_cv_is_looked_for_in_order(small: Path) -> None:
    """--cv, then $TAILOR_CV, then ./master_cv.*, then the configuration folder.

    None of them is a CV, so each is named in the refusal when it is its turn.
    """
    configured = small / "home" / ".config" / "tailor" / "master_cv.txt"
    configured.parent.mkdir(parents=True)
    here = small / "master_cv.md"
    for path in (small / "named.md", small / "variable.md", here, configured):
        path.write_text("nothing\n", encoding="utf-8")
    env = {"TAILOR_CV": str(small / "variable.md")}
    refused(run("--job", "posting.txt", "--cv", "named.md", cwd=small, env=env), 3, "named.md")
    refused(run("--job", "posting.txt", cwd=small, env=env), 3, "variable.md")
    refused(run("--job", "posting.txt", cwd=small), 3, str(here))
    if sys.platform.startswith("linux"):
        here.unlink()
        refused(run("--job", "posting.txt", cwd=small), 3, str(configured))


# Whose file is overwritten


def test_only_untouched_files_are_overwritten(small: Path) -> None:
    """A rerun replaces its own file, never one that was edited, but by --force."""
    options = ("--job", "posting.txt", "--cv", "cv.md", "--out", "cv.docx")
    file = small / "cv.docx"
    pipeline.tailor(small / "cv.md", small / "posting.txt", file)
    first = file.read_bytes()

    (small / "cv.md").write_text(CV + "- Kept a Kubernetes diary.\n", encoding="utf-8")
    assert run(*options, cwd=small).returncode == 0
    second = file.read_bytes()
    assert second != first
    assert b"Kubernetes diary" in second

    document = docx.Document(str(file))
    document.paragraphs[0].add_run(" MSc")
    document.save(str(file))
    edited = file.read_bytes()
    refused(run(*options, cwd=small), 5, "cv.docx", "edited", "--force")
    assert file.read_bytes() == edited

    assert run(*options, "--force", cwd=small).returncode == 0
    assert file.read_bytes() == second


# What strangers write into postings


HOSTILE = f"""\
Job title: {ESCAPE}[31mLead [red]Engineer[/red] \u202ereenignE\u202c \x9b31m
Thistlemoor Mutual | Leeds, UK

Requirements
- {ESCAPE}]0;owned{ESCAPE}\\ Kubernetes [bold]clusters[/bold] \u2066in\u2069 production
- Python \x9b2J and [/nothing] tools
"""


@pytest.mark.parametrize("as_json", [False, True])
def test_postings_cannot_speak_to_the_terminal(small: Path, as_json: bool) -> None:
    """Escape codes, control codes and direction marks are dropped; markup is shown, not obeyed."""
    (small / "posting.txt").write_text(HOSTILE, encoding="utf-8")
    (small / "cv.md").write_text(CV.replace("clusters", f"{ESCAPE}[5mclusters"), encoding="utf-8")
    options = ("--cv", "cv.md", "--out", "cv.docx", "--force", *(["--json"] if as_json else []))
    result = run("--job", "posting.txt", *options, cwd=small)
    assert result.returncode == 0, result.stderr
    shown = result.stdout + result.stderr
    shown += run("explain", "--job", "posting.txt", "--cv", "cv.md", cwd=small).stdout
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)
    assert not BIDI.search(shown)
    assert "[red]Engineer[/red]" in shown


@posix
@pytest.mark.parametrize("no_color", [False, True])
def test_no_color_is_heeded_in_a_terminal(small: Path, no_color: bool) -> None:
    """In a terminal refusals are red, unless $NO_COLOR asks for none."""
    import pty

    leader, follower = pty.openpty()
    env = environment(small / "home", {"TERM": "xterm", **({"NO_COLOR": "1"} if no_color else {})})
    command = [sys.executable, "-c", "from tailor.cli import main; main()", "--job", "missing.txt"]
    try:
        process = subprocess.run(
            [*command, "--cv", "cv.md"],
            cwd=small,
            env=env,
            stderr=follower,
            timeout=60,
            check=False,
        )
        shown = os.read(leader, 4096).decode()
    finally:
        os.close(follower)
        os.close(leader)
    assert process.returncode == 4
    assert "missing.txt" in shown
    assert bool(re.search(r"\x1b\[(?:3[0-7]|9[0-7])m", shown)) is not no_color


@pytest.mark.parametrize("title", ["../../x", "CON", "a/b\\c:d*e?", "..", "Engineer\u202excod."])
@pytest.mark.parametrize("label", ["Job title", "Company"])
def test_file_names_are_safe(small: Path, label: str, title: str) -> None:
    """Whatever the posting calls itself, one plain file appears, inside the folder."""
    posting = f"{label}: {title}\n\nRequirements\n- Kubernetes in production\n"
    (small / "posting.txt").write_text(posting, encoding="utf-8")
    before = set(tree(small))
    out = small / "applications"
    path = pipeline.tailor(small / "cv.md", small / "posting.txt", out).path
    assert path.parent == out
    assert re.fullmatch(r"Ada_Example\w*\.docx", path.name, re.ASCII)
    assert set(tree(small)) - before == {"applications", os.path.relpath(path, small)}


def test_the_page_as_plain_text(tmp_path: Path) -> None:
    """It goes to standard output, where a web form's text can be copied from; the file is there."""
    folder = small_folder(tmp_path)
    result = run("--job", "posting.txt", "--cv", "cv.md", "--out", "out", "--txt", cwd=folder)
    assert result.returncode == 0
    assert result.stdout.splitlines()[0] == CV.splitlines()[0].removeprefix("# ")
    assert "\n- " in result.stdout
    assert ".docx" not in result.stdout
    assert len(list((folder / "out").glob("*.docx"))) == 1
