"""The pages on what was graded: for each student, for the teacher, for the class."""
