"""Draw where the time of a batch goes, as a flame graph.

    python benchmarks/flame.py [--count N] [--out docs/flame.svg]

One process makes documents for real postings and the real master CV; py-spy (in the extra
`benchmarks`) looks at it 250 times a second. Drawn is what a worker does for its postings, from
the top down: a box is a function, as wide as its share of the looks, and below it stands what it
called.
"""

from __future__ import annotations

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from shutil import which
from xml.sax.saxutils import escape

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("TAILOR_SHARED", ROOT.parent / "shared"))
_LOOKS_A_SECOND = "250"
_FROM = "make_row (tailor/batch/application.py"
_WIDTH, _ROW, _LETTER = 1200, 18, 6.7  # pixels; a letter of 11 pixels in a fixed width
_NARROWEST = 1.5
# The rooms that most of the time is spent in; all else is grey.
_COLOURS = {
    "matching/": "#f2b8a0",
    "nlp/": "#e8a0b4",
    "spacy/": "#e8a0b4",
    "selection/": "#a8c8ec",
    "layout/": "#c4daf2",
    "report/": "#b8dcb0",
    "reading/": "#f0dc98",
    "document/": "#d4c0e8",
}


@dataclass(slots=True)
class Box:
    """A function as others called it: how many looks found it, and what it had called."""

    name: str
    looks: int = 0
    below: dict[str, Box] = field(default_factory=dict)

    def add(self, names: list[str], looks: int) -> None:
        """Count a stack that begins below this box."""
        self.looks += looks
        if names:
            self.below.setdefault(names[0], Box(names[0])).add(names[1:], looks)


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--out", type=Path, default=ROOT / "docs/flame.svg")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = _looked_at(Path(folder), options.count)
    options.out.write_text(_drawn(root), encoding="utf-8")
    print(f"{options.out}: {root.looks} looks")


def _looked_at(folder: Path, count: int) -> Box:
    """Run a batch and return all stacks that were seen in it."""
    postings, stacks = folder / "postings.jsonl", folder / "stacks.txt"
    with gzip.open(SHARED / "postings/postings.jsonl.gz", "rt", encoding="utf-8") as file:
        postings.write_text("".join(islice(file, count)), encoding="utf-8")
    named = which("py-spy") or str(Path(sys.executable).with_name("py-spy"))
    spy = (named, "record", "--function", "--format", "raw")
    batch = ("batch", str(postings), "--cv", str(SHARED / "cvs/master_cv.md"), "--no-report")
    subprocess.run(
        [
            *(*spy, "--rate", _LOOKS_A_SECOND, "--output", str(stacks), "--"),
            *(sys.executable, "-c", "from tailor.cli import main; main()", *batch),
            *("--engine", "serial", "--out", str(folder / "out")),
        ],
        cwd=ROOT,
        check=False,  # some postings ask for nothing
    )
    root = Box("a posting")
    for line in stacks.read_text("utf-8").splitlines():
        stack, _, looks = line.rpartition(" ")
        # "function (file:line)", where the line is that of the function.
        names = [name.rpartition(":")[0] or name for name in stack.split(";")]
        if _FROM in names:
            root.add(names[names.index(_FROM) + 1 :], int(looks))
    return root


def _drawn(root: Box) -> str:
    scale = _WIDTH / root.looks
    boxes = list(_boxes(root, 0.0, 0, scale))
    height = _ROW * (1 + max(row for row, _ in boxes))
    size = f'viewBox="0 0 {_WIDTH} {height}" font-family="monospace" font-size="11"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
            f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
            *(drawn for _, drawn in boxes),
            "</svg>\n",
        ]
    )


def _boxes(box: Box, left: float, row: int, scale: float) -> Iterator[tuple[int, str]]:
    """Yield the row and the drawing of a box and all below it that are wide enough to see."""
    width = box.looks * scale
    if width < _NARROWEST:
        return
    share = f"{box.name.replace(' (', ', ')}: {100 * width / _WIDTH:.1f} %"
    shown = box.name.partition(" (")[0][: int((width - 4) / _LETTER)]
    colour = next((c for part, c in _COLOURS.items() if part in box.name), "#e4e4e4")
    place = f'x="{left:.1f}" y="{row * _ROW}" width="{max(width - 0.5, 0.5):.1f}"'
    drawn = f'<rect {place} height="{_ROW - 1}" fill="{colour}"/>'
    if len(shown) > 2:
        drawn += f'<text x="{left + 3:.1f}" y="{row * _ROW + 13}">{escape(shown)}</text>'
    yield row, f"<g><title>{escape(share)}</title>{drawn}</g>"
    for called in sorted(box.below.values(), key=lambda one: (-one.looks, one.name)):
        yield from _boxes(called, left, row + 1, scale)
        left += called.looks * scale


if __name__ == "__main__":
    main()
