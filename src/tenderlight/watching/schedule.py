"""Where to look next: a budget of visits, spent where a notice is likeliest to vanish.

A notice's turn grows with the time since it was last looked at, times a weight. The weights are
judgements, not measurements: they say in what order we would look ourselves. Because no weight is
zero and none is above `HEAVIEST`, every notice gets its turn.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from datetime import date, datetime

import msgspec

from tenderlight.seen import Verdict

AGES = ((7, 6.0), (30, 4.0), (180, 2.0), (730, 1.3))
"""Days since publication, and the weight of notices that are no older."""
BOUGHT, TARGETS, RESTLESS = 2.0, 1.5, 2.0
RATE = 4.0
"""How much a source or buyer weighs of whose notices all were removed: 1 + RATE."""
UNSETTLED, GONE = 1.5, 0.1
HEAVIEST = AGES[0][1] * BOUGHT * TARGETS * RESTLESS * (1 + RATE) ** 2 * UNSETTLED
LIGHTEST = GONE
HOUR = 3600.0
LONG, AHEAD = 24.0 * 365, 24.0
"""Hours. What was looked at tomorrow was looked at by a wrong clock: it must not wait for that day.
"""


class Watched(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the plan knows of one notice."""

    notice: str
    url: str
    since: str
    """When it was first seen here, RFC 3339."""
    source: str = ""
    buyer: str = ""
    published: str | None = None
    title: str | None = None
    bought: tuple[str, ...] = ()
    """Surveillance technologies that it buys."""
    targets: tuple[str, ...] = ()
    looked: str | None = None
    """When it was last looked at, RFC 3339."""
    verdict: Verdict | None = None
    changes: int = 0
    """Times that it changed, moved or was removed before."""


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """Of the notices of a source or buyer that were looked at, how many changed or vanished."""

    looked: int = 0
    gone: int = 0

    @property
    def share(self) -> float:
        """From 0 to 1; one notice alone proves little, so two are added that stayed.

        >>> Past(looked=2, gone=2).share
        0.5
        """
        return min(self.gone, self.looked) / (self.looked + 2)


class Pick(msgspec.Struct, frozen=True, kw_only=True):
    """One notice to look at, and why."""

    watched: Watched
    turn: float
    """Weight times hours since the last look: the highest go first."""
    why: str
    why_zh: str


Reason = tuple[float, str, str]


def schedule(
    watched: Iterable[Watched],
    budget: int,
    now: datetime,
    *,
    sources: Mapping[str, Past] | None = None,
    buyers: Mapping[str, Past] | None = None,
) -> tuple[Pick, ...]:
    """The notices whose turn it is, at most `budget` of them, most pressing first.

    Keeps no more in memory than the budget. The same past gives the same plan.
    """
    sources, buyers = sources or {}, buyers or {}
    turns = (
        (-_turn(one, now, sources, buyers), one.notice, number, one)
        for number, one in enumerate(watched)
    )
    first = heapq.nsmallest(budget, turns)
    return tuple(_pick(one, -turn, now, sources, buyers) for turn, _, _, one in first)


def weight(
    one: Watched, now: datetime, sources: Mapping[str, Past], buyers: Mapping[str, Past]
) -> float:
    """How likely it is to vanish, beside a notice of which nothing special is known (1)."""
    product = 1.0
    for factor, _, _ in _reasons(one, now, sources, buyers):
        product *= factor
    return product


def _turn(
    one: Watched, now: datetime, sources: Mapping[str, Past], buyers: Mapping[str, Past]
) -> float:
    return weight(one, now, sources, buyers) * (_hours(one.looked or one.since, now) + 1)


def _pick(
    one: Watched,
    turn: float,
    now: datetime,
    sources: Mapping[str, Past],
    buyers: Mapping[str, Past],
) -> Pick:
    days = _hours(one.looked or one.since, now) / 24
    if one.looked is None:
        parts = [("never looked at since it was added", "入库后尚未回访")]
    else:
        parts = [(f"last looked at {days:.1f} days ago", f"距上次回访 {days:.1f} 天")]
    parts += [(en, zh) for _, en, zh in _reasons(one, now, sources, buyers)]
    return Pick(
        watched=one,
        turn=round(turn, 3),
        why="; ".join(en for en, _ in parts),
        why_zh="；".join(zh for _, zh in parts),
    )


def _reasons(
    one: Watched, now: datetime, sources: Mapping[str, Past], buyers: Mapping[str, Past]
) -> list[Reason]:
    reasons = [_age(one, now)]
    if one.bought:
        named = ", ".join(one.bought[:3])
        reasons.append((BOUGHT, f"buys {named}", f"采购 {named}"))
    if one.targets:
        named = ", ".join(one.targets[:3])
        reasons.append((TARGETS, f"names people to be watched: {named}", f"涉及监控对象：{named}"))
    if one.changes:
        times = f"{one.changes}"
        reasons.append((RESTLESS, f"changed or vanished before ({times})", f"曾变动 {times} 次"))
    for who, name, past in (
        (("its source", "其来源"), one.source, sources.get(one.source)),
        (("its buyer", "其采购人"), one.buyer, buyers.get(one.buyer)),
    ):
        if name and past is not None and past.gone:
            en = f"{who[0]} changed or took down {past.gone} of {past.looked} looked at"
            zh = f"{who[1]}已回访 {past.looked} 条中有 {past.gone} 条变动或撤下"
            reasons.append((1 + RATE * past.share, en, zh))
    return [reason for reason in (*reasons, _last(one)) if reason is not None]


def _age(one: Watched, now: datetime) -> Reason:
    days = max(_days(one, now), 0)
    for most, factor in AGES:
        if days <= most:
            return factor, f"published {days} days ago", f"发布于 {days} 天前"
    return 1.0, f"published {days} days ago", f"发布于 {days} 天前"


def _last(one: Watched) -> Reason | None:
    if one.verdict == "removed":
        return GONE, "gone at the last look: some come back", "上次回访时已撤下（可能恢复）"
    if one.verdict in ("blocked", "unreachable", "unchecked"):
        return UNSETTLED, f"the last look settled nothing ({one.verdict})", "上次回访未得结论"
    return None


def _days(one: Watched, now: datetime) -> int:
    for said in (one.published, one.since):
        try:
            return (now.date() - date.fromisoformat((said or "")[:10])).days
        except ValueError:
            continue
    return 0


def _hours(since: str, now: datetime) -> float:
    """Hours from a time to now; a time that cannot be read, or lies ahead, counts as long ago."""
    try:
        passed = (now - datetime.fromisoformat(since)).total_seconds() / HOUR
    except (ValueError, TypeError):
        return LONG
    return max(passed, 0.0) if passed > -AHEAD else LONG
