"""A figure taken out of the desk: tables for spreadsheets, pictures, and a PDF with its sources.

Whatever leaves carries the way back: ids of rows and notices, the key of each number, the address
that opens it, and the digest of the document that was captured.
"""

from tenderlight.offprints.cells import safe
from tenderlight.offprints.files import ENDINGS, make_file
from tenderlight.offprints.gathered import Behind, Captured, Offprint, gather
from tenderlight.offprints.paper import as_pdf
from tenderlight.offprints.sheets import as_csv, as_sources_csv

__all__ = (
    "ENDINGS",
    "Behind",
    "Captured",
    "Offprint",
    "as_csv",
    "as_pdf",
    "as_sources_csv",
    "gather",
    "make_file",
    "safe",
)
