"""The chosen lines as a file: Word by python-docx, PDF by Typst."""
