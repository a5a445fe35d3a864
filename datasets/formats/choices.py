"""What can be chosen when a table is read."""

CLASSES, VALUES = "classes", "values"  # what its target is
KINDS = (CLASSES, VALUES)

ERROR, LEAVE_OUT, FILL = "error", "leave-out", "fill"  # what is done where values are missing
WAYS = (ERROR, LEAVE_OUT, FILL)
