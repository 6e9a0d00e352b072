"""Where documents come from: today, folders that a person saved."""

from tenderlight.sources.adding import Added, add
from tenderlight.sources.folder import Found, RefusedFile, find_documents

__all__ = ["Added", "Found", "RefusedFile", "add", "find_documents"]
