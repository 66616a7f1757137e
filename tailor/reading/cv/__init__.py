"""Lines, from whatever format, to a `Cv`."""
