"""`python -m etl`."""

from etl.commands.app import main

if __name__ == "__main__":
    main()
