"""The reasons as people read them in a terminal."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

from hypothesis import given, settings
from rich.console import Console
from strategies import tailored_cvs

import tailor
from tailor.reading.master.form import read_master_form
from tailor.reading.posting.text import parse_posting
from tailor.report.terminal import print_report
from tailor.selection.tailored_cv import TailoredCv

GOLDEN = Path(__file__).parents[1] / "golden" / "explained.txt"
RENEW = "TAILOR_RENEW_GOLDEN"
CV = """\
<!-- tailor: master CV, form 1 -->
# Ada Example

## Experience

### Platform Engineer | Larkhollow Tickets
Mar 2021 – Present

- Ran Kubernetes clusters for a shop that sells festival tickets.
- Wrote backup scripts in Python and tested every restore.
- Watered the office plants. [drop]

### Baker | Crumb Hall
2015 – 2020

- Baked rye bread for nine shops. [pin]

## Education

### BSc Physics | Aldermoor College
2012 – 2015

## Projects

### Kettle
2019

- Counted the kettles of the county.

## References

- Jo Doe, Larkhollow Tickets
"""
POSTING = """\
Platform Engineer
Thistlemoor Mutual | Leeds, UK

What you'll do
- Run our Kubernetes clusters
- Write tools in Python

Requirements
- Bachelor's degree in physics or mathematics

Nice to have
- Experience with FPGA boards
"""


def told(resume: TailoredCv, **options: object) -> str:
    """What is printed, in 80 columns."""
    stream = io.StringIO()
    console = Console(file=stream, width=80, highlight=False, **options)  # type: ignore[arg-type]
    print_report(console, resume)
    return stream.getvalue()


def test_the_page_people_read() -> None:
    """Requirements by weight with their proofs; per role what was kept and left out, and why."""
    resume = tailor.select(tailor.match(read_master_form(CV), parse_posting(POSTING)), pages=1)
    found = "\n".join(line.rstrip() for line in told(resume).splitlines()) + "\n"
    if os.environ.get(RENEW):
        GOLDEN.write_text(found, encoding="utf-8", newline="\n")
    assert found == GOLDEN.read_text(encoding="utf-8"), (
        f"not as in {GOLDEN.name}. If the change is meant, write it anew with {RENEW}=1 "
        "and read what changed."
    )


@settings(max_examples=20, deadline=None)
@given(tailored_cvs())
def test_colour_changes_no_word(drawn: tuple[TailoredCv, int]) -> None:
    """No line is wider than the terminal, and what is in colour reads the same without."""
    resume, _ = drawn
    plain = told(resume)
    assert max(map(len, plain.splitlines()), default=0) <= 80
    coloured = told(resume, force_terminal=True, color_system="standard")
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    assert coloured != plain
