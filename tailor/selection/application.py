"""One application as it was made: what was chosen, and the files it was written to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tailor.selection.changes import Changes
from tailor.selection.tailored import TailoredCv
from tailor.selection.verified import Verified


@dataclass(frozen=True, slots=True)
class Application:
    """What came out: the tailored CV, and the files it was written to.

    `pdf` is the PDF beside it, `verified` what the check of the pages found, `changes` what
    differs from the file that was there before, `report` the HTML page that says why; None if
    not asked for.
    """

    resume: TailoredCv
    path: Path
    pdf: Path | None = None
    verified: Verified | None = None
    changes: Changes | None = None
    report: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """All files that were written, the Word file first."""
        return tuple(path for path in (self.path, self.pdf, self.report) if path)
