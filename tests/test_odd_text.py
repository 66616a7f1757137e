"""CVs of odd size and script: a good page or a clear error, and no word lost."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

import tailor
from tailor.document.resume import resume_docx
from tailor.reading.posting.text import parse_posting
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.errors import CvError

POSTING = "Baker\n\nWhat you'll do\n- Bake rye bread\n- Teach apprentices\n"
HEAD = "# {name}\n\nrobin@example.org | Leeds, UK\n\n## Experience\n"
ROLE = (
    "\n### Baker, Orrin & Sons {number}, Leeds\nJan {year} – Dec {year}\n"
    "- Baked rye bread {number}.\n"
)


def tailored(tmp_path: Path, text: str, pages: int | None = None) -> TailoredCv:
    """Tailor a CV in Markdown to the posting."""
    path = tmp_path / "cv.md"
    path.write_text(text, encoding="utf-8")
    return tailor.select(
        tailor.match(tailor.read_cv(path), parse_posting(POSTING)), pages=pages, fill=True
    )


def texts(resume: TailoredCv) -> list[str]:
    """Write it, and return the paragraphs as another program reads them."""
    return [paragraph.text for paragraph in docx.Document(BytesIO(resume_docx(resume))).paragraphs]


def test_a_name_of_two_hundred_letters(tmp_path: Path) -> None:
    """It wraps, stays whole on the page, and is cut in the file's name only."""
    name = "Robin " + "-".join(["Featherstone"] * 15)
    resume = tailored(tmp_path, HEAD.format(name=name) + ROLE.format(number=1, year=2020))
    assert texts(resume)[0] == name
    path = tailor.write_docx(resume, tmp_path)
    assert len(path.name) <= 120


def test_one_role(tmp_path: Path) -> None:
    """A short CV is a short page."""
    resume = tailored(tmp_path, HEAD.format(name="Robin") + ROLE.format(number=1, year=2020), 2)
    assert resume.pages == 1
    assert "Baked rye bread 1." in texts(resume)


def test_forty_roles(tmp_path: Path) -> None:
    """They need more than two pages, which is said; with enough of them all are there."""
    roles = "".join(ROLE.format(number=n, year=2024 - n) for n in range(40))
    text = HEAD.format(name="Robin Example") + roles
    with pytest.raises(CvError, match=r"its 40 entries.*allow more pages"):
        tailored(tmp_path, text, 1)
    resume = tailored(tmp_path, text, 4)
    assert resume.pages <= 4
    assert sum("Orrin" in line for line in texts(resume)) == 40


def test_a_bullet_of_two_thousand_characters(tmp_path: Path) -> None:
    """As one sentence it stays whole; as many, sentences may go."""
    long = "Baked " + ", ".join(f"rye bread number {n}" for n in range(90)) + "."
    assert len(long) > 1800
    text = HEAD.format(name="Robin") + ROLE.format(number=1, year=2020) + f"- {long}\n"
    assert long in texts(tailored(tmp_path, text, 1))


@pytest.mark.parametrize(
    "words",
    [
        "Baked 🥐 and 🥖 for 300 guests 👩‍🍳",
        "在慕尼黑烘焙黑麦面包三年",
        "خبز الجاودار في ليدز لمدة ثلاث سنوات",
        "Bake\u0301d Cafe\u0301 brötchen ŷ̃",
        "ライ麦パンを焼いた",
        "Пёк ржаной хлеб",
    ],
)
def test_scripts_and_signs(tmp_path: Path, words: str) -> None:
    """What Unicode can say stays as it is."""
    text = HEAD.format(name="Robin") + ROLE.format(number=1, year=2020) + f"- {words}\n"
    assert words in texts(tailored(tmp_path, text, 1))


def test_control_characters_go(tmp_path: Path) -> None:
    """What XML cannot hold is left out, and the words around it stay."""
    text = HEAD.format(name="Robin") + ROLE.format(number=1, year=2020)
    resume = tailored(tmp_path, text + "- Baked\x07 rye\x1b[31m cakes\x0b daily\n", 1)
    found = next(line for line in texts(resume) if "cakes" in line)
    assert found.replace("[31m", "").split() == ["Baked", "rye", "cakes", "daily"]
    assert found.isprintable()
