"""Addresses such as ``s3://bucket/postings``, by fsspec, which is an extra."""

from __future__ import annotations

import re
from typing import Any

from tailor.values.errors import TailorError

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+(?:::[a-z][a-z0-9+.-]+)*://", re.IGNORECASE)


def is_address(given: str) -> bool:
    """Tell whether `given` is an address and no path."""
    return _ADDRESS.match(given) is not None


def file_system(address: str, error: type[TailorError]) -> tuple[Any, str]:
    """Return what opens files at `address`, and the path there.

    Raises `error` where fsspec, or what it needs for such an address, is not installed.
    """
    try:
        import fsspec  # noqa: PLC0415 - an extra
    except ImportError:
        raise error(f"{address}: addresses need fsspec; pip install 'cv-tailor[cloud]'") from None
    try:
        system, path = fsspec.core.url_to_fs(address)
    except (OSError, ValueError, ImportError, RuntimeError) as reason:
        raise error(
            f"{address}: cannot be opened ({reason}); check the address and what it needs installed"
        ) from reason
    return system, path
