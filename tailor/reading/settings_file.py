"""Read the settings for one posting from the small file beside it: ``NAME.tailor.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tailor.layout.typography import LOOKS
from tailor.reading.files import STANDARD_INPUT, deadline
from tailor.values import limits
from tailor.values.errors import WishError
from tailor.values.settings import MOST_PAGES, NO_SETTINGS, Settings

_LARGEST = 64 * limits.KILOBYTE
_MOST_PARTS = 100  # of a key
SUFFIX = ".tailor.toml"


def settings_path(posting: str | Path) -> Path:
    """Return the path of the settings for a posting: ``a.tailor.toml`` beside ``a.txt``."""
    path = Path(posting)
    return path.with_name(path.stem + SUFFIX)


def read_settings(posting: str | Path) -> Settings:
    """Return the settings in the file beside `posting`, or none if there is no such file.

    Raises WishError, with the file and what to do, if a setting is unknown or has a wrong value.
    """
    if str(posting) == STANDARD_INPUT:
        return NO_SETTINGS
    path = settings_path(posting)
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return NO_SETTINGS
    except OSError as error:
        raise WishError(f"{path}: cannot be read ({error.strerror or error})") from error
    if len(data) > _LARGEST:
        raise WishError(f"{path}: larger than 64 KB, so hardly settings; shorten it")
    return parse_settings(data, str(path))


def parse_settings(data: bytes, source: str) -> Settings:
    """Return the settings in the bytes of a TOML file; `source` names it in messages."""
    said = f"{source}: takes longer than {limits.spelt('seconds')} seconds to read; shorten it, "
    try:
        text = data.decode()
        _check_keys(text, source)
        with deadline(lambda: WishError(said + limits.ways_out("seconds"))):
            found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise WishError(f"{source}: is not TOML ({error}); see docs/steering.md") from error
    for key in found:
        if key not in _KEYS:
            known = ", ".join(_KEYS)
            raise WishError(f'{source}: there is no setting "{key}"; there are: {known}')
    values = {name: read(found, key, source) for key, (name, read) in _KEYS.items() if key in found}
    return Settings(**values)


def _check_keys(text: str, source: str) -> None:
    """Refuse keys of very many parts: reading them takes the square of their number."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.partition("=")[0].count(".") > _MOST_PARTS:
            raise WishError(
                f"{source}: line {number} has a name of more than {_MOST_PARTS} parts, so "
                "hardly a setting; take it out"
            )


def _names(found: Mapping[str, Any], key: str, source: str) -> tuple[str, ...]:
    names = found[key]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise WishError(f'{source}: {key} must be a list, as in {key} = ["b3k2a", "Ran the"]')
    return tuple(names)


def _pages(found: Mapping[str, Any], key: str, source: str) -> int:
    pages = found[key]
    if not isinstance(pages, int) or isinstance(pages, bool) or not 1 <= pages <= MOST_PAGES:
        raise WishError(f"{source}: {key} must be a number from 1 to {MOST_PAGES}")
    return pages


def _look(found: Mapping[str, Any], key: str, source: str) -> str:
    look = found[key]
    if not isinstance(look, str) or look not in LOOKS:
        raise WishError(f"{source}: {key} must be one of: {', '.join(LOOKS)}")
    return look


def _headline(found: Mapping[str, Any], key: str, source: str) -> str:
    headline = found[key]
    if not isinstance(headline, str) or not headline.strip():
        raise WishError(f"{source}: {key} must be words in quotes")
    return headline


def _yes_or_no(found: Mapping[str, Any], key: str, source: str) -> bool:
    if not isinstance(found[key], bool):
        raise WishError(f"{source}: {key} must be true or false")
    return bool(found[key])


_KEYS: dict[str, tuple[str, Callable[[Mapping[str, Any], str, str], Any]]] = {
    "pin": ("pins", _names),
    "drop": ("drops", _names),
    "pages": ("pages", _pages),
    "look": ("look", _look),
    "headline": ("headline", _headline),
    "fill": ("fill", _yes_or_no),
    "dense": ("dense", _yes_or_no),
    "keep_order": ("keep_order", _yes_or_no),
}
