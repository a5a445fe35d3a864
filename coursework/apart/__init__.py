"""Students' code in a process of its own, which knows nothing of the grader and reaches nothing of the machine."""
