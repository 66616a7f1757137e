"""A Word file as its rules look at it: its paragraphs with their places and looks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx.text.paragraph import Paragraph
from docx.text.run import Run

from tailor.checking.findings import Place, beginning
from tailor.reading.word.file import open_document
from tailor.reading.word.flatten import W, flatten, runs_of
from tailor.reading.word.looks import Looks, ParagraphLook, RunLook

if TYPE_CHECKING:
    from docx.document import Document

    from tailor.reading.files import Content

# The element classes of python-docx have members that are made at run time.
Element = Any

_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
_DRAWINGS = (f"{W}drawing", f"{W}pict", f"{W}object")


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph of the text; `style` is the name of its style, `in_box`: in a text box."""

    paragraph: Paragraph
    text: str
    place: Place
    style: str
    look: ParagraphLook
    in_box: bool

    @property
    def element(self) -> Element:
        """The paragraph's own element."""
        return self.paragraph.paragraph_format.element

    @property
    def heading(self) -> int:
        """The level of the heading that the style makes it, 0 for text and for a title."""
        return 0 if self.look.title else self.look.heading

    @property
    def in_list(self) -> bool:
        """Whether it is an item of a list."""
        return self.look.depth > 0


class WordFile:
    """A Word file for checking.

    `paragraphs` are those of the text, in tables and text boxes as well. `boxes` are the texts in
    text boxes and word art; `pictures` the places of other drawings, `icons` those of symbols.
    """

    def __init__(self, content: Content) -> None:
        """Open the file. Raises CvError if it is damaged or has too much in it."""
        self.content = content
        self.document: Document = open_document(content)
        self.root: Element = self.document.element
        self.looks = Looks(self.document)
        self.styles = {style.style_id: style for style in self.document.styles}
        symbols = [_paragraph_around(symbol) for symbol in self.root.iter(f"{W}sym")]
        flatten(self.root, self.looks.placeholders, boxes=False)
        drawings = [(each, _paragraph_around(each)) for each in self.root.iter(*_DRAWINGS)]
        self.boxes = [text for drawing, _ in drawings if (text := _text_of_boxes(drawing))]
        pictures = [around for drawing, around in drawings if not _has_box(drawing)]
        boxed = {p for box in self.root.iter(f"{W}txbxContent") for p in box.iter(f"{W}p")}
        flatten(self.root, self.looks.placeholders)
        self.paragraphs = tuple(self._paragraphs(boxed))
        self._places = {paragraph.element: paragraph.place for paragraph in self.paragraphs}
        self.pictures = [self._places.get(around, Place()) for around in pictures]
        self.icons = [self._places.get(around, Place()) for around in symbols]

    @property
    def shown(self) -> Sequence[WordParagraph]:
        """The paragraphs that have text."""
        return [paragraph for paragraph in self.paragraphs if paragraph.text.strip()]

    def place_of(self, element: Element) -> Place:
        """Return the place of the first paragraph in `element`."""
        return self._places.get(next(element.iter(f"{W}p"), None), Place())

    def runs(self, paragraph: WordParagraph) -> Iterator[tuple[Element, RunLook]]:
        """Yield the runs that have text, with their looks."""
        elements: Iterator[Element] = runs_of(paragraph.element)
        for element in elements:
            run = Run(element, paragraph.paragraph)
            if run.text.strip():
                yield element, self.looks.run(run, paragraph.look)

    def _paragraphs(self, boxed: Collection[Element]) -> Iterator[WordParagraph]:
        page = 1 if any(True for _ in self.root.iter(f"{W}lastRenderedPageBreak")) else 0
        for number, element in enumerate(self.root.iter(f"{W}p"), start=1):
            paragraph = Paragraph(element, self.document)
            look = self.looks.paragraph(paragraph)
            style = self.styles.get(look.style)
            name = look.style if style is None else style.name or look.style
            place = Place(number, beginning(paragraph.text), page)
            yield WordParagraph(paragraph, paragraph.text, place, name, look, element in boxed)
            if page:
                page += sum(1 for _ in element.iter(f"{W}lastRenderedPageBreak"))


def texts_of(root: Element) -> str:
    """Return the text of all paragraphs below an element that was flattened."""
    return " ".join(Paragraph(element, root).text for element in root.iter(f"{W}p"))


def _paragraph_around(element: Element) -> Element | None:
    return next(element.iterancestors(f"{W}p"), None)


def _has_box(drawing: Element) -> bool:
    return any(True for _ in drawing.iter(f"{W}txbxContent", _WORD_ART))


def _text_of_boxes(drawing: Element) -> str:
    words = [text.text or "" for text in drawing.iter(f"{W}t")]
    words += [art.get("string", "") for art in drawing.iter(_WORD_ART)]
    return "".join(words).strip()
