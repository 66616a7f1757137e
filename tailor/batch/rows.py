"""A row of the index as a record of JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tailor.answered import Answered
from tailor.batch.values import Row, Status

_DIGITS = 4  # of the fit


def to_record(row: Row) -> dict[str, Any]:
    """Return `row` as a flat record; what was answered is None where it was not counted."""
    answered = row.answered
    return {
        "number": row.number,
        "posting": row.posting,
        "cv": row.cv,
        "key": row.key,
        "status": row.status.value,
        "title": row.title,
        "company": row.company,
        "place": row.place,
        "fit": None if answered is None else round(answered.fit, _DIGITS),
        "required": None if answered is None else answered.required,
        "required_of": None if answered is None else answered.required_of,
        "preferred": None if answered is None else answered.preferred,
        "preferred_of": None if answered is None else answered.preferred_of,
        "pages": row.pages,
        "folder": row.folder,
        "files": list(row.files),
        "same_as": row.same_as,
        "error": row.error,
    }


def from_record(record: Mapping[str, Any]) -> Row:
    """Return the row that `to_record` made `record` of, its fit as it was rounded."""
    known = dict(record)
    figures = [
        known.pop(name) for name in ("required", "required_of", "preferred", "preferred_of", "fit")
    ]
    answered = None if figures[-1] is None else Answered(*figures)
    known["status"] = Status(known["status"])
    known["files"] = tuple(known["files"])
    return Row(**known, answered=answered)
