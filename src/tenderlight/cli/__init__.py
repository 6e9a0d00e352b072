"""The command line: thin, and the only room that prints."""

from __future__ import annotations

import sys

from tenderlight.cli.commands import app
from tenderlight.cli.speak import complain
from tenderlight.model import BrokenEvidence, TenderlightError

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line. Exit codes: 0 done, 1 something is wrong that it found, 2 refused."""
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
    except KeyboardInterrupt:
        complain("Stopped. What was finished is kept; run the same command again to go on.")
        sys.exit(130)
    except OSError as error:
        complain(f"{error.filename or 'The disk'}: {error.strerror or error}.")
        sys.exit(2)
