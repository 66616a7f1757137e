"""Links, fields of forms and text boxes on the pages of a PDF. Runs in the sandbox alone."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pypdfium2.raw as c_api

_Handle: TypeAlias = Any  # an object of the library, which has no types
Box: TypeAlias = Any  # a rectangle of the library: left, bottom, right, top, in points

_MOST = 500  # of a page
_LONGEST_LINK = 2048
_LOOKS = frozenset({c_api.FPDF_ANNOT_WIDGET, c_api.FPDF_ANNOT_FREETEXT})


@dataclass(slots=True)
class Annotations:
    """What lies on a page.

    `links` are boxes with their addresses, `texts` text boxes without a look of their own. Some
    `have_looks`: fields of forms, and text boxes as they are usually saved.
    """

    links: list[tuple[Box, str]] = field(default_factory=list)
    texts: list[tuple[Box, str]] = field(default_factory=list)
    have_looks: bool = False

    def link_at(self, x: float, y: float) -> str | None:
        """Return the address of the link at a point, if there is one."""
        for box, address in self.links:
            if box.left <= x <= box.right and box.bottom - 2 <= y <= box.top + 2:
                return address
        return None


def annotations_of(page: _Handle) -> Annotations:
    """Return what lies on the page. No link is ever opened."""
    found = Annotations()
    for index in range(min(c_api.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        note, box = c_api.FPDFPage_GetAnnot(page.raw, index), c_api.FS_RECTF()
        kind = c_api.FPDFAnnot_GetSubtype(note)
        if c_api.FPDFAnnot_GetRect(note, box):
            if kind == c_api.FPDF_ANNOT_LINK:
                found.links += [(box, address) for address in _address_of(page, note)]
            elif kind == c_api.FPDF_ANNOT_FREETEXT and not c_api.FPDFAnnot_HasKey(note, b"AP"):
                found.texts.append((box, _contents(note)))
            elif kind in _LOOKS:
                found.have_looks = True
        c_api.FPDFPage_CloseAnnot(note)
    return found


def _address_of(page: _Handle, note: _Handle) -> Iterator[str]:
    action = c_api.FPDFLink_GetAction(c_api.FPDFAnnot_GetLink(note))
    if action and c_api.FPDFAction_GetType(action) == c_api.PDFACTION_URI:
        address = ctypes.create_string_buffer(_LONGEST_LINK)
        length = c_api.FPDFAction_GetURIPath(page.pdf.raw, action, address, _LONGEST_LINK)
        if 1 < length <= _LONGEST_LINK:
            yield address.raw[: length - 1].decode("utf-8", "replace")


def _contents(note: _Handle) -> str:
    length = c_api.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
    letters = ctypes.create_string_buffer(length)
    c_api.FPDFAnnot_GetStringValue(
        note, b"Contents", ctypes.cast(letters, ctypes.POINTER(c_api.FPDF_WCHAR)), length
    )
    return letters.raw[: max(0, length - 2)].decode("utf-16-le", "replace")
