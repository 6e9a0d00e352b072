"""Awards told in sentences: `确定甲城科技有限公司为成交供应商，成交金额12万元`."""

from __future__ import annotations

import re

from tenderlight.fields.awards_records import Printed, Record, is_of_losers
from tenderlight.fields.awards_words import SETTLED, WINNER, named_rank
from tenderlight.fields.shapes import Layout

_END = (
    r"(?:公司|集团(?!\)?(?:有限|股份|公司|控股))|厂(?!家)|"
    r"研究院|设计院|测绘院|中心|商店|经营部|事务所|合作社|宾馆|饭店|酒店|大厦|医院|"
    r"大学|商行|印刷所)"
)
_BRANCH = r"(?:[\u4e00-\u9fff]{2,8}?分公司)?"
_NAME = rf"(?P<name>[\u4e00-\u9fffa-z0-9()·\-]{{2,50}}?{_END}{_BRANCH}(?:联合体)?)"
_WON = r"(?:预|拟)?(?:中标|成交|中选|中签)"
_PATTERNS = (
    re.compile(
        rf"(?:确定|推荐|选定|选择|由|授予){_NAME}(?:\([^()]{{0,30}}\))?\s?(?:以[^。;\n]{{0,40}}?)?"
        rf"(?:为|作为)?(?:本项目|本次|该项目)?(?:的)?(?:第.)?(?:{_WON}|承建|承接)"
    ),
    re.compile(
        rf"(?:^|[\n。;,:])(?:\d{{1,2}}[.、])?\s{{0,4}}(?:[^\n。;,:]{{0,20}}?认定:\s?)?(?P<lot>第?[a-z\d一二三四五]{{1,2}}(?:包|标段):?)?"
        rf"{_NAME}\s?(?:为|被确定为|以[^。;\n]{{0,40}}?)(?:第.)?{_WON}"
    ),
    re.compile(
        rf"{_WON}(?:人|供应商|单位|商|方|企业|公司)?(?:名称)?\s?(?:为|是|系|:)\s{{0,3}}{_NAME}"
    ),
    re.compile(
        rf"(?:^|[\n;。])\s{{0,4}}(?P<lot>第?[a-z\d一二三四五]{{1,2}}(?:包|标段)|(?:包|标段)[a-z\d一二三四五]{{1,2}}):\s?"
        rf"{_NAME}(?=\s|[,;。(]|{_WON}|$)"
    ),
)
_OPENING = re.compile(
    rf"\n\s{{0,4}}(?:\d{{1,2}}[.、]\s?|\(\d{{1,2}}\))?(?P<lot>第?[a-z\d一二三四五]{{1,2}}(?:包|标段):?)?{_NAME}"
    rf"(?=\s|[,;。:(]|{_WON}|$)"
)
_RESULTS = re.compile(r"中标|成交|中选|入围|采购结果|评审结果|谈判结果|磋商结果|询价结果")
_PRICE = re.compile(
    r"(?:(?:中标|成交|合同|中选|投标)(?:总?金额|总?价格?|总?报价)|总价|金额|报价|以)(?:\([^()]{0,12}\))?\s?(?:为|是|:)?\s{0,3}"
    r"(?=[¥$人rmb\d壹贰叁肆伍陆柒捌玖拾])"
)
_REACH = 160


def find_told(layout: Layout, candidates: bool = False) -> list[Record]:
    """Winners told in prose, each with the price told after it within its paragraph.

    In an award names that merely open the lines of a section of results count too; of
    candidates all ranks are given.
    """
    for pattern in _PATTERNS:
        records = [_told(layout, match) for match in pattern.finditer(layout.plain)]
        if records := [r for r in records if candidates or r.rank in (None, 1)]:
            return records
    return [] if candidates else _listed(layout)


def _listed(layout: Layout) -> list[Record]:
    """Names that open the lines of a section of results."""
    records: list[Record] = []
    ends = [section.start for section in layout.sections[1:]] + [len(layout.plain)]
    for section, end in zip(layout.sections, ends, strict=False):
        title = section.title
        if _RESULTS.search(title) and not is_of_losers(title) and "公告" not in title:
            names = _OPENING.finditer(layout.plain, section.start, end)
            records += [_told(layout, match, end) for match in names]
    return records


def _told(layout: Layout, match: re.Match[str], until: int | None = None) -> Record:
    start, end = match.span("name")
    inside = layout.plain[start:end]
    leads = (inside.rfind(word) + len(word) for word in ("由", "确定", "推荐") if word in inside)
    lead = max(leads, default=0)
    window = layout.plain[end : min(end + _REACH, until or len(layout.plain))]
    if until is None:
        line, _, below = window.partition("\n")
        window = f"{line}\n{below.partition(chr(10))[0]}" if line[-1:] in (":", ",") else line
    price = None
    if found := _PRICE.search(window):
        stop = re.search(r"[。;\n]|,(?!\d{3})", window[found.end() :])
        last = found.end() + stop.start() if stop else len(window)
        price = Printed(end + found.end(), end + last, found.group(), SETTLED)
    elif until is None:
        price = _price_before(layout, start)
    start += lead if end - start - lead >= 4 else 0
    return Record(
        Printed(start, end), WINNER, price, rank=named_rank(match.group()), rule="sentence"
    )


def _price_before(layout: Layout, start: int) -> Printed | None:
    """`中标金额为12万元，中标人为…`: the price that the same sentence tells before the name."""
    floor = max(0, start - _REACH)
    ahead = re.split(r"[。;\n]", layout.plain[floor:start])[-1]
    found = list(_PRICE.finditer(ahead))
    if not found:
        return None
    begin = start - len(ahead) + found[-1].end()
    stop = re.search(r",(?!\d{3})", layout.plain[begin:start])
    return Printed(begin, begin + stop.start(), found[-1].group(), SETTLED) if stop else None
