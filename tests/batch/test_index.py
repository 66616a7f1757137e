"""The index of a batch: all rows, in order, safe to open, and never over someone's work."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_of import write_index

from tailor.batch.index import check_index
from tailor.batch.state import State
from tailor.batch.values import Gap, Row, Status
from tailor.document.output import is_ours_unchanged
from tailor.values.errors import OutputError
from tailor.values.posting import Answered

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7 * 7 }} {% raw %}",
    "\u202egnp.exe\u2066",
    "\x1b[31mred\x1b]8;;http://x\x07",
    "=HYPERLINK(1)",
    "a;=1+1",
    'a;"=1+1',
    "</title></style><!--",
)
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(HOSTILE)
COUNTS = st.integers(0, 40)
GAPS = st.lists(CELLS, max_size=2)


@st.composite
def rows_of_runs(draw: st.DrawFn) -> list[Row]:
    """Rows as a run may give them, in any order."""
    made = []
    for number in range(draw(st.integers(0, 8))):
        status = draw(st.sampled_from(Status))
        required, preferred = draw(COUNTS), draw(COUNTS)
        answered = Answered(
            draw(st.integers(0, required)),
            0,
            required,
            draw(st.integers(0, preferred)),
            preferred,
            0,
            0,
        )
        made.append(
            Row(
                *(number, draw(CELLS), draw(CELLS), draw(CELLS) + str(number), status),
                *(draw(CELLS), draw(CELLS), draw(CELLS)),
                answered if draw(st.booleans()) and status is not Status.FAILED else None,
                draw(st.integers(0, 9)),
                draw(CELLS),
                tuple(draw(st.lists(CELLS, max_size=2))),
                draw(CELLS),
                draw(CELLS) if status is Status.FAILED else "",
                tuple(Gap(name, "required", "not in your CV") for name in draw(GAPS)),
            )
        )
    return draw(st.permutations(made))


def test_rows_of_one_key_keep_what_is_their_own(tmp_path: Path) -> None:
    """One posting under two names: what both share is kept once, and each row is told whole."""
    gaps = (Gap("Malagasy", "required", "not in your CV"),)
    first = row(0, key="k", gaps=gaps, folder="Zoë_k3x9a", files=("a.docx",), title="Žižkov")
    again = replace(first, number=1, posting="jobs/b.txt", status=Status.DUPLICATE, same_as="a")
    last = replace(again, number=2, cv="b.md", status=Status.WRITTEN, folder="Zoë_k3x9b")
    rows = [first, again, last, row(3, None, key="k", error="no"), row(4, None, key="")]
    with State(tmp_path / ".tailor") as state:
        for one in rows:
            state.tell(one)
        known = [Row.from_record(json.loads(line)) for line in state.lines()]
        assert known == [first, last, again, *rows[3:]]
        assert state.first_rows(2) + list(state.other_rows(2)) == known
        assert state.counts() == {Status.WRITTEN: 2, Status.DUPLICATE: 1, Status.FAILED: 2}
        assert state.cvs() == 2
        assert state.find("k") == last
    with sqlite3.connect(tmp_path / ".tailor" / "state.sqlite") as base:
        told = base.execute("SELECT record FROM rows ORDER BY part, worse, number").fetchall()
        ((text,),) = base.execute("SELECT group_concat(record) FROM done")
    assert [Row.from_record(json.loads(record)) for (record,) in told] == [
        first, last, again, *rows[3:]
    ]  # fmt: skip
    assert text.count("Malagasy") == 1


def row(number: int, fit: float | None = 0.5, **fields: object) -> Row:
    """A row of a written application; failed without a fit."""
    answered = None if fit is None else Answered(round(100 * fit), 0, 100, 1, 2, 0, 0)
    known: dict[str, object] = {
        "posting": f"jobs/{number}.txt",
        "cv": "cv.md",
        "key": f"k{number}",
        "status": Status.FAILED if fit is None else Status.WRITTEN,
        "answered": answered,
    }
    return Row(number=number, **(known | fields))  # type: ignore[arg-type]


def table(folder: Path) -> list[dict[str, str]]:
    """The rows of the table, as a program reads them."""
    with (folder / "index.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def records(folder: Path) -> list[Row]:
    """The rows of the JSON lines."""
    content = (folder / "index.jsonl").read_text(encoding="utf-8")
    return [Row.from_record(json.loads(line)) for line in content.split("\n") if line]


def page(folder: Path) -> str:
    """The page's source."""
    return (folder / "index.html").read_text(encoding="utf-8")


class Elements(HTMLParser):
    """All elements of a page, and the text it shows."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.text += data


@given(rows_of_runs())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_lost_and_the_order_is_by_answers(tmp_path: Path, rows: list[Row]) -> None:
    """All rows stand in table and records, what is answered best first, the failed ones last."""
    write_index(tmp_path, rows, force=True)
    found = records(tmp_path)
    rounded = [Row.from_record(one.to_record()) for one in rows]
    assert sorted(found, key=lambda one: one.number) == sorted(rounded, key=lambda one: one.number)
    keys = [
        (
            2
            if one.status is Status.FAILED
            else one.answered is None or one.status is Status.DUPLICATE,
            -one.answered.fit if one.answered else 0,
            one.number,
        )
        for one in found
    ]
    assert keys == sorted(keys)
    assert [int(one["number"]) for one in table(tmp_path)] == [one.number for one in found]
    shown = [element for element in Elements(page(tmp_path)).found if "data-status" in element[1]]
    assert len(shown) == len(rows)


@given(rows_of_runs())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_cell_is_a_formula(tmp_path: Path, rows: list[Row]) -> None:
    """No cell begins as a formula does, nor a part of one where cells are parted by semicolons."""
    write_index(tmp_path, rows, force=True)
    text = (tmp_path / "index.csv").read_text(encoding="utf-8-sig")
    for separator in ",;|":
        for line in csv.reader(text.splitlines(), delimiter=separator):
            parts = line if separator != "," else [cell for cell in line if cell]
            assert not any(re.match(r"\s*[\"]?[=+\-@＝＋－＠]", cell) for cell in parts), line
    assert "\x1b" not in text
    assert "\u202e" not in text


@given(rows_of_runs())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_posting_says_is_text(tmp_path: Path, rows: list[Row]) -> None:
    """No element, attribute or address of the page comes from what postings say."""
    write_index(tmp_path, rows, force=True)
    found = Elements(page(tmp_path)).found
    assert sum(tag == "script" for tag, _ in found) == 1
    assert not any(tag in ("img", "iframe", "object", "base", "link") for tag, _ in found)
    for _, attributes in found:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        address = attributes.get("href")
        assert address is None or address.startswith(("./", "#"))
        assert ".." not in (address or "").split("/")


@pytest.mark.parametrize("words", HOSTILE[:4])
def test_hostile_titles_are_shown(tmp_path: Path, words: str) -> None:
    """A hostile title is read as it was written, by people and not by the browser."""
    write_index(tmp_path, [row(1, title=words, company=words, folder=words, files=("a.docx",))])
    assert words in Elements(page(tmp_path)).text


def test_links_lead_to_the_documents(tmp_path: Path) -> None:
    """Names with signs are found from the page; what would lead elsewhere is no link."""
    written = row(1, folder="001 Café #1?", files=("My CV.docx", "report.html", "a.docx"))
    outside = row(2, folder="..", files=("x.docx",))
    rooted = row(3, folder="/etc", files=("passwd",))
    copy = row(4, None, status=Status.DUPLICATE, same_as="jobs/1.txt")
    write_index(tmp_path, [written, outside, rooted, copy])
    links = [
        str(attributes["href"])
        for tag, attributes in Elements(page(tmp_path)).found
        if tag == "a" and str(attributes["href"]).startswith("./0")
    ]
    folder = "./001%20Caf%C3%A9%20%231%3F/"
    wanted = [folder + name for name in ("My%20CV.docx", "report.html", "a.docx")]
    assert links == wanted * 2
    assert "passwd" not in page(tmp_path)


def test_a_large_run_shows_the_best_and_says_so(tmp_path: Path) -> None:
    """The page holds the first rows, says of how many, and names the files that hold all."""
    write_index(tmp_path, [row(number, number / 50) for number in range(50)], shown=20)
    source = page(tmp_path)
    assert len(re.findall("<tr[^>]*data-status", source)) == 20
    assert "20 of 50: the best answered" in source
    assert "./index.csv" in source
    assert len(table(tmp_path)) == len(records(tmp_path)) == 50


def test_what_no_page_holds_is_on_the_next(tmp_path: Path) -> None:
    """Every row is on one page, which leads to all others; pages that are no more wanted go."""
    rows = [row(number, number / 50, title=f"Baker {number:02}") for number in range(45)]
    rows += [row(45 + n, None, status=Status.FAILED, error="no") for n in range(5)]
    index = write_index(tmp_path, rows, shown=20)
    pages = [path.read_text() for path in (index.page, *index.later)]
    found = [name for text in pages for name in re.findall(r"<b dir=\"auto\">(Baker \d\d)", text)]
    assert found == [f"Baker {number:02}" for number in reversed(range(45))]
    assert [text.count("<tr role") - 1 for text in pages] == [20, 20, 10]
    links = ["./index.html", "./index-2.html", "./index-3.html"]
    for number, text in enumerate(pages):
        linked = re.findall(r'<a href="(./index[^"]*html)"', text)
        assert linked == [*links[:number], *links[number + 1 :]]
    check_index(tmp_path)
    index.later[0].write_text("mine")
    with pytest.raises(OutputError, match=r"index-2\.html: was edited"):
        check_index(tmp_path)
    write_index(tmp_path, rows, shown=20, pages=2, force=True)
    assert sorted(path.name for path in tmp_path.glob("*.html")) == ["index-2.html", "index.html"]
    write_index(tmp_path, rows[:3])
    assert [path.name for path in tmp_path.glob("*.html")] == ["index.html"]


def test_a_large_run_shows_what_failed_and_what_was_repeated(tmp_path: Path) -> None:
    """What the head of the page counts can be found below it, however many rows are better."""
    best = [row(number, number / 50) for number in range(50)]
    copies = [row(50 + number, status=Status.DUPLICATE, same_as="a") for number in range(9)]
    failures = [row(60 + number, None, status=Status.FAILED, error="no") for number in range(9)]
    write_index(tmp_path, [*best, *copies, *failures], shown=20)
    shown = re.findall(r'<tr[^>]*data-status="(\w+)', page(tmp_path))
    assert len(shown) == 20
    assert shown[-4:] == ["duplicate", "duplicate", "failed", "failed"]
    write_index(tmp_path, [*best[:3], *copies, *failures], shown=20)
    assert len(re.findall("<tr[^>]*data-status", page(tmp_path))) == 20


def test_a_page_has_a_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where rows are endless the page holds fewer of them, says so, and is known as tailor's."""
    monkeypatch.setattr("tailor.batch.index._LARGEST", 40_000)
    write_index(tmp_path, [row(number, title="Baker " * 10_000) for number in range(100)])
    assert 2 < len(re.findall("<tr[^>]*data-status", page(tmp_path))) < 60
    assert " of 100: the best answered" in page(tmp_path)
    assert len(table(tmp_path)) == 100
    check_index(tmp_path)


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    """Order of arrival, run and folder do not show in the files."""
    rows = [row(number, (number * 7 % 10) / 10, title="Baker") for number in range(20)]
    for folder, given_rows in (("a", rows), ("b", rows[::-1])):
        write_index(tmp_path / folder, given_rows)
    for name in ("index.csv", "index.jsonl", "gaps.csv", "index.html"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_an_earlier_index_is_replaced(tmp_path: Path) -> None:
    """The index of an earlier run gives way, and is known as tailor's own."""
    write_index(tmp_path, [row(1)])
    write_index(tmp_path, [row(1), row(2)])
    assert len(table(tmp_path)) == 2
    assert is_ours_unchanged(tmp_path / "index.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("gaps.csv", "index.csv", "index.html", "index.jsonl", "status.txt")
    ]


@pytest.mark.parametrize("name", ["index.csv", "index.jsonl", "gaps.csv", "index.html"])
@pytest.mark.parametrize("earlier", [True, False])
def test_an_edited_index_stays(tmp_path: Path, name: str, earlier: bool) -> None:
    """Notes that somebody wrote into the index are not lost, unless by force."""
    if earlier:
        write_index(tmp_path, [row(1)])
    with (tmp_path / name).open("a", encoding="utf-8") as stream:
        stream.write("call them on Monday")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(OutputError, match=name):
        check_index(tmp_path)
    with pytest.raises(OutputError, match=name):
        write_index(tmp_path, [row(1), row(2)])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    write_index(tmp_path, [row(1), row(2)], force=True)
    assert len(table(tmp_path)) == 2


def test_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the rows end in an error, the earlier index stands and nothing else is left."""
    write_index(tmp_path, [row(1)])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def broken(_: State) -> Iterator[str]:
        yield json.dumps(row(1).to_record())
        raise ZeroDivisionError

    monkeypatch.setattr(State, "lines", broken)
    with pytest.raises(ZeroDivisionError):
        write_index(tmp_path, [row(1), row(2)])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """A file where the folder should be is an error for people."""
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"):
        write_index(tmp_path / "out", [row(1)])


def test_a_name_that_is_not_utf8_is_kept(tmp_path: Path) -> None:
    """A file's name in an old encoding is neither a bug nor lost; its link leads to it."""
    name = b"jobs/caf\xe9.txt".decode("utf-8", "surrogateescape")
    rows = [row(1, posting=name, folder=name, files=("a.docx",))]
    write_index(tmp_path, rows)
    assert records(tmp_path)[0].posting == name
    assert "./jobs/caf%E9.txt/a.docx" in page(tmp_path)
    assert table(tmp_path)[0]["posting"] == "jobs/caf.txt"


def test_no_rows_are_an_index_too(tmp_path: Path) -> None:
    """An empty run gives an empty table with its header."""
    write_index(tmp_path, [])
    assert table(tmp_path) == []
    assert "0 applications" in page(tmp_path)


def test_the_page_forbids_everything_outside(tmp_path: Path) -> None:
    """The page's policy lets in nothing but its own style and script, by their digests."""
    write_index(tmp_path, [row(1)])
    source = page(tmp_path)
    policy = re.search('Content-Security-Policy" content="([^"]*)"', source)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    assert not re.search(r"https?://", source)


def test_the_page_knows_its_table(tmp_path: Path) -> None:
    """The digests in the page are those of the two other files."""
    write_index(tmp_path, [row(1)])
    for name in ("index.csv", "index.jsonl"):
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() in page(tmp_path)


def test_gaps_over_all_postings(tmp_path: Path) -> None:
    """What most postings ask for comes first, other names of one thing are one; on the page too."""

    def lacking(*names: str) -> tuple[Gap, ...]:
        return tuple(Gap(name, "required", "not in your CV") for name in names)

    rows = [
        row(1, gaps=lacking("Kubernetes", "Welding")),
        row(2, gaps=lacking("k8s")),
        row(3, gaps=lacking("Kubernetes", "kubernetes")),
        row(4, None),
    ]
    write_index(tmp_path, rows)
    with (tmp_path / "gaps.csv").open(encoding="utf-8-sig", newline="") as stream:
        found = [
            (r["gap"], r["asked_by"], r["required_by"], r["of"]) for r in csv.DictReader(stream)
        ]
    assert found == [("Kubernetes", "3", "3", "3"), ("Welding", "1", "1", "3")]
    assert "Kubernetes: in 3 of 3 postings" in Elements(page(tmp_path)).text


def test_a_status_of_ones_own_stays(tmp_path: Path) -> None:
    """A person's words are shown, by folder or posting; the last line counts, no run changes any.

    Lines that say nothing or name no application are told.
    """
    rows = [row(1, folder="Oven_Baker"), row(2, folder="Mill_Baker"), row(3, None)]
    write_index(tmp_path, rows)
    status = tmp_path / "status.txt"
    status.write_bytes(
        status.read_bytes()
        + "Oven_Baker=applied\r\njobs/2.txt = Zusage für März\r\n3.txt = rejected\r\n".encode(
            "cp1252"
        )
        + b"Oven_Baker = interview\r\nOven Baker: offer\r\nGone_Baker = applied\r\n\r\n"
    )
    before = status.read_bytes()
    lines = before.count(b"\n")
    for _ in range(2):
        assert write_index(tmp_path, rows).unknown_statuses == (lines - 2, lines - 1)
        assert status.read_bytes() == before
    told = {one["posting"]: one["your_status"] for one in table(tmp_path)}
    assert told == {
        "jobs/1.txt": "interview",
        "jobs/2.txt": "Zusage für März",
        "jobs/3.txt": "rejected",
    }
    assert "Zusage für März" in Elements(page(tmp_path)).text


def test_a_status_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    """It stays as it is, and so does the index."""
    (tmp_path / "status.txt").write_bytes(b"\0\1\2" * 9)
    with pytest.raises(OutputError, match=r"status\.txt: is not a text file"):
        write_index(tmp_path, [row(1)])
    assert [path.name for path in tmp_path.iterdir()] == ["status.txt"]
