"""How long and how much one exchange may take."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What is over a limit is broken off; what came until then is kept."""

    connect: float = 15.0
    """Seconds until the name is looked up, and again until a connection stands, TLS included."""
    seconds: float = 120.0
    """Seconds for the whole exchange."""
    idle: float = 30.0
    """Seconds in which nothing at all arrives."""
    head: int = 64 * 2**10
    """Bytes of status line and headers, interim answers (1xx) included."""
    largest: int = 128 * 2**20
    """Bytes of the body as received."""
    behind: float = 0.25
    """Seconds to wait at the announced end whether more comes after all, or the server closes."""
