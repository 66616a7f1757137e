"""A Word file as a package: a zip of XML parts, opened within bounds.

Only the parts that are asked for are unpacked, and nothing outside the file is
ever fetched. Sizes are counted while unpacking, whatever the zip says of itself.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from lxml import etree

from tailor.reading.unpacking import Unpacking
from tailor.values import limits

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from tailor.reading.files import Content
    from tailor.values.errors import TailorError

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_CHUNK = 64 * 1024
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E|<\0?!\0?E\0?N\0?T\0?I\0?T\0?Y")
# "Strict" files have other names for the same things.
_STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
_DAMAGED = "is a damaged Word file"
_SAVE_AGAIN = "open it in Word and save it again"


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part refers to: `kind` such as "header"; `target` is a part, or an address."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Part:
    """An XML part and what it refers to, by the ids that its elements use."""

    root: Element
    relationships: dict[str, Relationship] = field(default_factory=dict)

    def link(self, reference: str | None) -> str | None:
        """Return the address outside the file that `reference` leads to, if any."""
        found = self.relationships.get(reference or "")
        return found.target if found and found.external else None


class Package:
    """The parts of a Word file, each unpacked and parsed when it is asked for."""

    def __init__(self, content: Content) -> None:
        """Open the file; raise CvError or PostingError if it is damaged or too large."""
        self._content = content
        self._elements_left = limits.in_force().elements
        self._archive = Unpacking(content, "Word file")
        members = self._archive.members
        if sum(member.file_size for member in members) > limits.in_force().unpacked:
            raise content.beyond(
                "unpacked", f"holds far too much (over {limits.spelt('unpacked')} once unpacked)"
            )
        self._members = {_part_name(member.filename): member for member in members}

    def document(self) -> Part:
        """Return the part of the text; raise CvError or PostingError if there is none."""
        top = self._relationships("")
        named = (r.target for r in top.values() if r.kind == "officeDocument" and not r.external)
        part = self._part(next(named, "word/document.xml"))
        if part is None:
            raise self._content.error(
                f"{_DAMAGED}: the part with the text is missing; {_SAVE_AGAIN}"
            )
        return part

    def related(self, part: Part, kind: str) -> Part | None:
        """Return the part of this kind ("styles", "header") that `part` refers to, if any."""
        found = (r for r in part.relationships.values() if r.kind == kind and not r.external)
        first = next(found, None)
        return self._part(first.target) if first else None

    def referred(self, part: Part, reference: str | None) -> Part | None:
        """Return the part that `reference`, the id of a relationship, leads to, if any."""
        found = part.relationships.get(reference or "")
        return self._part(found.target) if found and not found.external else None

    def names(self) -> list[str]:
        """Return the names of all parts, in lower case."""
        return list(self._members)

    def part(self, name: str) -> Part | None:
        """Return the part of this name, if there is one."""
        return self._part(_part_name(name))

    def _part(self, name: str) -> Part | None:
        data = self._unpack(name)
        if data is None:
            return None
        return Part(self._parse(data, name), self._relationships(name))

    def _relationships(self, name: str) -> dict[str, Relationship]:
        folder, _, file = name.rpartition("/")
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        data = self._unpack(path)
        if data is None:
            return {}
        found = {}
        for element in self._parse(data, path):
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = _part_name(posixpath.join("/", folder, target))
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relationship(kind, target, external)
        return found

    def _unpack(self, name: str) -> bytes | None:
        member = self._members.get(_part_name(name))
        if member is None:
            return None
        return self._archive.read(member)

    def _parse(self, data: bytes, name: str) -> Element:
        """Parse bit by bit, so that no part grows large in memory before it is refused."""
        if _DOCTYPE.search(data):  # entities could grow without end, or name other files
            raise self._own_entities(name)
        for strict, usual in _STRICT_NAMES:
            data = data.replace(strict, usual)
        parser = etree.XMLPullParser(
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        depth = 0
        damage: etree.XMLSyntaxError | None = None
        for start in range(0, len(data), _CHUNK):
            try:
                parser.feed(data[start : start + _CHUNK])
            except etree.XMLSyntaxError as reason:
                damage = reason
            # What came before the damage may be its reason: nesting too deep for the parser.
            for event, element in parser.read_events():
                depth += 1 if event == "start" else -1
                if event == "start":
                    self._count(1 + len(cast("Element", element).attrib), depth)
            if damage:
                raise self._no_xml(name, damage)
        try:
            root = parser.close()
        except etree.XMLSyntaxError as reason:
            raise self._no_xml(name, reason) from None
        if root.getroottree().docinfo.internalDTD is not None:  # in an encoding that hid it above
            raise self._own_entities(name)
        return root

    def _no_xml(self, name: str, reason: etree.XMLSyntaxError) -> TailorError:
        where = f"line {reason.lineno}" if reason.lineno else "its end"
        return self._content.error(
            f"{_DAMAGED}: {name} breaks off or is no XML ({where}); {_SAVE_AGAIN}"
        )

    def _own_entities(self, name: str) -> TailorError:
        return self._content.error(f"{_DAMAGED}: {name} declares its own entities; {_SAVE_AGAIN}")

    def _count(self, new: int, depth: int) -> None:
        self._elements_left -= new
        if self._elements_left < 0:
            said = f"holds far too much (over {limits.spelt('elements')} elements)"
            raise self._content.beyond("elements", said)
        # A table takes three levels (table, row, cell). The parser itself stops at 256.
        deepest = 5 * limits.in_force().nesting // 2
        if depth > deepest:
            raise self._content.beyond(
                "nesting",
                f"has tables or text boxes too deep in one another (over {deepest} levels)",
                "save it as plain text and give that",
            )


def _part_name(path: str) -> str:
    """Part names know no upper and lower case, and begin at the top of the zip."""
    return posixpath.normpath("/" + path.replace("\\", "/")).lstrip("/").lower()
