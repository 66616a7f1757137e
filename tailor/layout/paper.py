"""Which paper and which English the person's country uses."""

from __future__ import annotations

import re
from functools import cache

from tailor.layout.typography import A4, LETTER, PageSetup
from tailor.values.cv import ContactKind, Cv
from tailor.values.resources import data_table

_POSTCODE = re.compile(r"(?<!\s)\s+[\d-]{3,10}$")
_AMERICAN_ENGLISH = frozenset({"US", "PH", "PR", "LR"})


def paper_of(cv: Cv) -> PageSetup:
    """Return US Letter for a person who lives where it is used, A4 for anyone else."""
    return LETTER if _papers().get(country_of(cv)) == LETTER.name else A4


def language_of(cv: Cv) -> str:
    """Return the tag of the English of the person's country; British where it is not known."""
    return "en-US" if country_of(cv) in _AMERICAN_ENGLISH else "en-GB"


def country_of(cv: Cv) -> str:
    """Return the two-letter code of the country in the contact details, or ""."""
    for contact in cv.contacts:
        if contact.kind is ContactKind.PLACE:
            for part in reversed(contact.text.split(",")):
                code = _codes().get(_POSTCODE.sub("", part.strip()).casefold())
                if code:
                    return code
    return ""


@cache
def _papers() -> dict[str, str]:
    return {row["code"]: row["paper"] for row in data_table("countries.tsv")}


@cache
def _codes() -> dict[str, str]:
    """Return code by what addresses call a country, its cities and its regions."""
    codes: dict[str, str] = {}
    for row in data_table("countries.tsv"):
        for name in (row["name"], *row["aliases"].split(";"), *row["cities"].split(";")):
            codes.setdefault(name.strip().casefold(), row["code"])
    for row in data_table("regions.tsv"):
        codes.setdefault(row["code"].casefold(), row["country"])
        codes.setdefault(row["name"].casefold(), row["country"])
    codes.pop("", None)
    return codes
