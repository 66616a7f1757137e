"""What fuzzing found, as small files; and a sample of fuzzing, the same each time."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tailor.batch.source import read_items
from tailor.matching.match import score_texts
from tailor.reading.files import Content
from tailor.reading.kept import parse_settings
from tailor.reading.posting.text import parse_posting
from tailor.reading.reader import cv_of, posting_of
from tailor.values.errors import TailorError, WishError


def table(text: bytes, column: str = "text") -> bytes:
    """Return a Parquet file of two rows, the first of which holds these bytes as its text."""
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    values = pa.array([text, b"Baker\n\nYour tasks\n- Bake rye bread"], pa.binary())
    stream = io.BytesIO()
    parquet.write_table(pa.table({column: values.view(pa.string())}), stream)
    return stream.getvalue()


def test_texts_that_are_none_in_parquet(tmp_path: Path) -> None:
    """Once a traceback; the row is told, and the rest is read."""
    (tmp_path / "a.parquet").write_bytes(table(b"\xff\xfe"))
    bad, good = read_items([str(tmp_path / "a.parquet")])
    assert "a.parquet:1: holds bytes that are no text" in bad.error
    assert good.content.startswith(b"Baker")


def test_a_name_that_is_none_in_parquet(tmp_path: Path) -> None:
    """Once a traceback, where a column's name is no text."""
    data = table(b"Baker", "textual").replace(b"textual", b"text\xff\xfe\xfd")
    (tmp_path / "a.parquet").write_bytes(data)
    assert [item for item in read_items([str(tmp_path / "a.parquet")]) if item.error]


def test_a_whole_number_without_end_in_json_lines(tmp_path: Path) -> None:
    """Once a traceback, where an id had more digits than a float can count."""
    row = b'{"text": "Baker", "id": 1%s, "title": 12345678901234567890}\n' % (b"0" * 400)
    (tmp_path / "a.jsonl").write_bytes(row)
    (item,) = read_items([str(tmp_path / "a.jsonl")])
    assert item.id.startswith("100000")
    assert item.title == "12345678901234567890"


@pytest.mark.parametrize("form", ["%s = 1", "[%s]", "pages = 1\n[[%s]]"])
def test_a_name_of_many_parts_beside_a_posting(form: str) -> None:
    """Once 21 seconds; refused, and a line of a list may have dots."""
    with pytest.raises(WishError, match=r"x\.toml: line \d has a name of more than 100 parts"):
        parse_settings((form % ".".join("a" * 20_000)).encode(), "x.toml")
    shown = "Led " + "." * 90
    assert parse_settings(f'pin = [\n"{shown}",\n]'.encode(), "x.toml").pins == (shown,)


@pytest.mark.parametrize("mark", [":", ".", "("])
def test_words_without_end(mark: str) -> None:
    """Once minutes for 20,000 colons: the tokeniser gets pieces, so that time grows with length."""
    posting = parse_posting(
        "Baker\n\nYour tasks\n- Bake rye bread\n- " + mark * (9_000 // len(mark))
    )
    assert score_texts(posting, ["Baked rye bread."])[0] > 0


CV = "# Jo Doe\n\n## Work\n\n### Baker, Rye Bakery, Leeds\n2020 – 2021\n- Baked **loaves**.\n"
RESUME = {"basics": {"name": "Jo Doe"}, "work": [{"name": "Rye", "startDate": "2020-01"}]}
YAML = (
    "cv:\n  name: Jo Doe\n  sections:\n    experience:\n      - company: Rye\n        position: B\n"
)
PAGE = "<html><body><h1>Baker</h1><h2>Your tasks</h2><ul><li>Bake</ul><table><tr><td>x</table>"
SEEDS = {
    "cv": (CV, json.dumps(RESUME), YAML, f"<h1>Jo Doe</h1>{PAGE}"),
    "posting": ("Baker\n\nYour tasks\n- Bake bread\n\nWe offer\n- $20 an hour", PAGE),
    "sidecar": ('pin = ["a"]\npages = 1\nlook = "modern"\nheadline = "B"\n',),
}
PIECES = (
    *(
        "\0",
        "\r",
        "\x0b",
        "\u2028",
        "\u202e",
        "\ufeff",
        "İ",
        "\U0001f600",
        "# ",
        "- ",
        "|",
        "**",
        "[",
    ),
    *(
        "](",
        "<",
        "<!--",
        "</ul>",
        "&#0;",
        "{",
        "}",
        '"',
        "\\ud800",
        "&a ",
        "*a",
        "!!x ",
        "9" * 50,
        ": ",
    ),
    *(
        "Experience",
        "2019 – Present",
        "$1",
        "[[",
        "= ",
        "\n\n",
        "\t" * 50,
        " " * 50,
        "<tr>",
        "---\n",
    ),
)


READERS: dict[str, Callable[[bytes], object]] = {
    "cv": lambda data: cv_of(Content("cv", data, "CV")),
    "posting": lambda data: posting_of(Content("job", data, "posting")),
    "sidecar": lambda data: parse_settings(data, "job.tailor.toml"),
}


def changed(text: str, random: Random) -> bytes:
    """Return `text` with a few pieces put in, taken out or moved."""
    for _ in range(random.randint(1, 6)):
        start, end = sorted(random.randrange(len(text) + 1) for _ in range(2))
        end = min(end, start + random.choice((0, 0, 1, 5, 40)))
        text = text[:start] + random.choice((*PIECES, "", text[:end])) + text[end:]
    data = text.encode("utf-8", "replace")
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice((b"", b"", b"", b"\xff", b"\xc3")) + data[at:]


@pytest.mark.parametrize("what", SEEDS)
def test_a_sample_of_fuzzing(what: str) -> None:
    """A value or a TailorError of one line; benchmarks/fuzz.py does this 200,000 times."""
    for number in range(100):
        random = Random(f"{what} {number}")  # noqa: S311
        data = changed(random.choice(SEEDS[what]), random)
        said = ""
        try:
            READERS[what](data)
        except TailorError as error:
            said = str(error)
        assert "\n" not in said, (number, data)
