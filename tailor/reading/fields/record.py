"""One object of a file with fields, read key by key; what was not asked for is not lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tailor.reading.fields.assembly import Assembly, flat
from tailor.reading.fields.data_dates import between, read_date, read_period
from tailor.reading.fields.data_files import Value
from tailor.reading.fields.field_text import typed_lines
from tailor.reading.fields.networks import web_link
from tailor.reading.lines import clean_text
from tailor.values.cv import Date, Period, RichText


class Record:
    """A mapping whose keys are ticked off as they are read.

    `close` hands what is left to the assembly, with its path. A value of another type
    than asked for is read as well as it can be: a text as a list of one, a number as text.
    """

    def __init__(
        self, data: Mapping[str, Value], path: str, assembly: Assembly, *, joint: str = "."
    ) -> None:
        self._left = {key: value for key, value in data.items() if value not in (None, "", [], {})}
        self._path = path
        self._joint = joint
        self.assembly = assembly

    def where(self, key: str) -> str:
        """Return the path of a key."""
        return f"{self._path}{self._joint}{clean_text(key)}" if self._path else clean_text(key)

    def has(self, *keys: str) -> bool:
        """Tell whether one of the keys is there, and not empty."""
        return any(key in self._left for key in keys)

    def left(self) -> tuple[str, ...]:
        """Return the keys that are left, in the file's order."""
        return tuple(self._left)

    def drop(self, *keys: str) -> None:
        """Tick off keys that say nothing about the person."""
        for key in keys:
            self._left.pop(key, None)

    def rename(self, old: str, new: str) -> None:
        """Read what stands under an old name of a key; note it."""
        if old in self._left and new not in self._left:
            self._left[new] = self._left.pop(old)
            self.assembly.warn(self.where(old), f'the key is called "{new}" now; read all the same')

    def text(self, key: str) -> str:
        """Return a text in one line, without styles; "" where there is none."""
        value = self._left.get(key)
        if isinstance(value, dict):
            return ""  # stays for `close`
        self.drop(key)
        return ", ".join(self._words(value))

    def peek(self, key: str) -> str:
        """Return what `text` would, and leave it there."""
        return ", ".join(self._words(self._left.get(key)))

    def rich(self, key: str) -> RichText:
        """Return a text in one line with its styles and links."""
        return self.assembly.rich(self.text(key))

    def words(self, key: str) -> list[str]:
        """Return the items of a list, each in one line."""
        return self._words(self._left.pop(key, None))

    def texts(self, key: str, prepare: Callable[[str], str] = str) -> list[str]:
        """Return the typed lines of a text, or of each text in a list."""
        found: list[str] = []
        for text in _labelled(self._left.pop(key, None)):
            found += typed_lines(prepare(text))
        return found

    def records(self, key: str, main: str) -> Iterator[Record]:
        """Yield the objects of a list; for a bare text one with only the key `main`."""
        value = self._left.pop(key, None)
        is_list = isinstance(value, list)
        for number, item in enumerate(value if isinstance(value, list) else [value]):
            where = f"{self.where(key)}[{number}]" if is_list else self.where(key)
            if isinstance(item, list):
                self.assembly.unplace(where, item)
            elif item not in (None, ""):
                data = item if isinstance(item, dict) else {main: item}
                yield Record(data, where, self.assembly)

    def link(self, key: str) -> str | None:
        """Return an http(s) address; what is none stays for `close`."""
        value = self._left.get(key)
        address = web_link(clean_text(value)) if isinstance(value, str) else None
        if address:
            self.drop(key)
        return address

    def date(self, key: str) -> tuple[Date | None, str]:
        """Return a date, and the text as it stands; the date is None if it cannot be read."""
        text = self.text(key)
        date = read_date(text) if text else None
        if text and date is None:
            self._no_date(key)
        return date, text

    def period(self, start: str, end: str) -> tuple[Period, str]:
        """Return the period between two dates, or as text what cannot be read as one."""
        first, last = self.text(start), self.text(end)
        period = between(first, last)
        if period is not None:
            return period, ""
        for key, text in ((start, first), (end, last)):
            if text and read_date(text) is None and between(text, "present") is None:
                self._no_date(key)
        return Period(), " – ".join(text for text in (first, last) if text)

    def free_period(self, key: str) -> tuple[Period, str]:
        """Return the period, or the single date, that one text is, or else the text."""
        text = self.text(key)
        period = read_period(text) if text else Period()
        return (Period(), text) if period is None else (period, "")

    def close(self) -> None:
        """Keep aside all that was not read."""
        for key, value in self._left.items():
            self.assembly.unplace(self.where(key), value)
        self._left = {}

    def _no_date(self, key: str) -> None:
        self.assembly.warn(self.where(key), "is no date that can be read; kept as text")

    @staticmethod
    def _words(value: Value) -> list[str]:
        return [word for text in _labelled(value) if (word := clean_text(text))]


def _labelled(value: Value) -> Iterator[str]:
    """Yield the texts in a value, those of an object with their keys.

    ``- Thesis: On Bees`` without quotes is an object in YAML, and meant as text.
    """
    for path, text in flat(value):
        label = path.rpartition("]")[2].lstrip(".")
        yield f"{label}: {text}" if label else text
