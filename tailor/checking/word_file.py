"""A Word file as its rules look at it: paragraphs with their styles, and the package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tailor.checking.findings import Place
from tailor.reading.word.inline import ALTERNATIVES, chosen
from tailor.reading.word.package import Package, Part, W
from tailor.reading.word.styles import StyleSheet

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from tailor.reading.files import Content

_WORDS_SHOWN = 6
_TEXT: Final = frozenset({f"{W}t", f"{W}delText"})
_UNSHOWN: Final = frozenset({f"{W}del", f"{W}moveFrom"})


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph of the text; `style` is the name of its style, `heading` its level or 0."""

    element: Element
    text: str
    place: Place
    style: str
    heading: int
    in_list: bool


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file taken apart. `paragraphs` are those of the text, in the file's order."""

    package: Package
    document: Part
    looks: StyleSheet
    style_names: dict[str, str]
    paragraphs: tuple[WordParagraph, ...] = field(repr=False)
    places: dict[Element, Place] = field(repr=False)

    @property
    def shown(self) -> Sequence[WordParagraph]:
        """The paragraphs that have text."""
        return [paragraph for paragraph in self.paragraphs if paragraph.text.strip()]

    def place_of(self, element: Element) -> Place:
        """Return the place of the paragraph around an element, or of the first inside of it."""
        around = next(element.iterancestors(f"{W}p"), None)
        inside = next(element.iter(f"{W}p"), None) if around is None else around
        return self.places.get(inside, Place()) if inside is not None else Place()


def read_word_file(content: Content) -> WordFile:
    """Take a Word file apart; raise CvError if it is damaged or has too much in it."""
    package = Package(content)
    document = package.document()
    styles, numbering = (package.related(document, kind) for kind in ("styles", "numbering"))
    looks = StyleSheet(styles.root if styles else None, numbering.root if numbering else None)
    names: dict[str, str] = {}
    for style in styles.root.iterchildren(f"{W}style") if styles else ():
        name = style.find(f"{W}name")
        names[style.get(f"{W}styleId", "")] = name.get(f"{W}val", "") if name is not None else ""
    paragraphs = tuple(_paragraphs(document.root, looks, names))
    places = {paragraph.element: paragraph.place for paragraph in paragraphs}
    return WordFile(package, document, looks, names, paragraphs, places)


def iter_shown(root: Element, *tags: str) -> Iterator[Element]:
    """Yield the elements of some tags; of alternatives those of the one that readers take."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in tags:
            yield element
        form = chosen(element) if element.tag == ALTERNATIVES else element
        waiting += reversed(element) if form is element else [form]


def text_of(element: Element) -> str:
    """Return the characters of a paragraph with its tabs, without those of its text boxes."""
    found: list[str] = []
    _collect(element, found)
    return "".join(found)


def text_of_all(element: Element) -> str:
    """Return the text of all paragraphs below an element."""
    return " ".join(text_of(paragraph) for paragraph in element.iter(f"{W}p"))


def number_of(value: str | None) -> int:
    """Return the number that an attribute says, 0 where it says none."""
    try:
        return int(value or "0")
    except ValueError:
        return 0


def beginning(text: str) -> str:
    """Return the first words of a text."""
    words = text.split()
    return " ".join(words[:_WORDS_SHOWN]) + ("…" if len(words) > _WORDS_SHOWN else "")


def _collect(element: Element, found: list[str]) -> None:
    for child in element:
        if child.tag == f"{W}t":
            found.append(child.text or "")
        elif child.tag in {f"{W}tab", f"{W}ptab"} and element.tag == f"{W}r":
            found.append("\t")
        elif child.tag in {f"{W}br", f"{W}cr"}:
            found.append("\n")
        elif child.tag == f"{W}noBreakHyphen":
            found.append("-")
        elif child.tag not in _UNSHOWN and child.tag not in {f"{W}pPr", f"{W}txbxContent"}:
            _collect(child, found)


def _paragraphs(root: Element, looks: StyleSheet, names: dict[str, str]) -> Iterator[WordParagraph]:
    page = 1 if any(True for _ in root.iter(f"{W}lastRenderedPageBreak")) else 0
    for number, element in enumerate(iter_shown(root, f"{W}p"), start=1):
        properties = element.find(f"{W}pPr")
        look = looks.paragraph(properties)
        text = text_of(element)
        yield WordParagraph(
            element,
            text,
            Place(number, beginning(text), page),
            names.get(look.style, look.style),
            0 if look.title else look.heading,
            look.depth > 0,
        )
        if page:
            page += sum(1 for _ in element.iter(f"{W}lastRenderedPageBreak"))
