"""The fields of a head from the roles of its words: what is its title, and what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tailor.reading.cv.head_atoms import Atom, HeadDraft
from tailor.reading.cv.names import words_of
from tailor.reading.lines import starts_with_glyph
from tailor.values.cv import RichText

_PARTS = re.compile(r"\s*\t\s*|\s{3,}|\s*[|•·]\s*|\s+[-–—]+\s+")
_BETWEEN = re.compile(r"[\s,;:/&|–—-]{0,20}(?:(?:and|und|et|y)\s{1,9})?")
_REMARK = re.compile(r"\s*(?:[(/+&.]|and\b|und\b)")
_LEADING = re.compile(r"[\s,;:/|·•–—-]{1,20}")
_WORD = re.compile(r"\w+")
_SIGNS = " ()[].,;:"
Span = tuple[int, int, int, str]  # line, start, end, role


@dataclass(frozen=True, slots=True)
class Fields:
    """What a head says: title or degree, employer or school, place, and texts of no field."""

    title: str
    organisation: str
    place: str
    others: tuple[RichText, ...]


def fields_of(draft: HeadDraft, spans: Sequence[Span], first: Sequence[Span]) -> Fields:
    """Return the fields of a head whose words have roles: "T", "E", "P".

    What stands in brackets or behind a stroke stays with a name it was read with at `first`.
    """
    chosen = {role: _as_long(draft, _first_of(draft, spans, role), spans, first) for role in "TEP"}
    kept = [span for span in chosen.values() if span]
    texts = {role: _text(draft, span) if span else "" for role, span in chosen.items()}
    said = {text.casefold() for text in (*texts.values(), *draft.durations, *draft.links)}
    others = tuple(
        text for text in _left(draft, kept) if text.plain.strip(_SIGNS).casefold() not in said
    )
    return Fields(texts["T"], texts["E"], texts["P"], others)


def _first_of(draft: HeadDraft, spans: Sequence[Span], role: str) -> Span | None:
    """Return the first text of a role, as far as nothing but signs parts it from the next."""
    own = [span for span in spans if span[3] == role]
    if not own:
        return None
    line, start, end, _ = own[0]
    for other, begin, stop, _ in own[1:]:
        between = draft.texts[line].plain[end:begin] if other == line else "x"
        if not _BETWEEN.fullmatch(between):
            break
        end = stop
    return line, start, end, role


def _as_long(
    draft: HeadDraft, span: Span | None, spans: Sequence[Span], first: Sequence[Span]
) -> Span | None:
    """Return a span as long as it was at first, where only a remark was cut off it."""
    for line, start, end, role in first:
        if not span or (line, start, role) != (span[0], span[1], span[3]) or end <= span[2]:
            continue
        rest = draft.texts[line].plain[span[2] : end]
        free = all(
            other != line or stop <= span[2] or begin >= end for other, begin, stop, _ in spans
        )
        if free and (role == "P" or _REMARK.match(rest)):
            return line, start, end, role
    return span


def _text(draft: HeadDraft, span: Span) -> str:
    atom = Atom(span[0], span[1], span[2], "line", "")
    return draft.text(atom, atom)


def _left(draft: HeadDraft, kept: Sequence[Span]) -> Iterator[RichText]:
    """Yield what stands in a head beside its fields and dates, but words that only join them."""
    for number, text in enumerate(draft.texts):
        plain = text.plain
        taken = [(start, end) for line, start, end, _ in kept if line == number]
        taken += [(start, end) for line, start, end in draft.dates if line == number]
        taken += [(at, at + len(known)) for known in draft.durations for at in _found(plain, known)]
        taken.append((0, starts_with_glyph(plain)))
        for start, end in _gaps(sorted(taken), len(plain)):
            at = start
            parts = [match.span() for match in _PARTS.finditer(plain, start, end)]
            for stop, after in [*parts, (end, end)]:
                words = _WORD.findall(plain[at:stop].casefold())
                if not set(words) <= words_of("joins_fields"):
                    leading = _LEADING.match(plain, at, stop)
                    yield draft.rich(number, leading.end() if leading else at, stop)
                at = after


def _found(plain: str, known: str) -> Iterator[int]:
    """Yield where a text first stands in a line as whole words."""
    at = plain.find(known) if known else -1
    while at >= 0:
        inside = plain[:at][-1:].isalnum() or plain[at + len(known) :][:1].isalnum()
        if not inside:
            yield at
            return
        at = plain.find(known, at + 1)


def _gaps(taken: Sequence[tuple[int, int]], end: int) -> Iterator[tuple[int, int]]:
    at = 0
    for start, stop in [*taken, (end, end)]:
        if start > at:
            yield at, start
        at = max(at, stop)
