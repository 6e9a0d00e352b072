"""The command line: thin, and the only room that prints."""

from __future__ import annotations

import sys

from tenderlight.cli.commands import app
from tenderlight.cli.speak import complain
from tenderlight.corpus import UNREADABLE
from tenderlight.model import BrokenEvidence, TenderlightError

__all__ = ["app", "main"]


STOPPED = 130
"""The exit code after Ctrl-C, as shells have it."""


def main() -> None:
    """Run the command line.

    Exit codes: 0 done, 1 something is wrong that it found, 2 refused, 130 stopped by Ctrl-C.
    """
    try:
        app()
    except BrokenEvidence as error:
        complain(str(error))
        sys.exit(1)
    except TenderlightError as error:
        complain(str(error))
        sys.exit(2)
    except BrokenPipeError:  # the reader of our output, `head` say, has seen enough
        sys.stderr.close()
        sys.exit(0)
    except SystemExit as exit:
        if exit.code == STOPPED:  # typer has caught the Ctrl-C, and says nothing
            complain("Stopped. What was finished is kept; run the same command again to go on.")
        raise
    except UNREADABLE as error:
        complain(
            f"A part of derived/ cannot be read: {str(error).splitlines()[0]}. If a build was just "
            "running, try again; else delete derived/ and run `tenderlight build`."
        )
        sys.exit(2)
    except OSError as error:
        complain(f"{error.filename or 'The disk'}: {error.strerror or error}.")
        sys.exit(2)
