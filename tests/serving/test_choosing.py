"""Choosing by the page's forms: what is written, and what the command line makes of it."""

from __future__ import annotations

import json
import random
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from command_line import environment, small_folder
from running import Running, running
from typer.testing import CliRunner

import tailor
from tailor.cli import app
from tailor.exporting import export_cv
from tailor.layout.typography import LOOKS
from tailor.reading.kept import read_settings, settings_path
from tailor.serving.desk import Change, apply, names, parts
from tailor.serving.master import questions
from tailor.serving.workspace import settings_text
from tailor.values.cv import Cv
from tailor.values.resources import data_text
from tailor.values.settings import Settings

POSTING = data_text("sample_posting_data_lead.txt")
OTHER = data_text("sample_posting_platform.txt")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A server that somebody has entered, whose CV is the sample in its own Markdown form."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TAILOR_CV", raising=False)
    cv = tailor.read_cv(_sample(tmp_path))
    (tmp_path / "master_cv.md").write_bytes(export_cv(cv))
    with running(tmp_path) as started:
        started.enter()
        yield started


def _sample(folder: Path) -> Path:
    path = folder / "before.md"
    path.write_text(data_text("sample_cv.md"), encoding="utf-8")
    return path


def posting_of(server: Running, place: str) -> Path:
    """The file of the posting of an application."""
    return server.out / place.removeprefix("/a/") / "posting.txt"


def docx_by_command_line(server: Running, posting: Path) -> bytes:
    """What `tailor --job` writes for a posting and the choices beside it."""
    out = server.home / "by_command_line.docx"
    done = CliRunner().invoke(app, ["--job", str(posting), "--out", str(out), "--force"])
    assert done.exit_code == 0, done.output
    return out.read_bytes()


def spare(page: str, number: int = 0) -> str:
    """The id of a line of the reserve, by its place."""
    return str(re.findall(r'name="pin" value="(b[\w.-]+)" title="Put on', page)[number])


def back_of(page: str) -> dict[str, str]:
    """The way back that a choice gives."""
    found = re.search(r'data-back="([^"]*)"', page)
    assert found
    back: dict[str, str] = json.loads(unescape(unescape(found[1])))
    return back


def test_page_and_command_line_write_equal_bytes(server: Running) -> None:
    """Twenty applications, each with its own pins, drops, pages, look and headline."""
    cv = tailor.read_cv(server.home / "master_cv.md")
    titles = [title for entry in cv.positions for title in entry.titles]
    lines = [line for line in (POSTING + OTHER).splitlines() if len(line) > 30]
    for number in range(20):
        chance = random.Random(number)  # noqa: S311 - the same ones each time
        asked = "\n".join(f"- {line}" for line in chance.sample(lines, 12))
        place = server.begin(f"Engineer {number}\nFirm {number}\n\nWhat you will do\n{asked}\n")
        pin, drop, *_ = chance.sample([b.id for e in cv.positions for b in e.bullets], 2)
        form = {"pin": pin, "drop": drop, "pages": chance.choice(["", "1", "2"])}
        form |= {name: chance.choice(["", "yes"]) for name in ("fill", "dense", "keep_order")}
        form |= {"look": chance.choice(list(LOOKS))}
        form |= {"headline": chance.choice(titles)}
        status, page = server.post(f"{place}/choose", form)
        assert status == 200, page
        by_page = server.get(f"{place}/resume.docx")
        assert by_page == docx_by_command_line(server, posting_of(server, place)), number


def test_a_pin_says_what_it_did(server: Running) -> None:
    """The line is on the page, what fell out is named, and the way back undoes just that."""
    place = server.begin(POSTING)
    first = server.get(place).decode()
    for number in range(12):
        wanted = spare(first, number)
        status, page = server.post(f"{place}/choose", {"pin": wanted})
        assert status == 200
        assert "On the page:" in page
        assert f'value="{wanted}" title="Put on' not in page
        server.post(f"{place}/choose", back_of(page))
    assert server.get(place).decode().partition("<main")[2] == first.partition("<main")[2]
    assert read_settings(posting_of(server, place)) == Settings()


def test_two_windows_lose_no_choice(server: Running) -> None:
    """Choices of two windows that both show the first state are all on the disk."""
    place = server.begin(POSTING)
    first = server.get(place).decode()
    wanted = [spare(first, number) for number in range(6)]
    windows = [
        threading.Thread(target=server.post, args=(f"{place}/choose", {"pin": one}))
        for one in wanted
    ]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    pinned = tailor.find_wishes(
        tailor.read_cv(server.home / "master_cv.md"),
        pins=read_settings(posting_of(server, place)).pins,
    ).pinned
    assert pinned.issuperset(wanted)


def test_what_cannot_be_had_changes_nothing(server: Running) -> None:
    """More pins than a page holds, a degree dropped, and invented values: told, and not written."""
    place = server.begin(POSTING)
    cv = tailor.read_cv(server.home / "master_cv.md")
    every = " ".join(bullet.id for bullet in cv.bullets())
    for form, said in (
        ({"pin": every, "pages": "1"}, "what is pinned does not fit"),
        ({"drop": cv.degrees[0].id}, "positions and degrees stay"),
        ({"pin": "bnever"}, "no longer in your CV"),
        ({"headline": "Chief Astronaut"}, "nothing is invented"),
        ({"pages": "12"}, "from 1 to 9"),
        ({"look": "../x"}, "look must be one of"),
    ):
        status, page = server.post(f"{place}/choose", form)
        assert (status, said in unescape(page)) == (422, True), said
    assert not settings_path(posting_of(server, place)).exists()


def test_choices_whose_lines_are_gone_can_be_taken_back(server: Running) -> None:
    """A line that was edited away is named, and one click forgets it; comments stay."""
    place = server.begin(POSTING)
    beside = settings_path(posting_of(server, place))
    beside.write_text('# mine\npin = ["Nobody wrote this"]\nlook = "modern"\n', encoding="utf-8")
    status, _, page = server.ask("GET", place)
    assert (status, b"Nobody wrote this" in page) == (422, True)
    server.post(f"{place}/forget", {})
    assert beside.read_text("utf-8") == '# mine\nlook = "modern"\n'
    assert server.get(place)


def test_a_gap_is_filled_in_the_persons_own_words_or_never_asked_again(server: Running) -> None:
    """The line goes below the role that was picked, as it was typed; a no is remembered."""
    place = server.begin(
        "Engineer\nFirm\n\nRequirements\n- Experience with Erlang\n- Cobol\n- SQL\n"
    )
    page = server.get(place).decode()
    asked = re.findall(r'name="asked" value="([^"]+)"', page)
    assert {"Erlang", "Cobol"} <= set(asked)
    cv = tailor.read_cv(server.home / "master_cv.md")
    role = cv.positions[1]
    typed = "Kept an *Erlang* switch alive, 1998–2001; it's [still] running."
    answer = {"asked": "Erlang", "done": "yes", "place": role.id, "line": typed}
    status, page = server.post(f"{place}/answer", answer)
    assert status == 200, page
    after = tailor.read_cv(server.home / "master_cv.md")
    assert [b.text.plain for b in after.positions[1].bullets][-1] == typed
    assert len(list(after.bullets())) == len(list(cv.bullets())) + 1
    server.post(f"{place}/answer", {"asked": "Cobol", "done": "no"})
    page = server.get(place).decode()
    assert not {"Erlang", "Cobol"} & set(re.findall(r'name="asked" value="([^"]+)"', page))
    other = server.begin("Other Job\nElsewhere\n\nRequirements\n- Cobol\n- Python\n")
    assert 'value="Cobol"' not in server.get(other).decode()


def test_a_doubt_is_settled_by_a_click(server: Running) -> None:
    """What the reader was not sure of is asked once, and the answer is in the master CV."""
    heading = "### Saltbox | Tide Clerk"
    text = (server.home / "master_cv.md").read_text("utf-8")
    mark = "<!-- check: is 'Tide Clerk' the employer and 'Saltbox' the title? -->"
    added = (
        f"## Experience\n\n{heading}\nMay 2019 – Jun 2020\n{mark}\n\n- Counted <!-- so --> tides.\n"
    )
    status, _ = server.upload("/cv", cv=("mine.md", f"{text}\n{added}".encode()))
    assert status == 303
    page = server.get("/cv").decode()
    assert "“Saltbox” is the employer and “Tide Clerk” the title" in unescape(page)
    line = re.findall(r'name="line" value="(\d+)"', page)
    form = {"line": line[0], "message": mark[12:-4], "answer": "swap"}
    assert server.post("/cv/settle", form, script=False)[0] == 303
    written = (server.home / "master_cv.md").read_text("utf-8")
    assert (
        "### Tide Clerk | Saltbox\nMay 2019 – Jun 2020\n\n- Counted <!-- so --> tides." in written
    )
    assert not questions(written, tailor.read_cv(server.home / "master_cv.md"))
    assert list(server.home.glob("master_cv_before_*.md"))  # the CV before is kept


def test_what_was_sent_is_frozen_and_known(server: Running, tmp_path: Path) -> None:
    """A copy with its day, the posting and the choices; its status; and which file is whose."""
    place = server.begin(POSTING)
    server.post(f"{place}/choose", {"pages": "1"})
    assert server.post(f"{place}/sent", {}, script=False) == (303, place)
    server.post(f"{place}/status", {"status": "interview"})
    docx = server.get(f"{place}/resume.docx")
    (frozen,) = (server.out / place.removeprefix("/a/") / "sent").glob("*/*.docx")
    assert frozen.read_bytes() == docx
    assert {path.name for path in frozen.parent.iterdir()} >= {"posting.txt", "posting.tailor.toml"}
    server.post(f"{place}/choose", {"pages": "2"})
    assert frozen.read_bytes() == docx  # later choices leave it alone
    assert "interview" in server.get("/").decode()
    renamed = tmp_path / "cv final (3).docx"
    renamed.write_bytes(docx)
    found = CliRunner().invoke(app, ["which", str(renamed), "--out", str(server.out)])
    assert (found.exit_code, "interview" in found.stdout) == (0, True)
    assert "Team Lead, Data Platform, Thistlemoor Mutual" in found.stdout
    other = CliRunner().invoke(app, ["which", __file__, "--out", str(server.out), "--json"])
    assert (other.exit_code, json.loads(other.stdout)) == (8, [])


def test_a_cv_that_was_named_is_not_replaced_in_silence(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where $TAILOR_CV names one, another cannot be used beside it: told, and not written."""
    monkeypatch.setenv("TAILOR_CV", str(_sample(server.home)))
    before = (server.home / "master_cv.md").read_bytes()
    status, page = server.upload("/cv", cv=("other.md", before + b"\n- More.\n"))
    assert (status, "TAILOR_CV" in page) == (422, True)
    assert (server.home / "master_cv.md").read_bytes() == before


def test_text_is_the_page_and_a_posting_comes_once(server: Running) -> None:
    """The plain text has the lines of the page; the same posting again is the same application."""
    place = server.begin(POSTING)
    text = server.get(f"{place}/resume.txt").decode()
    resume = tailor.select(
        tailor.match(
            tailor.read_cv(server.home / "master_cv.md"),
            tailor.read_posting(posting_of(server, place)),
        )
    )
    first = next(entry for section in resume.sections for entry in section.entries)
    assert all(f"- {line.text.plain}" in text for line in first.lines)
    assert server.begin(POSTING) == place
    assert len(list(server.out.iterdir())) == 1


def test_changes_can_be_taken_back_whatever_they_are(sample_cv: Cv) -> None:
    """`apply` and its way back give the settings that were, for any lines and any order."""
    chance = random.Random(7)  # noqa: S311
    known = parts(sample_cv)
    ids = sorted(set(known) - {entry.id for entry in sample_cv.entries})
    settings = Settings(pins=(ids[0],), drops=("Ran 26 Kubernetes",), pages=1)
    for _ in range(20):
        pin, drop, free = (known[name] for name in chance.sample(ids, 3))
        pages = chance.choice([(), (("pages", None),), (("pages", 2), ("dense", True))])
        change = Change(pin, drop - pin, free - pin - drop, pages)
        after, back = apply(change, settings, sample_cv)
        again, _ = apply(back, after, sample_cv)
        assert _meant(again, sample_cv) == _meant(settings, sample_cv)
        assert _meant(after, sample_cv)[0] >= pin
        settings = after
    assert "\n" not in list(names(frozenset(ids), sample_cv))
    assert settings_text(settings).count("pin = ") == 1


def _meant(settings: Settings, cv: Cv) -> tuple[frozenset[str], frozenset[str], int | None]:
    wishes = tailor.find_wishes(cv, pins=settings.pins, drops=settings.drops)
    return wishes.pinned, wishes.dropped, settings.pages


def test_a_process_of_its_own_keeps_choices_and_ends_by_ctrl_c(tmp_path: Path) -> None:
    """As people start it: an address is printed, choices are on the disk at once, Ctrl-C ends."""
    small_folder(tmp_path)
    started = ["serve", "--cv", "cv.md", "--port", "0", "--no-browser"]
    process = subprocess.Popen(
        [sys.executable, "-c", "from tailor.cli import main; main()", *started],
        cwd=tmp_path,
        env=environment(tmp_path / "home"),
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout
        found = re.fullmatch(
            r"http://127\.0\.0\.1:(\d+)(/\?token=\S+)\n", process.stdout.readline()
        )
        assert found
        server = Running(int(found[1]), tmp_path, tmp_path / "applications")
        _, headers, _ = server.ask("GET", found[2])
        server.cookie = headers["set-cookie"].partition(";")[0]
        place = server.begin(POSTING)
        server.post(f"{place}/choose", {"pages": "1"})
        assert read_settings(posting_of(server, place)).pages == 1
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
