"""The look of the page in figures, shared by the templates, the page estimate and the writer.

Also which paper, and which English, the country of a person uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from tailor.values.cv import ContactKind, Cv, RichText
from tailor.values.resources import data_table, data_toml

TWIPS_PER_POINT = 20
_POSTCODE = re.compile(r"(?<!\s)\s+[\d-]{3,10}$")
_AMERICAN_ENGLISH = frozenset({"US", "PH", "PR", "LR"})


class Style(StrEnum):
    """The paragraph styles of the page; the value is the style's id in the DOCX."""

    NAME = "PersonName"
    HEADLINE = "Headline"
    CONTACT = "Contact"
    SECTION = "Heading1"
    ENTRY = "Heading2"
    ORGANISATION = "Organisation"
    BULLET = "ListBullet"
    BODY = "BodyText"


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """The figures of a style: sizes and spaces in points, indents in twips (1/20 point).

    `spacing` is the line height as a multiple of the font's own; `font` is "" where it is that of
    the look; `caps` shows all letters as capitals; `is_tight` leaves no space between paragraphs
    of the style.
    """

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    color: str = "000000"
    before: float = 0
    after: float = 0
    left: int = 0
    hanging: int = 0
    keep_next: bool = False
    keep_lines: bool = False
    right_tab: bool = False
    rule_below: float = 0
    outline_level: int | None = None
    is_list: bool = False
    spacing: float = 1
    font: str = ""
    caps: bool = False
    is_tight: bool = False
    centered: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the page: its style, its text, and the id of the line of the CV it shows.

    A tab in the text goes to the right edge. `source` is "" for headings and other fixed parts
    of the page. `narrower` is by how many points its lines are shorter than the page allows, or
    below 0 by how many they are longer. If it `ends` what it heads, it may be the last of a page,
    whatever its style says.
    """

    style: Style
    text: RichText
    source: str = ""
    narrower: float = 0
    ends: bool = False


@dataclass(frozen=True, slots=True)
class PageSetup:
    """A paper with its margins, in twips."""

    name: str
    width: int
    height: int
    side: int = 1134
    top: int = 851
    bottom: int = 851

    @property
    def text_width(self) -> float:
        """The width of a line, in points."""
        return (self.width - 2 * self.side) / TWIPS_PER_POINT

    @property
    def text_height(self) -> float:
        """The height that text may fill, in points."""
        return (self.height - self.top - self.bottom) / TWIPS_PER_POINT


A4 = PageSetup("A4", 11906, 16838)
LETTER = PageSetup("Letter", 12240, 15840, side=1304)  # with lines as long as on A4


@dataclass(frozen=True, slots=True)
class Look:
    """A look of the page: its font and the figures of each style.

    `body_size` is the size in points of the body text. `unknown_fonts` are fonts of a user's own
    template whose letter widths are not known; those of another font are used instead.
    """

    name: str
    font: str
    accent: str
    body_size: float
    figures: tuple[tuple[Style, ParagraphStyle], ...]
    unknown_fonts: tuple[str, ...] = ()

    def __hash__(self) -> int:
        # Looks are part of many cache keys, and their names nearly always differ.
        return hash(self.name)


def template_name(look: Look, setup: PageSetup) -> str:
    """Return the name of the shipped template in `data/`."""
    return f"template_{look.name}_{setup.name.lower()}.docx"


def _read_looks() -> dict[str, Look]:
    """Return the looks of `data/looks.toml`: classic, and the others by what they change of it."""
    looks: dict[str, Look] = {}
    plain = {style: ParagraphStyle("", 0) for style in Style}
    for name, table in data_toml("looks.toml").items():
        base = dict(looks["classic"].figures) if looks else plain
        figures = {style: replace(base[style], **table.get(style.name, {})) for style in Style}
        font, accent, body_size = table["font"], table["accent"], table["body_size"]
        looks[name] = Look(name, font, accent, body_size, tuple(figures.items()))
    return looks


LOOKS = _read_looks()
CLASSIC = LOOKS["classic"]
FONT = CLASSIC.font
STYLES = dict(CLASSIC.figures)
BODY_SIZES = (9.5, 10, 10.5, 11)
# The least space in points between two entries beyond that between two bullets.
BETWEEN_ENTRIES = 5


@dataclass(frozen=True, slots=True)
class Design:
    """Everything that decides how words become a page: paper, look, body size in points.

    `template` is a DOCX made from a user's own template by `read_template`, or empty.
    `keep_headings` prints the headings of the CV in place of the usual ones; `plain_hyphens`
    writes periods with "-" in place of a dash; `dense` halves the space between paragraphs.
    """

    setup: PageSetup = A4
    look: Look = CLASSIC
    body_size: float = CLASSIC.body_size
    template: bytes = field(default=b"", repr=False)
    keep_headings: bool = False
    plain_hyphens: bool = False
    dense: bool = False

    @property
    def styles(self) -> Mapping[Style, ParagraphStyle]:
        """The figures of each style."""
        return _styles_of(self.look, self.body_size, self.dense)

    @property
    def font(self) -> str:
        """The name of the font."""
        return self.look.font

    @property
    def sizes(self) -> tuple[float, ...]:
        """The sizes the body may have, smallest first; with an own template only its own."""
        return (self.body_size,) if self.template else BODY_SIZES

    @classmethod
    def of(cls, setup: PageSetup, look: Look = CLASSIC, *, dense: bool = False) -> Design:
        """Return the design of a look on a paper, in its body size or, if dense, the smallest."""
        return cls(setup, look, BODY_SIZES[0] if dense else look.body_size, dense=dense)

    def at(self, body_size: float) -> Design:
        """Return the design in another body size, one of `BODY_SIZES`."""
        return replace(self, body_size=body_size)


# The styles whose size changes with that of the body.
WITH_THE_BODY = frozenset(
    {Style.SECTION, Style.ENTRY, Style.ORGANISATION, Style.BULLET, Style.BODY}
)
DEFAULT_DESIGN = Design()


@cache
def _styles_of(look: Look, body_size: float, dense: bool) -> Mapping[Style, ParagraphStyle]:
    more = body_size - look.body_size
    styles = {
        style: replace(figures, size=figures.size + more) if style in WITH_THE_BODY else figures
        for style, figures in look.figures
    }
    return _denser(styles) if dense else styles


def _denser(styles: Mapping[Style, ParagraphStyle]) -> dict[Style, ParagraphStyle]:
    """Return the styles with about half the space between paragraphs."""
    found = {
        style: replace(figures, before=round(figures.before) / 2, after=round(figures.after) / 2)
        for style, figures in styles.items()
    }
    least = found[Style.BULLET].after + BETWEEN_ENTRIES
    entry = found[Style.ENTRY]
    found[Style.ENTRY] = replace(entry, before=max(entry.before, least))
    return found


def paper_of(cv: Cv) -> PageSetup:
    """Return US Letter if the country of the CV uses it, else A4."""
    return LETTER if _papers().get(country_of(cv)) == LETTER.name else A4


def language_of(cv: Cv) -> str:
    """Return the language tag of the English of the CV's country; British if it is not known."""
    return "en-US" if country_of(cv) in _AMERICAN_ENGLISH else "en-GB"


def country_of(cv: Cv) -> str:
    """Return the two-letter code of the country in the contact details, "" if there is none."""
    for contact in cv.contacts:
        if contact.kind is ContactKind.PLACE:
            for part in reversed(contact.text.split(",")):
                code = _codes().get(_POSTCODE.sub("", part.strip()).casefold())
                if code:
                    return code
    return ""


@cache
def _papers() -> dict[str, str]:
    return {row["code"]: row["paper"] for row in data_table("countries.tsv")}


@cache
def _codes() -> dict[str, str]:
    """Return the codes of countries by their names, and by those of their cities and regions."""
    codes: dict[str, str] = {}
    for row in data_table("countries.tsv"):
        for name in (row["name"], *row["aliases"].split(";"), *row["cities"].split(";")):
            codes.setdefault(name.strip().casefold(), row["code"])
    for row in data_table("regions.tsv"):
        codes.setdefault(row["code"].casefold(), row["country"])
        codes.setdefault(row["name"].casefold(), row["country"])
    codes.pop("", None)
    return codes
