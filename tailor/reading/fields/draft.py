"""The CV that a file with fields becomes: entries, lines and sections.

What no part of a `Cv` has room for is kept aside as "path: value"; what is wrong
with a file's form becomes a warning with its path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tailor.reading.cv.numbering import dated_bullet, renumbered
from tailor.reading.field import (
    between,
    email_contact,
    inline_markdown,
    is_html,
    read_date,
    typed_lines,
    web_link,
)
from tailor.reading.fields.data import Value, flat
from tailor.reading.files import Content
from tailor.reading.lines import clean, clean_text
from tailor.values import limits
from tailor.values.cv import (
    Bullet,
    Contact,
    Cv,
    Date,
    Period,
    RichText,
    Run,
    Section,
    SectionKind,
)

if TYPE_CHECKING:
    from tailor.reading.fields.model import Part

# Lines of these are told apart by their dates, and never cut into statements.
DATED = frozenset(
    {SectionKind.PUBLICATIONS, SectionKind.AWARDS, SectionKind.CERTIFICATES, SectionKind.OTHER}
)
_MOST_WARNINGS = 20
_LONGEST_PACKED = 90  # characters; single skills are put together up to a line of a page


class Draft:
    """Makes the parts of one `Cv`, and collects what goes aside.

    With `markdown`, bold, italics and links are read in the texts of bullets.
    """

    def __init__(self, content: Content, *, markdown: bool = True) -> None:
        self._content = content
        self._markdown = markdown
        self._lines = 0
        self._unplaced: list[Bullet] = []
        self._warnings: dict[str, str] = {}

    def warn(self, path: str, finding: str) -> None:
        """Note what is wrong at `path`; the first finding of each path counts."""
        self._warnings.setdefault(path, clean_text(f"{path}: {finding}" if path else finding))

    def unplace(self, path: str, value: Value | RichText) -> None:
        """Keep a value aside, each text in it on a line with its path."""
        lines = [(path, value)] if isinstance(value, RichText) else flat(value, path)
        for where, text in lines:
            rich = text if isinstance(text, RichText) else RichText.of(text)
            if any(c.isprintable() and not c.isspace() for c in rich.plain):
                # Not cleaned as a whole: what looks like a list glyph belongs to the value.
                line = RichText.of(f"{where}: " if where else "") + rich
                self._unplaced.append(self._counted(Bullet.bare(clean(line))))

    def unplace_rest(self, part: Part) -> None:
        """Keep aside the keys of `part` that its form does not know."""
        for key, value in (part.model_extra or {}).items():
            self.unplace(part.where(key), value)

    def unplace_fields(self, part: Part) -> None:
        """Keep aside the keys of `part` that its form knows."""
        for key in type(part).model_fields:
            self.unplace(part.where(key), getattr(part, key))

    # Fields

    def typed(self, text: str) -> list[str | RichText]:
        """Return the lines of a text: as they were typed, or as a browser would show its HTML."""
        if not is_html(text):
            return [*typed_lines(text)]
        # Few files have HTML in them, and only those need lxml.
        from tailor.reading.web.lines import page_lines  # noqa: PLC0415
        from tailor.reading.web.page import is_unseen, parse_text  # noqa: PLC0415

        root = parse_text(text, self._content)
        return [line.text for line in page_lines(root, self._content, is_unseen)]

    def rich(self, text: str | RichText) -> RichText:
        """Return the text of a field, clean, with its Markdown read if the format has any."""
        if isinstance(text, RichText):
            return clean(text)
        line = clean_text(text)
        return clean(inline_markdown(line)) if self._markdown else RichText.of(line)

    def link(self, path: str, text: str) -> str | None:
        """Return the http(s) address that `text` is; what is none is kept aside."""
        address = web_link(clean_text(text))
        if not address:
            self.unplace(path, text)
        return address

    def email(self, path: str, text: str) -> Iterator[Contact]:
        """Yield the e-mail address that `text` is; what is none is kept aside."""
        contact = email_contact(text)
        if contact:
            yield contact
        else:
            self.warn(path, "is no e-mail address; kept aside")
            self.unplace(path, text)

    def date(self, path: str, text: str) -> Date | None:
        """Return the date that `text` is; what is none is a finding."""
        date = read_date(text) if text else None
        if text and date is None:
            self.warn(path, "is no date that can be read; kept as text")
        return date

    def period(self, start: tuple[str, str], end: tuple[str, str]) -> tuple[Period, str]:
        """Return the period between two dates, each given by its path and its text.

        What cannot be read as a period is returned as text.
        """
        period = between(start[1], end[1])
        if period is not None:
            return period, ""
        for path, text in (start, end):
            if text and between(text, "present") is None:
                self.date(path, text)
        return Period(), " – ".join(text for _, text in (start, end) if text)

    # Parts of the CV

    def bullets(self, texts: Iterable[str | RichText]) -> tuple[Bullet, ...]:
        """Return the bullets of an entry, or of a section whose lines are cut into statements."""
        return tuple(self._counted(Bullet.bare(text)) for text in map(self.rich, texts) if text)

    def lines(self, kind: SectionKind, texts: Iterable[str | RichText]) -> tuple[Bullet, ...]:
        """Return lines outside entries; where the kind has dated lines, with their dates."""
        if kind not in DATED:
            return self.bullets(texts)
        made = (dated_bullet(text, 0) for text in map(self.rich, texts) if text)
        return tuple(bullet for bullet in map(self._counted, made) if bullet.text)

    def dated_line(self, text: RichText, date: Date | None) -> Bullet:
        """Return one line outside entries with the date that a field gives it."""
        return self._counted(Bullet.bare(clean(text), date=date))

    def cv(
        self,
        name: str,
        headline: str = "",
        contacts: Iterable[Contact] = (),
        nationality: str = "",
        sections: Iterable[Section] = (),
        *,
        where_name: str,
        where_entries: str,
    ) -> Cv:
        """Return the whole; raise CvError without a name or an entry, saying where they belong."""
        kept = tuple(s for s in sections if s.entries or s.bullets or s.note)
        if not name:
            raise self._content.error(f"no name found; give it as {where_name}")
        if not any(section.entries for section in kept):
            raise self._content.error(
                f"no position, degree or project found; give at least one in {where_entries}"
            )
        source, warnings = self._content.source, tuple(self._bounded_warnings())
        once = tuple(dict.fromkeys(contacts))
        unplaced = tuple(self._unplaced)
        return renumbered(Cv(name, headline, once, nationality, kept, unplaced, source, warnings))

    def _bounded_warnings(self) -> Iterator[str]:
        found = list(self._warnings.values())
        yield from found[:_MOST_WARNINGS]
        if len(found) > _MOST_WARNINGS:
            yield f"{len(found) - _MOST_WARNINGS} findings more of this kind"

    def _counted(self, bullet: Bullet) -> Bullet:
        self._lines += 1
        if self._lines > limits.in_force().lines:
            raise self._content.beyond("lines", f"has more than {limits.spelt('lines')} lines")
        return bullet


def joined(parts: Iterable[RichText], separator: str) -> RichText:
    """Return the parts that are not empty with the separator between them."""
    whole = RichText()
    for part in parts:
        if part:
            whole = whole + RichText.of(separator) + part if whole else part
    return whole


def sentences(parts: Iterable[RichText]) -> RichText:
    """Return the parts one after another, each but the last closed by a full stop."""
    whole = RichText()
    for part in parts:
        if part and whole:
            stop = " " if whole.plain.endswith((".", "!", "?", ":", "”", '."')) else ". "
            whole += RichText.of(stop)
        whole += part
    return whole


def linked(text: RichText, link: str | None) -> RichText:
    """Return the text with a link behind all of it that has none yet."""
    return RichText.of(Run(r.text, r.bold, r.italic, r.link or link) for r in text.runs)


def packed(items: Iterable[str]) -> list[str]:
    """Join single items by commas, to lines that fit a page."""
    packs: list[str] = []
    for item in items:
        if packs and len(packs[-1]) + len(item) + 2 <= _LONGEST_PACKED:
            packs[-1] += f", {item}"
        else:
            packs.append(item)
    return packs
