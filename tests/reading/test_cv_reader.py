"""Reading a CV file, and the real CV that the project was started for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tailor.reading.files import Content
from tailor.reading.reader import Format, read_cv, recognise
from tailor.values.cv import ContactKind, Cv, Date, SectionKind
from tailor.values.errors import CvError
from tailor.values.limits import USUAL

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[3] / "shared"))
REAL = SHARED / "cvs" / "master_cv.md"


def test_reads_a_file(tmp_path: Path) -> None:
    """A file gives a CV that knows where it is from."""
    path = tmp_path / "cv.md"
    path.write_text("# Jo Doe\n\n## Work\n\n### Baker, Rye\n2020 – 2021\n- Baked.\n")
    cv = read_cv(str(path))
    assert (cv.name, cv.source) == ("Jo Doe", str(path))
    assert cv.positions[0].title == "Baker"


def test_errors_name_the_file(tmp_path: Path) -> None:
    """A file without an entry gives an error with its path, and exit code 3."""
    path = tmp_path / "letter.txt"
    path.write_text("Dear all,\nnothing to see here.\n")
    with pytest.raises(CvError, match="lines 1 to 2") as error:
        read_cv(path)
    assert str(error.value).startswith(str(path))
    assert error.value.exit_code == 3


def test_what_is_no_known_format_is_text() -> None:
    """So none is left out."""
    assert recognise(Content("cv.xyz", b"?", "CV")) is Format.TEXT


def test_the_ending_has_no_say(tmp_path: Path) -> None:
    """A CV in Markdown is read the same, whatever its file is called."""
    names = []
    for ending in ("md", "docx", "pdf", "json", "html", "csv", "XYZ", ""):
        path = tmp_path / f"cv.{ending}"
        path.write_text("# Jo Doe\n\n## Work\n\n### Baker, Rye\n2020 – 2021\n- Baked.\n")
        names.append(read_cv(path).name)
    assert set(names) == {"Jo Doe"}


def test_too_many_lines(tmp_path: Path) -> None:
    """The limit stands in the message."""
    path = tmp_path / "cv.txt"
    path.write_text("Baked bread.\n" * (USUAL.lines + 1))
    with pytest.raises(CvError, match=f"more than {USUAL.lines:,} lines"):
        read_cv(path)


def test_text_loads_no_library_of_another_format(tmp_path: Path) -> None:
    """Markdown is quick to read, since what Word, PDF and web pages need stays unloaded."""
    path = tmp_path / "cv.md"
    path.write_text("# Jo Doe\n\n## Work\n\n### Baker, Rye\n2020 – 2021\n- Baked.\n")
    script = (
        "import sys\nfrom tailor.reading.reader import read_cv\n"
        f"read_cv({str(path)!r})\n"
        "roots = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(roots & set('lxml docx yaml jsonschema pdfplumber pdfminer pypdfium2 '\n"
        "    'pypdf charset_normalizer spacy sklearn'.split())))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def real() -> Cv:
    """Return the real CV."""
    if not REAL.exists():
        pytest.skip(f"the real CV is private and not at {REAL}")
    return read_cv(REAL)


def test_real_head(real: Cv) -> None:
    """Name and headline are parted, and all contact items told."""
    assert real.name == "Bruno Magalhaes"
    assert real.headline == "High Performance Computing and Machine Learning"
    assert [contact.kind for contact in real.contacts] == [
        ContactKind.EMAIL,
        ContactKind.HANDLE,
        ContactKind.HANDLE,
        ContactKind.WEBSITE,
        ContactKind.PLACE,
    ]
    assert real.contacts[3].text == "https://brunomaga.github.io"
    assert real.contacts[4].text == "Lausanne, Switzerland"
    assert real.nationality == "Portuguese-Swiss"
    assert real.languages == ("English", "French", "Portuguese", "Spanish")
    assert len(real.skills) == 9
    assert {"DeepSpeed", "C", "C++", "MPI"} <= set(real.skills)


def test_real_positions(real: Cv) -> None:
    """All six positions have title, employer, place and dates."""
    school = "École Polytechnique Fédérale de Lausanne (EPFL)"
    databank = "Investment Property Databank (now MSCi Real estate)"
    assert [
        (e.organisation, e.place, e.period.start, e.period.end, len(e.titles), len(e.bullets))
        for e in real.positions
    ] == [
        ("Huawei Research", "Zurich, Switzerland", Date(2025, 7), None, 1, 3),
        ("Synthesia", "Zürich, Switzerland", Date(2023, 11), Date(2025, 5), 1, 3),
        ("Microsoft Research", "Cambridge, UK", Date(2019, 9), Date(2023, 10), 3, 3),
        (school, "Switzerland", Date(2011, 3), Date(2019, 8), 3, 5),
        ("Noble Group", "London, New York, & São Paulo", Date(2009, 9), Date(2011, 2), 1, 1),
        (databank, "London, UK", Date(2007, 3), Date(2008, 10), 1, 1),
    ]
    assert [entry.period.present for entry in real.positions] == [True] + [False] * 5
    assert any(run.italic for e in real.positions for b in e.bullets for run in b.text.runs)


def test_real_degrees_and_statements(real: Cv) -> None:
    """Three degrees with a bullet each; 34 statements in the 19 bullets."""
    assert [degree.organisation.split(" (")[0] for degree in real.degrees] == [
        "École Polytechnique Fédérale de Lausanne",
        "Imperial College London",
        "University of Minho",
    ]
    bullets = [b for entry in real.positions + real.degrees for b in entry.bullets]
    assert len(bullets) == 19
    assert sum(len(bullet.statements) for bullet in bullets) == 34


def test_real_publications(real: Cv) -> None:
    """Six dated publications with their venues in italics, and a note on the heading."""
    assert [b.date.year if b.date else None for b in real.publications] == [
        2025,
        2024,
        2023,
        2020,
        2019,
        2015,
    ]
    assert all(any(run.italic for run in b.text.runs) for b in real.publications)
    (section,) = [s for s in real.sections if s.kind is SectionKind.PUBLICATIONS]
    assert section.heading == "Selected Publications"
    assert "scholar.google.com" in section.note.plain


def test_real_cv_is_placed_wholly(real: Cv) -> None:
    """Nothing is left over, and no text bears marks or glyphs of the source."""
    assert real.unplaced == ()
    for bullet in real.bullets():
        assert not {"➤", "\u00a0", "\t", "<"} & set(bullet.text.plain)


def test_real_cv_raises_no_doubt_about_its_order_of_dates(real: Cv) -> None:
    """It writes all periods with the end first: that is its way, not a mistake."""
    assert not [doubt for doubt in real.doubts if "before they begin" in doubt.message]


def test_a_period_that_ends_before_it_begins_is_doubted_once(tmp_path: Path) -> None:
    """One swapped period among others is a slip that a person wants to know of."""
    path = tmp_path / "cv.md"
    path.write_text(
        "# Jo Doe\n\n## Work\n\n### Baker, Oven Ltd\n2020 - 2021\n- Baked.\n\n"
        "### Miller, Grain Ltd\n2016 - 2019\n- Milled.\n\n"
        "### Clerk, Paper Ltd\n2015 - 2013\n- Filed.\n"
    )
    doubts = [d for d in read_cv(path).doubts if "before they begin" in d.message]
    assert [doubt.field for doubt in doubts] == ["dates"]
    assert "Clerk" in doubts[0].message


def test_periods_that_all_have_their_end_first_are_not_doubted(tmp_path: Path) -> None:
    """What a whole CV does is its order."""
    path = tmp_path / "cv.md"
    path.write_text(
        "# Jo Doe\n\n## Work\n\n### Baker, Oven Ltd\n2021 - 2020\n- Baked.\n\n"
        "### Miller, Grain Ltd\n2019 - 2016\n- Milled.\n\n"
        "### Clerk, Paper Ltd\n2015 - 2013\n- Filed.\n"
    )
    cv = read_cv(path)
    assert not [doubt for doubt in cv.doubts if "before they begin" in doubt.message]
    assert cv.positions[0].period.start == Date(2020)
