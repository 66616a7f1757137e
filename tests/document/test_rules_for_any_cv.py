"""The rules that readers of résumés need, on CVs of odd words and odd forms."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree as ET

from cv_strategies import cvs
from hypothesis import given, settings
from strategies import tailored_cvs

from tailor.document.resume import resume_docx, whole_docx
from tailor.layout.typography import Style
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.cleaning import clean_text
from tailor.values.cv import Cv, SectionKind

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def paragraphs(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the style and the text of each paragraph; a tab is a tab. Rule 10: all have a style."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))  # noqa: S314 - our own XML
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        assert style is not None
        parts = paragraph.iter()
        yield (
            style.get(f"{W}val", ""),
            "".join("\t" if part.tag == f"{W}tab" else part.text or "" for part in parts),
        )


@settings(max_examples=60)
@given(cvs)
def test_rules_5_6_10_13_15_on_any_cv(cv: Cv) -> None:
    """Name first, no empty section, a space before each tab, no character that cannot be seen."""
    found = list(paragraphs(whole_docx(cv)))
    assert found[0] == (Style.NAME, clean_text(cv.name))
    assert [style for style, _ in found].count(Style.NAME) == 1
    assert found[-1][0] != Style.SECTION
    for (style, _), (following, _) in pairwise(found):
        assert not (style == following == Style.SECTION)
    for style, text in found:
        assert text.strip(), style
        assert not re.search("[^ ]\t", text)
        assert clean_text(text) == text


@settings(max_examples=20)
@given(tailored_cvs())
def test_rules_11_12_each_entry_is_one_block(drawn: tuple[TailoredCv, int]) -> None:
    """Title and dates, employer, bullets; nothing comes between."""
    resume, _ = drawn
    found = list(paragraphs(resume_docx(resume)))
    entries = [entry for section in resume.sections for entry in section.entries]
    starts = [n for n, (style, _) in enumerate(found) if style == Style.ENTRY]
    assert len(starts) == len(entries)
    for start, job in zip(starts, entries, strict=True):
        block = [found[start]]
        for paragraph in found[start + 1 :]:
            if paragraph[0] in (Style.SECTION, Style.ENTRY, Style.BODY):
                break
            block.append(paragraph)
        assert block[0][1].startswith(job.entry.title)
        years = {str(date.year) for date in (job.entry.period.start, job.entry.period.end) if date}
        assert all(year in block[0][1] for year in years)
        if job.entry.organisation:
            assert block[1][0] == Style.ORGANISATION
            assert job.entry.organisation in block[1][1]
        shown = [text for style, text in block if style == Style.BULLET]
        assert shown == [line.text.plain for line in job.lines]


@settings(max_examples=20)
@given(tailored_cvs())
def test_dated_lists_keep_the_order_of_the_cv(drawn: tuple[TailoredCv, int]) -> None:
    """Of publications some are chosen; they stand as in the CV, which is by year."""
    resume, _ = drawn
    for chosen in resume.sections:
        if chosen.section.kind is SectionKind.PUBLICATIONS:
            order = [bullet.id for bullet in chosen.section.bullets]
            places = [order.index(line.bullet.id) for line in chosen.lines]
            assert places == sorted(places)
