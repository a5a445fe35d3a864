"""The student's own check: what is right, what is wrong and how it is called, a hint when one is asked for."""
