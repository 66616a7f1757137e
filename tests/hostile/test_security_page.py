"""The page on security names tests that are there, and each of its attacks has one."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_attack_names_a_test_that_is_there() -> None:
    """The last cell of each row is the path of tests, with the name of one where it says so."""
    attacks = PAGE.partition("\n## Attacks")[2].partition("\n## Bounds")[0]
    rows = [
        line for line in attacks.splitlines() if line.startswith("| ") and "attack |" not in line
    ]
    assert len(rows) > 10
    for row in rows:
        paths = re.findall(r"`(tests/[^`]+)`", row)
        assert paths, row
        for path in paths:
            file, _, name = path.partition("::")
            source = (ROOT / file).read_text(encoding="utf-8")
            assert f"def {name or 'test_'}" in source, path


def test_every_test_of_attacks_is_on_the_page() -> None:
    """Nobody has to search for what is tested."""
    own = {path.name for path in (ROOT / "tests" / "hostile").glob("test_*.py")}
    named = set(re.findall(r"tests/hostile/(test_\w+\.py)", PAGE))
    assert own - {Path(__file__).name} <= named
