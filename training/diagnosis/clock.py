"""The clock of a diagnosis."""

import time
from collections.abc import Callable

# Seconds that this thread has computed; where there is no such clock, as in a browser, those on the wall.
thread_time: Callable[[], float] = getattr(time, "thread_time", time.perf_counter)
