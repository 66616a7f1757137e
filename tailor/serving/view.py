"""An application as the values that its page prints: asks, sheets of paper, reserve, changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from tailor.layout.font_metrics import line_height
from tailor.layout.page import paginate
from tailor.layout.typography import TWIPS_PER_POINT, Design, PageSetup, Style
from tailor.matching.ask import Ask, AskKind, Importance, Status
from tailor.selection.candidate import OPTIONAL_ENTRIES
from tailor.selection.composition import compose
from tailor.selection.tailored_cv import Cause, TailoredCv
from tailor.serving.desk import State
from tailor.serving.workspace import fold
from tailor.values.cv import Cv, Run

# How each status is shown: a sign, and words.
_SHOWN = {
    Status.STATED: ("✓", "your CV says it"),
    Status.ALIAS: ("✓", "your CV says it under another name"),
    Status.RELATED: ("~", "something near"),
    Status.ABSENT: ("–", "not in your CV"),
    Status.NOT_CHECKABLE: ("?", "no line can show it"),
}
# What one can have done; a trait or a place of work is not asked about.
_ASKED_ABOUT = frozenset({AskKind.SKILL, AskKind.LICENCE, AskKind.LANGUAGE, AskKind.DEGREE})
_WORDS = 9
# The fonts as wide as those of the looks, which LibreOffice brings along.
_WIDE = {
    "Calibri": "Carlito, sans-serif",
    "Arial": '"Liberation Sans", sans-serif',
    "Cambria": "Caladea, serif",
    "Times New Roman": '"Liberation Serif", serif',
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked for. `lines` are ids of lines that show it, `shown` of those on it.

    `shown` is whether one of them is on the page, `by` the words of the best one.
    """

    text: str
    kind: str
    importance: str
    status: Status
    lines: tuple[str, ...]
    shown: bool
    by: str

    @property
    def sign(self) -> str:
        """A sign for the status."""
        return _SHOWN[self.status][0]

    @property
    def said(self) -> str:
        """The status in words, and whether the page shows it."""
        is_hidden = self.status.is_had and not self.shown
        return _SHOWN[self.status][1] + (", but the page does not" if is_hidden else "")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a sheet: its style and its words, left and right of the tab.

    `id` is that of the bullet or entry of the CV, "" for a heading; `line` is whether it is a line
    that can be pinned and dropped, `entry` whether it is an entry that can be dropped.
    """

    style: str
    left: tuple[Run, ...]
    right: tuple[Run, ...] = ()
    id: str = ""
    line: bool = False
    entry: bool = False
    pinned: bool = False
    names: str = ""


@dataclass(frozen=True, slots=True)
class Spare:
    """A line or entry that is not on the page: why, and how much it says, from 0 to 5."""

    id: str
    text: str
    where: str
    reason: str
    worth: float
    steps: int
    wished: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a choice did: words that came and went, answers won and lost, pages before and after."""

    came: tuple[str, ...]
    went: tuple[tuple[str, str], ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    before: str
    after: str


def asked(state: State) -> tuple[Asked, ...]:
    """Return all that is asked for; skills first, in the posting's order."""
    shown = on_page(state.resume)
    found = [
        Asked(
            ask.text,
            "years" if ask.kind is AskKind.EXPERIENCE_YEARS else ask.kind.value,
            ask.importance.value,
            ask.status,
            ask.line_ids,
            bool(shown.intersection(ask.line_ids)),
            ask.lines[0] if ask.lines else "",
        )
        for ask in state.asks
    ]
    return tuple(sorted(found, key=lambda one: one.kind != AskKind.SKILL.value))


def gaps(state: State, not_done: tuple[str, ...]) -> tuple[Ask, ...]:
    """Return what to ask the person: asked for, not in the CV, and not denied before, each once."""
    denied = {fold(one) for one in not_done}
    found: dict[str, Ask] = {}
    for importance in (Importance.REQUIRED, Importance.PREFERRED):
        for ask in state.asks:
            key = fold(ask.text)
            is_open = ask.status in {Status.ABSENT, Status.RELATED} and key not in denied
            if is_open and ask.importance is importance and ask.kind in _ASKED_ABOUT:
                found.setdefault(key, ask)
    return tuple(found.values())


def on_page(resume: TailoredCv) -> frozenset[str]:
    """Return the ids of what is on the page: statements, their bullets, entries, the headline."""
    ids = {"headline"}
    for line in resume.chosen_lines():
        ids.add(line.bullet.id)
        ids.update(statement.id for statement in line.kept)
    for section in resume.sections:
        ids.update(entry.entry.id for entry in section.entries)
    return frozenset(ids)


def sheets(resume: TailoredCv) -> list[list[Block]]:
    """Return the blocks of each page, as the estimate fills the pages."""
    paragraphs = compose(resume.cv, resume.sections, resume.design)
    starts = paginate(paragraphs, resume.design).starts
    kept = {line.bullet.id: line.kept for line in resume.chosen_lines()}
    optional = {
        entry.id
        for section in resume.cv.sections
        if section.kind in OPTIONAL_ENTRIES
        for entry in section.entries
    }
    pinned = resume.wishes.pinned
    blocks = []
    heads: set[str] = set()
    for paragraph in paragraphs:
        left, tab, _ = paragraph.text.plain.partition("\t")
        cut = len(left) + len(tab)
        source = paragraph.source
        statements = [statement.id for statement in kept.get(source, ())]
        blocks.append(
            Block(
                paragraph.style.value,
                paragraph.text.slice(0, len(left)).runs,
                paragraph.text.slice(cut).runs if tab else (),
                source,
                line=bool(statements),
                entry=source in optional and source not in heads,
                pinned=bool(statements) and pinned.issuperset(statements),
                names=" ".join(statements),
            )
        )
        heads.add(source)
    ends = [*starts, len(blocks)]
    return [blocks[start:end] for start, end in pairwise(ends)]


def reserve(resume: TailoredCv) -> list[Spare]:
    """Return what is not on the page, the worthiest first; what was not understood last."""
    where = _where(resume.cv)
    scores = resume.match.scores
    found = []
    for dropped in resume.dropped:
        place, lines = where.get(dropped.id, ("", ()))
        known = (scores[one].total for one in (dropped.id, *lines) if one in scores)
        worth = max(known, default=0.0)
        found.append(
            Spare(
                dropped.id if dropped.cause is not Cause.NOT_UNDERSTOOD else "",
                dropped.text,
                place,
                dropped.reason,
                worth,
                max(0, min(5, round(worth * 5))),
                dropped.cause is Cause.WISHED,
            )
        )
    return sorted(found, key=lambda one: (not one.id, -one.worth))


def _where(cv: Cv) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Map ids to the words for where they stand, and an entry's to the ids of its lines."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for section in cv.sections:
        for bullet in section.bullets:
            found.update({s.id: (section.heading, ()) for s in bullet.statements})
        for entry in section.entries:
            ids = tuple(s.id for bullet in entry.bullets for s in bullet.statements)
            found[entry.id] = (f"{section.heading}, all of it", ids)
            found.update(dict.fromkeys(ids, (entry.title or entry.organisation, ())))
    return found


def fullness(resume: TailoredCv) -> str:
    """Return how many pages there are, and how full the last one is, in words."""
    pages = "1 page," if resume.pages == 1 else f"{resume.pages} pages, the last"
    return f"{pages} {round(resume.fill * 100)} % full"


def told(before: State, after: State) -> Told:
    """Return what differs between two states of one application."""
    old, new = _texts(before.resume), _texts(after.resume)
    reasons = {dropped.id: dropped.reason for dropped in after.resume.dropped}
    shown_before, shown_after = on_page(before.resume), on_page(after.resume)

    def only(here: frozenset[str], there: frozenset[str]) -> tuple[str, ...]:
        """Return what is shown on one of the two pages only."""
        had = [(ask.text, ask.line_ids) for ask in after.asks if ask.status.is_had]
        won = (text for text, ids in had if here.intersection(ids) and there.isdisjoint(ids))
        return tuple(dict.fromkeys(won))

    return Told(
        tuple(text for name, text in new.items() if name not in old),
        tuple((text, reasons.get(name, "")) for name, text in old.items() if name not in new),
        only(shown_after, shown_before),
        only(shown_before, shown_after),
        fullness(before.resume),
        fullness(after.resume),
    )


def _texts(resume: TailoredCv) -> dict[str, str]:
    return {
        statement.id: _beginning(line.bullet.statement_text(statement))
        for line in resume.chosen_lines()
        for statement in line.kept
    }


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")


def headlines(cv: Cv) -> tuple[str, ...]:
    """Return the titles to choose a headline from, the CV's own first."""
    titles = [title for entry in (*cv.positions, *cv.degrees) for title in reversed(entry.titles)]
    return tuple(dict.fromkeys(one for one in (cv.headline, *titles) if one.strip()))


def sheet_address(design: Design) -> str:
    """Return where the style sheet of a design is."""
    spacing = "dense" if design.dense else "usual"
    return f"/sheet/{design.look.name}/{spacing}/{design.body_size:g}/{design.setup.name}.css"


def sheet_css(design: Design) -> str:
    """Return the style sheet of a design: all lengths in points of the paper, whatever its scale.

    A sheet is as wide as its box, so a point is a share of the box's width.
    """
    setup: PageSetup = design.setup
    width, height = (length / TWIPS_PER_POINT for length in (setup.width, setup.height))
    top, side = setup.top / TWIPS_PER_POINT, setup.side / TWIPS_PER_POINT
    sheet = {
        "--pt": f"calc(100cqw / {width:g})",
        "min-height": _pt(height),
        "padding": f"{_pt(top)} {_pt(side)}",
        "font-family": f'"{design.font}", {_WIDE.get(design.font, "sans-serif")}',
    }
    rules = [_rule(".sheet", sheet)]
    for style in Style:
        figures = design.styles[style]
        high = line_height(figures.size, design.font) * figures.spacing
        said = {
            "font-size": _pt(figures.size),
            "line-height": _pt(high),
            "margin-top": _pt(figures.before),
            "margin-bottom": _pt(figures.after),
            "color": f"#{figures.color}",
            "font-weight": "bold" if figures.bold else "normal",
            "font-style": "italic" if figures.italic else "normal",
            "padding-left": _pt(figures.left / TWIPS_PER_POINT),
            "text-align": "center" if figures.centered else "start",
            "text-transform": "uppercase" if figures.caps else "none",
        }
        if figures.is_list:
            said["--hanging"] = _pt(figures.hanging / TWIPS_PER_POINT)
        if figures.rule_below:
            said["border-bottom"] = f"{_pt(figures.rule_below)} solid currentcolor"
            said["padding-bottom"] = _pt(1)
        rules.append(_rule(f".sheet .s-{style.value}", said))
    return "\n".join(rules) + "\n"


def _rule(selector: str, said: Mapping[str, str]) -> str:
    body = " ".join(f"{name}: {value};" for name, value in said.items())
    return f"{selector} {{ {body} }}"


def _pt(points: float) -> str:
    return f"calc({points:g} * var(--pt))"
