"""What a résumé says to those who read it: programs, and whoever asks where its lines are from."""
