"""An application as the values that its page prints: asks, sheets of paper, reserve, changes."""

from __future__ import annotations

from itertools import pairwise

from tailor.layout.font_metrics import line_height
from tailor.layout.page import paginate
from tailor.layout.typography import TWIPS_PER_POINT, Design
from tailor.matching.ask import Ask, AskKind, Importance, Status
from tailor.report.html import templates
from tailor.selection.composition import compose
from tailor.selection.tailored_cv import Cause, TailoredCv
from tailor.selection.wishes import OPTIONAL_ENTRIES
from tailor.serving.desk import State
from tailor.values.cleaning import folded
from tailor.values.cv import Cv

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
# What the template prints of one thing, by its name there.
Values = dict[str, object]


def asked(state: State) -> list[Values]:
    """Return all that is asked for, skills first, in the posting's order.

    `lines` are the ids of lines that show it, `shown` is whether one of them is on the page, `by`
    the words of the best one.
    """
    on_it = on_page(state.resume)
    found: list[Values] = []
    for ask in sorted(state.asks, key=lambda one: one.kind is not AskKind.SKILL):
        shown = not on_it.isdisjoint(ask.line_ids)
        sign, said = _SHOWN[ask.status]
        if ask.status.is_had and not shown:
            said += ", but the page does not"
        found.append(
            {
                "text": ask.text,
                "kind": "years" if ask.kind is AskKind.EXPERIENCE_YEARS else ask.kind.value,
                "importance": ask.importance.value,
                "status": ask.status,
                "sign": sign,
                "said": said,
                "lines": ask.line_ids,
                "shown": shown,
                "by": ask.lines[0] if ask.lines else "",
            }
        )
    return found


def gaps(state: State, not_done: tuple[str, ...]) -> tuple[Ask, ...]:
    """Return what to ask the person: asked for, not in the CV, and not denied before, each once."""
    denied = {folded(one) for one in not_done}
    found: dict[str, Ask] = {}
    for importance in (Importance.REQUIRED, Importance.PREFERRED):
        for ask in state.asks:
            key = folded(ask.text)
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


def sheets(resume: TailoredCv) -> list[list[Values]]:
    """Return the paragraphs of each page, as the estimate fills the pages.

    `left` and `right` are the words on both sides of the tab. `id` is that of the bullet or entry
    of the CV, "" for a heading; `line` is whether it is a line that can be pinned and dropped, of
    the statements `names`, `entry` whether it is an entry that can be dropped.
    """
    paragraphs = compose(resume.cv, resume.sections, resume.design)
    starts = paginate(paragraphs, resume.design).starts
    kept = {line.bullet.id: line.kept for line in resume.chosen_lines()}
    optional = {e.id for s in resume.cv.sections if s.kind in OPTIONAL_ENTRIES for e in s.entries}
    blocks: list[Values] = []
    for paragraph in paragraphs:
        left, tab, _ = paragraph.text.plain.partition("\t")
        source = paragraph.source
        statements = [statement.id for statement in kept.get(source, ())]
        blocks.append(
            {
                "style": paragraph.style.value,
                "left": paragraph.text.slice(0, len(left)).runs,
                "right": paragraph.text.slice(len(left) + 1).runs if tab else (),
                "id": source,
                "line": bool(statements),
                "entry": source in optional,
                "pinned": bool(statements) and resume.wishes.pinned.issuperset(statements),
                "names": " ".join(statements),
            }
        )
        optional.discard(source)  # its head alone can be dropped
    return [blocks[start:end] for start, end in pairwise([*starts, len(blocks)])]


def reserve(resume: TailoredCv) -> list[Values]:
    """Return what is not on the page, the worthiest first; what was not understood last.

    `steps` is how much it says to the posting, from 0 to 5.
    """
    where = _where(resume.cv)
    scores = resume.match.scores
    found: list[tuple[bool, float, Values]] = []
    for dropped in resume.dropped:
        place, lines = where.get(dropped.id, ("", ()))
        known = (scores[one].total for one in (dropped.id, *lines) if one in scores)
        worth = max(known, default=0.0)
        name = dropped.id if dropped.cause is not Cause.NOT_UNDERSTOOD else ""
        values: Values = {
            "id": name,
            "text": dropped.text,
            "where": place,
            "reason": dropped.reason,
            "steps": max(0, min(5, round(worth * 5))),
            "wished": dropped.cause is Cause.WISHED,
        }
        found.append((not name, -worth, values))
    return [values for *_, values in sorted(found, key=lambda one: one[:2])]


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


def told(before: State, after: State) -> Values:
    """Return what a choice did, by two states of one application.

    Words that `came` and `went`, the latter with the reason; what the page has `gained` and `lost`
    of what is asked for; how full it was `before` and is `after`.
    """
    old, new = _texts(before.resume), _texts(after.resume)
    reasons = {dropped.id: dropped.reason for dropped in after.resume.dropped}
    shown_before, shown_after = on_page(before.resume), on_page(after.resume)

    def only(here: frozenset[str], there: frozenset[str]) -> list[str]:
        """Return what is shown on one of the two pages only."""
        had = [(ask.text, ask.line_ids) for ask in after.asks if ask.status.is_had]
        won = (text for text, ids in had if here.intersection(ids) and there.isdisjoint(ids))
        return list(dict.fromkeys(won))

    return {
        "came": [text for name, text in new.items() if name not in old],
        "went": [(text, reasons.get(name, "")) for name, text in old.items() if name not in new],
        "gained": only(shown_after, shown_before),
        "lost": only(shown_before, shown_after),
        "before": fullness(before.resume),
        "after": fullness(after.resume),
    }


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
    """Return the style sheet of a design."""
    styles = [
        (style, look, line_height(look.size, design.font) * look.spacing)
        for style, look in design.styles.items()
    ]
    sheet = templates().get_template("serve_sheet.css.j2")
    return sheet.render(setup=design.setup, font=design.font, styles=styles, twips=TWIPS_PER_POINT)
