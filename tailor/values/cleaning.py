"""The declared clean-up: everything by which the words of the page differ from those of the CV.

- A line break of any kind becomes a space.
- Dropped: control characters; what XML cannot hold; private-use characters
  (icon fonts); soft hyphens; zero-width and direction marks, which a reader
  cannot see and a parser may stumble over.
- A zero-width joiner or non-joiner stays between two letters that are not
  ASCII: Persian, several Indian scripts and some emoji need it.
- A tab gets a space before it, since some readers drop tabs.

The ranges are spelt out, not asked of `unicodedata`, whose answers change with
the version of Python.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tailor.values.cv import RichText

_LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNWANTED = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # controls
    "\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # cannot be seen
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff"  # no characters
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff"  # tags, private use
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xF0000, 0x10000)
    )
    + "]"
)
_WIDE_LETTER = "[^\x00-\x7f\u200c\u200d]"
_STRAY_JOINERS = re.compile(f"(?<!{_WIDE_LETTER})[\u200c\u200d]|[\u200c\u200d](?!{_WIDE_LETTER})")
_BARE_TAB = re.compile("(?<=[^ ])\t")


def clean_text(text: str) -> str:
    """Return `text` without what the page must not hold; cleaning twice changes nothing."""
    if text.isascii() and text.isprintable():
        return text
    return _STRAY_JOINERS.sub("", _UNWANTED.sub("", _LINE_BREAKS.sub(" ", text)))


def clean(text: RichText) -> RichText:
    """Return `text` with every run cleaned, and with a space before every tab but a leading one."""
    runs = []
    last = ""
    for run in text.runs:
        words = last + clean_text(run.text)
        words = _BARE_TAB.sub(" \t", words)[len(last) :]
        last = words[-1:] or last
        runs.append(run if words == run.text else replace(run, text=words))
    return RichText.of(runs)


def folded(text: str) -> str:
    """Return `text` as names are compared: without case and double spaces."""
    return " ".join(text.casefold().split())
