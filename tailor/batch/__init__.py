"""Many postings, many CVs, many cores, many machines."""
