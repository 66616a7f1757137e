"""File names that say whose CV it is and for what, on any file system."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.document.resume import (
    file_name,
    folder_name,
    resume_docx,
    resume_path,
    write_resume,
)
from tailor.matching.match import match
from tailor.reading.posting.text import parse_posting
from tailor.selection.select import select
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.cv import BulletFactory, Cv, Section, SectionKind
from tailor.values.posting import Posting


def posting_of(title: str = "", company: str = "") -> Posting:
    """Make a posting that asks for one thing."""
    posting = parse_posting("Requirements\n- Bakes rye bread\n")
    return replace(posting, title=title, company=company, source="postings/job-7.txt")


def resume() -> TailoredCv:
    """Tailor a CV of one line."""
    skills = Section(SectionKind.SKILLS, "Skills", bullets=(BulletFactory().make("Rye bread"),))
    return select(match(Cv("Jo Doe", sections=(skills,)), posting_of()))


any_text = st.text(st.characters())


@pytest.mark.parametrize(
    ("person", "company", "role", "name"),
    [
        ("Ada Lovelace", "Example Works", "Engineer", "Ada_Lovelace_Example_Works_Engineer.docx"),
        ("Jürgen Müller-Łukasz", "", "", "Jurgen_Muller_Lukasz.docx"),
        ("Seán O’Brien", "Smith & Søn", "", "Sean_OBrien_Smith_Son.docx"),
        ("Straße x\u0302", "", "", "Strasse_x.docx"),
        ("山田太郎", "東京大学", "", "山田太郎_東京大学.docx"),
        ("हिन्दी", "", "", "हिन्दी.docx"),
        ("Йордан", "", "", "Йордан.docx"),
        ("", "", "", "CV.docx"),
        (".-_ ", "?*:", "\u3164", "CV.docx"),
        ("con", "", "", "con_CV.docx"),
        ("LPT¹", "", "", "LPT1_CV.docx"),
        *((f"{port}{n}", "", "", f"{port}{n}_CV.docx") for port in ("COM", "lpt") for n in (0, 9)),
        *((name, "", "", f"{name}_CV.docx") for name in ("NUL", "aux", "Prn", "CONIN", "ConOut")),
        ("COM10", "", "", "COM10.docx"),
        ("../../etc", "a\\b", "c:d", "etc_a_b_c_d.docx"),
        ("Ada", "", "Engineer (R&D)/Lead.", "Ada_Engineer_R_D_Lead.docx"),
        ("Ａｄａ ﬁ 👩‍💻", "", "", "Ada_fi.docx"),
    ],
)
def test_names(person: str, company: str, role: str, name: str) -> None:
    """Empty parts are left out, accents go, other scripts stay, the rest separates."""
    assert file_name(person, company, role) == name


def test_long_names_end_at_a_word() -> None:
    """Whole words are left out from the end; one word that is too long is cut."""
    name = file_name("Ada Lovelace", "Example", 30 * "responsible ")
    assert len(name) <= 120
    assert name.endswith("_responsible.docx")
    assert len(file_name(500 * "a", "", "")) == 120
    assert len(file_name(500 * "山", "", "").encode()) <= 240


@given(any_text, any_text, any_text)
def test_any_name_is_safe(person: str, company: str, role: str) -> None:
    """Short and composed, of letters, digits and single ``_``; never empty, hidden or reserved."""
    name = file_name(person, company, role)
    stem = name.removesuffix(".docx")
    assert 0 < len(stem) < len(name) <= 120
    assert len(name.encode()) <= 240
    assert unicodedata.is_normalized("NFC", name)
    assert all(stem.split("_"))
    assert all(c == "_" or unicodedata.category(c)[0] in "LMN" for c in stem)
    assert stem.upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}


@given(any_text, any_text, any_text)
def test_a_name_stays_when_named_again(person: str, company: str, role: str) -> None:
    """A stem is its own name: nothing in it needs another clean-up."""
    name = file_name(person, company, role)
    assert file_name(name.removesuffix(".docx"), "", "") == name


def test_folders() -> None:
    """Company, role and the ending; the ending alone where nothing is said."""
    assert folder_name("Fenwick & Søn", "Baker", "k3x9a") == "Fenwick_Son_Baker_k3x9a"
    assert folder_name("", "?", "k3x9a") == "k3x9a"
    assert folder_name("", 500 * "a", "k3x9a") == 109 * "a" + "_k3x9a"  # with room for .docx
    assert file_name(115 * "a", "", "") == 115 * "a" + ".docx"
    assert file_name(110 * "a", "bcd", "") == 110 * "a" + "_bcd.docx"
    assert file_name(110 * "a", "bcdef", "") == 110 * "a" + ".docx"


@given(any_text, any_text)
def test_folders_of_the_same_words_stay_apart(company: str, role: str) -> None:
    """However long company and role are, the ending that tells them apart is not cut."""
    for words in ((company, role), (company * 200, role), ("", role * 200)):
        one, other = (folder_name(*words, ending) for ending in ("1a2b3", "c4d5e"))
        assert one.removesuffix("1a2b3") == other.removesuffix("c4d5e") != one
        assert len(one) <= 120
        assert len(one.encode()) <= 240


@pytest.mark.parametrize(
    ("title", "company", "name"),
    [
        ("Baker", "Orrin", "Jo_Doe_Orrin_Baker.docx"),
        ("Baker", "", "Jo_Doe_Baker.docx"),
        ("", "Orrin", "Jo_Doe_Orrin.docx"),
        ("", "", "Jo_Doe_job_7.docx"),
    ],
)
def test_a_file_is_named_after_its_posting(
    tmp_path: Path, title: str, company: str, name: str
) -> None:
    """By what the posting says, else by its own file, so that two applications stay apart."""
    made = replace(resume(), match=replace(resume().match, posting=posting_of(title, company)))
    assert resume_path(made, tmp_path) == tmp_path / name


def test_a_path_of_a_word_file_is_the_file(tmp_path: Path) -> None:
    """In capitals too; a folder of such a name is a folder, and another ending one to be made."""
    made = resume()
    for name in ("cv.docx", "CV.DOCX"):
        assert resume_path(made, tmp_path / name) == tmp_path / name
    (tmp_path / "old.docx").mkdir()
    for name in ("old.docx", "cv.doc", "new"):
        assert resume_path(made, tmp_path / name).parent == tmp_path / name
    path = write_resume(made, tmp_path / "new")
    assert path == resume_path(made, tmp_path / "new")
    assert path.read_bytes() == resume_docx(made)
