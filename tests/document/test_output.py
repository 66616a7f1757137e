"""Files appear whole or not at all, and nobody's work is overwritten."""

from __future__ import annotations

import errno
import os
import re
import stat
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.document.document import render_docx
from tailor.document.output import is_ours_unchanged, write_file, write_files, write_together
from tailor.document.package import PLACEHOLDER, pack, seal_text, unpack
from tailor.layout.typography import Paragraph, Style
from tailor.values.cv import RichText
from tailor.values.errors import OutputError

posix = pytest.mark.skipif(os.name != "posix", reason="rights and links of POSIX")


def document(name: str) -> bytes:
    """A CV of one line."""
    line = Paragraph(Style.NAME, RichText.of(name))
    return render_docx([line], title=name, author=name)


def test_new_file_and_its_folders_appear(tmp_path: Path) -> None:
    """Missing folders are made; nothing but the file is left in them."""
    path = tmp_path / "applications" / "2025" / "cv.docx"
    write_file(path, document("Ada"))
    assert path.read_bytes() == document("Ada")
    assert list(path.parent.iterdir()) == [path]


def test_our_own_file_is_replaced(tmp_path: Path) -> None:
    """A second run may replace what the first one wrote."""
    path = tmp_path / "cv.docx"
    write_file(path, document("Ada"))
    assert is_ours_unchanged(path)
    write_file(path, document("Grace"))
    assert path.read_bytes() == document("Grace")


def test_equal_content_is_left_as_it_is(tmp_path: Path) -> None:
    """Even a foreign file, when it holds these very bytes already."""
    path = tmp_path / "any.bin"
    path.write_bytes(b"content")
    os.utime(path, (1, 1))
    write_file(path, b"content")
    assert path.stat().st_mtime == 1


def test_edited_file_is_kept(tmp_path: Path) -> None:
    """A file of ours that another program saved again belongs to the person who did."""
    path = tmp_path / "cv.docx"
    write_file(path, document("Ada"))
    edited = docx.Document(str(path))
    edited.paragraphs[0].add_run(" Lovelace")
    edited.save(str(path))
    before = path.read_bytes()
    with pytest.raises(OutputError, match=r"cv\.docx: exists and was edited.*--force"):
        write_file(path, document("Grace"))
    assert path.read_bytes() == before
    write_file(path, document("Grace"), force=True)
    assert path.read_bytes() == document("Grace")


def test_one_changed_letter_is_an_edit(tmp_path: Path) -> None:
    """Even when the edit keeps our way of packing."""
    path = tmp_path / "cv.docx"
    parts = unpack(document("Ada"))
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"Ada", b"Ida")
    path.write_bytes(pack(parts))
    assert not is_ours_unchanged(path)


@pytest.mark.parametrize("content", [b"", b"my notes", b"PK", b"PK\x03\x04 half a zip file"])
def test_foreign_file_is_kept(tmp_path: Path, content: bytes) -> None:
    """What tailor did not write is overwritten by force only."""
    path = tmp_path / "cv.docx"
    path.write_bytes(content)
    with pytest.raises(OutputError, match="not written by tailor"):
        write_file(path, document("Ada"))
    assert path.read_bytes() == content
    write_file(path, document("Ada"), force=True)
    assert is_ours_unchanged(path)


def test_a_large_file_of_somebody_else_is_kept(tmp_path: Path) -> None:
    """It is not even read: nothing that tailor writes is so long."""
    path = tmp_path / "cv.docx"
    with path.open("wb") as file:
        file.truncate(16_000_001)  # takes no room on the disk
    assert not is_ours_unchanged(path)
    with pytest.raises(OutputError, match="not written by tailor"):
        write_file(path, document("Ada"))
    assert path.stat().st_size == 16_000_001


def test_document_of_another_program_is_not_ours(tmp_path: Path) -> None:
    """Nor is a packed-up copy of our parts."""
    foreign = tmp_path / "foreign.docx"
    docx.Document().save(str(foreign))
    assert not is_ours_unchanged(foreign)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in unpack(document("Ada")).items():
            archive.writestr(name, content)
    foreign.write_bytes(packed.getvalue())
    assert not is_ours_unchanged(foreign)


@given(st.integers(0, len(document("Ada")) - 1), st.integers(1, 255))
def test_any_changed_byte_shows(tmp_path_factory: pytest.TempPathFactory, at: int, by: int) -> None:
    """Whatever byte changes, the file is no longer ours, and looking at it raises nothing."""
    content = bytearray(document("Ada"))
    content[at] ^= by
    path = tmp_path_factory.getbasetemp() / "changed.docx"
    path.write_bytes(content)
    assert not is_ours_unchanged(path)


def test_text_files_have_fingerprints_too(tmp_path: Path) -> None:
    """A report may be replaced while nobody edited it."""
    path = tmp_path / "report.html"
    write_file(path, seal_text(f"<!-- {PLACEHOLDER} -->\n<p>naïve</p>"))
    write_file(path, seal_text(f"<!-- {PLACEHOLDER} -->\n<p>new</p>"))
    assert "new" in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8") + "my remark", encoding="utf-8")
    with pytest.raises(OutputError, match="edited"):
        write_file(path, seal_text(PLACEHOLDER))
    with pytest.raises(ValueError, match="no place for a fingerprint"):
        seal_text("no placeholder")


def test_several_files_are_written_all_or_none(tmp_path: Path) -> None:
    """One that may not be overwritten keeps the others from being written, in any order."""
    foreign = tmp_path / "notes.txt"
    foreign.write_text("mine", encoding="utf-8")
    wanted = {tmp_path / "a.docx": document("Ada"), foreign: b"not mine"}
    for contents in (wanted, dict(reversed(wanted.items()))):
        with pytest.raises(OutputError, match=r"notes\.txt: exists and was edited"):
            write_files(contents)
        assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    write_files(wanted, force=True)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == wanted


def test_a_full_disk_at_the_second_file_leaves_the_first_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None takes its place before all are filled."""
    first, second = tmp_path / "a.docx", tmp_path / "b.docx"
    write_file(first, document("Ada"))
    calls = iter([None, OSError(errno.ENOSPC, "no space")])

    def sync(_: int) -> None:
        if error := next(calls):
            raise error

    monkeypatch.setattr("os.fsync", sync)
    with pytest.raises(OutputError, match=r"b\.docx: cannot be written: the disk is full"):
        write_files({first: document("Grace"), second: document("Grace")})
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]
    assert first.read_bytes() == document("Ada")


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "read-only; choose another folder"),
        (errno.EACCES, "no permission"),
        (errno.EIO, re.escape(f"{os.strerror(errno.EIO)}; choose another path")),
    ],
)
@pytest.mark.parametrize("exists", [False, True])
def test_failing_write_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, message: str, exists: bool
) -> None:
    """The old file stays whole, no partial one is left, and one line says what to do."""
    path = tmp_path / "cv.docx"
    if exists:
        write_file(path, document("Ada"))

    def fail(_descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match=rf"cv\.docx: cannot be written: .*{message}") as caught:
        write_file(path, document("Grace"))
    assert "\n" not in str(caught.value)
    assert "Errno" not in str(caught.value)
    assert list(tmp_path.iterdir()) == ([path] if exists else [])
    assert not exists or path.read_bytes() == document("Ada")


def test_a_disk_that_fills_up_while_much_is_written_is_told(tmp_path: Path) -> None:
    """In words for people, with the folder, and none of the files is there."""
    paths = [tmp_path / "a.html", tmp_path / "b.csv"]

    def write() -> None:
        with write_together(paths) as files:
            files[0].write(b"some of it")
            raise OSError(errno.ENOSPC, "no space")

    with pytest.raises(OutputError, match=": cannot be written: the disk is full") as caught:
        write()
    assert str(tmp_path) in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_interrupted_write_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does Ctrl-C."""

    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "cv.docx", document("Ada"))
    assert list(tmp_path.iterdir()) == []


def test_partial_file_is_for_the_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is filled, nobody else on the machine can read the CV."""
    seen: list[int] = []

    def look(_descriptor: int) -> None:
        seen.extend(stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir())

    monkeypatch.setattr(os, "fsync", look)
    write_file(tmp_path / "cv.docx", document("Ada"))
    assert len(seen) == 1
    assert os.name != "posix" or seen == [0o600]


@posix
def test_rights_are_the_usual_ones_or_those_that_were(tmp_path: Path) -> None:
    """A new file gets what the umask leaves; a replaced one keeps what it had."""
    path = tmp_path / "cv.docx"
    umask = os.umask(0o027)
    try:
        write_file(path, document("Ada"))
    finally:
        os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o600)
    write_file(path, document("Grace"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("rights", [0o444, 0o400, 0o555])
def test_write_protected_file_is_kept_even_by_force(tmp_path: Path, rights: int) -> None:
    """Someone protected it for a reason."""
    path = tmp_path / "cv.docx"
    write_file(path, document("Ada"))
    path.chmod(rights)
    with pytest.raises(OutputError, match="write-protected"):
        write_file(path, document("Grace"), force=True)
    assert path.read_bytes() == document("Ada")


@pytest.mark.parametrize("rights", [0o644, 0o464, 0o446])
def test_a_file_that_somebody_may_write_to_is_replaced(tmp_path: Path, rights: int) -> None:
    """It is protected only where nobody may; its rights stay."""
    path = tmp_path / "cv.docx"
    write_file(path, document("Ada"))
    path.chmod(rights)
    write_file(path, document("Grace"))
    assert path.read_bytes() == document("Grace")
    assert stat.S_IMODE(path.stat().st_mode) == rights


def test_folder_is_no_file(tmp_path: Path) -> None:
    """A folder is never replaced, and a file is never taken for a folder."""
    with pytest.raises(OutputError, match="is a folder"):
        write_file(tmp_path, b"", force=True)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="a file, not a folder"):
        write_file(tmp_path / "file" / "cv.docx", b"content")


def test_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    """With the project's own error."""
    with pytest.raises(OutputError, match="cannot be written"):
        write_file(tmp_path / (300 * "a"), b"content")


@posix
def test_links_stay_links(tmp_path: Path) -> None:
    """What a symbolic link leads to is written; a circle of them is an error."""
    path = tmp_path / "real.docx"
    link = tmp_path / "link.docx"
    link.symlink_to(path)
    write_file(link, document("Ada"))
    assert link.is_symlink()
    assert path.read_bytes() == document("Ada")
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    with pytest.raises(OutputError, match="circle"):
        write_file(circle, b"content")


@posix
def test_special_files_are_refused(tmp_path: Path) -> None:
    """A pipe is neither read nor replaced."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OutputError, match="not a regular file"):
        write_file(pipe, b"content", force=True)


@posix
def test_folder_without_write_right_is_refused(tmp_path: Path) -> None:
    """As the file system says it, where we are not the administrator."""
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    if os.access(folder, os.W_OK):
        pytest.skip("the administrator may write anywhere")
    with pytest.raises(OutputError, match="no permission"):
        write_file(folder / "cv.docx", b"content")


def test_content_of_the_same_length_is_other_content(tmp_path: Path) -> None:
    """A correction of one letter is written, and somebody's file of that length is not ours."""
    assert len(document("Ada")) == len(document("Ida"))
    path = tmp_path / "cv.docx"
    write_file(path, document("Ada"))
    write_file(path, document("Ida"))
    assert path.read_bytes() == document("Ida")
    path.write_bytes(b"mine")
    with pytest.raises(OutputError, match="not written by tailor"):
        write_file(path, b"ours")
    assert path.read_bytes() == b"mine"
