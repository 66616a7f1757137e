"""Each rule is told where it is broken, and kept by what tailor writes."""

# ruff: noqa: SLF001 - faults are planted in the XML that python-docx holds

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

import tailor
from tailor.checking.check import check
from tailor.checking.findings import Checked, Severity
from tailor.document.resume import resume_docx
from tailor.layout.typography import LOOKS
from tailor.matching.match import match
from tailor.values.cv import Cv
from tailor.values.posting import Posting
from tailor.values.resources import data_toml

ROOT = Path(__file__).parents[2]
WordDocument = Any  # of python-docx; its XML may be anything here

with pytest.MonkeyPatch.context() as patch:
    patch.setattr(sys, "path", [str(ROOT / "benchmarks"), *sys.path])
    from readback import controls, truth

NOTHING = truth.Truth("", "", (), (), (), (), (), "")
CONTROL_RULES = {
    "table": 1,
    "contact in the header": 3,
    "text box": 2,
    "creative headings": 8,
    "dates in figures": 11,
}


@pytest.fixture(scope="module")
def good(sample_cv: Cv, sample_posting: Posting, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that tailor wrote."""
    path = tmp_path_factory.mktemp("good") / "Maren_Tolliver_Platform.docx"
    path.write_bytes(resume_docx(tailor.select(match(sample_cv, sample_posting))))
    return path


def faults(checked: Checked) -> set[int]:
    """The rules broken by a fault."""
    return {f.rule for f in checked.findings if f.severity is Severity.FAULT}


def broken(checked: Checked) -> set[int]:
    """The rules broken by a fault or a warning."""
    return {f.rule for f in checked.findings if f.severity is not Severity.NOTE}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("posting", ["platform", "data_lead"])
def test_what_tailor_writes_breaks_no_rule(
    sample_cv: Cv, tmp_path: Path, look: str, posting: str
) -> None:
    """In any look; that skills are linked or a bullet begins "Technologies:" is a note."""
    job = tailor.read_posting(ROOT / "data" / f"sample_posting_{posting}.txt")
    path = tailor.write_docx(tailor.select(match(sample_cv, job), look=look), tmp_path)
    assert broken(check(path)) == set()


def test_every_control_of_the_benchmark_has_its_rule() -> None:
    """None is added there without being looked for here."""
    assert set(controls.CONTROLS) == set(CONTROL_RULES)


@pytest.mark.parametrize("name", CONTROL_RULES)
def test_the_controls_of_the_benchmark_are_named(good: Path, tmp_path: Path, name: str) -> None:
    """Documents that are known to be read badly, by what is wrong with them."""
    out = tmp_path / good.name
    controls.CONTROLS[name](good, out, NOTHING)
    assert CONTROL_RULES[name] in faults(check(out))


def _first(document: WordDocument, style: str) -> WordDocument:
    return next(p for p in document.paragraphs if p.style.style_id == style)


def _columns(document: WordDocument) -> None:
    cols = OxmlElement("w:cols")
    cols.set(qn("w:num"), "2")
    document.sections[0]._sectPr.append(cols)


def _name_last(document: WordDocument) -> None:
    first = document.paragraphs[0]._p
    first.getnext().addnext(first)


def _title_style(document: WordDocument) -> None:
    style = document.styles.add_style("Title", 1)
    document.paragraphs[0].style = style


def _bare_tab(document: WordDocument) -> None:
    for text in _first(document, "Heading2")._p.iter(qn("w:t")):
        text.text = (text.text or "").strip()


def _typed_bullet(document: WordDocument) -> None:
    line = _first(document, "ListBullet")
    line.style = document.styles["Body Text"]
    line.runs[0].text = "• " + line.runs[0].text


def _symbol_bullet(document: WordDocument) -> None:
    level = next(document.part.numbering_part.element.iter(qn("w:lvlText")))
    level.set(qn("w:val"), "\uf0b7")


def _heading_by_look(document: WordDocument) -> None:
    heading = _first(document, "Heading1")
    heading.style = document.styles["Body Text"]
    heading.runs[0].bold = True


def _no_properties(document: WordDocument) -> None:
    line = _first(document, "BodyText")._p
    line.remove(line.pPr)


def _years(document: WordDocument) -> None:
    for text in _first(document, "Heading2")._p.iter(qn("w:t")):
        text.text = (text.text or "").replace("Mar ", "")


def _no_employer(document: WordDocument) -> None:
    line = _first(document, "Organisation")._p
    line.getparent().remove(line)


def _empty_section(document: WordDocument) -> None:
    first = next(p for p in document.paragraphs if p.style and p.style.name == "Heading 1")
    first.insert_paragraph_before("References", document.styles["Heading 1"])
    first.insert_paragraph_before("Volunteering", document.styles["Heading 1"])


def _mail_behind_words(document: WordDocument) -> None:
    link = next(_first(document, "Contact")._p.iter(qn("w:hyperlink")))
    next(link.iter(qn("w:t"))).text = "write to me"


def _spaced(document: WordDocument) -> None:
    run = document.paragraphs[0].runs[0]._r
    run.get_or_add_rPr().append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="40"/>'))


def _icon(document: WordDocument) -> None:
    _first(document, "Contact").runs[0].text += "\uf0e0"


def _said_twice(document: WordDocument) -> None:
    line = _first(document, "ListBullet")
    again = line.insert_paragraph_before("", line.style)
    again.text = line.text.replace(" in ", " during ", 1)


def _library(document: WordDocument) -> None:
    document.core_properties.comments = "generated by python-docx"


def _vanish(document: WordDocument) -> None:
    run = _first(document, "BodyText").add_run(" Kubernetes Kubernetes")
    run.font.hidden = True


def _white(document: WordDocument) -> None:
    run = _first(document, "BodyText").add_run(" Kubernetes Kubernetes")
    run.font.color.rgb = RGBColor(255, 255, 255)


def _tiny(document: WordDocument) -> None:
    run = _first(document, "BodyText").add_run(" Kubernetes Kubernetes")
    run.font.size = Pt(1)


def _outside(document: WordDocument) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    document.part.relate_to("https://example.org/pixel.png", kind, is_external=True)


def _header_text(document: WordDocument) -> None:
    document.sections[0].header.paragraphs[0].text = "Curriculum vitae"


def _picture(document: WordDocument) -> None:
    document.paragraphs[0].runs[0]._r.append(parse_xml(f"<w:drawing {nsdecls('w')}/>"))


@pytest.mark.parametrize(
    ("rule", "plant"),
    [
        (2, _picture),
        (3, _header_text),
        (4, _columns),
        (5, _name_last),
        (5, _title_style),
        (6, _bare_tab),
        (7, _typed_bullet),
        (7, _symbol_bullet),
        (8, _heading_by_look),
        (10, _no_properties),
        (11, _years),
        (12, _no_employer),
        (13, _empty_section),
        (14, _mail_behind_words),
        (15, _spaced),
        (15, _icon),
        (17, _library),
        (19, _vanish),
        (19, _white),
        (19, _tiny),
        (20, _outside),
        (22, _said_twice),
    ],
)
def test_a_planted_fault_is_named(
    good: Path, tmp_path: Path, rule: int, plant: Callable[[WordDocument], None]
) -> None:
    """One change to a good file, and the rule it breaks is told, with what to do."""
    document = Document(str(good))
    plant(document)
    out = tmp_path / good.name
    document.save(str(out))
    found = check(out)
    assert rule in broken(found)
    assert broken(found) <= {rule, 12, 17}  # what is lost by it may be missing elsewhere
    assert all(finding.remedy and finding.what for finding in found.findings)


def test_the_size_is_told(good: Path, tmp_path: Path) -> None:
    """Over 100 KB is a warning, over what one system takes a fault."""
    for kilobytes, severity in ((200, Severity.WARNING), (3000, Severity.FAULT)):
        out = tmp_path / good.name
        with zipfile.ZipFile(out, "w") as copy, zipfile.ZipFile(good) as source:
            for name in source.namelist():
                copy.writestr(name, source.read(name))
            copy.writestr("word/media/noise.png", bytes(kilobytes * 1024))
        (found,) = [f for f in check(out).findings if f.rule == 18]
        assert found.severity is severity


def test_macros_are_told(good: Path, tmp_path: Path) -> None:
    """By the part that holds them."""
    out = tmp_path / good.name
    out.write_bytes(good.read_bytes())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    assert 20 in faults(check(out))


def test_two_parts_of_properties_and_a_comment_are_read(good: Path, tmp_path: Path) -> None:
    """Once a traceback, found by fuzzing: the library refuses a second part of a kind."""
    out = tmp_path / good.name
    with zipfile.ZipFile(out, "w") as copy, zipfile.ZipFile(good) as source:
        for name in source.namelist():
            data = source.read(name)
            if name == "_rels/.rels":
                (one,) = re.findall(rb"<Relationship [^>]*core-properties[^>]*>", data)
                data = data.replace(one, one + re.sub(rb'Id="\w+"', b'Id="rId99"', one))
            if name == "docProps/core.xml":
                data = re.sub(rb"(<cp:coreProperties[^>]*>)", rb"\1<!-- made -->", data)
            copy.writestr(name, data)
    assert faults(check(out)) == faults(check(good))


def test_undeclared_namespaces_are_told(good: Path, tmp_path: Path) -> None:
    """One reader crashes without xmlns:r, whether links are there or not."""
    out = tmp_path / good.name
    with zipfile.ZipFile(out, "w") as copy, zipfile.ZipFile(good) as source:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = (
                    f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>Jo Doe</w:t></w:r></w:p>"
                    "</w:body></w:document>"
                ).encode()
            copy.writestr(name, data)
    found = check(out)
    assert found.cv is None
    assert {12, 16} <= faults(found)


def test_the_file_name_is_told(good: Path, tmp_path: Path) -> None:
    """Whose résumé it is should be seen in a folder of hundreds."""
    out = tmp_path / "cv final(2).docx"
    out.write_bytes(good.read_bytes())
    assert 17 in {finding.rule for finding in check(out).findings}


def test_rules_are_in_the_page() -> None:
    """docs/check.md has each rule by its number and name."""
    page = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")
    for number, name in enumerate(data_toml("findings.toml")["rules"], 1):
        assert f"| {number} | {name} |" in page


def test_what_findings_say_is_in_one_file() -> None:
    """data/findings.toml has each finding of the code, and no other, under a known rule."""
    table = dict(data_toml("findings.toml"))
    rules = table.pop("rules")
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "tailor/checking").iterdir()
        if path.suffix == ".py"
    )
    names = set(re.findall(r'"([a-z-]+)"', code))
    assert set(table) <= names
    assert set(re.findall(r'found\(\s*"([a-z-]+)"', code)) <= set(table)
    assert {each["rule"] for each in table.values()} == set(range(1, len(rules) + 1))
