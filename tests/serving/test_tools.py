"""`tailor mcp` by the official client over standard input and output; what is not installed."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from command_line import environment, small_folder
from mcp import Client, StdioServerParameters
from typer.testing import CliRunner

import tailor
from tailor.cli import app

READING = {"read_cv", "explain_posting", "find_gaps", "check_claims", "list_applications"}
POSTING = """\
Platform Engineer
Thistlemoor Mutual | Leeds, UK

Requirements
- Kubernetes
- Python
- Cobol
"""


def test_the_client_lists_explains_tailors_and_checks(tmp_path: Path) -> None:
    """Six tools, the writing one marked; the file is the command line's; errors say the way out."""
    small_folder(tmp_path)
    server = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from tailor.cli import main; main()", "mcp", "--cv", "cv.md"],
        env=environment(tmp_path / "home"),
        cwd=str(tmp_path),
    )

    async def talk() -> None:
        async with Client(server) as client:

            async def call(name: str, **arguments: Any) -> tuple[bool, Any]:  # noqa: ANN401
                result = await client.call_tool(name, arguments)
                text = getattr(result.content[0], "text", "")
                return not result.is_error, text if result.is_error else json.loads(text)

            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert set(tools) == READING | {"tailor_cv"}
            for name, tool in tools.items():
                assert tool.annotations
                assert tool.annotations.read_only_hint is (name in READING)
                assert not tool.annotations.destructive_hint
            _, cv = await call("read_cv")
            (position,) = cv["sections"][0]["entries"]
            _, explained = await call("explain_posting", posting=POSTING)
            has = {ask["text"]: ask["status"] for ask in explained["asks"]}
            assert has["Kubernetes"] == "stated"
            assert has["Cobol"] in {"absent", "related"}
            _, gaps = await call("find_gaps", posting=POSTING)
            assert [gap["asked"] for gap in gaps["gaps"]] == ["Cobol"]
            assert not (tmp_path / "applications").exists()
            _, made = await call("tailor_cv", posting=POSTING, drop=position["ids"][:1], pages=1)
            by_tool = Path(made["file"]).read_bytes()  # noqa: ASYNC240
            posting = Path(made["file"]).with_name("posting.txt")
            assert tailor.read_posting(posting).title == "Platform Engineer"
            out = tmp_path / "x.docx"
            arguments = ["--job", str(posting), "--cv", str(tmp_path / "cv.md"), "--out", str(out)]
            assert CliRunner().invoke(app, arguments).exit_code == 0
            assert out.read_bytes() == by_tool
            _, listed = await call("list_applications")
            assert [one["id"] for one in listed["applications"]] == [made["application"]]
            text = f"{position['lines'][0]}\nLed a team of forty in Paris.\n"
            _, checked = await call("check_claims", text=text)
            assert [line["line"] for line in checked["not_in_cv"]] == [2]
            for name, arguments_of, said in (
                ("tailor_cv", {"posting": made["application"], "pin": ["bnever"]}, "load the page"),
                ("tailor_cv", {"posting": made["application"], "headline": "King"}, "invented"),
                ("explain_posting", {"posting": "../../etc/passwd"}, "posting"),
            ):
                done, answer = await call(name, **arguments_of)
                assert (done, said in answer) == (False, True), answer

    asyncio.run(talk())


@pytest.mark.parametrize(
    ("command", "package"), [("serve", "uvicorn"), ("serve", "starlette"), ("mcp", "mcp")]
)
def test_what_is_not_installed_is_told_with_the_way(
    command: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra: one line that says what to install."""
    for name in [*sys.modules]:
        if name.startswith(f"{package}.") or name in {"tailor.serving.app", "tailor.serving.tools"}:
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    done = CliRunner().invoke(app, [command])
    assert (done.exit_code, f"pip install '.[{command}]'" in done.output) == (5, True)
