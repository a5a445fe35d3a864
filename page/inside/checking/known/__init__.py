"""What the known wrong solutions of an exercise tell about where a mistake is."""
