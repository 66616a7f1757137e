"""The server of `tailor serve`, and who may ask it: the person's own browser, from its own pages.

Any page of the web can make a browser send requests to 127.0.0.1. So each request must name this
server as its host (else a foreign name may have been pointed here), carry the cookie that the
first address gave, and, where it changes something or says so, come from a page of this server.
"""

from __future__ import annotations

import hmac
import secrets
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tailor.values.errors import OutputError, not_installed

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # "no-referrer" would make browsers hide the origin of forms, which is looked at here.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_READING = frozenset({"GET", "HEAD"})
_MORE = 64 * 1024  # bytes that a form may have beyond the file in it


class TooLargeError(Exception):
    """A request is longer than a file may be."""


class Guard:
    """An ASGI application that lets through what may pass, and refuses the rest in one line."""

    def __init__(self, app: ASGIApp, *, port: int, token: str, largest: int) -> None:
        self._app = app
        self._hosts = frozenset((f"127.0.0.1:{port}", f"localhost:{port}"))
        self._token = token
        self._session = secrets.token_urlsafe(32)
        # Cookies are not kept apart by ports, so the name does.
        self._cookie = f"tailor-{port}"
        self._largest = largest + _MORE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on with a bound on its length."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        await self._app(scope, self._bounded(receive), _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in self._hosts:
            return _refused(421, "this server answers only to its own address, 127.0.0.1")
        is_reading = scope["method"] in _READING
        own = f"http://{host}"
        origin = headers.get("origin", own if is_reading else "")
        if origin != own:
            return _refused(403, "another site's page may not ask for this")
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if is_reading and scope["path"] == "/" and _same(given, self._token):
            # Opened from a terminal or by another program; the token goes out of the address.
            entered = RedirectResponse("/", status_code=303)
            entered.set_cookie(self._cookie, self._session, httponly=True, samesite="strict")
            return entered
        if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return _refused(403, "another site's page may not ask for this")
        cookies = cookie_parser(headers.get("cookie", ""))
        if not _same(cookies.get(self._cookie, ""), self._session):
            return _refused(
                403, "open the address that tailor serve printed: it holds the key to this page"
            )
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit() and int(length[:20]) <= self._largest):
            larger = f"larger than {self._largest - _MORE:,} bytes"
            return _refused(413, f"{larger}, so hardly a CV")
        return None

    def _bounded(self, receive: Receive) -> Receive:
        seen = 0

        async def bounded() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._largest:
                raise TooLargeError
            return message

        return bounded


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def _refused(status: int, why: str) -> Response:
    # The connection ends, so that nobody goes on sending what is not read.
    return PlainTextResponse(f"tailor: {why}\n", status, headers={"Connection": "close"})


def _with_headers(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
        await send(message)

    return with_headers


LOOPBACK = "127.0.0.1"


def serve(
    home: Path, out: Path, cv: Path | None, *, port: int, tell: Callable[[str], None], browse: bool
) -> None:
    """Serve the pages on `port` (0: any that is free) until Ctrl-C.

    `tell` gets the first address, with its key, once requests are taken; `browse` opens it. Raises
    OutputError where the extra is not installed, or the port is taken.
    """
    try:
        import uvicorn  # noqa: PLC0415 - an extra

        from tailor.serving.app import make_app  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise OutputError(not_installed(f"tailor serve needs {error.name}", "serve")) from error
    with _listening(port) as listening:
        taken: int = listening.getsockname()[1]
        token = secrets.token_urlsafe(24)
        app = make_app(home, out, cv, port=taken, token=token)
        config = uvicorn.Config(
            app,
            log_level="critical",
            access_log=False,  # addresses name the person's applications
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        address = f"http://{LOOPBACK}:{taken}/?token={token}"
        tell(address)
        if browse:
            # The socket listens already, so the browser waits for the first answer.
            webbrowser.open(address)
        uvicorn.Server(config).run(sockets=[listening])


def _listening(port: int) -> socket.socket:
    """Return a socket that listens on this machine's own address."""
    listening = socket.socket()
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((LOOPBACK, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise OutputError(
            f"port {port} cannot be used ({error.strerror or error}); choose another with --port, "
            "or 0 for any"
        ) from error
    return listening
