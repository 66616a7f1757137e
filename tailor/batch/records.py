"""One record of a table or of JSON lines -> one posting of a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tailor.batch.values import PostingItem
from tailor.values import limits
from tailor.values.cleaning import clean_text
from tailor.values.errors import PostingError

TEXT_FIELDS: Final = ("text", "description", "job_description", "posting")
_TITLE: Final = ("title", "job_title")
_COMPANY: Final = ("company", "employer", "company_name")
_PLACE: Final = ("place", "location")
_ID: Final = ("id",)
# What programs write for an empty cell.
_NOTHING: Final = frozenset({"none", "null", "nan", "n/a", "<na>"})
_LONGEST = 200  # characters of a title, company, place or id that are kept
_LISTED = 12  # fields that a message lists


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a source hold what, by their names there; "" for what it does not hold."""

    text: str
    title: str
    company: str
    place: str
    id: str

    @classmethod
    def among(cls, names: Sequence[str], text_column: str | None) -> Fields:
        """Find the fields among `names`; large letters, blanks and hyphens do not matter.

        Raises PostingError, with the names, if there is no field with a text.
        """
        plain = {_plain(name): name for name in reversed(names)}
        if text_column is None:
            text = _first(TEXT_FIELDS, plain)
        else:
            text = text_column if text_column in names else plain.get(_plain(text_column), "")
        if not text:
            wanted = f'"{text_column}"' if text_column else f"any of {', '.join(TEXT_FIELDS)}"
            raise PostingError(
                f"no column for the posting's text: {wanted} is not among {_listed(names)};"
                " name the column with --text-column"
            )
        rest = (_first(known, plain) for known in (_TITLE, _COMPANY, _PLACE, _ID))
        return cls(text, *rest)

    def item(self, name: str, record: Mapping[str, object]) -> PostingItem:
        """Return the posting that `record` holds, or an item that says what is wrong with it.

        The record's id is appended to `name`.
        """
        title, company, place = (
            _said(record.get(field)) for field in (self.title, self.company, self.place)
        )
        identity = _said(record.get(self.id))
        name = f"{name}:{identity}" if identity else name
        text = record.get(self.text)
        content, error = b"", ""
        if text is None or text == "":
            error = f'"{self.text}" is empty; give the posting\'s text'
        elif isinstance(text, bytes):
            content = text
        elif isinstance(text, str):
            content = _whole_characters(text).encode()
        else:
            error = f'"{self.text}" is no text but {type(text).__name__}; give the posting\'s text'
        if len(content) > limits.in_force().text:
            error = (
                f"longer than {limits.spelt('text')}, so hardly a posting; give its text, "
                f"{limits.ways_out('text')}"
            )
        elif not error and not content.strip():
            error = f'"{self.text}" is empty; give the posting\'s text'
        if error:
            return failed(name, error, title, company, place, identity)
        return PostingItem(name, content, title, company, place, identity)


def failed(
    name: str, reason: str, title: str = "", company: str = "", place: str = "", identity: str = ""
) -> PostingItem:
    """Return the item of a posting that cannot be read; `reason` without the name."""
    return PostingItem(name, b"", title, company, place, identity, f"{name}: {reason}")


def _first(known: Sequence[str], plain: Mapping[str, str]) -> str:
    return next((plain[name] for name in known if name in plain), "")


def _plain(name: str) -> str:
    return "_".join(name.strip().lower().replace("-", " ").replace("_", " ").split())


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(clean_text(_whole_characters(name))[:40] for name in names[:_LISTED])
    more = len(names) - _LISTED
    return (shown or "none at all") + (f" and {more} more" if more > 0 else "")


def _said(value: object) -> str:
    """Return a title, company, place or id in one line, whatever type it has."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, bool) or not isinstance(value, (str, int, float)) or value != value:  # noqa: PLR0124 - no number
        return ""
    # A whole number may be larger than any that has a point.
    text = format(value, ".15g") if isinstance(value, float) else str(value)
    said = " ".join(clean_text(_whole_characters(text[: 2 * _LONGEST])).split())[:_LONGEST]
    return "" if said.casefold() in _NOTHING else said


def _whole_characters(text: str) -> str:
    """Return `text` without halves of characters, which JSON can hold and files cannot."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
