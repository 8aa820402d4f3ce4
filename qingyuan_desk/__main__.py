"""`python -m qingyuan_desk`: the same as the installed command."""

import sys

from qingyuan_desk.cli import main

if __name__ == "__main__":
    sys.exit(main())
