"""The folder of applications: all that the page knows stands there, in files that people can read.

`Company_Role_k3x9a/` is an application. In it, `posting.txt` is what was dropped or pasted,
`posting.tailor.toml` what the person chose, which the command line reads as well,
`application.toml` its title, status and what was sent, `sent/2026-11-27/` each version that was
sent, never changed again. Beside them, `not_done.toml` is what the person said not to have done.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import tomllib
from base64 import b32encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from tailor import pipeline
from tailor.document.output import write_file, write_files
from tailor.document.resume import folder_name
from tailor.reading.kept import read_settings, settings_path
from tailor.values.cleaning import clean_text, folded
from tailor.values.errors import OutputError, PostingError, TailorError
from tailor.values.settings import Settings

RECORD = "application.toml"
NOT_DONE = "not_done.toml"
SENT = "sent"
STATUSES = ("preparing", "applied", "interview", "offer", "no")
# The endings under which a posting is kept; what is in the file tells its format.
_ENDINGS = frozenset((".txt", ".md", ".html", ".htm", ".mhtml", ".docx", ".pdf"))


@dataclass(frozen=True, slots=True)
class Sent:
    """A version that was sent: the day, the file below the application's folder, its SHA-256."""

    date: str
    file: str
    sha256: str
    posting_sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """An application as it is listed. `history` has each status with the day it began."""

    id: str
    folder: Path
    posting: Path
    title: str = ""
    company: str = ""
    created: str = ""
    status: str = STATUSES[0]
    sent: tuple[Sent, ...] = ()
    history: tuple[tuple[str, str], ...] = ()


class Workspace:
    """The applications in a folder. Nothing is kept in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[Record]:
        """Return all applications, the newest first."""
        found = []
        for path in sorted(self.folder.glob(f"*/{RECORD}")):
            try:
                found.append(self._read(path.parent))
            except OutputError:
                continue  # its own page tells
        return sorted(found, key=lambda one: (one.created, one.id), reverse=True)

    def get(self, name: str) -> Record | None:
        """Return the application whose folder is called `name`; None if there is none.

        A name is compared with those that are there and never made a path of.
        """
        folders = self.folder.iterdir() if self.folder.is_dir() else ()
        found = (one for one in folders if one.name == name and (one / RECORD).is_file())
        return next(map(self._read, found), None)

    def _read(self, folder: Path) -> Record:
        path = folder / RECORD
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            posting = folder / Path(str(data["posting"])).name
            names = ("title", "company", "created", "status")
            said: dict[str, Any] = {name: str(data[name]) for name in names if name in data}
            said["sent"] = tuple(Sent(**one) for one in data.get("sent", ()))
            history = data.get("history", ())
            said["history"] = tuple((str(one["date"]), str(one["status"])) for one in history)
            return Record(folder.name, folder, posting, **said)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise OutputError(f"{path}: is not as tailor wrote it; mend or delete it") from error

    def add(self, content: bytes, name: str) -> Record:
        """Keep a posting in a folder of its own and return it; the same posting comes once.

        `name` is that of the file, of which only a known ending counts. Raises PostingError where
        the posting cannot be read or asks for nothing, OutputError; then nothing has been kept.
        """
        ending = Path(name).suffix.lower()
        file = f"posting{ending if ending in _ENDINGS else '.txt'}"
        digest = b32encode(hashlib.sha256(content).digest())[:5].decode().lower()
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=self.folder) as made:
            draft = Path(made) / file
            draft.write_bytes(content)
            try:
                posting = pipeline.read_posting(draft)
                if not pipeline.find_requirements(posting):
                    raise PostingError(
                        "the posting asks for nothing; paste the part that says what the job is "
                        "and what is asked for"
                    )
            except TailorError as error:  # without the path, which nobody chose
                raise type(error)(str(error).removeprefix(f"{draft}: ")) from None
            folder = folder_name(posting.company, posting.title or "Posting", digest)
            known = self.get(folder)
            if known:
                return known
            title, company = clean_text(posting.title) or "Posting", clean_text(posting.company)
            place = self.folder / folder
            record = Record(folder, place, place / file, title, company, today())
            write_files({record.posting: content, place / RECORD: _text(record).encode()})
        return record

    def settings(self, record: Record) -> Settings:
        """Return what was chosen. Raises WishError where the file says it wrongly."""
        return read_settings(record.posting)

    def write_settings(self, record: Record, settings: Settings) -> None:
        """Write what was chosen, whole or not at all; it is on the disk when this returns."""
        path = settings_path(record.posting)
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        write_file(path, settings_text(settings, before).encode(), force=True)

    def set_status(self, record: Record, status: str) -> Record:
        """Write a status with its day. Raises OutputError for one that there is not."""
        if status not in STATUSES:
            raise OutputError(f"status must be one of: {', '.join(STATUSES)}")
        is_new = status != record.status
        return self._write(_with_status(record, status)) if is_new else record

    def send(self, record: Record, files: Mapping[str, bytes]) -> Record:
        """Freeze `files`, by their names, with the posting and the choices; return the record.

        The status becomes "applied" where it was not further yet.
        """
        day = today()
        taken = {Path(one.file).parent.name for one in record.sent}
        places = (f"{day}-{number}" if number > 1 else day for number in count(1))
        place = next(place for place in places if place not in taken)
        posting = record.posting.read_bytes()
        beside = settings_path(record.posting)
        extra = {record.posting.name: posting}
        if beside.is_file():
            extra[beside.name] = beside.read_bytes()
        folder = record.folder / SENT / place
        write_files({folder / name: content for name, content in {**files, **extra}.items()})
        of_posting = hashlib.sha256(posting).hexdigest()
        sent = tuple(
            Sent(day, f"{SENT}/{place}/{name}", hashlib.sha256(content).hexdigest(), of_posting)
            for name, content in files.items()
        )
        record = replace(record, sent=(*record.sent, *sent))
        if record.status == STATUSES[0]:
            record = _with_status(record, STATUSES[1])
        return self._write(record)

    def _write(self, record: Record) -> Record:
        write_file(record.folder / RECORD, _text(record).encode(), force=True)
        return record

    def not_done(self) -> tuple[str, ...]:
        """Return what the person said not to have done."""
        try:
            data = tomllib.loads((self.folder / NOT_DONE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ()
        return tuple(str(one) for one in data.get("not_done", ()))

    def remember(self, asked: str) -> None:
        """Remember that the person has not done what is `asked`."""
        known = [one for one in self.not_done() if folded(one) != folded(asked)]
        values = {"not_done": [*known, clean_text(asked)]}
        text = toml(["# Asked for by postings, and not done: not asked again."], values)
        write_file(self.folder / NOT_DONE, text.encode(), force=True)


def _with_status(record: Record, status: str) -> Record:
    return replace(record, status=status, history=(*record.history, (today(), status)))


def today() -> str:
    """Return the person's own day."""
    return date.today().isoformat()  # noqa: DTZ011 - not that of Greenwich


def which(content: bytes, records: list[Record]) -> Iterator[tuple[Record, Sent]]:
    """Yield the applications with the version of each that has just these bytes."""
    digest = hashlib.sha256(content).hexdigest()
    for record in records:
        for sent in record.sent:
            if digest in {sent.sha256, sent.posting_sha256}:
                yield record, sent
                break


def _text(record: Record) -> str:
    values: dict[str, Any] = {
        "title": record.title,
        "company": record.company,
        "posting": record.posting.name,
        "created": record.created,
        "status": record.status,
        "history": [{"date": day, "status": status} for day, status in record.history],
        "sent": [asdict(one) for one in record.sent],
    }
    return toml([], values)


def settings_text(settings: Settings, before: str = "") -> str:
    """Return the TOML of `settings`; comments on lines of their own in `before` stay, on top."""
    remarks = [line for line in before.splitlines() if line.lstrip().startswith("#")]
    values = {one.name: getattr(settings, one.name) for one in fields(settings)}
    values = {"pin": values.pop("pins"), "drop": values.pop("drops")} | values
    return toml(remarks, values)


def toml(remarks: Sequence[str], values: Mapping[str, object]) -> str:
    """Return flat values, strings, whole numbers and lists of these, as TOML; empty ones not."""
    lines = [*remarks]
    for key, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for table in value:
                lines += ["", f"[[{key}]]", toml([], table).rstrip()]
        elif value:
            # JSON's strings, numbers and lists are TOML's, but for one control character.
            written = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
            lines.append(f"{key} = {written}")
    return "\n".join(lines) + "\n"
