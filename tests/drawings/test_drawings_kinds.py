"""Every kind of chart is drawn for the desk and for paper, and can be read without colours."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import altair
import jsonschema
import msgspec
import pytest

from tenderlight.drawings import (
    STYLE,
    as_json,
    as_png,
    as_svg,
    draw,
    draw_each,
    first_shown,
    ground,
    specification,
)
from tenderlight.drawings.palette import INK, PAPER, SHADES, contrast
from tenderlight.drawings.vega_maps import hatching, rings_of
from tenderlight.figures.figure import Chart, Label
from tenderlight.model import Refused
from tenderlight.places import point_of, provinces_map
from tenderlight.places.divisions import table
from tests.drawings.chart_samples import CHARTS, figure_of, point, series

TITLE = Label(en="An invented figure", zh="虚构图表")
EVIL = '"><script>alert(1)</script>'
SCHEMES = [dict(re.findall(r"--(\S+): (#[0-9a-f]{6})", part)) for part in STYLE.split("@media")]


@cache
def schema() -> Any:
    """Vega-Lite's own schema."""
    path = Path(altair.__file__).parent / "vegalite/v5/schema/vega-lite-schema.json"
    return jsonschema.Draft7Validator(json.loads(path.read_text(encoding="utf-8")))


def svg_of(chart: Chart, lang: Any = "en") -> str:
    drawn = draw(chart, TITLE, lang, lambda key: f"/rows?{key}", about=lambda id: f"/about/{id}")
    return "".join(each.svg + each.legend for each in drawn)


@pytest.mark.parametrize("kind", CHARTS)
def test_a_specification_is_valid_and_draws(kind: str) -> None:
    spec = specification(figure_of(CHARTS[kind]), "zh")
    assert schema().is_valid(spec)
    assert b"<svg" in as_svg(spec)
    assert "虚构图表" in as_svg(spec).decode()
    assert as_json(spec) == as_json(specification(figure_of(CHARTS[kind]), "zh"))


def test_the_schema_refuses_what_is_no_specification() -> None:
    spec = specification(figure_of(CHARTS["heat"]))
    assert not schema().is_valid({**spec, "height": {"step": "much"}})


def test_a_picture_holds_its_chinese_words_and_is_the_same_twice() -> None:
    spec = specification(figure_of(CHARTS["network"]), "zh")
    assert as_png(spec)[:8] == b"\x89PNG\r\n\x1a\n"
    assert as_svg(spec) == as_svg(spec)


def test_a_specification_fetches_nothing() -> None:
    for chart in CHARTS.values():
        spec = as_json(specification(figure_of(chart))).decode()
        assert '"url"' not in spec
        assert "http" not in spec.replace("https://vega.github.io/schema/", "", 1)


@pytest.mark.parametrize("kind", CHARTS)
def test_every_mark_of_every_kind_is_a_link(kind: str) -> None:
    chart = CHARTS[kind]
    links = set(re.findall(r'<a href="/rows\?([^"]+)"', svg_of(chart)))
    keys = {each.key for one in chart.series for each in one.points if each.x != "999999"}
    assert links == keys


@pytest.mark.parametrize("kind", CHARTS)
def test_words_of_documents_are_no_markup_in_any_kind(kind: str) -> None:
    chart = CHARTS[kind]
    told = chart.series[0].points[0]
    evil = point(told.x, 1, EVIL, told.to)
    svg = svg_of(Chart(kind=chart.kind, series=(series(EVIL, evil),), nodes=chart.nodes))
    assert "<script" not in svg
    assert schema().is_valid(specification(figure_of(chart)))


def test_none_found_and_not_searched_are_drawn_and_told_differently() -> None:
    svg = svg_of(CHARTS["map"])
    assert re.search(r"<title>Hubei: none found</title>\s*<path class=\"division shade-0\"", svg)
    assert re.search(r"<title>Tibet: not searched[^<]*</title>\s*<path class=\"division uns", svg)
    assert "not searched" in svg[svg.index('class="legend"') :]
    spec = specification(figure_of(CHARTS["map"]))
    bands = {each["properties"]["code"]: each["properties"]["band"]
             for each in spec["layer"][0]["data"]["values"]}  # fmt: skip
    assert bands["420000"] == "none found"
    assert bands["540000"].startswith("hatched: not searched")
    hatched = {each["properties"]["code"] for each in spec["layer"][1]["data"]["values"]}
    assert hatched == {code for code, band in bands.items() if band.startswith("hatched")}


@pytest.mark.parametrize("kind", ["map", "points"])
def test_each_series_of_a_map_is_drawn_small_with_the_same_links(kind: str) -> None:
    one = CHARTS[kind].series[0]
    chart = msgspec.structs.replace(CHARTS[kind], series=(one, series("b", *one.points[:1])))
    small = draw_each(chart, "en", lambda key: f"#{key}")
    large = draw(chart, TITLE, "en", lambda key: f"#{key}")[0].svg
    assert [each.id for each in small] == ["a", "b"]
    assert set(re.findall('href="(#cell[^"]+)"', small[0].svg)) == set(
        re.findall('href="(#cell[^"]+)"', large)
    )
    drawn = set(re.findall('href="#(outline-[0-9]+)"', small[0].svg))
    assert drawn == set(re.findall('id="(outline-[0-9]+)"', ground()))
    assert 5 * len(small[1].svg) < len(large)
    assert draw_each(CHARTS[kind], "en", str) == ()


def test_what_has_no_place_is_told_beside_the_map() -> None:
    (drawn,) = draw(CHARTS["points"], TITLE, "en", lambda key: key)
    assert drawn.note is not None
    assert drawn.note.en.startswith("1 not drawn")


@pytest.mark.parametrize("scheme", SCHEMES, ids=["light", "dark"])
def test_neighbouring_shades_stay_apart_in_grey_and_carry_their_numbers(
    scheme: dict[str, str],
) -> None:
    shades = [scheme[f"s{step}"] for step in range(6)]
    assert min(contrast(one, other) for one, other in pairwise(shades)) >= 1.4
    assert min(contrast(scheme["on-s"], shade) for shade in shades[1:3]) >= 4.5
    assert min(contrast(scheme["on-s-deep"], shade) for shade in shades[3:]) >= 4.5


def test_pictures_on_paper_have_the_shades_of_the_style_sheet() -> None:
    assert tuple(SCHEMES[0][f"s{step}"] for step in range(6)) == SHADES
    assert contrast(INK, PAPER) > 12


def test_the_hatching_of_a_division_lies_inside_of_it() -> None:
    for shape in provinces_map().shapes:
        for ring in rings_of(shape.path):
            xs, ys = [x for x, _ in ring], [y for _, y in ring]
            for (ax, ay), (bx, by) in hatching(ring):
                assert min(xs) - 0.1 <= (ax + bx) / 2 <= max(xs) + 0.1
                assert min(ys) - 0.1 <= (ay + by) / 2 <= max(ys) + 0.1
                assert is_inside(((ax + bx) / 2, (ay + by) / 2), ring) or bx - ax < 0.5


def test_every_prefecture_stands_in_its_province() -> None:
    shapes = {shape.code[:2]: rings_of(shape.path) for shape in provinces_map().shapes}
    outside = []
    for row in table("points.tsv"):
        at = point_of(row["code"])
        assert at is not None
        rings = shapes[row["code"][:2]]
        near = min(abs(x - at[0]) + abs(y - at[1]) for ring in rings for x, y in ring)
        if not any(is_inside(at, ring) for ring in rings) and near > 8:
            outside.append(row["code"])
    assert outside == ["460300"]  # on islands that the source does not draw


def is_inside(at: tuple[float, float], ring: list[list[float]]) -> bool:
    (x, y), crossings = at, 0
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            crossings += 1
    return crossings % 2 == 1


def test_a_figure_without_a_chart_has_no_picture() -> None:
    with pytest.raises(Refused, match="nothing to draw"):
        specification(figure_of(Chart(kind="none")))
    with pytest.raises(Refused, match="no series 'x'"):
        specification(figure_of(CHARTS["map"]), series="x")
    assert first_shown(CHARTS["map"]) == "a"
