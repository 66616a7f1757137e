"""What all tests share: how hard hypothesis looks, and the inputs that several tests read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from browser import browser  # noqa: F401 - a fixture of all tests
from hypothesis import settings

from tailor.nlp.pipeline import load
from tailor.reading.reader import read_cv, read_posting
from tailor.values.cv import Cv
from tailor.values.posting import Posting
from tailor.values.resources import data_path

# Time is for benchmarks; a busy machine must not fail a property.
settings.register_profile("thorough", deadline=None)
settings.register_profile("ci", deadline=None, max_examples=30)
settings.load_profile("ci" if os.environ.get("CI") else "thorough")


# Loaded before any test: what it imports draws from `random`, which hypothesis watches.
load()

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real CVs and postings, which are no part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the shared folder of real data, which is not at {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def sample_cv() -> Cv:
    """The CV that ships."""
    return read_cv(data_path("sample_cv.md"))


@pytest.fixture(scope="session")
def sample_posting() -> Posting:
    """The posting for a site reliability engineer that ships."""
    return read_posting(data_path("sample_posting_platform.txt"))
