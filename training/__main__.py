"""Build `models/en_tailor` from postings and résumés, and learn what each word is worth.

    python -m training --postings ../shared/postings/postings.jsonl.gz \
        --resumes ../shared/resumes/resumes.jsonl.gz --out models/

Nothing but figures and lists of words is kept: which form stands in how many documents, and a
vector for each form that stands in enough of them. A form in fewer than three documents is left
out, so that no name or sentence can be read out of what ships. The same input gives the same
figures; vectors vary in the last digit with the processor.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from tailor.nlp.pipeline import PIPELINE
from training.english import add_terms, add_topics, add_vectors, blank_english, weigh_topics
from training.frequencies import Document, learn_idf, read_documents, save_idf
from training.records import read_records
from training.word_vectors import learn_vectors, stretches


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--postings", type=Path, required=True, help="JSON lines with a `text`")
    parser.add_argument("--resumes", type=Path, required=True, help="JSON lines with `bullets`")
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder to write to")
    options = parser.parse_args()
    postings = [str(record["text"]).splitlines() for record in read_records(options.postings)]
    resumes = [list(record["bullets"]) for record in read_records(options.resumes)]
    figures = build([postings, resumes], options.out)
    print(json.dumps(figures))  # noqa: T201 - the command's answer


def build(corpora: list[list[list[str]]], out: Path) -> dict[str, int]:
    """Build the pipeline of `corpora`, which are documents as lines; return figures of it."""
    nlp = blank_english(line for corpus in corpora for lines in corpus for line in lines)
    add_terms(nlp)
    topics = add_topics(nlp)
    read: list[list[Document]] = [read_documents(nlp, corpus) for corpus in corpora]
    weigh_topics(topics, [[document.topics for document in corpus] for corpus in read])
    idf = learn_idf([[document.forms for document in corpus] for corpus in read])
    documents = [document for corpus in read for document in corpus]
    forms, vectors = learn_vectors(
        [stretch for document in documents for stretch in stretches(document.lines)]
    )
    add_vectors(nlp, forms, vectors)
    figures = {
        "documents": len(documents),
        "forms": len(idf.forms),
        "vectors": len(forms),
        "dimensions": vectors.shape[1],
        "topics": len(topics.topics),
        "terms": topics.terms,
    }
    nlp.meta["figures"] = figures
    nlp.to_disk(out / PIPELINE)
    # Reading the corpora left every word in them in the store of strings, people's addresses
    # among them. What ships names the words that have a vector, and no address.
    strings = out / PIPELINE / "vocab" / "strings.json"
    named = sorted(form for form in forms if not re.search(r"@|://|^www\.", form))
    strings.write_text(f"{json.dumps(named, ensure_ascii=False, indent=0)}\n", "utf-8")
    save_idf(idf, out)
    return figures


if __name__ == "__main__":
    main()
