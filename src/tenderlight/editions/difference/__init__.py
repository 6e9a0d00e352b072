"""What changed between two editions: which numbers, by which notices, and why."""

from tenderlight.editions.difference.change import (
    Cause,
    Change,
    Difference,
    FigureChange,
    Moved,
    NumberChange,
)
from tenderlight.editions.difference.compare import compare

__all__ = ["Cause", "Change", "Difference", "FigureChange", "Moved", "NumberChange", "compare"]
