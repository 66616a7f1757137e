"""Compare the page estimate with LibreOffice: page and line counts of random CVs.

    python benchmarks/page_fit.py [--documents 60] [--seed 1] [--look classic]

A third of the documents is of random length. A third is filled until the estimate
says that no more fits (too low an estimate shows there), a third until the estimate
says that one line went over (too high an estimate shows there). Bullets come from
`resumes/resumes.jsonl.gz` where it is found, else they are made up.
Needs `soffice` and `pdftotext`, and the look's font: Calibri or Carlito for classic,
Arial or Liberation Sans for modern.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tailor.document.document import render_docx
from tailor.layout.page import PageFit, paginate
from tailor.layout.typography import A4, BODY_SIZES, LETTER, LOOKS, Design, Look, Paragraph, Style
from tailor.values.cv import RichText, Run

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))
KINDS = ("random", "full", "just over")
WORD = re.compile(r"<word (.*?)>")

TITLES = (
    "Software Engineer",
    "Senior Data Scientist, Machine Learning Platform",
    "Head of Accounting",
    "Research Fellow in Computational Biology and Bioinformatics",
    "Project Manager » Programme Manager",
    "Nurse",
)
PLACES = ("Acme GmbH, Berlin", "University of São Paulo", "Smith & Sons – Leeds, UK", "NHS")
SHORT = "Wrote the on-call handbook."
INVENTED = (
    "Cut the month-end close from nine to four working days by moving 14 ledgers to one system.",
    "Led a team of six; shipped the billing service that handles €3.2M a day without downtime.",
    "Trained language models (PyTorch, JAX) on 64 GPUs and published two papers on the results.",
    SHORT,
    (
        "Organised the yearly conference: 400 guests, 35 speakers, a budget of £120,000, and a "
        "follow-up survey in which 94% of the guests said that they would come again."
    ),
)


@dataclass(frozen=True)
class Case:
    """A document, and what the estimate says of it."""

    kind: str
    paragraphs: tuple[Paragraph, ...]
    design: Design
    fit: PageFit


def load_bullets() -> list[str]:
    """Return real bullets of 20 to 500 characters, or invented ones."""
    path = SHARED / "resumes" / "resumes.jsonl.gz"
    if not path.exists():
        return list(INVENTED)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        bullets = [bullet for line in file for bullet in json.loads(line)["bullets"]]
    return [bullet for bullet in bullets if 20 <= len(bullet) <= 500]


def make_case(kind: str, look: Look, bullets: Sequence[str], random_: random.Random) -> Case:
    """Make a document of one or two pages."""
    setup = random_.choice((A4, LETTER))
    design = Design(setup, look, random_.choice(BODY_SIZES))

    def fit(paragraphs: Sequence[Paragraph]) -> PageFit:
        return paginate(paragraphs, design)

    paragraphs = _head()
    pages = random_.choice((1, 2))
    length = random_.uniform(0.5, 1.0) if kind == "random" else 1.0
    paragraphs += _fill(fit, paragraphs, pages, length, bullets, random_)
    while kind == "just over" and fit(paragraphs).pages == pages:
        paragraphs.append(Paragraph(Style.BULLET, RichText.of(SHORT)))
    return Case(kind, tuple(paragraphs), design, fit(paragraphs))


def _head() -> list[Paragraph]:
    contact = "Kraków, Poland | zofia.example@example.org | +48 600 000 000 | github.com/example"
    return [
        Paragraph(Style.NAME, RichText.of("Zofia Example-Müller")),
        Paragraph(Style.HEADLINE, RichText.of("Engineer and researcher")),
        Paragraph(Style.CONTACT, RichText.of(contact)),
    ]


def _fill(
    fit: Callable[[Sequence[Paragraph]], PageFit],
    head: list[Paragraph],
    pages: int,
    length: float,
    bullets: Sequence[str],
    random_: random.Random,
) -> list[Paragraph]:
    """Add sections until the page budget is used up to the share `length` of its last page."""
    body: list[Paragraph] = []
    misses = 0
    while misses < 20:
        added = [*body, *_next_lines(len(body), bullets, random_)]
        tried = fit([*head, *added])
        if tried.pages > pages or (tried.pages == pages and tried.last_page_fill > length):
            misses += 1
        else:
            body = added
    return body


def _next_lines(so_far: int, bullets: Sequence[str], random_: random.Random) -> list[Paragraph]:
    lines = []
    if so_far == 0 or random_.random() < 0.07:
        lines.append(Paragraph(Style.SECTION, RichText.of("Experience")))
        if random_.random() < 0.3:
            lines.append(Paragraph(Style.BODY, RichText.of(random_.choice(bullets))))
    if lines or random_.random() < 0.2:
        title = f"{random_.choice(TITLES)} \tMar 2019 – Present"
        lines.append(Paragraph(Style.ENTRY, RichText.of(title)))
        lines.append(Paragraph(Style.ORGANISATION, RichText.of(random_.choice(PLACES))))
    lines.append(Paragraph(Style.BULLET, _with_accents(random_.choice(bullets), random_)))
    return lines


def _with_accents(bullet: str, random_: random.Random) -> RichText:
    """Set a few words bold, italic or as a link, in some of the bullets."""
    words = bullet.split()
    if random_.random() < 0.7 or len(words) < 6:
        return RichText.of(bullet)
    start = random_.randrange(len(words) - 4)
    run = random_.choice((Run("", bold=True), Run("", italic=True), Run("", link="https://a.org")))
    middle = Run(" ".join(words[start : start + 3]), run.bold, run.italic, run.link)
    before, after = " ".join(words[:start]), " ".join(words[start + 3 :])
    return RichText.of([Run(f"{before} " if before else ""), middle, Run(f" {after}")])


def lay_out(cases: Sequence[Case]) -> list[tuple[int, int]]:
    """Return pages and lines of each document, laid out by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, case in enumerate(cases):
            path = Path(folder, f"{number}.docx")
            path.write_bytes(render_docx(case.paragraphs, design=case.design, title="", author=""))
            paths.append(str(path))
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        # Given some 250 files in one call, LibreOffice leaves out the last ones.
        for start in range(0, len(paths), 100):
            subprocess.run([*command, *paths[start : start + 100]], check=True, capture_output=True)
        return [count(Path(path).with_suffix(".pdf")) for path in paths]


def count(pdf: Path) -> tuple[int, int]:
    """Return pages and lines of a PDF; a line is where words overlap by half their height."""
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    pages = text.split("<page ")[1:]
    lines = 0
    for page in pages:
        boxes = [dict(re.findall(r'(\w+)="([\d.]+)"', word)) for word in WORD.findall(page)]
        foot = 0.0
        for top, bottom in sorted((float(box["yMin"]), float(box["yMax"])) for box in boxes):
            if (top + bottom) / 2 > foot:
                lines += 1
                foot = bottom
    return len(pages), lines


def report(cases: Sequence[Case], found: Sequence[tuple[int, int]]) -> None:
    """Print how often estimate and layout agree, all and by kind and size."""
    print(f"{'documents':<12}{'n':>4}  {'pages =':>8}{'under':>7}{'max':>5}", end="")
    print(f"  {'lines =':>8}{'under':>7}{'max':>5}   last page filled")
    for label in ("all", *KINDS, *BODY_SIZES):
        chosen = [
            (case.fit, pages, lines)
            for case, (pages, lines) in zip(cases, found, strict=True)
            if label in {"all", case.kind, case.design.body_size}
        ]
        if not chosen:
            continue
        page_errors = [fit.pages - pages for fit, pages, _ in chosen]
        line_errors = [fit.lines - lines for fit, _, lines in chosen]
        fill = sum(fit.last_page_fill for fit, _, _ in chosen) / len(chosen)
        print(
            f"{label:<12}{len(chosen):>4}  {_shares(page_errors)}  {_shares(line_errors)}", end=""
        )
        print(f"   {fill:.0%}")


def _shares(errors: Sequence[int]) -> str:
    equal = sum(error == 0 for error in errors) / len(errors)
    under = sum(error < 0 for error in errors)
    return f"{equal:>8.1%}{under:>7}{max(map(abs, errors)):>5}"


def main() -> None:
    """Make the documents, lay them out, print the comparison."""
    parser = argparse.ArgumentParser(description="Compare the page estimate with LibreOffice.")
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--look", choices=list(LOOKS), default="classic")
    options = parser.parse_args()
    missing = [name for name in ("soffice", "pdftotext") if shutil.which(name) is None]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}")
    random_ = random.Random(options.seed)  # noqa: S311  # no secret
    bullets, look = load_bullets(), LOOKS[options.look]
    cases = [make_case(KINDS[n % 3], look, bullets, random_) for n in range(options.documents)]
    start = time.perf_counter()
    for case in cases:
        design = case.design
        paginate(case.paragraphs, design)
    estimated = time.perf_counter() - start
    found = lay_out(cases)
    report(cases, found)
    print(f"an estimate again, all words known: {estimated / len(cases) * 1000:.2f} ms a document")


if __name__ == "__main__":
    main()
