"""Skills, languages and certificates, however a CV sets them off from each other."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tailor import read_cv
from tailor.reading.cv.structure import build_cv
from tailor.reading.markdown import read_markdown
from tailor.values.cv import ContactKind, SectionKind

_HEAD = """# Oona Tuominen
oona@example.org

## Experience

### Saddler, Koskela Leather, Turku
2015 - 2023

- Made and repaired forty saddles a year.
"""


def _read(path: Path, text: str) -> dict[str, list[str]]:
    path.write_text(text)
    cv = read_cv(path)
    lines: dict[str, list[str]] = {}
    for section in cv.sections:
        lines.setdefault(section.kind.value, []).extend(b.text.plain for b in section.bullets)
    return {**lines, "skills": list(cv.skills), "languages": list(cv.languages)}


@pytest.mark.parametrize("sign", [", ", " ◆ ", " / ", " // ", " • ", "; "])
def test_signs_between_skills(tmp_path: Path, sign: str) -> None:
    """Skills are parted by commas, or by whatever sign the CV has for it."""
    skills = ["Hand stitching", "Edge painting", "Tree fitting"]
    found = _read(tmp_path / "cv.md", f"{_HEAD}\n## Skills\n\n{sign.join(skills)}\n")
    assert found["skills"] == skills


def test_a_label_before_a_wide_gap(tmp_path: Path) -> None:
    """What stands before a tab, or in bold, says what the list is of."""
    document = docx.Document()
    document.add_heading("Oona Tuominen", 0)
    document.add_paragraph("oona@example.org")
    document.add_heading("Experience", 1)
    document.add_heading("Saddler, Koskela Leather, Turku", 2)
    document.add_paragraph("2015 - 2023")
    document.add_heading("Skills", 1)
    document.add_paragraph("Leather\tHand stitching, Edge painting")
    bold = document.add_paragraph()
    bold.add_run("Metal").bold = True
    bold.add_run(" Riveting, Buckle casting")
    document.save(str(tmp_path / "cv.docx"))
    cv = read_cv(tmp_path / "cv.docx")
    assert cv.skills == ("Hand stitching", "Edge painting", "Riveting", "Buckle casting")
    assert [b.text.plain for b in cv.sections[-1].bullets] == [
        "Leather: Hand stitching, Edge painting",
        "Metal: Riveting, Buckle casting",
    ]


def test_languages_and_certificates_below_skills(tmp_path: Path) -> None:
    """Those that people speak are no skills of programmers; a certificate is none either."""
    text = (
        f"{_HEAD}\n## Skills\n\n### Tools\nAwl, clicker press\n\n### Languages\nSuomi, Schwedisch\n"
    )
    found = _read(tmp_path / "cv.md", text + "\n### Certificates\nForklift licence (2019)\n")
    assert found["languages"] == ["Suomi", "Schwedisch"]
    assert found["skills"] == ["Awl", "clicker press"]
    assert found["certificates"] == ["Forklift licence (2019)"]
    text = f"{_HEAD}\n## Skills\n\nSoftware: Blender, SQL\n\n### Languages\nPython, Rust\n"
    assert _read(tmp_path / "two.md", text)["languages"] == []


def test_labels_for_sections(tmp_path: Path) -> None:
    """Lines such as "Languages: ..." below Skills are what they say."""
    text = (
        f"{_HEAD}\n## Skills\n\nTools: Awl, clicker press\nLanguages: Finnish, Swedish\n"
        "Certifications: First aid (2021), Forklift (2019)\n"
    )
    found = _read(tmp_path / "cv.md", text)
    assert found["languages"] == ["Finnish", "Swedish"]
    assert found["certificates"] == ["First aid (2021), Forklift (2019)"]


def test_lists_without_headings(tmp_path: Path) -> None:
    """Where nothing has a heading, a list says what it is by its items."""
    text = """Oona Tuominen
oona@example.org

2015/03 - 2023/06: Saddler, Koskela Leather, Turku
- Made and repaired forty saddles a year.

2012/09 - 2015/02: Diploma in Saddlery, Turku Craft College

Leather: Hand stitching, Edge painting, Tree fitting
Metal: Riveting, Buckle casting

Finnish (native), Swedish (B2)

Forklift licence (2019); First aid at work (2021)
"""
    found = _read(tmp_path / "cv.txt", text)
    assert found["languages"] == ["Finnish", "Swedish"]
    assert found["skills"][:3] == ["Hand stitching", "Edge painting", "Tree fitting"]
    assert "Forklift licence" in " ".join(found[SectionKind.CERTIFICATES])


def test_a_heading_that_nothing_sets_off(tmp_path: Path) -> None:
    """A usual heading is one though it looks like the lines around it."""
    text = f"{_HEAD}\n## Publications\n\nTuominen O.: Saddles of Karelia. Turku 2021.\nSkills\n"
    text += "Hand stitching, edge painting, tree fitting, clicker press, buckle casting, riveting\n"
    found = _read(tmp_path / "cv.md", text)
    assert "Hand stitching" in found["skills"]


def test_what_stands_among_degrees_and_papers() -> None:
    """A thesis, a course and a diploma with a comma are whole; an article is no degree."""
    cv = build_cv(
        read_markdown(
            "# Nils Aho\nnils@example.org\n\n## Work\n\n### Baker, Oven Ltd, Leeds\n2015 - 2019\n\n"
            "- Baked.\n\n## Education\n\n"
            "- MSc Cereal Science, University of Leeds, 2010 – 2012. Thesis: Rye in wet summers\n"
            "- Federal diploma, Confectioner (Brevet), 2008\n"
            "- Course: Sourdough of the North, Turku, 2017\n\n"
            '## ARTICLE\n\nAho, N.: "Rye again". Baker\'s Journal 3/2022, pp. 18–20.\n'
        )
    )
    titles = [entry.title for entry in cv.sections[1].entries]
    assert titles[:2] == ["MSc Cereal Science", "Federal diploma, Confectioner (Brevet)"]
    assert titles[2].startswith("Sourdough of the North")
    thesis = [bullet.text.plain for bullet in cv.sections[1].entries[0].bullets]
    assert thesis == ["Thesis: Rye in wet summers"]
    assert [section.kind for section in cv.sections[2:]] == [SectionKind.PUBLICATIONS]


def test_a_reference_goes_on_where_it_is_set_in() -> None:
    """The second line of a reference, set in below a comma, belongs to it."""
    cv = build_cv(
        read_markdown(
            "NILS AHO\nnils@example.org\n\nWORK\n\nBaker, Oven Ltd, Leeds\n2015 - 2019\n- Baked.\n"
            '\nPUBLICATIONS\n\n"Rye again: the mills of the north",\n'
            "    Northern Bakers' Journal (2021), 88-104.\n"
            '"Wet rye", Bakers\' Journal 88:2 (2020), 34-37.\n'
        )
    )
    assert len(cv.sections[-1].bullets) == 2


def test_a_label_in_a_cell_stays_with_its_values(tmp_path: Path) -> None:
    """So it does where the values are long, or the label is a heading elsewhere."""
    path = tmp_path / "cv.html"
    path.write_text(
        "<!DOCTYPE html><html><body><h1>Nils Aho</h1><p>nils@example.org</p><h2>Work</h2>"
        "<h3>Baker, Oven Ltd, Leeds (2015 - 2019)</h3><ul><li>Baked.</li></ul><h2>Skills</h2>"
        "<table><tr><th>Doughs</th><td>rye sourdough, wheat sourdough, brioche, croissant, puff "
        "pastry, flat breads, pizza, steamed buns</td></tr>"
        "<tr><th>Software</th><td>Excel, FlourPlan</td></tr></table></body></html>"
    )
    skills = [bullet.text.plain for bullet in read_cv(path).sections[-1].bullets]
    assert skills[0].startswith("Doughs: rye sourdough, wheat")
    assert skills[1] == "Software: Excel, FlourPlan"


def test_the_column_with_the_positions_comes_first(tmp_path: Path) -> None:
    """A sidebar of a Word file stands behind, whatever side it is on; its address is whole."""
    document = docx.Document()
    side, main = document.add_table(rows=1, cols=2).rows[0].cells
    for text in ("CONTACT", "Chemin des Vergers 9", "1934 Le Châble VS", "nils@example.org"):
        side.add_paragraph().add_run(text).bold = text.isupper()
    for text in ("LANGUAGES", "Finnish", "English", "SKILLS", "Baking", "Milling"):
        side.add_paragraph().add_run(text).bold = text.isupper()
    for text in ("Nils Aho", "PROFILE", "Baker with ten years at the oven.", "EXPERIENCE"):
        main.add_paragraph().add_run(text).bold = text.isupper()
    main.add_paragraph("Baker\t2015 – 2019")
    main.add_paragraph("Oven Ltd\tLeeds")
    main.add_paragraph("Baked rye bread.", style="List Bullet")
    document.save(str(tmp_path / "cv.docx"))
    cv = read_cv(tmp_path / "cv.docx")
    kinds = [section.kind.value for section in cv.sections]
    assert kinds == ["summary", "experience", "languages", "skills"]
    assert cv.name == "Nils Aho"
    places = [contact.text for contact in cv.contacts if contact.kind is ContactKind.PLACE]
    assert places == ["Chemin des Vergers 9", "1934 Le Châble VS"]
