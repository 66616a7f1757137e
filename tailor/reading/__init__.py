"""Read CVs and postings: one reader per form, each says what it accepts."""
