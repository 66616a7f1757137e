"""Which engines there are, and their errors; by itself, so that ``--help`` loads none of them."""

from __future__ import annotations

from enum import StrEnum

from tailor.values.errors import TailorError


class EngineName(StrEnum):
    """The engines."""

    LOKY = "loky"
    SERIAL = "serial"
    DASK = "dask"


class EngineError(TailorError):
    """The engine cannot be used."""


class EngineLostError(EngineError):
    """The engine was there, and is not any more."""

    exit_code = 5
