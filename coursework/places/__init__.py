"""Our grader where assignments are collected: Gradescope, Autolab, Classroom 50, nbgrader, otter-grader."""
