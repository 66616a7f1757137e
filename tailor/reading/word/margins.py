"""What stands outside the text of a Word file: page headers, footers, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from docx.blkcntnr import BlockItemContainer
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.parts.story import StoryPart

from tailor.reading.cv.cells import BAR, rich_pieces
from tailor.reading.cv.contacts import read_contacts
from tailor.reading.word.fields import resolve_fields
from tailor.reading.word.file import part_of
from tailor.reading.word.flatten import W, flatten
from tailor.values.cv import ContactKind, RichText

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.section import CT_HdrFtr
    from docx.section import _Footer, _Header

    from tailor.reading.word.drafts import Draft
    from tailor.reading.word.paragraphs import StoryReader

_WORD = re.compile(r"\w+")
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_NOTES = {"footnote": RT.FOOTNOTES, "endnote": RT.ENDNOTES}


@dataclass(frozen=True, slots=True)
class Margins:
    """Lines of page headers for the top, contact details of footers, and all others."""

    head: tuple[Draft, ...]
    contacts: tuple[Draft, ...]
    others: tuple[Draft, ...]


def read_margins(document: Document, reader: StoryReader, body: Sequence[Draft]) -> Margins:
    """Return what page headers and footers say and the `body` does not."""
    seen = {_folded(draft.text) for draft in body}
    words = f" {' '.join(sorted(seen))} "
    head: list[Draft] = []
    contacts: list[Draft] = []
    others: list[Draft] = []
    for is_header, story in _stories(document):
        is_first_header = is_header and not head
        for draft in reader.drafts(story):
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


def read_notes(document: Document, reader: StoryReader) -> list[Draft]:
    """Return the lines of the footnotes and endnotes that the text refers to, in its order."""
    found: list[Draft] = []
    for kind, relationship in _NOTES.items():
        references = document.element.iter(f"{W}{kind}Reference")
        wanted = dict.fromkeys(reference.get(f"{W}id", "") for reference in references)
        part = part_of(document, relationship) if wanted else None
        if not isinstance(part, StoryPart):
            continue
        notes = {note.get(f"{W}id"): note for note in part.element.iterchildren(f"{W}{kind}")}
        for identity in wanted:
            note = notes.get(identity)
            if note is None or note.get(f"{W}type") in _SEPARATORS:
                continue
            header = cast("CT_HdrFtr", OxmlElement("w:hdr"))
            header.extend(note)
            flatten(header)
            resolve_fields(header)
            found += reader.drafts(BlockItemContainer(header, part))
    return found


def _stories(document: Document) -> Iterator[tuple[bool, _Header | _Footer]]:
    """Yield the headers (True) and footers that are shown, those of page one first."""
    read = set()
    even = document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        shown = ["first_page_"] if section.different_first_page_header_footer else []
        for kind in [*shown, "", *(["even_page_"] if even else [])]:
            for side in ("header", "footer"):
                story: _Header | _Footer = getattr(section, f"{kind}{side}")
                if not story.is_linked_to_previous and story.part.partname not in read:
                    read.add(story.part.partname)
                    flatten(story.part.element)
                    resolve_fields(story.part.element)
                    yield side == "header", story


def _has_contact(draft: Draft) -> bool:
    return any(
        contact.kind is not ContactKind.PLACE
        for cell in rich_pieces(draft.text, BAR)
        for contact in read_contacts(cell)[0]
    )


def _folded(text: RichText) -> str:
    return " ".join(_WORD.findall(text.plain.casefold()))
