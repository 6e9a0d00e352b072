"""What is asked first: the claims that are most likely wrong, and the purchases most likely missed.

An order decides nothing: every case is asked in the end, and a measured error rests on samples
that are drawn without it. It only says where a person's next minute mends most.
"""

from __future__ import annotations

import math

PRIOR: dict[str, dict[str, float]] = {
    "bought": {"title": 0.99, "name": 0.99, "item": 0.97, "needs": 0.96, "text": 0.88},
    "mentioned": {"item": 0.25, "needs": 0.2, "text": 0.15, "existing": 0.1, "background": 0.1},
    "excluded": {"cancelled": 0.1},
    "none": {},
}
"""How likely a notice buys it, by what the definitions claim and where in it that stands."""
ELSEWHERE = {"bought": 0.8, "mentioned": 0.06, "excluded": 0.04, "none": 0.02}
"""The same for places that `PRIOR` does not name."""
SAID = {"bought": 1.5, "mentioned": -1.0, "excluded": -1.5, "none": -1.5}
"""How far a language model's testimony moves the log odds: less than any firm score does."""
FIRMEST = 0.999
"""No score counts for more than this: a classifier that is sure can be wrong."""


def priority(
    claim: str, score: float | None = None, standing: str = "text", *, said: str | None = None
) -> float:
    """How likely the definitions are wrong about a claim, 0 to 1: what is highest is asked first.

    `score` is the second reader's (how likely it is bought), None where it was not asked;
    `standing` where in the document the passage stands; `said` the relation that a language model
    gave, None where none was asked. What is not known is left out: it works without all three.

    >>> priority("bought", 0.1) > priority("bought") > priority("bought", 0.9)
    True
    >>> priority("none", 0.9) > priority("none")
    True
    >>> priority("bought", None, "text") > priority("bought", None, "title")
    True
    >>> priority("bought", said="excluded") > priority("bought", said="bought")
    True
    """
    bought = _log_odds(PRIOR.get(claim, {}).get(standing, ELSEWHERE.get(claim, 0.02)))
    if score is not None and 0 <= score <= 1:
        bought += _log_odds(min(max(score, 1 - FIRMEST), FIRMEST))
    bought += SAID.get(said or "", 0.0)
    is_claimed = claim == "bought"
    return 1 / (1 + math.exp(bought if is_claimed else -bought))


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share))
