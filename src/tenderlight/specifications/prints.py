"""Prints of a passage: numbers that two passages share if, and only if, they share wording.

Every stretch of `WIDTH` letters has a number. Kept are those whose number is divisible by the rate,
so the same stretch is kept or passed over in whatever passage it stands: each print that two
passages share stands for about `rate` letters in common, and a change in one place leaves the
prints of all others as they were. (Fingerprints chosen by `0 mod p`: Manber, "Finding similar files
in a large file system", 1994.) Punctuation, white space, width, case and script (Traditional,
Simplified) make no difference. What is masked has no print.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tenderlight.plain import MASK, simplify

Codes = NDArray[np.uint64]

WIDTH = 8
"""Letters in a print: fewer are common words, more do not survive edits."""
RATES = ((1_000, 8), (8_000, 16))
"""Up to so many letters one stretch in so many is kept; of longer passages one in `COARSEST`.
Rates divide one another, so passages of different length still share prints."""
COARSEST = 32
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


def find_prints(text: str) -> tuple[int, ...]:
    """The prints of a passage in ascending order, each once, as signed numbers of 64 bits.

    >>> one = find_prints("支持人脸检测、抓拍与比对，检测时间不大于200毫秒，存储时间不少于30天。")
    >>> two = find_prints("支持 人臉檢測,抓拍與比對;檢測時間不大於２００毫秒 存儲時間不少於30天")
    >>> one == two, len(one)
    (True, 1)
    """
    codes, _ = letters_of(text)
    numbers = np.unique(stretches(codes, WIDTH))
    kept = numbers[numbers % np.uint64(rate_of(len(codes))) == 0]
    return tuple(np.sort(kept.view(np.int64)).tolist())


def rate_of(letters: int) -> int:
    """One stretch in how many is kept of a passage of so many letters.

    >>> rate_of(300), rate_of(3_000), rate_of(30_000)
    (8, 16, 32)
    """
    return next((rate for most, rate in RATES if letters <= most), COARSEST)


def letters_of(text: str) -> tuple[Codes, NDArray[np.int64]]:
    """The folded letters and digits of a text, and the place of each in it."""
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    folded = _folds()[np.minimum(raw, 0xFFFF)]
    places = np.flatnonzero(folded)
    return folded[places].astype(np.uint64), places


def stretches(codes: Codes, width: int) -> Codes:
    """A number for every stretch of so many letters, by the place of its first."""
    count = len(codes) - width + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    numbers = np.zeros(count, dtype=np.uint64)
    for offset in range(width):  # numbers wrap around at 2^64, which is meant
        numbers = numbers * _BASE + codes[offset : offset + count]
    numbers ^= numbers >> np.uint64(31)
    numbers *= _MIX
    mixed: Codes = numbers ^ (numbers >> np.uint64(29))
    return mixed


def text_digest(text: str) -> str:
    """A name for a passage's letters.

    >>> text_digest("支持 ONVIF。") == text_digest("支持onvif") != text_digest("支持rtsp")
    True
    """
    codes, _ = letters_of(text)
    return hashlib.sha256(codes.astype("<u4").tobytes()).hexdigest()[:16]


@cache
def _folds() -> NDArray[np.uint32]:
    """For each character its folded letter, or 0 for what is none. Beyond 16 bits nothing is."""
    every: Any = "".join(map(chr, range(0x10000)))
    folded = [ord(c) if c.isalnum() and c != MASK else 0 for c in simplify(every)]
    folded[0xFFFF] = 0
    return np.array(folded, dtype=np.uint32)
