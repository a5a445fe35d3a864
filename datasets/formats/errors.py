"""The error of all formats."""


class DataError(ValueError):
    """A file or folder of data is damaged, or holds something else than was expected. The message names it."""
