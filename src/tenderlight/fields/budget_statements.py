"""Where a notice states a budget or a ceiling: label words with the sum that follows them.

Runs over the whole text and so needs no table and no line: the sum may stand in the next cell, on
the next line, behind a colon, or in a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal
from itertools import islice

from tenderlight.fields.budget_lists import OF_LOTS, listed_sums
from tenderlight.fields.budget_words import Stage, Statement, Words
from tenderlight.fields.labels import RANK
from tenderlight.fields.lots import LOT, lot_key
from tenderlight.fields.money import Price, read_price
from tenderlight.fields.money_amounts import Unit, find_amounts, parse_unit
from tenderlight.fields.money_choice import find_years
from tenderlight.fields.shapes import Layout
from tenderlight.model import Money

_BETWEEN = re.compile(
    r"(?:\s|[:\"“”'‘’\-—|=~]|\([^()]{0,24}\)|\[[^\[\]]{0,12}\]|/[^\s:/\d]{1,10}|"
    r"[和及与](?:最高|招标|投标|采购)[^\s\d:]{1,6}|金额|总额|总价|合计|共计|总计|暂定|暂估|大约|约|为|是|计|共|"
    r"\bis\b|\bof\b|\bfor\b|\b(?:the|this) (?:project|contract|procurement|purchase|works?)\b|"
    r"大写|小写|不超过|控制在|不高于|如下|本次|本项目|该项目|包干|含税|限额){0,12}+"
)
_CHANGE = re.compile(
    r"(?:更正|调整|变更|修改|修正|改|增加|减少|提高|降低)(?:为|至|到|成)|(?<=现)(?:更正|变更|调整)?为"
)
_CLAUSE_END = re.compile(r"[。;]|,(?!\d{3}(?!\d))")
_STOP = re.compile(
    r"[。;]|\s(?=\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)、.](?!\d))|\n(?!\s{0,4}(?:(?!\(?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[)、.](?!\d))"
    r"[(元万亿¥$\d零壹贰叁肆伍陆柒捌玖拾]|大写|小写|人民币))"
)
"""Where a value ends: at its sentence's end, or at a line that neither goes on with the sum nor is
numbered like the next label."""
_THRESHOLD = re.compile(r"\s?(?:\(含\)|含|及)?以[上下]|\s?的(?:项目|采购)")
_APPROXIMATELY = re.compile(r"\((?:约|即|计|折合)[^()]{1,30}\)")
_BEFORE = re.compile(r"更正前|变更前|修改前|调整前|原(?:公告|文件|内容|采购|招标|预算|为|:|$)")
_AFTER = re.compile(
    r"更正后|变更后|修改后|调整后|(?:^|[,。;:\s])现(?:更正|变更|修改|调整)?(?:为|:|预算|采购|$)"
)
_LOT_SUM = re.compile(rf"[\s,、;。]{{0,3}}(?:{LOT.pattern})\s{{0,2}}[:\-—为]?\s{{0,2}}")
_PART = re.compile(
    r"(?:其中|本年度?|当年度?|首年度?|[一二三四]期|分项|单项|子项|中央|上级|地方|自筹|第[一二三]年)"
    r"[^。;\n:\d]{0,8}$|\d{4}年度?(?:[^。;\n:\d]{0,4})$"
)
_NO_SUMS = ("rate", "discount", "unit-price", "per-year", "range")
_POINTER = re.compile(r"[(\[]?\s?(?:详?见|详情|参见|另行|另附|附后|按|以)")
_LEAST = Decimal(500)
"""A budget or ceiling below it is a running number or a unit price."""
_LOT_END = re.compile(r"[;。\n、]|,(?!\d{3}(?!\d))")
_LOT_REACH = 40
_MOST_LOTS = 60
_MOST_LABELS = 500
"""A guard: no notice states its budget so often."""
_REACH = 100
"""How far behind its label a sum may end, in characters."""


def find_statements(layout: Layout, words: Words) -> list[Statement]:
    """All places of the text, in order, that state a sum or show that none can be read."""
    plain = layout.plain
    labels = words.label.finditer(plain) if any(sign in plain for sign in words.signs) else ()
    headers = _header_cells(layout) if labels else []
    found: list[Statement] = []
    for label in islice(labels, _MOST_LABELS):
        if _in_spans(label.start(), headers):
            continue
        reading = _after_label(layout, label, words)
        if reading is None or (found and reading.start < found[-1].end):
            continue
        found.append(_placed(layout, label, reading, found))
    read = {statement.start for statement in found}
    spaced = [each for each in _under_spaced_labels(layout, words) if each.start not in read]
    return sorted((*found, *spaced), key=lambda statement: statement.start) if spaced else found


def _under_spaced_labels(layout: Layout, words: Words) -> list[Statement]:
    """Sums under labels that are printed with spaces inside: `预 算 金 额：36万元`."""
    found = []
    for pair in layout.of(words.field):
        label = "".join(pair.label.split())
        if label == pair.label or pair.kind == "column" or RANK.get(pair.key):
            continue
        price = read_price(pair.value[:_REACH], parse_unit(label), words.field)
        if price.money is not None and price.money.amount >= _LEAST:
            found.append(_read(pair.start, price))
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
    if lots := _listed_lots(plain, start, unit):
        return lots._replace(weak=weak)
    if listed := listed_sums(plain, start, unit):
        return listed._replace(weak=weak)
    if second := _paired(plain, label, start, unit):
        return second._replace(weak=weak)
    stop = _STOP.search(window)
    window = window[: stop.start()] if stop else window
    amounts = find_amounts(window, unit)
    if amounts and _THRESHOLD.match(window, amounts[0].end):
        return None
    if not amounts or amounts[0].start > 1:
        return _in_brackets(window, start, unit) or _in_words(plain, label, start, words)
    return _stated(layout, start, window, unit, words)


def _in_words(plain: str, label: re.Match[str], start: int, words: Words) -> Statement | None:
    """`详见招标文件` or `下浮率不低于5%` in the place of the sum."""
    window = plain[start : start + _REACH]
    if years := _of_years(_STOP.split(window)[0], start, None):
        return years
    clause = _CLAUSE_END.split(window)[0].partition("\n")[0].rstrip(" )]")
    price = read_price(clause, None, words.field)
    announced = ":" in plain[label.end() : start]
    points = price.why == "elsewhere" and _POINTER.match(window)
    if points or (announced and price.why in _NO_SUMS):
        return Statement(start, start + len(clause), None, why=price.why)
    return None


def _paired(plain: str, label: re.Match[str], start: int, unit: Unit | None) -> Statement | None:
    """`预算金额/最高限价：120万元/118万元`: the second sum is the second label's."""
    if plain[label.start() - 1 : label.start()] not in tuple("/、和及与"):
        return None
    window = plain[start : start + _REACH]
    sums = [a for a in find_amounts(window, unit) if a.value is not None][:2]
    if len(sums) < 2 or sums[0].start > 1 or window[sums[0].end : sums[1].start].strip() != "/":
        return None
    second = sums[1]
    money = Money(amount=second.value or Decimal(0), currency=second.currency)
    return Statement(start + second.start, start + second.end, money)


def _stated(
    layout: Layout, start: int, window: str, unit: Unit | None, words: Words
) -> Statement | None:
    end = next((m.start() for m in _CLAUSE_END.finditer(window) if m.start() > 0), len(window))
    printed = layout.text[start : start + end]
    price = read_price(printed, unit, words.field)
    if price.kind == "none":
        return None
    if price.kind == "unclear" and "\n" in layout.text[start - 2 : start] and price.end < 4:
        return None
    return _of_years(window, start, unit, price.end) or _read(start, price)


def _of_years(window: str, start: int, unit: Unit | None, after: int = 0) -> Statement | None:
    """`每年100万元，三年共计300万元`: the sum of all years."""
    years = find_years(window, find_amounts(window, unit, whole=True))
    if years is None or years.value is None or years.start < after:
        return None
    money = Money(amount=years.value, currency=years.currency)
    return Statement(start + years.start, start + years.end, money, rule="sum of all years")


def _read(at: int, price: Price) -> Statement:
    """What is printed there, as a statement."""
    start, end = at + price.start, at + price.end
    money, doubted, why = price.money, price.doubted, price.why
    if money is not None and money.amount < _LEAST:
        money, doubted, why = None, money, "unclear"
    return Statement(
        *(start, end, money, price.problem), why=why, other=price.other, doubted=doubted
    )


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


def _listed_lots(plain: str, start: int, unit: Unit | None) -> Statement | None:
    """`一标段158万元，二标段120.5万元`: the sum of a list of lots, if each of them can be read."""
    parts, unread = listed_lots(plain, start, unit)
    if not parts:
        return None
    lead = len(plain[start : parts[0].start]) - len(plain[start : parts[0].start].lstrip())
    if unread or len({part.money.currency for part in parts if part.money}) > 1:
        return Statement(start + lead, parts[-1].end, None, why="unclear")
    if len(parts) == 1:
        return parts[0]
    total = sum((part.money.amount for part in parts if part.money), Decimal(0))
    money = Money(amount=total, currency=parts[0].money.currency if parts[0].money else "CNY")
    return Statement(start + lead, parts[-1].end, money, rule=OF_LOTS)


def listed_lots(plain: str, start: int, unit: Unit | None) -> tuple[list[Statement], bool]:
    """The lots of a list with the sum of each, and whether a lot follows that cannot be read."""
    at, seen, parts = start, set[str](), list[Statement]()
    while (match := _LOT_SUM.match(plain, at)) and len(parts) < _MOST_LOTS:
        lot = lot_key(match.group())
        if lot in seen:
            break
        price = _first_price(plain[match.end() : match.end() + _LOT_REACH], unit)
        if price is None or price.money is None:
            return parts, True
        seen.add(lot)
        named = LOT.search(plain, match.start(), match.end())
        place = named.span() if named else match.span()
        stated = _read(match.end(), price)
        parts.append(stated._replace(lot=plain[slice(*place)], lot_at=place))
        at = parts[-1].end
    return parts, False


def _first_price(window: str, unit: Unit | None) -> Price | None:
    """The price that opens a window; None where something else does."""
    stop = _LOT_END.search(window)
    price = read_price(window[: stop.start()] if stop else window, unit)
    return price if price.start <= 1 else None


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
    if statement.rule == "label" and not statement.lot:
        lots = list(LOT.finditer(ahead))
        if lots and _is_near(ahead, lots[-1]):
            place = (since + lots[-1].start(), since + lots[-1].end())
            statement = statement._replace(lot=lots[-1].group(), lot_at=place)
    statement = statement._replace(part=bool(_PART.search(ahead[-16:])))
    if statement.stage:
        return statement
    near = ahead[-60:]
    before = max((m.end() for m in _BEFORE.finditer(near)), default=-1)
    after = max((m.end() for m in _AFTER.finditer(near)), default=-1)
    stage: Stage = "after" if after > before else "before" if before >= 0 else ""
    return statement._replace(stage=stage)


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
