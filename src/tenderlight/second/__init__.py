"""A second reader beside the definitions: a small classifier that ranks, and never decides. Pure.

It is trained from what people decided and from the definitions' own examples, on the processor and
offline, and says of a passage how likely it is that the technology is bought there. People review
first where it and the definitions disagree, or where it is least sure.
"""

from tenderlight.second.types import Card, Lesson, Reader

__all__ = ["Card", "Lesson", "Reader"]
