"""The rules that a Word file keeps or breaks by how it is made, whatever it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from tailor.checking.findings import Finding, Place, Severity
from tailor.checking.word_file import WordFile, WordParagraph, beginning, text_of
from tailor.cv import ContactKind, RichText
from tailor.reading.cv.contacts import read_contacts
from tailor.reading.lines import starts_with_glyph
from tailor.reading.word.package import R, W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_VML: Final = "{urn:schemas-microsoft-com:vml}"
_DRAWINGS = (f"{W}drawing", f"{W}pict", f"{W}object")
_TITLE_STYLES = frozenset({"title", "subtitle"})
_ICONS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]"
)
_SYMBOL_FONTS = re.compile(r"symbol|wingdings|webdings|dingbats|icon|awesome", re.IGNORECASE)
_LIBRARIES = re.compile(
    r"python-docx|docx4j|aspose|phpword|apache poi|openpyxl|docx\.js|docxtemplater|pandoc|"
    r"un-named|gemdocx|officegen|mammoth|spire\.doc",
    re.IGNORECASE,
)
_WHITE = 0xF0  # each of red, green and blue from here on
_SMALLEST = 4.0  # points that can be read


def package_findings(file: WordFile) -> Iterator[Finding]:
    """Yield the rules that the package breaks, in their order."""
    for rule in _RULES:
        yield from rule(file)


def found(
    rule: int, severity: Severity, what: str, remedy: str, places: Iterable[Place]
) -> Iterator[Finding]:
    """Yield one finding for all places, or nothing where there is none."""
    known = tuple(places)
    if known:
        yield Finding(rule, severity, what, remedy, known, len(known))


def _tables(file: WordFile) -> Iterator[Finding]:
    places = (_place(file, table) for table in file.document.root.iter(f"{W}tbl"))
    yield from found(
        1,
        Severity.FAULT,
        "text stands in a table; readers take its cells in another order, or drop them",
        "put each line into a paragraph of its own; for dates at the right use a tab",
        places,
    )


def _drawings(file: WordFile) -> Iterator[Finding]:
    root = file.document.root
    boxes = [box for box in root.iter(f"{W}txbxContent") if text_of_all(box).strip()]
    boxes += [art for art in root.iter(f"{_VML}textpath") if art.get("string", "").strip()]
    yield from found(
        2,
        Severity.FAULT,
        "text stands in a text box or word art, which many readers do not open",
        "move it into the text",
        (Place(words=beginning(text_of_all(box) or box.get("string", ""))) for box in boxes),
    )
    pictures = [
        drawing
        for drawing in root.iter(*_DRAWINGS)
        if not any(True for _ in drawing.iter(f"{W}txbxContent", f"{_VML}textpath"))
    ]
    yield from found(
        2,
        Severity.WARNING,
        "a picture or drawing; nothing in it is read",
        "take it out, and write what it says",
        (_place(file, drawing) for drawing in pictures),
    )
    yield from found(
        2,
        Severity.WARNING,
        "an icon of a symbol font, which is read as another letter or none",
        "take it out, or write a word",
        (_place(file, icon) for icon in root.iter(f"{W}sym")),
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
        if _number(columns.get(f"{W}num")) > 1 or len(columns) > 1
    ]
    yield from found(
        4,
        Severity.FAULT,
        "the page has columns; readers mix their lines",
        "set it in one column",
        (Place() for _ in many),
    )


def _title_style(file: WordFile) -> Iterator[Finding]:
    first = next(iter(file.shown), None)
    if first is not None and first.style.casefold() in _TITLE_STYLES:
        yield from found(
            5,
            Severity.FAULT,
            f'the name has the style "{first.style}", which some readers take for metadata',
            "give it a style of its own, or a plain paragraph with larger letters",
            (first.place,),
        )


def _tabs(file: WordFile) -> Iterator[Finding]:
    glued = [p.place for p in file.shown if re.search(r"[^\s]\t+\S", p.text)]
    yield from found(
        6,
        Severity.FAULT,
        "a tab without a space before it; some readers drop tabs and glue the words together",
        "put a space before the tab",
        glued,
    )


def _lists(file: WordFile) -> Iterator[Finding]:
    typed = [
        p.place
        for p in file.shown
        if not p.in_list and starts_with_glyph(p.text.lstrip()) not in {0, len(p.text.strip())}
    ]
    yield from found(
        7,
        Severity.FAULT,
        "a typed mark in place of a list",
        "delete the mark, and make the lines a list",
        typed,
    )
    numbering = file.package.related(file.document, "numbering")
    if numbering is None or not any(p.in_list for p in file.paragraphs):
        return
    used = set(_numbers_used(file))
    strange = [
        Place(words=f"numbering {number}")
        for number, level in _levels(numbering.root)
        if number in used and _is_symbol(level)
    ]
    yield from found(
        7,
        Severity.FAULT,
        "the bullet is a letter of a symbol font; readers show another letter or a box",
        "choose the plain bullet • in the font of the text",
        strange[:1],
    )


def _numbers_used(file: WordFile) -> Iterator[tuple[str, str]]:
    """Yield the numbering and the level of each paragraph, its own or its style's."""
    styles = file.package.related(file.document, "styles")
    of_style: dict[str, Element] = {}
    for style in styles.root.iterchildren(f"{W}style") if styles else ():
        number = style.find(f"{W}pPr/{W}numPr")
        if number is not None:
            of_style[style.get(f"{W}styleId", "")] = number
    for paragraph in file.paragraphs:
        number = paragraph.element.find(f"{W}pPr/{W}numPr")
        if number is None:
            named = paragraph.element.find(f"{W}pPr/{W}pStyle")
            number = of_style.get(named.get(f"{W}val", "") if named is not None else "")
        if number is not None:
            identity, level = number.find(f"{W}numId"), number.find(f"{W}ilvl")
            yield (
                identity.get(f"{W}val", "") if identity is not None else "",
                level.get(f"{W}val", "0") if level is not None else "0",
            )


def _levels(root: Element) -> Iterator[tuple[tuple[str, str], Element]]:
    abstract = {a.get(f"{W}abstractNumId", ""): a for a in root.iterchildren(f"{W}abstractNum")}
    for number in root.iterchildren(f"{W}num"):
        reference = number.find(f"{W}abstractNumId")
        definition = abstract.get(reference.get(f"{W}val", "") if reference is not None else "")
        for level in definition.iterchildren(f"{W}lvl") if definition is not None else ():
            yield (number.get(f"{W}numId", ""), level.get(f"{W}ilvl", "0")), level


def _is_symbol(level: Element) -> bool:
    text, fonts = level.find(f"{W}lvlText"), level.find(f"{W}rPr/{W}rFonts")
    glyph = text.get(f"{W}val", "") if text is not None else ""
    font = fonts.get(f"{W}ascii", "") if fonts is not None else ""
    form = level.find(f"{W}numFmt")
    is_bullet = form is not None and form.get(f"{W}val") == "bullet"
    return bool(_ICONS.search(glyph)) or (is_bullet and bool(_SYMBOL_FONTS.search(font)))


def _properties(file: WordFile) -> Iterator[Finding]:
    bare = [p.place for p in file.shown if p.element.find(f"{W}pPr") is None]
    yield from found(
        10,
        Severity.WARNING,
        "paragraphs without properties of their own; one reader glues them to the next",
        "give each paragraph a style",
        bare,
    )


def _links(file: WordFile) -> Iterator[Finding]:
    hidden: list[Place] = []
    beside: list[Place] = []
    head = _head_ends(file)
    for paragraph in file.paragraphs:
        for link in paragraph.element.iter(f"{W}hyperlink"):
            address = file.document.link(link.get(f"{R}id"))
            if address and not _is_seen(address, text_of(link)):
                is_mail = address.casefold().startswith("mailto:")
                first = not paragraph.in_list and paragraph.place.number < head
                (hidden if is_mail or first else beside).append(paragraph.place)
    yield from found(
        14,
        Severity.WARNING,
        "an address is behind words and not to be seen; most readers drop what is behind",
        "write the address itself",
        hidden,
    )
    yield from found(
        14,
        Severity.NOTE,
        "a link on words; readers keep the words and drop the address",
        "write the address if it matters",
        beside,
    )


def _head_ends(file: WordFile) -> int:
    """Return the number of the first paragraph with a heading after the first."""
    heads = (p.place.number for p in file.shown[1:] if p.heading)
    return next(heads, len(file.paragraphs))


def _is_seen(address: str, words: str) -> bool:
    """Tell whether the words show the address, or the part of it that is the person's."""
    bare = re.sub(r"^(?:mailto:|tel:|https?://(?:www\.)?)", "", address.casefold()).rstrip("/")
    seen = re.sub(r"^(?:https?://(?:www\.)?)|^www\.", "", words.casefold().strip()).rstrip("/")
    seen = seen.rpartition(": ")[2]
    if address.casefold().startswith("tel:"):
        return any(letter.isdigit() for letter in words)
    return bool(seen) and (bare in seen or seen.lstrip("@") in bare)


def _letters(file: WordFile) -> Iterator[Finding]:
    spaced = []
    for paragraph in file.shown:
        for run in paragraph.element.iter(f"{W}r"):
            spacing = run.find(f"{W}rPr/{W}spacing")
            if spacing is not None and _number(spacing.get(f"{W}val")) and text_of(run).strip():
                spaced.append(paragraph.place)
                break
    spaced += _styles_with_spacing(file)
    yield from found(
        15,
        Severity.WARNING,
        "letters are spaced; PDF readers then see single letters",
        "set the spacing of letters to normal",
        spaced,
    )
    icons = [p.place for p in file.shown if _ICONS.search(p.text)]
    yield from found(
        15,
        Severity.FAULT,
        "icons of an icon font, which are no characters; readers show boxes or other letters",
        "take them out",
        icons,
    )
    controls = [p.place for p in file.shown if _CONTROLS.search(p.text)]
    yield from found(
        15,
        Severity.WARNING,
        "characters that cannot be seen",
        "delete them: type these words anew",
        controls,
    )


def _styles_with_spacing(file: WordFile) -> list[Place]:
    styles = file.package.related(file.document, "styles")
    used = {p.style for p in file.shown}
    places = []
    for style in styles.root.iterchildren(f"{W}style") if styles else ():
        spacing = style.find(f"{W}rPr/{W}spacing")
        name = file.style_names.get(style.get(f"{W}styleId", ""), "")
        if spacing is not None and _number(spacing.get(f"{W}val")) and name in used:
            places.append(Place(words=f'style "{name}"'))
    return places


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


def _hidden(file: WordFile) -> Iterator[Finding]:
    places = [p.place for p in file.shown if any(_is_hidden(file, p, run) for run in _runs(p))]
    yield from found(
        19,
        Severity.FAULT,
        "text that nobody sees: hidden, white on white, or smaller than 4 points",
        "delete it; programs and people find it, and it looks like cheating",
        places,
    )


def _runs(paragraph: WordParagraph) -> Iterator[Element]:
    for run in paragraph.element.iter(f"{W}r"):
        if text_of(run).strip():
            yield run


def _is_hidden(file: WordFile, paragraph: WordParagraph, run: Element) -> bool:
    properties = run.find(f"{W}rPr")
    look = file.looks.run(file.looks.paragraph(paragraph.element.find(f"{W}pPr")), properties)
    if look.hidden or (look.size is not None and look.size < _SMALLEST):
        return True
    return _is_white(look.color) and not _is_shaded(run)


def _is_white(color: str | None) -> bool:
    if color is None or not re.fullmatch("[0-9A-Fa-f]{6}", color):
        return False
    return all(int(color[at : at + 2], 16) >= _WHITE for at in (0, 2, 4))


def _is_shaded(run: Element) -> bool:
    """Tell white letters on a colour: of the run, the paragraph, a cell or a shape."""
    at: Element | None = run
    while at is not None:
        if at.tag == f"{W}txbxContent":
            return True  # the shape's colour is not looked at
        for name in ("rPr", "pPr", "tcPr", "tblPr"):
            shade = at.find(f"{W}{name}/{W}shd")
            fill = shade.get(f"{W}fill", "auto") if shade is not None else "auto"
            if fill != "auto" and not _is_white(fill):
                return True
        at = at.getparent()
    return False


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


_RULES: Sequence[Callable[[WordFile], Iterator[Finding]]] = (
    _tables,
    _drawings,
    _margins,
    _columns,
    _title_style,
    _tabs,
    _lists,
    _properties,
    _links,
    _letters,
    _namespaces,
    _metadata,
    _hidden,
    _active,
)


def text_of_all(element: Element) -> str:
    """Return the text of all paragraphs below an element."""
    return " ".join(text_of(paragraph) for paragraph in element.iter(f"{W}p"))


def _place(file: WordFile, element: Element) -> Place:
    """Return the place of the paragraph around an element, or of the first inside of it."""
    around = next(element.iterancestors(f"{W}p"), None)
    inside = next(element.iter(f"{W}p"), None) if around is None else around
    return file.places.get(inside, Place()) if inside is not None else Place()


def _has_contact(text: str) -> bool:
    return any(
        contact.kind is not ContactKind.PLACE
        for piece in re.split(r"[|\t·•]|\s{2,}|\s(?=\S+@)", text)
        if piece.strip()
        for contact in read_contacts(RichText.of(piece.strip()))[0]
    )


def _number(value: str | None) -> int:
    try:
        return int(value or "0")
    except ValueError:
        return 0
