"""Which CV to use when none is named, and where `tailor import --default` keeps one."""

from __future__ import annotations

import os
from pathlib import Path

from tailor.values.errors import CvError
from tailor.values.resources import data_path

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
