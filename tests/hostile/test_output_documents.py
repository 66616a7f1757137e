"""What is written holds nothing that acts: Word files, the terminal, the table of a batch."""

from __future__ import annotations

import io
import posixpath
import re
import sys
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import docx
import pytest
import typer.testing
from command_line import CV, POSTING
from docx.enum.style import WD_STYLE_TYPE
from hypothesis import given
from hypothesis import strategies as st
from index_of import write_index
from lxml import etree

from tailor.batch.values import Row, Status
from tailor.cli import app
from tailor.document.resume import whole_docx
from tailor.reading.cv.numbering import renumbered
from tailor.values.cv import (
    BulletFactory,
    Contact,
    ContactKind,
    Cv,
    Entry,
    RichText,
    Run,
    Section,
    SectionKind,
)

LINKS = (
    "https://example.org/a",
    "mailto:ada@example.org",
    "javascript:alert(1)",
    "file:///C:/x.exe",
    "\\\\server\\share\\x",
    "//example.org/x",
    "data:text/html,x",
    "smb://server/x",
    "ms-word:ofe|u|http://example.org/x.dotm",
    "vbscript:x",
    "tel:+441234567",
    "http://a:b@example.org/",
    'https://example.org/"><w:instrText>DDEAUTO</w:instrText>',
    "HTTPS://EXAMPLE.ORG",
    "",
)
TEXTS = (
    "</w:t></w:r><w:fldSimple w:instr=\"DDEAUTO c:\\\\x 'y'\"/>",
    '{ INCLUDEPICTURE "http://example.invalid/x.png" }',
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "]]><w:altChunk r:id='rId1'/>",
    '<?mso-application progid="Word.Document"?>',
    "\x00\x1b[31m\x9b2J\u202e\ufffe",
    "=cmd|' /c calc'!A0",
)
ACTS = frozenset(
    "instrText fldSimple fldChar altChunk object pict drawing subDoc control attachedTemplate "
    "mailMerge dataSource script sdt frame movie embed OLEObject".split()
)
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
KINDS = frozenset(
    "officeDocument core-properties extended-properties styles numbering settings theme fontTable "
    "webSettings hyperlink".split()
)
words = st.sampled_from(TEXTS) | st.text(min_size=1, max_size=12)
links = st.sampled_from(LINKS) | st.text(max_size=8).map("https://{}".format)


def check_harmless(data: bytes) -> int:
    """Check all parts and relationships of a Word file; return how many lead outside."""
    outside = 0
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = set(file.namelist())
        for name in names:
            assert name.endswith((".xml", ".rels")), name
            content = file.read(name)
            assert b"<!DOCTYPE" not in content
            root = etree.fromstring(content)
            tags = {etree.QName(element).localname for element in root.iter(etree.Element)}
            assert not tags & ACTS, (name, tags & ACTS)
            assert not list(root.iter(etree.ProcessingInstruction))
            if name == "[Content_Types].xml":
                assert not re.search(rb"(?i)macro|vba|oleObject|activeX", content)
            if not name.endswith(".rels"):
                continue
            base = posixpath.dirname(posixpath.dirname(name))
            for link in root:
                kind, target = link.get("Type") or "", link.get("Target") or ""
                assert kind.rpartition("/")[2] in KINDS
                if link.get("TargetMode") == "External":
                    outside += 1
                    assert kind == HYPERLINK
                    assert urlsplit(target).scheme in {"http", "https", "mailto"}
                else:
                    inside = target.lstrip("/") if target[0] == "/" else f"{base}/{target}"
                    assert posixpath.normpath(inside).lstrip("/") in names
    return outside


@st.composite
def hostile_cvs(draw: st.DrawFn) -> Cv:
    """CVs whose every text and link may be an attack."""
    make = BulletFactory()

    def text() -> RichText:
        runs = st.builds(Run, words, st.booleans(), st.booleans(), st.none() | links)
        return RichText.of(draw(st.lists(runs, min_size=1, max_size=3)))

    entry = Entry(
        "e1", (draw(words), "Baker"), draw(words), bullets=(make.make(text()), make.make(text()))
    )
    sections = (
        Section(SectionKind.EXPERIENCE, draw(words), entries=(entry,)),
        Section(SectionKind.OTHER, draw(words), text(), bullets=(make.make(text()),)),
    )
    contacts = (Contact(draw(st.sampled_from(ContactKind)), draw(words), draw(links) or None),)
    return renumbered(Cv("Jo " + draw(words), draw(words), contacts, draw(words), sections))


@given(hostile_cvs())
def test_a_word_file_of_any_cv_does_nothing(cv: Cv) -> None:
    """Neither fields nor macros nor objects; what leads outside is a link of the web or of mail."""
    check_harmless(whole_docx(cv))


def test_links_that_may_be_are_there() -> None:
    """The check above does see what leads outside."""
    line = BulletFactory().make(RichText((Run("a", link=LINKS[0]), Run("b", link=LINKS[1]))))
    section = Section(
        SectionKind.EXPERIENCE, "Work", entries=(Entry("e", ("Baker",), bullets=(line,)),)
    )
    assert check_harmless(whole_docx(renumbered(Cv("Jo", "", (), "", (section,))))) == 2


def test_nothing_of_a_template_acts(tmp_path: Path) -> None:
    """Of one's own template styles come along; what it fetches, embeds and runs stays behind."""
    document = docx.Document()
    for name in ("Person Name", "Headline", "Contact", "Organisation"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles[
            "Normal"
        ]
    # As Word refers to a template elsewhere, and to a picture that it fetches.
    for kind, part in (("attachedTemplate", "settings"), ("image", "theme"), ("image", "")):
        owner = next(
            (
                link.target_part
                for link in document.part.rels.values()
                if not link.is_external and part and link.reltype.endswith(f"/{part}")
            ),
            document.part,
        )
        full_kind = f"{HYPERLINK.rpartition('/')[0]}/{kind}"
        owner.rels.get_or_add_ext_rel(full_kind, "http://example.invalid/x.dotm")
    document.save(str(tmp_path / "mine.docx"))
    assert b"example.invalid" in b"".join(parts_of(tmp_path / "mine.docx"))

    (tmp_path / "cv.md").write_text(CV, encoding="utf-8")
    (tmp_path / "posting.txt").write_text(POSTING, encoding="utf-8")
    told = run(tmp_path, "--job", "posting.txt", "--template", "mine.docx", "--out", "new.docx")
    assert told.exit_code == 0, told.output
    check_harmless((tmp_path / "new.docx").read_bytes())
    assert b"example.invalid" not in b"".join(parts_of(tmp_path / "new.docx"))


def parts_of(path: Path) -> list[bytes]:
    """The contents of all parts of a Word file."""
    with zipfile.ZipFile(path) as file:
        return [file.read(name) for name in file.namelist()]


def run(folder: Path, *arguments: str) -> typer.testing.Result:
    """Run a command on the CV in `folder`, from there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("TAILOR_CV", str(folder / "cv.md"))
        return typer.testing.CliRunner().invoke(app, list(arguments))


# The terminal

CODES = (
    "\x1b[31mred\x1b]8;;http://x\x07\x1b]0;owned\x1b\\\x9b2J\x90q\x9c\b\b\x7f\u202eab\u2066\u200f"
)
SPEAKS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
COMMANDS = {
    "explain": "explain --job posting.txt",
    "diff": "--job posting.txt --out old.docx --diff --force",
    "check": "check cv.md --job posting.txt --cv cv.md",
    "import": "import cv.md --out master.md",
    "batch": "batch posting.txt empty{codes}.txt --engine serial --index-only",
    "no such posting": "--job no{codes}.txt",
    "no such line": "explain --job posting.txt --pin {codes}",
    "a setting that is none": "explain --job other.txt",
}


@pytest.fixture
def speaking(tmp_path: Path) -> Path:
    """A CV and a posting that try to speak to the terminal in every line."""
    if sys.platform == "win32":
        pytest.skip("names of files cannot hold control codes there")
    codes = CODES.replace("\b", "")  # as text that programs write, it has no such
    # In its lines; where its headings have codes it is no CV.
    cv = re.sub(r"(?m)(?<=[.r])$", lambda _: f" {codes}", CV)
    (tmp_path / "cv.md").write_text(cv, encoding="utf-8")
    posting = re.sub(r"(?m)(?<=[rsn])$", lambda _: f" {codes}", POSTING)
    for name in ("posting.txt", "other.txt"):
        (tmp_path / name).write_text(posting, encoding="utf-8")
    (tmp_path / "other.toml").write_text(f'"{codes[3:6]}\\u009b\\u202e" = 1\n', encoding="utf-8")
    (tmp_path / f"empty{codes.replace('/', '')}.txt").write_text(" ", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_that_is_printed_speaks_to_the_terminal(speaking: Path, name: str) -> None:
    """No control code, no direction: not of a posting, a CV, a file's name or a setting."""
    codes = CODES.replace("\b", "").replace("/", "")
    done = run(speaking, *(word.format(codes=codes) for word in COMMANDS[name].split()))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code in {0, 2, 4, 7}
    said = done.stdout + done.stderr
    assert said.strip()
    assert not SPEAKS.search(said), ascii(said)


def test_neither_does_the_index_of_a_batch(tmp_path: Path) -> None:
    """All three files can be looked at in a terminal, and the records lose nothing."""
    row = Row(0, f"{CODES}.txt", "cv.md", "", Status.FAILED, CODES, CODES, CODES, error=CODES)
    write_index(tmp_path, [row])
    for name in ("index.csv", "index.jsonl", "index.html"):
        text = (tmp_path / name).read_text(encoding="utf-8-sig")
        assert not SPEAKS.search(text.replace("\r\n", "\n")), name


# The table


@pytest.mark.parametrize("sign", "= + - @ ＝ ＋ － ＠".split())
@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\n", '"', '""', ' "\t', "\u200b", "\xa0"])
def test_no_cell_begins_a_formula(tmp_path: Path, before: str, sign: str) -> None:
    """Whatever stands before the sign: an apostrophe keeps it text."""
    words = f"{before}{sign}1+1"
    row = Row(0, words, words, "", Status.FAILED, words, words, words, error=f"a;{words}|{words}")
    write_index(tmp_path, [row])
    table = (tmp_path / "index.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert not re.search(rf'(?:^|[,;|])[\s"]*{re.escape(sign)}', table), table
    assert table.count(f"'{sign}1+1") == 7
