"""What is said when whoever runs a student's file gives no answer."""


class Ended(Exception):
    """The other process has ended, or was ended, before it answered.

    Attributes
    ----------
    in_time : bool
        Whether it ended by itself: it was not ended for taking too long.
    status : int or None
        Its exit status, where it is known.
    """

    def __init__(self, text: str, in_time: bool = True, status: int | None = None) -> None:
        super().__init__(text)
        self.in_time, self.status = in_time, status
