"""Answers of a recogniser that are kept between runs of the benchmark, as a corpus keeps them.

Whoever changes how tables are found need not recognise the same pixels again. Delete
`bench/out/recognised`, or say `--fresh`, to measure speed.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from tenderlight.pictures import Picture, Recognise, Recognised

FOLDER = Path(__file__).resolve().parents[1] / "out" / "recognised"


class Answer(msgspec.Struct, frozen=True):
    """What was recognised, and how long it took when it was."""

    recognised: Recognised
    seconds: float


@dataclass(slots=True)
class Kept:
    """A recogniser that remembers. `seconds` is what its answers took when they were found."""

    engine: str
    ask: Recognise
    fresh: bool = False
    seconds: float = 0.0
    pages: int = 0
    seen: list[Recognised] = field(default_factory=list)

    def __call__(self, picture: Picture) -> Recognised:
        """The answer, from the folder or found now."""
        request = f"{self.engine}\n{picture.name}\n{picture.dpi}\n".encode() + picture.rgb
        file = FOLDER / f"{hashlib.sha256(request).hexdigest()}.json"
        if file.exists() and not self.fresh:
            answer = msgspec.json.decode(file.read_bytes(), type=Answer)
        else:
            begun = time.process_time()
            answer = Answer(self.ask(picture), time.process_time() - begun)
            FOLDER.mkdir(parents=True, exist_ok=True)
            file.write_bytes(msgspec.json.encode(answer))
        self.seconds += answer.seconds
        self.pages += 1
        self.seen.append(answer.recognised)
        return answer.recognised
