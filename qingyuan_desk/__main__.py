"""`python -m qingyuan_desk`: the same as the installed command."""

from qingyuan_desk.cli import main

if __name__ == "__main__":
    main()
