"""The commands: each parses, calls the pipeline, prints, and ends with an exit code. No logic."""
