"""What stands on the page, paragraph by paragraph, before anyone knows how long it is."""

from __future__ import annotations

from dataclasses import dataclass

from tailor.layout.typography import Style
from tailor.values.cv import RichText


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its style, its text and the id of the CV's line it shows.

    A tab in the text goes to the right edge. `source` is "" for headings and
    other fixed parts of the page.
    """

    style: Style
    text: RichText
    source: str = ""
