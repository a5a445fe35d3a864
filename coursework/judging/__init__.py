"""Answers compared with those of the solution: points for each part, and the name of the mistake."""
