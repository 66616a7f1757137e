"""What a text says: its words, terms, skills and topics."""
