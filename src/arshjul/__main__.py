"""`python -m arshjul` is the command `arshjul`."""

from arshjul.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
