"""Rows of tables, most of which are there for the layout: which cells make one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from tailor.reading.cv.dates import locate_period
from tailor.reading.word.drafts import Draft, apart
from tailor.reading.word.headings import is_known_section
from tailor.values.cv import RichText

_SHORT = 90  # characters of a cell that may share its line with others
_LONGEST_DATES = 40
_HEAD_LINES = 3  # lines of dates and places beside the head of an entry


def row_drafts(cells: Sequence[list[Draft]]) -> list[Draft]:
    """Return the lines of a row, given those of its cells.

    Cells of one short line each make one line with tabs between. Dates in a
    narrow column join the first lines of the entry beside them. Any other cell
    is read from top to bottom before the next one.
    """
    filled = [found for cell in cells if (found := _trimmed(cell))]
    if len(filled) < 2:
        # Space inside the only cell is the page's own.
        return list(next((cell for cell in cells if _trimmed(cell)), cells[0] if cells else []))
    if all(len(cell) == 1 for cell in filled):
        return _one_line([cell[0] for cell in filled])
    if len(filled) == 2:
        joined = _dates_beside(filled[0], filled[1])
        if joined:
            return joined
    return [line for cell in filled for line in apart(cell)]


def _trimmed(cell: list[Draft]) -> list[Draft]:
    """Without empty paragraphs at both ends."""
    texts = [index for index, line in enumerate(cell) if line.text]
    return cell[texts[0] : texts[-1] + 1] if texts else []


def _one_line(lines: list[Draft]) -> list[Draft]:
    dated = any(_is_dates(line) for line in lines)
    too_long = any(len(line.plain) > _SHORT for line in lines)
    listed = all(line.depth for line in lines)
    headed = not dated and (lines[0].heading or is_known_section(lines[0]))
    if (too_long and not dated) or listed or headed:
        return [line for each in lines for line in apart([each])]
    return [_joined(lines)]


def _dates_beside(left: list[Draft], right: list[Draft]) -> list[Draft]:
    """Return the lines of an entry with its dates in the other column, [] if it is none."""
    for column, entry in ((left, right), (right, left)):
        lines = [line for line in column if line.text]
        short = len(lines) <= _HEAD_LINES and all(len(line.plain) <= _SHORT for line in lines)
        lines = _one_period(lines)
        if not (short and _is_dates(lines[0])) or any(line.depth for line in lines):
            continue
        found: list[Draft] = []
        for dates, line in zip_longest(lines, entry[: len(lines)]):
            if line is None or not line.text or line.depth:
                found += [each for each in (dates, line) if each]
            else:
                found.append(_joined((dates, line) if column is left else (line, dates)))
        return apart(found) + entry[len(lines) :]
    return []


def _one_period(lines: list[Draft]) -> list[Draft]:
    """Join "Jan 2019 –" and "Mar 2021" on two lines of a narrow column."""
    if len(lines) == 2:
        together = lines[0].text + RichText.of(" ") + lines[1].text
        found = locate_period(together.plain)
        if found and found.start == found.end and found.is_range:
            return [replace(lines[0], text=together)]
    return lines


def _joined(lines: Sequence[Draft]) -> Draft:
    head = next((line for line in lines if line.heading), lines[0])
    text = lines[0].text
    for line in lines[1:]:
        text = text + RichText.of("\t") + line.text
    looks = next((line.look for line in lines if not _is_dates(line)), head.look)
    pages = any(line.pages for line in lines)
    before, after = max(line.before for line in lines), max(line.after for line in lines)
    return replace(
        head, text=text, look=looks, depth=lines[0].depth, pages=pages, before=before, after=after
    )


def _is_dates(line: Draft) -> bool:
    if len(line.plain) > _LONGEST_DATES:
        return False
    found = locate_period(line.plain)
    return found is not None and found.start == found.end
