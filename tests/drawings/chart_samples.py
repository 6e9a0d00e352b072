"""One chart of each kind, invented, for tests."""

from __future__ import annotations

from tenderlight.figures.figure import Chart, Figure, Label, Node, Point, Series


def point(x: str, value: int, label: str = "", to: str | None = None) -> Point:
    return Point(x=x, en=label or x, zh=f"中{label or x}", value=value, key=f"cell/{x}/n", to=to)


def series(id: str, *points: Point) -> Series:
    return Series(id=id, en=f"Series {id}", zh=f"系列{id}", points=points)


YEARS = [point(str(year), (year * 7) % 23) for year in range(2012, 2020)]
PLACES = [point("650000", 40), point("110000", 1), point("440000", 12)]
BUYERS = [Node(id=f"b{n}", en=f"Buyer {n}", zh=f"采购人{n}", side="from", organisation=f"o{n}")
          for n in range(3)]  # fmt: skip
SUPPLIERS = [Node(id=f"s{n}", en=f"Firm {n}", zh=f"公司{n}", side="to") for n in range(4)]
EDGES = [point(f"b{n % 3}", n + 1, to=f"s{n % 4}") for n in range(9)]
DAYS = [point(f"20{10 + n % 10}-0{1 + n % 9}-11", 1, f"thing {n}") for n in range(60)]
AXES = {"x": Label(en="Year", zh="年份"), "y": Label(en="Purchases", zh="采购项目数")}

CHARTS: dict[str, Chart] = {
    "bars": Chart(kind="bars", series=(series("a", point("dna", 3), point("iris", 1)),), **AXES),
    "years": Chart(kind="bars", series=(series("a", *YEARS), series("b", *YEARS[2:])), **AXES),
    "lines": Chart(kind="lines", series=(series("a", *YEARS), series("b", *YEARS)), **AXES),
    "heat": Chart(kind="heat", series=(series("a", *YEARS), series("b", *YEARS)), **AXES),
    "map": Chart(kind="map", series=(series("a", *PLACES),), searched=("650000", "420000"), **AXES),
    "points": Chart(kind="points", series=(series("a", point("440300", 4), point("653100", 9),
                                                  point("999999", 1)),), **AXES),
    "timeline": Chart(kind="timeline", series=(series("a", *DAYS[:9]), series("b", *DAYS[9:12]))),
    "lanes": Chart(kind="timeline", series=(series("a", *DAYS), series("b", *DAYS[:20]))),
    "network": Chart(kind="network", series=(series("a", *EDGES),), nodes=(*BUYERS, *SUPPLIERS)),
}  # fmt: skip


def figure_of(chart: Chart) -> Figure:
    return Figure(
        name="invented", en="An invented figure", zh="虚构图表", question="How many?", columns=(),
        rows=(), method="", coverage=(), chart=chart, digest="0",
    )  # fmt: skip
