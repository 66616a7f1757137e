"""The words that invented CVs are made of, from `words.toml`, and the tables of O*NET."""

from __future__ import annotations

import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

_TABLE = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))

LOCALES: Mapping[str, list[str]] = _TABLE["locales"]
WEIGHTS: Mapping[str, int] = _TABLE["weights"]
# Titles of jobs in the languages for which Faker has English ones only, and some more.
TITLES: Mapping[str, list[str]] = _TABLE["titles"]
# Headings, beside those of data/headings.toml, that no table will ever have all of.
HEADINGS: Mapping[str, list[str]] = _TABLE["headings"]
FIELDS: Mapping[str, list[str]] = _TABLE["fields"]
DEGREES: Mapping[str, list[str]] = _TABLE["degrees"]
SCHOOLS: Mapping[str, list[str]] = _TABLE["schools"]
# Employers that are no companies of Faker's kind.
EMPLOYERS: Mapping[str, list[str]] = _TABLE["employers"]
COUNTRIES: Mapping[str, list[str]] = _TABLE["countries"]
SPOKEN: Mapping[str, list[str]] = _TABLE["spoken"]
LEVELS: Mapping[str, list[str]] = _TABLE["levels"]
FIELD_LABELS: Mapping[str, list[str]] = _TABLE["field_labels"]
CONTACT_LABELS: Mapping[str, list[str]] = _TABLE["contact_labels"]
DOCUMENT_TITLES: list[str] = _TABLE["document_titles"]
STATES: list[str] = _TABLE["states"]
BODY_LABELS: list[str] = _TABLE["body_labels"]
SKILL_GROUPS: list[str] = _TABLE["skill_groups"]


def sheet_rows(path: Path) -> Iterator[list[str]]:
    """Yield the rows of the first sheet of an O*NET table, as texts."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        shared: list[str] = []
        if "xl/sharedStrings.xml" in book.namelist():
            root = etree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(t.text or "" for t in si.iter(f"{space}t")) for si in root]
        sheet = next(n for n in book.namelist() if n.startswith("xl/worksheets/sheet"))
        with book.open(sheet) as file:
            for _, row in etree.iterparse(file, tag=f"{space}row"):
                values = []
                for cell in row:
                    value = cell.find(f"{space}v")
                    text = "".join(t.text or "" for t in cell.iter(f"{space}t"))
                    if value is not None and cell.get("t") == "s":
                        text = shared[int(value.text or 0)]
                    elif value is not None:
                        text = value.text or ""
                    values.append(text)
                yield values
                row.clear()
