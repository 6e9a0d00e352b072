"""Which technologies a notice buys, whom and where it watches: definitions that anyone can edit."""

from tenderlight.technologies.definition import (
    BuyerKind,
    Clause,
    Definition,
    Definitions,
    Example,
    Measure,
    Term,
)
from tenderlight.technologies.files import load_definitions
from tenderlight.technologies.find import find_findings
from tenderlight.technologies.pages import definition_pages

__all__ = [
    "BuyerKind",
    "Clause",
    "Definition",
    "Definitions",
    "Example",
    "Measure",
    "Term",
    "definition_pages",
    "find_findings",
    "load_definitions",
]
