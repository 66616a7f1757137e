"""Read a posting from a file, from standard input, or from a text at hand."""

from __future__ import annotations

import sys
from pathlib import Path

from tailor.errors import PostingError
from tailor.posting import Posting
from tailor.reading.files import LARGEST, decode, read_text
from tailor.reading.posting_text import parse_posting

STANDARD_INPUT = "-"


def read_posting(path: str | Path) -> Posting:
    """Read the posting at `path`; ``-`` is standard input.

    Raises PostingError if it cannot be read or holds no text.
    """
    if str(path) == STANDARD_INPUT:
        source = "standard input"
        if sys.stdin is None:  # closed by whoever started the process
            raise PostingError(f"{source}: is closed; name the posting's file instead")
        data = sys.stdin.buffer.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise PostingError(f"{source}: longer than {LARGEST:,} bytes; that is no posting")
        text = decode(data, source, "posting")
    else:
        source = str(path)
        text = read_text(path, "posting")
    posting = parse_posting(text, source)
    if not posting.lines:
        raise PostingError(f"{source}: holds no text; paste the text of the posting into it")
    return posting
