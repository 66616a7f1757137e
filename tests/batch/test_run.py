"""A batch in this process: what is written, what is left as it is, and what each option changes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from command_line import CV
from many import batch_folder, left_over, results, write_postings
from typer.testing import CliRunner

from tailor.batch.run import Batch, Result, run_batch
from tailor.batch.values import Choices, Row, Status
from tailor.cli import app
from tailor.values.errors import CvError, TailorError
from tailor.values.settings import Engine, EngineName

COUNT = 8
SERIAL = Engine(EngineName.SERIAL)
NO_REPORT = Choices(report=False)


@pytest.fixture
def asked(tmp_path: Path) -> Batch:
    """A CV and eight postings."""
    folder = batch_folder(tmp_path, COUNT)
    return Batch(
        (str(folder / "jobs.jsonl"),),
        (str(folder / "cv.md"),),
        str(folder / "out"),
        choices=NO_REPORT,
        engine=SERIAL,
    )


def rows(result: Result) -> list[dict[str, Any]]:
    """The rows of the index."""
    lines = result.index.records.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def done(asked: Batch) -> tuple[Result, list[Row]]:
    """Run, and return the rows of what was done anew too."""
    seen: list[Row] = []
    return run_batch(asked, seen.append), seen


def modified(asked: Batch) -> dict[Path, int]:
    """When each document was written."""
    return {path: path.stat().st_mtime_ns for path in Path(asked.out).glob("[!.]*/*")}


def test_nothing_is_done_twice(asked: Batch) -> None:
    """A second run writes no document, and the same index."""
    first, seen = done(asked)
    assert (len(seen), first.counts[Status.WRITTEN]) == (COUNT, COUNT)
    before, times = results(Path(asked.out)), modified(asked)
    again, _ = done(asked)
    assert again.counts == first.counts
    assert (first.before, again.before) == (0, COUNT)
    assert results(Path(asked.out)) == before
    assert modified(asked) == times
    assert left_over(Path(asked.out)) == []


def test_what_changed_is_done_anew(asked: Batch) -> None:
    """Other words of one posting: that one alone. Another CV: all."""
    done(asked)
    jobs, times = Path(asked.inputs[0]), modified(asked)
    lines = jobs.read_text(encoding="utf-8").splitlines()
    lines[3] = lines[3].replace("Required", "What we ask for")
    jobs.write_text("\n".join(lines), encoding="utf-8")
    result, _ = done(asked)
    new = {path for path, time in modified(asked).items() if times.get(path) != time}
    assert {path.parent.name for path in new} == {rows_by_id(result)["job-3"]["folder"]}

    Path(asked.cvs[0]).write_text(CV.replace("Kubernetes", "Nomad"), encoding="utf-8")
    times = modified(asked)
    folders = {row["folder"] for row in rows(done(asked)[0])}
    anew = {path.parent.name for path, t in modified(asked).items() if times.get(path) != t}
    assert folders <= anew


def rows_by_id(result: Result) -> dict[str, dict[str, Any]]:
    """The rows of the index by the id of the posting."""
    return {row["posting"].rpartition(":")[2]: row for row in rows(result)}


def test_documents_that_are_gone_come_back(asked: Batch) -> None:
    """What somebody took away is written again; what somebody edited is left, and told."""
    result, _ = done(asked)
    taken, edited = (Path(asked.out, row["folder"], row["files"][0]) for row in rows(result)[:2])
    content = taken.read_bytes()
    taken.unlink()
    edited.write_bytes(b"mine now")
    done(asked)
    assert taken.read_bytes() == content
    assert edited.read_bytes() == b"mine now"


def test_top_writes_the_best_only(asked: Batch) -> None:
    """The index has all; the documents are those of its first rows, as without the option."""
    whole, _ = done(replace(asked, out=f"{asked.out}-whole"))
    some, _ = done(replace(asked, top=3))
    assert [row["posting"] for row in rows(some)] == [row["posting"] for row in rows(whole)]
    statuses = [row["status"] for row in rows(some)]
    assert statuses == ["written"] * 3 + ["indexed"] * (COUNT - 3)
    documents, others = results(Path(asked.out)), results(Path(f"{asked.out}-whole"))
    assert all(others[name] == documents[name] for name in documents if "/" in name)
    more, _ = done(replace(asked, top=5))
    assert more.counts[Status.WRITTEN] == 5


def test_which_application_a_file_is_of(asked: Batch, tmp_path: Path) -> None:
    """By its bytes, and what ``status.txt`` says of its folder, which leads nowhere else."""
    (first, second, *_) = rows(done(asked)[0])
    out, renamed = Path(asked.out), tmp_path / "cv final.docx"
    (file,) = (name for name in first["files"] if name.endswith(".docx"))
    renamed.write_bytes((out / first["folder"] / file).read_bytes())
    names = (f"../{out.name}/{first['folder']}", str(out / first["folder"]), second["folder"])
    (out / "status.txt").write_text("".join(f"{name} = no\n" for name in names), "utf-8")
    command = ["which", str(renamed), "--out", str(out)]
    assert CliRunner().invoke(app, command).exit_code == 8
    with (out / "status.txt").open("a", encoding="utf-8") as status:
        status.write(f"{first['folder']} = interview\n")
    found = CliRunner().invoke(app, command)
    assert (found.exit_code, found.stdout) == (
        0,
        f"of a batch: interview ({out / first['folder']})\n",
    )


def test_an_index_alone(asked: Batch) -> None:
    """No folder but that of the state."""
    result, _ = done(replace(asked, choices=Choices(documents=False)))
    assert result.counts == {Status.INDEXED: COUNT}
    assert {path.name for path in Path(asked.out).iterdir()} == {
        *(".tailor", "gaps.csv", "index.csv", "index.html", "index.jsonl", "status.txt"),
    }


@pytest.fixture
def people(asked: Batch, tmp_path: Path) -> Batch:
    """Two people, for two of the postings."""
    folder = tmp_path / "people"
    folder.mkdir()
    (folder / "ada.md").write_text(CV, encoding="utf-8")
    (folder / "bo.md").write_text(CV.replace("Ada Example", "Bo Sample"), encoding="utf-8")
    write_postings(Path(asked.inputs[0]), 2)
    return replace(asked, cvs=(str(folder),))


def test_each_with_each(people: Batch) -> None:
    """Documents of each person in a folder of their own."""
    result, _ = done(people)
    assert result.counts == {Status.WRITTEN: 4}
    folders = {row["folder"].partition("/")[0] for row in rows(result)}
    assert folders == {"Ada_Example", "Bo_Sample"}


def test_pairs_of_a_table(people: Batch, tmp_path: Path) -> None:
    """These and no others; a name that nothing has is an error with its line."""
    table = tmp_path / "pairs.csv"
    table.write_text("cv,posting\nbo,job-1\n", encoding="utf-8")
    result, _ = done(replace(people, pairs=str(table)))
    (row,) = rows(result)
    assert (Path(row["cv"]).name, row["posting"].rpartition(":")[2]) == ("bo.md", "job-1")
    table.write_text("cv,posting\nbo,job-1\nzoe,job-1\n", encoding="utf-8")
    with pytest.raises(TailorError, match=r"pairs\.csv.*3.*zoe"):
        done(replace(people, pairs=str(table)))


def test_one_cv_of_many_that_cannot_be_read(people: Batch) -> None:
    """Its rows say so, the others are done; one CV alone is the whole batch's error."""
    bad = Path(people.cvs[0], "bo.md")
    bad.write_text("", encoding="utf-8")
    result, _ = done(people)
    assert result.counts == {Status.WRITTEN: 2, Status.FAILED: 2}
    assert all("bo.md" in row["error"] for row in rows(result) if row["status"] == "failed")
    with pytest.raises(CvError, match=r"bo\.md"):
        done(replace(people, cvs=(str(bad),)))


def test_the_same_job_twice_is_linked(asked: Batch) -> None:
    """Its row names the first one, and has title, company and figures of its own; no documents."""
    jobs = Path(asked.inputs[0])
    lines = jobs.read_text(encoding="utf-8").splitlines()
    lines.append(lines[2].replace("job-2", "again").replace("Thistlemoor ", "THISTLEMOOR "))
    jobs.write_text("\n".join(lines), encoding="utf-8")
    for _ in range(2):  # the second run finds all of it done
        result, _ = done(asked)
        found = rows_by_id(result)
        assert found["again"]["status"] == "duplicate"
        assert found["again"]["same_as"] == found["job-2"]["posting"]
        assert found["again"]["company"].startswith("THISTLEMOOR")
        for figure in ("title", "required", "required_of", "duties_of"):
            assert found["again"][figure] == found["job-2"][figure]
        assert not found["again"]["files"]
        assert result.counts == {Status.WRITTEN: COUNT, Status.DUPLICATE: 1}
    result, _ = done(replace(asked, choices=replace(asked.choices, repeats=True)))
    again = rows_by_id(result)["again"]
    assert again["status"] == "written"
    assert again["same_as"] == found["job-2"]["posting"]
    assert all(Path(asked.out, again["folder"], name).is_file() for name in again["files"])
    # The first one is gone: what repeated it is a job like any other.
    jobs.write_text("\n".join(lines[3:]), encoding="utf-8")
    assert rows_by_id(done(asked)[0])["again"]["status"] == "written"


def test_of_the_best_none_repeats_another(asked: Batch) -> None:
    """With --top what repeats another posting takes no place."""
    jobs = Path(asked.inputs[0])
    lines = jobs.read_text(encoding="utf-8").splitlines()
    jobs.write_text("\n".join([*lines, *lines]), encoding="utf-8")
    result, _ = done(replace(asked, top=COUNT))
    assert result.counts == {Status.WRITTEN: COUNT, Status.DUPLICATE: COUNT}


def test_from_and_to_an_object_store(asked: Batch, tmp_path: Path) -> None:
    """The same files as in a folder; index and state lie in the folder that is named for it."""
    fsspec = pytest.importorskip("fsspec")
    store = fsspec.filesystem("memory")
    place = f"/{tmp_path.name}"
    store.pipe(f"{place}/jobs.jsonl", Path(asked.inputs[0]).read_bytes())
    done(asked)
    state = tmp_path / "state"
    far = replace(
        asked, inputs=(f"memory:/{place}/jobs.jsonl",), out=f"memory:/{place}/out", state=state
    )
    result, _ = done(far)
    assert result.counts == {Status.WRITTEN: COUNT}
    here = {name: content for name, content in results(Path(asked.out)).items() if ".docx" in name}
    for name, content in here.items():
        assert store.cat(f"{place}/out/{name}") == content
    assert store.exists(f"{place}/out/index.html")
    assert done(far)[0].counts == result.counts
    with pytest.raises(TailorError, match="--state"):
        done(replace(far, state=None))
