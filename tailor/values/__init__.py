"""The values that flow through the house, its errors, and its tables: no input, no decisions."""
