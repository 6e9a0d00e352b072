"""The place that an organisation's name names, and the name without it.

A place is a chain from large to small: 临沂市沂南县公安局 and 沂南县公安局 name the same. Words of
places that do not lie in one another stay in the name: 北京大学深圳医院 keeps 深圳.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from tenderlight.places.divisions import (
    division,
    divisions,
    level_of,
    lineage,
)
from tenderlight.places.names import ENDING, NATIONS, Named, narrow, read_names
from tenderlight.places.years import became

LOCAL = re.compile(
    r"[\u4e00-\u9fff]{1,8}?(?:自治[县旗]|[县旗](?!城|级|属|直|志|委?办)|[市区](?!场|政|级|属|直|容|民|域|立))"
)
NO_LOCAL = re.compile(
    r"[局院所厅部队处司校馆站社]|中心|政府|委员|委会|银行|集团|大学|中学|小学|"
    r"(?:[小社校园景辖片库林矿牧灌军战厂新特老城市地]|开发|高新|经开|示范|保护|试验|实验|合作|"
    r"保税|度假|风景|管理|综合|工业|产业|科技|港)区$|^[市县区]|城市$|都市$|超市$|上市$|集市$|夜市$|门市$"
)
"""Words that end like the name of a county and are none."""


class Spot(msgspec.Struct, frozen=True):
    """What a name says of its place."""

    codes: tuple[str, ...] = ()
    """The divisions that may be meant, sorted; more than one where several have that name."""
    local: str = ""
    """Names of places below that no list has: `沂南坡县`."""

    @property
    def said(self) -> bool:
        """Whether any place is named."""
        return bool(self.codes or self.local)

    @property
    def stem(self) -> str:
        """The finest name of today without its ending, for looking up: `朝阳`."""
        if self.local:
            return stem(self.local)
        return name_stem(_today(self.codes[0])) if self.codes else ""


def take_place(plain: str, within: tuple[str, ...] = ()) -> tuple[Spot, str]:
    """The place that a folded name names, and what remains of the name.

    >>> take_place("上海市公安局奉贤分局")
    (Spot(codes=('310120',), local=''), '公安局分局')
    >>> take_place("临沂市沂南坡县公安局")
    (Spot(codes=('371300',), local='沂南坡县'), '公安局')
    >>> take_place("合肥市公安局经开区分局")
    (Spot(codes=('340100',), local='hefei-etdz'), '公安局分局')
    >>> take_place("北京大学深圳医院")
    (Spot(codes=('110000',), local=''), '大学深圳医院')
    """
    codes, local, spans = _listed(plain, frozenset(within))
    if not local:
        local, spans = _zone(plain, codes, spans)
    if not local:
        local, spans = _unlisted(plain, spans)
    if not local:
        codes, spans = _inner(plain, codes, spans)
    if not local:
        local, spans = _sub_office(plain, codes, spans)
    return Spot(tuple(sorted(codes)), local), _without(plain, spans)


Spans = list[tuple[int, int]]


def _listed(plain: str, codes: frozenset[str]) -> tuple[frozenset[str], str, Spans]:
    """The chain of listed names: each within the one before it, or the same again."""
    spans: Spans = []
    zone = ""
    for named in read_names(plain):
        if not named.full and OF_DISTRICT.match(plain, named.end):
            named = named._replace(codes=_counties(named.codes, codes))
        inner = narrow(named.codes, codes) if codes else _largest(named)
        if inner:
            codes = inner
        elif not named.codes or not narrow(codes, named.codes):
            continue
        zone = named.zone or zone
        spans.append((named.start, named.end))
    return codes, zone, spans


OF_DISTRICT = re.compile(r"(?:公安)?分局")


def _counties(codes: frozenset[str], around: frozenset[str]) -> frozenset[str]:
    """What a short name before 分局 means: a district, never a city: 朝阳公安分局, 黄山分局."""
    return frozenset(code for code in codes if not code.endswith("00")) - around


def _largest(named: Named) -> frozenset[str]:
    """A short name alone means the prefecture before its county: 南昌 is not 南昌县."""
    large = frozenset(code for code in named.codes if code.endswith("00"))
    return named.codes if named.full else large or named.codes


ZONE = re.compile(r"经济技术开发区|经开区|高新技术产业开发区|高新技术开发区|高新区")


def _zone(plain: str, codes: frozenset[str], spans: Spans) -> tuple[str, Spans]:
    """A development zone that is named apart from its city: 合肥市公安局经开区分局."""
    match = ZONE.search(plain) if len(codes) == 1 else None
    if match is None or match.start() < spans[-1][1]:
        return "", spans
    named = read_names(name_stem(*codes) + match[0])
    if not named or not named[-1].zone:
        return "", spans
    return named[-1].zone, [*spans, match.span()]


def _unlisted(plain: str, spans: Spans) -> tuple[str, Spans]:
    """Names like a county's right after the listed ones, or at the beginning."""
    end = 0
    for start, stop in spans:
        if start == end:
            end = stop
    if spans and end == 0:
        return "", spans
    local = ""
    for _ in range(2):
        match = LOCAL.match(plain, end)
        if not match or len(match[0]) < 3 or NO_LOCAL.search(match[0]):
            break
        local, end = match[0], match.end()
        spans = [*(span for span in spans if span[1] <= match.start()), match.span()]
    return local, spans


BEFORE = ("局", "队", "院", "公司", "行", "处", "总局", "公安", "厅")
AFTER = re.compile(r"(?:分局|支局|支队|大队|中队|分公司|支公司|公安|分院|支行|分行|区|县|市|供电)")


def _inner(plain: str, codes: frozenset[str], spans: Spans) -> tuple[frozenset[str], Spans]:
    """A county's short name after the office above it: 公安局朝阳分局 in 北京市."""
    if len(codes) != 1:
        return codes, spans
    (code,) = codes
    taken = spans[-1][1] if spans else 0
    if not AFTER.search(plain, taken):
        return codes, spans
    known = _short_names(code)
    for start in range(taken, len(plain) - 3):
        if start != taken and not plain[:start].endswith(BEFORE):
            continue
        for length in (4, 3, 2):
            inner = known.get(plain[start : start + length])
            if inner and AFTER.match(plain, start + length):
                return frozenset([inner]), [*spans, (start, start + length)]
    return codes, spans


def _short_names(code: str) -> dict[str, str]:
    """Divisions below one, by the names they have without their endings, if only one has it."""
    return _below().get(code, {})


SUB_OFFICE = re.compile(r"局([\u4e00-\u9fff]{2,6})分局$")


def _sub_office(plain: str, codes: frozenset[str], spans: Spans) -> tuple[str, Spans]:
    """A district that no list has, by its office: 公安局通崇分局 is that of 通崇区."""
    match = SUB_OFFICE.search(plain) if codes else None
    if match is None or (spans and spans[-1][1] > match.start(1)):
        return "", spans
    return match[1], [*spans, match.span(1)]


@cache
def _below() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, set[str]]] = {}
    for each in divisions():
        if each.last is None:
            for above in lineage(each.code)[:-1]:
                names = found.setdefault(above, {})
                for name in {stem(each.zh), each.zh, each.zh[: max(len(each.zh) - 1, 2)]}:
                    names.setdefault(name, set()).add(each.code)
    return {
        above: {name: codes.pop() for name, codes in names.items() if len(codes) == 1}
        for above, names in found.items()
    }


def _without(plain: str, spans: Spans) -> str:
    kept, at = [], 0
    for start, end in sorted(spans):
        kept.append(plain[at : max(start, at)])
        at = max(end, at)
    return re.sub(r"\(\)", "", "".join((*kept, plain[at:])))


@cache
def name_stem(code: str) -> str:
    """A division's newest name without its ending: `朝阳` for 110105; empty where unknown."""
    known = division(code)
    return stem(known.zh) if known else ""


def stem(name: str) -> str:
    """A name of a division without its ending: `恭阳瑶族自治县` is `恭阳`.

    >>> stem("恭阳瑶族自治县"), stem("东区"), stem("沂南坡县")
    ('恭阳', '东区', '沂南坡')
    """
    wood = name.endswith("林区") and not name.startswith("神农架")  # 北林区 is no 林区
    short = name[:-1] if wood else ENDING.sub("", name)
    if name.endswith(("自治县", "自治旗", "自治州", "自治区")):
        short = NATIONS.sub("", short) or short.removesuffix("族")
    return short if len(short) >= 2 else name[: max(len(name) - 1, 2)]


def is_same_place(one: str, other: str) -> bool:
    """Whether two codes stand for one division: the same, or one that became the other alone.

    Divisions that were joined into one are not the same: 崇文区 is not 东城区 of today.

    >>> is_same_place("110228", "110118"), is_same_place("110103", "110101")
    (True, False)
    """
    return one == other or _today(one) == _today(other)


@cache
def _today(code: str) -> str:
    """The code of today of what was renamed; of what was merged or split, its own."""
    known = division(code)
    later = became().get((code, known.zh), ()) if known else ()
    if len(later) != 1:
        return code
    return later[0] if _alone(code, later[0]) else code


@cache
def _alone(code: str, later: str) -> bool:
    """Whether one division alone became another: by its name, or because that one then began."""
    new, old = division(later), division(code)
    if new is None or old is None or level_of(code) != level_of(later):
        return False
    if name_stem(code) == name_stem(later):
        return True
    begun = min(each.first for each in divisions() if each.code == later)
    others = [each for each, codes in became().items() if later in codes]
    return len({each for each, _ in others}) == 1 and begun == (old.last or 0) + 1


def is_within(one: str, other: str) -> bool:
    """Whether one of two codes lies in the other, or is the same place."""
    return one in lineage(other) or other in lineage(one) or is_same_place(one, other)
