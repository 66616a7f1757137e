"""The entries of a section: their heads, bullets and links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tailor.reading.cv.cells import BAR, pieces
from tailor.reading.cv.dates import locate_period
from tailor.reading.cv.entry_groups import ENTRY_KINDS, Draft, Grouping, is_label
from tailor.reading.lines import Line, LineKind, clean, clean_text, web_address
from tailor.values.cv import Bullet, BulletFactory, Entry, RichText, Run, SectionKind

__all__ = ["ENTRY_KINDS", "ReadEntries", "has_entries", "read_entries"]

_COLUMNS = frozenset(
    "period|dates|date|from|to|start|end|year|years|duration|role|position|title|job|job title|"
    "employer|company|organisation|organization|school|institution|university|place|location|city|"
    "degree|qualification|subject|grade|description|responsibilities|details|zeitraum|von|bis|"
    "tätigkeit|position|firma|arbeitgeber|ort|période|poste|entreprise|lieu|periodo|puesto|empresa|"
    "lugar|período|cargo|local".split("|")
)
_LONGEST_COLUMNS = 120  # characters
_LABEL_WORDS = 4  # a line of more words says something by itself


@dataclass(frozen=True, slots=True)
class ReadEntries:
    """The entries of a section, its bullets outside them, and what heads have no room for."""

    entries: tuple[Entry, ...]
    bullets: tuple[Bullet, ...]
    unplaced: tuple[Bullet, ...]


def has_entries(lines: Sequence[Line]) -> bool:
    """Tell whether the lines of a section of another kind hold entries nevertheless."""
    if any(line.kind is LineKind.HEADING for line in lines):
        return True
    return any(
        line.kind is LineKind.PARAGRAPH
        and after.kind is LineKind.ITEM
        and locate_period(line.plain) is not None
        for line, after in pairwise(lines)
    )


def read_entries(lines: Sequence[Line], kind: SectionKind, factory: BulletFactory) -> ReadEntries:
    """Cut the lines of a section into entries, and read these."""
    columns = [line for line in lines[:1] if _names_columns(line)]
    drafts, loose = Grouping(lines[len(columns) :], kind).cut()
    bullets = [factory.make(text, line=line.number) for line in loose if (text := clean(line.text))]
    entries: list[Entry] = []
    unplaced = [factory.make(clean(line.text), line=line.number) for line in columns]
    for draft in drafts:
        head = draft.says
        entries.append(_entry(draft, factory))
        number = draft.head[0].number
        unplaced += [factory.make(text, line=number) for text in head.durations]
        unplaced += [
            factory.make(RichText.of([Run(link, link=link)]), line=number)
            for link in _links(draft)[1:]
        ]
    return ReadEntries(tuple(entries), tuple(bullets), tuple(unplaced))


def _entry(draft: Draft, factory: BulletFactory) -> Entry:
    head, line = draft.says, draft.head[0].number
    bullets = [factory.make(text, line=line) for text in head.others]
    for part in _joined_to_labels(draft.body):
        text = clean(part.text)
        if text:
            bullets.append(factory.make(text, line=part.number))
    return Entry(
        factory.unique("e", f"{' '.join(head.titles)} {head.organisation}"),
        head.titles,
        head.organisation,
        head.place,
        head.period,
        tuple(bullets),
        line,
        next(iter(_links(draft)), None),
    )


def _names_columns(line: Line) -> bool:
    """Tell the first row of a table, which says what its columns hold."""
    if len(line.plain) > _LONGEST_COLUMNS:
        return False
    cells = [clean_text(cell).casefold().strip(" :") for cell in pieces(line.plain, BAR)]
    return len(cells) > 1 and all(cell in _COLUMNS for cell in cells)


def _links(draft: Draft) -> list[str]:
    """Return the addresses of a head; an entry has room for the first."""
    behind = [
        run.link
        for line in draft.lines
        for run in line.text.runs
        if run.link and web_address(run.link) and not run.link.lower().startswith("mailto:")
    ]
    return list(dict.fromkeys((*behind, *draft.says.links)))


def _joined_to_labels(lines: Sequence[Line]) -> Iterator[Line]:
    """Put a label such as "Achievements:" in front of the first item below it."""
    label: Line | None = None
    for line in lines:
        current = line
        if label and _is_below(line, label):
            current = replace(line, text=label.text + RichText.of(" ") + clean(line.text))
        elif label:
            yield label
        label = None
        if current is line and is_label(line) and len(line.plain.split()) <= _LABEL_WORDS:
            label = line
        else:
            yield current
    if label:
        yield label


def _is_below(line: Line, label: Line) -> bool:
    if line.kind is not LineKind.ITEM or not label.plain.rstrip().endswith(":"):
        return False
    return label.kind is not LineKind.ITEM or line.level > label.level
