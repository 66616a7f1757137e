"""Find the lines of a master CV that answer a job posting, and write them as a Word file.

    import tailor

    cv      = tailor.read_cv("master_cv.md")
    posting = tailor.read_posting("posting.txt")
    match   = tailor.match(cv, posting)
    resume  = tailor.select(match, pages=2)
    tailor.write_docx(resume, "out.docx")

Importing this package is quick: each step imports what it needs when it is called.
"""

from tailor.pipeline import (
    find_requirements,
    find_wishes,
    match,
    read_cv,
    read_posting,
    score_bullets,
    select,
    write_docx,
)
from tailor.values.errors import CvError, OutputError, PostingError, TailorError, WishError

__version__ = "0.1.0"

__all__ = [
    "CvError",
    "OutputError",
    "PostingError",
    "TailorError",
    "WishError",
    "__version__",
    "find_requirements",
    "find_wishes",
    "match",
    "read_cv",
    "read_posting",
    "score_bullets",
    "select",
    "write_docx",
]
