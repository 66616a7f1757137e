"""The small file beside a posting: read as it is meant, or refused with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tailor.reading.kept import parse_settings, read_settings, settings_path
from tailor.values.errors import WishError
from tailor.values.settings import NO_SETTINGS, Settings

ALL = b"""
pin = ["b3hqon", "Spoke for"]
drop = ["bw2brf"]
pages = 1
look = "modern"
headline = "Baker"
"""


def test_all_settings_are_read() -> None:
    """Every key has its place."""
    wanted = Settings(("b3hqon", "Spoke for"), ("bw2brf",), 1, "modern", "Baker")
    assert parse_settings(ALL, "x.tailor.toml") == wanted


def test_the_file_lies_beside_the_posting(tmp_path: Path) -> None:
    """It bears the posting's name; a posting without one has no settings."""
    posting = tmp_path / "acme.txt"
    assert settings_path(posting) == tmp_path / "acme.tailor.toml"
    assert read_settings(posting) == NO_SETTINGS
    assert read_settings("-") == NO_SETTINGS
    settings_path(posting).write_bytes(ALL)
    assert read_settings(posting).pages == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('pins = ["b1"]', ['no setting "pins"', "pin, drop, pages, look, headline"]),
        ('pin = "b1"', ["pin must be a list"]),
        ("drop = [1]", ["drop must be a list"]),
        ("pages = 0", ["from 1 to 9"]),
        ("pages = true", ["from 1 to 9"]),
        ('look = "loud"', ["classic, modern, formal"]),
        ('look = ["classic"]', ["classic, modern, formal"]),
        ("fill = 1", ["fill must be true or false"]),
        ('headline = " "', ["headline must be words"]),
        ("pin = [", ["is not TOML"]),
        ("a = " + 5000 * "[", ["is not TOML"]),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, words: list[str]) -> None:
    """The message names the file and what would be right."""
    with pytest.raises(WishError) as raised:
        parse_settings(text.encode(), "x.tailor.toml")
    for word in ["x.tailor.toml", *words]:
        assert word in str(raised.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    """So is a file that is far too long."""
    with pytest.raises(WishError, match="is not TOML"):
        parse_settings(b"\xff\xfe\x00", "x.tailor.toml")
    (tmp_path / "a.tailor.toml").write_bytes(b"#" * 70_000)
    with pytest.raises(WishError, match="larger than 64 KB"):
        read_settings(tmp_path / "a.txt")


def test_the_command_counts_more() -> None:
    """What the command says stands, what it leaves open comes from the file."""
    command, file = Settings(pages=2), Settings(pages=1, look="modern", headline="Baker")
    assert command.over(file) == Settings(pages=2, look="modern", headline="Baker")
