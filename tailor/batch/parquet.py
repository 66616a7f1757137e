"""Postings as a Parquet file: one posting a row."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any
from zipfile import ZipExtFile

from tailor.batch.records import Fields, failed
from tailor.batch.values import PostingItem
from tailor.values import limits
from tailor.values.errors import PostingError

_ROWS_AT_ONCE = 256
_NO_TEXT = "holds bytes that are no text; save the file with its texts as UTF-8"


def read_parquet(
    stream: IO[bytes], name: str, text_column: str | None = None
) -> Iterator[PostingItem]:
    """Yield one item for each row of `stream`, named ``name:row`` from 1.

    A file that is damaged or has no column of texts is one item with an error. A few hundred
    rows of the columns that count are held at a time. Without pyarrow, that is the error.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        yield failed(name, "Parquet files need pyarrow; pip install 'cv-tailor[parquet]'")
        return
    row = 0
    try:
        if isinstance(stream, ZipExtFile):  # which goes back to its start for each step back
            stream = BytesIO(stream.read(limits.in_force().unpacked))
        # Without these, all columns of the file are held.
        file = parquet.ParquetFile(stream, pre_buffer=False, buffer_size=limits.MEGABYTE)
        fields = Fields.among(file.schema_arrow.names, text_column)
        wanted = [fields.text, fields.title, fields.company, fields.place, fields.id]
        columns = [column for column in wanted if column]
        for batch in file.iter_batches(_ROWS_AT_ONCE, columns=columns, use_threads=False):
            for record in _records(batch):
                row += 1
                place = f"{name}:{row}"
                yield fields.item(place, record) if record else failed(place, _NO_TEXT)
    except PostingError as error:
        yield failed(name, str(error))
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        said = str(error).partition("\n")[0]
        place = f"{name}:{row + 1}" if row else name
        yield failed(place, f"no whole Parquet file ({said}); the rest is not read, save it again")


def _records(batch: Any) -> Iterator[dict[str, object] | None]:  # noqa: ANN401 - pyarrow has no types
    """Yield the rows; None for one whose text is none."""
    try:
        rows = batch.to_pylist()
    except UnicodeDecodeError:
        for number in range(batch.num_rows):
            try:
                yield from batch.slice(number, 1).to_pylist()
            except UnicodeDecodeError:
                yield None
    else:
        yield from rows
