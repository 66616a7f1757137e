"""Paragraphs in, the bytes of a DOCX out: always the same bytes for the same paragraphs.

The template's parts are kept as they are; only the body, its links, the
properties and, where asked, the body size and the language are written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from itertools import groupby

from tailor.document.archive import pack, unpack
from tailor.document.direction import directed, runs_right_to_left
from tailor.document.fingerprint import PLACEHOLDER, seal
from tailor.document.links import link_target
from tailor.document.properties import CORE, core_xml
from tailor.layout.typography import (
    A4,
    BODY_SIZES,
    DEFAULT_DESIGN,
    LETTER,
    Design,
    Paragraph,
    Style,
    template_name,
)
from tailor.values.cleaning import clean
from tailor.values.cv import Run
from tailor.values.resources import data_bytes

_DOCUMENT = "word/document.xml"
_LINKS = "word/_rels/document.xml.rels"
_STYLES = "word/styles.xml"
_LINK_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DEFAULT_SIZE = re.compile(rb'<w:sz w:val="\d+"/><w:szCs w:val="\d+"/>')
_DEFAULT_LANGUAGE = re.compile(rb'<w:lang w:val="[^"]*"/>')


def render_docx(
    paragraphs: Sequence[Paragraph],
    *,
    design: Design = DEFAULT_DESIGN,
    title: str,
    author: str,
    language: str = "en-GB",
) -> bytes:
    """Return the DOCX that shows `paragraphs`, at most cleaned up as `clean` says.

    The body's size is from 9.5 to 11 points in halves; `language` is a BCP 47 tag.
    Links to anything but http, https and mailto addresses become plain text.
    Raises ValueError for a paper without template, another size or a
    malformed tag.
    """
    template = _load_template(design, language)
    addresses: dict[str, str] = {}
    body = "".join([_paragraph_xml(paragraph, addresses) for paragraph in paragraphs])
    parts = {
        **template.parts,
        _DOCUMENT: template.before_body + body.encode() + template.after_body,
        _LINKS: _with_links(template.parts[_LINKS], addresses),
        CORE: core_xml(title=title, author=author, language=language, identifier=PLACEHOLDER),
    }
    return pack(seal(parts, CORE))


@dataclass(frozen=True, slots=True)
class _Template:
    """A template's parts, and its document part cut where the paragraphs go."""

    parts: dict[str, bytes]
    before_body: bytes
    after_body: bytes


@lru_cache(maxsize=16)
def _load_template(design: Design, language: str) -> _Template:
    if not _LANGUAGE.fullmatch(language):
        raise ValueError(f"language {language!r}: must be a tag such as en-GB")
    parts = unpack(design.template) if design.template else _shipped_parts(design)
    # The defaults come first in the part.
    parts[_STYLES] = _DEFAULT_LANGUAGE.sub(
        f'<w:lang w:val="{language}"/>'.encode(), parts[_STYLES], count=1
    )
    before, section, after = parts[_DOCUMENT].partition(b"<w:sectPr>")
    return _Template(parts, before, section + after)


def _shipped_parts(design: Design) -> dict[str, bytes]:
    setup, body_size = design.setup, design.body_size
    if setup not in {A4, LETTER}:
        raise ValueError(f"no template for the paper {setup.name} with these margins")
    if body_size not in BODY_SIZES:
        raise ValueError(f"body size {body_size}: must be 9.5, 10, 10.5 or 11 points")
    parts = unpack(data_bytes(template_name(design.look, setup)))
    size = f'<w:sz w:val="{round(2 * body_size)}"/><w:szCs w:val="{round(2 * body_size)}"/>'
    # The document's defaults come first in the part; the styles of the body's
    # size inherit them.
    styles = _DEFAULT_SIZE.sub(size.encode(), parts[_STYLES], count=1)
    for style in (Style.SECTION, Style.ENTRY):
        halves = round(2 * design.styles[style].size)
        own = f'<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>'
        before, found, after = styles.partition(f'w:styleId="{style}"'.encode())
        styles = before + found + _DEFAULT_SIZE.sub(own.encode(), after, count=1)
    parts[_STYLES] = styles
    return parts


def _paragraph_xml(paragraph: Paragraph, addresses: dict[str, str]) -> str:
    """One paragraph; new links get their ids in `addresses` (target to id)."""
    content = []
    cleaned = clean(paragraph.text)
    is_right_to_left = runs_right_to_left(cleaned.plain)
    for target, runs in groupby(cleaned.runs, key=_target):
        if target is None:
            content.append(_runs_xml(runs, "", is_right_to_left))
        else:
            link_id = addresses.setdefault(target, f"link{len(addresses) + 1}")
            linked = _runs_xml(runs, '<w:rStyle w:val="Hyperlink"/>', is_right_to_left)
            content.append(f'<w:hyperlink r:id="{link_id}">{linked}</w:hyperlink>')
    # A paragraph without w:pPr gets glued to its neighbour by some readers.
    direction = "<w:bidi/>" if is_right_to_left else ""
    style = f'<w:pPr><w:pStyle w:val="{paragraph.style}"/>{direction}</w:pPr>'
    return f"<w:p>{style}{''.join(content)}</w:p>"


def _target(run: Run) -> str | None:
    return link_target(run.link) if run.link else None


def _runs_xml(runs: Iterable[Run], character_style: str, is_right_to_left: bool) -> str:
    if not is_right_to_left:
        return "".join([_run_xml(run, character_style) for run in runs])
    return "".join(
        [
            _run_xml(replace(run, text=text), character_style, "<w:rtl/>" if turned else "")
            for run in runs
            for text, turned in directed(run.text)
        ]
    )


def _run_xml(run: Run, character_style: str, direction: str = "") -> str:
    bold = "<w:b/><w:bCs/>" if run.bold else ""
    italic = "<w:i/><w:iCs/>" if run.italic else ""
    look = character_style + bold + italic + direction
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    text = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>' if piece else ""
        for piece in run.text.split("\t")
    )
    return f"<w:r>{properties}{text}</w:r>"


def _with_links(relationships: bytes, addresses: dict[str, str]) -> bytes:
    elements = "".join(
        f'<Relationship Id="{link_id}" Type="{_LINK_TYPE}" Target="{escape(target)}"'
        ' TargetMode="External"/>'
        for target, link_id in addresses.items()
    )
    end = b"</Relationships>"
    return relationships.replace(end, elements.encode() + end)
