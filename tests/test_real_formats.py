"""Real CVs of all formats: what is found against a count by eye, and there and back again."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

import tailor

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "cv_formats.py"


def load() -> ModuleType:
    """Load the benchmark, which has the counts and the comparison."""
    spec = importlib.util.spec_from_file_location("cv_formats", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


benchmark = load()


@pytest.mark.parametrize("name", benchmark.BY_EYE)
def test_what_is_found_is_what_a_person_counts(shared: Path, name: str) -> None:
    """All positions and degrees are found, and all lines below positions, with one stray date."""
    counted = benchmark.BY_EYE[name]
    cv = tailor.read_cv(shared / "cvs" / name)
    bullets = sum(len(entry.bullets) for entry in cv.positions)
    assert len(cv.positions) == counted.positions
    assert len(cv.degrees) == counted.degrees
    assert counted.bullets <= bullets <= counted.bullets + 1


def test_the_real_cv_there_and_back(shared: Path, tmp_path: Path) -> None:
    """Written whole as DOCX, and that as PDF: the same positions, dates and bullets come back."""
    real = tailor.read_cv(shared / "cvs" / "master_cv.md")
    paths = list(benchmark.written(real, tmp_path))
    assert len(paths) == 1 + bool(shutil.which("soffice"))
    for path in paths:
        back = tailor.read_cv(path)
        assert [facts(e) for e in back.entries] == [facts(e) for e in real.entries], path
        assert back.unplaced == ()


def facts(entry: tailor.values.cv.Entry) -> tuple[object, ...]:
    """Return all that an entry says."""
    lines = [bullet.text.plain for bullet in entry.bullets]
    return entry.titles, entry.organisation, entry.place, entry.period, lines


def test_yaml_and_pdf_of_one_cv_agree(shared: Path) -> None:
    """RenderCV's sample: employers, titles and bullets are the same; dates, but for one.

    The theme prints the year of one project with a month.
    """
    yaml, pdf = (tailor.read_cv(shared / "cvs" / f"rendercv_sample.{e}") for e in ("yaml", "pdf"))
    for one, other in zip(yaml.entries, pdf.entries, strict=True):
        assert (one.titles, one.organisation) == (other.titles, other.organisation)
        assert [b.text.plain for b in one.bullets] == [b.text.plain for b in other.bullets]
    differing = [
        o.title for o, p in zip(yaml.entries, pdf.entries, strict=True) if o.period != p.period
    ]
    assert len(differing) <= 1
