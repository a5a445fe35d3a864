"""Coursework: exercises to hand out, to check and to grade, and what a class got wrong."""
