"""Time the page of `tailor serve`: a posting's first page, and a pin with its way back.

    python benchmarks/serving.py [--count 60]

The sample CV and postings, one server in this process, warm. A pin may take 150 ms (median).
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from html import unescape
from pathlib import Path

from tailor.values.resources import data_text

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "serving"))
from running import running

SPARE = re.compile(r'name="pin" value="(b[\w.-]+)" title="Put on')


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=60, help="how many pins")
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as folder:
        cv = Path(folder) / "cv.md"
        cv.write_text(data_text("sample_cv.md"), encoding="utf-8")
        with running(Path(folder), cv) as server:
            server.enter()
            server.get(server.begin(data_text("sample_posting_platform.txt")))
            begun = time.perf_counter()
            place = server.begin(data_text("sample_posting_data_lead.txt"))
            first = server.get(place).decode()
            page = time.perf_counter() - begun
            spares = SPARE.findall(first)
            pins = []
            for number in range(count):
                begun = time.perf_counter()
                _, shown = server.post(f"{place}/choose", {"pin": spares[number % len(spares)]})
                pins.append(time.perf_counter() - begun)
                back = re.search(r'data-back="([^"]*)"', shown)
                if back:
                    server.post(f"{place}/choose", json.loads(unescape(unescape(back[1]))))
    print(f"first page of a second posting: {1000 * page:.0f} ms")
    print(
        f"a pin, median of {count}: {1000 * statistics.median(pins):.0f} ms"
        f" (slowest {1000 * max(pins):.0f} ms; limit 150 ms)"
    )


if __name__ == "__main__":
    main()
