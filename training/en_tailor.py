r"""The pipeline `models/en_tailor`: its tokenizer and its vocabulary.

    python -m training.en_tailor --postings ../shared/postings/postings.jsonl.gz \
        --resumes ../shared/resumes/resumes.jsonl.gz --out models/

spaCy stays the source of truth: nothing of its rules is written by hand here but the names of
work that are added to them.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from spacy.attrs import ORTH
from spacy.lang.en import EnglishDefaults

import tailor.nlp.word_form  # noqa: F401 - registers its component
from tailor.nlp.english import LANGUAGE
from tailor.nlp.pipeline import PIPELINE
from training.records import read_records

if TYPE_CHECKING:
    from spacy.language import Language

# Kept whole; without them "C#" were a letter and a sign.
NAMES = ("C#", "c#", "F#", "f#")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.en_tailor", description=__doc__)
    parser.add_argument("--postings", type=Path, required=True, help="JSON lines with a `text`")
    parser.add_argument("--resumes", type=Path, required=True, help="JSON lines with `bullets`")
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder to write to")
    options = parser.parse_args()
    texts = chain(
        (str(record["text"]) for record in read_records(options.postings)),
        ("\n".join(record["bullets"]) for record in read_records(options.resumes)),
    )
    build_english(texts).to_disk(options.out / PIPELINE)


def build_english(texts: Iterable[str]) -> Language:
    """Return a pipeline that cuts texts as spaCy does and finds the forms of their words."""
    nlp = spacy.blank(LANGUAGE)
    nlp.meta.update(
        name="tailor",
        version="1.0.0",
        spacy_version=">=3.8,<4",
        description="What the lines of CVs and postings say.",
        license="MIT",
    )
    tokenizer: Any = nlp.tokenizer
    for chunk, tokens in special_cases(texts).items():
        tokenizer.add_special_case(chunk, tokens)
    nlp.add_pipe("word_forms")
    return nlp


def special_cases(texts: Iterable[str]) -> dict[str, list[dict[int, str]]]:
    """Return spaCy's special cases that stand in `texts` as whole words, and `NAMES`."""
    chunks = {chunk for text in texts for chunk in text.split()}
    known = {
        chunk: [{ORTH: token[ORTH]} for token in tokens]
        for chunk, tokens in EnglishDefaults.tokenizer_exceptions.items()
        if not any(sign.isspace() for sign in chunk)
    }
    # Which special cases a chunk may hold: of most not even the letters are there.
    text = "\n".join(sorted(chunks))
    found = {
        chunk: tokens
        for chunk, tokens in sorted(known.items())
        if chunk in text and re.search(rf"(?<!\w){re.escape(chunk)}(?!\w)", text)
    }
    return found | {name: [{ORTH: name}] for name in NAMES}


if __name__ == "__main__":
    main()
