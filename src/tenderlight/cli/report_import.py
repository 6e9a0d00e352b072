"""What `add` says of archives that others made."""

from __future__ import annotations

from collections.abc import Sequence

from tenderlight.cli.speak import note, say
from tenderlight.seen import Run


def archives(runs: Sequence[Run]) -> None:
    """What was kept of each, what was checked, and what nobody vouches for."""
    for run in runs:
        say(
            f"archive: {run.requests:,} records kept, {run.new:,} of them new notices, "
            f"{run.known:,} known already, {run.failed:,} refused"
        )
        for line in run.notes:
            note(f"  {line}")
