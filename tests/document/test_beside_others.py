"""An application beside others: whether one of them has the same text."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import CV, POSTING, run, small_folder


def test_an_application_of_the_same_text_is_named(tmp_path: Path) -> None:
    """To people and to programs; a run of the same job again, and edited files, are no others."""
    small = small_folder(tmp_path)
    (small / "other.txt").write_text(POSTING.replace("Thistlemoor", "Fennimore"), "utf-8")
    (small / "cv.md").write_text(CV, "utf-8")
    first = run("--job", "posting.txt", "--cv", "cv.md", "--out", "out", cwd=small)
    again = run("--job", "posting.txt", "--cv", "cv.md", "--out", "out", cwd=small)
    assert "the text is that of" not in first.stderr + again.stderr
    written = Path(first.stdout.strip()).name
    second = run("--job", "other.txt", "--cv", "cv.md", "--out", "out", cwd=small)
    assert f"the text is that of {written}" in " ".join(second.stderr.split())
    data = json.loads(
        run("--job", "other.txt", "--cv", "cv.md", "--out", "out", "--json", cwd=small).stdout
    )
    assert Path(data["same_text"]).name == written
    path = small / "out" / written
    path.write_bytes(path.read_bytes().replace(b"Kubernetes", b"kubernetes"))
    third = run("--job", "other.txt", "--cv", "cv.md", "--out", "out", cwd=small)
    assert "the text is that of" not in third.stderr


def test_a_cv_of_which_all_is_printed_is_told(tmp_path: Path) -> None:
    """And only then."""
    small = small_folder(tmp_path)
    told = run("--job", "posting.txt", "--cv", "cv.md", cwd=small).stderr
    assert "your whole CV answers this posting, nothing was left out" in " ".join(told.split())
    cv = CV + "- Baked bread for the summer fair of the village.\n" * 2
    (small / "cv.md").write_text(cv, "utf-8")
    assert "your whole CV" not in run("--job", "posting.txt", "--cv", "cv.md", cwd=small).stderr
