"""The weights of a reader as bytes that anyone can read: no pickle, nothing that runs.

A line that names the format, a line of JSON, and then for each weight that is not nothing two
numbers of four bytes each, lowest first: its place, and its size in thousandths. Places are

    bin                                      what a stretch of letters says of any technology
    BINS * (1 + t) + bin                     what it says of technology t
    BINS * (1 + T) + hint                    what a hint says
    BINS * (1 + T) + len(HINTS) + t          where technology t begins
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from tenderlight.model import Refused
from tenderlight.second.hints import HINTS
from tenderlight.second.letters import BINS

FORMAT = b"tenderlight second reader 1\n"
THOUSAND = 1000
LARGEST = 1 << 28
MOST_SUBJECTS = 1000
_AGAIN = "Delete derived/second and run `tenderlight second train`."


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The line of JSON."""

    subjects: tuple[str, ...]
    bins: int = BINS
    hints: tuple[str, ...] = HINTS
    slope: int = THOUSAND
    """By which the sum is multiplied before it becomes a probability, in thousandths."""
    shift: int = 0
    """What is then added, in thousandths."""
    count: int = 0


class Weights(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The weights made ready to add up."""

    subjects: tuple[str, ...]
    letters: NDArray[np.float32]
    """For each bin: the shared weight, then that of each technology."""
    hints: NDArray[np.float32]
    begins: NDArray[np.float32]
    slope: float
    shift: float


def places(subjects: int) -> int:
    """How many places there are for so many technologies."""
    return BINS * (1 + subjects) + len(HINTS) + subjects


def write_weights(head: Head, at: NDArray[np.int64], sizes: NDArray[np.float64]) -> bytes:
    """Weights as bytes, in the order of their places; those under half a thousandth left out."""
    rounded = np.rint(sizes * THOUSAND).astype(np.int64)
    kept = np.flatnonzero(rounded)
    kept = kept[np.argsort(at[kept], kind="stable")]
    pairs = np.empty((len(kept), 2), dtype="<i4")
    pairs[:, 0], pairs[:, 1] = at[kept], np.clip(rounded[kept], -(1 << 31) + 1, (1 << 31) - 1)
    head = msgspec.structs.replace(head, count=len(kept))
    return FORMAT + msgspec.json.encode(head) + b"\n" + pairs.tobytes()


def read_weights(content: bytes) -> Weights:
    """The weights that were written. Refuses bytes that are not wholly what they say they are."""
    if len(content) > LARGEST or not content.startswith(FORMAT):
        raise Refused("The second reader's weights are not in our format.", _AGAIN)
    line, _, body = content[len(FORMAT) :].partition(b"\n")
    try:
        head = msgspec.json.decode(line, type=Head)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Refused("The second reader's weights have a broken head.", _AGAIN) from None
    count = len(head.subjects)
    if (head.bins, head.hints) != (BINS, HINTS) or count > MOST_SUBJECTS:
        raise Refused("The second reader was made by another version.", _AGAIN)
    pairs = np.frombuffer(body[: len(body) // 8 * 8], dtype="<i4").reshape(-1, 2)
    at = pairs[:, 0].astype(np.int64)
    whole = len(body) == head.count * 8 and (np.diff(at) > 0).all()
    if not whole or (len(at) and (at[0] < 0 or at[-1] >= places(count))):
        raise Refused("The second reader's weights are cut off or changed.", _AGAIN)
    return _laid_out(head, at, pairs[:, 1] / THOUSAND)


def _laid_out(head: Head, at: NDArray[np.int64], sizes: NDArray[np.float64]) -> Weights:
    count = len(head.subjects)
    letters = np.zeros((BINS, 1 + count), dtype=np.float32)
    edge = BINS * (1 + count)
    first = int(np.searchsorted(at, edge))
    letters[at[:first] % BINS, at[:first] // BINS] = sizes[:first]
    rest = np.zeros(len(HINTS) + count, dtype=np.float32)
    rest[at[first:] - edge] = sizes[first:]
    return Weights(
        subjects=head.subjects,
        letters=letters,
        hints=rest[: len(HINTS)],
        begins=rest[len(HINTS) :],
        slope=head.slope / THOUSAND,
        shift=head.shift / THOUSAND,
    )
