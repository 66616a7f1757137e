"""What an import says it found."""

from __future__ import annotations

from cv_strategies import cvs
from hypothesis import given, settings

from tailor.report.check import what_was_found
from tailor.values.cv import Cv, SectionKind


def test_the_sample(sample_cv: Cv) -> None:
    """The numbers are those of the CV that ships."""
    found = dict(what_was_found(sample_cv))
    assert found["positions"] == len(sample_cv.positions)
    assert found["degrees"] == len(sample_cv.degrees)
    assert found["skills"] == len(sample_cv.skills)
    assert found["languages"] == len(sample_cv.languages)
    assert found["publications"] == len(sample_cv.publications)
    assert found["unplaced"] == 0


@given(cvs)
@settings(max_examples=25)
def test_each_entry_and_line_counts_once(cv: Cv) -> None:
    """Whatever the sections, the numbers add up; names are the same for every CV."""
    found = dict(what_was_found(cv))
    entries = ("positions", "degrees", "projects", "volunteer roles", "themes", "other entries")
    assert sum(found[name] for name in entries) == len(cv.entries)
    assert found["bullets"] == sum(len(entry.bullets) for entry in cv.entries)
    lists = (SectionKind.SKILLS, SectionKind.LANGUAGES)
    lines = sum(len(s.bullets) for s in cv.sections if s.kind not in lists)
    others = set(found) - {*entries, "bullets", "contacts", "skills", "languages", "unplaced"}
    assert sum(found[name] for name in others) == lines
    assert list(found) == [name for name, _ in what_was_found(Cv("Jo"))]
