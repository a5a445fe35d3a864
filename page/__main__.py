"""``python -m page``."""

import sys

from page.command import command

if __name__ == "__main__":
    sys.exit(command())
