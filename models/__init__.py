"""Files that ship with the package; opened by `tailor.values.resources` only."""
