"""Write the tailored CV as a Word file."""

from tailor.cleaning import clean, clean_text
from tailor.writing.document import render_docx
from tailor.writing.fingerprint import PLACEHOLDER, seal_text
from tailor.writing.naming import file_name
from tailor.writing.output import is_ours_unchanged, write_file

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
