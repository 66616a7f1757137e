"""What is fuzzed: each reader with the files it starts from, real ones where they are at hand."""

from __future__ import annotations

import gzip
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from tailor import pipeline
from tailor.batch.pairs import read_pairs
from tailor.batch.source import read_items
from tailor.exporting import export_cv
from tailor.reading import sandbox
from tailor.reading.files import Content
from tailor.reading.kept import parse_settings
from tailor.reading.reader import cv_of, posting_of
from tailor.values.errors import TailorError
from tailor.values.resources import data_path

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))
_MOST = 6_000  # bytes of a text that is started from; a short one is read the more often


@dataclass(frozen=True, slots=True)
class Target:
    """A reader: `read` raises TailorError or nothing. `share` is about how many inputs of 1,000.

    What is read fast gets more of them.
    """

    name: str
    share: float
    seeds: Callable[[], list[bytes]]
    read: Callable[[bytes], object]


# Readers


def _cv(data: bytes) -> object:
    return cv_of(Content("cv", data, "CV"))


def _posting(data: bytes) -> object:
    return posting_of(Content("posting", data, "posting"))


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


def _saved(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(data)
    return path


def _batch(name: str) -> Callable[[bytes], object]:
    """Read what a file of a batch holds, and the first of its postings."""

    def read(data: bytes) -> object:
        items = list(read_items([str(_saved(name, data))]))
        for item in [item for item in items if not item.error][:2]:
            posting_of(Content(item.name, item.content, "posting"))
        return items

    return read


def _check(name: str) -> Callable[[bytes], object]:
    def read(data: bytes) -> object:
        master = pipeline.read_cv(data_path("sample_cv.md")) if len(data) % 3 == 0 else None
        from tailor.checking.check import check
        from tailor.report.data import checked_data

        return checked_data(check(_saved(name, data), None, master))

    return read


def _template(data: bytes) -> object:
    from tailor.document.own_template import read_template

    return read_template(_saved("template.docx", data))


def _application(data: bytes) -> object:
    """Go the whole way, from both files to the document and its page; a line parts them."""
    from tailor.document.resume import resume_docx
    from tailor.report.data import as_data
    from tailor.report.html import render_report

    cv, _, posting = data.partition(_PART)
    match = pipeline.match(
        cv_of(Content("cv", cv, "CV")), posting_of(Content("posting", posting, "posting"))
    )
    resume = pipeline.select(match)
    json.dumps(as_data(resume)).encode()
    return resume_docx(resume), render_report(resume, "").encode()


_PART = b"\n=====\n"


def read_files_here() -> None:
    """Have this process read PDFs and Word files, too, which is faster; its end tells a crash."""

    def run(reader: str, content: Content) -> object:
        module, _, name = reader.partition(":")
        return json.loads(sandbox.as_json(getattr(import_module(module), name)(content)))

    sandbox.run = run


# Files


def _cut(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")[:_MOST].rpartition(b"\n")[0]


def _real(pattern: str, most: int = 100_000) -> list[bytes]:
    files = sorted(SHARED.glob(pattern)) if SHARED.is_dir() else []
    return [data for data in (path.read_bytes() for path in files) if len(data) <= most]


@cache
def _lines_of(path: str, every: int) -> tuple[dict[str, object], ...]:
    file = SHARED / path
    if not file.is_file():
        return ()
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        return tuple(json.loads(line) for number, line in enumerate(stream) if number % every == 0)


@cache
def _postings() -> list[bytes]:
    own = [
        data_path(f"sample_posting_{name}.txt").read_bytes() for name in ("platform", "data_lead")
    ]
    found = _lines_of("postings/postings.jsonl.gz", 60)
    return own + [_cut(str(record["text"])) for record in found]


def _resumes(form: str) -> list[bytes]:
    made = []
    for record in _lines_of("resumes/resumes.jsonl.gz", 60):
        bullets = [str(bullet) for bullet in record["bullets"]]  # type: ignore[attr-defined]
        title = str(record["title"])
        if form == "md":
            head = f"# Ada Example\n{title}\n\nada@example.org | Leeds\n\n## Experience\n\n"
            entry = f"### {title}, Larkhollow, York\nMar 2019 – Present\n"
            made.append(_cut(head + entry + "".join(f"- {bullet}\n" for bullet in bullets)))
        else:
            head = f"Ada Example\nada@example.org\n\nEXPERIENCE\n\n{title}\nLarkhollow, York\n"
            made.append(_cut(f"{head}03/2019 - 05/2021\n" + "\n".join(bullets)))
    return made


_SHORT = b"""# Ada Example
Platform engineer

ada@example.org | +44 113 496 0000 | https://example.org | Leeds, UK

## Experience

### Engineer, Larkhollow Tickets, York
Mar 2021 - Present
- Ran **Kubernetes** clusters for a [shop](https://example.org/shop) that sells tickets.
- Wrote backup scripts in Python. Tested every restore.

## Education

### BSc Physics, University of Leeds
2014 - 2018

## Skills
- Tools: Python, Terraform
"""


@cache
def _exported(form: str, *, short: bool = True) -> bytes:
    whole = data_path("sample_cv.md").read_bytes()
    return export_cv(cv_of(Content("cv", _SHORT if short else whole, "CV")), form)


def _both(form: str) -> list[bytes]:
    """Return a short CV four times as often as a long one, which takes longer to read."""
    return [_exported(form)] * 4 + [_exported(form, short=False)]


def _cv_markdown() -> list[bytes]:
    return [data_path("sample_cv.md").read_bytes(), _SHORT, *_real("cvs/*.md"), *_resumes("md")]


def _cv_pages() -> list[bytes]:
    from markdown_it import MarkdownIt

    pages = [MarkdownIt().render(data.decode()) for data in _cv_markdown()[::6]]
    return [f"<!DOCTYPE html><html><body>{page}</body></html>".encode() for page in pages]


def _job_pages() -> list[bytes]:
    data = {"@context": "https://schema.org", "@type": "JobPosting", "title": "Baker"}
    made = []
    for posting in _postings()[::8]:
        text = posting.decode("utf-8", "replace")
        inside = "".join(f"<p>{line}</p>" for line in text.split("\n"))
        ld = json.dumps({**data, "description": inside, "jobLocation": {"address": "York"}})
        script = f'<script type="application/ld+json">{ld}</script>'
        main = f"<nav><a href=/>Home</a></nav><main><h1>Baker</h1>{inside}</main>"
        made.append(f"<html><head><title>Baker</title>{script}</head><body>{main}".encode())
        made.append(f"<html><body>{main}<footer>Imprint</footer></body></html>".encode())
    return made + _real("postings/raw/*.html", 40_000)


def _word_files(texts: Sequence[bytes]) -> list[bytes]:
    """Return Word files with a table, a list, a link and a header, as Word users make them."""
    import docx

    made = []
    for number, text in enumerate(texts):
        document = docx.Document()
        lines = [line for line in text.decode("utf-8", "replace").split("\n") if line.isprintable()]
        for line in lines[:60]:
            if line.startswith("#"):
                document.add_heading(line.lstrip("# "), min(line.count("#"), 4))
            else:
                style = "List Bullet" if line.startswith("- ") else None
                document.add_paragraph(line.removeprefix("- "), style)
        if number % 2:
            table = document.add_table(2, 2)
            for at, cell in enumerate(table._cells):  # noqa: SLF001
                cell.text = lines[at] if at < len(lines) else ""
        document.sections[0].header.paragraphs[0].text = "Ada Example"
        stream = io.BytesIO()
        document.save(stream)
        made.append(stream.getvalue())
    return made


def _pdfs(texts: Sequence[bytes]) -> list[bytes]:
    """Return PDFs that are not packed, so that a change of a byte changes what is drawn."""
    made = []
    for text in texts:
        lines = [line for line in text.decode("ascii", "replace").split("\n") if line.strip()]
        shown = "".join(
            "/F{} {} Tf ({}) Tj 0 -14 Td ".format(
                *(2, 14) if line.startswith("#") else (1, 11), line[:80].translate(_ESCAPED)
            )
            for line in lines[:50]
        )
        body = f"BT /F1 11 Tf 60 780 Td {shown}ET 60 700 4 4 re f".encode()
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Annots [7 0 R] /Resources %b >>"
            % b"<< /Font << /F1 5 0 R /F2 6 0 R >> >>",
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(body), body),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
            b"<< /Type /Annot /Subtype /Link /Rect [60 700 300 800] /A %b >>"
            % b"<< /S /URI /URI (https://example.org) >>",
        ]
        data = b"%PDF-1.4\n"
        for number, content in enumerate(objects, start=1):
            data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
        # Without a table of places: the library finds the objects itself, also when they move.
        made.append(data + b"trailer\n<< /Size 8 /Root 1 0 R >>\n%%EOF\n")
    return made


_ESCAPED = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})


def _cv_pdfs() -> list[bytes]:
    return _pdfs(_cv_markdown()[::4]) + _real("cvs/pdf/*.pdf") + _real("cvs/*.pdf")


def _zip(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _linkedin() -> list[bytes]:
    tables = {
        "Profile.csv": "First Name,Last Name,Headline,Summary,Websites\n"
        'Ada,Example,Engineer,"Runs things. Fixes them.",[BLOG:https://example.org]\n',
        "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n"
        'Larkhollow,Engineer,"• Ran Kubernetes\n• Wrote Python",York,Mar 2019,\n',
        "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\n"
        "Leeds,2010,2014,,BSc Physics,Chess\n",
        "Skills.csv": "Name\nPython\nTerraform\n",
        "Email Addresses.csv": "Email Address,Primary,Updated On\na@example.org,Yes,\n",
        "Languages.csv": "Name,Proficiency\nFrench,Native\n",
        "Projects.csv": "Title,Description,Url,Started On,Finished On\nMap,A map,,2020,2021\n",
    }
    return [_zip({name: text.encode() for name, text in tables.items()})]


def _json_lines() -> list[bytes]:
    records = [
        {"id": n, "title": "Baker", "company": "Rye", "text": text.decode("utf-8", "replace")[:800]}
        for n, text in enumerate(_postings()[:24])
    ]
    return [
        "".join(json.dumps(record) + "\n" for record in records[start : start + 3]).encode()
        for start in range(0, 24, 3)
    ]


def _tables() -> list[bytes]:
    import csv

    made = []
    for number, delimiter in enumerate(",;\t|"):
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(["id", "Job Title", "company", "description"])
        for posting in _postings()[number * 3 : number * 3 + 3]:
            writer.writerow([number, "Baker", "Rye", posting.decode("utf-8", "replace")[:800]])
        made.append(stream.getvalue().encode())
    return made


def _parquet() -> list[bytes]:
    import pyarrow as pa
    from pyarrow import parquet

    made = []
    for packing in ("none", "snappy", "gzip"):
        texts = [posting.decode("utf-8", "replace")[:500] for posting in _postings()[:4]]
        stream = io.BytesIO()
        table = pa.table({"id": list(range(4)), "title": ["Baker"] * 4, "text": texts})
        parquet.write_table(table, stream, compression=packing)
        made.append(stream.getvalue())
    return made


def _archives() -> list[bytes]:
    postings = _postings()
    return [
        _zip({"a.txt": postings[0], "b/c.md": postings[1], "d.jsonl": _json_lines()[0]}),
        _zip(
            {"page.html": _job_pages()[0], "t.csv": _tables()[0], "a.pdf": _pdfs(postings[:1])[0]}
        ),
        _zip({"job.docx": _word_files(postings[:1])[0], "t.parquet": _parquet()[0]}),
    ]


def _sidecars() -> list[bytes]:
    return [
        b'pin = ["b3k2a", "Ran the"]\ndrop = []\npages = 1\nlook = "modern"\nheadline = "Baker"\n',
        b'# wishes\npages = 2\npin = [\n  "Baked",\n]\n[more]\nx = 1979-05-27\ny.z = 0x1F\n',
    ]


def _pairs(data: bytes) -> object:
    return list(read_pairs(str(_saved("pairs.csv", data))))


def _applications() -> list[bytes]:
    cvs, postings = _cv_markdown(), _postings()
    return [cv + _PART + posting for cv, posting in zip(cvs[:40], postings[:40], strict=False)]


TARGETS: tuple[Target, ...] = (
    Target("cv markdown", 25, _cv_markdown, _cv),
    Target("cv text", 30, lambda: _resumes("txt") or _cv_markdown(), _cv),
    Target("cv master form", 12, lambda: _both("md"), _cv),
    Target("cv html", 12, _cv_pages, _cv),
    Target("cv docx", 8, lambda: [_exported("docx"), *_word_files(_cv_markdown()[::8])], _cv),
    Target("cv pdf", 3, _cv_pdfs, _cv),
    Target("cv json", 60, lambda: [*_both("json"), *_real("cvs/*sample.json")], _cv),
    Target("cv yaml", 60, lambda: [*_both("yaml"), *_real("cvs/*sample.yaml")], _cv),
    Target("cv linkedin", 30, _linkedin, _cv),
    Target("posting text", 80, _postings, _posting),
    Target("posting markdown", 20, lambda: _real("postings/raw/*.md") or _postings(), _posting),
    Target("posting html", 15, _job_pages, _posting),
    Target("posting docx", 8, lambda: _word_files(_postings()[::10]), _posting),
    Target("posting pdf", 4, lambda: _pdfs(_postings()[::5]), _posting),
    Target("batch json lines", 110, _json_lines, _batch("jobs.jsonl")),
    Target("batch csv", 90, _tables, _batch("jobs.csv")),
    Target("batch parquet", 100, _parquet, _batch("jobs.parquet")),
    Target("batch zip", 10, _archives, _batch("jobs.zip")),
    Target("batch gzip", 5, lambda: [gzip.compress(x, mtime=0) for x in _json_lines()],
           _batch("jobs.jsonl.gz")),
    Target("pairs", 120, lambda: [b"cv,posting\na.md,b.txt\n", b"posting;cv\r\n1;a\r\n"], _pairs),
    Target("sidecar", 200, _sidecars, lambda data: parse_settings(data, "job.tailor.toml")),
    Target("template", 4, lambda: [data_path("template_modern_a4.docx").read_bytes()], _template),
    Target("check docx", 2, lambda: [_exported("docx"), *_word_files(_cv_markdown()[::12])],
           _check("cv.docx")),
    Target("check pdf", 1, _cv_pdfs, _check("cv.pdf")),
    Target("check text", 3, _cv_markdown, _check("cv.md")),
    Target("application", 1, _applications, _application),
)  # fmt: skip


def outcome(target: Target, data: bytes) -> str:
    """Return "a value", or which TailorError it was. Anything else is raised: a bug."""
    try:
        target.read(data)
    except TailorError as error:
        if not str(error).strip() or "\n" in str(error):
            raise AssertionError(f"an error not of one line: {error!r}") from error
        return type(error).__name__
    return "a value"
