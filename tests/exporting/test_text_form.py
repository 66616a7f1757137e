"""The page as plain text: the words of the Word file, in its order."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx

import tailor
from tailor.document.resume import resume_docx
from tailor.exporting import page_text
from tailor.values.cv import Cv
from tailor.values.posting import Posting


def test_the_words_are_those_of_the_word_file(sample_cv: Cv, sample_posting: Posting) -> None:
    """A line for each paragraph, bullets marked, entries apart, no tab and no blank at its end."""
    resume = tailor.select(tailor.match(sample_cv, sample_posting))
    text = page_text(resume)
    document: Any = docx.Document(BytesIO(resume_docx(resume)))
    written = [paragraph.text.replace(" \t", " | ") for paragraph in document.paragraphs]
    lines = [line for line in text.splitlines() if line]
    assert [line.removeprefix("- ") for line in lines] == written
    assert "\t" not in text
    assert "\n\n\n" not in text
    heads = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Heading 2"]
    assert text.count("\n\n") >= len(heads) - 1 > 3
