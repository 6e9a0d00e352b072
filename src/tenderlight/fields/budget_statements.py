"""Where a notice states a budget or a ceiling: label words with the sum that follows them.

Runs over the whole text and so needs no table and no line: the sum may stand in the next cell, on
the next line, behind a colon, or in a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal
from itertools import islice
from typing import Literal, NamedTuple

from tenderlight.fields.labels import RANK
from tenderlight.fields.lots import LOT, lot_key
from tenderlight.fields.money import read_price
from tenderlight.fields.money_amounts import Amount, Unit, find_amounts, parse_unit
from tenderlight.fields.shapes import Layout
from tenderlight.model import Money, Problem

Stage = Literal["", "before", "after"]


class Words(NamedTuple):
    """A field and the words that announce it, strong ones and weak ones."""

    field: str
    label: re.Pattern[str]
    weak: re.Pattern[str]


class Statement(NamedTuple):
    """One place where the sum is stated; `start` and `end` are those of the printed sum."""

    start: int
    end: int
    money: Money | None
    problem: Problem | None = None
    lot: str = ""
    stage: Stage = ""
    weak: bool = False
    rule: str = "label"


_WORD = r"[^\s,:。、;()0-9\[\]“”\"]"
BUDGET = Words(
    "budget",
    re.compile(
        r"(?:预算(?:总?金额|总?额度?|总?价格?|限额|控制(?:金?额度?|数|价(?!格)))|(?:采购|项目|总|资金|经费|招标|包|财政)"
        r"预算(?!单|编号|评审|绩效|执行|管理|编制|审核|代码|科目|单位|定额)|(?:合同|标段|招标|工程|采购)估算(?:价|金额|额)|"
        r"投资估算(?:价|金额|额)?|估算(?:价|金额)|(?:计划|预计|拟)(?:采购|招标)?(?:总?金额)|"
        r"\b(?:estimated (?:cost|budget|value|price)|budget(?: amount)?)\b|"
        r"(?<!内)(?<!施工图)(?<!工程量)预算(?=\s{0,2}[:为\d由约¥(人“]|\s+\d))(?!单价)"
    ),
    re.compile(r"投资估算|预计|计划|拟"),
)
CEILING = Words(
    "ceiling",
    re.compile(
        rf"(?<!单价)(?:最高{_WORD}{{0,6}}?(?:限制价|控制价|限价|限额|报价上限)|最高(?:总价|报价|投标价)|"
        rf"(?:招标|投标|采购|预算|项目|工程|本项目|标段|包){_WORD}{{0,4}}?(?:限制价|控制价|限价)|"
        r"\b(?:ceiling price|price ceiling|maximum price)\b|"
        r"拦标价|上限(?:价|控制价)|控制价|限价(?=\s{0,2}:))(?!单价)"
    ),
    re.compile(r"^控制价|^限价"),
)

_BETWEEN = re.compile(
    r"(?:\s|[:\"“”'‘’\-—|=~]|\([^()]{0,24}\)|\[[^\[\]]{0,12}\]|/[^\s:/\d]{1,10}|"
    r"[和及与](?:最高|招标|投标|采购)[^\s\d:]{1,6}|金额|总额|总价|合计|共计|总计|暂定|暂估|大约|约|为|是|计|共|"
    r"\bis\b|\bof\b|不超过|控制在|不高于|如下|本次|本项目|该项目|包干|含税|限额){0,12}+"
)
_CHANGE = re.compile(
    r"(?:更正|调整|变更|修改|修正|改|增加|减少|提高|降低)(?:为|至|到|成)|(?<=现)(?:更正|变更|调整)?为"
)
_CLAUSE_END = re.compile(r"[。;]|,(?!\d{3}(?!\d))")
_STOP = re.compile(r"[。;]|\n(?!\s{0,4}(?:[(元万亿¥$\d零壹贰叁肆伍陆柒捌玖拾]|大写|小写|人民币))")
_THRESHOLD = re.compile(r"\s?(?:\(含\)|含|及)?以[上下]|\s?的(?:项目|采购)")
_APPROXIMATELY = re.compile(r"\((?:约|即|计|折合)[^()]{1,30}\)")
_BEFORE = re.compile(r"更正前|变更前|修改前|调整前|原(?:公告|文件|内容|采购|招标|预算|为|:|$)")
_AFTER = re.compile(
    r"更正后|变更后|修改后|调整后|(?:^|[,。;:\s])现(?:更正|变更|修改|调整)?(?:为|:|预算|采购|$)"
)
_LOT_SUM = re.compile(rf"[\s,、;。]{{0,3}}(?:{LOT.pattern})\s{{0,2}}[:\-—为]?\s{{0,2}}")
_LEAST = Decimal(500)
"""A budget or ceiling below it is a running number or a unit price."""
_MOST_LABELS = 500
"""A guard: no notice states its budget so often."""
_REACH = 100
"""How far behind its label a sum may end, in characters."""


def find_statements(layout: Layout, words: Words) -> list[Statement]:
    """All places of the text, in order, that state a sum or show that none can be read."""
    plain = layout.plain
    headers = _header_cells(layout)
    found: list[Statement] = []
    for label in islice(words.label.finditer(plain), _MOST_LABELS):
        if _in_spans(label.start(), headers):
            continue
        reading = _after_label(layout, label, words)
        if reading is None or (found and reading.start < found[-1].end):
            continue
        found.append(_placed(layout, label, reading, found))
    return found or _under_spaced_labels(layout, words)


def _under_spaced_labels(layout: Layout, words: Words) -> list[Statement]:
    """Sums under labels that are printed with spaces inside: `预 算 金 额：36万元`."""
    found = []
    for pair in layout.of(words.field):
        label = "".join(pair.label.split())
        if label == pair.label or pair.kind == "column" or RANK.get(pair.key):
            continue
        price = read_price(pair.value[:_REACH], parse_unit(label), words.field)
        if price.money is not None and price.money.amount >= _LEAST:
            start, end = pair.start + price.start, pair.start + price.end
            found.append(Statement(start, end, price.money, price.problem))
    return found


def _after_label(layout: Layout, label: re.Match[str], words: Words) -> Statement | None:
    plain = layout.plain
    match = _BETWEEN.match(plain, label.end())
    start = match.end() if match else label.end()
    window = plain[start : start + _REACH]
    unit = parse_unit(plain[label.start() : start])
    weak = bool(words.weak.search(label.group()))
    if changed := _changed(plain, label.end(), unit):
        return changed._replace(weak=weak)
    if lots := _listed_lots(window, start, unit):
        return lots._replace(weak=weak)
    stop = _STOP.search(window)
    window = window[: stop.start()] if stop else window
    amounts = find_amounts(window, unit)
    if amounts and _THRESHOLD.match(window, amounts[0].end):
        return None
    if not amounts or amounts[0].start > 1:
        return _in_brackets(window, start, unit)
    return _stated(layout, start, window, unit, words)


def _stated(
    layout: Layout, start: int, window: str, unit: Unit | None, words: Words
) -> Statement | None:
    end = next((m.start() for m in _CLAUSE_END.finditer(window) if m.start() > 0), len(window))
    printed = layout.text[start : start + end]
    price = read_price(printed, unit, words.field)
    if price.kind == "gap" or price.kind == "none":
        return None
    if price.money is not None and price.money.amount < _LEAST:
        return None
    if price.kind == "unclear" and "\n" in layout.text[start - 2 : start] and price.end < 4:
        return None
    return Statement(start + price.start, start + price.end, price.money, price.problem)


def _changed(plain: str, start: int, unit: Unit | None) -> Statement | None:
    """`由850万元更正为1,130万元`: the sum behind the word of change, within one clause."""
    clause = plain[start : start + _REACH]
    stop = re.search(r"[。;\n]", clause)
    clause = clause[: stop.start()] if stop else clause
    change = _CHANGE.search(clause)
    if change is None or len(find_amounts(clause[: change.start()], unit)) > 1:
        return None
    amounts = [a for a in find_amounts(clause[change.end() :], unit) if a.value is not None]
    if not amounts or amounts[0].start > 6 or amounts[0].value is None:
        return None
    first = amounts[0]
    at = start + change.end()
    money = Money(amount=amounts[0].value, currency=first.currency)
    return Statement(at + first.start, at + first.end, money, stage="after", rule="correction")


def _listed_lots(window: str, start: int, unit: Unit | None) -> Statement | None:
    """`一标段158万元，二标段120.5万元`: the sum of a list of lots."""
    at, seen, parts = 0, set[str](), list[Amount]()
    while match := _LOT_SUM.match(window, at):
        amounts = find_amounts(window[match.end() : match.end() + 40], unit)
        lot = lot_key(match.group())
        if not amounts or amounts[0].start > 1 or amounts[0].value is None or lot in seen:
            break
        seen.add(lot)
        first = amounts[0]
        parts.append(first._replace(start=first.start + match.end(), end=first.end + match.end()))
        at = parts[-1].end
    if not parts:
        return None
    total = sum((part.value for part in parts if part.value), Decimal(0))
    opening = 0 if len(parts) > 1 else parts[0].start
    lead = len(window) - len(window.lstrip())
    rule = "sum of the lots" if len(parts) > 1 else "label"
    return Statement(
        start + max(opening, lead), start + parts[-1].end, Money(amount=total), rule=rule
    )


def _in_brackets(window: str, start: int, unit: Unit | None) -> Statement | None:
    """`最终价的0.8%（约67.66万元）`: a rate with the sum that it comes to."""
    match = _APPROXIMATELY.search(window)
    if match is None:
        return None
    amounts = [a for a in find_amounts(match.group(), unit) if a.value is not None]
    if len(amounts) != 1 or amounts[0].value is None:
        return None
    at = start + match.start()
    money = Money(amount=amounts[0].value, currency=amounts[0].currency)
    return Statement(at + amounts[0].start, at + amounts[0].end, money)


def _placed(
    layout: Layout, label: re.Match[str], statement: Statement, found: list[Statement]
) -> Statement:
    """The statement with its lot and with its side of a correction."""
    since = max(label.start() - 200, found[-1].end if found else 0)
    ahead = layout.plain[since : label.start()]
    lot = ""
    if statement.rule == "label":
        lots = list(LOT.finditer(ahead))
        lot = lots[-1].group() if lots and _is_near(ahead, lots[-1]) else ""
    if statement.stage:
        return statement._replace(lot=lot)
    near = ahead[-60:]
    before = max((m.end() for m in _BEFORE.finditer(near)), default=-1)
    after = max((m.end() for m in _AFTER.finditer(near)), default=-1)
    stage: Stage = "after" if after > before else "before" if before >= 0 else ""
    return statement._replace(lot=lot, stage=stage)


def _is_near(ahead: str, lot: re.Match[str]) -> bool:
    """A lot is that of the sum if it opens the same line or the clause before it."""
    between = ahead[lot.end() :]
    opens = not ahead[: lot.start()].strip() or ahead[: lot.start()].rstrip(" ")[-1:] in "\n。;:,(("
    return len(between) <= 12 or (opens and between.count("\n") <= 3)


def _header_cells(layout: Layout) -> list[tuple[int, int]]:
    """The places of column names, whose sums stand below them."""
    spans = [
        (cell.start, cell.end)
        for grid in layout.tables
        for header in grid.headers
        for cell in grid.rows[header]
        if cell is not None
    ]
    return sorted(spans)


def _in_spans(place: int, spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (place, 10**9)) - 1
    return index >= 0 and spans[index][0] <= place < spans[index][1]
