"""What other sites, foreign names, hostile files and odd addresses get from the server: nothing."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import TOKEN, Running, running

from tailor.values.limits import MEGABYTE
from tailor.values.resources import data_text

POSTING = data_text("sample_posting_data_lead.txt")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SCRIPT = "<script>fetch('//evil.example')</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server that somebody has entered, with the sample CV and one application."""
    home = tmp_path_factory.mktemp("home")
    cv = home / "cv.md"
    cv.write_text(data_text("sample_cv.md"), encoding="utf-8")
    with running(home, cv) as started:
        started.enter()
        yield started


@pytest.fixture(scope="module")
def place(server: Running) -> str:
    """The path of the application."""
    return server.begin(POSTING)


def test_nothing_without_the_key(server: Running) -> None:
    """Without the cookie, with a wrong one, or with a wrong key: one line that says the way in."""
    for path, cookie in (
        ("/", None),
        ("/cv", "tailor=1"),
        (f"/?token={TOKEN}x", None),
        ("/serve.js", None),
        ("/", f"tailor-{server.port}=\u00e9"),
    ):
        status, headers, content = server.ask("GET", path, headers={"Cookie": cookie})
        assert (status, b"tailor serve printed" in content) == (403, True)
        assert "set-cookie" not in headers


def test_the_cookie_stays_here_and_pages_load_nothing_else(server: Running, place: str) -> None:
    """HttpOnly, SameSite; a policy without inline script; no word of an address elsewhere."""
    _, headers, _ = server.ask("GET", f"/?token={TOKEN}")
    assert {"httponly", "samesite=strict"} <= set(headers["set-cookie"].lower().split("; "))
    for path in ("/", "/cv", place, "/serve.css", "/sheet/classic/usual/10/A4.css"):
        status, headers, content = server.ask("GET", path)
        policy = headers["content-security-policy"]
        assert (status, headers["x-content-type-options"]) == (200, "nosniff")
        assert policy.startswith("default-src 'none'")
        assert not re.search(r"unsafe|\*|https?:|data:", policy)
        loaded = re.findall(r'(?:src|action|<link[^>]* href)="([^"]*)"', content.decode())
        assert all(re.match(r"/(?!/)", one) for one in loaded)
        assert b" style=" not in content
        assert not re.search(rb"<script(?! src=)| on\w+=", content)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": None},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_another_sites_page_cannot_post(
    server: Running, place: str, headers: dict[str, str | None]
) -> None:
    """A form that another page sends, even with the cookie, changes nothing."""
    status, _, _ = server.ask("POST", f"{place}/choose", b"pages=1", FORM | headers)
    assert status == 403
    assert not list(server.out.glob("*/*.tailor.toml"))


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "", "0.0.0.0:{port}"]
)
def test_a_foreign_name_that_points_here_gets_nothing(server: Running, host: str) -> None:
    """DNS rebinding: the host must be this server's own address, also for the first one."""
    for path in ("/", f"/?token={TOKEN}"):
        host = host.format(port=server.port)
        status, headers, content = server.ask("GET", path, headers={"Host": host})
        assert (status, "set-cookie" in headers) == (421, False)
        assert b"<" not in content


def test_a_huge_upload_ends_at_its_bound(server: Running) -> None:
    """200 MB are refused by their announced length, and by what comes where none is announced."""
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    size = {"Content-Length": str(200 * MEGABYTE)}
    status, _, content = server.ask("POST", "/new", None, kind | size)
    assert (status, b"hardly a CV" in content) == (413, True)
    head = b'--x\r\nContent-Disposition: form-data; name="cv"; filename="a"\r\n\r\n'
    piece = head + b"a" * (25 * MEGABYTE)
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(piece), piece)
    status, _, _ = server.ask(
        "POST", "/new", chunked, kind | {"Transfer-Encoding": "chunked", "Content-Length": None}
    )
    assert status == 413
    assert server.get("/")  # and it goes on


def test_a_form_of_many_fields_is_refused(server: Running) -> None:
    """Neither fields nor text beyond their bounds are taken."""
    parts = {f"field{number}": "x" for number in range(50)}
    assert server.upload("/new", **parts)[0] == 400
    assert server.upload("/new", text="x" * (3 * MEGABYTE))[0] == 400


def test_names_lead_nowhere(server: Running, place: str) -> None:
    """Neither addresses nor names of files reach beyond the folder of applications."""
    before = {path for path in server.home.rglob("*") if path.is_file()}
    for name in ("..", "%2e%2e", "..%2f..%2fcv.md", "%2fetc", "a%00b", ".", "application.toml"):
        for path in (
            f"/a/{name}",
            f"/a/{name}/resume.docx",
            f"/{name}",
            f"/sheet/{name}/usual/10/A4.css",
        ):
            assert server.ask("GET", path)[0] in {404, 307}, path
    for form in ("exe", "..%2fcv", "toml"):
        assert server.ask("GET", f"{place}/resume.{form}")[0] == 404
    for name in ("../../out.txt", "/etc/passwd", "C:\\x.docx", "posting.tailor.toml", "\u202ex.md"):
        text = f"Welder\nFirm {len(name)}\n\nRequirements\n- MIG and TIG welding\n"
        status, _ = server.upload("/new", posting=(name, text.encode()))
        assert status == 303
    added = {path for path in server.home.rglob("*") if path.is_file()} - before
    assert all(
        path.is_relative_to(server.out) and path.parent.parent == server.out for path in added
    )
    assert {path.name for path in added} == {
        "posting.txt",
        "posting.md",
        "posting.docx",
        "application.toml",
    }


def test_what_strangers_wrote_is_text(server: Running) -> None:
    """Markup in a posting, in the CV, and in the form that asks for something, stays words."""
    told = html.escape(f'"> {SCRIPT} {{{{ 7*7 }}}}')
    page = f"<html><body><h1>Cook {told}</h1><h2>Requirements</h2><ul>"
    page += "".join(f"<li>{skill} {told}</li>" for skill in ("Knife skills", "Python", "SQL"))
    status, place = server.upload("/new", posting=("a.html", f"{page}</ul></body></html>".encode()))
    assert status == 303, place
    for path in (place, "/"):
        shown = server.get(path)
        assert b"&lt;script&gt;" in shown
        assert not re.search(rb"<script>|<img|>49<| 49 ", shown)
    for field in ("pin", "headline", "look"):
        _, answer = server.post(f"{place}/choose", {field: SCRIPT})
        assert "<img" not in answer


def test_what_a_cv_says_is_text(tmp_path: Path) -> None:
    """Markup in a name, a title, an employer, a skill and a line of the CV stays words."""
    said = f"Led the data platform team {SCRIPT} {{{{ 7*7 }}}}"
    work = {"name": f"Orrin {SCRIPT}", "position": f"Lead {SCRIPT}", "startDate": "2020-01"}
    resume = {
        "basics": {"name": "Robin Example", "email": "robin@example.org", "label": SCRIPT},
        "work": [work | {"highlights": [said, "Ran Kafka, Airflow and Spark."]}],
        "skills": [{"name": f"Kafka {SCRIPT}"}],
    }
    cv = tmp_path / "cv.json"
    cv.write_text(json.dumps(resume), encoding="utf-8")
    with running(tmp_path, cv) as server:
        server.enter()
        place = server.begin(POSTING)
        shown = {path: server.get(path) for path in (place, "/", "/cv")}
    assert b"Led the data platform team" in shown[place]
    assert b"{{ 7*7 }}" in shown[place]
    for page in shown.values():
        assert not re.search(rb"<script>|<img src=x", page)


def test_no_posting_no_files(server: Running) -> None:
    """What is no posting is told in a line, beside what was pasted, and leaves nothing."""
    before = sorted(server.out.glob("*"))
    for parts, said in (
        ({"text": "We are nice."}, "We are nice."),
        ({"posting": ("a.docx", b"PK\x03\x04 broken")}, 'class="error"'),
        ({"text": "  "}, "paste a posting"),
    ):
        status, page = server.upload("/new", **parts)
        assert (status, said in page) == (422, True)
        assert str(server.home) not in page
    assert sorted(server.out.glob("*")) == before
