"""PDF to lines."""
