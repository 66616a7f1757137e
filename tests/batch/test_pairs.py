"""Which CV goes with which posting: all with all, or as a table says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.batch.pairs import make_tasks
from tailor.batch.values import PostingItem
from tailor.values.errors import CvError, PostingError, TailorError

ITEMS = [
    PostingItem("jobs/north/baker.txt", b"Bake"),
    PostingItem("jobs/south/baker.txt", b"Bake more"),
    PostingItem("jobs/all.csv:2:x7", b"Cook", "Cook", "Pan & Co", "Ghent", "x7"),
    PostingItem("jobs/bad.txt", b"", error="jobs/bad.txt: empty"),
]


@pytest.fixture
def cvs(tmp_path: Path) -> Path:
    """A folder of three CVs, and of other things."""
    for name in ("mo.md", "teams/li.docx", "teams/ann.pdf", ".old.md", "photo.png"):
        (tmp_path / "cvs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "cvs" / name).write_text("# A CV")
    return tmp_path / "cvs"


def pairs(folder: Path, text: str) -> str:
    """A table of pairs."""
    path = folder / "pairs.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_all_pairs_posting_by_posting(cvs: Path) -> None:
    """Each posting goes with each CV before the next one is asked for; hidden files are no CVs."""
    names = ["mo.md", "teams/ann.pdf", "teams/li.docx"]
    wanted = [(item, (cvs / name).as_posix()) for item, name in product(ITEMS, names)]
    tasks = list(make_tasks(ITEMS, [str(cvs)]))
    assert [(task.posting, task.cv) for task in tasks] == wanted
    assert [task.number for task in tasks] == list(range(len(wanted)))


def test_postings_are_asked_for_one_by_one(cvs: Path) -> None:
    """The first application is there before the second posting is read."""

    def endless() -> Iterator[PostingItem]:
        number = 0
        while True:
            yield PostingItem(str(number), b"Bake")
            number += 1

    tasks = make_tasks(endless(), [str(cvs / "mo.md")])
    assert [next(tasks).posting.name for _ in range(3)] == ["0", "1", "2"]


@pytest.mark.parametrize("given_cvs", [[], ["nowhere.md"], ["empty"]])
def test_no_cv_is_an_error_at_once(tmp_path: Path, given_cvs: list[str]) -> None:
    """A CV that is not there, and a folder without any, are said before anything is read."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(CvError):
        make_tasks(ITEMS, [str(tmp_path / name) for name in given_cvs])


def test_a_table_of_pairs_in_its_order(cvs: Path) -> None:
    """Names may be whole, the end of a path, without ending, or an id; the order is the table's."""
    table = pairs(
        cvs,
        "note,CV;x,posting\n".replace(";x", "")
        + "1,li,x7\n2,mo.md,south/baker\n3,teams/ann,jobs/north/baker.txt\n4,mo,x7\n5,mo,bad\n",
    )
    tasks = list(make_tasks(ITEMS, [str(cvs)], table))
    assert [(Path(task.cv).stem, task.posting) for task in tasks] == [
        *(("li", ITEMS[2]), ("mo", ITEMS[1]), ("ann", ITEMS[0]), ("mo", ITEMS[2])),
        ("mo", ITEMS[3]),
    ]
    assert [task.number for task in tasks] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("row", "error", "reason"),
    [
        ("mo,cook", PostingError, r':3: no posting is called "cook"'),
        ("zoe,x7", CvError, r':3: no CV is called "zoe"'),
        ("mo,baker", PostingError, r':3: more than one posting is called "baker"'),
        ("mo,", TailorError, r":3: needs a CV and a posting"),
    ],
)
def test_a_wrong_pair_is_named_with_its_line(
    cvs: Path, row: str, error: type[TailorError], reason: str
) -> None:
    """A name that nothing has, or that two have, is an error with the table's line."""
    table = pairs(cvs, f"cv,posting\nmo,x7\n{row}\n")
    with pytest.raises(error, match=reason):
        list(make_tasks(ITEMS, [str(cvs)], table))


@pytest.mark.parametrize("text", ["", "cv,job\nmo,x7\n", "\x00\xff"])
def test_a_table_without_the_columns_is_an_error(cvs: Path, text: str) -> None:
    """The two columns are asked for by name, before anything is read."""
    with pytest.raises(TailorError, match="cv"):
        make_tasks(ITEMS, [str(cvs)], pairs(cvs, text))


def test_a_table_of_a_spreadsheet(cvs: Path) -> None:
    """A byte-order mark, semicolons and Windows line ends are read."""
    table = pairs(cvs, "\ufeffcv;posting\r\nmo;x7\r\n\r\n")
    assert [task.posting.id for task in make_tasks(ITEMS, [str(cvs)], table)] == ["x7"]


@given(
    st.builds(
        PostingItem,
        st.just("jobs/a.txt"),
        st.binary(),
        *[st.text(st.characters(exclude_categories=["Cs"]))] * 5,
    )
)
def test_what_is_put_aside_comes_back(
    tmp_path_factory: pytest.TempPathFactory, item: PostingItem
) -> None:
    """A posting that waits for its turn is the same when it comes, however often it comes."""
    folder = tmp_path_factory.mktemp("pairs")
    (folder / "mo.md").write_text("# A CV")
    table = pairs(folder, "cv,posting\nmo,jobs/a.txt\nmo,jobs/a.txt\n")
    tasks = make_tasks([*ITEMS, item], [str(folder)], table)
    assert [task.posting for task in tasks] == [item, item]
