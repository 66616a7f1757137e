"""The Markdown form of a master CV that `tailor import` writes."""
