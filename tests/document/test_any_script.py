"""Odd words on the page: a good page, in reading order, or a clear error."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tailor
from tailor.document.document import directed, render_docx, runs_right_to_left
from tailor.document.resume import resume_docx
from tailor.layout.page import paginate
from tailor.layout.typography import Paragraph, Style
from tailor.reading.posting.text import parse_posting
from tailor.selection.composition import compose
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.cv import RichText, Run
from tailor.values.errors import CvError

POSTING = parse_posting("Data engineer\n\nRequirements\n- Python and Kafka\n- Kubernetes\n")
ARABIC = "بنت خطوط Kafka و Python في 2021 (مع AWS)."
HEBREW = "בניתי צינורות Kafka ב-Python עבור 40 צוותים."


def entry(*lines: str) -> str:
    """Write an entry of a Markdown CV."""
    head = "### Engineer, Orrin Labs, Leeds\nJan 2019 – Present\n"
    return head + "".join(f"- {line}\n" for line in lines)


def cv_text(entries: str, name: str = "Jo Doe", headline: str = "Engineer") -> str:
    """Write a Markdown CV."""
    head = f"# {name}\n\n{headline}\n\njo@example.org | Leeds, UK\n\n"
    return f"{head}## Experience\n\n{entries}"


def tailored(folder: Path, text: str) -> TailoredCv:
    """Read the CV and choose from it."""
    file = folder / "cv.md"
    file.write_text(text, encoding="utf-8")
    return tailor.select(tailor.match(tailor.read_cv(file), POSTING))


def page(resume: TailoredCv) -> list[str]:
    """Return the paragraphs of the file, as another program reads it."""
    return [paragraph.text for paragraph in docx.Document(BytesIO(resume_docx(resume))).paragraphs]


@pytest.mark.parametrize(
    "line",
    [
        "Built Kafka pipelines 🎉 in Python ✅ for 🇬🇧 👩\u200d💻 and 👍🏽.",
        "Kafka と Python でデータ基盤を構築し、四十のチームに提供した。",
        "用Python和Kafka构建数据管道，服务四十个团队。",
        "카프카와 Python으로 파이프라인을 만들었다.",
        ARABIC,
        HEBREW,
        "می\u200cخواهم خطوط Kafka بسازم.",
        "Kafka से पाइपलाइन बनाई, क\u094d\u200dष।",
        "Cafe\u0301 Kafka z\u0351\u036b\u0343\u036aa\u0334l\u0335g\u0321o.",
        "Built 𝐊𝐚𝐟𝐤𝐚 pipelines in ﬁles of ½ km² & <b>.",
        "Kafka: " + "x" * 2000,
        "Built Kafka pipelines in Python for the teams of the house " * 34,
    ],
    ids=lambda line: line[:12],
)
def test_a_line_of_any_script_is_printed_whole(tmp_path: Path, line: str) -> None:
    """Every character stands on the page, in the order of reading, inside its entry."""
    shown = page(tailored(tmp_path, cv_text(entry(line.replace("<", r"\<")))))
    folded = " ".join(line.split())
    assert folded in [unicodedata.normalize("NFC", text) for text in shown] or folded in shown


@pytest.mark.parametrize("name", ["山田 太郎", "ليلى حداد", "Zoe\u0301 Mu\u0308ller", "M" * 200])
def test_a_name_of_any_script_stands_alone_on_top(tmp_path: Path, name: str) -> None:
    """Also one that takes many lines: these are counted."""
    resume = tailored(tmp_path, cv_text(entry("Built Kafka pipelines."), name=name))
    assert page(resume)[0] in {name, unicodedata.normalize("NFC", name)}
    design = resume.design
    top = compose(resume.cv, (), design)[:1]
    lines = paginate(top, design).lines
    assert lines > 5 if len(name) > 99 else lines == 1


def test_a_long_headline_is_printed_whole(tmp_path: Path) -> None:
    """A headline as long as a paragraph is on the page, in the person's words."""
    headline = "Engineer of pipelines, clusters and what stands between them, " * 8 + "since 2009"
    assert headline in page(tailored(tmp_path, cv_text(entry("Built it."), headline=headline)))


def test_control_characters(tmp_path: Path) -> None:
    """What cannot be seen goes; with a null the file is no text at all, and that is said."""
    line = "Built\x0b Kafka\x1b[31m pipe\xadlines\x9f in \u202ePython\u202c \ue000now."
    shown = page(tailored(tmp_path, cv_text(entry(line))))
    assert "Built Kafka[31m pipelines in Python now." in shown
    with pytest.raises(CvError, match="not text"):
        tailored(tmp_path, cv_text(entry("Built Kafka\x00.")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ARABIC, True),
        (HEBREW, True),
        ("2021 – 40 % (مع)", True),
        ("„נועה“", True),
        ("Kafka مع", False),
        ("é עברית", False),
        ("漢字 עברית", False),
        ("٤٠", False),
        ("2021", False),
        ("", False),
    ],
)
def test_the_first_letter_tells_the_direction(text: str, expected: bool) -> None:
    """Figures and marks before it do not count."""
    assert runs_right_to_left(text) is expected


@given(st.text(alphabet="aé漢7٤ بע.,()-\t\u0301_"))
def test_pieces_of_one_direction_are_the_text(text: str) -> None:
    """No character is lost or turns round, and words of other letters keep their direction."""
    pieces = list(directed(text))
    assert "".join(piece for piece, _ in pieces) == text
    for piece, turned in pieces:
        letters = {runs_right_to_left(c) for c in piece if c.isalpha()}
        assert letters <= {turned}


def test_names_of_languages_keep_their_marks() -> None:
    """Pluses, hashes and the dot of a name go with it."""
    names = ["C++", "C#", ".NET", "node.js", "k8s"]
    pieces = directed(f"עם {', '.join(names)}.")
    assert [piece for piece, turned in pieces if not turned] == names


def test_paragraphs_run_as_their_letters_do() -> None:
    """Only what is written from right to left is marked so; the text is in the order of reading."""
    lines = [ARABIC, "Built Kafka.", HEBREW]
    paragraphs = [
        Paragraph(Style.BULLET, RichText.of([Run(line[:5], bold=True), Run(line[5:])]))
        for line in lines
    ]
    read: Any = docx.Document(BytesIO(render_docx(paragraphs, title="", author=""))).paragraphs
    assert [paragraph.text for paragraph in read] == lines
    tag = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}bidi"
    assert [p._p.pPr.find(tag) is not None for p in read] == [True, False, True]  # noqa: SLF001
    for paragraph in read:
        for run in paragraph.runs:
            letters = {runs_right_to_left(c) for c in run.text if c.isalpha()}
            assert letters <= {bool(run.font.rtl)}  # a name in other letters is not turned
