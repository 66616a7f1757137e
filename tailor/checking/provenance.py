"""Where each line of a résumé comes from in the master CV, and which lines come from nowhere.

The lines are read in order. Two jobs may have the same title, so what is known of the place is a
set of places: each line has to fit one of those that the lines above it leave possible.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tailor.checking.findings import Judged, Missing, Place, Provenance, Verdict
from tailor.checking.nearest import CHANGED_FROM, Nearest, difference
from tailor.checking.printable import (
    CONTACT_SEPARATOR,
    HEADS,
    Fields,
    Printable,
    Printed,
    Spot,
    fold,
    is_kept_of,
    printable,
    usual_kind,
)
from tailor.layout.typography import Style
from tailor.reading.lines import starts_with_glyph
from tailor.selection.order import in_one_order
from tailor.selection.wishes import HISTORY
from tailor.values.cv import Cv, Entry, SectionKind

_MOST_CUT = 4  # lines that were one


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the résumé and where it stands."""

    text: str
    place: Place


def find_provenance(
    lines: Sequence[Told], master: Cv, *, own_form: bool | None, guessed_spaces: bool = False
) -> Provenance:
    """Return what each line of a résumé is to the master CV, and what the résumé leaves out.

    With `own_form` the file was written by tailor, and each line must be one that tailor prints.
    Without it, titles, employers, places and dates may be combined in other ways. None: find out.
    With `guessed_spaces` the file has places of words and no spaces, as a PDF has.
    """
    can_print = printable(master)
    if own_form is None:
        own_form = _has_own_form(lines, can_print)
    judge = _Judge(can_print, Fields(master), own_form=own_form, guessed_spaces=guessed_spaces)
    judged = judge.all(lines)
    return Provenance(master.source, tuple(judged), tuple(judge.missing(judged)))


def _has_own_form(lines: Sequence[Told], can_print: Printable) -> bool:
    """Return whether most positions and degrees have the heads that tailor prints."""
    texts = {fold(line.text) for line in lines}
    wanted = {entry.id for entry in (*can_print.cv.positions, *can_print.cv.degrees)}
    found = {
        line.spot.entry
        for line in can_print.lines
        if line.style is Style.ENTRY and line.spot.entry in wanted and line.text in texts
    }
    return 2 * len(found) >= len(wanted) > 0


def _heads(can_print: Printable) -> set[tuple[str, Spot, Style]]:
    return {(one.text, one.spot, one.style) for one in can_print.lines if one.style in HEADS}


def _letters(text: str) -> str:
    return "".join(text.split())


def _sources(*lines: Printed) -> tuple[int, ...]:
    return tuple(dict.fromkeys(line.source for line in lines if line.source))


class _Judge:
    """Judges the lines in order; `_at` are the places where the last one may stand."""

    def __init__(
        self, can_print: Printable, fields: Fields, *, own_form: bool, guessed_spaces: bool
    ) -> None:
        self._can = can_print
        self._fields = fields
        self._own_form = own_form
        self._guessed_spaces = guessed_spaces
        self._nearest = Nearest(can_print)
        self._at: set[Spot] = {Spot()}
        self._lost = False  # the last line is not in the master CV; it may have been a head
        self._headless: set[Spot] = set()  # places without one of their heads in the résumé
        self._claimed: set[tuple[str, Style]] = set()
        self._heads: Counter[str] = Counter()
        self._allowed = Counter(
            text for text, _, style in _heads(can_print) if style is Style.ENTRY
        )
        self._spots: list[set[Spot]] = []  # of each line that was judged

    def all(self, lines: Sequence[Told]) -> list[Judged]:
        """Return the judgement of each line that is not empty."""
        found: list[Judged] = []
        waiting = [line for line in lines if fold(line.text)]
        self._headless = self._without_head([fold(line.text) for line in waiting])
        number = 0
        while number < len(waiting):
            judged, used = self._next(waiting[number:])
            found.append(judged)
            self._spots.append(set(self._at) if judged.is_own else set())
            number += used
        return found

    def _next(self, waiting: Sequence[Told]) -> tuple[Judged, int]:
        """Judge the next line, which a file of another form may have cut into several."""
        line = waiting[0]
        judged = self._known(line, fold(line.text))
        if judged is None and not self._own_form:
            judged = self._in_fields(line)
        if judged is None and not self._own_form:
            for count in range(2, min(_MOST_CUT, len(waiting)) + 1):
                joined = replace(line, text=" ".join(one.text for one in waiting[:count]))
                if found := self._known(joined, fold(joined.text)):
                    return found, count
        return (judged or self._strange(line)), 1

    def _known(self, line: Told, text: str) -> Judged | None:
        """Judge a line whose words are in the master CV; return None for any other."""
        found = self._candidates(text)
        verdict = Verdict.VERBATIM
        if not found:
            found = list(self._can.skills.get(in_one_order(text), ()))
        if not found:
            kept = [d for d in self._can.divisible if is_kept_of(text, d)]
            found = [Printed(d.text, Style.BULLET, d.spot, d.source) for d in kept]
            verdict = Verdict.STATEMENTS
        if not found and not self._own_form and (glyph := starts_with_glyph(text)):
            return self._known(line, text[glyph:].strip())
        if not found:
            return None
        fitting = [one for one in found if self._fits(one)]
        chosen = fitting or found
        best = chosen[0]
        judged = Judged(line.place, text, verdict, best.text, _sources(best))
        if all(one.style is Style.ENTRY for one in chosen):
            self._heads[text] += 1
            if self._heads[text] > self._allowed[text]:
                judged = replace(
                    judged, verdict=Verdict.MISPLACED, why="stands more often than in the master CV"
                )
        if not fitting:
            judged = replace(judged, verdict=Verdict.MISPLACED, why=self._where(found))
        self._move(chosen, fits=bool(fitting))
        self._claimed |= {(one.spot.entry, one.style) for one in chosen if one.style in HEADS}
        return judged

    def _kind_of(self, text: str) -> SectionKind | None:
        """Return the kind of section that a line heads, None if it is no heading."""
        own = (s.kind for s in self._can.cv.sections if s.heading and fold(s.heading) == text)
        return usual_kind(text) or next(own, None)

    def _candidates(self, text: str) -> list[Printed]:
        found = [line for line in self._can.by_text.get(text, ()) if self._may_be(line)]
        if self._is_contacts(text):
            found.append(Printed(text, Style.CONTACT, Spot()))
        kind = usual_kind(text)
        for number, section in enumerate(self._can.cv.sections):
            if kind is not None and section.kind is kind:
                found.append(Printed(text, Style.SECTION, Spot(number), section.line))
        return found

    def _is_contacts(self, text: str) -> bool:
        if text in self._can.contacts:
            return True
        return any(
            text.startswith(f"{item}{CONTACT_SEPARATOR}")
            and self._is_contacts(text[len(item) + len(CONTACT_SEPARATOR) :])
            for item in self._can.contacts
        )

    def _may_be(self, line: Printed) -> bool:
        """Return whether the line may stand here.

        A headline below the head of the page is a title that lost its dates.
        """
        return line.style is not Style.HEADLINE or not self._own_form or Spot() in self._at

    def _fits(self, line: Printed) -> bool:
        if line.style is Style.SECTION or (self._lost and line.spot in self._headless):
            return True
        if line.spot.section < 0:
            return not self._own_form or Spot() in self._at
        if line.style is Style.ENTRY:
            return any(at.section == line.spot.section for at in self._at)
        if line.spot.entry or self._own_form:  # there the lines of a section are above its entries
            return line.spot in self._at
        return any(at.section == line.spot.section for at in self._at)

    def _move(self, lines: Iterable[Printed], *, fits: bool) -> None:
        """Go to where the line stands; a misplaced line moves nothing unless it is a head."""
        spots = {line.spot for line in lines}
        moves = any(line.style in {Style.SECTION, Style.ENTRY} for line in lines)
        if (fits and (self._lost or moves or all(spot.entry for spot in spots))) or moves:
            self._at = spots
        self._lost = False if fits else self._lost

    def _where(self, found: Sequence[Printed]) -> str:
        spot = found[0].spot
        if spot.section < 0:
            return "belongs to the head of the page"
        section = self._can.cv.sections[spot.section]
        for entry in section.entries:
            if entry.id == spot.entry:
                named = ", ".join(part for part in (entry.title, entry.organisation) if part)
                return f"belongs to {named}" if named else "belongs elsewhere"
        return f"belongs to {section.heading or section.kind.value}"

    def _in_fields(self, line: Told) -> Judged | None:
        """Accept the head of an entry, or contacts, combined in another way."""
        found = self._fields.read(line.text)
        if found is None:
            return None
        if found:
            self._at = (self._at & found) or found
            self._lost = False
        return Judged(line.place, fold(line.text), Verdict.VERBATIM)

    def _strange(self, line: Told) -> Judged:
        text = fold(line.text)
        found = self._nearest.find(text, self._may_be, self._fits)
        near, nearness = found or (None, 0.0)
        words = self._nearest.kept(text, near) if near else ""
        if self._guessed_spaces and _letters(words) == _letters(text):
            known = self._known(line, words)
            if known is not None:
                return known
        why = "" if near is None or self._fits(near) else self._where([near])
        self._lost = True  # it may have been a head, changed beyond recognition
        if parts := self._nearest.joined(text):
            return self._merged(line, text, parts)
        if near is None or nearness < CHANGED_FROM:
            return Judged(line.place, text, Verdict.NEW)
        told = difference(words, text)
        return Judged(line.place, text, Verdict.CHANGED, words, _sources(near), told, why)

    def _merged(self, line: Told, text: str, parts: Sequence[Printed]) -> Judged:
        self._claimed |= {(one.spot.entry, one.style) for one in parts if one.style in HEADS}
        words = " ".join(one.text for one in parts)
        elsewhere = [one for one in parts if not self._fits(one)]
        why = self._where(elsewhere) if elsewhere else ""
        told = difference(words, text)
        return Judged(line.place, text, Verdict.MERGED, words, _sources(*parts), told, why)

    def _without_head(self, texts: Sequence[str]) -> set[Spot]:
        """Return the places whose heading, title or employer is in no line unchanged.

        Lines of such a place may follow a line that is not in the master CV.
        """
        times = Counter(texts)
        headings = Counter(self._kind_of(text) for text in texts)
        sections = self._can.cv.sections
        kinds = Counter(section.kind for section in sections if section.heading)
        allowed: Counter[str] = Counter()
        of: defaultdict[tuple[Spot, Style], list[str]] = defaultdict(list)
        for text, spot, style in _heads(self._can):
            allowed[text] += 1
            of[spot, style].append(text)
        gone = {
            spot
            for (spot, style), heads in of.items()
            if not any(times[text] >= allowed[text] for text in heads)
            and not (
                style is Style.SECTION
                and headings[sections[spot.section].kind] >= kinds[sections[spot.section].kind]
            )
        }
        entries = {
            Spot(number, entry.id) for number, s in enumerate(sections) for entry in s.entries
        }
        return gone | {spot for spot in entries if Spot(spot.section) in gone}

    def missing(self, judged: Sequence[Judged]) -> Iterator[Missing]:
        """Yield the heads of positions and degrees that are in no line.

        A line that is not in the master CV stands for a missing head beside it.
        """
        employers = {one.text for one in self._can.lines if one.style is Style.ORGANISATION}
        free = [
            number
            for number, one in enumerate(judged)
            if one.verdict in {Verdict.CHANGED, Verdict.NEW, Verdict.MERGED}
            # With a word less it may be what another employer is called.
            or (one.verdict is Verdict.MISPLACED and one.text in employers)
        ]
        for spot, entry, heads in self._absent(judged):
            texts = {one.text for one in heads}
            changed = [number for number in free if judged[number].master in texts]
            beside = [number for number in free if self._is_beside(number, spot)]
            # One that was alone in its section may have no line of its own beside it.
            within = [
                number
                for number in free
                if judged[number].verdict is Verdict.NEW
                and self._is_beside(number, Spot(spot.section))
            ]
            stand_in = next(iter([*changed, *beside, *within]), None)
            if stand_in is None:
                yield Missing(heads[0].text, entry.line)
            else:
                free.remove(stand_in)

    def _absent(self, judged: Sequence[Judged]) -> Iterator[tuple[Spot, Entry, list[Printed]]]:
        """Yield the positions and degrees whose title or employer no line has unchanged."""
        heads: defaultdict[tuple[Spot, Style], list[Printed]] = defaultdict(list)
        for one in self._can.lines:
            if one.style in {Style.ENTRY, Style.ORGANISATION}:
                heads[one.spot, one.style].append(one)
        for number, section in enumerate(self._can.cv.sections):
            for entry in section.entries if section.kind in HISTORY else ():
                if not self._own_form and self._fields.has(entry, judged):
                    continue
                for style in (Style.ENTRY, Style.ORGANISATION):
                    spot = Spot(number, entry.id)
                    if heads[spot, style] and (entry.id, style) not in self._claimed:
                        yield spot, entry, heads[spot, style]

    def _is_beside(self, number: int, wanted: Spot) -> bool:
        """Return whether the line above or below stands at `wanted`, or in that section."""
        near = self._spots[max(0, number - 1) : number + 2]
        return any(
            spot == wanted or (not wanted.entry and spot.section == wanted.section)
            for spots in near
            for spot in spots
        )
