"""Inputs of a batch: nothing is lost, the order is kept, and what is broken says so."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tailor.batch.source import read_items
from tailor.batch.values import PostingItem
from tailor.document.package import PLACEHOLDER
from tailor.values.errors import PostingError
from tailor.values.limits import USUAL, Limits, using

TEXT = "Baker\n\nRequirements\n- Bake sourdough bread"
MEMORY = 1_000_000  # bytes that reading may hold at once, however long the input is


def items(*inputs: Path | str, text_column: str | None = None) -> list[PostingItem]:
    """All postings of `inputs`."""
    return list(read_items([str(path) for path in inputs], text_column=text_column))


def names(found: Sequence[PostingItem], folder: Path) -> list[str]:
    """The names of postings below `folder`."""
    return [item.name.removeprefix(f"{folder.as_posix()}/") for item in found]


def write(path: Path, content: bytes | str = TEXT) -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def write_zip(path: Path, members: Mapping[str, bytes | str]) -> Path:
    """Write a zip file of `members`."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_named_file_is_one_posting(tmp_path: Path) -> None:
    """A file that is named is taken whatever its ending says, with all its bytes."""
    path = write(tmp_path / "posting.odd", TEXT)
    assert items(path) == [PostingItem(path.as_posix(), TEXT.encode())]


def test_a_folder_is_read_whole_and_sorted(tmp_path: Path) -> None:
    """Folders are read deep, in the order of their names, whatever the disk's order is."""
    for name in ("b.txt", "a/z.md", "a/b/c.html", "c.pdf", "A.docx"):
        write(tmp_path / name)
    assert names(items(tmp_path), tmp_path) == [
        *("A.docx", "a/b/c.html", "a/z.md", "b.txt", "c.pdf")
    ]


def test_a_folder_gives_postings_only(tmp_path: Path) -> None:
    """Hidden files, unknown formats and the choices beside a posting are no postings."""
    for name in ("a.txt", ".hidden.txt", ".git/b.txt", "a.tailor.toml", "photo.png", "notes"):
        write(tmp_path / name)
    assert names(items(tmp_path), tmp_path) == ["a.txt"]


def test_what_tailor_wrote_is_no_posting(tmp_path: Path) -> None:
    """An output folder inside the folder of postings is left out, and so is a report."""
    page = f"<!doctype html>\n<!-- {PLACEHOLDER} -->\n<html></html>"
    write(tmp_path / "a.txt")
    write(tmp_path / "report.html", page)
    write(tmp_path / "applications/index.html", page)
    write(tmp_path / "applications/one/letter.txt")
    assert names(items(tmp_path), tmp_path) == ["a.txt"]


def test_a_link_in_a_circle_ends(tmp_path: Path) -> None:
    """Links to folders are not followed, so a circle of them has an end."""
    write(tmp_path / "a/b.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    assert names(items(tmp_path), tmp_path) == ["a/b.txt"]


def test_a_folder_that_may_not_be_read_is_an_item(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder without rights is said, and the files around it are read."""
    for name in ("a.txt", "closed/b.txt", "d.txt"):
        write(tmp_path / name)
    read = Path.iterdir

    def refuse(path: Path) -> Iterator[Path]:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return iter(read(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    found = items(tmp_path)
    assert names(found, tmp_path) == ["a.txt", "closed", "d.txt"]
    assert "closed: cannot be read (Permission denied)" in found[1].error


def test_a_pattern_is_sorted_and_may_go_deep(tmp_path: Path) -> None:
    """A pattern gives the postings it matches, in order; two stars go deep."""
    for name in ("b.txt", "a.txt", "deep/er/c.txt", "a.tailor.toml"):
        write(tmp_path / name)
    assert names(items(tmp_path / "*.t*"), tmp_path) == ["a.txt", "b.txt"]
    assert names(items(tmp_path / "**" / "c.txt"), tmp_path) == ["deep/er/c.txt"]


def test_a_file_with_stars_in_its_name_is_a_file(tmp_path: Path) -> None:
    """A file that is there is no pattern, whatever signs its name holds."""
    path = write(tmp_path / "a[1].txt")
    assert names(items(path), tmp_path) == ["a[1].txt"]


def test_a_file_named_twice_comes_once(tmp_path: Path) -> None:
    """A folder and a pattern that mean the same file give it once, in the first place."""
    write(tmp_path / "b.txt")
    path = write(tmp_path / "a.txt")
    assert names(items(path, tmp_path, tmp_path / "*.txt"), tmp_path) == ["a.txt", "b.txt"]


@pytest.mark.parametrize("given_input", ["nowhere.txt", "no*thing.txt"])
def test_an_input_that_is_not_there_is_said_at_once(tmp_path: Path, given_input: str) -> None:
    """A wrong path is an error before the first posting is read."""
    path = write(tmp_path / "a.txt")
    with pytest.raises(PostingError, match=r"check the pa"):
        read_items([str(path), str(tmp_path / given_input)])


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b" \n", "empty"), (b"x" * (USUAL.file + 1), "larger than 20 MB")],
)
def test_a_bad_file_is_an_item_with_its_error(tmp_path: Path, content: bytes, reason: str) -> None:
    """A file that cannot be a posting is no reason to lose the others."""
    write(tmp_path / "a.txt", content)
    write(tmp_path / "b.txt")
    bad, good = items(tmp_path)
    assert reason in bad.error
    assert bad.error.startswith(f"{tmp_path}/a.txt: ")
    assert not good.error


def test_json_lines_give_text_and_what_they_say_of_it(tmp_path: Path) -> None:
    """The fields beside the text are taken under any of their names, the id into the name."""
    lines = [
        {"id": 17, "text": TEXT, "title": " Baker\n(night) ", "company": "Oven Ltd"},
        {"description": TEXT, "Job-Title": "Cook", "employer": "Pan & Co", "location": "Ghent"},
    ]
    path = write(tmp_path / "all.jsonl", "\n\n".join(json.dumps(line) for line in lines))
    one, two = items(path)
    assert one == PostingItem(f"{path}:1:17", TEXT.encode(), "Baker (night)", "Oven Ltd", "", "17")
    assert two == PostingItem(f"{path}:3", TEXT.encode(), "Cook", "Pan & Co", "Ghent")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "a"', "no JSON"),
        (b"[1]", "no JSON object"),
        (b'{"text": "\xff"}', "not UTF-8 at byte 11"),
        (b'{"words": "a"}', "words"),
        (b'{"text": ""}', '"text" is empty'),
        (b'{"text": " \\n"}', '"text" is empty'),
        (b'{"text": null}', '"text" is empty'),
        (b'{"text": ["a"]}', "no text but list"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"text": ' + b"9" * 5_000 + b"}", "a number is too long"),
        (b'{"text": "' + b"a" * (USUAL.text + 1) + b'"}', "longer than 2 MB"),
        (b'{"text": "' + b"a" * (8 * USUAL.text) + b'"}', "longer than 16 MB"),
    ],
    ids=range(12),
)
def test_a_bad_line_fails_alone(tmp_path: Path, line: bytes, reason: str) -> None:
    """A broken line is an item with its place and reason; the lines around it are read."""
    good = json.dumps({"text": TEXT}).encode()
    path = write(tmp_path / "all.jsonl", b"\n".join([good, line, good]))
    first, bad, last = items(path)
    assert reason in bad.error
    assert bad.error.startswith(f"{path}:2: ")
    assert (first.content, bad.content, last.content) == (TEXT.encode(), b"", TEXT.encode())
    assert last.name == f"{path}:3"


def test_half_a_character_is_no_bug(tmp_path: Path) -> None:
    """Halves of characters, which JSON can hold, become the sign for what cannot be read."""
    line = '{"text": "Bake \\ud83d bread", "title": "\\udc00 Baker", "id": "\\ud800"}'
    (item,) = items(write(tmp_path / "a.jsonl", line))
    assert item.content.decode() == "Bake \ufffd bread"
    item.title.encode()
    item.name.encode()


def test_standard_input_is_json_lines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A hyphen is JSON lines on standard input, in its place among the inputs, once."""
    stream = io.TextIOWrapper(io.BytesIO(json.dumps({"text": TEXT}).encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    a, b = write(tmp_path / "a.txt"), write(tmp_path / "b.txt")
    found = items(b, "-", a)
    assert [item.name for item in found] == [str(b), "standard input:1", str(a)]
    with pytest.raises(PostingError, match="once"):
        read_items(["-", "-"])


def table(rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    """A CSV file as programs write it."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue().encode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_tables_of_spreadsheets_are_read(tmp_path: Path, delimiter: str, mark: bytes) -> None:
    """Any usual separator is found, rows are numbered as in a spreadsheet, breaks are kept."""
    rows = [["id", "Job Description", "title"], ["a7", TEXT + ', "quoted"', "Baker"], ["", "x", ""]]
    path = write(tmp_path / "all.csv", mark + table(rows, delimiter))
    one, two = items(path)
    assert one == PostingItem(f"{path}:2:a7", (TEXT + ', "quoted"').encode(), "Baker", id="a7")
    assert two.name == f"{path}:3"


def test_an_empty_cell_may_say_so(tmp_path: Path) -> None:
    """What programs write for nothing is no company's name."""
    (tmp_path / "jobs.csv").write_text("text,company,title\nBake,None,N/A\nSell,Nonesuch,Baker\n")
    found = [(item.company, item.title) for item in items(str(tmp_path / "jobs.csv"))]
    assert found == [("", ""), ("Nonesuch", "Baker")]


def test_a_table_says_its_separator_as_excel_does(tmp_path: Path) -> None:
    """The first line of Excel that names the separator is no header."""
    path = write(tmp_path / "all.csv", "sep=|\r\nid|text\r\n1|Bake, bake; bake\r\n")
    assert [(i.name, i.content) for i in items(path)] == [(f"{path}:3:1", b"Bake, bake; bake")]


def test_a_table_of_windows_is_read(tmp_path: Path) -> None:
    """Rows that are not UTF-8 are read as the other texts of that kind are."""
    content = "text\nBäcker für Brötchen gesucht in Köln\n".encode("cp1252")
    (item,) = items(write(tmp_path / "all.csv", content))
    assert "Bäcker für Brötchen" in item.content.decode()


def test_a_table_without_texts_lists_its_columns(tmp_path: Path) -> None:
    """The error names the columns there are and the option to choose one."""
    path = write(tmp_path / "all.csv", "id,words\n1,Bake\n")
    (item,) = items(path)
    assert "id, words" in item.error
    assert "--text-column" in item.error
    assert [i.content for i in items(path, text_column="Words")] == [b"Bake"]
    (item,) = items(path, text_column="prose")
    assert '"prose"' in item.error


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,Bake,3,4", "has 4 cells where the header has 3"),
        ("1,Bake", "has 2 cells where the header has 3"),
        ("1,,Baker", '"text" is empty'),
        ("1," + "a" * (USUAL.text + 1) + ",Baker", "longer than 2 MB"),
        ("1," + "a" * (2 * USUAL.text + 1) + ",Baker", "no cell may exceed"),
        ("1," + "a" * (9 * USUAL.text) + ",Baker", "no cell may exceed"),
    ],
    ids=range(6),
)
def test_a_bad_row_fails_alone(tmp_path: Path, row: str, reason: str) -> None:
    """A broken row is an item with its place and reason; the rows around it are read."""
    path = write(tmp_path / "all.csv", f"id,text,title\n1,Bake,x\n{row}\n3,Cook,x\n")
    first, bad, last = items(path)
    assert reason in bad.error
    assert f"{path}:3" in bad.error
    assert (first.content, bad.content, last.content) == (b"Bake", b"", b"Cook")


def test_bytes_that_are_no_text_fail_alone(tmp_path: Path) -> None:
    """A row of bytes in no known encoding is an item with an error."""
    path = write(tmp_path / "all.csv", b"text\nBake\n\x81\x8d\x00\xff\xfe\x9d\x81\nCook\n")
    assert [bool(item.error) for item in items(path)] == [False, True, False]


def test_a_quote_that_is_never_closed_is_said(tmp_path: Path) -> None:
    """Rows swallowed by an open quotation mark are no posting."""
    path = write(tmp_path / "all.csv", 'text\nBake\n"Cook\nWash\nSweep\n')
    good, bad = items(path)
    assert good.content == b"Bake"
    assert "not closed" in bad.error


def test_a_table_in_utf16_says_what_to_do(tmp_path: Path) -> None:
    """What Excel calls Unicode text is refused with the way out."""
    (item,) = items(write(tmp_path / "all.csv", "text\nBake\n".encode("utf-16")))
    assert "CSV UTF-8" in item.error


def test_parquet_is_read_by_rows(tmp_path: Path) -> None:
    """A Parquet file is read as a table is, its rows numbered from 1."""
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "all.parquet"
    columns = {"id": [1, 2, 3], "posting": ["Bake", None, "Cook"], "company": ["A", "B", None]}
    parquet.write_table(pa.table(columns), path, row_group_size=2)
    one, bad, three = items(path)
    assert one == PostingItem(f"{path}:1:1", b"Bake", company="A", id="1")
    assert "is empty" in bad.error
    assert three == PostingItem(f"{path}:3:3", b"Cook", id="3")
    archive = write_zip(tmp_path / "all.zip", {"all.parquet": path.read_bytes()})
    assert [item.content for item in items(archive)] == [b"Bake", b"", b"Cook"]


def test_a_damaged_parquet_file_is_an_item(tmp_path: Path) -> None:
    """A Parquet file that is cut off, or is none, is said."""
    pytest.importorskip("pyarrow")
    (item,) = items(write(tmp_path / "all.parquet", b"PAR1 and no more"))
    assert "no whole Parquet file" in item.error


def test_parquet_without_pyarrow_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the package the error says what to install."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (item,) = items(write(tmp_path / "all.parquet", b"PAR1"))
    assert "[parquet]" in item.error


def test_addresses_without_fsspec_name_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package the error says what to install, before anything is read."""
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(PostingError, match=r"\.\[cloud\]"):
        read_items(["memory://postings/"])


def test_addresses_are_files_folders_and_patterns() -> None:
    """An address of a store gives what a path gives."""
    fsspec = pytest.importorskip("fsspec")
    store = fsspec.filesystem("memory")
    for name, content in {
        "/jobs/b.txt": TEXT.encode(),
        "/jobs/a/c.jsonl": json.dumps({"text": "Bake"}).encode(),
        "/jobs/.hidden.txt": b"x",
        "/jobs/photo.png": b"x",
    }.items():
        store.pipe(name, content)
    try:
        assert [(i.name, i.content) for i in items("memory://jobs/")] == [
            ("memory:///jobs/a/c.jsonl:1", b"Bake"),
            ("memory:///jobs/b.txt", TEXT.encode()),
        ]
        assert [i.name for i in items("memory://jobs/*.txt")] == ["memory:///jobs/b.txt"]
        with pytest.raises(PostingError, match="nothing there"):
            read_items(["memory://nowhere"])
    finally:
        store.rm("/jobs", recursive=True)
    with pytest.raises(PostingError, match="cannot be opened"):
        read_items(["nosuchprotocol://x"])


def test_an_archive_is_read_like_a_folder(tmp_path: Path) -> None:
    """Members of a zip file are sorted, tables in it are read; unknown and hidden ones are not."""
    path = write_zip(
        tmp_path / "all.zip",
        {
            "b.txt": TEXT,
            "a/all.csv": table([["text"], ["Bake"], ["Cook"]]),
            "photo.png": b"x",
            "__MACOSX/b.txt": b"x",
            "c.jsonl.gz": gzip.compress(b'{"text": "Wash"}'),
        },
    )
    found = items(path)
    assert names(found, path) == ["a/all.csv:2", "a/all.csv:3", "b.txt", "c.jsonl.gz:1"]
    assert [item.content for item in found] == [b"Bake", b"Cook", TEXT.encode(), b"Wash"]


@pytest.mark.parametrize("name", ["../up.txt", "/root.txt", "a/../../up.txt", "c:/up.txt"])
def test_an_archive_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    """A member whose name leads out of the archive is refused, the others are read."""
    path = write_zip(tmp_path / "all.zip", {name: TEXT, "z.txt": TEXT})
    assert sorted(bool(item.error) for item in items(path)) == [False, True]


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    """Archives are not unpacked one out of another."""
    inner = write_zip(tmp_path / "inner.zip", {"a.txt": TEXT})
    path = write_zip(tmp_path / "all.zip", {"inner.zip": inner.read_bytes(), "z.txt": TEXT})
    bad, good = items(path)
    assert "archive in an archive" in bad.error
    assert good.content == TEXT.encode()


def test_an_archive_has_bounds(tmp_path: Path) -> None:
    """Too many members, or too much in them, is an error and not a full memory."""
    path = write_zip(tmp_path / "all.zip", {f"{i}.txt": TEXT for i in range(5)})
    with using(Limits(unpacked=2 * len(TEXT))):
        good, also_good, bad = items(path)
    assert (good.error, also_good.error) == ("", "")
    assert "unpacks to more than" in bad.error
    with using(Limits(members=4)):
        (bad,) = items(path)
    assert "more than 4 files" in bad.error


@pytest.mark.parametrize("name", ["all.zip", "all.jsonl.gz", "all.csv.gz"])
def test_a_damaged_archive_is_an_item(tmp_path: Path, name: str) -> None:
    """What is cut off says so; what came before it is kept."""
    (item,) = items(write(tmp_path / name, b"PK\x03\x04 no archive"))
    assert item.error


def test_a_file_cut_off_keeps_what_was_read(tmp_path: Path) -> None:
    """The postings before the damage are read, and the damage is an item."""
    line = json.dumps({"text": TEXT}).encode() + b"\n"
    content = b"".join(gzip.compress(line) for _ in range(3))
    found = items(write(tmp_path / "all.jsonl.gz", content[:-12]))
    assert [bool(item.error) for item in found] == [False, False, True]
    assert "after 2 postings" in found[-1].error


RECORDS = st.lists(
    st.fixed_dictionaries(
        {"text": st.text(min_size=1).filter(lambda text: text.strip() != "")},
        optional={"title": st.text(), "company": st.text(), "id": st.text() | st.integers()},
    ),
    max_size=12,
)


@given(RECORDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_lost_in_json_lines(tmp_path: Path, records: list[dict[str, object]]) -> None:
    """There are as many items as lines, in their order, with their texts."""
    path = write(tmp_path / "all.jsonl", "\n".join(json.dumps(record) for record in records))
    found = items(path)
    assert [item.content.decode() for item in found] == [record["text"] for record in records]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1)


@given(st.lists(CELLS.filter(lambda text: text.strip() != ""), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_lost_in_tables(tmp_path: Path, texts: list[str]) -> None:
    """There are as many items as rows, in their order, with their texts, whatever these hold."""
    path = write(tmp_path / "all.csv", table([["text", "id"], *([text, "7"] for text in texts)]))
    assert [item.content.decode() for item in items(path)] == texts


@given(st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_items(tmp_path: Path, content: bytes) -> None:
    """No bytes in any container are a bug: each item has a content or an error."""
    for name in ("a.jsonl", "a.csv", "a.zip", "a.jsonl.gz", "a.txt", "a.parquet"):
        for prefix in (b"", b"text,id\n", b"PK\x03\x04"):
            for item in items(write(tmp_path / name, prefix + content)):
                assert bool(item.content) != bool(item.error)
                (item.name + item.error).encode()


@pytest.mark.parametrize("name", ["all.jsonl.gz", "all.csv"])
def test_memory_does_not_grow_with_the_postings(tmp_path: Path, name: str) -> None:
    """Twenty thousand lines, which held at once would be far more, stay within the bound."""
    packed = name.endswith(".gz")
    line = b'{"id": 7, "text": "Bake bread and cakes"}\n' if packed else b'7,"Bake,\nand wash"\n'
    lines = (b"" if packed else b"id,text\n") + line * 20_000
    path = write(tmp_path / name, gzip.compress(lines, 1) if packed else lines)
    found = read_items([str(path)])
    next(found)
    tracemalloc.start()
    count = 1 + sum(not item.error for item in found)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < MEMORY
