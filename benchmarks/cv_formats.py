"""Read every real CV at hand and compare what is found with a count made by eye.

    python benchmarks/cv_formats.py

First table: the CVs of the shared folder. Second: the real master CV written whole
as DOCX, and that turned into PDF by LibreOffice, both read back. Third: the RenderCV
sample from its YAML and from its PDF. Needs the shared folder; `soffice` for the PDF.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tailor
from tailor.exporting import save_cv
from tailor.values.cv import Cv, Entry

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared")) / "cvs"


@dataclass(frozen=True)
class Counted:
    """What a person counts who looks at the page: positions, the lines below them, degrees."""

    positions: int
    bullets: int
    degrees: int


# A line below a position that has no glyph (a summary of the job) counts as a bullet.
BY_EYE = {
    "master_cv.md": Counted(6, 16, 3),
    "jsonresume_sample.json": Counted(1, 5, 1),
    "rendercv_sample.yaml": Counted(5, 15, 2),
    "rendercv_sample.pdf": Counted(5, 15, 2),
    "pdf/10641230.pdf": Counted(3, 3, 2),
    "pdf/10653119.pdf": Counted(8, 58, 1),
    "pdf/10985403.pdf": Counted(3, 23, 2),
    "pdf/11616482.pdf": Counted(3, 17, 2),
    "pdf/11698189.pdf": Counted(3, 18, 2),
    "pdf/12071138.pdf": Counted(5, 71, 2),
}


def main() -> int:
    """Print the tables; return 1 where the shared folder is not there."""
    if not SHARED.is_dir():
        print(f"needs the shared folder of real data, which is not at {SHARED.parent}")
        return 1
    print("| CV | positions | found | bullets | found | degrees | found | unplaced | ms |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, counted in BY_EYE.items():
        start = time.perf_counter()
        cv = tailor.read_cv(SHARED / name)
        milliseconds = 1000 * (time.perf_counter() - start)
        bullets = sum(len(entry.bullets) for entry in cv.positions)
        print(
            f"| {name} | {counted.positions} | {len(cv.positions)} | {counted.bullets} | {bullets} "
            f"| {counted.degrees} | {len(cv.degrees)} | {len(cv.unplaced)} | {milliseconds:.0f} |"
        )
    print("\nThe real CV, written whole and read back; differences from the Markdown:\n")
    real = tailor.read_cv(SHARED / "master_cv.md")
    with tempfile.TemporaryDirectory() as folder:
        for path in written(real, Path(folder)):
            print(f"- {path.suffix[1:]}: {', '.join(differences(real, tailor.read_cv(path)))}")
    print("\nRenderCV's sample from its YAML and from its PDF:\n")
    yaml = tailor.read_cv(SHARED / "rendercv_sample.yaml")
    pdf = tailor.read_cv(SHARED / "rendercv_sample.pdf")
    print(f"- {', '.join(differences(yaml, pdf))}")
    return 0


def written(cv: Cv, folder: Path) -> Iterator[Path]:
    """Write the whole CV as DOCX, and turn that into PDF; yield the files there are."""
    path = save_cv(cv, folder / "cv.docx", "docx")
    yield path
    if shutil.which("soffice"):
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        yield path.with_suffix(".pdf")


def differences(one: Cv, other: Cv) -> list[str]:
    """Return how many employers, titles, dates and bullets of `one` the other has alike."""
    pairs = list(zip(one.entries, other.entries, strict=False))

    def alike(name: str) -> str:
        same = sum(getattr(a, name) == getattr(b, name) for a, b in pairs)
        return f"{same} of {len(one.entries)}"

    lines = [(words(a), words(b)) for a, b in pairs]
    same = sum(line in b for a, b in lines for line in a)
    total = sum(len(words(entry)) for entry in one.entries)
    return [
        f"entries {len(other.entries)} for {len(one.entries)}",
        f"organisations {alike('organisation')}",
        f"titles {alike('titles')}",
        f"periods {alike('period')}",
        f"bullets {same} of {total}",
        f"unplaced {len(other.unplaced)}",
    ]


def words(entry: Entry) -> list[str]:
    """Return the texts of an entry's bullets."""
    return [bullet.text.plain for bullet in entry.bullets]


if __name__ == "__main__":
    sys.exit(main())
