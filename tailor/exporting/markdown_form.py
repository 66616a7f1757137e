"""A whole CV as Markdown that a person edits and `tailor.reading.master.form` reads back.

Each line is written so that CommonMark shows its text, and the reader reads the same value: both
are asked before a line is taken. Which characters Markdown takes for marks depends on what stands
around them, so a line is tried without escapes, and one sort of character after the other is
escaped only if the line would be read as something else.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator, Sequence

from tailor.reading.cv.entry_head import EntryHead
from tailor.reading.cv.numbering import renumbered, tidy
from tailor.reading.field import runs_of
from tailor.reading.master import lines as form
from tailor.reading.master.form import MARK, check_mark
from tailor.values.cv import Bullet, Contact, Cv, Doubt, Entry, RichText, Run, Section, SectionKind

_BAR = " | "
# What CommonMark makes of a line of each kind.
_BLOCKS = {
    form.BlockKind.HEADING: ("heading",),
    form.BlockKind.ITEM: ("bullet_list", "list_item", "paragraph"),
    form.BlockKind.TEXT: ("paragraph",),
}

Escapes = frozenset[str]
Render = Callable[[Escapes], str]
# A line of nothing but text, in which no character can be a mark.
_PLAIN = re.compile(r"[^\W\d_][^\\`*_\[\]<>&|~]*")

# Sorts of characters that may have to be escaped, each with where they could be marks.
_SORTS = {
    "start": re.compile(r"^\S"),
    "number": re.compile(r"^\d{1,9}([.)])(?=\s|$)"),
    "end": re.compile(r"#$"),
    "bar": re.compile(r"\|"),
    "arrow": re.compile(r"»"),
    "entity": re.compile(r"&(?=#|\w+;)"),
    "backslash": re.compile(r"\\"),
    "tick": re.compile(r"`"),
    "star": re.compile(r"(?<!\s)\*|\*(?!\s)"),
    "underscore": re.compile(r"(?<![^\W_])_|_(?![^\W_])"),
    "closing": re.compile(r"\]"),
    "opening": re.compile(r"\["),
    "bang": re.compile(r"!$"),
    "autolink": re.compile(r"(?!)"),  # no character: whether "<address>" may be written
    "stars": re.compile(r"(?!)"),  # whether "**" may be written for "<b>"
}
# What the parser cannot tell: HTML, which no reader would show, and marks of GitHub's own.
_ALWAYS = re.compile(r"<(?=[A-Za-z/!?])|~(?=~)|(?<=~)~|^\[(?=[ xX]\]\s)")
_NONE: Escapes = frozenset()

_AUTOLINK = re.compile(r"(?:https?|mailto):[^\s<>\x00-\x1f]*", re.IGNORECASE)
_ENTITY = re.compile(r"&(?=#|\w+;)")
_PLAIN_ADDRESS = re.compile(r"[^\s()<>\x00-\x1f]*(?:\([^\s()<>\x00-\x1f]*\)[^\s()<>\x00-\x1f]*)*")


def to_markdown(cv: Cv) -> str:
    """Return `cv` in the Markdown form of a master CV.

    `read_master_form` gives an equal CV again, if `cv` is `renumbered` as those that
    are read from files; written again, that is the same text.
    """
    cv = renumbered(cv)
    parts = [f"{MARK}\n{_field('# ', cv.name)}"]
    if cv.headline:
        parts.append(_field("", cv.headline))
    parts += _list([_contact(contact) for contact in cv.contacts] + _nationality(cv.nationality))
    marks = _checks(cv.doubts)
    for section in cv.sections:
        parts += _section(section, marks)
    if cv.unplaced:
        parts += [f"## {form.UNPLACED}", *_list([_line("- ", bullet) for bullet in cv.unplaced])]
    return "\n\n".join(parts) + "\n"


def _list(lines: list[str]) -> list[str]:
    return ["\n".join(lines)] if lines else []


def _field(mark: str, words: str) -> str:
    """Return the line of the name or headline, behind its mark."""
    kind = form.BlockKind.HEADING if mark else form.BlockKind.TEXT
    return _written(
        [lambda escapes: f"{mark}{_escaped(words, escapes)}"],
        kind,
        words,
        lambda raw: form.read_field(raw) == words,
    )


def _contact(contact: Contact) -> str:
    label = contact.kind.value.capitalize()
    if contact.link == form.own_link(contact.kind, contact.text):
        text = RichText.of(contact.text)
    else:
        text = RichText((Run(contact.text, link=contact.link or ""),))
    return _labelled(label, text, lambda raw: form.read_contact(raw) == contact)


def _nationality(nationality: str) -> list[str]:
    if not nationality:
        return []
    text = RichText.of(nationality)
    return [_labelled("Nationality", text, lambda raw: form.read_nationality(raw) == nationality)]


def _labelled(label: str, text: RichText, is_meant: Callable[[str], bool]) -> str:
    return _written(
        [lambda escapes: f"- {label}: {_markup(text, escapes)}"],
        form.BlockKind.ITEM,
        f"{label}: {text.plain}",
        is_meant,
    )


def _checks(doubts: Iterable[Doubt]) -> dict[int, list[str]]:
    """Return the comments that mark what is to be looked at, by the line of the source."""
    found: dict[int, list[str]] = {}
    for doubt in doubts:
        found.setdefault(doubt.line, []).append(check_mark(doubt.message))
    return found


def _section(section: Section, checks: dict[int, list[str]]) -> Iterator[str]:
    yield _section_heading(section)
    if section.kind is SectionKind.SUMMARY:
        yield from (_line("", bullet) for bullet in section.bullets)
    else:
        yield from _list([_line("- ", bullet) for bullet in section.bullets])
    for entry in section.entries:
        head = [_entry_heading(entry, section.kind), form.format_period(entry.period)]
        head += [_address(entry.link)] if entry.link else []
        for line in dict.fromkeys((entry.line, *(bullet.line for bullet in entry.bullets))):
            head += checks.pop(line, [])  # once, where several entries are of one line
        yield "\n".join(line for line in head if line)
        yield from _list([_line("- ", bullet) for bullet in entry.bullets])


def _section_heading(section: Section) -> str:
    meant = form.SectionHeading(section.kind, section.heading, section.note)
    mark = f"<!-- kind: {section.kind.value} -->"

    def render(bar: str, ending: str) -> Render:
        return lambda escapes: _joined(
            "##", _escaped(section.heading, escapes), bar, _markup(section.note, escapes), ending
        )

    bars = ["|"] if section.note else ["", "|"]
    return _written(
        [render(bar, end) for end in ("", mark) for bar in bars],
        form.BlockKind.HEADING,
        _joined(section.heading, "|" if section.note else "", section.note.plain),
        lambda raw: form.read_section_heading(raw) == meant,
    )


def _entry_heading(entry: Entry, kind: SectionKind) -> str:
    meant = EntryHead(entry.titles, entry.organisation, entry.place)
    cells = [entry.titles, (entry.organisation,), (entry.place,)]
    while cells and not any(cells[-1]):
        cells.pop()

    def row(write: Callable[[str, Escapes], str], escapes: Escapes = _NONE) -> str:
        parts: list[str] = []
        for number, texts in enumerate(cells, 1):
            # Only a last cell could be taken for dates, and need its first letter escaped.
            own = escapes if number == len(cells) else escapes - {"start"}
            parts += ["|"] * (number > 1) + [
                f" {form.ARROW} ".join(write(text, own) for text in texts)
            ]
        return _joined(*parts)

    def render(bar: str) -> Render:
        return lambda escapes: _joined("###", row(_escaped, escapes), bar)

    return _written(
        [render(""), render("|")],
        form.BlockKind.HEADING,
        row(lambda text, _: text),
        lambda raw: form.read_entry_heading(raw, kind) == meant,
    )


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _address(link: str) -> str:
    text = RichText((Run(link, link=link),))
    return _written(
        [lambda escapes: _markup(text, escapes)], form.BlockKind.TEXT, text, lambda _: True
    )


def _line(mark: str, bullet: Bullet) -> str:
    """Return the line of a bullet behind ``- ``, or of a paragraph behind no mark."""
    text = bullet.text
    if bullet.mark:
        text += RichText.of(f" [{bullet.mark}]")
    cell = f"{_BAR}{form.format_date(bullet.date)}" if bullet.date else ""
    if not cell and text == RichText.of(text.plain) and _PLAIN.fullmatch(text.plain):
        return f"{mark}{text.plain}"
    return _written(
        [lambda escapes: f"{mark}{_markup(text, escapes)}{cell}"],
        form.BlockKind.ITEM if mark else form.BlockKind.TEXT,
        text + RichText.of(cell),
        lambda raw: form.read_item(raw) == (text, bullet.date),
    )


def _written(
    renders: Sequence[Render],
    kind: form.BlockKind,
    words: str | RichText,
    is_meant: Callable[[str], bool],
) -> str:
    """Return the first of the lines that is shown and read as meant, with few escapes.

    `renders` make a line each, the nicest first. CommonMark has to show it as a block of `kind`
    with these `words` (with their styles, if it is a rich text; perhaps with the bar that ends a
    cell, if it is not), and the reader of the form has to take what stands behind its mark for
    what `is_meant`.
    """

    def reads_back(line: str) -> bool:
        block, seen = form.begin_block(line), _shown(line, *_BLOCKS[kind])
        if block is None or block.kind is not kind or seen is None or not is_meant(block.text):
            return False
        if isinstance(words, RichText):
            return seen == words
        return seen.plain in {words, f"{words} |".strip()}

    for render in renders:
        line = render(_NONE)
        if reads_back(line):
            return line
        kept = frozenset(_SORTS)
        line = render(kept)
        if not reads_back(line):
            continue
        for sort in _SORTS:
            shorter = render(kept - {sort})
            if shorter == line or reads_back(shorter):
                kept, line = kept - {sort}, shorter
        return line
    raise AssertionError(f"a line that cannot be written: {renders[-1](_NONE)!r}")


def _shown(line: str, *blocks: str) -> RichText | None:
    """Return what CommonMark shows of `line`, if it makes it just these `blocks`, else None."""
    environment: dict[str, object] = {}
    tokens = form.parser().parse(line, environment)
    opened = tuple(token.type.removesuffix("_open") for token in tokens if token.nesting == 1)
    inline = [token for token in tokens if token.type == "inline"]
    others = any(token.nesting == 0 and token.type != "inline" for token in tokens)
    if opened != blocks or len(inline) > 1 or others or environment.get("references"):
        return None
    return tidy(RichText.of(run for token in inline for run in runs_of(token.children or [])))


def _escaped(text: str, escapes: Escapes) -> str:
    """Return `text` with these sorts of characters escaped."""
    at = {match.start() for match in _ALWAYS.finditer(text)}
    for sort in escapes:
        at |= {match.start(match.lastindex or 0) for match in _SORTS[sort].finditer(text)}
    if not at:
        return text
    return "".join(_escape(c) if index in at else c for index, c in enumerate(text))


def _escape(character: str) -> str:
    return f"\\{character}" if character in string.punctuation else f"&#{ord(character)};"


def _markup(text: RichText, escapes: Escapes) -> str:
    """Return rich text as inline Markdown: stars where they will be read as marks, else tags."""
    written = ""
    for index, run in enumerate(text.runs):
        behind = text.runs[index + 1] if index + 1 < len(text.runs) else None
        own = escapes - {"start", "number"} if written else escapes
        words = _words(run, own - {"end"} if behind else own)
        stars = "**" * run.bold + "*" * run.italic
        if stars and "stars" not in escapes and _fits_stars(run.text, written, behind):
            written += f"{stars}{words}{stars}"
        else:
            for tag in ["i"] * run.italic + ["b"] * run.bold:
                words = f"<{tag}>{words}</{tag}>"
            written += words
    return written


def _words(run: Run, escapes: Escapes) -> str:
    """Return what stands inside the marks of a run's styles."""
    if run.link is None:
        return _escaped(run.text, escapes)
    if run.link == run.text and _AUTOLINK.fullmatch(run.link) and "autolink" not in escapes:
        return f"<{run.link}>"
    return f"[{_escaped(run.text, escapes)}]({_destination(run.link, escapes)})"


def _fits_stars(words: str, before: str, behind: Run | None) -> bool:
    """Return whether stars around words can be nothing but their marks."""
    after = "" if behind is None else "[" if behind.link is not None else behind.text[:1]
    return (
        words == words.strip()
        and not before.endswith("*")  # which these would run into
        and _stands_apart(before[-1:], words[0])
        and _stands_apart(after, words[-1])
    )


def _stands_apart(outside: str, inside: str) -> bool:
    """Return whether a mark between these characters can only be the outer side of a style."""
    return not outside.strip() or inside.isalnum() or not outside.isalnum()


def _destination(link: str, escapes: Escapes) -> str:
    """Return an address as it stands in the brackets behind a link's text."""
    simple = _PLAIN_ADDRESS.fullmatch(link)
    marks = {match.start() for match in _ENTITY.finditer(link)}
    sorts = "\\" + ("" if simple else "<>") + ("|" if "bar" in escapes else "")
    marks |= {index for index, character in enumerate(link) if character in sorts}
    written = "".join(
        f"\\{c}" if index in marks else c if c.isprintable() else f"&#{ord(c)};"
        for index, c in enumerate(link)
    )
    return written if simple else f"<{written}>"
