"""One application at work: its choices on the disk, and what `tailor` makes of them.

The same steps as the command line's, with what they share kept from one choice to the next: a pin
changes neither the CV nor the posting, so only `select` runs anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from tailor import pipeline
from tailor.document.pdf import make_pdf
from tailor.document.resume import resume_docx, resume_path
from tailor.exporting import page_text
from tailor.layout.typography import LOOKS
from tailor.matching.ask import Ask
from tailor.matching.match import Match
from tailor.reading.files import Content
from tailor.reading.reader import posting_of
from tailor.selection.tailored_cv import TailoredCv
from tailor.selection.wishes import HISTORY, NO_WISHES, find_wishes, with_headline
from tailor.serving.master import MasterCv
from tailor.serving.workspace import Record, Workspace, today
from tailor.values.cv import Cv
from tailor.values.errors import WishError
from tailor.values.settings import MOST_PAGES, Settings

FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}
_KEPT = 32  # choices of which the result is kept, for undo and for comparing


@dataclass(frozen=True, slots=True)
class State:
    """An application as it is: its record, the person's choices, and the page they make."""

    record: Record
    settings: Settings
    resume: TailoredCv

    @property
    def asks(self) -> tuple[Ask, ...]:
        """All that the posting asks for, and what the CV has of it."""
        return self.resume.match.asks


class Desk:
    """Reads and changes applications. Its caller lets one request in at a time."""

    def __init__(self, workspace: Workspace, master: MasterCv) -> None:
        self.workspace = workspace
        self.master = master
        self._cv: Cv | None = None
        self._matched = lru_cache(maxsize=8)(self._match)
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
        settings, cv = self.workspace.settings(record), self.master.read()
        found = []
        for wish, wished in (("pins", settings.pins), ("drops", settings.drops)):
            for name in wished:
                try:
                    _ids(cv, **{wish: (name,)})
                except WishError:
                    found.append(name)
        return tuple(found)

    def forget(self, record: Record) -> None:
        """Take back the choices that name lines which the CV no longer has."""
        settings, gone = self.workspace.settings(record), self.lost(record)
        pins = tuple(name for name in settings.pins if name not in gone)
        drops = tuple(name for name in settings.drops if name not in gone)
        self.workspace.write_settings(record, replace(settings, pins=pins, drops=drops))

    def file(self, record: Record, form: str) -> tuple[str, bytes]:
        """Return the name and the content of the résumé as docx, pdf or txt.

        Raises OutputError for a PDF that cannot be set.
        """
        resume = self.state(record).resume
        name = resume_path(resume, Path()).with_suffix(f".{form}").name
        document = resume_docx(resume)
        if form == "pdf":
            return name, make_pdf(resume, document, record.folder)
        return name, page_text(resume).encode() if form == "txt" else document

    def send(self, record: Record, *, pdf: bool) -> Record:
        """Freeze the Word file, and with `pdf` the PDF, as what was sent today."""
        files = dict(self.file(record, form) for form in (["docx", "pdf"] if pdf else ["docx"]))
        return self.workspace.send(record, files)

    def _state(self, record: Record, settings: Settings) -> State:
        posting = record.posting
        stamp = posting.stat().st_mtime_ns if posting.is_file() else 0
        cv = self.master.read()
        if cv is not self._cv:
            self._cv = cv
            self._matched.cache_clear()
            self._chosen.cache_clear()
        return State(record, settings, self._chosen(str(posting), stamp, settings, today()))

    def _choose(self, path: str, stamp: int, settings: Settings, day: str) -> TailoredCv:
        match = self._matched(path, stamp, settings.headline, day)
        wishes = pipeline.find_wishes(match.cv, pins=settings.pins, drops=settings.drops)
        return pipeline.select_as_set(match, settings, wishes)

    def _match(self, path: str, _stamp: int, headline: str, _day: str) -> Match:
        cv = self.master.read()
        cv = with_headline(cv, headline) if headline else cv
        return pipeline.match(cv, pipeline.read_posting(path))


# What a person does on the page, as a change of the settings. It is applied to them as they are on
# the disk, so that two windows of a browser do not undo each other's choices.


@dataclass(frozen=True, slots=True)
class Change:
    """Ids of statements and entries to pin, to drop and to leave to the choice.

    `settings` are other fields of `Settings` with their new values.
    """

    pin: frozenset[str] = frozenset()
    drop: frozenset[str] = frozenset()
    free: frozenset[str] = frozenset()
    settings: tuple[tuple[str, Any], ...] = ()

    @property
    def touched(self) -> frozenset[str]:
        """All ids that are named."""
        return self.pin | self.drop | self.free

    def as_form(self) -> dict[str, str]:
        """Return the fields of a form that `read_change` reads as this change."""
        lines = {name: " ".join(sorted(getattr(self, name))) for name in ("pin", "drop", "free")}
        told = {name: str(value or "") for name, value in self.settings}
        return {name: ids for name, ids in lines.items() if ids} | told


def read_change(form: Mapping[str, str], cv: Cv) -> Change:
    """Return the change that a form asks for; ids of bullets stand for their statements.

    Raises WishError for a line that is not in `cv`, for a position or degree that is dropped, and
    for a setting with a wrong value. No other words of the form are used.
    """
    known = parts(cv)
    ids: dict[str, frozenset[str]] = {}
    for wish in ("pin", "drop", "free"):
        names = form.get(wish, "").split()
        for name in names:
            if name not in known:
                raise WishError(
                    "this line is no longer in your CV, which was changed; load the page again"
                )
        ids[wish] = frozenset().union(*(known[name] for name in names))
    history = {e.id for s in cv.sections if s.kind in HISTORY for e in s.entries}
    if ids["drop"] & history:
        raise WishError("positions and degrees stay, so that no gap appears; drop their lines")
    return Change(**ids, settings=tuple(_settings(form, cv)))


def _settings(form: Mapping[str, str], cv: Cv) -> Iterator[tuple[str, Any]]:
    for name, value in form.items():
        if name in {"fill", "dense", "keep_order"}:
            yield name, bool(value)
        elif name == "pages":
            if value and value not in map(str, range(1, MOST_PAGES + 1)):
                raise WishError(f"pages must be a number from 1 to {MOST_PAGES}")
            yield name, int(value) if value else None
        elif name == "look":
            if value and value not in LOOKS:
                raise WishError(f"look must be one of: {', '.join(LOOKS)}")
            yield name, value
        elif name == "headline":
            yield name, with_headline(cv, value).headline if value else ""


def parts(cv: Cv) -> dict[str, frozenset[str]]:
    """Map what can be named, bullets, statements and entries, to the ids that it stands for."""
    found = {entry.id: frozenset({entry.id}) for entry in cv.entries}
    for bullet in cv.bullets():
        found[bullet.id] = frozenset(statement.id for statement in bullet.statements)
        found.update({statement.id: frozenset({statement.id}) for statement in bullet.statements})
    return found


def apply(change: Change, settings: Settings, cv: Cv) -> tuple[Settings, Change]:
    """Return the settings after `change`, and the change that takes it back.

    What the settings name by words or by ids stays named so, unless it is changed. Raises
    WishError where they name a line that `cv` does not have.
    """
    pins = [(name, _ids(cv, pins=(name,))) for name in settings.pins]
    drops = [(name, _ids(cv, drops=(name,))) for name in settings.drops]
    touched = change.touched
    if change.pin:  # a line of an entry that was left out brings the entry back
        touched |= {
            e.id for e in cv.entries for b in e.bullets for s in b.statements if s.id in change.pin
        }
    pinned = frozenset().union(*(ids for _, ids in pins))
    dropped = frozenset().union(*(ids for _, ids in drops))
    after = replace(
        settings,
        pins=tuple(dict.fromkeys([*_kept(pins, touched, cv), *names(change.pin, cv)])),
        drops=tuple(dict.fromkeys([*_kept(drops, touched, cv), *names(change.drop, cv)])),
        **dict(change.settings),
    )
    back = Change(
        touched & pinned,
        touched & dropped - pinned,
        touched - pinned - dropped,
        tuple((name, getattr(settings, name)) for name, _ in change.settings),
    )
    return after, back


def _kept(
    named: Sequence[tuple[str, frozenset[str]]], touched: frozenset[str], cv: Cv
) -> Iterator[str]:
    for name, ids in named:
        if ids & touched:
            yield from names(ids - touched, cv)
        else:
            yield name


def _ids(cv: Cv, *, pins: Sequence[str] = (), drops: Sequence[str] = ()) -> frozenset[str]:
    wishes = find_wishes(cv, pins=pins, drops=drops, before=NO_WISHES)
    return wishes.pinned | wishes.dropped


def names(ids: frozenset[str], cv: Cv) -> Iterator[str]:
    """Yield the shortest names of `ids` in the CV's order: a bullet where all of it is meant."""
    for entry in cv.entries:
        if entry.id in ids:
            yield entry.id
    for bullet in cv.bullets():
        statements = [statement.id for statement in bullet.statements]
        if ids.issuperset(statements):
            yield bullet.id
        else:
            yield from (name for name in statements if name in ids)
