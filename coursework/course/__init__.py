"""Exercises as a teacher writes them, read from their files."""
