"""Read written documents back with other people's programs, and score what they found."""
