"""``python -m training.search``."""

import sys

if __name__ == "__main__":
    from training.command.beginning import before_train

    before_train()
    from training.search.command import command

    sys.exit(command())
