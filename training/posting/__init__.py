"""Learns what the lines of a posting are, from labelled postings."""
