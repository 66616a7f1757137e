"""A server of the page in this process, and a client that sends just what it is told."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from tailor.serving.app import make_app

TOKEN = "the-key"  # noqa: S105 - of a server that only tests reach


@dataclass
class Running:
    """A server that runs: its port, its folders, and the cookie once somebody has entered."""

    port: int
    home: Path
    out: Path
    cookie: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The first address, with the key."""
        return f"http://127.0.0.1:{self.port}/?token={TOKEN}"

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> tuple[int, dict[str, str], bytes]:
        """Send a request as the person's browser would; `headers` may change or leave out any."""
        own = f"http://127.0.0.1:{self.port}"
        sent: dict[str, str | None] = {"Host": own.removeprefix("http://"), "Cookie": self.cookie}
        if method == "POST":
            sent |= {"Origin": own, "Sec-Fetch-Site": "same-origin"}
        sent |= headers or {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True)
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            if body is not None and "Content-Length" not in sent:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def enter(self) -> None:
        """Open the first address and keep the cookie."""
        status, headers, _ = self.ask("GET", f"/?token={TOKEN}")
        assert (status, headers["location"]) == (303, "/")
        self.cookie = headers["set-cookie"].partition(";")[0]

    def get(self, path: str) -> bytes:
        """Return a page or file that must be there."""
        status, _, content = self.ask("GET", path)
        assert status == 200, content
        return content

    def post(self, path: str, form: Mapping[str, str], *, script: bool = True) -> tuple[int, str]:
        """Send a form as the page's script does, or as a browser without scripts."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        more = {"X-By-Script": "1"} if script else {}
        status, headers, content = self.ask("POST", path, urlencode(form).encode(), kind | more)
        return status, headers.get("location") or content.decode()

    def upload(self, path: str, **parts: str | tuple[str, bytes]) -> tuple[int, str]:
        """Send a form with files, each as its name and content."""
        mark = uuid.uuid4().hex
        pieces = []
        for name, value in parts.items():
            file, content = value if isinstance(value, tuple) else ("", value.encode())
            named = f'; filename="{file}"' if file else ""
            head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
            pieces.append(head.encode() + content + b"\r\n")
        body = b"".join([*pieces, f"--{mark}--\r\n".encode()])
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        status, headers, content = self.ask("POST", path, body, kind)
        return status, headers.get("location") or content.decode()

    def begin(self, posting: str) -> str:
        """Paste a posting and return the path of its application."""
        status, place = self.upload("/new", text=posting)
        assert status == 303, place
        assert re.fullmatch(r"/a/[\w-]+", place)
        return place


@contextmanager
def running(home: Path, cv: Path | None = None) -> Iterator[Running]:
    """Run a server whose applications stand in ``applications`` below `home`."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    port = listening.getsockname()[1]
    app = make_app(home, home / "applications", cv, port=port, token=TOKEN)
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield Running(port, home, home / "applications")
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
    assert not thread.is_alive()
