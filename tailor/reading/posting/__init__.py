"""Text and lines, from whatever format, to a `Posting`."""
