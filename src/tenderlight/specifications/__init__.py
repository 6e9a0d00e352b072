"""Passages of technical requirements, and the same passage in another notice."""

from tenderlight.specifications.compare import (
    Alike,
    Likeness,
    compare,
    side_by_side,
)
from tenderlight.specifications.find import find_sections
from tenderlight.specifications.prints import find_prints, rate_of, text_digest
from tenderlight.specifications.section import Section

__all__ = [
    "Alike",
    "Likeness",
    "Section",
    "compare",
    "find_prints",
    "find_sections",
    "rate_of",
    "side_by_side",
    "text_digest",
]
