r"""Train the models that find the phrases which name skills and knowledge, for `models/skills/`.

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
    figures = {"lines": len(lines), **train(lines, options.out)}
    print(json.dumps(figures))  # noqa: T201 - the command's answer


def train(lines: Iterable[AnnotatedLine], out: Path) -> dict[str, int]:
    """Train a model of each kind on `lines`, write both below `out`, and return their sizes."""
    trainers = {kind: pycrfsuite.Trainer(verbose=False) for kind in Kind}
    for line in lines:
        (doc,) = read_texts([line.text])
        listed = gazetteer().find(doc)
        for words in lines_of(doc):
            items = pycrfsuite.ItemSequence(features(words, listed))
            for kind, trainer in trainers.items():
                trainer.append(items, labels_of(words, line.spans[kind]))
    sizes = {}
    for kind, trainer in trainers.items():
        path = out / MODEL_FILE.format(kind=kind)
        path.parent.mkdir(exist_ok=True)
        trainer.set_params(SETTINGS)
        trainer.train(str(path))
        sizes[f"bytes of {kind}"] = path.stat().st_size
    return sizes


if __name__ == "__main__":
    main()
