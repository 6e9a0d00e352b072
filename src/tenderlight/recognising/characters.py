"""What a line says: the reading model's steps from left to right, and the characters they mean.

The model looks at a line 48 pixels high and gives, for each step of eight pixels, how likely each
of 18,708 characters stands there, or none (CTC). `Cyrillic` adds its letters to them.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from tenderlight.recognising.cyrillic import Cyrillic
from tenderlight.recognising.models import Floats, Model, scaled
from tenderlight.recognising.seen import Seen, sureness
from tenderlight.recognising.spelling import is_cyrillic, spelled

Grey = NDArray[np.uint8]

HEIGHT = 48
STEP = 8
WIDEST = 3_200
"""Pixels of a line at that height: 66 times as wide as high. What is longer is squeezed."""
PEAK = 0.17
"""Where in its step a character's middle is, in steps: measured on 1,900 printed characters."""
FRAMES = ((128, 32), (320, 16))
"""How wide a short crop is made with paper, and how much of that stands before it. The second is
tried where the first leaves the model unsure: it sees few lines of one or two characters."""
DOUBTFUL = 0.9
SPARSE = 60
"""Pixels of a line's width for each character that was read: Chinese takes 30, Latin 15. Cyrillic
the model passes over in silence."""
LETTERS = 3
"""Cyrillic letters that make a line Cyrillic, where nothing else says that the page is."""
BELIEVED = 0.75
"""Mean confidence of these letters."""
RUNNERS_UP = 4
"""Other characters of a step that are remembered, and from which likelihood on."""
REMEMBERED = 0.02


class Alphabet:
    """Reads crops of lines with one model and its characters."""

    def __init__(self, model: Model) -> None:
        self._model = model
        own = ("", *model.note("character").splitlines(), " ")
        self._cyrillic = Cyrillic(own)
        self._characters = (*own, *self._cyrillic.letters)

    def read(self, crop: Grey, *, cyrillic: bool = False) -> list[Seen]:
        """The characters of one line, from left to right.

        `crop` is the line with a little room around it, dark on light. `cyrillic` says that the
        page is: then a single letter is believed.
        """
        scale = HEIGHT / crop.shape[0]
        width = min(max(round(crop.shape[1] * scale), 1), WIDEST)
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        line = np.asarray(cv2.resize(crop, (width, HEIGHT), interpolation=way), np.uint8)
        seen = self._framed(line, *FRAMES[0], cyrillic=cyrillic)
        if width < FRAMES[0][0] and sureness(seen) < DOUBTFUL:
            seen = max(seen, self._framed(line, *FRAMES[1], cyrillic=cyrillic), key=sureness)
        pixels = crop.shape[1] / width
        return [one._replace(centre=one.centre * pixels) for one in seen]

    def _framed(self, line: Grey, narrowest: int, margin: int, *, cyrillic: bool) -> list[Seen]:
        """Read a line that has the model's height, with paper around it if it is short."""
        before = margin if line.shape[1] < narrowest - margin else 0
        framed = np.full((HEIGHT, max(line.shape[1], narrowest)), _paper(line), np.uint8)
        framed[:, before : before + line.shape[1]] = line
        steps = self._model(scaled(framed))[0]
        found = self._characters_of(steps)
        if cyrillic or len(found) * SPARSE < line.shape[1] or sureness(found) < DOUBTFUL:
            widened = self._characters_of(self._cyrillic.widen(steps))
            if _is_cyrillic(widened, 1 if cyrillic else LETTERS):
                found = spelled(widened)
        return [one._replace(centre=one.centre - before) for one in found]

    def _characters_of(self, steps: Floats) -> list[Seen]:
        best = steps.argmax(axis=1)
        found = []
        start = 0
        for end in range(1, len(best) + 1):
            if end < len(best) and best[end] == best[start]:
                continue
            if best[start]:
                found.append(self._seen(steps[start:end], start, int(best[start])))
            start = end
        return found

    def _seen(self, run: Floats, start: int, index: int) -> Seen:
        likely = run[:, index]
        middle = start + float(np.average(np.arange(len(run)), weights=likely)) + PEAK
        surest = run[int(likely.argmax())]
        others = {
            self._characters[other]: float(surest[other])
            for other in np.argpartition(surest, -RUNNERS_UP)[-RUNNERS_UP:]
            if other not in (0, index) and surest[other] >= REMEMBERED
        }
        return Seen(self._characters[index], middle * STEP, float(likely.max()), others)


def _is_cyrillic(seen: Sequence[Seen], least: int) -> bool:
    letters = [one for one in seen if is_cyrillic(one.text)]
    return len(letters) >= least and sureness(letters) >= BELIEVED


def _paper(crop: Grey) -> int:
    """How bright the paper around the print is."""
    return int(np.percentile(crop, 80))
