"""The document's properties: title, author, language, fingerprint. No date, no program."""

from __future__ import annotations

from html import escape

from tailor.values.cleaning import clean_text

CORE = "docProps/core.xml"
"""The name of the part that holds the properties."""


def core_xml(*, title: str, author: str, language: str, identifier: str = "") -> bytes:
    """Return the core properties; empty ones are left out.

    The identifier comes first, so that no title can be taken for it.
    """
    fields = {"identifier": identifier, "title": title, "creator": author, "language": language}
    elements = "".join(
        f"<dc:{name}>{escape(clean_text(text).replace(chr(9), ' '), quote=False)}</dc:{name}>"
        for name, text in fields.items()
        if text
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<cp:coreProperties'
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{elements}</cp:coreProperties>"
    ).encode()
