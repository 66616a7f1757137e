"""A template with its style and script to one HTML page that asks the network for nothing.

All text is cleaned and escaped wherever it is printed, so no place can be forgotten. Style and
script are the project's own; they are part of the page, whose policy allows them by their hashes.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache

from jinja2 import BaseLoader, Environment, StrictUndefined, Template
from markupsafe import Markup

from tailor.values.cleaning import clean_text
from tailor.values.resources import data_text


def render(name: str, **values: object) -> str:
    """Return the page that ``NAME.html.j2``, ``NAME.css`` and ``NAME.js`` of `data/` make."""
    style, script = data_text(f"{name}.css"), data_text(f"{name}.js")
    return _template(name).render(
        # The project's own, not the input's: the only texts that are not escaped.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        style_hash=_hash(style),
        script_hash=_hash(script),
        **values,
    )


def environment(loader: BaseLoader | None = None) -> Environment:
    """Return templates in which all text is cleaned and escaped wherever it is printed."""
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_cleaned,
    )


@cache
def _template(name: str) -> Template:
    return environment().from_string(data_text(f"{name}.html.j2"))


def _cleaned(value: object) -> object:
    """Return a value that is printed, cleaned if it is text; what is HTML already is our own."""
    return clean_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _hash(block: str) -> str:
    """Return the name of an inline block in the page's policy."""
    return "sha256-" + b64encode(hashlib.sha256(block.encode()).digest()).decode()
