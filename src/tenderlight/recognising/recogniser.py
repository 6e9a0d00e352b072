"""A recogniser of printed characters: a picture of a page in, its lines with their places out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tenderlight.pictures import Picture, Pixels, Recognised, Written, pixels_of, straighten
from tenderlight.recognising.characters import Alphabet, Seen
from tenderlight.recognising.choosing import choose
from tenderlight.recognising.edges import find_edges
from tenderlight.recognising.finding import Region, find_regions
from tenderlight.recognising.ink import grey_of
from tenderlight.recognising.level import find_skew
from tenderlight.recognising.models import DETECTING, DIGESTS, READING, Model, model_bytes

Grey = NDArray[np.uint8]

RULES = 2
"""Raised with every change here that can change an answer; part of the engine's name."""
LEAST = 0.5
"""Mean confidence of a line that is kept; below it stands a drawing or a signature."""
SAMPLE = 6
"""Lines that are read to tell whether a page stands upright."""
PLAIN = 0.9
"""Mean confidence of such lines when they are upright; upside down they have 0.3 to 0.7."""


def engine_name() -> str:
    """The recogniser's whole name: its rules, its models' digests, the programs that run them."""
    models = " ".join(f"{name.removesuffix('.onnx')}:{DIGESTS[name][:16]}" for name in DIGESTS)
    return (
        f"tenderlight-recognising:{RULES} {models} "
        f"onnxruntime:{version('onnxruntime')} opencv:{version('opencv-python-headless')}"
    )


class _View(NamedTuple):
    """A page turned in some way, and the lines that are found in it."""

    turn: int
    grey: Grey
    regions: Sequence[Region]


class Recogniser:
    """Recognises what is printed in pictures. Loads its models once; asks no network for anything.

    Raises models.NoModel, when it is made, where a model is missing or another than expected.
    """

    def __init__(self) -> None:
        self.engine = engine_name()
        self._finding = Model(model_bytes(DETECTING))
        self._alphabet = Alphabet(Model(model_bytes(READING)))

    def __call__(self, picture: Picture) -> Recognised:
        """What stands in a picture, and how it has to be turned to be read."""
        pixels = pixels_of(picture)
        dpi = float(picture.dpi or 200)
        skew = find_skew(grey_of(pixels, dpi))
        view = self._upright(pixels, skew, dpi)
        return Recognised(
            engine=self.engine,
            turn=view.turn,
            skew=skew,
            lines=tuple(self._read(view)),
            sha256=hashlib.sha256(picture.rgb).hexdigest(),
        )

    def _upright(self, pixels: Pixels, skew: float, dpi: float) -> _View:
        """The page turned so that its lines can be read."""
        standing = view = self._look(pixels, 0, skew, dpi)
        if _lies(standing.regions):
            view = self._look(pixels, 90, skew, dpi)
        sure = self._sureness(view, flipped=False)
        if sure >= PLAIN:
            return view
        other = self._sureness(view, flipped=True)
        if max(sure, other) < LEAST:
            return standing
        return view if sure >= other else self._look(pixels, view.turn + 180, skew, dpi)

    def _look(self, pixels: Pixels, turn: int, skew: float, dpi: float) -> _View:
        grey = grey_of(straighten(pixels, turn, skew), dpi)
        return _View(turn, grey, find_regions(grey, dpi, self._finding))

    def _sureness(self, view: _View, *, flipped: bool) -> float:
        """How sure the model is of a few lines, as they stand or upside down."""
        lines = [region for region in view.regions if region.length > 1.5]
        lines.sort(key=lambda region: abs(region.length - 8))
        sure = [
            one.confidence
            for region in lines[:SAMPLE]
            for one in self._alphabet.read(_turned(_cut(view.grey, region), flipped))
        ]
        return float(np.mean(sure)) if sure else 0.0

    def _read(self, view: _View) -> list[Written]:
        lines = []
        for region in view.regions:
            crop = _cut(view.grey, region)
            seen = self._alphabet.read(crop)
            if seen and np.mean([one.confidence for one in seen]) >= LEAST:
                lines.append(_written(region, crop, seen))
        return lines


def _lies(regions: Sequence[Region]) -> bool:
    """Whether the page lies on its side: most of its print runs up or down."""
    tall = sum(region.bottom - region.top for region in regions if region.length < 0.5)
    long = sum(region.right - region.left for region in regions if region.length > 2)
    return tall > long


def _cut(grey: Grey, region: Region) -> Grey:
    return grey[region.top : region.bottom, region.left : region.right]


def _turned(crop: Grey, flipped: bool) -> Grey:
    return np.ascontiguousarray(crop[::-1, ::-1]) if flipped else crop


def _written(region: Region, crop: Grey, seen: Sequence[Seen]) -> Written:
    edges = find_edges(crop, [one.centre for one in seen])
    line = choose(list(zip(seen, edges, strict=True)))
    return Written(
        "".join(one.text for one, _ in line),
        float(region.left),
        float(region.top),
        float(region.right),
        float(region.bottom),
        tuple(round(region.left + side, 1) for _, edge in line for side in edge),
        bytes(round(100 * min(1.0, one.confidence)) for one, _ in line),
    )
