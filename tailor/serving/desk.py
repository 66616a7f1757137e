"""One application at work: its choices on the disk, and what `tailor` makes of them.

The same steps as the command line's, with what they share kept from one choice to the next: a pin
changes neither the CV nor the posting, so only `select` runs anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from tailor import pipeline
from tailor.document.pdf import make_pdf
from tailor.document.resume import file_name, resume_docx
from tailor.exporting import page_text
from tailor.matching.ask import Ask
from tailor.matching.match import Match
from tailor.reading.files import Content
from tailor.reading.reader import posting_of
from tailor.selection.tailored_cv import TailoredCv
from tailor.selection.wishes import with_headline
from tailor.serving.choice import Change, apply, lost, read_change, without
from tailor.serving.master import MasterCv
from tailor.serving.workspace import Record, Workspace
from tailor.values.cv import Cv
from tailor.values.errors import OutputError
from tailor.values.settings import Settings

FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}
_KEPT = 32  # choices of which the result is kept, for undo and for comparing


@dataclass(frozen=True, slots=True)
class State:
    """An application as it is: its record, the person's choices, and the page they make.

    `asks` are those of `resume.match`.
    """

    record: Record
    settings: Settings
    resume: TailoredCv
    asks: tuple[Ask, ...]


class Desk:
    """Reads and changes applications. Its caller lets one request in at a time."""

    def __init__(self, workspace: Workspace, master: MasterCv) -> None:
        self.workspace = workspace
        self.master = master
        self._matched = lru_cache(maxsize=8)(_match)
        self._chosen = lru_cache(maxsize=_KEPT)(self._choose)

    def state(self, record: Record) -> State:
        """Return an application as its files say. Raises TailorError where they do not fit."""
        return self._state(record, self.workspace.settings(record))

    def draft(self, text: str) -> TailoredCv:
        """Return what would be chosen for the words of a posting that is not kept."""
        posting = posting_of(Content("posting", text.encode(), "posting"))
        return pipeline.select(pipeline.match(self.master.read(), posting))

    def change(self, record: Record, form: dict[str, str]) -> tuple[State, State, Change]:
        """Do what a form asks for; return the states before and after, and the way back.

        The choice is on the disk when this returns. Raises WishError where it cannot be had;
        then nothing is changed.
        """
        before = self.state(record)
        cv = self.master.read()
        settings, back = apply(read_change(form, cv), before.settings, cv)
        after = self._state(record, settings)
        if settings != before.settings:
            self.workspace.write_settings(record, settings)
        return before, after, back

    def lost(self, record: Record) -> tuple[str, ...]:
        """Return the choices that name lines which the CV no longer has."""
        return lost(self.workspace.settings(record), self.master.read())

    def forget(self, record: Record) -> None:
        """Take back the choices that name lines which the CV no longer has."""
        settings = self.workspace.settings(record)
        self.workspace.write_settings(record, without(settings, self.lost(record)))

    def file(self, record: Record, form: str) -> tuple[str, bytes]:
        """Return the name and the content of the résumé as docx, pdf or txt.

        Raises OutputError for another form, and for a PDF that cannot be set.
        """
        resume = self.state(record).resume
        posting = resume.match.posting
        role = posting.title or ("" if posting.company else Path(posting.source).stem)
        name = Path(file_name(resume.cv.name, posting.company, role)).with_suffix(f".{form}").name
        document = resume_docx(resume)
        if form == "docx":
            return name, document
        if form == "txt":
            return name, page_text(resume).encode()
        if form == "pdf":
            return name, make_pdf(resume, document, record.folder)
        raise OutputError(f"there is no such form; there are: {', '.join(FORMS)}")

    def send(self, record: Record, today: date, *, pdf: bool) -> Record:
        """Freeze the Word file, and with `pdf` the PDF, as what was sent today."""
        files = dict(self.file(record, form) for form in (["docx", "pdf"] if pdf else ["docx"]))
        return self.workspace.send(record, files, today)

    def _state(self, record: Record, settings: Settings) -> State:
        posting = record.posting
        stamp = posting.stat().st_mtime_ns if posting.is_file() else 0
        cv = self.master.read()
        resume, asks = self._chosen(_Kept(cv), str(posting), stamp, settings, date.today())  # noqa: DTZ011
        return State(record, settings, resume, asks)

    def _choose(
        self, kept: _Kept, path: str, stamp: int, settings: Settings, today: date
    ) -> tuple[TailoredCv, tuple[Ask, ...]]:
        wishes = pipeline.find_wishes(kept.cv, pins=settings.pins, drops=settings.drops)
        match, asks = self._matched(kept, path, stamp, settings.headline, today)
        return pipeline.select_as_set(match, settings, wishes), asks


class _Kept:
    """A CV as a key of what is kept: by what it is, not by what it says, which takes long."""

    def __init__(self, cv: Cv) -> None:
        self.cv = cv

    def __hash__(self) -> int:
        return id(self.cv)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and self.cv is other.cv


def _match(
    kept: _Kept, path: str, _stamp: int, headline: str, _today: date
) -> tuple[Match, tuple[Ask, ...]]:
    cv = with_headline(kept.cv, headline) if headline else kept.cv
    match = pipeline.match(cv, pipeline.read_posting(path))
    return match, match.asks
