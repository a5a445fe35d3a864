"""What a system cannot enforce, as a teacher reads it.

``sealing.py`` and ``system_calls.py`` say it in English: they are copied into a student's process without the messages.
"""

from language import N_, _

PIECES = (
    N_("files of others can be read, and written where the user may"),
    N_("connections can be opened, other processes started and signalled, and modes of files changed"),
    N_("CPU time, memory, the sizes of files and the number of threads are not limited (Windows)"),
    N_("CPU time cannot be limited"),
    N_("memory cannot be limited"),
    N_("the sizes of files cannot be limited"),
    N_("the number of open files cannot be limited"),
    N_("the size of core files cannot be limited"),
    N_("the number of threads cannot be limited"),
    N_("for root"),
    N_("by this system"),
    N_("this system is not Linux"),
    N_("no Landlock in this kernel"),
    N_("Landlock is switched off"),
    N_("Landlock is forbidden here"),
    N_("no filter is known for"),
    N_("no filter of system calls in this kernel"),
)


def told(line: str) -> str:
    """Return a line of :func:`coursework.apart.sealing.seal` in the language that is spoken."""
    for piece in PIECES:
        line = line.replace(piece, _(piece))
    return line
