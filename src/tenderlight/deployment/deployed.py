"""One place where equipment is to stand, as a value: counted, never an address."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from tenderlight.model import Cited, Passage


class Deployed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of a list of where equipment is to stand."""

    at: Passage
    """The place as printed; what in it is a home or a person's name is masked where it is shown."""
    category: Cited[str] | None = None
    """The id of a site of the definitions (`school`), and the words that say so; None: another."""
    devices: Cited[Decimal] | None = None
    """How many; None where the row does not say."""
    what: Cited[str] | None = None
    """The equipment as printed: `球机`."""
    area: Cited[str] | None = None
    """The police station, township or district that the row names for it, as printed."""
    county: Cited[str] | None = None
    """The division that the row itself names, by its code."""
    has_coordinates: bool = False
    """Whether a place in China is printed to the degree, in either order."""
    longitude: Decimal | None = None
    """Rounded to a tenth of a degree, some ten kilometres: finer ones are never kept."""
    latitude: Decimal | None = None
