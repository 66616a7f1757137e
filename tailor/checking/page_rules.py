"""The rules that a Word file keeps or breaks by its page and its package.

Tables, boxes, margins and columns; namespaces, properties, macros and what is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tailor.checking.findings import Finding, Place, Severity, found
from tailor.checking.word_file import WordFile, beginning, iter_shown, number_of, text_of_all
from tailor.reading.cv.contacts import read_contacts
from tailor.reading.word.package import R, W
from tailor.values.cv import ContactKind, RichText

_VML: Final = "{urn:schemas-microsoft-com:vml}"
_DRAWINGS = (f"{W}drawing", f"{W}pict", f"{W}object")
_LIBRARIES = re.compile(
    r"python-docx|docx4j|aspose|phpword|apache poi|openpyxl|docx\.js|docxtemplater|pandoc|"
    r"un-named|gemdocx|officegen|mammoth|spire\.doc",
    re.IGNORECASE,
)


def page_findings(file: WordFile) -> Iterator[Finding]:
    """Yield the rules that the page and the package break, in their order."""
    for rule in _RULES:
        yield from rule(file)


def _tables(file: WordFile) -> Iterator[Finding]:
    places = (file.place_of(table) for table in file.document.root.iter(f"{W}tbl"))
    yield from found(
        1,
        Severity.FAULT,
        "text stands in a table; readers take its cells in another order, or drop them",
        "put each line into a paragraph of its own; for dates at the right use a tab",
        places,
    )


def _drawings(file: WordFile) -> Iterator[Finding]:
    root = file.document.root
    boxes = [box for box in iter_shown(root, f"{W}txbxContent") if text_of_all(box).strip()]
    boxes += [art for art in iter_shown(root, f"{_VML}textpath") if art.get("string", "").strip()]
    yield from found(
        2,
        Severity.FAULT,
        "text stands in a text box or word art, which many readers do not open",
        "move it into the text",
        (Place(words=beginning(text_of_all(box) or box.get("string", ""))) for box in boxes),
    )
    pictures = [
        drawing
        for drawing in iter_shown(root, *_DRAWINGS)
        if not any(True for _ in drawing.iter(f"{W}txbxContent", f"{_VML}textpath"))
    ]
    yield from found(
        2,
        Severity.WARNING,
        "a picture or drawing; nothing in it is read",
        "take it out, and write what it says",
        (file.place_of(drawing) for drawing in pictures),
    )
    yield from found(
        2,
        Severity.WARNING,
        "an icon of a symbol font, which is read as another letter or none",
        "take it out, or write a word",
        (file.place_of(icon) for icon in root.iter(f"{W}sym")),
    )


def _margins(file: WordFile) -> Iterator[Finding]:
    for kind in ("header", "footer"):
        texts = []
        for reference in file.document.root.iter(f"{W}{kind}Reference"):
            part = file.package.referred(file.document, reference.get(f"{R}id"))
            if part is not None and (text := text_of_all(part.root)).strip():
                texts.append(text)
        for text in dict.fromkeys(texts):
            place = (Place(words=beginning(text)),)
            if _has_contact(text):
                yield from found(
                    3,
                    Severity.FAULT,
                    f"contact details stand in the page's {kind}, which most readers skip",
                    "move them into the text, below the name",
                    place,
                )
            elif any(letter.isalpha() for letter in text):
                yield from found(
                    3,
                    Severity.WARNING,
                    f"the page's {kind} has text, which is skipped, or read between the lines",
                    "empty it; say it in the text if it matters",
                    place,
                )


def _columns(file: WordFile) -> Iterator[Finding]:
    many = [
        columns
        for columns in file.document.root.iter(f"{W}cols")
        if number_of(columns.get(f"{W}num")) > 1 or len(columns) > 1
    ]
    yield from found(
        4,
        Severity.FAULT,
        "the page has columns; readers mix their lines",
        "set it in one column",
        (Place() for _ in many),
    )


def _namespaces(file: WordFile) -> Iterator[Finding]:
    declared = set(file.document.root.nsmap.values())
    if R[1:-1] not in declared:
        yield from found(
            16,
            Severity.FAULT,
            "the text's part does not declare xmlns:r; one reader crashes",
            "open it in Word and save it again",
            (Place(),),
        )


def _metadata(file: WordFile) -> Iterator[Finding]:
    said: dict[str, str] = {}
    for name in ("docprops/core.xml", "docprops/app.xml"):
        part = file.package.part(name)
        for element in part.root if part is not None else ():
            if isinstance(element.tag, str):
                said[element.tag.rpartition("}")[2]] = (element.text or "").strip()
    styles = file.package.related(file.document, "styles")
    language = styles.root.find(f".//{W}docDefaults//{W}lang") if styles else None
    wanted = {
        "title": said.get("title"),
        "author": said.get("creator"),
        "language": said.get("language") or (language is not None and language.get(f"{W}val")),
    }
    missing = [name for name, value in wanted.items() if not value]
    if missing:
        yield from found(
            17,
            Severity.NOTE,
            f"the file's properties have no {' and no '.join(missing)}",
            "set them in the program's File, Properties",
            (Place(),),
        )
    library = next((text for text in said.values() if _LIBRARIES.search(text)), None)
    if library:
        yield from found(
            17,
            Severity.WARNING,
            f'the file\'s properties name the library that wrote it: "{beginning(library)}"',
            "clear that property",
            (Place(),),
        )


def _active(file: WordFile) -> Iterator[Finding]:
    macros = [
        name for name in file.package.names() if re.search(r"vbaproject|\.bin$|activex", name)
    ]
    yield from found(
        20,
        Severity.FAULT,
        "the file has macros or embedded programs; mail filters drop it",
        "save it as a Word document without macros (.docx)",
        (Place(words=name) for name in macros),
    )
    outside = [
        relation
        for part in (file.document, file.package.related(file.document, "settings"))
        for relation in (part.relationships.values() if part is not None else ())
        if relation.external and relation.kind != "hyperlink"
    ]
    yield from found(
        20,
        Severity.FAULT,
        "the file loads something from outside when it is opened",
        "embed it, or take it out",
        (Place(words=beginning(relation.target)) for relation in outside),
    )


def _has_contact(text: str) -> bool:
    return any(
        contact.kind is not ContactKind.PLACE
        for piece in re.split(r"[|\t·•]|\s{2,}|\s(?=\S+@)", text)
        if piece.strip()
        for contact in read_contacts(RichText.of(piece.strip()))[0]
    )


_RULES: Sequence[Callable[[WordFile], Iterator[Finding]]] = (
    _tables,
    _drawings,
    _margins,
    _columns,
    _namespaces,
    _metadata,
    _active,
)
