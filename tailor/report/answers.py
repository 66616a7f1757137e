"""What is asked for and what the CV says of it, in words: the table that every output opens with.

Terminal, check, report page and the index of a batch all take their words from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tailor.matching.answered import Met, Wanted, alternatives, how_met, importance_of, wanted_by
from tailor.matching.ask import AskKind, Importance, Status
from tailor.matching.listed import chance
from tailor.matching.match import Match
from tailor.matching.name import holds, members, other_names, siblings
from tailor.matching.requirements import Requirement
from tailor.matching.sign import near_to, signs_of
from tailor.matching.words import form, forms, name_words
from tailor.values.cleaning import clean_text

SIGNS = {
    Status.STATED: "✓",
    Status.ALIAS: "✓",
    Status.RELATED: "~",
    Status.ABSENT: "–",
    Status.NOT_CHECKABLE: " ",
}
MET_SIGNS = {
    Met.MET: "✓",
    Met.PARTLY: "½",
    Met.RELATED: "~",
    Met.ABSENT: "–",
    Met.NOT_CHECKABLE: " ",
}
MET_WORDS = {
    Met.MET: "in your CV",
    Met.PARTLY: "partly in your CV",
    Met.RELATED: "something near it in your CV",
    Met.ABSENT: "not in your CV",
    Met.NOT_CHECKABLE: "",
}
STATED = "stated"
HEADINGS = {
    Importance.REQUIRED: "Required",
    Importance.PREFERRED: "Preferred",
    Importance.MENTIONED: "Named in the duties",
}
_PRINTED_HEADINGS = {**HEADINGS, Importance.MENTIONED: "Duties"}
_STYLES = {"✓": "green", "½": "yellow", "~": "yellow", "–": "red", " ": "dim"}
# What has a name, and so can be listed without the line it stands in.
_NAMED = frozenset(
    {AskKind.SKILL, AskKind.EXPERIENCE_YEARS, AskKind.DEGREE, AskKind.LICENCE, AskKind.LANGUAGE}
)
_LONGEST_NAME = 8  # words; what is longer is no name
_TEXTS_KEPT = 4_000  # what a CV has of a name comes back with other postings
_WORDS_SHOWN = 6
_SHORTEST_WISH = 3  # words
_SHORT_NAME = 3  # words
# How likely people list something for them to be told that it is not in their CV: more than for a
# tick, since a wrong gap is an offence.
_MISSED = 0.65


@dataclass(frozen=True, slots=True)
class Row:
    """A named thing that is asked for: `said` is what the CV says of it, in words.

    `line` is the CV's line that shows it best, "" where none does; `requirement` is the id of the
    posting's line that asks for it.
    """

    requirement: str
    text: str
    kind: AskKind
    importance: Importance
    status: Status
    said: str
    line: str

    @property
    def sign(self) -> str:
        """The sign of the status."""
        return SIGNS[self.status]


def skill_table(match: Match) -> tuple[Row, ...]:
    """Return each named thing that is asked for, the required ones first; alternatives are one.

    Of what the duties mention in passing, only what has a name of its own is there.
    """
    order = list(Importance)
    texts = {requirement.id: requirement.text for requirement in match.requirements}
    places = {requirement_id: place for place, requirement_id in enumerate(texts)}
    rows = [
        _row(one) for one in alternatives(match.asks) if _has_row(one, texts[one.best.requirement])
    ]

    def place(row: Row) -> tuple[int, int, int]:
        name = row.text.partition(", ")[0].partition(" or ")[0]
        within = texts[row.requirement].find(name)
        return order.index(row.importance), places[row.requirement], within

    return tuple(sorted(rows, key=place))


def name_and_line(row: Row) -> tuple[str, str]:
    """Return under which name the CV has a thing (``as Postgres: ``), and the line that says so.

    The name is "" where it is that of the posting; where the CV does not have the thing, the
    second is what is said of it.
    """
    if not (row.status.is_had and row.line):
        return "", row.said
    is_same = row.status is Status.STATED and row.said == STATED
    # A long alternative says over again what the posting says, and leaves no room for the line.
    is_long = row.status is Status.STATED and len(row.said.split()) > _SHORT_NAME
    return "" if is_same or is_long else f"{row.said}: ", clean_text(row.line)


def gaps(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the named things that are asked for and not in the CV, the most important first."""
    return tuple(row for row in rows if row.status is Status.ABSENT)


def _is_named(wanted: Wanted) -> bool:
    best = wanted.best
    return (
        best.kind in _NAMED
        and best.status is not Status.NOT_CHECKABLE
        and all(len(ask.text.split()) <= _LONGEST_NAME for ask in wanted.asks)
    )


def _is_short_wish(wanted: Wanted, line: str) -> bool:
    """Return whether a line that asks is nothing but a few words for work: "Choir conducting"."""
    best = wanted.best
    most = _SHORTEST_WISH - (wanted.importance is Importance.MENTIONED)
    short = len(best.text.split()) <= most and line.strip(" .") == best.text
    return short and best.kind is AskKind.DUTY


def _is_worth_telling(wanted: Wanted, line: str) -> bool:
    """Return whether it is asked for, or has a name of its own: known, or written as one.

    `line` is the posting's.
    """
    # People would miss a skill that they list, and any other thing.
    missed = (ask.kind is not AskKind.SKILL or chance(ask) >= _MISSED for ask in wanted.asks)
    if wanted.is_gap and not any(missed):
        return False
    if wanted.importance is not Importance.MENTIONED:
        return True
    for ask in wanted.asks:
        if line.strip(" .") == ask.text:
            return True  # the line is nothing but the name
        begins = line.lstrip().startswith(ask.text)
        if other_names(ask.text) or any(c.isupper() or c.isdigit() for c in ask.text[begins:]):
            return True
    return False


def _row(wanted: Wanted) -> Row:
    best = wanted.best
    return Row(
        best.requirement,
        clean_text(wanted.text),
        best.kind,
        wanted.importance,
        best.status,
        said_of(wanted),
        best.lines[0] if best.lines else "",
    )


def said_of(wanted: Wanted) -> str:
    """Return what the CV says of what is wanted: ``as Postgres``, ``related: Docker``."""
    best = wanted.best
    which = f"{best.text}, " if len(wanted.asks) > 1 else ""
    if best.status is Status.STATED:
        return clean_text(best.text) if which else STATED
    if best.status is Status.ABSENT:
        return "not in your CV"
    if best.status is Status.NOT_CHECKABLE:
        return "not for a CV to show"
    line = best.lines[0] if best.lines else ""
    if best.status is Status.ALIAS:
        other = _named_in(line, tuple(other_names(best.text))) or _named_in(
            line, (*members(best.text), *signs_of(best.text))
        )
        return f"{which}as {other}" if other else f"{which}in other words"
    near = _named_in(line, (*siblings(best.text), *near_to(best.text))) or beginning(
        line, _WORDS_SHOWN
    )
    return f"related: {near}" if near else "related"


def lacking_of(wanted: Iterable[Wanted], line: str) -> tuple[str, ...]:
    """Return what is not in the CV of what a line of a posting asks for, but for a whole duty."""
    return tuple(
        clean_text(one.text)
        for one in wanted
        if one.is_gap and one.best.kind is not AskKind.DUTY and _is_worth_telling(one, line)
    )


@lru_cache(maxsize=_TEXTS_KEPT)
def _named_in(line: str, names: tuple[str, ...]) -> str:
    """Return how a line writes the first of the `names` that stands in it, "" where none does."""
    words = name_words(line)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        size = len(name_words(name))
        for place in range(len(words) - size + 1):
            if holds(words[place : place + size], name, listed=True):
                return clean_text(" ".join(word.text for word in words[place : place + size]))
    return ""


@lru_cache(maxsize=_TEXTS_KEPT)
def counting_words(line: str, asked: str) -> tuple[str, ...]:
    """Return the words of a line that say what is `asked`, as they are written there."""
    names = (asked, *other_names(asked))
    wanted = {one for name in names for one in forms(name)}
    words = [word.text for word in name_words(line) if form(word.text) in wanted]
    return tuple(dict.fromkeys([*words, *_named_in(line, names).split()]))


def beginning(text: str, words: int) -> str:
    """Return the first words of `text`, with "…" if there are more."""
    found = clean_text(text).split()
    return " ".join(found[:words]) + ("…" if len(found) > words else "")


# For terminals


def printed_table(match: Match) -> Iterator[RenderableType]:
    """Yield what a posting asks for, by importance: the sign, its words, what the CV says of it.

    Each is one row, cut to the width there is. Named things come first, then the lines of the
    posting that ask for something without a name.
    """
    rows, lines = skill_table(match), list(_lines_without_names(match))
    # What a duty names in passing is told by the line of the duty.
    told = {r.id for r, own in lines if importance_of(r, own) is Importance.MENTIONED}
    for importance, heading in _PRINTED_HEADINGS.items():
        table = Table.grid(padding=(0, 1), expand=True)
        table.add_column(width=1)
        table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        for row in rows:
            if row.importance is importance and row.requirement not in told:
                name, line = name_and_line(row)
                said = Text(name).append(line, "dim")
                table.add_row(_signed(row.sign), Text(row.text), said)
        for requirement, own in lines:
            if importance_of(requirement, own) is importance and how_met(own) is not Met.ABSENT:
                sign = MET_SIGNS[how_met(own)]
                asked = Text(clean_text(requirement.text))
                table.add_row(_signed(sign), asked, _best_line(own, requirement.text))
        if table.row_count:
            yield Text(heading, "bold")
            yield table
    yield from _unanswered(match, {r.id for r, own in lines if how_met(own) is Met.ABSENT})


def _unanswered(match: Match, absent: AbstractSet[str]) -> Iterator[RenderableType]:
    """Yield the lines of a posting for which no line was found, and what no CV can show.

    A sentence is no thing that one has or lacks; that none is found is all there is to say.
    """
    wanted = wanted_by(match)
    found: dict[str, list[str]] = {"No line found for": [], "Not for a CV to show": []}
    for requirement in match.requirements:
        own, is_absent = wanted[requirement.id], requirement.id in absent
        if is_absent or (own and how_met(own) is Met.NOT_CHECKABLE):
            is_silent = is_absent or any(one.is_skill for one in own)
            heading = "No line found for" if is_silent else "Not for a CV to show"
            found[heading].append(beginning(requirement.text, _WORDS_SHOWN))
    for heading, texts in found.items():
        if texts:
            yield Text(heading, "bold")
            yield Text("; ".join(texts), "dim")


def _lines_without_names(match: Match) -> Iterator[tuple[Requirement, tuple[Wanted, ...]]]:
    """Yield the lines of a posting that ask for more than what `skill_table` has."""
    wanted = wanted_by(match)
    for requirement in match.requirements:
        own = wanted[requirement.id]
        provable = [one for one in own if one.status is not Status.NOT_CHECKABLE]
        if not all(_has_row(one, requirement.text) for one in provable):
            yield requirement, own


def _has_row(wanted: Wanted, line: str) -> bool:
    """Return whether `skill_table` tells of it; `line` is the posting's."""
    if _is_short_wish(wanted, line):
        return True
    return wanted.best.is_sure and _is_named(wanted) and _is_worth_telling(wanted, line)


def _best_line(own: Sequence[Wanted], line: str) -> Text:
    """Return what the CV lacks of a requirement, else the line that shows it best."""
    if lacking := lacking_of(own, line):
        return Text(f"not in your CV: {', '.join(lacking)}", "dim")
    best = min((one.best for one in own), key=lambda ask: list(SIGNS).index(ask.status))
    near = "" if best.status.is_had else "related: "
    return Text(near + clean_text(best.lines[0] if best.lines else ""), "dim")


def _signed(sign: str) -> Text:
    return Text(sign, _STYLES[sign])
