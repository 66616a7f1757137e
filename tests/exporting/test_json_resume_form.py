"""A whole CV as JSON Resume: valid, complete, and read back exactly."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from cv_strategies import cvs
from hypothesis import given, settings
from jsonschema import Draft7Validator

from tailor.exporting import export_cv
from tailor.exporting.json_resume_form import to_json, to_json_resume, to_yaml
from tailor.reading.cv.numbering import renumbered
from tailor.reading.fields import read_structured
from tailor.reading.fields.json_resume import Resume
from tailor.reading.fields.model import fit
from tailor.reading.files import Content
from tailor.reading.master.form import MARK, read_master_form
from tailor.values.cv import Cv, RichText, Section, SectionKind

CV = f"""\
{MARK}
# Jo Doe

Baker

- Email: jo@example.org
- Email: joanna@example.org
- Phone: 1.0
- Website: jo.example.org
- Handle: [GitHub: jo](https://github.com/jo)
- Place: Leeds, UK
- Nationality: null

## Summary

Bakes **bread**.

Sells it.

## Work

- Open to moving

### Cook » Baker | Crumb & Sons | Leeds
Jan 2019 – Present
<https://crumb.example>

- yes

## Letters <!-- kind: education -->

### BSc Bread | University of Rye | Rye
2016 – Jul 2018

- Thesis on *rye*.

## Papers | [all](https://x.example)

- Rye, a life. [Here](https://x.example/1) | Mar 2020

## Skills

- Bread: rye, oat
- Patience

## Languages

- English (native), German: B2

## Voyages

- To sea | 2001

### Ships | Blue Line
2000

- Sailed.

## Unplaced

- 2019-01
"""


def back(text: str) -> Cv:
    """Read what was written."""
    return read_structured(Content("cv", text.encode(), "CV"))


@given(cvs)
@settings(max_examples=20)
def test_reads_back_exactly(cv: Cv) -> None:
    """JSON and YAML give an equal CV again, and both hold the same valid data."""
    data = json.loads(to_json(cv))
    assert yaml.safe_load(to_yaml(cv)) == data
    assert back(to_json(cv)) == cv
    assert back(to_yaml(cv)) == cv
    fit(Resume, data, lambda path, finding: pytest.fail(f"{path}: {finding}"))


def test_the_public_schema(shared: Path, sample_cv: Cv) -> None:
    """The data are valid by the schema that jsonresume.org publishes."""
    schema = json.loads((shared / "cvs" / "jsonresume_schema.json").read_text("utf-8"))
    for cv in (sample_cv, read_master_form(CV)):
        Draft7Validator(schema).validate(to_json_resume(cv))


def test_the_standard_keys() -> None:
    """Each part stands where programs look for it; what has none has a key of its own."""
    data: dict[str, Any] = dict(to_json_resume(read_master_form(CV)))
    meta = data.pop("meta")
    assert meta["version"] == "v1.0.0"
    assert "\n".join(meta["tailor"]["markdown"]) + "\n" == CV
    assert data == {
        "basics": {
            "name": "Jo Doe",
            "label": "Baker",
            "email": "jo@example.org",
            "phone": "1.0",
            "url": "https://jo.example.org",
            "summary": "Bakes bread.\n\nSells it.",
            "location": {"address": "Leeds, UK"},
            "nationality": "null",
            "profiles": [
                {"network": "GitHub", "username": "jo", "url": "https://github.com/jo"},
            ],
            "contacts": ["joanna@example.org"],
        },
        "work": [
            {
                "name": "Crumb & Sons",
                "position": "Baker",
                "titles": ["Cook", "Baker"],
                "location": "Leeds",
                "url": "https://crumb.example",
                "startDate": "2019-01",
                "highlights": ["yes"],
            }
        ],
        "education": [
            {
                "institution": "University of Rye",
                "studyType": "BSc Bread",
                "location": "Rye",
                "startDate": "2016",
                "endDate": "2018-07",
                "courses": ["Thesis on rye."],
            }
        ],
        "publications": [
            {
                "name": "Rye, a life. Here",
                "releaseDate": "2020-03",
                "url": "https://x.example/1",
            }
        ],
        "skills": [{"name": "Bread", "keywords": ["rye", "oat"]}, {"name": "Patience"}],
        "languages": [
            {"language": "English", "fluency": "native"},
            {"language": "German", "fluency": "B2"},
        ],
        "sections": [
            {"heading": "Work", "kind": "experience", "lines": ["Open to moving"]},
            {"heading": "Papers", "kind": "publications", "note": "all"},
            {
                "heading": "Voyages",
                "kind": "other",
                "lines": [{"text": "To sea", "date": "2001"}],
                "entries": [
                    {
                        "organisation": "Blue Line",
                        "title": "Ships",
                        "endDate": "2000",
                        "lines": ["Sailed."],
                        "period": "2000",
                    }
                ],
            },
        ],
        "unplaced": ["2019-01"],
    }


def test_edited_files_say_what_was_edited() -> None:
    """After an edit by hand the standard keys count, and the positions are those of before."""
    cv = read_master_form(CV)
    data: dict[str, Any] = dict(to_json_resume(cv))
    data["work"][0]["highlights"].append("Kneads.")
    edited = back(json.dumps(data))
    (position,) = edited.positions
    assert [bullet.text.plain for bullet in position.bullets] == ["yes", "Kneads."]
    assert position.title == "Baker"
    assert position.period == cv.positions[0].period
    assert edited.warnings


@pytest.mark.parametrize(
    "text", ["2019-01", "2019-01-01", "yes", "1.0", "null", "~", "0x1F", "- a", "a: b"]
)
def test_texts_that_yaml_takes_for_something_else(text: str) -> None:
    """A text stays a text, also where a language of data would see a date or a number."""
    cv = read_master_form(CV)
    note = Section(SectionKind.OTHER, text, RichText.of(text))
    cv = renumbered(replace(cv, headline=text, sections=(*cv.sections, note)))
    assert yaml.safe_load(to_yaml(cv))["basics"]["label"] == text
    assert back(to_yaml(cv)) == cv


def test_forms() -> None:
    """The forms of `tailor import` by their names."""
    cv = read_master_form(CV)
    assert {name: export_cv(cv, name).decode() for name in ("md", "json", "yaml")} == {
        "md": CV,
        "json": to_json(cv),
        "yaml": to_yaml(cv),
    }
