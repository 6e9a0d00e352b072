"""A notice, a passage or a figure as a citation: text, BibTeX, CSL-JSON, RIS. Pure.

Every form names the institution that published, the day, the address, the digest of what was
preserved and when it was captured, and a place where the reader finds it again: an edition and the
page in it, or the address at a desk. No person is ever an author here.
"""

from tenderlight.citing.forms import FORMS, Form, cite, forms
from tenderlight.citing.source import Source

__all__ = ("FORMS", "Form", "Source", "cite", "forms")
