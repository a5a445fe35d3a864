"""Seeing: the computational graph of what one types, as the page draws it, with everything explained."""

from page.inside.seeing.answer import see

__all__ = ["see"]
