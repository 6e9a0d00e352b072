"""The figure of places: each purchase's last list once, by kind and county, and nothing exact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.figures import Figure, make_figure, open_cell
from tenderlight.sources import add

Tables = Callable[[Sequence[dict[str, Any]]], duckdb.DuckDBPyConnection]


def told(figure: Figure) -> dict[str, list[Any]]:
    """Each line's places, devices, places without a number, with coordinates, notices, purchases.

    Without zeros at the end.
    """
    return {row.id: [cell.value for cell in row.cells[1:]] for row in figure.rows}


def test_places_and_devices_are_counted_by_kind_and_by_county(tables: Tables) -> None:
    con = tables(
        [
            {
                "id": "a",
                "county": "440306",
                "deployment": [("school", 4, "440305"), ("school", None, None), (None, 2, None)],
            },
            {"id": "b", "province": None, "deployment": [("hotel", 1, None)]},
        ]
    )
    figure = make_figure(con, "deployment")
    assert told(figure) == {
        "*": [4, 7, 1, 0, 2, 2],
        "*:440305": [1, 4, 0, 0, 1, 1],
        "*:440306": [2, 2, 1, 0, 1, 1],
        "*:none": [1, 1, 0, 0, 1, 1],
        "school": [2, 4, 1, 0, 1, 1],
        "school:440305": [1, 4, 0, 0, 1, 1],
        "school:440306": [1, 0, 1, 0, 1, 1],
        "other": [1, 2, 0, 0, 1, 1],
        "other:440306": [1, 2, 0, 0, 1, 1],
        "hotel": [1, 1, 0, 0, 1, 1],
        "hotel:none": [1, 1, 0, 0, 1, 1],
    }
    label = next(row.cells[0] for row in figure.rows if row.id == "*:440305")
    assert (label.value, label.zh) == ("深圳市南山区, Guangdong", "广东省深圳市南山区")


def test_a_list_that_a_later_notice_of_the_purchase_repeats_counts_once(tables: Tables) -> None:
    first = {"project": "XN-1", "published": "2020-01-02", "deployment": [("school", 9, None)] * 3}
    again = {"project": "XN-1", "published": "2020-02-02", "type": "correction"}
    con = tables(
        [
            {"id": "a", **first},
            {"id": "b", **again, "deployment": [("school", 5, None)] * 2},
            {"id": "c", "project": "XN-1", "published": "2020-03-02", "type": "award"},
        ]
    )
    figure = make_figure(con, "deployment")
    assert told(figure)["school"] == [2, 10, 0, 0, 2, 1]
    key = figure.rows[0].cells[1].key
    assert {proof.notice for proof in open_cell(con, "deployment", str(key))} == {"b"}
    left = {line.id: line.count for line in figure.coverage}
    assert (left["used"], left["left-out-none"]) == (2, 1)


def test_the_map_counts_places_by_province_and_each_opens(tables: Tables) -> None:
    con = tables(
        [
            {"id": "a", "deployment": [("school", 1, "440305"), ("school", 1, "440103")]},
            {"id": "b", "province": None, "deployment": [("school", 1, None)]},
        ]
    )
    chart = make_figure(con, "deployment").chart
    assert chart.kind == "map"
    drawn = {one.id: [(point.x, point.value) for point in one.points] for one in chart.series}
    assert drawn == {"*": [("440000", 2)], "school": [("440000", 2)]}
    key = chart.series[0].points[0].key
    assert len(open_cell(con, "deployment", str(key))) == 2


def test_without_lists_there_is_nothing_to_show(tables: Tables) -> None:
    figure = make_figure(tables([{"id": "a"}]), "deployment")
    assert figure.rows == ()
    assert figure.chart.series == ()


LIST = """<html><head><meta charset="utf-8"><title>虚构县公安局视频监控点位建设招标公告</title>
</head><body><h2>虚构县公安局视频监控点位建设招标公告</h2><p>采购人：岳麓虚构县公安局</p>
<p>项目名称：视频监控点位建设</p><p>采购高清视频监控摄像机，安装于下列点位。</p>
<p>监控点位清单</p><table>
<tr><th>序号</th><th>点位名称</th><th>经度</th><th>纬度</th><th>摄像机类型</th><th>数量</th></tr>
<tr><td>1</td><td>虚构第一小学门口</td><td>112.938761</td><td>28.228304</td><td>球机</td><td>2</td></tr>
<tr><td>2</td><td>欧阳若溪家门口</td><td>112.941532</td><td>28.231276</td><td>枪机</td><td>1</td></tr>
<tr><td>3</td><td>虚构大酒店大厅</td><td>112.945218</td><td>28.235947</td><td>枪机</td><td>4</td></tr>
</table></body></html>"""


def test_neither_coordinates_nor_private_people_are_shown(tmp_path: Path) -> None:
    saved, root = tmp_path / "saved", tmp_path / "corpus"
    saved.mkdir()
    (saved / "list.html").write_text(LIST, encoding="utf-8")
    init_corpus(root)
    add(root, [saved], lambda: datetime(2026, 1, 2, tzinfo=UTC))
    build(root, jobs=1)
    con = Corpus.open(root).connect()
    figure = make_figure(con, "deployment")
    assert told(figure)["*"][:4] == [3, Decimal(7), 0, 3]
    keys = [str(cell.key) for row in figure.rows for cell in row.cells if cell.key]
    proofs = [proof for key in keys for proof in open_cell(con, "deployment", key)]
    assert any(proof.text == "虚构第一小学门口" for proof in proofs)
    shown = f"{figure} {proofs}"
    for secret in ("若溪", "欧", "938761", "228304", "112.9", "28.2"):
        assert secret not in shown
