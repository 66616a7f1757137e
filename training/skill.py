r"""Train the model that finds the phrases which name skills and knowledge, for `models/`.

    python -m training.skill --skillspan ../shared/bench/skillspan --out models

Makes a gazetteer of the names in `data/skill_aliases.tsv` and `data/thesaurus_*.txt`, and reads
`train.json` of SkillSpan (Zhang et al. 2022, MIT licence) and none of its other files. The
strengths of both penalties were chosen by holding out a third of its postings. A feature that
was seen only once is left out. The same input gives the same bytes on the same machine.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pycrfsuite
from spacy.attrs import LOWER

from tailor.nlp.ngram import PhraseTable
from tailor.nlp.pipeline import load, read_texts
from tailor.nlp.skill import MODEL_FILE, NAMES_FILE, Kind, features, find_names, lines_of
from tailor.values.resources import DATA, data_table, data_text
from training.skillspan import AnnotatedLine, labels_of, read_skillspan

SETTINGS = {
    "c1": 0.5,  # L1: many weights become exactly 0, and are not in the file
    "c2": 0.5,  # L2
    "max_iterations": 100,
    "feature.minfreq": 2,
}


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.skill", description=__doc__)
    parser.add_argument("--skillspan", type=Path, required=True, help="folder with train.json")
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder to write to")
    options = parser.parse_args()
    lines = list(read_skillspan(options.skillspan / "train.json"))
    gazetteer = make_gazetteer(listed_names())
    model = train(lines, gazetteer, options.out)
    figures = {
        "lines": len(lines),
        "names": len(gazetteer.keys),
        "bytes": model.stat().st_size,
    }
    print(json.dumps(figures))  # noqa: T201 - the command's answer


def listed_names() -> dict[str, set[str]]:
    """Return the names that the tables of `data/` list, by list."""
    rows = data_table("skill_aliases.tsv")
    names = {"alias": {row[column] for row in rows for column in ("alias", "term")}}
    for path in sorted(DATA.glob("thesaurus_*.txt")):
        lines = data_text(path.name).splitlines()
        terms = [term.strip() for line in lines if line[:1] == " " for term in line.split(",")]
        names[path.stem] = {term for term in terms if term}
    return names


def make_gazetteer(names: Mapping[str, Iterable[str]]) -> PhraseTable:
    """Return the gazetteer of `names` by list; a name of several lists stands in the first."""
    rows: dict[tuple[int, ...], int] = {}
    for row, listed in enumerate(names.values()):
        for name in sorted(listed):
            key = tuple(load().make_doc(name).to_array([LOWER]).tolist())
            rows.setdefault(key, row)
    return PhraseTable.of(rows)


def train(lines: Sequence[AnnotatedLine], gazetteer: PhraseTable, out: Path) -> Path:
    """Train the model on `lines`, write it and `gazetteer` into `out`, and return its file."""
    trainer = pycrfsuite.Trainer(params=SETTINGS, verbose=False)
    docs = read_texts(line.text for line in lines)
    for line, doc, listed in zip(lines, docs, find_names(gazetteer, docs), strict=True):
        for words in lines_of(doc):
            of_kinds = (labels_of(words, line.spans[kind]) for kind in Kind)
            labels = ["".join(label) for label in zip(*of_kinds, strict=True)]
            trainer.append(features(words, listed), labels)
    trainer.train(str(out / MODEL_FILE))
    gazetteer.save(out / NAMES_FILE)
    return out / MODEL_FILE


if __name__ == "__main__":
    main()
