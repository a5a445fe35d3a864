"""Exercises on the layers: hand out, check, grade, and see what a class got wrong."""
