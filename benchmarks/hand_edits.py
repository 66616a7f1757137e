"""Change words of tailored files by hand; see whether `tailor check --cv` finds each.

    python benchmarks/hand_edits.py [--files 200]

Tailored files of the samples, of the CVs in the shared folder where it is there, and of random
CVs; one word of each is changed in the XML of the file. The check has to find exactly that line,
and nothing in the file as it was. Prints a table by the way of the change and by the paragraph's
style. An edit that makes what tailor itself might have printed of the same CV (another usual
heading for the section, a title as headline, a whole statement fewer) is no edit, and drawn anew.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any, cast

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import tailor
from tailor.checking.check import check
from tailor.checking.findings import Provenance, Verdict
from tailor.checking.printable import fold, usual_kind
from tailor.document.resume import resume_docx
from tailor.layout.typography import LOOKS, Style
from tailor.selection.composition import line_paragraph
from tailor.selection.tailored_cv import ChosenLine, TailoredCv
from tailor.values.cv import Cv
from tailor.values.errors import TailorError

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("TAILOR_SHARED", ROOT.parent / "shared"))
WAYS = ("replaced", "digit changed", "removed", "added")
LINE_WAYS = {"joined": Verdict.MERGED, "made up": Verdict.NEW, "moved": Verdict.MISPLACED}
# In no CV here.
STRANGERS = ("zeppelin", "Quixotry", "marzipan", "Vellichor", "9,417", "gondoliers")
_TOKEN = re.compile(r"\S+")
_TRIES = 60


@dataclass(frozen=True)
class Source:
    """A tailored file, and the CV that it is of."""

    kind: str
    data: bytes
    cv: Cv


@dataclass(frozen=True)
class Edit:
    """An edited file: which way, the paragraph's number (empty ones count), before and after."""

    data: bytes
    way: str
    number: int
    style: str
    before: str
    after: str


def edited(source: Source, chance: random.Random, way: str) -> Edit:
    """Change one word of a file; raise LookupError where none can be changed that way."""
    for _ in range(_TRIES):
        edit = _draw(source.data, chance, way)
        if edit is not None and not might_be_printed(source.cv, edit):
            return edit
    raise LookupError(way)


def _draw(data: bytes, chance: random.Random, way: str) -> Edit | None:
    document = Document(io.BytesIO(data))
    number = chance.randrange(len(document.paragraphs))
    paragraph: Any = document.paragraphs[number]
    texts = [t for t in paragraph._p.iter(qn("w:t")) if re.search(r"\w", t.text or "")]  # noqa: SLF001
    before = _text(paragraph)
    if not texts:
        return None
    text = chance.choice(texts)
    words = [m for m in _TOKEN.finditer(text.text) if re.search(r"\w", m.group())]
    if way == "digit changed":
        words = [m for m in words if re.search("[0-9]", m.group())]
    if not words or (way == "removed" and len(re.findall(r"\w+", before)) < 2):
        return None
    word = chance.choice(words)
    stranger = chance.choice(STRANGERS)
    new = {
        "replaced": stranger,
        "digit changed": re.sub(
            "[0-9]", lambda digit: str((int(digit[0]) + 1) % 10), word.group(), count=1
        ),
        "removed": "",
        "added": f"{word.group()} {stranger}",
    }[way]
    text.text = text.text[: word.start()] + new + text.text[word.end() :]
    text.set(qn("xml:space"), "preserve")
    stream = io.BytesIO()
    document.save(stream)
    after = _text(paragraph)
    return Edit(stream.getvalue(), way, number + 1, paragraph.style.name, before, after)


def line_edited(source: Source, chance: random.Random, way: str) -> Edit | None:
    """Join two bullets of one job, make one up, or move one to another job; None if it has none."""
    document = Document(io.BytesIO(source.data))
    paragraphs: list[Any] = document.paragraphs
    bullets = [n for n, one in enumerate(paragraphs) if one.style.name == "List Bullet"]
    # Lines of a word or two are in others by chance, and those of two jobs may be the same.
    texts = Counter(one.text for one in paragraphs)
    bullets = [
        n for n in bullets if len(_words(paragraphs[n])) > 4 and texts[paragraphs[n].text] < 2
    ]
    chance.shuffle(bullets)
    first, second = next(
        ((a, b) for a in bullets for b in bullets if _are(way, paragraphs, a, b)), (-1, -1)
    )
    if first < 0:
        return None
    before, number = paragraphs[first].text, first
    if way == "joined":
        tail = paragraphs[second].text
        paragraphs[first].add_run(f"{chance.choice([' ', '; ', ' and '])}{tail}")
        paragraphs[second]._p.getparent().remove(paragraphs[second]._p)  # noqa: SLF001
    elif way == "made up":
        new = deepcopy(paragraphs[first]._p)  # noqa: SLF001
        paragraphs[first]._p.addnext(new)  # noqa: SLF001
        number = first + 1
        line: Any = Document(io.BytesIO(source.data)).paragraphs[first]
        line._p = line._element = new  # noqa: SLF001
        line.text = " ".join(chance.sample(STRANGERS, len(STRANGERS)))
    else:
        paragraphs[second]._p.addnext(paragraphs[first]._p)  # noqa: SLF001
        number = second if first < second else second + 1
    stream = io.BytesIO()
    document.save(stream)
    after = _text(Document(io.BytesIO(stream.getvalue())).paragraphs[number])
    return Edit(stream.getvalue(), way, number + 1, "List Bullet", before, after)


def _are(way: str, paragraphs: list[Any], first: int, second: int) -> bool:
    """Return whether two bullets are of one job, or for a move of two."""
    if way == "made up":
        return first == second
    between = range(min(first, second) + 1, max(first, second))
    apart = any(paragraphs[n].style.name != "List Bullet" for n in between)
    return first != second and (apart if way == "moved" else second == first + 1)


def _words(paragraph: Paragraph) -> list[str]:
    return re.findall(r"\w+", paragraph.text)


def _text(paragraph: Paragraph) -> str:
    runs = paragraph._p.iter(qn("w:t"), qn("w:tab"))  # noqa: SLF001
    return "".join("\t" if run.tag == qn("w:tab") else run.text or "" for run in runs)


def might_be_printed(cv: Cv, edit: Edit) -> bool:
    """Return whether tailor might print the edited paragraph of the same CV in its place."""
    before, after = fold(edit.before), fold(edit.after)
    if not after or before == after:
        return True
    kind = usual_kind(after)
    if edit.style.lower() == "heading 1":
        own = {fold(s.heading) for s in cv.sections if s.kind is usual_kind(before)}
        return (kind is not None and kind is usual_kind(before)) or after in own
    if edit.style == "Headline":
        return after in {fold(title) for entry in cv.entries for title in entry.titles}
    for bullet in cv.bullets():
        for many in range(1, len(bullet.statements) + 1):
            texts = {
                fold(line_paragraph(ChosenLine(bullet, kept), Style.BULLET).text.plain)
                for kept in combinations(bullet.statements, many)
            }
            if before in texts or many == len(bullet.statements):
                if after in texts:
                    return True
            elif after in texts:
                return True
    return False


def provenance(data: bytes, cv: Cv) -> Provenance:
    """What the check finds of a file's lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "resume.docx"
        path.write_bytes(data)
        found = check(path, master=cv).provenance
    return cast("Provenance", found)  # there, since a master CV was given


def finds_exactly(found: Provenance, edit: Edit) -> bool:
    """Return whether the check names the edited line and nothing else."""
    return [line.place.number for line in found.strange] == [edit.number] and not found.missing


def sources(many: int, chance: random.Random) -> Iterator[Source]:
    """Yield tailored files of samples, shared CVs and random ones, about a third each."""
    third = many // 3
    real = [path for path in _shared_cvs() if path.is_file()]
    yield from _of_files(
        "sample", [ROOT / "data" / "sample_cv.md"], many - third * (1 + bool(real)), chance
    )
    if real:
        yield from _of_files("shared", real, third, chance)
    yield from _random(third)


def _shared_cvs() -> Iterator[Path]:
    for name in ("master_cv.md", "jsonresume_sample.json", "rendercv_sample.yaml"):
        yield SHARED / "cvs" / name
    yield from sorted((SHARED / "cvs" / "pdf").glob("*.pdf"))


def _postings(chance: random.Random) -> list[Any]:
    found: list[Any] = [
        tailor.read_posting(path) for path in sorted((ROOT / "data").glob("sample_posting_*.txt"))
    ]
    path = SHARED / "postings" / "postings.jsonl.gz"
    if path.is_file():
        import gzip
        import json

        from tailor.reading.posting.text import parse_posting

        with gzip.open(path, "rt", encoding="utf-8") as stream:
            rows = [json.loads(row) for row in stream]
        found += [parse_posting(row["text"]) for row in chance.sample(rows, 40)]
    return found


def _of_files(kind: str, paths: list[Path], many: int, chance: random.Random) -> Iterator[Source]:
    cvs = [tailor.read_cv(path) for path in paths]
    postings = _postings(chance)
    made = 0
    while made < many:
        cv = cvs[made % len(cvs)]
        try:
            matched = tailor.match(cv, chance.choice(postings))
            resume = tailor.select(
                matched,
                look=chance.choice(list(LOOKS)),
                keep_headings=chance.random() < 0.3,
                plain_hyphens=chance.random() < 0.3,
            )
        except TailorError:  # a posting that asks for nothing, or too many entries
            continue
        made += 1
        yield Source(kind, resume_docx(resume), cv)


def _random(many: int) -> list[Source]:
    """Tailored files of random CVs, the same ones each time."""
    sys.path.insert(0, str(ROOT / "tests"))
    from strategies import tailored_cvs

    found: list[Source] = []

    @seed(20)
    @settings(
        max_examples=4 * many,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(tailored_cvs(), st.booleans())
    def collect(drawn: tuple[TailoredCv, int], hyphens: bool) -> None:
        resume, _ = drawn
        resume = replace(resume, design=replace(resume.design, plain_hyphens=hyphens))
        if len(list(resume.chosen_lines())) > 2:
            found.append(Source("random", resume_docx(resume), resume.cv))

    collect()
    return found[-many:]


@dataclass
class Found:
    """What was found by way and style, in the files as they were, and what went wrong."""

    edits: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    clean: Counter[tuple[str, bool]] = field(default_factory=Counter)
    lines: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def run(many: int) -> Found:
    """Make the edits, and check every file."""
    chance = random.Random(11)  # noqa: S311 - no secret
    found_in = Found()
    edits, clean, wrong = found_in.edits, found_in.clean, found_in.wrong
    for number, source in enumerate(sources(many, chance)):
        untouched = provenance(source.data, source.cv)
        silent = not untouched.strange and not untouched.missing
        clean[source.kind, silent] += 1
        if not silent:
            wrong.append(f"{source.kind} untouched: {untouched.strange} {untouched.missing}")
        try:
            edit = edited(source, chance, WAYS[number % len(WAYS)])
        except LookupError:  # no digit in it
            edit = edited(source, chance, "replaced")
        found = provenance(edit.data, source.cv)
        exact = finds_exactly(found, edit)
        edits[edit.way, edit.style, exact] += 1
        if not exact:
            wrong.append(
                f"{source.kind} {edit.way} {edit.number} {edit.before!r} -> {edit.after!r}: "
                f"{[(j.place.number, j.verdict.value, j.text, j.why) for j in found.strange]} "
                f"{found.missing}"
            )
        for way, wanted in LINE_WAYS.items():
            made = line_edited(source, chance, way)
            if made is None:
                continue
            found = provenance(made.data, source.cv)
            told = [line.verdict for line in found.strange]
            named = "as such" if told == [wanted] else "otherwise"
            found_in.lines[way, named if finds_exactly(found, made) else "not, or more"] += 1
            if told != [wanted] or not finds_exactly(found, made):
                wrong.append(
                    f"{source.kind} {way} {made.number} {made.after!r}: "
                    f"{[(j.place.number, j.verdict.value, j.text, j.why) for j in found.strange]}"
                )
    return found_in


def main() -> None:
    """Print the table for docs/check.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=200, help="how many tailored files")
    found = run(parser.parse_args().files)
    edits, clean = found.edits, found.clean
    styles = sorted({style for _, style, _ in edits})
    print(f"| one word | {' | '.join(styles)} | all |")
    print("|---" * (len(styles) + 2) + "|")
    for way in (*WAYS, "all"):
        cells = []
        for style in (*styles, "all"):
            counted = Counter[bool]()
            for (a, b, exact), times in edits.items():
                if way in {a, "all"} and style in {b, "all"}:
                    counted[exact] += times
            cells.append(f"{counted[True]} of {counted.total()}" if counted else "")
        print(f"| {way} | {' | '.join(cells)} |")
    print()
    for kind in dict.fromkeys(kind for kind, _ in clean):
        print(
            f"untouched, {kind}: nothing found in {clean[kind, True]} of "
            f"{clean[kind, True] + clean[kind, False]}"
        )
    print("\n| a whole line | only it, told as such | only it, told otherwise | not, or more |")
    print("|---|---|---|---|")
    for way in LINE_WAYS:
        counts = [found.lines[way, named] for named in ("as such", "otherwise", "not, or more")]
        print(f"| {way} | {' | '.join(map(str, counts))} |")
    for line in found.wrong:
        print(line, file=sys.stderr)


if __name__ == "__main__":
    main()
