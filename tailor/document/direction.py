"""Which way text runs: a paragraph right to left if its first letter does (Unicode, P2 and P3).

Without the mark Word and LibreOffice set an Arabic or Hebrew line from the left, so that its parts
stand in the wrong order as soon as a Latin word or a figure is among them. The order of the
characters in the file is that of reading in any case, so what programs read does not change.

The ranges are spelt out, not asked of `unicodedata`, whose answers change with the version of
Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Letters of Hebrew, Arabic, Syriac, Thaana, N'Ko and the other scripts that run right to left.
_LETTERS = (
    "\u05be\u05c0\u05c3\u05c6\u05d0-\u05f4\u0608\u060b\u060d\u061b-\u064a\u066d-\u066f"
    "\u0671-\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u0710\u0712-\u072f\u074d-\u07a5\u07b1"
    "\u07c0-\u07ea\u07f4\u07f5\u07fa-\u0815\u081a\u0824\u0828\u0830-\u0858\u085e-\u08c9"
    "\ufb1d\ufb1f-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_RIGHT_TO_LEFT = re.compile(f"[{_LETTERS}]")
# A word that runs from left to right, with the figures and marks inside it: C++, C#, .NET too.
_OTHER_WORD = re.compile(rf"\.?[^\W\d_{_LETTERS}](?:[^\s{_LETTERS}]*[^\W_{_LETTERS}])?[+#]*")


def runs_right_to_left(text: str) -> bool:
    """Say whether the first letter of `text` is of a script that runs right to left."""
    if text.isascii():
        return False
    found = _RIGHT_TO_LEFT.search(text)
    return found is not None and not any(c.isalpha() for c in text[: found.start()])


def directed(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a paragraph that runs right to left, and whether each does.

    Marks, figures and spaces go with the paragraph, as Word keeps them when one types.
    """
    end = 0
    for word in _OTHER_WORD.finditer(text):
        if word.start() > end:
            yield text[end : word.start()], True
        yield word[0], False
        end = word.end()
    if end < len(text):
        yield text[end:], True
