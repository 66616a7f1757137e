"""Changes of a posting that ask for nothing else leave the best lines of a CV as they were."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("TAILOR_SHARED", ROOT.parent / "shared"))

# Of the pairs that a change alters, four to fifteen, all but two must keep the set of their best
# five lines: the fifth and the sixth of some are worth the same within .02.
# `python benchmarks/metamorphic.py --moved` prints these figures, and what moved.
MOST_MOVED = 2
AIM_OF_ALL = 0.95
CHANGES = (
    "acronyms spelt out",
    "terms abbreviated",
    "spelling American",
    "spelling British",
    "sections reversed",
    "sections rotated",
    "benefits at the beginning",
    "benefits at the middle",
    "benefits at the end",
    "equal opportunity at the beginning",
    "equal opportunity at the middle",
    "equal opportunity at the end",
)

needs_shared = pytest.mark.skipif(
    not (SHARED / "bench").is_dir(), reason="needs the shared folder with the graded pairs"
)

POSTING = """Baker

About us

We analyse the colour of bread at our centre.

What you'll do
- Build ML models on GPUs
- Care for natural language processing

Requirements
- SaaS, and machine-learning
- CI/CD, and a CI server
"""


@pytest.fixture(scope="module")
def metamorphic() -> ModuleType:
    """The benchmark as a module, which imports its neighbour."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        # By its name, so that a type checker does not look for it beside this test.
        return pytest.importorskip("metamorphic")  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def outcomes(metamorphic: ModuleType) -> dict[str, list[object]]:
    """What each change did to the pairs it altered."""
    queries = metamorphic.load_graded(SHARED / "bench", SHARED / "postings" / "postings.jsonl.gz")
    return {
        name: metamorphic.outcomes(queries, change) for name, change in metamorphic.CHANGES.items()
    }


@needs_shared
@pytest.mark.parametrize("name", CHANGES)
def test_best_lines_stay(
    metamorphic: ModuleType, outcomes: dict[str, list[object]], name: str
) -> None:
    """A change leaves the best five lines of its share of the pairs as they were."""
    assert outcomes[name]
    kept = metamorphic.same_set_share(outcomes[name]) * len(outcomes[name])
    assert kept >= len(outcomes[name]) - MOST_MOVED - 1e-9


@needs_shared
def test_best_lines_stay_altogether(
    metamorphic: ModuleType, outcomes: dict[str, list[object]]
) -> None:
    """Over all pairs and changes too; and no change goes unmeasured."""
    every = [outcome for found in outcomes.values() for outcome in found]
    assert set(outcomes) == set(CHANGES)
    assert metamorphic.same_set_share(every) >= AIM_OF_ALL


def test_acronyms_are_swapped(metamorphic: ModuleType) -> None:
    """Whole acronyms and terms only, plurals as plurals, everyday words not at all."""
    spelt = metamorphic.spell_out(POSTING)
    assert "- Build machine learning models on graphics processing units\n" in spelt
    assert "- software as a service, and machine-learning\n" in spelt
    assert "- Care for" in spelt
    assert "- CI/CD, and a continuous integration server\n" in spelt
    short = metamorphic.abbreviate(spelt)
    assert "- Build ML models on GPUs\n" in short
    assert "- Care for NLP\n" in short
    assert "- SAAS, and ML\n" in short


def test_spelling_is_swapped(metamorphic: ModuleType) -> None:
    """There and back, with the case of the first letter."""
    american = metamorphic.to_american("Analyse colours and Programmes; optimising, MODELLING.")
    assert american == "Analyze colors and Programs; optimizing, MODELING."
    british = metamorphic.to_british(american)
    assert british == "Analyse colours and Programmes; optimising, MODELLING."
    assert metamorphic.to_british("learned while sized") == "learned while sized"


def test_sections_keep_their_headings(metamorphic: ModuleType) -> None:
    """The title stays first, and no line is lost or leaves its section."""
    turned = metamorphic.reversed_sections(POSTING)
    assert sorted(turned.split()) == sorted(POSTING.split())
    assert turned.startswith("Baker\n\nRequirements\n- SaaS")
    assert turned.endswith("About us\n\nWe analyse the colour of bread at our centre.")
    rotated = metamorphic.rotated_sections(POSTING)
    assert rotated.startswith("Baker\n\nRequirements\n- SaaS")
    assert rotated.endswith("natural language processing")


@pytest.mark.parametrize(
    ("place", "before", "after"),
    [
        ("beginning", "Baker", "About us"),
        ("middle", "at our centre.", "What you'll do"),
        ("end", "a CI server", ""),
    ],
)
def test_paragraph_stands_between(
    metamorphic: ModuleType, place: str, before: str, after: str
) -> None:
    """The paragraph stands alone, and around it the posting is as it was."""
    above, _, below = metamorphic.with_paragraph(POSTING, "Free bread.", place).partition(
        "\n\nFree bread."
    )
    assert above.rstrip().endswith(before)
    assert below.lstrip().startswith(after)
    assert f"{above}\n{below}".split() == POSTING.split()
