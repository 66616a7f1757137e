"""Edits by hand, made in the XML of a Word file: one word of one paragraph, nothing else."""

from __future__ import annotations

import io
import random
import re
from dataclasses import dataclass

from docx import Document
from docx.oxml.ns import qn

_TOKEN = re.compile(r"\S+")
# In no CV and no heading of one.
STRANGERS = ("zeppelin", "Quixotry", "marzipan", "Vellichor", "9,417", "gondoliers")
WAYS = ("replaced", "digit", "removed", "added")


@dataclass(frozen=True)
class Edit:
    """An edited file: which way, the paragraph's number (empty ones count), before and after."""

    data: bytes
    way: str
    number: int
    style: str
    before: str
    after: str


def paragraphs(data: bytes) -> list[str]:
    """The texts of all paragraphs, as their runs have them."""
    return ["".join(t.text or "" for t in p._p.iter(qn("w:t"))) for p in Document(io.BytesIO(data)).paragraphs]


def edited(data: bytes, chance: random.Random, way: str) -> Edit | None:
    """Change one word; None where the drawn paragraph has no word for that way."""
    document = Document(io.BytesIO(data))
    number = chance.randrange(len(document.paragraphs))
    paragraph = document.paragraphs[number]
    texts = [t for t in paragraph._p.iter(qn("w:t")) if re.search(r"\w", t.text or "")]
    before = _text(paragraph)
    if not texts:
        return None
    text = chance.choice(texts)
    words = [m for m in _TOKEN.finditer(text.text) if re.search(r"\w", m.group())]
    if way == "digit":
        words = [m for m in words if re.search(r"[0-9]", m.group())]
    if not words or (way == "removed" and len(re.findall(r"\w+", before)) < 2):
        return None
    word = chance.choice(words)
    new = {
        "replaced": lambda: chance.choice(STRANGERS),
        "digit": lambda: re.sub(r"[0-9]", lambda d: str((int(d[0]) + 1) % 10), word.group(), count=1),
        "removed": lambda: "",
        "added": lambda: f"{word.group()} {chance.choice(STRANGERS)}",
    }[way]()
    text.text = text.text[: word.start()] + new + text.text[word.end() :]
    text.set(qn("xml:space"), "preserve")
    stream = io.BytesIO()
    document.save(stream)
    return Edit(stream.getvalue(), way, number + 1, paragraph.style.name, before, _text(paragraph))


def _text(paragraph: object) -> str:
    runs = paragraph._p.iter(qn("w:t"), qn("w:tab"))  # type: ignore[attr-defined]
    return "".join("\t" if r.tag == qn("w:tab") else r.text or "" for r in runs)
