"""A specification as a picture: SVG or PNG, drawn in this process, without a network.

`vl-convert` brings Vega-Lite inside its wheel. Letters are those of a font that the package brings
along, so that a picture looks the same on every machine and Chinese is never boxes.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

Spec = dict[str, Any]
VERSION = "v5.20"
SHARP = 2.0
"""Points of a PNG for one unit of the drawing."""


def as_json(spec: Spec) -> bytes:
    """The specification as a file: the same bytes for the same figure."""
    return json.dumps(spec, ensure_ascii=False).encode() + b"\n"


def as_svg(spec: Spec) -> bytes:
    """The picture as SVG, its letters as text."""
    svg: str = _drawer().vegalite_to_svg(spec, vl_version=VERSION, allowed_base_urls=[])
    return svg.encode()


def as_png(spec: Spec) -> bytes:
    """The picture as PNG."""
    png: bytes = _drawer().vegalite_to_png(
        spec, vl_version=VERSION, scale=SHARP, allowed_base_urls=[]
    )
    return png


@cache
def _drawer() -> Any:
    import vl_convert  # 40 MB of a JavaScript engine: only where a picture is wanted

    vl_convert.register_font_directory(str(files("pylopdf_fonts_zh_cn")))
    return vl_convert
