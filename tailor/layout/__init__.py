"""How paragraphs look and how much of a page they take, without an office program."""
