"""The index as one HTML page that opens from disk and asks the network for nothing.

Whatever postings and CVs say is shown as text: cleaned, escaped wherever it is printed, and never
part of a script. Links lead to files below the page only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath, PurePosixPath
from urllib.parse import quote

from tailor.batch.values import Row, Status
from tailor.report.web_page import render

_LONGEST = 400  # characters
_KINDS = {".docx": "Word", ".pdf": "PDF", ".html": "Report", ".md": "Markdown", ".json": "JSON"}
_WORDS = {
    Status.WRITTEN: "written",
    Status.INDEXED: "counted only",
    Status.DUPLICATE: "posted twice",
    Status.FAILED: "failed",
}


def render_page(
    rows: Sequence[Row],
    counts: Mapping[Status, int],
    cvs: int,
    fingerprint: str = "",
    digests: str = "",
) -> str:
    """Return the page of `rows`, which stand in their order; `counts` are of all rows there are.

    `cvs` is the number of CVs; the column of CVs is there for more than one. `fingerprint` and
    `digests`, of the two other files, go into the page's head.
    """
    return render(
        "index",
        rows=rows,
        view=_View(rows),
        total=sum(counts.values()),
        counts=[(status, _WORDS[status], counts[status]) for status in Status if counts[status]],
        has_cvs=cvs > 1,
        has_pages=any(row.pages for row in rows),
        fingerprint=fingerprint,
        digests=digests,
    )


class _View:
    """What the template asks for beside the rows."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._first = {(row.posting, row.cv): row for row in rows if row.folder or row.files}

    def words(self, status: Status) -> str:
        """Return what became of a row."""
        return _WORDS[status]

    def brief(self, text: str) -> str:
        """Return a text that somebody else wrote, no longer than a page of many rows can bear."""
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def name(self, row: Row) -> str:
        """Return what to call a posting."""
        return self.brief(row.title or PurePosixPath(row.posting).name)

    def reason(self, row: Row) -> str:
        """Return why a row failed, without the name, which stands above it."""
        reason = row.error.removeprefix(f"{row.posting}: ")
        return self.brief(reason[:1].upper() + reason[1:])

    def percent(self, share: float) -> int:
        """Return a share as people say it; all of it only if it is all."""
        return min(round(100 * share), 99) if share < 1 else 100

    def links(self, row: Row) -> list[tuple[str, str]]:
        """Return words and address of each document; a duplicate has those of the first."""
        if row.status is Status.DUPLICATE and not row.files:
            row = self._first.get((row.same_as, row.cv), row)
        safe = [path for path in (PurePath(row.folder, file) for file in row.files) if _below(path)]
        kinds = [_KINDS.get(path.suffix.lower(), path.name) for path in safe]
        words = [
            kind if kinds.count(kind) == 1 else path.name
            for kind, path in zip(kinds, safe, strict=True)
        ]
        # With the dot no name can be taken for a protocol.
        return [
            (word, "./" + quote(path.as_posix().encode("utf-8", "surrogateescape")))
            for word, path in zip(words, safe, strict=True)
        ]


def _below(path: PurePath) -> bool:
    return not path.is_absolute() and ".." not in path.parts
