"""What stands outside the text of a Word file: page headers, footers, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tailor.reading.cv.cells import BAR, rich_pieces
from tailor.reading.cv.contacts import read_contacts
from tailor.reading.word.drafts import Draft
from tailor.reading.word.package import R, W
from tailor.reading.word.walk import Walker
from tailor.values.cv import ContactKind, RichText

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from tailor.reading.files import Content
    from tailor.reading.word.package import Package, Part
    from tailor.reading.word.styles import StyleSheet

_WORD = re.compile(r"\w+")
_OFF = frozenset({"0", "false", "off"})
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


@dataclass(frozen=True, slots=True)
class Margins:
    """Lines of page headers for the top, contact details of footers, and all others."""

    head: tuple[Draft, ...]
    contacts: tuple[Draft, ...]
    others: tuple[Draft, ...]


def read_margins(
    package: Package, document: Part, styles: StyleSheet, content: Content, body: Sequence[Draft]
) -> Margins:
    """Return what page headers and footers say and the `body` does not."""
    seen = {_folded(draft.text) for draft in body}
    words = f" {' '.join(sorted(seen))} "
    head: list[Draft] = []
    contacts: list[Draft] = []
    others: list[Draft] = []
    for reference in _references(package, document):
        part = package.referred(document, reference.get(f"{R}id"))
        if part is None:
            continue
        is_first_header = reference.tag == f"{W}headerReference" and not head
        for draft in Walker(part, styles, content).drafts(part.root):
            folded = _folded(draft.text)
            if not folded or folded in seen:
                continue
            seen.add(folded)
            if draft.pages and not _has_contact(draft):
                others.append(draft)
            elif all(f" {_folded(cell)} " in words for cell in rich_pieces(draft.text, BAR)):
                continue  # cell by cell it stands in the text as well
            elif is_first_header:
                head.append(draft)
            else:
                (contacts if _has_contact(draft) else others).append(draft)
    return Margins(tuple(head), tuple(contacts), tuple(others))


def read_notes(
    package: Package,
    document: Part,
    styles: StyleSheet,
    content: Content,
    references: Sequence[tuple[str, str]],
) -> list[Draft]:
    """Return the lines of the footnotes and endnotes that `references` name, in their order."""
    found: list[Draft] = []
    for kind in ("footnote", "endnote"):
        wanted = [identity for name, identity in references if name == kind]
        part = package.related(document, f"{kind}s") if wanted else None
        if part is None:
            continue
        notes = {
            note.get(f"{W}id", ""): note
            for note in part.root.iterchildren(f"{W}{kind}")
            if note.get(f"{W}type") not in _SEPARATORS
        }
        walker = Walker(part, styles, content)
        for identity in dict.fromkeys(wanted):
            if identity in notes:
                found += walker.drafts(notes[identity])
    return found


def _references(package: Package, document: Part) -> Iterator[Element]:
    """Yield the references to headers and footers that are shown, those of page one first."""
    read: set[str | None] = set()
    settings = package.related(document, "settings")
    even = settings is not None and _is_on(settings.root.find(f"{W}evenAndOddHeaders"))
    for section in document.root.iter(f"{W}sectPr"):
        shown = ["default"]
        if _is_on(section.find(f"{W}titlePg")):
            shown.insert(0, "first")
        if even:
            shown.append("even")
        for kind in shown:
            for side in ("header", "footer"):
                for reference in section.iterchildren(f"{W}{side}Reference"):
                    identity = reference.get(f"{R}id")
                    if reference.get(f"{W}type", "default") == kind and identity not in read:
                        read.add(identity)
                        yield reference


def _has_contact(draft: Draft) -> bool:
    return any(
        contact.kind is not ContactKind.PLACE
        for cell in rich_pieces(draft.text, BAR)
        for contact in read_contacts(cell)[0]
    )


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(f"{W}val", "true") not in _OFF


def _folded(text: RichText) -> str:
    return " ".join(_WORD.findall(text.plain.casefold()))
