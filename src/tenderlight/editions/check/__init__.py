"""Check an edition without the corpus: its files, its signature, its evidence, its numbers."""

from tenderlight.editions.check.verify import is_edition, verify_edition
from tenderlight.editions.check.wrong import Checked, Wrong

__all__ = ["Checked", "Wrong", "is_edition", "verify_edition"]
