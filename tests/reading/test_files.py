"""Files that are no text, or not there, and the encodings of those that are."""

from __future__ import annotations

import codecs
import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.reading.encodings import decode_text
from tailor.reading.files import Content, decode, read_bytes, read_content
from tailor.reading.reader import recognise
from tailor.values.errors import CvError, PostingError
from tailor.values.limits import Limits, using

BASS = "Zoë – née “Müller”"
POLISH = "Łukasz Żółkiewicz\nInżynier, Kraków\n- Zarządzał zespołem, poprawił wydajność o 30%"
CZECH = "Jiří Dvořák\nBrno\n- Vývoj softwaru a řízení týmu, řešení problémů"
HUNGARIAN = "Szabó Gábor, szoftverfejlesztő, Győr. Működő rendszerek tervezése"
TURKISH = "Mehmet Yılmaz\nYazılım mühendisi, İstanbul\n- Sistemler geliştirdi ve başarıyla yönetti"
RUSSIAN = "Иван Петров\nИнженер-программист, Москва\n- Разработал систему учёта"
GREEK = "Γιώργος Παπαδόπουλος\nΜηχανικός λογισμικού, Αθήνα\n- Ανάπτυξη συστημάτων"
JAPANESE = "山田太郎\n東京都\nソフトウェアエンジニアとして、システムを開発しました。"
CHINESE = "王小明\n软件工程师，北京\n负责开发分布式系统，提高了性能30%。"
KOREAN = "김철수\n소프트웨어 엔지니어, 서울\n분산 시스템을 개발하였습니다."
ENGLISH = "\nLed a team of six and kept the ledgers of three shops in good order.\n" * 20


def read(path: Path) -> str:
    """Return the text of a CV file, as readers get it."""
    content = read_content(path, "CV")
    recognise(content)
    return content.text()


@pytest.mark.parametrize("more", ["", ENGLISH], ids=["short", "long"])
@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", BASS),
        ("utf-8-sig", "Zoë"),
        ("utf-8", RUSSIAN),
        ("utf-16", "Zoë ➤"),
        ("utf-16-le", BASS),
        ("utf-16-be", BASS),
        ("utf-16-le", "Jane"),
        ("utf-16-le", RUSSIAN),
        ("utf-16-be", CHINESE),
        ("utf-32", "Zoë ➤"),
        ("cp1252", BASS),
        ("cp1252", "Zoë – née “Müller”, a curriculum vitae"),
        ("cp1252", "• £40k – £50k; 25 °C, José’s façade at Zürich & København, São Paulo"),
        ("cp1252", "Sørensen, José García"),
        ("cp1252", "ÉCOLE POLYTECHNIQUE FÉDÉRALE, GRÜNDERZENTRUM MÜNCHEN"),
        ("cp1252", "Þórður Guðmundsson, Reykjavík"),
        ("latin-1", "José García"),
        ("mac_roman", BASS),
        ("mac_roman", "• Ran the team’s budget – 40 loaves\n• “Best baker” of Orléans"),
        ("cp1250", POLISH),
        ("iso8859_2", POLISH),
        ("cp1250", CZECH),
        ("cp1250", HUNGARIAN),
        ("cp1254", TURKISH),
        ("cp1251", RUSSIAN),
        ("koi8_r", RUSSIAN),
        ("cp1253", GREEK),
        ("shift_jis", JAPANESE),
        ("euc_jp", JAPANESE),
        ("gb18030", CHINESE),
        ("cp949", KOREAN),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, text: str, more: str) -> None:
    """The encodings of common editors are all read, in short texts and in much English."""
    path = tmp_path / "cv.md"
    path.write_bytes((text + more).encode(encoding))
    assert read(path) == text + more


def test_utf32_with_the_other_mark() -> None:
    """Big-endian UTF-32 is known by its mark."""
    assert decode_text(codecs.BOM_UTF32_BE + "Zoë".encode("utf-32-be")) == "Zoë"


def test_a_stray_byte_does_not_spoil_the_rest() -> None:
    """UTF-8 into which Windows text was pasted keeps all its letters, and the pasted ones."""
    text = f"{BASS} {CZECH} {RUSSIAN} " * 20
    mixed = text.encode() + "née".encode("cp1252") + text.encode()
    assert decode_text(mixed) == f"{text}née{text}"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_unicode_comes_back(text: str) -> None:
    """Whatever is saved as UTF-8, or with a mark, is read as it was, but for marks at its start."""
    shown = text.lstrip("\ufeff")
    assert decode_text(text.encode()) == shown
    assert decode_text(text.encode("utf-8-sig")) == shown
    assert decode_text(text.encode("utf-16")) == shown
    assert decode_text(text.encode("utf-32")) == shown


@pytest.mark.parametrize("text", ["Name\r\n0000\0\r\n00\x80\x80\x80ࠀ𐀀𐀀𐀀\r\n", "é\0" * 40])
def test_utf8_with_nul_is_no_text(text: str) -> None:
    """It is not taken for UTF-16, in which every second byte of Western text is NUL."""
    assert decode_text(text.encode()) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_not(data: bytes) -> None:
    """Nothing else happens, the same every time, and text has no NUL."""
    text = decode_text(data)
    assert text is None or "\0" not in text
    assert decode_text(data) == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b" \x00\n\x00\t\x00", "empty"),
        (b"\xff\xfe \x00", "empty"),
        ("\u200b\n\ufeff".encode(), "empty"),
        (b"PK\x03\x04 ...", "damaged zip or Word"),
        (b"{\\rtf1 ...", "rich text"),
        (b"\xd0\xcf\x11\xe0 ...", "old Word file"),
        (b"text\x00with zeros", "not text"),
        (b"text with\x00\x00\x00 zeros", "not text"),
        (b"\x01\x02 few \x03 words", "not text"),
        (bytes(range(128, 256)), "not text"),
        (bytes(range(256)) * 8, "not text"),
        (b"\xff\xfe\x00\xd8", "not text"),
    ],
)
def test_what_is_no_text(tmp_path: Path, data: bytes, words: str) -> None:
    """Each gets one line that names the file, what it is, and the way out."""
    path = tmp_path / "cv.md"
    path.write_bytes(data)
    with pytest.raises(CvError, match=words) as error:
        read(path)
    message = str(error.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    assert ";" in message  # what is wrong; what to do


def test_a_few_control_characters_are_text() -> None:
    """Text copied out of a PDF has some; they are cleaned away where lines are made."""
    text = f"Kept the \x02 ledgers of three shops in order.\x0c{ENGLISH}"
    assert decode_text(text.encode()) == text


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """Neither is mistaken for an empty CV."""
    with pytest.raises(CvError, match="no such file"):
        read_bytes(tmp_path / "none.md", "CV")
    with pytest.raises(CvError, match="this is a folder"):
        read_bytes(tmp_path, "CV")
    with pytest.raises(CvError, match="cannot be read"):
        read_bytes("a\x00b", "CV")


def test_postings_get_their_own_error(tmp_path: Path) -> None:
    """The kind of file decides the error, and with it the exit code."""
    with pytest.raises(PostingError, match="posting"):
        read_bytes(tmp_path / "none.txt", "posting")
    with pytest.raises(PostingError, match="not text"):
        decode(b"%PDF\x00\x01", "none.pdf", "posting")
    assert isinstance(Content("p.txt", b"", "posting").error("is late"), PostingError)
    assert str(Content("p.txt", b"", "CV").error("is late")) == "p.txt: is late"


def test_too_large(tmp_path: Path) -> None:
    """A file larger than any CV is refused before it is parsed."""
    path = tmp_path / "cv.md"
    path.write_text("x" * 11)
    with using(Limits(file=10)), pytest.raises(CvError, match=r"larger than 10 bytes.*file=20"):
        read_bytes(path, "CV")


posix = pytest.mark.skipif(os.name != "posix", reason="named pipes and devices of POSIX")


@posix
def test_a_pipe_without_a_writer_is_empty(tmp_path: Path) -> None:
    """It is not waited for."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(CvError, match="empty"):
        read_bytes(path, "CV")


@posix
def test_a_pipe_with_a_writer_is_read() -> None:
    """As the shell makes them: ``--job <(some command)``."""
    reader, writer = os.pipe()

    def write() -> None:
        with os.fdopen(writer, "wb") as stream:
            stream.write(b"Night Baker")

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert read_bytes(f"/dev/fd/{reader}", "posting") == b"Night Baker"
    finally:
        thread.join()
        os.close(reader)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="devices of Linux")
def test_an_endless_device_is_cut() -> None:
    """Nothing is read beyond the limit."""
    with pytest.raises(CvError, match="larger than 20 MB"):
        read_bytes("/dev/zero", "CV")
