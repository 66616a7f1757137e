"""A whole CV to a file that one keeps and edits: Markdown, JSON Resume as JSON or YAML, or Word.

Reading a file of the first three forms gives an equal `Cv` again. A chosen page becomes plain text,
for the fields of web forms that take no Word file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tailor.values.cv import Cv

if TYPE_CHECKING:
    from tailor.selection.tailored_cv import TailoredCv


def export_cv(cv: Cv, form: str = "md") -> bytes:
    """Return a whole CV as a file: ``md``, or JSON Resume as ``json`` or ``yaml``, or ``docx``.

    Raises ValueError for another form.
    """
    # Imported for each form alone: Markdown needs no library for YAML.
    if form == "md":
        from tailor.exporting.markdown_form import to_markdown  # noqa: PLC0415

        return to_markdown(cv).encode()
    if form in {"json", "yaml"}:
        from tailor.exporting.json_resume_form import to_json, to_yaml  # noqa: PLC0415

        return (to_json(cv) if form == "json" else to_yaml(cv)).encode()
    if form == "docx":
        from tailor.document.resume import whole_docx  # noqa: PLC0415

        return whole_docx(cv)
    raise ValueError(f"form must be docx or one of md, json, yaml, not {form!r}")


def save_cv(cv: Cv, path: str | Path, form: str = "md", *, force: bool = False) -> Path:
    """Write a whole CV to `path` in a form of `export_cv`; return the path.

    A file with other content is overwritten only with `force`. Raises OutputError.
    """
    from tailor.document.output import write_file  # noqa: PLC0415

    write_file(Path(path), export_cv(cv, form), force)
    return Path(path)


def page_text(resume: TailoredCv) -> str:
    """Return the words of the page: a line for each paragraph, a blank one before each entry."""
    return "\n".join(_lines(resume)) + "\n"


def _lines(resume: TailoredCv) -> Iterator[str]:
    from tailor.layout.typography import Style  # noqa: PLC0415
    from tailor.selection.composition import compose  # noqa: PLC0415
    from tailor.values.cleaning import clean  # noqa: PLC0415

    before = Style.SECTION
    for paragraph in compose(resume.cv, resume.sections, resume.design):
        style = paragraph.style
        if style in {Style.SECTION, Style.ENTRY} and before is not Style.SECTION:
            yield ""
        words = clean(paragraph.text).plain.replace(" \t", " | ").replace("\t", " | ")
        yield ("- " if style is Style.BULLET else "") + words
        before = style
