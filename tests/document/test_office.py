"""LibreOffice at hand: found, used in private, and never waited for without end."""

from __future__ import annotations

import ast
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fake_office import fake_office, posix, small_pdf, with_office

from tailor.document.document import render_docx
from tailor.document.office import OFFICE_VARIABLE, find_office, lay_out
from tailor.document.output import is_ours_unchanged
from tailor.document.pdf import read_layout, settle, verify_pages
from tailor.layout.page import paginate
from tailor.layout.typography import A4, DEFAULT_DESIGN, Design, Paragraph, Style
from tailor.matching.match import match
from tailor.selection.select import select
from tailor.values.cv import Cv, RichText
from tailor.values.errors import OutputError
from tailor.values.posting import Posting

BULLET = "Moved the ticket shop of Larkhollow to two data centres without a lost order."
PARAGRAPHS = [
    Paragraph(Style.NAME, RichText.of("Ada Example")),
    Paragraph(Style.SECTION, RichText.of("Experience")),
    *[Paragraph(Style.BULLET, RichText.of(f"{BULLET} {number}")) for number in range(70)],
]
SMALL_PDF = b"%PDF-1.6\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def use(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str) -> None:
    """Let a stand-in that does `body` be the LibreOffice at hand."""
    monkeypatch.setenv(OFFICE_VARIABLE, str(fake_office(folder, body)))


@pytest.fixture
def no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def test_where_there_is_none_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install and how to do without."""
    monkeypatch.delenv(OFFICE_VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tailor.document.office._PLACES", ())
    with pytest.raises(OutputError, match=r"install it.*leave these options out"):
        find_office()


def test_a_named_program_that_is_not_there_is_said_by_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No other one is taken in place of the one that was named."""
    monkeypatch.setenv(OFFICE_VARIABLE, "/nowhere/soffice")
    with pytest.raises(OutputError, match="/nowhere/soffice: no program"):
        lay_out([b"any"])


@posix
def test_all_documents_go_through_one_call_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_rest: Path
) -> None:
    """Each document's PDF is its own, and no copy of a document is left behind."""
    use(
        monkeypatch,
        tmp_path,
        "for name in documents:\n"
        "    text = pathlib.Path(name).read_bytes()\n"
        "    place = folder / name.replace('.docx', '.pdf')\n"
        "    place.write_bytes(b'%PDF-1.6 ' + text + b' %%EOF')",
    )
    assert lay_out([b"first", b"second"]) == [b"%PDF-1.6 first %%EOF", b"%PDF-1.6 second %%EOF"]
    assert list(no_rest.iterdir()) == []


@posix
def test_its_folder_is_for_the_owner_only_and_proxies_stay_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody else can read the CV meanwhile; the program gets no way to the network named."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid:1")
    use(
        monkeypatch,
        tmp_path,
        "told = oct(folder.stat().st_mode & 0o777), os.environ.get('HTTPS_PROXY')\n"
        "(folder / '0.pdf').write_text(f'%PDF- {told} %%EOF')",
    )
    assert lay_out([b"any"]) == [b"%PDF- ('0o700', None) %%EOF"]


@posix
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("sys.exit('the profile is\\nbroken')", r"exit code 1 \(the profile is broken\)"),
        ("pass", "no PDF came out"),
        ("(folder / '0.pdf').write_text('')", "no PDF came out"),
        ("(folder / '0.pdf').write_text('<html>')", "no whole PDF"),
        ("(folder / '0.pdf').write_text('%PDF-1.6 and no end')", "no whole PDF"),
        ("(folder / '0.pdf').mkdir()", "no PDF came out"),
        ("os.kill(os.getpid(), 9)", "exit code -9"),
    ],
)
def test_a_failure_says_what_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_rest: Path, body: str, said: str
) -> None:
    """What it wrote itself is passed on, on one line."""
    use(monkeypatch, tmp_path, body)
    with pytest.raises(OutputError, match=said) as caught:
        lay_out([b"any"])
    assert "\n" not in str(caught.value)
    assert list(no_rest.iterdir()) == []


@posix
def test_what_cannot_be_started_is_an_error_for_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither is a program of another machine a bug of ours."""
    path = tmp_path / "soffice"
    path.write_bytes(b"\x7fELF of another machine")
    path.chmod(0o755)
    monkeypatch.setenv(OFFICE_VARIABLE, str(path))
    with pytest.raises(OutputError, match="cannot be used"):
        lay_out([b"any"])


@posix
def test_after_the_time_limit_it_and_its_children_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_rest: Path
) -> None:
    """A program that hangs holds nobody up, and leaves nothing that runs."""
    note = tmp_path / "child"
    use(
        monkeypatch,
        tmp_path,
        f"child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(note)!r}).write_text(str(child.pid))\n"
        "time.sleep(60)",
    )
    with pytest.raises(OutputError, match="took more than 4 seconds and was ended"):
        lay_out([b"any"], seconds=4)
    assert list(no_rest.iterdir()) == []
    assert _wait_for(lambda: not _runs(int(note.read_text())))


@posix
def test_ended_from_outside_it_leaves_no_copy_and_nothing_that_runs(
    tmp_path: Path, no_rest: Path
) -> None:
    """A closed terminal or a shutdown is no reason to leave a CV lying about."""
    note = tmp_path / "office"
    body = f"pathlib.Path({str(note)!r}).write_text(str(os.getpid()))\ntime.sleep(60)"
    script = "from tailor.document.office import lay_out; lay_out([b'any'])"
    places = {OFFICE_VARIABLE: str(fake_office(tmp_path, body)), "TMPDIR": str(no_rest)}
    with subprocess.Popen([sys.executable, "-c", script], env={**os.environ, **places}) as process:
        assert _wait_for(lambda: note.exists() and note.read_text() != "")
        process.terminate()
    assert process.returncode == 128 + signal.SIGTERM
    assert list(no_rest.iterdir()) == []
    assert _wait_for(lambda: not _runs(int(note.read_text())))


@posix
def test_what_outlives_a_closed_terminal_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started with `nohup`, the run does not end with the terminal, nor is that changed after."""
    use(
        monkeypatch,
        tmp_path,
        "import signal\n"
        "os.kill(os.getppid(), signal.SIGHUP)\n"
        "(folder / '0.pdf').write_text('%PDF-1.6 %%EOF')",
    )
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert lay_out([b"any"]) == [b"%PDF-1.6 %%EOF"]
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def _wait_for(done: Callable[[], bool]) -> bool:
    """Wait until something is so, for as long as a busy machine may need."""
    for _ in range(600):
        if done():
            return True
        time.sleep(0.05)
    return False


def _runs(pid: int) -> bool:
    """Whether a process runs; one that has ended, and was not yet buried, does not."""
    done = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return bool(done.stdout.strip()) and not done.stdout.startswith("Z")


def test_a_pdf_bears_neither_time_nor_program() -> None:
    """Two PDFs that differ in these only become the same bytes, and no place in them moves."""

    def made(time: bytes, digits: bytes) -> bytes:
        return (
            b"%PDF-1.6\n1 0 obj\n<</Creator<FEFF0057>\n/Producer(A \\(b\\) c)\n"
            b"/CreationDate(D:" + time + b"+01'00')>>\nendobj\n"
            b"<xmp:CreateDate>" + time + b"</xmp:CreateDate>\n"
            b"trailer\n<</ID [ <"
            + digits
            + b">\n<"
            + digits
            + b"> ]\n/DocChecksum /"
            + digits
            + b"\n>>\nstartxref\n9\n%%EOF\n"
        )

    one = settle(made(b"20260102030405", b"0123456789ABCDEF" * 2))
    assert one == settle(made(b"20270102030405", b"FEDCBA9876543210" * 2))
    for word in (b"2026", b"FEFF", b"Creator<", b"Producer("):
        assert word not in one
    length = len(made(b"20260102030405", b"0" * 32))
    assert re.fullmatch(rb"%%EOF\n%urn:sha256:[0-9a-f]{64}\n", one[length - 6 :])
    ids = re.search(rb"/ID \[ <(\w{32})>\n<(\w{32})> \]", one)
    assert ids is not None
    assert ids[1] == ids[2] != b"0" * 32


@pytest.mark.parametrize(
    ("top", "fill"),
    [(80, (102.7 - 80) / (841.9 - 2 * 80)), (300, 0.0)],
    ids=["below the margin", "in the margin"],
)
def test_how_full_a_page_is_that_somebody_else_laid_out(top: int, fill: float) -> None:
    """A line above the margin fills nothing of the page, and takes nothing off it.

    The line ends where its letters do that go below it, 2.7 points lower; a point is 0.0015.
    """
    setup = replace(A4, top=20 * top, bottom=20 * top)
    found = read_layout(small_pdf(1), Design(setup))
    assert (found.pages, found.lines) == (1, 1)
    assert found.fill == pytest.approx(fill, abs=0.0015)


def test_other_words_give_another_id() -> None:
    """The ID tells two documents apart."""
    end = b"trailer\n<</ID [ <" + b"0" * 32 + b"> <" + b"0" * 32 + b"> ]>>\n%%EOF\n"
    one, other = (settle(b"%PDF-1.6\n" + words + end) for words in (b"one\n", b"two\n"))
    assert one[len(b"%PDF-1.6\none\n") :] != other[len(b"%PDF-1.6\ntwo\n") :]


def test_an_edited_pdf_is_told_from_our_own(tmp_path: Path) -> None:
    """The fingerprint covers the whole file."""
    path = tmp_path / "cv.pdf"
    path.write_bytes(settle(SMALL_PDF))
    assert is_ours_unchanged(path)
    path.write_bytes(settle(SMALL_PDF).replace(b"1 0 obj", b"2 0 obj"))
    assert not is_ours_unchanged(path)
    path.write_bytes(settle(SMALL_PDF) + b"more")
    assert not is_ours_unchanged(path)
    path.write_bytes(SMALL_PDF)
    assert not is_ours_unchanged(path)


@with_office
def test_the_real_one_agrees_with_the_estimate_and_gives_the_same_bytes(
    no_rest: Path,
) -> None:
    """Pages and lines are those of the estimate, and two calls make one and the same PDF."""
    document = render_docx(PARAGRAPHS, title="Ada Example", author="Ada Example")
    first, second = lay_out([document, document])
    again = lay_out([document])[0]
    assert settle(first) == settle(second) == settle(again)
    found = read_layout(settle(first), DEFAULT_DESIGN)
    design = DEFAULT_DESIGN
    fit = paginate(PARAGRAPHS, design)
    assert (found.pages, found.lines) == (fit.pages, fit.lines)
    if b"Carlito" in first or b"Calibri" in first:
        assert found.fill == pytest.approx(fit.last_page_fill, abs=0.01)
    assert list(no_rest.iterdir()) == []


@with_office
def test_damaged_word_files_are_an_error(no_rest: Path) -> None:
    """What LibreOffice itself does not take is no empty PDF."""
    with pytest.raises(OutputError, match="LibreOffice could not lay the document out"):
        lay_out([b"PK\x03\x04 and no more"])
    assert list(no_rest.iterdir()) == []


@posix
def test_it_works_inside_the_folder_that_is_written_to(
    tmp_path: Path, no_rest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies of a CV lie nowhere else, and what was made for them is gone after."""
    use(
        monkeypatch,
        tmp_path,
        "told = str(folder), os.environ['TMPDIR'], oct(folder.stat().st_mode & 0o777)\n"
        "(folder / '0.pdf').write_text(f'%PDF- {told} %%EOF')",
    )
    out = tmp_path / "new" / "out"
    (told_bytes,) = lay_out([b"any"], out)
    place, temporary, rights = ast.literal_eval(told_bytes[6:-6].decode())
    assert (Path(place).parent, temporary, rights) == (out.resolve(), place, "0o700")
    assert not out.exists()
    assert list(no_rest.iterdir()) == []


@posix
@pytest.mark.parametrize(
    ("limit", "made", "said"),
    [
        (1, (50, 1), "needs 2 pages with Helvetica in place of Calibri, not 1 page: 1 line went"),
        (2, (50, 50, 3), "needs 3 pages with Helvetica in place of Calibri, not 2 pages: 3 lines"),
    ],
)
def test_pages_over_the_limit_are_counted(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    sample_cv: Cv,
    sample_posting: Posting,
    limit: int,
    made: tuple[int, ...],
    said: str,
) -> None:
    """The message says how many pages there are, how many were wanted, and what went over."""
    source = tmp_path / "made.pdf"
    source.write_bytes(small_pdf(*made))
    body = f"(folder / '0.pdf').write_bytes(pathlib.Path({str(source)!r}).read_bytes())"
    use(monkeypatch, tmp_path, body)
    resume = select(match(sample_cv, sample_posting), pages=limit)
    with pytest.raises(OutputError, match=said):
        verify_pages(resume, b"any", tmp_path)
    source.write_bytes(small_pdf(*made[:-1]))
    assert verify_pages(resume, b"any", tmp_path).found.pages == limit
