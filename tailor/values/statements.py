"""Cut a bullet into statements: the smallest pieces that may stand on a page alone.

A long bullet often says several things, one sentence each. A sentence can be
kept or left out on its own without touching a word of it.
"""

from __future__ import annotations

import re

# Letters that a full stop may follow inside a sentence.
_ABBREVIATIONS = frozenset(
    "al approx assoc ave b.a b.e b.eng b.s b.sc b.tech ca cf co corp dept dr e.g ed eds eg esp est "
    "etc eu fig ft gen gov i.e ie inc incl jan feb mar apr jun jul aug sep sept oct nov dec jr lit "
    "ltd m.a m.b.a m.eng m.s m.sc max min misc mr mrs ms no nr op ph.d pp prof proc ref resp sr st "
    "u.k u.s univ vol vs".split()
)
_SENTENCE_END = re.compile(r"([.!?][)\]\"'”’]{0,2})\s+(?=[\"'“‘(\[]?[A-Z0-9À-ÖØ-Þ])")
# A sentence of up to three words ("Intern at IBM.") says too little to be judged, or
# understood, without the sentence before it.
_SHORTEST = 4
# A sentence that begins like this points back to the one before ("It", "The service") and
# would hang in the air without it.
_POINTS_BACK = re.compile(
    r"(?:it|its|this|that|these|those|they|their|the|both|such|also|then|thus|so|each|most|all|some|"
    r"which|in the|in that|after that|after the|since then|as a result|of these|of them)\b",
    re.IGNORECASE,
)
# "as Researcher, 2021:", "In 2019:", "2015-19:": says when or as what the rest was done.
_LEAD = re.compile(
    r"^(?:(?:as|while|during|in|from|since)\b[^:.;]{1,80}|[^:.;]{0,60}\b(?:19|20)\d\d\b[^:.;]{0,20}):\s+",
    re.IGNORECASE,
)


def find_lead(text: str) -> int:
    """Return the length of the words that introduce every statement of a bullet.

    For ``as Researcher, 2021: Built A. Measured B.`` this is the length of
    ``as Researcher, 2021: ``; 0 where there is none. Labels that belong to one
    sentence only ("Grade: Merit.") are no lead.
    """
    match = _LEAD.match(text)
    return match.end() if match else 0


def split_statements(text: str) -> tuple[tuple[int, int], ...]:
    """Return the statements of `text` as ``(start, end)`` character offsets.

    Statements are in order, do not overlap, and leave out nothing but white
    space. A text without letters or digits is one statement; the empty text has none.
    """
    if not text.strip():
        return ()
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for match in _SENTENCE_END.finditer(text):
        word = re.split(r"[\s(\[]", text[start : match.start()])[-1].lower()
        if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
            continue
        spans.append((start, match.end(1)))
        start = match.end()
    spans.append((start, len(text.rstrip())))
    return tuple(_join_dependent(text, spans))


def _join_dependent(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        sentence = text[start:end]
        dependent = len(sentence.split()) < _SHORTEST or _POINTS_BACK.match(sentence)
        if joined and dependent:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
