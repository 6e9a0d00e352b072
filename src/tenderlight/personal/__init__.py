"""Personal data that stands in notices: found, so that it is never shown, indexed or exported."""

from tenderlight.personal.find import find_personal, mask_name
from tenderlight.personal.masking import mask

__all__ = ["find_personal", "mask", "mask_name"]
