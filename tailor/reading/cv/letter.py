"""What stands around a CV and is none of it: the mail it came in, and a label before the name.

Also dates that a narrow column broke over two lines: all this is set right before the lines are
told apart, since what is around a line tells what it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tailor.reading.cv.cells import split_label
from tailor.reading.cv.dates import DASHES, find_dates, has_year, read_whole
from tailor.reading.cv.headings import is_known_section, section_of_label
from tailor.reading.cv.names import best_kind, names_places
from tailor.reading.lines import Line, LineKind, clean
from tailor.values.cv import RichText
from tailor.values.resources import data_toml

_TOP, _END = 14, 12  # lines at the top and at the end in which a letter's words may stand
_SHORT = 8  # words of a greeting, a signature and the like
_SENTENCE_ENDS = (".", "!", "?", ":", "…")
_FIRST_CELL = re.compile(r"\s{0,9}(\S[^\t]{0,30}?)\s{0,9}(?:\t|\s{2}|$)")
# A period at the end of a line, behind a gap: "2011-16"; and a month that begins one: "2011-06 –".
_SHORT_PERIOD = re.compile(
    r"(?:^|\t|\s\s|[,|(])\s?((?:19|20)\d\d)[-–/](\d\d)(?:\)?\s?$|(?=\s\s|\t))"
)
_MONTH_FIRST = re.compile(r"(?:19|20)\d\d[-/](?:0[1-9]|1[0-2])\s?(?:[-–—]|to\b)")
_MONTHS = 12
_BEFORE_DATES = frozenset("on in am im den le the vom".split())
# "Flensburg, 22.11.2026"; what may be a remark behind a heading.
_SIGNED = re.compile(r"[^\W\d][^\d,]{2,30},\s(?:den |le |the )?\d{1,2}[./ ][^,]{3,20}")
_REMARK = re.compile(
    r"\s{0,9}:?\s{0,9}(?:\((?P<bracket>[^()]{5,60})\):?|\s[-–—]\s(?P<rest>[^-–—|,;:]{3,60})"
    r"|\s(?P<more>\(?cont(?:inued|['’]?d)\b\.?\)?))\s{0,9}$",
    re.IGNORECASE,
)
_NO_NAMES = frozenset({"title", "skill", "degree", "heading", "sentence"})
_LONGEST = 300  # characters; no line of a head is longer


def without_letter(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines of a CV without those of the mail around it, and these.

    A mail begins with lines such as "Subject: My CV", or with a greeting, and goes on in sentences
    until the CV begins. Below the CV it ends with "Kind regards," and a name.
    """
    start = _greeting_end(lines, _header_end(lines))
    end = _closing(lines, start)
    return list(lines[start:end]), [*lines[:start], *lines[end:]]


def is_on_request(line: Line) -> bool:
    """Return whether a line says that there are referees, and names none."""
    words = _bare(line).split()
    if not 1 < len(words) <= _SHORT or section_of_label(words[0]) != "references":
        return False
    return any(" ".join(words).endswith(f" {phrase}") for phrase in _words("on_request"))


def is_beside(line: Line, *, at_top: bool) -> bool:
    """Return whether a line speaks of the CV and not of the person, or swears that it is true."""
    text = f" {_bare(line)} "
    if any(f" {phrase}" in text for phrase in _words("sworn")):
        return True
    noted = _begun(text.strip(), "noted") > 0
    return noted and line.kind is not LineKind.ITEM and (at_top or len(text.split()) <= _SHORT)


def is_consent(line: Line) -> bool:
    """Return whether a line allows that personal data are used, as employers in places ask for."""
    text = _bare(line)
    return all(any(words in text for words in _words(kind)) for kind in ("allows", "data"))


def _header_end(lines: Sequence[Line]) -> int:
    """Return where the labelled lines of a mail end, 0 if it has not two of them at its top."""
    end = 0
    while end < len(lines) and _label(lines[end]) in _words("headers"):
        end += 1
    return end if end > 1 and "@" in "".join(line.plain for line in lines[:end]) else 0


def _label(line: Line) -> str:
    return split_label(clean(line.text).plain)[0].casefold()


def _greeting_end(lines: Sequence[Line], start: int) -> int:
    """Return where the letter above the CV ends, `start` where none greets anybody."""
    top = next(
        (i for i, line in enumerate(lines[:_TOP]) if i >= start and is_known_section(line.text)),
        min(_TOP, len(lines)),
    )
    greeting = next((i for i in range(start, top) if _greets(lines[i], mailed=start > 0)), None)
    if greeting is None:
        return start
    end = greeting + 1
    while end < len(lines) and _is_sentence(lines[end]):
        end += 1
    if end < len(lines) and _closes(lines[end]):
        end += 1
        names = set(_bare(lines[end]).split()) if end < len(lines) else set()
        again = {word for line in lines[end + 1 : end + 4] for word in _bare(line).split()}
        end += bool(names) and names <= again  # the signature: the name stands once more below
    return end if end < len(lines) else start


def _greets(line: Line, *, mailed: bool) -> bool:
    """Return whether a line greets somebody; in a mail it needs no comma at its end."""
    text = _bare(line)
    known = any(f"{text} ".startswith(f"{words} ") for words in _words("greetings"))
    ends = mailed or line.plain.rstrip().endswith(",")
    return known and ends and line.kind is LineKind.PARAGRAPH and len(text.split()) <= _SHORT


def _is_sentence(line: Line) -> bool:
    if line.kind is not LineKind.PARAGRAPH or is_known_section(line.text):
        return False
    whole = line.plain.rstrip().endswith(_SENTENCE_ENDS) or line.plain.lstrip()[:1].islower()
    return whole and len(line.plain.split()) > 2


def _closing(lines: Sequence[Line], start: int) -> int:
    """Return where the end of a letter begins below the CV, the number of lines without one."""
    for index in range(max(start + 1, len(lines) - _END), len(lines)):
        below = lines[index:]
        if any(is_known_section(line.text) or line.kind is LineKind.ITEM for line in below):
            continue
        short = all(len(line.plain.split()) <= _SHORT for line in below)
        if short and (_closes(lines[index]) or _is_of_program(lines[index])):
            return index
    return len(lines)


def _closes(line: Line) -> bool:
    return line.kind is LineKind.PARAGRAPH and _bare(line) in _words("closings")


def _is_of_program(line: Line) -> bool:
    return any(_bare(line).startswith(f"{words} ") for words in _words("programs"))


def _bare(line: Line) -> str:
    """Return the words of a line in small letters, without the marks at its end."""
    return clean(line.text).plain.casefold().replace("’", "'").strip(" ,.!;:–—-")


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(data_toml("letters.toml")[kind])


def _begun(text: str, kind: str) -> int:
    """Return where the longest phrase of a kind ends with which a text begins, 0 without one."""
    found = (len(words) for words in _words(kind) if text.startswith(words))
    return max((end for end in found if not text[end : end + 1].isalnum()), default=0)


def without_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines without those that say nothing of the person, and these.

    They say when the file was written, number a page or repeat the name there, or tell how a list
    is ordered; so does a bracket behind a heading: "Experience (most recent first)".
    """
    own: list[Line] = []
    around: list[Line] = []
    gap = False
    for index, line in enumerate(lines):
        start = _furniture(line, own[0] if own else line, is_last=index == len(lines) - 1)
        if start is not None:
            around.append(replace(line, text=line.text.slice(start)))
        if start == 0:
            gap = gap or line.gap
            continue
        text = line.text.slice(0, start).strip() if start else line.text
        own.append(replace(line, text=text, gap=line.gap or gap))
        gap = False
    return own, around


def _furniture(line: Line, first: Line, *, is_last: bool) -> int | None:
    """Return where what is no line of the CV begins on a line, None where all of it is one."""
    text = clean(line.text).plain
    if len(line.plain) > _LONGEST or line.kind is LineKind.ITEM:
        return None
    if _tells_order(text) or _tells_writing(text) or (is_last and _SIGNED.fullmatch(text)):
        return 0
    remark = _REMARK.search(line.plain)
    if remark and len(line.plain[: remark.start()].split()) < _SHORT:
        bracketed, rest = remark["bracket"] or "", remark["rest"] or ""
        heads = is_known_section(line.text.slice(0, remark.start()))
        ordered = _tells_order(bracketed) or _tells_order(rest)
        if ordered or (heads and (remark["more"] or _is_remark(bracketed, rest))):
            return remark.start()
    page = _page_number().search(line.plain)
    if not page:
        return None
    words = line.plain[: page.start()].casefold() + line.plain[page.end() :].casefold()
    known = {word.casefold() for word in first.plain.split()} | set(_document_words())
    if any(word not in known for word in re.findall(r"[^\W\d_]+", words)):
        return None
    cell = line.plain.rfind("  ", 0, page.start()), line.plain.rfind("\t", 0, page.start())
    return 0 if line is not first else max(*cell, 0) or None


def _is_remark(bracketed: str, rest: str) -> bool:
    """Return whether what stands behind a heading is said of its list: "(copies if wanted)"."""
    words = re.findall(r"[^\W\d_']+", (bracketed or rest).casefold().replace("’", "'"))
    small = len(words) > 1 and bracketed.islower() and not has_year(bracketed)
    return small or not _words("remarks").isdisjoint(words)


def _tells_order(text: str) -> bool:
    words = re.findall(r"[^\W_]+", text.casefold())
    known, told = _words("order"), _words("order_told")
    return 0 < len(words) <= _SHORT and known.issuperset(words) and not told.isdisjoint(words)


def _tells_writing(text: str) -> bool:
    """Return whether a text says when the file was written and no more."""
    if len(text.split()) > _SHORT or not has_year(text):
        return False
    bare = text.casefold().strip(" ()[]*_.–—-")
    rest = bare[_begun(bare, "updated") or len(bare) :]
    for span in reversed(find_dates(rest)):
        rest = rest[: span.start] + rest[span.end :]
    return rest != "" and not set(re.findall(r"[^\W\d_]+", rest)) - _BEFORE_DATES


@cache
def _page_number() -> re.Pattern[str]:
    pages, of = ("|".join(map(re.escape, _words(kind))) for kind in ("pages", "of_pages"))
    return re.compile(
        rf"(?:\b(?:{pages})\b\.?\s?\d{{1,2}}|^\W{{0,3}}\d{{1,2}}(?=\s?(?:\b(?:{of})\b|/)\s?\d{{1,2}}\W{{0,3}}$))"
        rf"(?:\s?(?:\b(?:{of})\b|/)\s?\d{{1,2}})?\W{{0,3}}$",
        re.IGNORECASE,
    )


@cache
def _document_words() -> frozenset[str]:
    names = data_toml("headings.toml")["document"]["synonyms"]
    return frozenset(word for name in names for word in name.split())


def without_label(line: Line) -> Line:
    """Return the line of a name without what says what the file is: "Curriculum Vitae: Ann Lee".

    What follows has to be a name: two words or more with capitals, and no job's title.
    """
    match = _of_document().match(line.plain) if len(line.plain) <= _LONGEST else None
    if not match:
        return line
    text = re.split(r"[,|\t(]", line.plain[match.end() :])[0]
    words = text.split()
    names = [word for word in words if word[:1].isupper() and word[-1:] not in {":", ";"}]
    named = 2 <= len(names) >= len(words) - 2 and not any(map(str.isdigit, text))
    if not named or best_kind(text.strip())[0] in _NO_NAMES:
        return line
    return replace(line, text=line.text.slice(match.end()))


@cache
def _of_document() -> re.Pattern[str]:
    names = sorted(data_toml("headings.toml")["document"]["synonyms"], key=len, reverse=True)
    return re.compile(
        rf"\W{{0,3}}(?:{'|'.join(map(re.escape, names))})"
        r"\s{0,3}(?:[:|\t–—-]|\b(?:of|for|von|de|di|van|af|av)\b)\s{0,3}(?=\S)",
        re.IGNORECASE,
    )


def with_whole_periods(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with each period on one line: "May 2011 -" above "June 2013" is one.

    The end stands at the beginning of the next line, and maybe more behind it, as a narrow column
    of dates breaks it.
    """
    kept: list[Line] = []
    for line in lines:
        above = kept[-1] if kept else None
        cells = _broken_period(above, line) if above and not line.gap else None
        if not above or not cells:
            kept.append(line)
            continue
        (start, rest), (end, after) = cells
        period = f"{start} {end}" + "\t" * (rest < len(above.plain))
        kept[-1] = replace(above, text=RichText.of(period) + above.text.slice(rest))
        if after < len(line.plain):
            kept.append(replace(line, text=line.text.slice(after)))
    return kept


def with_plain_years(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with "2008-11" as years where the CV writes periods so: "2011-16".

    By itself it would be November 2008.
    """
    found = [_SHORT_PERIOD.search(line.plain) for line in lines]
    years = [(int(match[1]), int(match[2])) for match in found if match]
    is_usual = any(two > _MONTHS for _, two in years)
    if not is_usual or any(_MONTH_FIRST.search(line.plain) for line in lines):
        return list(lines)
    return [
        replace(
            line,
            text=line.text.slice(0, match.start(1))
            + RichText.of(f"{match[1]} – {match[1][:2]}{match[2]}")
            + line.text.slice(match.end(2)),
        )
        if match
        and int(match[1]) % 100 < int(match[2]) <= _MONTHS
        and not names_places(line.plain[: match.start()].strip())
        else line
        for line, match in zip(lines, found, strict=True)
    ]


def _broken_period(above: Line, line: Line) -> tuple[tuple[str, int], tuple[str, int]] | None:
    """Return the two ends of a period in two lines, with where what follows them begins."""
    if not has_year(above.plain[:_LONGEST]):
        return None
    first, second = _FIRST_CELL.match(above.plain), _FIRST_CELL.match(line.plain)
    if not first or not second or first[1][-1] not in DASHES:
        return None
    (open_one, *others), whole = (
        find_dates(first[1]) or [None],
        read_whole(f"{first[1]} {second[1]}"),
    )
    if not open_one or others or not whole or not whole.is_range or whole.swapped:
        return None
    return (first[1], first.end()), (second[1], second.end())
