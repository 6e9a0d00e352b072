"""Documents are read in processes apart: locked in, limited, and ended when they fail.

Whatever a document does to the library that parses it, it costs that document and nothing else.
`Apart.read` is a `reading.Reader`; what may be taken stands in `limits.py`.
"""

from __future__ import annotations

from tenderlight.apart.limits import LIMITS, Limits
from tenderlight.apart.reader import Apart
from tenderlight.apart.recogniser import RecogniserApart
from tenderlight.apart.why import OF_THE_MACHINE
from tenderlight.apart.words import Holds

__all__ = ["LIMITS", "OF_THE_MACHINE", "Apart", "Holds", "Limits", "RecogniserApart"]
