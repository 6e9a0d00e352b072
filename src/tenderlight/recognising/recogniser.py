"""A recogniser of printed characters: a picture of a page in, its lines with their places out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from tenderlight.pictures import Picture, Pixels, Recognised, Written, pixels_of, straighten
from tenderlight.recognising.characters import Alphabet, Seen
from tenderlight.recognising.edges import find_edges
from tenderlight.recognising.finding import Region, find_regions
from tenderlight.recognising.ink import grey_of
from tenderlight.recognising.level import find_skew
from tenderlight.recognising.models import DETECTING, DIGESTS, READING, Model, model_bytes

Grey = NDArray[np.uint8]

RULES = 1
"""Raised with every change here that can change an answer; part of the engine's name."""
LEAST = 0.5
"""Mean confidence of a line that is kept; below it stands a drawing or a signature."""


def engine_name() -> str:
    """The recogniser's whole name: its rules, its models' digests, the programs that run them."""
    models = " ".join(f"{name.removesuffix('.onnx')}:{DIGESTS[name][:16]}" for name in DIGESTS)
    return (
        f"tenderlight-recognising:{RULES} {models} "
        f"onnxruntime:{version('onnxruntime')} opencv:{version('opencv-python-headless')}"
    )


class Recogniser:
    """Recognises what is printed in pictures. Loads its models once; asks no network for anything.

    Raises models.NoModel, when it is made, where a model is missing or another than expected.
    """

    def __init__(self) -> None:
        self.engine = engine_name()
        self._finding = Model(model_bytes(DETECTING))
        self._alphabet = Alphabet(Model(model_bytes(READING)))

    def __call__(self, picture: Picture) -> Recognised:
        """What stands in a picture."""
        pixels = pixels_of(picture)
        sha256 = hashlib.sha256(picture.rgb).hexdigest()
        dpi = float(picture.dpi or 200)
        grey = grey_of(pixels, dpi)
        skew = find_skew(grey)
        turn, lines = self._upright(pixels, skew, dpi)
        return Recognised(
            engine=self.engine, turn=turn, skew=skew, lines=tuple(lines), sha256=sha256
        )

    def _upright(self, pixels: Pixels, skew: float, dpi: float) -> tuple[int, list[Written]]:
        """Read the page as it stands; where that gives no sense, turned."""
        grey = grey_of(straighten(pixels, 0, skew), dpi)
        regions = find_regions(grey, dpi, self._finding)
        return 0, self._read(grey, regions)

    def _read(self, grey: Grey, regions: Sequence[Region]) -> list[Written]:
        lines = []
        for region in regions:
            crop = grey[region.top : region.bottom, region.left : region.right]
            seen = self._alphabet.read(crop)
            if seen and np.mean([one.confidence for one in seen]) >= LEAST:
                lines.append(_written(region, crop, seen))
        return lines


def _written(region: Region, crop: Grey, seen: Sequence[Seen]) -> Written:
    edges = find_edges(crop, [one.centre for one in seen])
    flat = [round(region.left + side, 1) for edge in edges for side in edge]
    return Written(
        "".join(one.text for one in seen),
        float(region.left),
        float(region.top),
        float(region.right),
        float(region.bottom),
        tuple(flat),
        bytes(round(100 * min(1.0, one.confidence)) for one in seen),
    )
