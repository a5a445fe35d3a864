"""What stands in the way of a check."""


class CannotCheck(Exception):
    """Something that cannot be checked, and why: nothing is said about whether it is right."""
