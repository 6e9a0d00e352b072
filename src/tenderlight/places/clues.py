"""Where a notice says in which division its buyer sits: names, labels, addresses, the manifest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import msgspec

from tenderlight.model import Cited, Fields, Passage, Reading, Statement
from tenderlight.places.divisions import division
from tenderlight.places.hosts import codes_of_host
from tenderlight.places.names import Named, read_names, settle
from tenderlight.places.years import Why, code_in_year

BUYER = (
    "采购人", "采购单位", "招标人", "建设单位", "业主", "采购方", "甲方", "委托单位",
    "需求方", "需方",
    "採購人", "採購單位", "招標人", "Purchaser", "Tenderee",
)  # fmt: skip
OTHERS = (
    "代理", "供应商", "供應商", "中标", "中標", "成交", "投标", "乙方", "开标", "候选人", "监督",
    "监管", "投诉", "受理", "开户", "网址", "网站", "递交", "获取",
)  # fmt: skip
REGION = (
    "行政区域",
    "行政區域",
    "所属区域",
    "所属地区",
    "项目区域",
    "行政区划",
    "所属辖区",
    "所在区域",
)
SITE = (
    "建设地点", "项目地点", "工程地点", "实施地点", "所在地", "建設地點", "項目地點", "项目地址",
    "服务地点", "交货地点", "履约地点",
)  # fmt: skip
SOURCE = ("来源", "來源")
ADDRESS = re.compile(r"地[^\S\n]{0,6}址")
GAP = re.compile(r"[\s:：)）\]】、/]*(?:Address|ADDRESS)?[\s:：]*")
HOST = re.compile(r"\bhttps?://(?P<host>[a-z0-9.-]{4,100})")
"""The first address in a manifest's line is the notice's own."""
REACH = 48
"""An address or a region is named within so many characters of its label."""
SENTENCE = re.compile(r"[^\n。：:]{10,90}(?<!公司|中心)。")
"""Bodies that a sentence speaks of own no address after it."""
LABEL_END = re.compile(r"[ \u3000]{0,4}[:：\n]")
OF_SUPPLIER = re.compile(r"(?:供应商|供應商|中标|成交|乙方|候选|投标)[^\n:：]{0,10}[:：]")
"""Who sells sits anywhere."""
BEFORE = 90
"""How far before `地址` its owner may be named."""
MOST = 8
"""Labels of one kind that are looked at: a list of 500 camera sites is no address of the buyer."""


class Clue(NamedTuple):
    """A passage that names a division, or several of one name, and what it was read from."""

    rule: str
    codes: frozenset[str]
    full: bool
    at: Passage
    others: frozenset[str] = frozenset()
    """What bore the name at other times, believed where it lies within what is known already."""
    why: Why = ""
    zone: str | None = None
    leads: bool = False
    """The name of a company begins with it, as the law on names asks: as good as a full name."""

    @classmethod
    def of(cls, rule: str, named: Named, at: Passage) -> Clue:
        """A clue that says what a name says."""
        others = frozenset(now for _, now in named.others)
        return cls(rule, named.codes, named.full, at, others, named.why, named.zone)


def from_field(rule: str, cited: Cited[str] | None, year: int | None) -> Iterator[Clue]:
    """What a field names: the buyer, the title, the project, the agency."""
    if cited is not None:
        yield from within(rule, cited.at, year, rule == "buyer")


def from_labels(
    rule: str, labels: tuple[str, ...], reading: Reading, year: int | None
) -> Iterator[Clue]:
    """What stands after labels such as 行政区域 or 建设地点."""
    for label in labels:
        for end in _ends(reading.text, label):
            yield from after(rule, reading, end, year)


def from_addresses(reading: Reading, fields: Fields, year: int | None) -> Iterator[Clue]:
    """Addresses whose label, or the nearest body named before it, is the buyer.

    Where nobody is named before it, the address is likely the buyer's: rule `loose address`.
    """
    ours = (*BUYER, fields.buyer.value) if fields.buyer else BUYER
    theirs = (*OTHERS, fields.agency.value) if fields.agency else OTHERS
    places = [match.span() for match in islice(ADDRESS.finditer(reading.text), 5 * MOST)]
    beside = _side_by_side(reading, places)
    for start, end in places:
        before = beside.get(start) or SENTENCE.split(reading.text[max(0, end - BEFORE) : end])[-1]
        buyer, other = (max(before.rfind(word) for word in words) for words in (ours, theirs))
        if buyer > other:
            yield from after("address", reading, end, year)
        elif other < 0 and LABEL_END.match(reading.text, end):
            yield from (clue for clue in after("loose address", reading, end, year) if clue.full)


def _side_by_side(reading: Reading, places: list[tuple[int, int]]) -> dict[int, str]:
    """What stands above an address in its own column, where a row holds one for each body.

    `招标人：|甲|代理机构：|乙` over `地址：|…|地址：|…`: line by line, both
    would be the agency's.
    """
    cells = {start: reading.passage(start, end) for start, end in places}
    rows = Counter((at.table, at.row) for at in cells.values())
    columns: dict[int, str] = {}
    for start, at in cells.items():
        if at.row is not None and rows[(at.table, at.row)] > 1:
            above = (
                reading.text[each.start : each.end]
                for each in reading.blocks
                if each.table == at.table and each.column == at.column and (each.row or 0) < at.row
            )
            columns[start] = "\n".join(above)[-BEFORE:]
    return columns


def from_statement(stated: Statement | None, year: int | None) -> Iterator[Clue]:
    """The manifest's region by code and name, its title, portal and host; all cited as its own.

    The host is asked only where region and portal are not stated: it says the same once more.
    """
    if stated is None:
        return
    code = known_code(stated.region_code)
    if code and stated.region_code:
        codes, _, why = code_in_year(code, year)
        at = _in_line(stated.line, stated.region_code)
        yield Clue("manifest", codes, True, at, why=why)
    for rule, value in (
        ("manifest", stated.region),
        ("manifest title", stated.title),
        ("portal", stated.source),
    ):
        if value:
            yield from within(rule, _in_line(stated.line, value), year)
    host = None if code or stated.region or stated.source else HOST.search(stated.line)
    if host and (codes := codes_of_host(host["host"])):
        yield Clue("host", codes, False, _in_line(stated.line, host["host"]))


def from_opening(reading: Reading, year: int | None) -> Iterator[Clue]:
    """Full names in the first lines: a last resort."""
    text = reading.text[:1500]
    for named in [each for each in read_names(text, year) if each.full][:MOST]:
        if OF_SUPPLIER.search(text[text.rfind("\n", 0, named.start) + 1 : named.start]):
            continue
        at = reading.passage(named.start, named.end)
        yield Clue("text", named.codes, True, at)


def known_code(code: str | None) -> str | None:
    """A code that the lists have; `420501` (市本级) means its prefecture.

    >>> known_code("420583"), known_code("420501"), known_code("999999")
    ('420583', '420500', None)

    Statistics give two cities codes of their own: `139001` is 定州, 130682 in the standard.
    """
    if code is None or not re.fullmatch("[0-9]{6}", code):
        return None
    code = {"139001": "130682", "139002": "130181"}.get(code, code)
    candidates = (code, f"{code[:4]}00", f"{code[:2]}0000")
    return next((each for each in candidates if division(each)), None)


def _ends(text: str, label: str, most: int = MOST) -> Iterator[int]:
    """Where a label ends, for its first few places in the text."""
    at = text.find(label)
    for _ in range(most):
        if at < 0:
            return
        yield at + len(label)
        at = text.find(label, at + len(label))


def after(rule: str, reading: Reading, end: int, year: int | None) -> Iterator[Clue]:
    """The names that follow a label, on its line or as the next one."""
    gap = GAP.match(reading.text, end, end + REACH)
    start = gap.end() if gap else end
    value = reading.text[start : start + REACH].split("\n", 1)[0]
    named = settle(read_names(value, year))
    if named and named.start < REACH // 2:
        at = reading.passage(start + named.start, start + named.end)
        yield Clue.of(rule, named, at)


def within(rule: str, at: Passage, year: int | None, body: bool = False) -> Iterator[Clue]:
    """What a printed value names, as a passage within that value's passage."""
    named = settle(read_names(at.text[:200], year, body), at.text if body else "")
    if named:
        part = msgspec.structs.replace(
            at,
            text=at.text[named.start : named.end],
            start=at.start + named.start,
            end=at.start + named.end,
        )
        leads = body and named.start == 0 and at.text.endswith("公司")
        yield Clue.of(rule, named, part)._replace(leads=leads)


def _in_line(line: str, value: str) -> Passage:
    """A value of the manifest as a passage of its line."""
    start = max(line.find(value), 0)
    return Passage(text=value, part="manifest", start=start, end=start + len(value))
