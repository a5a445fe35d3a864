"""``python -m chainrule``: the command, where its folder of commands is not on the path."""

import sys

from chainrule.command import main

if __name__ == "__main__":
    sys.exit(main(called=("python", "-m", "chainrule")))
