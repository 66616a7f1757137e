"""Texts cut at a margin: an item goes on in the next line, whatever its first letter."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

import pytest

from tailor import read_cv, read_posting

_DUTIES = [
    (
        "Plan the move of the costume collection into the new store of Lowmoor Museum, with the "
        "two technicians of the Department of Textiles, and keep the register of the Weavers' Hall."
    ),
    "Answer letters of lenders, visitors and students in English, German and Dutch.",
    (
        "Five years of experience in the care of textiles, gained in a museum or in a National or "
        "Regional collection"
    ),
    "Driving licence",
]
_BULLETS = [
    (
        "Cared for a caseload of 45 families from booking to discharge at the Brannoc Birth "
        "Centre and in their homes, with the team of the North Yorkshire rota and two students."
    ),
    (
        "Led the move of antenatal notes to the BadgerNet system and taught Midwives of three "
        "teams to use it in daily work."
    ),
    "Audited the management of haemorrhage, and cut the time to first treatment by a fifth.",
]


def _cut(mark: str, lines: list[str], width: int) -> str:
    return "\n".join("\n".join(wrap(f"{mark} {line}", width)) for line in lines)


@pytest.mark.parametrize("width", [60, 66, 72, 78, 84])
def test_a_posting_cut_at_a_margin(tmp_path: Path, width: int) -> None:
    """Each item is one line of the posting, and what would have fitted is an item of its own."""
    path = tmp_path / "posting.txt"
    path.write_text(
        f"Keeper of Textiles\n\nRequirements:\n{_cut('-', _DUTIES, width)}\nBoat licence\n"
    )
    assert [line.text for line in read_posting(path).lines[2:]] == [*_DUTIES, "Boat licence"]


@pytest.mark.parametrize("width", [60, 66, 72, 78, 84])
def test_a_cv_cut_at_a_margin(tmp_path: Path, width: int) -> None:
    """Each bullet is one line of the CV."""
    path = tmp_path / "cv.txt"
    head = (
        "Ines Calloway\nines@example.org\n\nEXPERIENCE\nMidwife, St Brannoc, Leeds    2018 - now\n"
    )
    path.write_text(head + _cut("•", _BULLETS, width) + "\n")
    assert [line.text.plain for line in read_cv(path).bullets()] == _BULLETS
