"""`tailor mcp`: what the page does, as tools for programs that speak the Model Context Protocol.

No tool takes words for the résumé: lines are named by their ids, and come from the CV. A posting
is given as its words, or as the id of an application; no tool opens a file that a caller names.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from tailor.checking.findings import Place, Verdict
from tailor.checking.provenance import Told, find_provenance
from tailor.document.output import write_file
from tailor.report.data import as_data, cv_data, fields_of
from tailor.selection.tailored_cv import TailoredCv
from tailor.serving.desk import Desk
from tailor.serving.master import MasterCv
from tailor.serving.workspace import Workspace
from tailor.values.cleaning import clean_text
from tailor.values.errors import TailorError, WishError

_MOST_TEXT = 200_000  # characters of a text that is checked
_INSTRUCTIONS = (
    "Chooses lines of the person's own CV for a job posting and writes them as a Word file. "
    "Nothing can be written into the CV or the résumé with these tools: name lines by their ids. "
    "What find_gaps lists is not in the CV; ask the person, and never claim it for them."
)
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_WRITES = ToolAnnotations(
    read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
Posting = Annotated[
    str, Field(description="The posting's own words, whole; or the id of an application.")
]
Ids = Annotated[list[str] | None, Field(description="Ids of lines, as read_cv gives them.")]
Data = dict[str, Any]
_P = ParamSpec("_P")


def make_tools(home: Path, out: Path, cv: Path | None) -> MCPServer:
    """Return the server; its folders and CV are those of `tailor serve`."""
    tools = _Tools(Desk(Workspace(out), MasterCv(home, cv)))
    server: MCPServer = MCPServer("tailor", instructions=_INSTRUCTIONS, log_level="ERROR")
    for tool in (tools.read_cv, tools.explain_posting, tools.find_gaps, tools.check_claims):
        server.add_tool(_in_turn(tool, tools.lock), annotations=_READS)
    server.add_tool(_in_turn(tools.list_applications, tools.lock), annotations=_READS)
    server.add_tool(_in_turn(tools.tailor_cv, tools.lock), annotations=_WRITES)
    return server


def _in_turn(tool: Callable[_P, Data], lock: threading.Lock) -> Callable[_P, Data]:
    """Return `tool`, one call at a time, whose errors are told with the way out."""

    @wraps(tool)
    def one_at_a_time(*args: _P.args, **kwargs: _P.kwargs) -> Data:
        with lock:
            try:
                return tool(*args, **kwargs)
            except TailorError as error:
                raise ToolError(clean_text(str(error))) from None

    return one_at_a_time


class _Tools:
    """The tools. The docstring of each is what callers are told."""

    def __init__(self, desk: Desk) -> None:
        self.lock = threading.Lock()
        self._desk = desk

    def read_cv(self) -> Data:
        """Return the person's whole CV: positions, degrees, and every line with its id."""
        return cv_data(self._desk.master.read())

    def explain_posting(self, posting: Posting) -> Data:
        """Say what a posting asks for, what of it the CV has, and what becomes of each line.

        Each thing asked for has a status and the lines that show it; each line that would not be
        on the page has a reason. Writes nothing.
        """
        return as_data(self._resume(posting))

    def find_gaps(self, posting: Posting) -> Data:
        """List what a posting asks for and the CV does not say, with what is near it, if anything.

        Only the person knows whether they have done it: ask them.
        """
        asks = self._resume(posting).match.asks
        open_asks = [ask for ask in asks if ask.status.value in {"absent", "related"}]
        return {
            "gaps": [
                {"asked": ask.text, **fields_of(ask, "kind importance"), "near": list(ask.lines)}
                for ask in open_asks
            ]
        }

    def check_claims(
        self, text: Annotated[str, Field(description="A résumé or letter, line by line.")]
    ) -> Data:
        """Say which lines of a text are not lines of the person's CV, and how they differ.

        Lines that stand in the CV, but not below this title or employer, are listed apart.
        """
        if len(text) > _MOST_TEXT:
            raise WishError(f"the text has more than {_MOST_TEXT:,} characters; check parts of it")
        told = [
            Told(line, Place.of(number, line))
            for number, line in enumerate(text.splitlines(), 1)
            if line.strip()
        ]
        found = find_provenance(told, self._desk.master.read(), own_form=None)
        elsewhere = [one for one in found.strange if one.verdict is Verdict.MISPLACED]
        return {
            "lines": len(found.lines),
            "not_in_cv": [
                {
                    "line": one.place.number,
                    "text": one.text,
                    "verdict": one.verdict.value,
                    "nearest_in_cv": one.master,
                }
                for one in found.strange
                if one not in elsewhere
            ],
            "elsewhere_in_cv": [
                {"line": one.place.number, "text": one.text, "why": one.why} for one in elsewhere
            ],
        }

    def list_applications(self) -> Data:
        """List the applications there are: id, job, status, what was sent when."""
        return {
            "applications": [
                fields_of(one, "id title company status")
                | {"sent": [sent.date for sent in one.sent]}
                for one in self._desk.workspace.all()
            ]
        }

    def tailor_cv(
        self,
        posting: Posting,
        pin: Ids = None,
        drop: Ids = None,
        free: Ids = None,
        pages: Annotated[int | None, Field(description="The most pages, 1 to 9.")] = None,
        look: Annotated[str | None, Field(description="classic, modern or formal.")] = None,
        headline: Annotated[str | None, Field(description="One of the titles in the CV.")] = None,
    ) -> Data:
        """Write the Word file of an application, and keep these choices with it for the next time.

        pin keeps lines on the page, drop leaves them out, free takes either back. The person sees
        and changes the same choices with tailor serve.
        """
        settings = {"pages": pages, "look": look, "headline": headline}
        form = {name: str(value) for name, value in settings.items() if value is not None}
        lines = {"pin": pin, "drop": drop, "free": free}
        form |= {name: " ".join(ids) for name, ids in lines.items() if ids}
        workspace = self._desk.workspace
        record = workspace.get(posting)
        if record is None:
            record = workspace.add(posting.encode(), "posting.txt")
        _, state, _ = self._desk.change(record, form)
        name, document = self._desk.file(record, "docx")
        write_file(record.folder / name, document)
        return {"application": record.id, "file": str(record.folder / name)} | as_data(state.resume)

    def _resume(self, posting: str) -> TailoredCv:
        record = self._desk.workspace.get(posting)
        return self._desk.state(record).resume if record else self._desk.draft(posting)


def run(home: Path, out: Path, cv: Path | None) -> None:
    """Answer on standard input and output until it ends."""
    make_tools(home, out, cv).run("stdio")
