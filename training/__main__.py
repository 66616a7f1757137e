"""Learn document frequencies and word vectors from postings and résumés, for `models/`.

    python -m training --postings ../shared/postings/postings.jsonl.gz \
        --resumes ../shared/resumes/resumes.jsonl.gz --out models/

Figures only: which word form stands in how many documents, and a vector for each form that
stands in enough of them. A form that stands in fewer than three documents is left out, so that
no name or sentence can be read out of the tables. The same input gives the same frequencies; the
vectors vary in the last digit with the processor.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
from itertools import chain
from pathlib import Path

import numpy as np

from tailor.nlp.embedding import FREQUENCIES_FILE
from tailor.nlp.language import TERMS_FILE, WORD_FORMS_FILE, words
from tailor.nlp.thesaurus import THESAURUS_FILE
from tailor.nlp.word_vectors import FORMS_FILE, VECTORS_FILE
from training.frequencies import count_documents, format_frequencies
from training.records import read_records
from training.thesaurus import (
    build_thesaurus,
    format_thesaurus,
    parse_written,
    weigh_topics,
    written_text,
)
from training.word_forms import format_terms, format_word_forms
from training.word_vectors import learn_vectors, stretches

CARD_FIGURES = "document_frequencies.json"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--postings", type=Path, required=True, help="JSON lines with a `text`")
    parser.add_argument("--resumes", type=Path, required=True, help="JSON lines with `bullets`")
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder to write to")
    options = parser.parse_args()
    # First, since all that follows is counted by it.
    (options.out / TERMS_FILE).write_bytes(_gzip(format_terms()))
    corpora = (
        count_documents(str(record["text"]) for record in read_records(options.postings)),
        count_documents("\n".join(record["bullets"]) for record in read_records(options.resumes)),
    )
    table = format_frequencies(corpora)
    (options.out / FREQUENCIES_FILE).write_bytes(_gzip(table))
    (options.out / WORD_FORMS_FILE).write_bytes(
        _gzip(
            format_word_forms(
                chain(
                    (str(record["text"]) for record in read_records(options.postings)),
                    ("\n".join(record["bullets"]) for record in read_records(options.resumes)),
                )
            )
        )
    )
    figures = {
        "postings": corpora[0].size,
        "resumes": corpora[1].size,
        "forms": table.count("\n") - 1,
        "sha256_of_table": hashlib.sha256(table.encode()).hexdigest(),
    }
    forms, vectors = learn_vectors(
        [
            stretch
            for lines in chain(
                (str(record["text"]).splitlines() for record in read_records(options.postings)),
                (record["bullets"] for record in read_records(options.resumes)),
            )
            for stretch in stretches([word.form for word in words(line)] for line in lines)
        ]
    )
    np.save(options.out / VECTORS_FILE, vectors)
    (options.out / FORMS_FILE).write_text("".join(f"{form}\n" for form in forms), encoding="utf-8")
    figures |= {"vectors": len(forms), "dimensions": vectors.shape[1]}
    thesaurus = weigh_topics(
        build_thesaurus(parse_written(written_text())),
        (
            (str(record["text"]) for record in read_records(options.postings)),
            ("\n".join(record["bullets"]) for record in read_records(options.resumes)),
        ),
    )
    (options.out / THESAURUS_FILE).write_bytes(_gzip(format_thesaurus(thesaurus)))
    figures |= {"topics": len(thesaurus.topics), "terms": len(thesaurus.terms)}
    (options.out / CARD_FIGURES).write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps(figures))  # noqa: T201 - the command's answer


def _gzip(text: str) -> bytes:
    """Compress without a time stamp, so the same text gives the same bytes."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=buffer, mode="wb", mtime=0) as file:
        file.write(text.encode())
    return buffer.getvalue()


if __name__ == "__main__":
    main()
