"""What a person writes down about an application: ``status.txt`` beside the index.

tailor begins the file, with how to use it, and from then on only reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath, PurePosixPath
from typing import Final

from tailor.batch.values import Row
from tailor.reading.encodings import decode_text
from tailor.values.cleaning import clean_text
from tailor.values.errors import OutputError

STATUS_NAME: Final = "status.txt"
USUAL: Final = ("applied", "interview", "offer", "rejected")
_LARGEST = 4_000_000  # bytes
_LONGEST = 60  # characters of a status
_BEGINNING = f"""\
# What became of your applications. tailor reads this file and never changes it.
# One application a line: the name of its folder or of its posting, "=", and your
# own word: {", ".join(USUAL)} ... The last line on an application counts.
# The index shows it after the next run. For example, without the #:
#
# Larkhollow_Tickets_Platform_Engineer_k3x9a = applied
"""


class OwnStatuses:
    """What the file says, by the name before the "=".

    `words` are the person's, `lines` the numbers of the lines that they stand on, `unreadable`
    those of the lines that say nothing.
    """

    def __init__(
        self, words: Mapping[str, str], lines: Mapping[str, int], unreadable: Sequence[int]
    ) -> None:
        self.words = words
        self._unreadable = unreadable
        self._unmet = dict(lines)

    def of(self, row: Row) -> str:
        """Return the person's word for a row, "" where there is none."""
        # The names by which a line may mean a row, the most telling first.
        may_be = (row.folder, row.posting, PurePosixPath(row.posting).name)
        names = [name for name in may_be if name in self.words]
        for name in names:
            self._unmet.pop(name, None)
        return self.words[names[0]] if names else ""

    @property
    def unknown(self) -> tuple[int, ...]:
        """The lines that say nothing, or name none of the rows that were asked about."""
        return tuple(sorted((*self._unreadable, *self._unmet.values())))


def name_of(row: Row) -> str:
    """Return what to call a row in the file: its folder where it has one, else its posting."""
    return row.folder or row.posting


def read_statuses(folder: Path) -> OwnStatuses:
    """Return what ``status.txt`` in `folder` says; nothing where there is no such file.

    Raises OutputError if it cannot be read, or is no text.
    """
    path = folder / STATUS_NAME
    try:
        if not path.exists():
            return OwnStatuses({}, {}, ())
        with path.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except OSError as error:
        raise OutputError(f"{path}: cannot be read ({error.strerror})") from error
    text = decode_text(content) if len(content) <= _LARGEST else None
    if text is None:
        raise OutputError(f"{path}: is not a text file; save it as plain text, or rename it")
    words: dict[str, str] = {}
    lines: dict[str, int] = {}
    unreadable = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, word = (part.strip() for part in line.rpartition("="))
        if not equals or not name:
            unreadable.append(number)
            continue
        words[name], lines[name] = clean_text(word)[:_LONGEST], number
    return OwnStatuses(words, lines, unreadable)


def told_of(content: bytes, folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield each application that ``status.txt`` in `folder` names by its own folder, and its word.

    Of those with a file of just these bytes. Raises OutputError as `read_statuses` does.
    """
    for name, word in read_statuses(folder).words.items():
        place = PurePath(name)
        if place.is_absolute() or ".." in place.parts or not (folder / place).is_dir():
            continue
        files = (file for file in (folder / place).iterdir() if file.is_file())
        alike = (file for file in files if file.stat().st_size == len(content))
        if any(file.read_bytes() == content for file in alike):
            yield folder / place, word


def begin_statuses(folder: Path) -> None:
    """Write ``status.txt`` with how to use it, where there is none yet.

    Raises OutputError if the folder cannot be written to.
    """
    path = folder / STATUS_NAME
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(_BEGINNING)
    except FileExistsError:
        return
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from error
