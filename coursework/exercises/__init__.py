"""The course: one exercise a file, in the percent format. ``python -m coursework list`` has them in their order."""
