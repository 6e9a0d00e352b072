"""A recogniser of printed characters: a picture of a page in, its lines with their places out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tenderlight.pictures import Picture, Pixels, Recognised, Written, pixels_of, straighten
from tenderlight.recognising import cyrillic
from tenderlight.recognising.behind import read_lone
from tenderlight.recognising.capitals import with_capitals
from tenderlight.recognising.characters import Alphabet
from tenderlight.recognising.choosing import choose
from tenderlight.recognising.commas import with_commas
from tenderlight.recognising.edges import find_edges
from tenderlight.recognising.finding import Region, find_regions
from tenderlight.recognising.ink import grey_of
from tenderlight.recognising.level import find_skew
from tenderlight.recognising.models import DETECTING, DIGESTS, READING, Model, model_bytes
from tenderlight.recognising.remaining import add_remaining
from tenderlight.recognising.script import Script, in_script, script_of
from tenderlight.recognising.seen import Seen, sureness

Grey = NDArray[np.uint8]

RULES = 7
"""Raised with every change here that can change an answer; part of the engine's name."""
LEAST = 0.5
"""Mean confidence of a line that is kept; below it stands a drawing or a signature."""
LONE = 0.4
"""The same of one or two characters, which the model cannot tell from their neighbours."""
SURE = 0.9
"""The same of print that the detecting model passed over."""
SMALLEST = 12
"""Pixels of the shorter side of a picture that is looked at: print needs ten."""
SAMPLE = 6
"""Lines that are read to tell whether a page stands upright."""
PLAIN = 0.9
"""Mean confidence of such lines when they are upright; upside down they have 0.3 to 0.7."""


def engine_name() -> str:
    """The recogniser's whole name: its rules, its models' digests, the programs that run them."""
    digests = {**DIGESTS, cyrillic.FILE: cyrillic.SHA256}
    models = " ".join(f"{Path(name).stem}:{digest[:16]}" for name, digest in digests.items())
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
        if min(picture.width, picture.height) < SMALLEST:
            return self._answer(picture, 0, 0.0, [])
        skew = find_skew(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8))
        view = self._upright(pixels, skew, dpi)
        return self._answer(picture, view.turn, skew, self._read(view, dpi))

    def _answer(
        self, picture: Picture, turn: int, skew: float, lines: Sequence[Written]
    ) -> Recognised:
        return Recognised(
            engine=self.engine,
            turn=turn,
            skew=skew,
            lines=tuple(lines),
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
        return sureness(
            [
                one
                for region in lines[:SAMPLE]
                for one in self._alphabet.read(_turned(_cut(view.grey, region), flipped))
            ]
        )

    def _read(self, view: _View, dpi: float) -> list[Written]:
        """All lines, from top to bottom."""
        rest = add_remaining(view.grey, list(view.regions), dpi)
        lines = self._lines(view.grey, rest.lines, _is_line, cyrillic=False)
        script = script_of(lines.values())
        cyrillic = script is Script.CYRILLIC
        if cyrillic:
            lines = self._lines(view.grey, rest.lines, _is_line, cyrillic=True)
        lines = read_lone(view.grey, lines, self._alphabet)
        lines.update(self._lines(view.grey, rest.new, _is_sure, cyrillic=cyrillic))
        return [
            _written(region, _cut(view.grey, region), in_script(lines[region], script))
            for region in sorted(lines, key=lambda region: (region.top, region.left))
        ]

    def _lines(
        self,
        grey: Grey,
        regions: Sequence[Region],
        is_good: Callable[[Sequence[Seen]], bool],
        *,
        cyrillic: bool,
    ) -> dict[Region, list[Seen]]:
        read = {one: self._alphabet.read(_cut(grey, one), cyrillic=cyrillic) for one in regions}
        return {region: seen for region, seen in read.items() if is_good(seen)}


def _is_line(seen: Sequence[Seen]) -> bool:
    return bool(seen) and sureness(seen) >= (LONE if len(seen) <= 2 else LEAST)


def _is_sure(seen: Sequence[Seen]) -> bool:
    return bool(seen) and sureness(seen) >= SURE


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
    line = with_commas(choose(list(zip(seen, edges, strict=True))), crop)
    line = with_capitals(line, crop)
    return Written(
        "".join(one.text for one, _ in line),
        float(region.left),
        float(region.top),
        float(region.right),
        float(region.bottom),
        tuple(round(region.left + side, 1) for _, edge in line for side in edge),
        bytes(round(100 * min(1.0, one.confidence)) for one, _ in line),
    )
