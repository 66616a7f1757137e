"""Web pages to lines, and to postings."""
