"""``python -m page``."""

import sys

if __name__ == "__main__":
    from training.command.beginning import let_ctrl_c_end

    let_ctrl_c_end()
    from page.command import command

    sys.exit(command())
