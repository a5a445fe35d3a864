"""Words of a submission by which it may have looked at what it is asked with: an honest one needs none of them."""

import re

WORDS = "_getframe currentframe f_back f_locals f_globals tb_frame __closure__ cell_contents gi_frame get_objects "
WORDS += "get_referrers settrace setprofile multiprocessing ctypes"
PEEKING = re.compile(rf"\b({'|'.join(WORDS.split())})\b")


def peeks(text: str) -> list[str]:
    r"""Return the words in a text by which code looks at whoever calls it.

    >>> peeks("import sys\nsys._getframe(1).f_locals")
    ['_getframe', 'f_locals']
    """
    return sorted(set(PEEKING.findall(text)))
