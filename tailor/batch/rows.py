"""A row of the index as a record of JSON, and back."""

from __future__ import annotations

from typing import TypedDict

from tailor.batch.values import Row, Status
from tailor.matching.answered import Answered

_DIGITS = 4  # of the fit


class Record(TypedDict):
    """What stands of a row in JSON; the figures are None where nothing was counted."""

    number: int
    posting: str
    cv: str
    key: str
    status: str
    title: str
    company: str
    place: str
    fit: float | None
    required: int | None
    required_of: int | None
    preferred: int | None
    preferred_of: int | None
    pages: int
    folder: str
    files: list[str]
    same_as: str
    error: str


def to_record(row: Row) -> Record:
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


def from_record(record: Record) -> Row:
    """Return the row that `to_record` made `record` of, its fit as it was rounded."""
    return Row(
        number=record["number"],
        posting=record["posting"],
        cv=record["cv"],
        key=record["key"],
        status=Status(record["status"]),
        title=record["title"],
        company=record["company"],
        place=record["place"],
        answered=_answered(record),
        pages=record["pages"],
        folder=record["folder"],
        files=tuple(record["files"]),
        same_as=record["same_as"],
        error=record["error"],
    )


def _answered(record: Record) -> Answered | None:
    if record["fit"] is None:
        return None
    return Answered(
        record["required"] or 0,
        record["required_of"] or 0,
        record["preferred"] or 0,
        record["preferred_of"] or 0,
        record["fit"],
    )
