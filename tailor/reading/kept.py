"""What a person keeps: settings beside a posting (``NAME.tailor.toml``), and a CV to use."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tailor.layout.typography import LOOKS
from tailor.reading.files import STANDARD_INPUT, deadline
from tailor.values import limits
from tailor.values.errors import CvError, WishError
from tailor.values.resources import data_path
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
    if str(posting) == STANDARD_INPUT or not Path(posting).name:  # "." and "/" are read next
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
    values: dict[str, Any] = {}
    for key, value in found.items():
        if key not in _KEYS:
            known = ", ".join(_KEYS)
            raise WishError(f'{source}: there is no setting "{key}"; there are: {known}')
        name, is_sound, wanted = _KEYS[key]
        if not is_sound(value):
            raise WishError(f"{source}: {key} must be {wanted}")
        values[name] = tuple(value) if isinstance(value, list) else value
    return Settings(**values)


def _check_keys(text: str, source: str) -> None:
    """Refuse keys of very many parts: reading them takes the square of their number."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.partition("=")[0].count(".") > _MOST_PARTS:
            raise WishError(
                f"{source}: line {number} has a name of more than {_MOST_PARTS} parts, so "
                "hardly a setting; take it out"
            )


def _is_list_of_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _is_number_of_pages(value: object) -> bool:
    return type(value) is int and 1 <= value <= MOST_PAGES


_SWITCH = (lambda value: isinstance(value, bool), "true or false")
_NAMES = (_is_list_of_names, 'a list, as in ["b3k2a", "Ran the"]')
# Of each key the field of the settings, what its value has to be, and the words for that.
_KEYS: Mapping[str, tuple[str, Callable[[object], bool], str]] = {
    "pin": ("pins", *_NAMES),
    "drop": ("drops", *_NAMES),
    "pages": ("pages", _is_number_of_pages, f"a number from 1 to {MOST_PAGES}"),
    "look": ("look", lambda value: value in [*LOOKS], f"one of: {', '.join(LOOKS)}"),
    "headline": ("headline", lambda v: isinstance(v, str) and bool(v.strip()), "words in quotes"),
    "fill": ("fill", *_SWITCH),
    "dense": ("dense", *_SWITCH),
    "keep_order": ("keep_order", *_SWITCH),
}


CV_VARIABLE = "TAILOR_CV"
CV_STEM = "master_cv"
# What a master CV in the working folder, or in the user's configuration folder, may be called.
CV_NAMES = tuple(
    f"{CV_STEM}.{ending}"
    for ending in ("md", "markdown", "txt", "yaml", "yml", "json", "docx", "pdf")
)
_NO_CV = (
    "no CV found; name yours with --cv my_cv.docx, or import it once for every job: "
    "tailor import my_cv.docx --default (--sample uses the CV of an invented person)"
)


def find_cv() -> Path:
    """Return the CV to use when none is named.

    The first that exists of: $TAILOR_CV, a file named in `CV_NAMES` in the working folder, the
    same in the user's configuration folder. Raises CvError if there is none.
    """
    named = os.environ.get(CV_VARIABLE)
    if named:
        return Path(named)
    for folder in (Path.cwd(), _configuration()):
        for name in CV_NAMES:
            if (folder / name).is_file():
                return folder / name
    raise CvError(_NO_CV)


def default_cv_path() -> Path:
    """Return the path in the user's configuration folder where the default CV is kept."""
    return _configuration() / CV_NAMES[0]


def sample_cv() -> Path:
    """Return the CV of an invented person that comes with tailor, for trying things out."""
    return data_path("sample_cv.md")


def _configuration() -> Path:
    from platformdirs import user_config_path  # noqa: PLC0415 - not needed where a CV is named

    return user_config_path("tailor")
