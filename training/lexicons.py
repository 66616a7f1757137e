"""Read the public word lists that the alias table is built from; nothing is judged here.

Each reader takes the folder of the lists and yields what one of them says:

* O*NET 29.3, US Department of Labor (CC BY 4.0): technology skills, and the
  acronyms in their names and in job titles.
* ESCO, European Commission (CC BY 4.0): skills of information technology.
* GitHub Linguist, Devicon (MIT) and Simple Icons (CC0): names of languages and products.
* KTH acronym list of Canvas-tools (MIT) and the UCX glossary (BSD 3-Clause).
* Acronyms that job postings explain themselves, with the number of postings (facts).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any


class Source(StrEnum):
    """Where a pair of an acronym and its long form was found."""

    POSTINGS = "postings"
    KTH = "kth"
    ONET = "onet"
    TITLES = "titles"
    ESCO = "esco"
    UCX = "ucx"


@dataclass(frozen=True, slots=True)
class Expansion:
    """An acronym with a long form, and the number of texts that were seen to say so."""

    acronym: str
    expansion: str
    source: Source
    support: int = 1


def read_expansions(folder: Path) -> Iterator[Expansion]:
    """Yield every acronym of every list, as written there."""
    for row in _rows(folder / "postings_mined_acronyms.csv"):
        yield Expansion(row["acronym"], row["expansion"], Source.POSTINGS, int(row["n_postings"]))
    for row in _rows(folder / "kth_eecs_acronyms.csv"):
        yield Expansion(row["acronym"], row["expansion"], Source.KTH, int(row["n"]))
    for row in _rows(folder / "onet_mined_acronyms.csv"):
        yield Expansion(row["acronym"], row["expansion"], Source.ONET)
    yield from _title_expansions(folder)
    yield from _esco_expansions(folder)
    yield from _ucx_expansions(folder)


def read_names(folder: Path) -> dict[str, set[str]]:
    """Return the names of languages and products by list, as written there."""
    onet = {re.sub(r" software$", "", row["Example"]) for row in _technologies(folder)}
    return {
        "onet": onet,
        "linguist": {name for name, _ in _linguist(folder)},
        "devicon": {icon["name"] for icon in _json(folder / "devicon.json")},
        "simple-icons": {icon["title"] for icon in _json(folder / "simple-icons.json")},
    }


def read_name_aliases(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield ``(alias, name)`` of languages and products, as written there."""
    for icon in _json(folder / "simple-icons.json"):
        aliases = icon.get("aliases", {})
        yield from ((alias, icon["title"]) for alias in aliases.get("aka", []))
    for name, aliases in _linguist(folder):
        yield from ((alias, name) for alias in aliases)
    for icon in _json(folder / "devicon.json"):
        yield from ((alias, icon["name"]) for alias in icon["altnames"])


def read_english_words(folder: Path) -> frozenset[str]:
    """Return words that running English text writes in lower case."""
    skills = _json(folder / "esco_ict_skills.json")
    texts = [skill["description"] for skill in skills]
    # a label of several words in lower case is prose; a single one may be a name
    texts += [text for skill in skills for text in skill["altLabel"] if text.count(" ") > 1]
    texts += [job["description"] for job in _json(folder / "esco_ict_occupations.json")]
    texts += (folder / "esco_v110_skill_labels_en.txt").read_text(encoding="utf-8").splitlines()
    texts += [text for row in _technologies(folder) for text in row.values()]
    return frozenset(re.findall(r"(?<![\w.])[a-z]{2,}(?![\w])", "\n".join(texts)))


def _title_expansions(folder: Path) -> Iterator[Expansion]:
    """Yield what differs between a job title and its other form: "IT Director (Information …)"."""
    for row in _rows(folder / "onet_title_acronyms.csv"):
        match = re.fullmatch(r"(.+) \((.+)\)", row["Alternate Title"])
        if not match:
            continue
        one, other = match[1].split(), match[2].split()
        while one and other and one[0] == other[0]:
            del one[0], other[0]
        while one and other and one[-1] == other[-1]:
            del one[-1], other[-1]
        short, long = sorted((" ".join(one), " ".join(other)), key=len)
        if short.isupper():
            yield Expansion(short, long, Source.TITLES)


def _esco_expansions(folder: Path) -> Iterator[Expansion]:
    for skill in _json(folder / "esco_ict_skills.json"):
        labels = sorted({skill["label"], *skill["altLabel"]})
        for short in labels:
            if re.fullmatch(r"[A-Z][A-Za-z/&]{1,7}", short) and sum(map(str.isupper, short)) > 1:
                yield from (
                    Expansion(short, label, Source.ESCO) for label in labels if " " in label
                )


def _ucx_expansions(folder: Path) -> Iterator[Expansion]:
    for line in (folder / "ucx_glossaries.rst").read_text(encoding="utf-8").splitlines():
        match = re.match(r"([A-Z][A-Za-z]{2,7}) {2,}(\w[\w -]+?)(?: \(.*\))?$", line)
        if match:
            yield Expansion(match[1], match[2], Source.UCX)


def _linguist(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each language's name and aliases; its YAML is plain enough to read by line."""
    name, in_aliases = "", False
    aliases: list[str] = []
    for line in (folder / "languages.yml").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith(" "):
            if name:
                yield name, aliases
            name, aliases, in_aliases = line.rstrip(":").strip("\"'"), [], False
        elif line.startswith("  - ") and in_aliases:
            aliases.append(line[4:].strip("\"'"))
        else:
            in_aliases = line.strip() == "aliases:"
    yield name, aliases


def _technologies(folder: Path) -> list[dict[str, str]]:
    return _rows(folder / "onet_technology_skills.csv")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _json(path: Path) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return records
