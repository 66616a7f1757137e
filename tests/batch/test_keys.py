"""What a result depends on changes its key, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.batch import values
from tailor.batch.values import Choices, PostingItem, Task, document_key, folder_suffix, index_key
from tailor.values.settings import Settings

WORDS = st.text("ab =", max_size=4)
ITEMS = st.builds(
    PostingItem,
    name=WORDS,
    content=st.binary(max_size=4),
    title=WORDS,
    company=WORDS,
    place=WORDS,
    id=WORDS,
)
TASKS = st.builds(
    Task,
    number=st.integers(0, 9),
    cv=WORDS,
    posting=ITEMS,
    settings=st.builds(Settings, pins=st.tuples(WORDS), pages=st.sampled_from([None, 1, 2])),
)
CHOICES = st.builds(
    Choices,
    report=st.booleans(),
    settings=st.builds(
        Settings,
        pages=st.sampled_from([None, 1, 2]),
        look=st.sampled_from(["", "classic", "modern"]),
        keep_headings=st.booleans(),
    ),
    timeout=st.sampled_from([0.0, 1.0]),
    memory=st.sampled_from([0, 500]),
    force=st.booleans(),
)


def counted_of(task: Task, cv: bytes) -> tuple[object, ...]:
    """All that the index says of a task depends on."""
    item = task.posting
    return (cv, item.content, item.title, item.company, item.place)


def written_of(choices: Choices) -> tuple[object, ...]:
    """The choices that change a document; bounds do not."""
    return (choices.report, choices.settings)


@given(TASKS, TASKS, st.binary(max_size=3), st.binary(max_size=3))
def test_key_of_the_index(one: Task, other: Task, cv: bytes, another: bytes) -> None:
    """Equal for the same words of posting and CV, and only for these."""
    same = counted_of(one, cv) == counted_of(other, another)
    assert (index_key(one, cv) == index_key(other, another)) == same
    moved = replace(one, number=one.number + 1, cv="elsewhere.md")
    assert index_key(moved, cv) == index_key(one, cv)


@given(TASKS, CHOICES, CHOICES)
def test_key_of_documents(task: Task, some: Choices, others: Choices) -> None:
    """Other choices of what is written are another key; other bounds are not."""
    same = written_of(some) == written_of(others)
    assert (document_key(task, b"cv", some) == document_key(task, b"cv", others)) == same
    settled = replace(task, settings=Settings(drops=("b01",)))
    assert document_key(settled, b"cv", some) != document_key(task, b"cv", some)


def test_program_and_template_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of the program, other models, another content of the template."""
    task = Task(0, "cv.md", PostingItem("a.txt", b"Baker"))
    template = tmp_path / "mine.docx"
    seen = {document_key(task, b"cv", Choices())}
    for content in (b"one", b"two"):
        template.write_bytes(content)
        values._content.cache_clear()  # noqa: SLF001 - as a new process has it
        seen.add(document_key(task, b"cv", Choices(settings=Settings(template=str(template)))))
    for name, value in (("__version__", "99"), ("all_files", lambda: [("models/x", b"new")])):
        with monkeypatch.context() as patch:
            patch.setattr(values, name, value)
            values.program.cache_clear()  # as a new process has it
            seen.add(document_key(task, b"cv", Choices()))
    values.program.cache_clear()  # as a new process has it
    assert len(seen) == 5


@given(TASKS)
def test_folders_keep_their_names(task: Task) -> None:
    """Whatever the order of the input, and whatever the CV says by now."""
    elsewhere = replace(task, number=77, settings=Settings(pages=2))
    assert folder_suffix(elsewhere) == folder_suffix(task)
