"""A whole CV to files that one keeps and edits: Markdown, and JSON Resume as JSON or YAML.

Reading such a file gives an equal `Cv` again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tailor.values.cv import Cv

# Each one imports its module when it is called: Markdown needs no library for YAML.


def _markdown(cv: Cv) -> str:
    from tailor.exporting.markdown_form import to_markdown  # noqa: PLC0415

    return to_markdown(cv)


def _json(cv: Cv) -> str:
    from tailor.exporting.json_resume_form import to_json  # noqa: PLC0415

    return to_json(cv)


def _yaml(cv: Cv) -> str:
    from tailor.exporting.json_resume_form import to_yaml  # noqa: PLC0415

    return to_yaml(cv)


# By the name of the form: what makes the text of the file.
FORMS: Mapping[str, Callable[[Cv], str]] = MappingProxyType(
    {"md": _markdown, "json": _json, "yaml": _yaml}
)
