"""Learns how the lines and pieces of CVs look, from invented CVs in layouts of many kinds."""
