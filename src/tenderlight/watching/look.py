"""One notice to be looked at again: what to ask, and what the answer is compared with."""

from __future__ import annotations

import msgspec

from tenderlight.model import Capture


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """An address to be asked again as it was asked first."""

    notice: str
    first: Capture
    """The notice as it was first seen; its `url` is asked."""
    last: Capture
    """The newest answer that showed it, of any address; `first` where there was none since."""
