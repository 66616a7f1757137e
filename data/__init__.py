"""Files that ship with the package; opened by `tailor.resources` only."""
