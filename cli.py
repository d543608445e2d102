"""The door from a checkout: `python cli.py check`. Installed, the program is `ledger` (or `factledger`)."""

from ledger.commands import main

if __name__ == "__main__":
    main()
