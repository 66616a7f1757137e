"""One's own machine as a place to choose in: a page for browsers, and tools for programs."""
