"""The rules that readers of résumés need, one test each, on the sample CV in every look."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

import tailor
from tailor.layout.typography import LOOKS, Style
from tailor.matching.match import match
from tailor.reading.cv.headings import standard_heading
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.cv import Cv
from tailor.values.posting import Posting

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
DATE = rf"(?:{MONTH} )?\d{{4}}"


class Written:
    """A file as it is on disk, taken apart."""

    def __init__(self, resume: TailoredCv, path: Path) -> None:
        self.resume = resume
        self.path = tailor.write_docx(resume, path)
        self.content = self.path.read_bytes()
        with zipfile.ZipFile(BytesIO(self.content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.body = etree.fromstring(self.parts["word/document.xml"])[0]

    def paragraphs(self, *styles: Style) -> Iterator[str]:
        """Yield the texts of the paragraphs of some styles, or of all; a tab is a tab."""
        for paragraph in self.body.iter(f"{W}p"):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            assert style is not None
            if not styles or style.get(f"{W}val") in styles:
                texts = (
                    "\t" if part.tag == f"{W}tab" else part.text or ""
                    for part in paragraph.iter(f"{W}t", f"{W}tab")
                )
                yield "".join(texts)


@pytest.fixture(scope="module", params=list(LOOKS))
def written(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    sample_cv: Cv,
    sample_posting: Posting,
) -> Written:
    """The sample CV for a sample posting, in one of the looks."""
    resume = tailor.select(match(sample_cv, sample_posting), look=request.param)
    return Written(resume, tmp_path_factory.mktemp(request.param))


def test_rules_1_2_no_table_box_or_picture(written: Written) -> None:
    """Nothing but paragraphs, and nothing drawn."""
    assert {child.tag for child in written.body} == {f"{W}p", f"{W}sectPr"}
    tags = {etree.QName(element).localname for element in written.body.iter()}
    assert not tags & {"tbl", "drawing", "pict", "txbxContent", "object", "sym"}
    assert not [name for name in written.parts if "media" in name]


def test_rule_3_contacts_stand_in_the_body(written: Written) -> None:
    """No header and no footer at all; name and mail address are paragraphs."""
    assert not [name for name in written.parts if "header" in name or "footer" in name]
    assert any("@" in text for text in written.paragraphs(Style.CONTACT))


def test_rule_4_one_column(written: Written) -> None:
    """The page's own section says nothing of columns."""
    (section,) = written.body.iter(f"{W}sectPr")
    assert section.find(f"{W}cols") is None


def test_rule_5_the_name_comes_first_and_alone(written: Written) -> None:
    """In a style of its own, which no reader takes for metadata."""
    assert next(written.paragraphs()) == written.resume.cv.name
    assert list(written.paragraphs(Style.NAME)) == [written.resume.cv.name]
    assert Style.NAME not in {"Title", "Subtitle"}


def test_rule_6_a_space_before_each_tab(written: Written) -> None:
    """For the readers that drop tabs."""
    tabs = [text for text in written.paragraphs() if "\t" in text]
    assert tabs
    assert all(re.search(r"\S \t\S", text) for text in tabs)


def test_rule_7_real_lists(written: Written) -> None:
    """The bullet is the numbering's, a letter of the body's font; none is typed."""
    numbering = written.parts["word/numbering.xml"].decode()
    assert '<w:lvlText w:val="\u2022"/>' in numbering
    assert "Symbol" not in numbering
    assert not [text for text in written.paragraphs() if text[:1] in "•◦▪-–*"]


def test_rule_8_headings_are_the_usual_ones(written: Written) -> None:
    """Alone on their line, in a heading's style, of the standard set where the kind is known."""
    shown = [standard_heading(chosen.section.kind) for chosen in written.resume.sections]
    assert list(written.paragraphs(Style.SECTION)) == shown
    assert b'w:styleId="Heading1"><w:name w:val="heading 1"/>' in written.parts["word/styles.xml"]


def test_rule_10_each_paragraph_has_properties(written: Written) -> None:
    """Or one reader glues it to its neighbour."""
    assert all(p.find(f"{W}pPr") is not None for p in written.body.iter(f"{W}p"))


def test_rules_11_12_jobs_are_whole(written: Written) -> None:
    """Title and dates on one line, the employer on the next, then the bullets."""
    entries = list(written.paragraphs(Style.ENTRY))
    own = [entry for chosen in written.resume.sections for entry in chosen.entries]
    assert len(entries) == len(own)
    for text, chosen in zip(entries, own, strict=True):
        if chosen.entry.period.start:
            assert re.search(rf" \t{DATE}(?: – (?:{DATE}|Present))?$", text)
        assert chosen.entry.title in text or chosen.entry.organisation in text
    every = list(written.paragraphs())
    for chosen in own:
        if chosen.entry.title and chosen.entry.organisation:
            place = next(n for n, text in enumerate(every) if text.startswith(chosen.entry.title))
            assert every[place + 1].startswith(chosen.entry.organisation)


def test_rule_13_no_empty_section(written: Written) -> None:
    """After each heading something stands that is none."""
    styles = [style.get(f"{W}val") for style in written.body.iter(f"{W}pStyle")]
    assert styles[-1] != Style.SECTION
    after = [styles[n + 1] for n, style in enumerate(styles[:-1]) if style == Style.SECTION]
    assert after
    assert Style.SECTION not in after


def test_rule_14_addresses_can_be_read(written: Written) -> None:
    """As text, and as links that lead to the same place."""
    text = "\n".join(written.paragraphs(Style.CONTACT))
    targets = re.findall(r'Target="([^"]+)" TargetMode', written.parts[RELATIONS].decode())
    assert f"mailto:{re.findall(r'[^ |]+@[^ |]+', text)[0]}" in targets
    assert all(target.startswith(("https://", "http://", "mailto:")) for target in targets)


RELATIONS = "word/_rels/document.xml.rels"


def test_rule_15_no_odd_characters_or_spacing(written: Written) -> None:
    """No spaced letters, no private-use or control character."""
    assert b"<w:spacing w:val=" not in written.parts["word/styles.xml"]
    text = "".join(written.paragraphs()).replace("\t", "")
    assert text.isprintable()
    assert not re.search("[\ue000-\uf8ff]", text)


def test_rule_16_the_root_declares_relationships(written: Written) -> None:
    """One reader stops without."""
    assert b"<w:document" in written.parts["word/document.xml"]
    assert b'xmlns:r="http' in written.parts["word/document.xml"][:400]


def test_rule_17_properties(written: Written) -> None:
    """Title, author and language, no word of what wrote it; the file's name tells who and what."""
    core = written.parts["docProps/core.xml"].decode()
    name = written.resume.cv.name
    assert f"<dc:creator>{name}</dc:creator>" in core
    assert name in core.partition("<dc:title>")[2].partition("<")[0]
    assert "<dc:language>en-" in core
    assert not re.search("python|tailor|template", core + "".join(written.parts), re.IGNORECASE)
    assert written.path.name.startswith("_".join(name.split()))


def test_rule_18_small(written: Written) -> None:
    """Under 100 KB."""
    assert len(written.content) < 100_000


def test_own_headings_on_wish(sample_cv: Cv, sample_posting: Posting, tmp_path: Path) -> None:
    """`keep_headings` prints what the CV says."""
    found = match(sample_cv, sample_posting)
    kept = Written(tailor.select(found, keep_headings=True), tmp_path)
    own = [chosen.section.heading for chosen in kept.resume.sections]
    assert list(kept.paragraphs(Style.SECTION)) == own


def test_plain_hyphens_on_wish(sample_cv: Cv, sample_posting: Posting, tmp_path: Path) -> None:
    """`plain_hyphens` writes periods in ASCII."""
    plain = Written(tailor.select(match(sample_cv, sample_posting), plain_hyphens=True), tmp_path)
    entries = "\n".join(plain.paragraphs(Style.ENTRY))
    assert re.search(rf"{DATE} - (?:{DATE}|Present)", entries)
    assert "–" not in entries
