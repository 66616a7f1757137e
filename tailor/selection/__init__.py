"""Which of a CV's lines go on the page, and why the others do not."""
