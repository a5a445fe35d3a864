"""An assignment made: what students get, what the teacher keeps, and the graders of other places."""
