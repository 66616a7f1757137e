"""Which engines there are; by itself, so that ``--help`` loads none of them."""

from __future__ import annotations

from enum import StrEnum


class EngineName(StrEnum):
    """The engines."""

    LOKY = "loky"
    SERIAL = "serial"
    DASK = "dask"
