"""Write the tailored CV as a Word file."""
