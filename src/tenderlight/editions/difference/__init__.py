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
from tenderlight.editions.difference.contents import Contents

__all__ = [
    "Cause",
    "Change",
    "Contents",
    "Difference",
    "FigureChange",
    "Moved",
    "NumberChange",
    "compare",
]
