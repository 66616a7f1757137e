"""Tell what was chosen and why, to people and to programs."""
