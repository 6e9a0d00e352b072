"""Cyrillic: letters that the reading model was never taught, told from what it makes of them.

The model's characters hold no Cyrillic. But how unlikely it finds each of its own, step by step,
tells apart what it cannot name: a small network of our own, trained on printed words, names the
letter from these likelihoods at a step and two steps to either side. `tools/train_cyrillic.py`
trains it.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from importlib.resources import files

import numpy as np

from tenderlight.recognising.models import Floats, NoModel

FILE = "cyrillic.npz"
SHA256 = "111dbfdd5b9bb05d02f7409a8c6bf15b5f60f4b91ab858ec72ff8eb865af98c9"
REACH = 2
"""Steps to either side that are looked at."""
LEAST_LIKELY = 1e-37
SURE = "0123456789.,-/:;()%«»—+×= "
"""The model's own characters that are never taken for a passed-over letter."""
BLANK, OTHER = 0, 1
"""The network's first two answers: nothing, and a character of the model's own."""


class Cyrillic:
    """Widens the model's likelihoods by a column for each Cyrillic letter."""

    def __init__(self, characters: Sequence[str]) -> None:
        """`characters` are the model's own, the first of them none."""
        payload = (files("tenderlight.recognising") / FILE).read_bytes()
        if hashlib.sha256(payload).hexdigest() != SHA256:
            raise NoModel(f"{FILE} in tenderlight.recognising is another one than expected.")
        with np.load(io.BytesIO(payload), allow_pickle=False) as stored:
            named = str(stored["letters"])
            self._columns = stored["columns"]
            self._mean, self._basis = (stored[key].astype(np.float32) for key in ("mean", "basis"))
            self._layers = [
                (stored[f"weights{n}"].astype(np.float32), stored[f"bias{n}"].astype(np.float32))
                for n in (1, 2)
            ]

        self._sure = [n for n, char in enumerate(characters) if char and char in SURE]
        self._known = [(n, characters.index(c)) for n, c in enumerate(named) if c in characters]
        self._new = [n for n, char in enumerate(named) if char not in characters]
        self.letters = "".join(named[n] for n in self._new)

    def widen(self, steps: Floats) -> Floats:
        """Each step's likelihoods, with those of `letters` after them.

        What the model itself reads is believed where the network sees no letter at that step or
        beside it, and where it is a figure, a mark or a blank.
        """
        likely = self._likely(steps)
        named = likely[:, OTHER + 1 :]
        other = np.pad(likely[:, OTHER], 1)
        near = np.maximum(np.maximum(other[:-2], other[1:-1]), other[2:])
        own = steps * near[:, None]
        own[:, self._sure] = steps[:, self._sure]
        for place, column in self._known:
            own[:, column] = np.maximum(own[:, column], named[:, place])
        own[:, 0] = np.maximum(1 - named.max(axis=1) - own[:, 1:].max(axis=1), 0)
        return np.concatenate([own, named[:, self._new]], axis=1)

    def _likely(self, steps: Floats) -> Floats:
        """The network's answers for each step."""
        told = np.log(np.maximum(steps[:, self._columns], LEAST_LIKELY))
        told -= told.mean(axis=1, keepdims=True)
        seen = np.pad((told - self._mean) @ self._basis, ((REACH, REACH), (0, 0)))
        around = [seen[at : at + len(steps)] for at in range(2 * REACH + 1)]
        (weights, bias), (last_weights, last_bias) = self._layers
        hidden = np.maximum(np.concatenate(around, axis=1) @ weights + bias, 0)
        scores = hidden @ last_weights + last_bias
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)
