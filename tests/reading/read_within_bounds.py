"""A process of its own that reads files one by one with little memory, and tells what came of each.

Run as ``python read_within_bounds.py CV|posting SECONDS FILE...``; prints a line of JSON per
file. A file that takes longer ends the process, wherever it is.
"""

from __future__ import annotations

import faulthandler
import json
import sys
import time
import traceback

from tailor.reading.reader import read_cv, read_posting
from tailor.values.errors import TailorError

MEMORY = 2 * 1024**3  # bytes of addresses, the interpreter and its libraries included


def limit_memory() -> None:
    """Let allocations beyond `MEMORY` fail, where the system can do that."""
    if sys.platform.startswith("linux"):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def outcome(what: str, path: str) -> dict[str, object]:
    """Read the file; tell the error, or what was read."""
    begun = time.monotonic()
    told: dict[str, object] = {"error": "", "message": "", "text": ""}
    try:
        told["text"] = repr(read_cv(path) if what == "CV" else read_posting(path))[:100_000]
    except TailorError as error:
        told |= {"error": type(error).__name__, "message": str(error)}
    except BaseException as error:  # noqa: BLE001  (a bug, which the test shows)
        told |= {"error": type(error).__name__, "message": traceback.format_exc()[-2_000:]}
    return told | {"seconds": round(time.monotonic() - begun, 2)}


def main() -> None:
    """Read all files that are named."""
    limit_memory()
    what, patience, *paths = sys.argv[1:]
    for path in paths:
        faulthandler.dump_traceback_later(float(patience), exit=True)
        print(json.dumps({"path": path} | outcome(what, path)), flush=True)  # noqa: T201
        faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main()
