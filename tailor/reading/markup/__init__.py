"""Markdown with HTML inside, and plain text, to lines."""
