"""What files with fields have in common: entries, lines and sections with one set of ids.

What no part of a `Cv` has room for is kept aside as "path: value"; what is wrong
with a file's form becomes a warning with its path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tailor.reading.cv.listings import dated_bullet, language_items, skill_items
from tailor.reading.fields.data_files import Value
from tailor.reading.fields.field_text import inline_markdown
from tailor.reading.files import Content
from tailor.reading.lines import clean, clean_text
from tailor.values import limits
from tailor.values.cv import (
    Bullet,
    BulletFactory,
    Contact,
    Cv,
    Date,
    Entry,
    Period,
    RichText,
    Run,
    Section,
    SectionKind,
)
from tailor.values.errors import TailorError

# Lines of these are told apart by their dates, and never cut into statements.
DATED = frozenset(
    {
        SectionKind.PUBLICATIONS,
        SectionKind.AWARDS,
        SectionKind.CERTIFICATES,
        SectionKind.OTHER,
    }
)
_MOST_WARNINGS = 20
_LONGEST_PACKED = 90  # characters; single skills are put together up to a line of a page


class Assembly:
    """Makes the parts of one `Cv`, and collects what goes aside.

    With `markdown`, bold, italics and links are read in the texts of bullets.
    """

    def __init__(self, content: Content, *, markdown: bool = True) -> None:
        self.content = content
        self._markdown = markdown
        self._factory = BulletFactory()
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
                self._unplaced.append(self._make(clean(line)))

    def rich(self, text: str) -> RichText:
        """Return the text of a field, clean, with its Markdown read if the format has any."""
        plain = clean_text(text)
        return clean(inline_markdown(plain)) if self._markdown else RichText.of(plain)

    def bullets(self, texts: Iterable[str | RichText]) -> tuple[Bullet, ...]:
        """Return the bullets of an entry, or of a section whose lines are cut into statements."""
        made = (text if isinstance(text, RichText) else self.rich(text) for text in texts)
        return tuple(self._make(text) for text in map(clean, made) if text)

    def lines(self, kind: SectionKind, texts: Iterable[str | RichText]) -> tuple[Bullet, ...]:
        """Return lines outside entries; where the kind has dated lines, with their dates."""
        if kind not in DATED:
            return self.bullets(texts)
        made = (text if isinstance(text, RichText) else self.rich(text) for text in texts)
        found = (self._counted(dated_bullet(text, 0, self._factory)) for text in made if text)
        return tuple(bullet for bullet in found if bullet.text)

    def dated_line(self, kind: SectionKind, text: RichText, date: Date | None) -> Bullet:
        """Return one line outside entries with the date that a field gives it."""
        return self._make(clean(text), date=date, divisible=kind not in DATED)

    def entry(
        self,
        titles: Iterable[str],
        organisation: str,
        place: str = "",
        period: Period | None = None,
        texts: Iterable[str | RichText] = (),
        link: str | None = None,
    ) -> Entry:
        """Return an entry; `texts` become its bullets."""
        held = tuple(title for title in titles if title)
        entry_id = self._factory.unique("e", f"{' '.join(held)} {organisation}")
        bullets = self.bullets(texts)
        return Entry(entry_id, held, organisation, place, period or Period(), bullets, link=link)

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
            raise self.content.error(f"no name found; give it as {where_name}")
        if not any(section.entries for section in kept):
            raise self.content.error(
                f"no position, degree or project found; give at least one in {where_entries}"
            )
        source, warnings = self.content.source, tuple(self._bounded_warnings())
        once = tuple(dict.fromkeys(contacts))
        unplaced = tuple(self._unplaced)
        return Cv(name, headline, once, nationality, kept, unplaced, source, warnings)

    def _bounded_warnings(self) -> Iterator[str]:
        found = list(self._warnings.values())
        yield from found[:_MOST_WARNINGS]
        if len(found) > _MOST_WARNINGS:
            yield f"{len(found) - _MOST_WARNINGS} findings more of this kind"

    def _make(self, text: RichText, *, date: Date | None = None, divisible: bool = True) -> Bullet:
        return self._counted(self._factory.make(text, date=date, divisible=divisible))

    def _counted(self, bullet: Bullet) -> Bullet:
        self._lines += 1
        if self._lines > limits.in_force().lines:
            raise self.too_long()
        return bullet

    def too_long(self) -> TailorError:
        """Return the error of a file with too many lines."""
        return self.content.beyond("lines", f"has more than {limits.spelt('lines')} lines")


def section(
    kind: SectionKind,
    heading: str,
    entries: Sequence[Entry] = (),
    bullets: Sequence[Bullet] = (),
    note: RichText | None = None,
) -> Section:
    """Return a section; its items are found in its bullets, as in CVs of any format."""
    read = {SectionKind.SKILLS: skill_items, SectionKind.LANGUAGES: language_items}.get(kind)
    items = tuple(item for b in bullets for item in read(b.text.plain)) if read else ()
    return Section(kind, heading, note or RichText(), tuple(entries), tuple(bullets), items)


def flat(value: Value, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text and number in a value with its path; None and empty texts are left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            name = clean_text(key)
            yield from flat(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from flat(inner, f"{path}[{number}]")
    elif value is not None and value != "":
        yield path, scalar_text(value)


def scalar_text(value: str | float | bool) -> str:
    """Return a text, number or truth value as it stands in the file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


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
