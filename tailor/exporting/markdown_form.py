"""A whole CV as Markdown that a person edits and `tailor.reading.master.form` reads back.

Each line is written so that CommonMark shows its text, and the reader reads
the same value: both are asked before a line is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tailor.exporting.markdown_text import (
    PLAIN,
    Escapes,
    Render,
    escaped,
    fewest_escapes,
    markup,
    shown,
)
from tailor.reading.cv.entry_head import EntryHead
from tailor.reading.cv.numbering import renumbered
from tailor.reading.master.blocks import BlockKind, begin_block
from tailor.reading.master.form import MARK
from tailor.reading.master.lines import (
    ARROW,
    UNPLACED,
    SectionHeading,
    format_date,
    format_period,
    own_link,
    read_contact,
    read_entry_heading,
    read_field,
    read_item,
    read_nationality,
    read_section_heading,
)
from tailor.values.cv import Bullet, Contact, Cv, Entry, RichText, Run, Section, SectionKind

_BAR = " | "
_ITEM = ("bullet_list", "list_item", "paragraph")


def to_markdown(cv: Cv) -> str:
    """Return `cv` in the Markdown form of a master CV.

    `read_master_form` gives an equal CV again, if `cv` is `renumbered` as those that
    are read from files; written again, that is the same text.
    """
    cv = renumbered(cv)
    parts = [f"{MARK}\n{_name(cv.name)}"]
    if cv.headline:
        parts.append(_headline(cv.headline))
    parts += _list([_contact(contact) for contact in cv.contacts] + _nationality(cv.nationality))
    for section in cv.sections:
        parts += _section(section)
    if cv.unplaced:
        parts += [f"## {UNPLACED}", *_list([_line("- ", bullet) for bullet in cv.unplaced])]
    return "\n\n".join(parts) + "\n"


def _list(lines: list[str]) -> list[str]:
    return ["\n".join(lines)] if lines else []


def _name(name: str) -> str:
    def reads_back(line: str) -> bool:
        block = begin_block(line)
        return (
            _shows(line, name, "heading") and block is not None and read_field(block.text) == name
        )

    return fewest_escapes([lambda escapes: f"# {escaped(name, escapes)}"], reads_back)


def _contact(contact: Contact) -> str:
    label = contact.kind.value.capitalize()
    if contact.link == own_link(contact.kind, contact.text):
        text = RichText.of(contact.text)
    else:
        text = RichText((Run(contact.text, link=contact.link or ""),))
    return _labelled(label, text, lambda raw: read_contact(raw) == contact)


def _nationality(nationality: str) -> list[str]:
    if not nationality:
        return []
    text = RichText.of(nationality)
    return [_labelled("Nationality", text, lambda raw: read_nationality(raw) == nationality)]


def _labelled(label: str, text: RichText, means_it: Callable[[str], bool]) -> str:
    def reads_back(line: str) -> bool:
        return _shows(line, f"{label}: {text.plain}", *_ITEM) and means_it(line.removeprefix("- "))

    return fewest_escapes([lambda escapes: f"- {label}: {markup(text, escapes)}"], reads_back)


def _section(section: Section) -> Iterator[str]:
    yield _section_heading(section)
    if section.kind is SectionKind.SUMMARY:
        yield from (_line("", bullet) for bullet in section.bullets)
    else:
        yield from _list([_line("- ", bullet) for bullet in section.bullets])
    for entry in section.entries:
        head = [_entry_heading(entry, section.kind), format_period(entry.period)]
        head += [_address(entry.link)] if entry.link else []
        yield "\n".join(line for line in head if line)
        yield from _list([_line("- ", bullet) for bullet in entry.bullets])


def _section_heading(section: Section) -> str:
    meant = SectionHeading(section.kind, section.heading, section.note)
    words = _joined(section.heading, "|" if section.note else "", section.note.plain)
    mark = f"<!-- kind: {section.kind.value} -->"

    def render(bar: str, ending: str) -> Render:
        return lambda escapes: _joined(
            "##", escaped(section.heading, escapes), bar, markup(section.note, escapes), ending
        )

    def reads_back(line: str) -> bool:
        raw = begin_block(line)
        return (
            raw is not None
            and _shows(line, words, "heading")
            and read_section_heading(raw.text) == meant
        )

    bars = ["|"] if section.note else ["", "|"]
    return fewest_escapes([render(bar, end) for end in ("", mark) for bar in bars], reads_back)


def _entry_heading(entry: Entry, kind: SectionKind) -> str:
    meant = EntryHead(entry.titles, entry.organisation, entry.place)

    cells = [entry.titles, (entry.organisation,), (entry.place,)]
    while cells and not any(cells[-1]):
        cells.pop()

    def row(write: Callable[[str, Escapes], str], escapes: Escapes = frozenset()) -> str:
        parts: list[str] = []
        for number, texts in enumerate(cells, 1):
            # Only a last cell could be taken for dates, and need its first letter escaped.
            own = escapes if number == len(cells) else escapes - {"start"}
            parts += ["|"] * (number > 1) + [f" {ARROW} ".join(write(text, own) for text in texts)]
        return _joined(*parts)

    def reads_back(line: str) -> bool:
        block = begin_block(line)
        return (
            block is not None
            and _shows(line, row(lambda text, _: text), "heading")
            and read_entry_heading(block.text, kind) == meant
        )

    def render(bar: str) -> Render:
        return lambda escapes: _joined("###", row(escaped, escapes), bar)

    return fewest_escapes([render(""), render("|")], reads_back)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _shows(line: str, words: str, *blocks: str) -> bool:
    """Tell whether `line` is shown as `words`, perhaps with the bar that ends a cell."""
    seen = shown(line, *blocks)
    return seen is not None and seen.plain in {words, f"{words} |".strip()}


def _headline(headline: str) -> str:
    def reads_back(line: str) -> bool:
        return (
            _begins(line, BlockKind.TEXT)
            and _shows(line, headline, "paragraph")
            and read_field(line) == headline
        )

    return fewest_escapes([lambda escapes: escaped(headline, escapes)], reads_back)


def _address(link: str) -> str:
    text = RichText((Run(link, link=link),))
    return fewest_escapes(
        [lambda escapes: markup(text, escapes)], lambda line: shown(line, "paragraph") == text
    )


def _line(mark: str, bullet: Bullet) -> str:
    """Write a bullet behind ``- ``, or as a paragraph behind no mark."""
    text = bullet.text
    if bullet.mark:
        text += RichText.of(f" [{bullet.mark}]")
    cell = f"{_BAR}{format_date(bullet.date)}" if bullet.date else ""
    if not cell and text == RichText.of(text.plain) and PLAIN.fullmatch(text.plain):
        return f"{mark}{text.plain}"
    kind, blocks = (BlockKind.ITEM, _ITEM) if mark else (BlockKind.TEXT, ("paragraph",))
    everything = text + RichText.of(cell)

    def reads_back(line: str) -> bool:
        return (
            _begins(line, kind)
            and shown(line, *blocks) == everything
            and read_item(line.removeprefix(mark)) == (text, bullet.date)
        )

    return fewest_escapes([lambda escapes: f"{mark}{markup(text, escapes)}{cell}"], reads_back)


def _begins(line: str, kind: BlockKind) -> bool:
    block = begin_block(line)
    return block is not None and block.kind is kind
