"""What a program does before it imports NumPy: nothing heavy is imported here."""

import os
import signal


def let_ctrl_c_end() -> None:
    """Let Ctrl-C during the imports end the program, without a traceback."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def before_train() -> None:
    """Prepare for training: threads of BLAS that wait soon leave their core to others."""
    os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "12")
    let_ctrl_c_end()
