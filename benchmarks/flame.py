"""Draw where the time of a batch goes, as a flame graph.

    python benchmarks/flame.py [--count N] [--out docs/flame.svg]

One process makes documents for real postings and the real master CV, all tables loaded; py-spy
(in the extra `benchmarks`) looks at it 250 times a second.
"""

from __future__ import annotations

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("TAILOR_SHARED", ROOT.parent / "shared"))
_LOOKS_A_SECOND = "250"


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--out", type=Path, default=ROOT / "docs/flame.svg")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        postings = Path(folder) / "postings.jsonl"
        with gzip.open(SHARED / "postings/postings.jsonl.gz", "rt", encoding="utf-8") as file:
            postings.write_text("".join(islice(file, options.count)), encoding="utf-8")
        batch = ("batch", str(postings), "--cv", str(SHARED / "cvs/master_cv.md"))
        subprocess.run(
            [
                *(str(Path(sys.executable).with_name("py-spy")), "record", "--function"),
                *("--rate", _LOOKS_A_SECOND, "--output", str(options.out.resolve()), "--"),
                *(sys.executable, "-c", "from tailor.cli import main; main()", *batch),
                *("--out", str(Path(folder) / "out"), "--no-report", "--engine", "serial"),
            ],
            cwd=ROOT,
            check=False,  # some postings may ask for nothing
        )
    print(options.out)


if __name__ == "__main__":
    main()
