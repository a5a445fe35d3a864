"""What keeps a graph from being drawn, in words for who typed the text."""


class CannotSee(Exception):
    """There is no graph to draw; the message says why, and ``line`` where in the text.

    Parameters
    ----------
    message : str
    line : int, optional
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message, self.line = message, line
