"""The errors a caller may want to tell apart, under the name that callers import."""

from tailor.values.errors import (
    CvError,
    LimitError,
    OutputError,
    PostingError,
    TailorError,
    TemplateError,
    WishError,
)

__all__ = [
    "CvError",
    "LimitError",
    "OutputError",
    "PostingError",
    "TailorError",
    "TemplateError",
    "WishError",
]
