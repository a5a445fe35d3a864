"""Memory that is used again instead of being given back."""

import numpy as np

LARGEST_KEPT = 31 << 20  # bytes; glibc adapts to blocks of up to 32 MB


def keep_freed_memory() -> None:
    """Let the C library keep the memory of arrays that are freed, for the arrays of the next step.

    A step makes arrays of some hundred kilobytes and drops them. By default glibc returns each block of that size
    to the system and asks for it again, and every page of it is then cleared and mapped anew: up to a third of a
    step. But it learns from what it sees: once a large block has been freed, blocks up to that size are kept. So
    one is freed here, of which no page was ever touched.

    Other C libraries have other rules, and this costs them nothing.

    Source: ``mallopt(3)``, M_MMAP_THRESHOLD, "dynamic mmap threshold".
    """
    np.empty(LARGEST_KEPT, np.uint8)
