"""What a person does on the page, as a change of the settings beside a posting.

A `Change` is small: which lines are pinned, dropped or left to `tailor` again, or one other
setting. It is applied to the settings as they are on the disk, so that two windows of a browser
do not undo each other's choices, and it can be taken back by another `Change`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from tailor.layout.typography import LOOKS
from tailor.selection.wishes import HISTORY, NO_WISHES, find_wishes, with_headline
from tailor.values.cv import Bullet, Cv
from tailor.values.errors import WishError
from tailor.values.settings import MOST_PAGES, Settings


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
        touched |= {e.id for e in cv.entries if change.pin & frozenset(_statements(e.bullets))}
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


def lost(settings: Settings, cv: Cv) -> tuple[str, ...]:
    """Return the pins and drops of `settings` that name no line of `cv`, or more than one."""
    found = []
    for wish, wished in (("pins", settings.pins), ("drops", settings.drops)):
        for name in wished:
            try:
                _ids(cv, **{wish: (name,)})
            except WishError:
                found.append(name)
    return tuple(found)


def without(settings: Settings, forgotten: Iterable[str]) -> Settings:
    """Return `settings` without the pins and drops of these names."""
    gone = set(forgotten)
    return replace(
        settings,
        pins=tuple(name for name in settings.pins if name not in gone),
        drops=tuple(name for name in settings.drops if name not in gone),
    )


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


def _statements(bullets: Iterable[Bullet]) -> Iterator[str]:
    yield from (statement.id for bullet in bullets for statement in bullet.statements)


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
            lines.append(f"{key} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    # JSON's strings, numbers and lists are TOML's, but for one control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
