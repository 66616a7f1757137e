"""Word files (.docx) to lines."""
