"""Count the rooms of the package: lines, modules, and the modules one application imports.

    python benchmarks/house.py [--before CHECKOUT]

With another checkout, its figures stand beside.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
# One application with the sample CV; prints the package's modules that were imported for it.
_IMPORTED = """
import sys
sys.argv = ["tailor", "--job", "data/sample_posting_platform.txt", "--cv", "data/sample_cv.md",
            "--out", sys.argv[1], "--force"]
from tailor.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code
found = [name for name in sys.modules if name == "tailor" or name.startswith("tailor.")]
print("\\n".join(name for name in found if name not in ("tailor.data", "tailor.models")))
"""


def rooms(checkout: Path) -> tuple[Counter[str], Counter[str]]:
    """Return the lines and the modules of each room, by its folder; "" is the package's own."""
    lines: Counter[str] = Counter()
    modules: Counter[str] = Counter()
    package = checkout / "tailor"
    for path in package.rglob("*.py"):
        room = "/".join(path.relative_to(package).parts[:-1][:2])
        lines[room] += len(path.read_text(encoding="utf-8").splitlines())
        modules[room] += 1
    return lines, modules


def imported(checkout: Path, python: str) -> list[str]:
    """Return the modules of the package that one application imports."""
    out = ROOT / "build"
    out.mkdir(exist_ok=True)
    done = subprocess.run(
        [python, "-c", _IMPORTED, str(out / "house.docx")],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=True,
    )
    return [line for line in done.stdout.splitlines() if line.startswith("tailor")]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", type=Path, help="another checkout, with an environment in it")
    options = parser.parse_args()
    houses = [(ROOT, sys.executable)]
    if options.before:
        houses.insert(0, (options.before, str(options.before / ".venv/bin/python")))
    counted = [rooms(checkout) for checkout, _ in houses]
    head = " | ".join(["lines | modules"] * len(houses))
    print(f"| room | {head} |\n|---|{'---:|' * 2 * len(houses)}")
    for room in sorted({room for lines, _ in counted for room in lines}):
        cells = " | ".join(f"{lines[room]:,} | {modules[room]}" for lines, modules in counted)
        print(f"| `{room or 'tailor'}` | {cells} |")
    totals = " | ".join(f"{lines.total():,} | {modules.total()}" for lines, modules in counted)
    print(f"| all | {totals} |")
    used = " | ".join(f"| {len(imported(*house))}" for house in houses)
    print(f"| imported by one application | {used} |")


if __name__ == "__main__":
    main()
