"""The process in which a student's code runs: it answers with arrays, and what they are worth is said elsewhere."""
