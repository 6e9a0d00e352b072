"""What was seen, kept as it was seen. Written once, appended to, never edited.

The only room that opens a WARC file. On disk, and nothing else:

    evidence/
    ├── captures-00001.warc.gz   WARC 1.1, one gzip member a record
    ├── ledger.jsonl             one line a capture, each naming the digest of the line before it
    ├── head.json                how many lines there are, and the digest of the last one
    └── stamps/                  time stamps of ledger lines, where an authority was asked
"""

from tenderlight.evidence.exchange import Answer
from tenderlight.evidence.keep import Keeping
from tenderlight.evidence.ledger import Head, Line, decode_line, parse_line
from tenderlight.evidence.records import Damage
from tenderlight.evidence.recover import Cleared
from tenderlight.evidence.store import Store
from tenderlight.evidence.verify import Report
from tenderlight.evidence.warc import LARGEST

__all__ = [
    "LARGEST",
    "Answer",
    "Cleared",
    "Damage",
    "Head",
    "Keeping",
    "Line",
    "Report",
    "Store",
    "decode_line",
    "parse_line",
]
