"""The pages of `tailor serve`: addresses, forms, and what they answer.

Each page works by plain links and forms. A script (`data/serve.js`) sends the same forms and puts
the answer in the place of the page's middle, so that nothing jumps.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from tailor.layout.typography import A4, BODY_SIZES, LETTER, LOOKS, Design
from tailor.report.check import what_was_found
from tailor.report.html import templates
from tailor.serving import master, view
from tailor.serving.desk import FORMS, Desk, State
from tailor.serving.master import MASTER, MasterCv
from tailor.serving.server import Guard, TooLargeError
from tailor.serving.workspace import STATUSES, Record, Workspace
from tailor.values import limits
from tailor.values.cleaning import clean_text
from tailor.values.errors import CvError, TailorError, WishError, bug_report
from tailor.values.resources import data_text
from tailor.values.settings import MOST_PAGES

_FILES = {"serve.js": "text/javascript", "serve.css": "text/css", "serve.svg": "image/svg+xml"}
_PAPERS = {setup.name: setup for setup in (A4, LETTER)}
_FIELDS = 20  # of a form

Form = dict[str, str]
Uploads = dict[str, tuple[str, bytes]]
Page = Callable[["_Asked"], Response]


class _Asked(NamedTuple):
    """A request as the pages see it: its path's words, its form, and whether a script sent it."""

    words: Mapping[str, Any]
    form: Form
    uploads: Uploads
    by_script: bool


def make_app(home: Path, out: Path, cv: Path | None, *, port: int, token: str) -> ASGIApp:
    """Return the whole application, guarded.

    `home` is where a CV that is given is kept, `out` the folder of applications, `cv` the CV to
    use in place of the kept one.
    """
    pages = _Pages(Desk(Workspace(out), MasterCv(home, cv)))
    routes = [
        Route(path, pages.answer(getattr(pages, name)), methods=[method])
        for method, path, name in (
            ("GET", "/", "index"),
            ("POST", "/new", "new"),
            ("GET", "/cv", "cv"),
            ("POST", "/cv", "take_cv"),
            ("POST", "/cv/settle", "settle"),
            ("GET", "/a/{id}", "work"),
            ("POST", "/a/{id}/choose", "choose"),
            ("POST", "/a/{id}/forget", "forget"),
            ("POST", "/a/{id}/answer", "answer_gap"),
            ("POST", "/a/{id}/sent", "sent"),
            ("POST", "/a/{id}/status", "status"),
            ("GET", "/a/{id}/resume.{form}", "file"),
            ("GET", "/sheet/{look}/{spacing}/{size}/{paper}.css", "sheet"),
            ("GET", "/{name}", "own_file"),
        )
    ]
    app = Starlette(routes=routes, exception_handlers={TooLargeError: _too_large})
    return Guard(app, port=port, token=token, largest=limits.in_force().file)


async def _too_large(_request: Request, _error: Exception) -> Response:
    size = limits.spelt("file")
    return PlainTextResponse(f"tailor: larger than {size}, so hardly a CV\n", 413)


class _Pages:
    """What each address answers. One request is answered at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()

    def answer(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        """Return `page` as Starlette calls it: the form is read, and errors become a page."""

        async def endpoint(request: Request) -> Response:
            by_script = request.headers.get("x-by-script") == "1"
            asked = _Asked(request.path_params, *await _read_form(request), by_script)
            return await run_in_threadpool(self._in_turn, page, asked)

        return endpoint

    def _in_turn(self, page: Page, asked: _Asked) -> Response:
        with self._lock:
            try:
                try:
                    return page(asked)
                except TailorError as error:
                    return self._failed(asked, error)
            except HTTPException:
                raise
            except Exception as bug:  # noqa: BLE001 - told as far as it may be told
                sys.stderr.write(f"{bug_report(bug)}\ntailor: this is a bug; please report it\n")
                said = "this is a bug; the terminal shows where. What you chose before is kept."
                return PlainTextResponse(f"tailor: {said}\n", 500)

    def _failed(self, asked: _Asked, error: TailorError) -> Response:
        """Return the page that was asked from, as it is, with what went wrong on top."""
        said = clean_text(str(error))
        if "id" in asked.words:
            record = self._record(asked)
            try:
                return self._work(asked, self._desk.state(record), error=said, status=422)
            except TailorError as other:
                return self._unusable(asked, record, clean_text(str(other)))
        return self._index(error=said, status=422, text=asked.form.get("text", ""))

    # The list of applications, and the CV

    def index(self, _asked: _Asked) -> Response:
        """The first page: the CV that is used, a new application, and all there are."""
        return self._index()

    def _index(self, *, error: str = "", status: int = 200, text: str = "") -> Response:
        values = {"error": error, "text": text, "records": self._desk.workspace.all()}
        return _html("serve_index", values | self._cv_values(), status)

    def _cv_values(self) -> dict[str, object]:
        """Return what pages say of the CV: its name, what was found, the doubts, or an error."""
        own = self._desk.master
        try:
            cv = own.read() if own.path else None
        except CvError as error:
            return {"cv": None, "path": own.path, "cv_error": clean_text(str(error))}
        text = own.text()
        found = [(many, what) for what, many in what_was_found(cv) if many] if cv else []
        return {
            "cv": cv,
            "path": own.path,
            "cv_error": "",
            "found": found,
            "editable": text is not None,
            "questions": master.questions(text, cv) if cv and text else (),
            "master": MASTER,
        }

    def new(self, asked: _Asked) -> Response:
        """Keep a posting that was dropped or pasted, and go to its page."""
        if "cv" in asked.uploads:
            self._take(asked)
        name, content = asked.uploads.get("posting", ("", b""))
        pasted = asked.form.get("text", "").strip()
        if not content:
            name, content = "posting.txt", f"{pasted}\n".encode() if pasted else b""
        if not content:
            raise WishError("paste a posting, or give its file")
        self._desk.master.read()  # which tells if there is none
        record = self._desk.workspace.add(content, name)
        return RedirectResponse(f"/a/{record.id}", 303)

    def cv(self, _asked: _Asked) -> Response:
        """The page of the CV: what was found, and what may have been read wrongly."""
        return _html("serve_cv", {"error": ""} | self._cv_values())

    def take_cv(self, asked: _Asked) -> Response:
        """Use another CV, or turn the one that is used into a file that answers go into."""
        if "cv" in asked.uploads:
            self._take(asked)
        elif path := self._desk.master.path:
            self._desk.master.take(path.read_bytes(), path.name)
        return RedirectResponse("/cv", 303)

    def _take(self, asked: _Asked) -> None:
        name, content = asked.uploads["cv"]
        self._desk.master.take(content, name)

    def settle(self, asked: _Asked) -> Response:
        """Write the answer to a doubt into the master CV."""
        own, form = self._desk.master, asked.form
        line = form.get("line", "")
        number = int(line) if line.isascii() and line[:9].isdigit() else 0
        said = (form.get(name, "") for name in ("message", "answer", "dates"))
        own.write(master.settle(self._writable(), own.read(), number, *said))
        return RedirectResponse("/cv", 303)

    def _writable(self) -> str:
        text = self._desk.master.text()
        if text is None:
            raise CvError(f"answers go into {MASTER}; first turn your CV into it (page Your CV)")
        return text

    # One application

    def work(self, asked: _Asked) -> Response:
        """The page of an application."""
        record = self._record(asked)
        return self._work(asked, self._desk.state(record))

    def _record(self, asked: _Asked) -> Record:
        record = self._desk.workspace.get(asked.words["id"])
        if record is None:
            raise HTTPException(404)
        return record

    def _work(
        self,
        asked: _Asked,
        state: State,
        *,
        error: str = "",
        told: view.Values | None = None,
        back: Form | None = None,
        status: int = 200,
    ) -> Response:
        resume = state.resume
        values = {
            "state": state,
            "resume": resume,
            "record": state.record,
            "posting": resume.match.posting,
            "asked": view.asked(state),
            "gaps": view.gaps(state, self._desk.workspace.not_done()),
            "sheets": view.sheets(resume),
            "reserve": view.reserve(resume),
            "fullness": view.fullness(resume),
            "headlines": view.headlines(self._desk.master.read()),
            "places": master.places(resume.cv),
            "editable": self._desk.master.text() is not None,
            "looks": tuple(LOOKS),
            "most_pages": MOST_PAGES,
            "statuses": STATUSES,
            "sheet": view.sheet_address(resume.design),
            "told": told,
            "back": back,
            "error": error,
            "form": asked.form if error else None,
        }
        return _html("serve_desk" if asked.by_script else "serve_work", values, status)

    def _unusable(self, asked: _Asked, record: Record, error: str) -> Response:
        """Return the page of an application that cannot be made, with the ways out."""
        try:
            lost = self._desk.lost(record)
        except TailorError:
            lost = ()
        values = {"record": record, "state": None, "lost": lost, "error": error, "back": None}
        return _html("serve_desk" if asked.by_script else "serve_work", values, 422)

    def choose(self, asked: _Asked) -> Response:
        """Pin, drop or free lines, or change a setting; show the page and what the choice did."""
        before, after, back = self._desk.change(self._record(asked), asked.form)
        if not asked.by_script:
            return RedirectResponse(f"/a/{after.record.id}", 303)
        return self._work(asked, after, told=view.told(before, after), back=back.as_form())

    def forget(self, asked: _Asked) -> Response:
        """Take back choices whose lines are no longer in the CV."""
        record = self._record(asked)
        self._desk.forget(record)
        return RedirectResponse(f"/a/{record.id}", 303)

    def answer_gap(self, asked: _Asked) -> Response:
        """Write the person's line into the master CV, or remember their no."""
        record, form = self._record(asked), asked.form
        what = form.get("asked", "")
        state = self._desk.state(record)
        if what not in {ask.text for ask in state.asks}:
            raise WishError("the posting does not ask for this")
        if form.get("done") == "no":
            self._desk.workspace.remember(what)
            return self._work(asked, state)
        own = self._desk.master
        place, line = form.get("place", ""), form.get("line", "")
        own.write(master.add_line(self._writable(), own.read(), place, line))
        after = self._desk.state(record)
        return self._work(asked, after, told=view.told(state, after))

    def sent(self, asked: _Asked) -> Response:
        """Freeze what was sent."""
        record = self._record(asked)
        self._desk.send(record, pdf=asked.form.get("pdf") == "1")
        return RedirectResponse(f"/a/{record.id}", 303)

    def status(self, asked: _Asked) -> Response:
        """Write what became of an application."""
        record = self._record(asked)
        self._desk.workspace.set_status(record, asked.form.get("status", ""))
        place = "/" if asked.form.get("from") == "index" else f"/a/{record.id}"
        return RedirectResponse(place, 303)

    def file(self, asked: _Asked) -> Response:
        """The résumé as a file to keep."""
        form = asked.words["form"]
        if form not in FORMS:
            raise HTTPException(404)
        name, content = self._desk.file(self._record(asked), form)
        quoted = name.encode("ascii", "replace").decode().replace("?", "_")
        saved = f"attachment; filename=\"{quoted}\"; filename*=UTF-8''{quote(name)}"
        return Response(content, headers={"Content-Disposition": saved}, media_type=FORMS[form])

    # What pages load

    def sheet(self, asked: _Asked) -> Response:
        """The style sheet of a look on a paper."""
        look, paper = LOOKS.get(asked.words["look"]), _PAPERS.get(asked.words["paper"])
        sizes = {f"{size:g}": size for size in BODY_SIZES}
        size = sizes.get(asked.words["size"])
        if look is None or paper is None or size is None:
            raise HTTPException(404)
        design = Design.of(paper, look, dense=asked.words["spacing"] == "dense").at(size)
        return Response(view.sheet_css(design), media_type="text/css")

    def own_file(self, asked: _Asked) -> Response:
        """The script and the style sheet of the pages."""
        name = asked.words["name"]
        if name not in _FILES:
            raise HTTPException(404)
        return Response(data_text(name), media_type=_FILES[name])


async def _read_form(request: Request) -> tuple[Form, Uploads]:
    """Return the fields of a form and its files, each as its name and content."""
    form: Form = {}
    uploads: Uploads = {}
    if request.method != "POST":
        return form, uploads
    async with request.form(
        max_files=_FIELDS, max_fields=_FIELDS, max_part_size=limits.in_force().text
    ) as data:
        for key, value in data.multi_items():
            if isinstance(value, UploadFile):
                content = await value.read()
                if content:
                    uploads[key] = (value.filename or "", content)
            else:
                form[key] = value
    return form, uploads


def _html(name: str, values: Mapping[str, object], status: int = 200) -> Response:
    return HTMLResponse(templates().get_template(f"{name}.html.j2").render(values), status)
