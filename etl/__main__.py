"""`python -m etl`: load, build, look, go back."""

from etl.commands import main

if __name__ == "__main__":
    main()
