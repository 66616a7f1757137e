"""Speed of writing: the Word file of a tailored CV against python-docx, used the plain way.

    python benchmarks/writing.py [--rounds 21] [--cv ../shared/cvs/master_cv.md] [--pages 2]

Both write the same paragraphs into memory: styles, bold and italic runs, links, list bullets.
The plain way starts from python-docx's default template and names its styles, as its manual does.
Rounds of the two take turns, so that a busy moment meets both. The CV is the sample where the
named one is not found.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from statistics import median

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WrittenParagraph

import tailor
from tailor.document.document import link_target, render_docx
from tailor.document.package import CORE, PLACEHOLDER, pack, seal, unpack
from tailor.layout.typography import Paragraph, Style, language_of
from tailor.selection.composition import compose
from tailor.selection.tailored_cv import TailoredCv
from tailor.values.resources import data_path

SHARED = Path(os.environ.get("TAILOR_SHARED", Path(__file__).parents[2] / "shared"))
# The styles of python-docx's default template that come nearest.
PLAIN_STYLES = {
    Style.NAME: "Title",
    Style.HEADLINE: "Subtitle",
    Style.CONTACT: "Normal",
    Style.SECTION: "Heading 1",
    Style.ENTRY: "Heading 2",
    Style.ORGANISATION: "Normal",
    Style.BULLET: "List Bullet",
    Style.BODY: "Body Text",
}


def tailored(cv_path: Path, pages: int) -> TailoredCv:
    """Choose the lines of a CV for the sample posting."""
    posting = tailor.read_posting(data_path("sample_posting_platform.txt"))
    return tailor.select(tailor.match(tailor.read_cv(cv_path), posting), pages=pages)


def write_plainly(
    paragraphs: Sequence[Paragraph], title: str, author: str, *, by_name: bool = True
) -> bytes:
    """Write the paragraphs with python-docx as its manual shows it.

    Unless `by_name`, each style is looked up once, which is the first thing to make faster.
    """
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = author
    styles = {
        style: name if by_name else document.styles[name] for style, name in PLAIN_STYLES.items()
    }
    for paragraph in paragraphs:
        written = document.add_paragraph(style=styles[paragraph.style])
        for run in paragraph.text.runs:
            target = link_target(run.link) if run.link else None
            if target:
                add_link(written, run.text, target)
                continue
            added = written.add_run(run.text)
            if run.bold:
                added.bold = True
            if run.italic:
                added.italic = True
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def add_link(paragraph: WrittenParagraph, text: str, target: str) -> None:
    """Add a hyperlink, for which python-docx has no call of its own."""
    link_id = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), link_id)
    link.append(paragraph.add_run(text)._r)  # noqa: SLF001 - the known way to make links with it
    paragraph._p.append(link)  # noqa: SLF001


def in_turns(calls: Sequence[Callable[[], object]], rounds: int) -> list[list[float]]:
    """Time each call in each round; return the milliseconds of each, after one round unmeasured."""
    times: list[list[float]] = [[] for _ in calls]
    for number in range(rounds + 1):
        for call, taken in zip(calls, times, strict=True):
            start = time.perf_counter()
            call()
            if number:
                taken.append((time.perf_counter() - start) * 1000)
    return times


def same_words(ours: bytes, plain: bytes) -> bool:
    """Whether both files say the same, paragraph by paragraph."""
    one, other = (
        [paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs]
        for content in (ours, plain)
    )
    return one == other


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--cv", type=Path, default=SHARED / "cvs/master_cv.md")
    parser.add_argument("--pages", type=int, default=2)
    options = parser.parse_args()
    cv_path = options.cv if options.cv.exists() else data_path("sample_cv.md")
    resume = tailored(cv_path, options.pages)
    cv, design = resume.cv, resume.design
    paragraphs = compose(cv, resume.sections, design)
    title, author, language = cv.name, cv.name, language_of(cv)

    def ours() -> bytes:
        return render_docx(paragraphs, design=design, title=title, author=author, language=language)

    def plain() -> bytes:
        return write_plainly(paragraphs, title, author)

    def styles_once() -> bytes:
        return write_plainly(paragraphs, title, author, by_name=False)

    parts = {**unpack(ours()), CORE: PLACEHOLDER.encode()}
    steps: dict[str, Callable[[], object]] = {
        "compose the paragraphs": lambda: compose(cv, resume.sections, design),
        "seal and pack": lambda: pack(seal(parts)),
    }
    first, second = ours(), ours()
    print(f"{resume.pages} pages, {len(paragraphs)} paragraphs, {len(first):,} bytes,", end=" ")
    print(f"the plain way {len(plain()):,}; Python {platform.python_version()}")
    print(f"same bytes twice: {first == second}; same words: {same_words(first, plain())}\n")
    # The models that chose the lines are of no concern here; sweeping over them would be counted.
    gc.collect()
    gc.freeze()
    times = in_turns([ours, plain, styles_once, *steps.values()], options.rounds)
    labels = [
        "this project",
        "the plain way",
        "  its styles found once",
        *(f"  {name}" for name in steps),
    ]
    print(f"{f'milliseconds, {options.rounds} rounds':<28}{'median':>9}{'least':>9}{'most':>9}")
    for label, taken in zip(labels, times, strict=True):
        print(f"{label:<28}{median(taken):>9.2f}{min(taken):>9.2f}{max(taken):>9.2f}")
    ratios = [other / own for own, other in zip(times[0], times[1], strict=True)]
    print(f"\ntimes faster: {median(times[1]) / median(times[0]):.1f} by medians;", end=" ")
    print(f"round by round {median(ratios):.1f}, least {min(ratios):.1f}")


if __name__ == "__main__":
    main()
