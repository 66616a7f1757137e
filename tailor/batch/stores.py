"""Where a batch writes to: a folder, or an address such as ``s3://bucket/applications``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from tailor.batch.addresses import file_system, is_address
from tailor.document.output import write_files
from tailor.values.errors import OutputError


class Store(Protocol):
    """Takes the files of applications, each whole or not at all."""

    def write(self, folder: str, contents: Mapping[str, bytes], *, force: bool) -> None:
        """Write files of these names into `folder`, all or none. Raises OutputError."""

    def has(self, folder: str, names: Iterable[str]) -> bool:
        """Tell whether all files of these names are in `folder`."""


def store_of(out: str) -> Store:
    """Return the store that `out` names.

    Raises OutputError for an address where what opens it is not installed.
    """
    if is_address(out):
        file_system(out, OutputError)
        return AddressStore(out)
    # Workers of a cluster may have been started in another folder.
    return FolderStore(Path(out).absolute())


class FolderStore:
    """A folder on this machine, or on a disk that all workers share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, folder: str, contents: Mapping[str, bytes], *, force: bool) -> None:
        """Write files of these names into `folder`, all or none. Raises OutputError."""
        write_files({self.folder / folder / name: c for name, c in contents.items()}, force)

    def has(self, folder: str, names: Iterable[str]) -> bool:
        """Tell whether all files of these names are in `folder`."""
        return all((self.folder / folder / name).is_file() for name in names)


class AddressStore:
    """An object store, by fsspec: an object appears when it is closed, so whole.

    What is there is replaced: nobody edits a Word file inside an object store.
    """

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")

    def write(self, folder: str, contents: Mapping[str, bytes], *, force: bool) -> None:  # noqa: ARG002
        """Write files of these names into `folder`. Raises OutputError."""
        system, root = file_system(self.address, OutputError)
        base = "/".join(part for part in (root, folder) if part)
        try:
            system.makedirs(base, exist_ok=True)
            for name, content in contents.items():
                system.pipe_file(f"{base}/{name}", content)
        except OSError as error:
            raise OutputError(
                f"{self.address}: cannot be written ({error}); check the address and the rights"
            ) from error

    def has(self, folder: str, names: Iterable[str]) -> bool:
        """Tell whether all files of these names are in `folder`."""
        system, root = file_system(self.address, OutputError)
        base = "/".join(part for part in (root, folder) if part)
        return all(system.exists(f"{base}/{name}") for name in names)
