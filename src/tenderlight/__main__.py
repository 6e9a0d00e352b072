"""`python -m tenderlight` is the same as `tenderlight`."""

from tenderlight.cli import main

if __name__ == "__main__":
    main()
