r"""Train the model that finds the phrases which name skills and knowledge, for `models/`.

    python -m training.skill --skillspan ../shared/bench/skillspan --out models

Reads `train.json` of SkillSpan (Zhang et al. 2022, MIT licence) and none of its other files. The
strengths of both penalties were chosen by holding out a third of its postings. A feature that
was seen only once is left out. The same input gives the same bytes on the same machine.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import pycrfsuite

from tailor.nlp.pipeline import read_texts
from tailor.nlp.skill import MODEL_FILE, Kind, features, gazetteer, lines_of
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
    model = train(lines, options.out)
    figures = {"lines": len(lines), "bytes": model.stat().st_size}
    print(json.dumps(figures))  # noqa: T201 - the command's answer


def train(lines: Iterable[AnnotatedLine], out: Path) -> Path:
    """Train the model on `lines`, write it into the folder `out`, and return its file."""
    trainer = pycrfsuite.Trainer(params=SETTINGS, verbose=False)
    for line in lines:
        (doc,) = read_texts([line.text])
        listed = gazetteer().find(doc)
        for words in lines_of(doc):
            of_kinds = (labels_of(words, line.spans[kind]) for kind in Kind)
            labels = ["".join(label) for label in zip(*of_kinds, strict=True)]
            trainer.append(features(words, listed), labels)
    trainer.train(str(out / MODEL_FILE))
    return out / MODEL_FILE


if __name__ == "__main__":
    main()
