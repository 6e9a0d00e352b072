"""Lists of places made from what they say: nothing is told wrong, no home is shown. Invented."""

from __future__ import annotations

import random
from collections.abc import Callable

import msgspec
import pytest

from tenderlight.corpus.rows_deployment import deployment_row, deployment_rows
from tenderlight.corpus.shown import Shown
from tenderlight.deployment import Deployed, find_deployment
from tenderlight.model import Reading
from tenderlight.personal import find_personal
from tenderlight.reading import read_document
from tenderlight.technologies import load_definitions

DEFINITIONS = load_definitions()
PUBLIC = {
    "东湖小学东门": "school",
    "北山宾馆大厅": "hotel",
    "金座KTV门口": "karaoke",
    "城关镇卫生院": "hospital",
    "火车站广场进站口": "station",
    "人民路与东风路路口": "street",
    "清真寺正门": "religious",
    "望湖花园南门": "residential",
    "农贸市场": "shop",
    "县政府北门": None,
}
HOMES = {
    "上访户王小明家门口": ("王小明",),
    "东湖村3组12号李大勇住宅": ("李大勇", "3组12号"),
    "阳光小区5栋2单元301室": ("5栋2单元301室",),
    "患者赵小红家对面": ("赵小红",),
}
HEADS: dict[str, tuple[str, ...]] = {
    "ordinal": ("序号", "编号"),
    "place": ("点位名称", "安装位置", "监控点位置", "安装地点", "摄像机安装位置", "点位"),
    "longitude": ("经度", "东经"),
    "latitude": ("纬度", "北纬"),
    "what": ("摄像机类型", "设备类型", "前端设备", "设备名称"),
    "devices": ("数量", "数量（台）", "摄像机数量", "台数"),
    "area": ("所属辖区", "派出所", "所属派出所", "乡镇"),
    "note": ("备注",),
}
Rows = list[list[str]]


class Made(msgspec.Struct):
    """A list, and what it says."""

    columns: list[str]
    rows: Rows
    truth: list[dict[str, str]]
    secrets: list[str]


def made(chance: random.Random, full: bool) -> Made:
    columns = ["ordinal", "place", *chance.sample(["what", "devices"], chance.randint(1, 2))]
    if chance.random() < 0.6:
        columns[2:2] = ["longitude", "latitude"]
    if chance.random() < 0.4:
        columns.insert(chance.choice((1, 2)), "area")
    if not full and chance.random() < 0.5:
        columns.append("note")
    if "devices" not in columns and "what" not in columns:
        columns.append("what")
    truth, secrets = [], []
    places = chance.sample([*PUBLIC, *HOMES], chance.randint(2, 9))
    for number, place in enumerate(places, 1):
        east, north = f"{chance.uniform(80, 130):.6f}", f"{chance.uniform(20, 50):.6f}"
        truth.append(
            {
                "ordinal": str(number),
                "place": place,
                "longitude": east,
                "latitude": north,
                "what": chance.choice(("球机", "枪机", "人脸抓拍机", "全景摄像机")),
                "devices": str(chance.randint(1, 40)),
                "area": chance.choice(("东关所", "城关镇", "西街派出所")),
                "note": "" if chance.random() < 0.7 else "利旧",
            }
        )
        secrets += HOMES.get(place, ())
        secrets += [east, north, east[:-3], north[:-3]] if "longitude" in columns else []
    head = [chance.choice(HEADS[column]) for column in columns]
    return Made(columns, [head, *([row[c] for c in columns] for row in truth)], truth, secrets)


def html(rows: Rows) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def two_pages(rows: Rows) -> str:
    middle = 1 + len(rows) // 2
    return html(rows[:middle]) + "<p>第 2 页</p>" + (html(rows[middle:]) if rows[middle:] else "")


def repeated(rows: Rows) -> str:
    middle = 1 + len(rows) // 2
    return html([*rows[:middle], rows[0], *rows[middle:]])


def lines(rows: Rows) -> str:
    return "".join(f"<p>{cell}</p>" for row in rows for cell in row) + "<p>四、工期</p>"


def spaced(rows: Rows) -> str:
    return "".join(f"<p>{'　'.join(row)}</p>" for row in rows) + "<p>四、工期</p>"


def tabbed(rows: Rows) -> str:
    return "<pre>" + "\n".join("\t".join(row) for row in rows) + "\n四、工期\n</pre>"


LAYOUTS = (html, two_pages, repeated, lines, spaced, tabbed)


def read(page: str) -> tuple[Reading, tuple[Deployed, ...]]:
    page = f"<p>某县公安局高清监控摄像机点位表</p>{page}"
    reading = read_document(page.encode(), "notice.html")
    return reading, find_deployment(reading, DEFINITIONS)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_what_was_put_in_comes_out_and_no_home_is_shown(layout: Callable[[Rows], str]) -> None:
    for seed in range(40):
        chance = random.Random(f"{layout.__name__} {seed}")
        case = made(chance, full=layout in (lines, spaced, tabbed))
        reading, found = read(layout(case.rows))
        assert [each.at.text for each in found] == [row["place"] for row in case.truth], seed
        for each, row in zip(found, case.truth, strict=True):
            category = PUBLIC.get(row["place"], "residential")
            assert (each.category and each.category.value) == category, row["place"]
            if "devices" in case.columns:
                assert each.devices is not None
                assert int(each.devices.value) == int(row["devices"])
            if "what" in case.columns:
                assert each.what is not None
                assert each.what.value == row["what"]
            assert each.has_coordinates == ("longitude" in case.columns)
        show = Shown(reading, find_personal(reading))
        rows = deployment_rows(found, show)
        shown = show.whole + msgspec.json.encode([rows, deployment_row(found, show)]).decode()
        assert [secret for secret in case.secrets if secret in shown] == [], (seed, case.rows)
        public = [row["place"] for row in case.truth if row["place"] in PUBLIC]
        assert [place for place in public if place not in shown] == [], seed
