"""The server of the page: on this machine only, until Ctrl-C."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

from tailor.values.errors import OutputError

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
        raise OutputError(
            f"tailor serve needs {error.name}; in tailor's folder: pip install '.[serve]'"
        ) from error
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
