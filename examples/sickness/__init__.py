"""Trainings that go wrong, one for each code of the diagnosis, and the pictures in docs/diagnosis.md that show it."""
