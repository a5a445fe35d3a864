"""Submissions read, graded side by side, and what is said about them."""
