"""Write the tailored CV as a Word file."""

from tailor.document.document import render_docx
from tailor.document.fingerprint import PLACEHOLDER, seal_text
from tailor.document.naming import file_name
from tailor.document.output import is_ours_unchanged, write_file
from tailor.values.cleaning import clean, clean_text

__all__ = [
    "PLACEHOLDER",
    "clean",
    "clean_text",
    "file_name",
    "is_ours_unchanged",
    "render_docx",
    "seal_text",
    "write_file",
]
