"""Word files to PDF by LibreOffice, where it is installed.

It works in a folder of its own, which only the user may read and which is removed in the end. It
has a profile of its own there, so neither an open LibreOffice nor the user's settings matter.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from tailor.values.errors import OutputError

OFFICE_VARIABLE = "TAILOR_SOFFICE"
SECONDS = 120.0
"""How long LibreOffice may take. For a CV it needs two or three seconds, the first time more."""

_NAMES = ("soffice", "libreoffice")
# Where it is if not on the PATH. On Windows the .com file waits for the end of the program.
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
    "/usr/lib/libreoffice/program/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
# With tags, programs know headings and lists.
_FORM = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
_SETTINGS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
# Variables that would send it to the network, or to another Python than its own.
_NOT_FOR_IT = frozenset(
    "http_proxy https_proxy ftp_proxy all_proxy pythonpath pythonhome pythonstartup".split()
)
_MOST_TOLD = 300  # characters of its own message


def find_office() -> Path:
    """Return the program: $TAILOR_SOFFICE, else one on the PATH or at a usual place.

    Raises OutputError if there is none.
    """
    named = os.environ.get(OFFICE_VARIABLE)
    if named:
        found = shutil.which(named)
        if found is None:
            raise OutputError(
                f"{named}: no program; let ${OFFICE_VARIABLE} name LibreOffice's soffice,"
                " or unset it"
            )
        return Path(found)
    for candidate in (*_NAMES, *_PLACES):
        found = shutil.which(candidate)
        if found is not None:
            return Path(found)
    raise OutputError(
        "LibreOffice was not found, which --verify-pages and the PDF of a --template need;"
        f" install it, or name its soffice in ${OFFICE_VARIABLE}, or leave these options out"
    )


def lay_out(
    documents: Sequence[bytes], within: Path | None = None, *, seconds: float = SECONDS
) -> list[bytes]:
    """Return the PDF that LibreOffice makes of each DOCX in `documents`, all in one call.

    Its folder is inside `within`, which is made if it is missing; without `within` it is where the
    system keeps temporary files. Raises OutputError if there is no LibreOffice, or if it fails or
    takes longer than `seconds`; then it and all processes it started are ended.
    """
    office = find_office()
    try:
        with _ended_in_order(), _own_folder(within) as folder:
            stems = [str(number) for number in range(len(documents))]
            for stem, document in zip(stems, documents, strict=True):
                folder.joinpath(f"{stem}.docx").write_bytes(document)
            said = _convert(office, folder, [f"{stem}.docx" for stem in stems], seconds)
            return [_result(folder / f"{stem}.pdf", said) for stem in stems]
    except OSError as error:
        raise OutputError(
            f"{office}: LibreOffice cannot be used: {error.strerror or error};"
            f" name another in ${OFFICE_VARIABLE}, or leave --verify-pages out"
        ) from error


@contextmanager
def _own_folder(within: Path | None) -> Iterator[Path]:
    made = within if within and not within.exists() else None
    try:
        if made:
            made.mkdir(parents=True)
        own = tempfile.TemporaryDirectory(prefix="tailor-", dir=within, ignore_cleanup_errors=True)
    except OSError as error:
        raise OutputError(
            f"{within}: cannot be written ({error.strerror}); choose another folder"
        ) from error
    try:
        with own as name:
            # Without links: on macOS the folder for temporary files is one.
            yield Path(name).resolve()
    finally:
        if made:
            with suppress(OSError):
                made.rmdir()


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Make signals that end this process an exception, so that no copy of a CV stays behind."""

    def leave(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    taken = []
    # Only the main thread may handle signals, and a program that handles them keeps doing so.
    if threading.current_thread() is threading.main_thread():
        signals = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
        taken = [s for s in signals if s and signal.getsignal(s) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, leave)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _convert(office: Path, folder: Path, names: Sequence[str], seconds: float) -> str:
    """Convert the files `names` of `folder`; return the messages of LibreOffice."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    command = [
        str(office),
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", _FORM, "--outdir", str(folder)),
        *names,
    ]
    log = folder / "said.txt"
    with log.open("wb") as said:
        process = subprocess.Popen(  # noqa: S603 - the user's own LibreOffice; no shell
            command,
            cwd=folder,
            env={
                **{k: v for k, v in os.environ.items() if k.lower() not in _NOT_FOR_IT},
                **dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(folder)),
            },
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            # In a group of its own, which can be ended as a whole.
            start_new_session=True,
        )
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise OutputError(
                f"{office}: LibreOffice took more than {seconds:g} seconds and was ended;"
                " try again, or leave --verify-pages out"
            ) from None
        finally:
            if process.poll() is None:
                _end(process)
    told = log.read_bytes()[-_MOST_TOLD:].decode("utf-8", "replace")
    if code:
        raise _failure(f"exit code {code}", told)
    return told


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all processes it started."""
    if sys.platform == "win32":
        command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - no shell
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _result(path: Path, said: str) -> bytes:
    content = path.read_bytes() if path.is_file() else b""
    if not content:
        raise _failure("no PDF came out", said)
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-1024:]:
        raise _failure("what came out is no whole PDF", said)
    return content


def _failure(reason: str, said: str) -> OutputError:
    words = " ".join(said.split())
    return OutputError(
        f"LibreOffice could not lay the document out: {reason}{f' ({words})' if words else ''};"
        " see whether it opens a Word file by hand, or leave --verify-pages out"
    )
