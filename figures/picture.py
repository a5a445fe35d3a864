"""A Matplotlib figure that shows itself in a notebook."""

from io import BytesIO

from matplotlib.figure import Figure


class Picture(Figure):
    """A figure that is not among pyplot's, and which a notebook shows all the same, without any setting."""

    def _repr_png_(self) -> bytes:
        """Return the picture as the content of a PNG file; a notebook asks for it."""
        content = BytesIO()
        self.savefig(content, format="png")
        return content.getvalue()
