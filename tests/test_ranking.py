"""The ranking is as good as docs/ranking.md says, and better than what costs nothing."""

from __future__ import annotations

import importlib.util
import math
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("TAILOR_SHARED", ROOT.parent / "shared"))

# Mean nDCG@10 below which the ranking has become worse.
FLOORS = {"graded.json": 0.80, "mixed_cv.json.gz": 0.45}

pytestmark = pytest.mark.skipif(
    not (SHARED / "bench").is_dir(), reason="needs the shared folder with the graded pairs"
)


@pytest.fixture(scope="module")
def ranking() -> ModuleType:
    """The benchmark as a module."""
    path = ROOT / "benchmarks" / "ranking.py"
    spec = importlib.util.spec_from_file_location("benchmark_ranking", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where its dataclasses look for their annotations
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def postings(ranking: ModuleType) -> dict[str, str]:
    """The texts of all postings by id."""
    found: dict[str, str] = ranking.load_postings(SHARED / "postings" / "postings.jsonl.gz")
    return found


@pytest.mark.parametrize("name", FLOORS)
def test_better_than_its_peers(ranking: ModuleType, postings: dict[str, str], name: str) -> None:
    """The mean is above its floor, scikit-learn's TF-IDF and the CV's own order."""
    queries = ranking.load(SHARED / "bench" / name, postings)
    assert len(queries) >= 15

    def mean(ranker: str) -> float:
        rank = ranking.RANKERS[ranker]
        values = [ranking.ndcg(rank(q.posting, q.lines), q.grades) for q in queries]
        return math.fsum(values) / len(values)

    found = mean("tailor")
    assert found >= FLOORS[name]
    assert found > mean("scikit-learn TF-IDF")
    assert found > mean("input order")


def test_ndcg_of_known_orders(ranking: ModuleType) -> None:
    """The best order gives 1, ties stay in input order, and lines below the cut count nothing."""
    assert ranking.ndcg([3, 2, 1], [3, 1, 0]) == 1
    assert ranking.ndcg([0, 0], [0, 1]) == pytest.approx(1 / math.log2(3))
    assert ranking.ndcg([2, 1], [0, 1], 1) == 0
