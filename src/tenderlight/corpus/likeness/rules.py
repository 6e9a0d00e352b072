"""What makes a lead: all numbers that decide, each with its reason. A change here is of method."""

from __future__ import annotations

VERSION = 1
"""Raise it whenever the same sections could now give other leads."""
COMMON = 20
"""Buyers: wording that more of them use is a template or a law, and leads to nobody. On the bench
`specifications` real copies stand at 2 to 6 buyers and boilerplate at 25 and more."""
FREE = 4
"""Buyers that may share a wording at its full weight. Beyond, it weighs `FREE` / buyers: what a
dozen buyers of one agency have in common must be longer to be a lead than what two have."""
WEIGHT = 60
"""The full weight: a whole number, so that sums can be taken apart again exactly."""
CROWD = 80
"""Different texts that hold one wording: more than this at 20 buyers is one buyer's own habit."""
FEWEST_PRINTS = 3
"""Rare prints that two texts must share to be compared at all; one or two are chance."""
RARE = ((60, 0.17), (110, 0.14), (180, 0.0))
"""Letters of rare wording, estimated from prints, and the part of the shorter text that they must
be at least: little text must be nearly all of it, one long item copied into a long list need not.
Set on seeds 1 and 2 of the bench `specifications`, where agencies' clauses lie just below."""
SHARED_LETTERS = 60
"""Letters in common runs (`specifications.RUN`), counted in the texts themselves."""
