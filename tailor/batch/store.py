"""Where a batch writes to: a folder, or an address such as ``s3://bucket/applications``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tailor.values.errors import OutputError, TailorError, not_installed

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+(?:::[a-z][a-z0-9+.-]+)*://", re.IGNORECASE)


def is_address(given: str) -> bool:
    """Return whether `given` is an address such as ``s3://bucket/postings``, and no path."""
    return _ADDRESS.match(given) is not None


def file_system(address: str, error: type[TailorError]) -> tuple[Any, str]:
    """Return what opens files at `address`, by fsspec, which is an extra, and the path there.

    Raises `error` where fsspec, or what it needs for such an address, is not installed.
    """
    try:
        import fsspec  # noqa: PLC0415 - an extra
    except ImportError:
        raise error(not_installed(f"{address}: addresses need fsspec", "cloud")) from None
    try:
        system, path = fsspec.core.url_to_fs(address)
    except (OSError, ValueError, ImportError, RuntimeError) as reason:
        raise error(
            f"{address}: cannot be opened ({reason}); check the address and what it needs installed"
        ) from reason
    return system, path


def store_of(out: str) -> Store:
    """Return the store that `out` names.

    Raises OutputError for an address where what opens it is not installed.
    """
    if is_address(out):
        file_system(out, OutputError)
        return AddressStore(out.rstrip("/"))
    # Workers of a cluster may have been started in another folder.
    return FolderStore(Path(out).absolute())


@dataclass(frozen=True, slots=True)
class FolderStore:
    """A folder on this machine, or on a disk that all workers share."""

    folder: Path

    def write(self, folder: str, contents: Mapping[str, bytes], *, force: bool) -> None:
        """Write files of these names into `folder`, all or none. Raises OutputError."""
        from tailor.document.output import write_files  # noqa: PLC0415 - lxml comes with it

        write_files({self.folder / folder / name: c for name, c in contents.items()}, force)

    def has(self, folder: str, names: Iterable[str]) -> bool:
        """Return whether all files of these names are in `folder`."""
        return all((self.folder / folder / name).is_file() for name in names)


@dataclass(frozen=True, slots=True)
class AddressStore:
    """An object store, by fsspec: an object appears when it is closed, so whole.

    What is there is replaced: nobody edits a Word file inside an object store.
    """

    address: str

    def write(self, folder: str, contents: Mapping[str, bytes], *, force: bool) -> None:  # noqa: ARG002
        """Write files of these names into `folder`. Raises OutputError."""
        system, base = self._opened(folder)
        try:
            system.makedirs(base, exist_ok=True)
            for name, content in contents.items():
                system.pipe_file(f"{base}/{name}", content)
        except OSError as error:
            raise OutputError(
                f"{self.address}: cannot be written ({error}); check the address and the rights"
            ) from error

    def has(self, folder: str, names: Iterable[str]) -> bool:
        """Return whether all files of these names are in `folder`."""
        system, base = self._opened(folder)
        return all(system.exists(f"{base}/{name}") for name in names)

    def _opened(self, folder: str) -> tuple[Any, str]:
        """Return what opens files there, and the path of `folder`."""
        system, root = file_system(self.address, OutputError)
        return system, "/".join(filter(None, (root, folder)))


Store = FolderStore | AddressStore
