"""The PDF: the Word file's page, read by other programs in the same order, on any machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tailor
from tailor.document.pdf import make_pdf
from tailor.document.resume import resume_docx
from tailor.document.typeset import render_pdf
from tailor.layout.typography import A4, LOOKS, Design, Paragraph, Style
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.cv import Cv, RichText, Run
from tailor.values.errors import OutputError
from tailor.values.posting import Posting

HERE = Path()
ARABIC = "مهندس برمجيات C++ في 2021"


def text_of(pdf: bytes) -> str:
    """The letters of a PDF without spaces and bullets, as PDFium reads them."""
    pages = pypdfium2.PdfDocument(pdf)
    # PDFium writes U+FFFE for a hyphen at the end of a line.
    read = "".join(page.get_textpage().get_text_range() for page in pages).replace("\ufffe", "-")
    return re.sub(r"[\s•]", "", read)


def made(*paragraphs: Paragraph, look: str = "classic") -> bytes:
    """The PDF of these below a name."""
    named = [Paragraph(Style.NAME, RichText.of("Ada Example")), *paragraphs]
    design = Design.of(A4, LOOKS[look])
    return render_pdf(named, design=design, title="CV", author="Ada", language="en-GB")


def resume_of(cv: Cv, posting: Posting, look: str) -> TailoredCv:
    """The tailored CV in a look."""
    return tailor.select(tailor.match(cv, posting), look=look)


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_the_page_of_the_word_file(sample_cv: Cv, sample_posting: Posting, look: str) -> None:
    """Its words, in its order, on the estimate's pages; and it says its language and structure."""
    resume = resume_of(sample_cv, sample_posting, look)
    document = resume_docx(resume)
    pdf = make_pdf(resume, document, HERE)
    written = "".join(each.text for each in docx.Document(BytesIO(document)).paragraphs)
    assert text_of(pdf) == re.sub(r"\s", "", written)
    assert len(pypdfium2.PdfDocument(pdf)) == resume.pages
    told = pypdfium2.PdfDocument(pdf).get_metadata_dict()
    assert told["Title"].startswith(sample_cv.name)
    assert told["Author"] == sample_cv.name
    for mark in (b"/Lang(en-GB)", b"/StructTreeRoot", b"/Marked true", b"<pdfuaid:part>1<"):
        assert mark in pdf
    assert b"/FontFile2" in pdf
    assert b"ypst" not in pdf
    assert len(pdf) < 100_000


def test_the_same_bytes_in_another_process(sample_cv: Cv, sample_posting: Posting) -> None:
    """Whatever the folder, the time, the order of sets and the number of threads."""
    resume = resume_of(sample_cv, sample_posting, "classic")
    script = (
        "import sys, tailor; from tailor.document.pdf import make_pdf; from pathlib import Path;"
        "cv, posting = tailor.read_cv(sys.argv[1]), tailor.read_posting(sys.argv[2]);"
        "resume = tailor.select(tailor.match(cv, posting));"
        "sys.stdout.buffer.write(make_pdf(resume, b'', Path()))"
    )
    again = subprocess.run(
        [sys.executable, "-c", script, sample_cv.source, sample_posting.source],
        env={**os.environ, "PYTHONHASHSEED": "7", "RAYON_NUM_THREADS": "1", "TZ": "Asia/Tokyo"},
        capture_output=True,
        check=True,
    )
    assert again.stdout == make_pdf(resume, b"", HERE)


def test_words_are_no_marks_of_the_typesetter() -> None:
    """What would be code or markup to it stands on the page as it is written."""
    line = '#let x = 1 $a$ *b* _c_ `d` [e] <f> @g // h /* i */ = j - k ~ -- --- ... \\ #read("l")'
    assert re.sub(r"\s", "", line) in text_of(made(Paragraph(Style.BULLET, RichText.of(line))))


def test_only_safe_addresses_are_links() -> None:
    """As in the Word file."""
    runs = (Run("good", link="https://example.org"), Run("bad", link="javascript:alert(1)"))
    pdf = made(Paragraph(Style.BODY, RichText(runs)))
    assert b"https://example.org" in pdf
    assert b"javascript" not in pdf


def unset(*paragraphs: Paragraph, look: str = "classic") -> str:
    """What is said of letters that no font here has, "" if all are set."""
    try:
        made(*paragraphs, look=look)
    except OutputError as error:
        return str(error)
    return ""


def test_lines_from_right_to_left_are_set() -> None:
    """Letters that the shipped fonts lack are taken from the machine's, or are named."""
    line = Paragraph(Style.BULLET, RichText.of(ARABIC))
    told = unset(line)
    assert "U+" in told if told else set(ARABIC) - {" "} <= set(text_of(made(line)))


def test_a_letter_that_no_font_has_is_named() -> None:
    """It would be an empty box on the page; no word of the CV stands in the message."""
    told = unset(Paragraph(Style.BULLET, RichText.of("Secret \u0378")))
    assert "(U+0378); install one, or leave --pdf out" in told
    assert "Secret" not in told


WORDS = st.one_of(
    st.text(alphabet="abC é+#./-–\t(),אבג0120\u0301\u2011", max_size=30),
    st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x24F), max_size=30),
    st.text(max_size=10),
)
RUNS = st.builds(
    Run, WORDS, st.booleans(), st.booleans(), st.sampled_from((None, "https://example.org"))
)
PARAGRAPHS = st.builds(
    Paragraph,
    st.sampled_from(Style),
    st.lists(RUNS, max_size=3).map(lambda runs: RichText(tuple(runs))),
)


@settings(max_examples=25)
@given(st.lists(PARAGRAPHS, max_size=4), st.sampled_from(sorted(LOOKS)))
def test_any_words_are_set_or_their_letters_named(paragraphs: list[Paragraph], look: str) -> None:
    """Nothing ends in a fault of the typesetter's."""
    told = unset(Paragraph(Style.SECTION, RichText.of("Work")), *paragraphs, look=look)
    assert not told or "U+" in told
