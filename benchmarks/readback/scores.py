"""How much of a document a reader found, in points out of 100.

A text reader gives one text. A parser gives a name, an address and texts of jobs and of
education. What a document does not have (an e-mail address, say) is not asked for, and the
other parts count for more.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from readback.truth import Job, Truth

TEXT_WEIGHTS = {
    "name": 15, "e-mail": 10, "headings": 15, "title, employer": 15, "dates": 15, "bullets": 15,
    "words": 10, "letters": 5,
}  # fmt: skip
PARSER_WEIGHTS = {
    "name": 15, "e-mail": 15, "title": 15, "employer": 15, "dates": 15, "bullets": 15,
    "education": 10,
}  # fmt: skip
NEAR = 200  # characters between a title and its dates
# Not text: replacement, private use, control; and UTF-8 that was read as Windows-1252.
_MOJIBAKE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]|â€|Ã[\x80-\xbf©¨¶¼¤]")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_BARE_LINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]*)>")
_DASH = re.compile(r"\s*[-–]\s*")
_TAG = re.compile(r"</?(?:a|b|i|u|h\d|span)\b[^<>]*>")
_ESCAPE = re.compile(r"\\([^\w\s])")
_EMPHASIS = re.compile(r"[*_`]+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Score:
    """Points by part, each 0 to its weight; a part that was not asked for is absent."""

    weights: Mapping[str, float]
    shares: Mapping[str, float]

    @property
    def total(self) -> float:
        """Points out of 100."""
        asked = sum(self.weights[part] for part in self.shares)
        return 100 * sum(self.weights[p] * share for p, share in self.shares.items()) / asked


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser gave: `jobs` as one text each, or one for all; `education` likewise.

    `apart` says that the parser tells jobs apart: then a text of several jobs is the first one's.
    """

    name: str
    emails: tuple[str, ...]
    jobs: tuple[str, ...]
    education: tuple[str, ...]
    apart: bool = False


def fold(text: str) -> str:
    """Return text in one form: white space is one space, marks of emphasis are gone."""
    return _SPACE.sub(" ", _EMPHASIS.sub("", text)).strip()


def lines_of(text: str, markup: str = "") -> list[str]:
    """Return the lines of a reader's text that are not empty, without the reader's own markup.

    `markup` is "markdown", "html" or "".
    """
    if markup == "markdown":
        text = _BARE_LINK.sub(r"\1", _LINK.sub(r"\1", text))
        text = html.unescape(_ESCAPE.sub(r"\1", text))
    elif markup == "html":
        text = html.unescape(_TAG.sub("", text))
    return [line for line in map(fold, text.splitlines()) if line]


def score_text(text: str, truth: Truth, markup: str = "") -> Score:
    """Score the text that a reader found."""
    lines = lines_of(text, markup)
    flat = " ".join(lines)
    shares = {
        "name": float(bool(lines) and _bare(lines[0]) == fold(truth.name)),
        "e-mail": found(truth.email, flat) if truth.email else None,
        "headings": in_order(truth.headings, lines),
        "title, employer": _mean(
            found(name, flat) for job in truth.entries for name in (job.title, job.employer) if name
        ),
        "dates": _mean(_near(job, flat) for job in truth.entries if job.dates != job.title),
        "bullets": whole(truth.bullets, flat),
        "words": _recall(truth.text, flat),
        "letters": float(bool(flat) and not _MOJIBAKE.search(text)),
    }
    return Score(TEXT_WEIGHTS, {part: s for part, s in shares.items() if s is not None})


def score_parsed(parsed: Parsed, truth: Truth) -> Score:
    """Score what a parser found."""
    jobs = [fold(job) for job in parsed.jobs]
    if parsed.apart:
        jobs = [part for job in jobs if (part := _first_job(job, truth.jobs))]
    blocks = [_block(job, truth.jobs, jobs) for job in truth.jobs]
    pairs = list(zip(truth.jobs, blocks, strict=True))
    shares = {
        "name": float(fold(parsed.name) == fold(truth.name)),
        "e-mail": float(truth.email in parsed.emails) if truth.email else None,
        "title": _mean(float(bool(block)) for block in blocks),
        "employer": _mean(found(job.employer, b) for job, b in pairs if job.employer),
        "dates": _mean(dated(job.dates, b) for job, b in pairs if job.dates),
        "bullets": _mean(
            whole([bullet], block) or 0.0 for job, block in pairs for bullet in job.bullets
        ),
        "education": _mean(_studied(degree, parsed.education) for degree in truth.degrees),
    }
    return Score(PARSER_WEIGHTS, {part: s for part, s in shares.items() if s is not None})


def found(name: str, text: str) -> float:
    """Return 1.0 if `name` stands in `text` on its own, not grown together with a neighbour."""
    return float(bool(re.search(_alone(name), text)))


def dated(dates: str, text: str) -> float:
    """Return 1.0 if `dates` stand in `text`, whichever dash a reader made of theirs."""
    return found(_DASH.sub(" - ", dates), _DASH.sub(" - ", text))


def whole(bullets: Sequence[str], text: str) -> float | None:
    """Return the share of bullets that stand in `text` whole, each after the one before."""
    at = 0
    hits = 0
    for bullet in bullets:
        place = re.compile(_alone(bullet)).search(text, at)
        if place:
            hits += 1
            at = place.end()
    return hits / len(bullets) if bullets else None


def in_order(headings: Sequence[str], lines: Sequence[str]) -> float | None:
    """Return the share of headings that stand alone on a line, each after the one before."""
    at = 0
    hits = 0
    for heading in headings:
        wanted = fold(heading).casefold()
        place = next((n for n in range(at, len(lines)) if _bare(lines[n]).casefold() == wanted), -1)
        if place >= 0:
            hits += 1
            at = place + 1
    return hits / len(headings) if headings else None


def _alone(name: str) -> str:
    return rf"(?<!\w){re.escape(fold(name))}(?!\w)"


def _bare(line: str) -> str:
    """Return a line without the marks of a heading in Markdown."""
    return line.lstrip("# ").rstrip(": ")


def _near(job: Job, text: str) -> float | None:
    if not job.dates:
        return None
    for place in re.finditer(_alone(job.title), text):
        around = text[max(place.start() - NEAR, 0) : place.end() + NEAR]
        if dated(job.dates, around):
            return 1.0
    return 0.0


def _recall(truth: str, text: str) -> float:
    wanted = Counter(re.findall(r"\w+", fold(truth)))
    had = Counter(re.findall(r"\w+", text))
    return sum((wanted & had).values()) / max(sum(wanted.values()), 1)


def _block(job: Job, jobs: Sequence[Job], texts: Sequence[str]) -> str:
    """Return the part of the parser's texts that is this job's: from its title to the next one's.

    Where the title stands more than once, the place with the job's dates beside it counts.
    """
    blocks = []
    for text in texts:
        for place in re.finditer(_alone(job.title), text):
            rest = text[place.start() :]
            starts = [at for other in jobs if other != job for at in _starts(other, rest)]
            blocks.append(rest[: min(starts, default=len(rest))])
    near = len(job.title) + NEAR
    return next((b for b in blocks if dated(job.dates, b[:near])), next(iter(blocks), ""))


def _first_job(text: str, jobs: Sequence[Job]) -> str:
    """Return a text up to where its second job begins."""
    starts = sorted(at for job in jobs for at in _starts(job, text))
    return text[: starts[1]] if len(starts) > 1 else text


def _starts(job: Job, text: str) -> list[int]:
    """Return where the line of a job begins, its title and its dates."""
    line = _alone(f"{job.title} {job.dates}".strip())
    return [place.start() for place in re.finditer(line, text)]


def _studied(degree: Job, education: Iterable[str]) -> float:
    """Return how much of a degree stands in one text of education: its title, and its school.

    A parser that gives degrees in short ("PhD", and a year) has the title by its first word.
    """
    short = degree.title.partition(" ")[0].rstrip(",")
    years = re.findall(r"\d{4}", degree.dates)
    best = 0.0
    for text in map(fold, education):
        in_short = found(short, text) and any(found(year, text) for year in years)
        parts = [max(found(degree.title, text), float(in_short))]
        if degree.employer:
            parts.append(found(degree.employer, text))
        best = max(best, sum(parts) / len(parts))
    return best


def _mean(shares: Iterable[float | None]) -> float | None:
    known = [share for share in shares if share is not None]
    return sum(known) / len(known) if known else None
