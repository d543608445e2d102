"""The door of `python -m ledger`: the same program as the console script `ledger`."""

from ledger.commands import main

if __name__ == "__main__":
    main()
