"""From the answers of one visit to one verdict. Never from one failed request.

`removed` needs two answers, some time apart, that say so, and another page of the host that was
answered in the same run. Where answers contradict each other, or one stands alone, the weaker
verdict is given: nothing here guesses.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tenderlight.seen import Verdict
from tenderlight.watching.address import host_of
from tenderlight.watching.answers import (
    IMPORTED,
    UNANSWERED,
    Answer,
    Reply,
    answer,
    is_error_page,
    seconds_between,
    tries,
)
from tenderlight.watching.event import Event

APART_SECONDS = 10.0
"""Between the first and the last answer that say that a notice is gone: one slip of a server is not
two answers. A round of visits waits longer than that (`--wait`)."""


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was seen of a notice in one run."""

    notice: str
    run: str
    base: Reply
    """The notice as it was seen last before this visit."""
    replies: tuple[Reply, ...]
    """All exchanges with its address, redirects included, in the order in which they were made."""
    controls: tuple[Reply, ...] = ()
    """Other pages of the same host that were asked for in the same run."""
    lists: frozenset[str] = frozenset()
    """Addresses that are known to be lists."""
    site: frozenset[str] = frozenset()
    """Lines that other notices' pages of the site have too: see `difference`."""
    copy: str | None = None
    """An address of the same site at which the same text was first seen after it was here."""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict, and the reply that showed the notice: what the next visit compares with."""

    event: Event
    shows: int | None = None
    """Its place among the visit's replies."""


class _Sentence(msgspec.Struct, frozen=True, kw_only=True):
    verdict: Verdict
    en: str
    zh: str
    rests_on: tuple[Reply, ...]
    answer: Answer | None = None
    moved_to: str | None = None


def judge(visit: Visit) -> Judged:
    """What one visit shows of a notice, with the captures on which that rests.

    Refuses (ValueError) a visit without replies: that nobody looked is no event.
    """
    if not visit.replies:
        raise ValueError("a visit without replies shows nothing")
    answers = [answer(one, visit.base, visit.lists, visit.site) for one in tries(visit.replies)]
    said = _seen(answers) or _gone(answers, visit) or _hindered(answers, visit) or _open(answers)
    if any(reply.exchange.source == IMPORTED for reply in said.rests_on):
        said = _as_others_say(said)
    found = said.answer.found if said.answer else None
    shown = said.answer.end if said.answer and said.answer.end.capture.size else None
    return Judged(
        event=Event(
            notice=visit.notice,
            run=visit.run,
            at=visit.replies[-1].at,
            verdict=said.verdict,
            reason=_sentence(said.en),
            reason_zh=f"{said.zh}。",
            captures=tuple(dict.fromkeys(reply.capture.id for reply in said.rests_on)),
            changes=found.changes if found else (),
            more=found.more if found else 0,
            moved_to=said.moved_to,
        ),
        shows=None if shown is None else visit.replies.index(shown),
    )


def _as_others_say(said: _Sentence) -> _Sentence:
    """We did not see it: whoever made an archive can put into it what they like."""
    en, zh = f"as an archive made by others has it: {said.en}", f"据他人制作的存档：{said.zh}"
    return msgspec.structs.replace(said, en=en, zh=zh)


def _seen(answers: list[Answer]) -> _Sentence | None:
    """The notice was shown; nothing that came after says that it is gone."""
    shown = [n for n, one in enumerate(answers) if one.kind in ("same", "changed", "moved")]
    if not shown:
        return None
    last = answers[shown[-1]]
    if any(one.kind == "gone" for one in answers[shown[-1] :]):
        return _contradiction(answers)
    verdicts: dict[str, Verdict] = {"same": "unchanged", "changed": "changed", "moved": "moved"}
    return _Sentence(
        verdict=verdicts[last.kind],
        en=last.en,
        zh=last.zh,
        rests_on=last.replies,
        answer=last,
        moved_to=last.end.url if last.kind == "moved" else None,
    )


def _gone(answers: list[Answer], visit: Visit) -> _Sentence | None:
    gone = [one for one in answers if one.kind == "gone"]
    if not gone or any(one.kind == "blocked" for one in answers):
        return None
    if any(one.kind == "unclear" for one in answers):
        return _contradiction(answers)
    rests_on = tuple(reply for one in gone for reply in one.replies)
    if seconds_between(gone[0].end, gone[-1].end) < APART_SECONDS:
        en, zh = "that was not confirmed by a second answer", "未经第二次应答确认"
        return _weak(gone, rests_on, en, zh)
    control = _control(visit, {o.end.capture.sha256 for o in gone if len(o.replies) == 1})
    if control is None:
        en = "nothing else of the host was answered in the same run"
        return _weak(gone, rests_on, en, "同一轮中该主机没有其他页面正常应答")
    en, zh = _all(gone)
    en = f"{en}; {control.url} was answered in the same run"
    zh = f"{zh}；同一轮中 {control.url} 应答正常"
    rests_on = (*rests_on, control)
    if visit.copy is not None:
        en = f"{en}; the same text stands at {visit.copy}"
        zh = f"{zh}；相同内容现见于 {visit.copy}"
        return _Sentence(verdict="moved", en=en, zh=zh, rests_on=rests_on, moved_to=visit.copy)
    return _Sentence(verdict="removed", en=en, zh=zh, rests_on=rests_on)


def _hindered(answers: list[Answer], visit: Visit) -> _Sentence | None:
    """We were refused, or nothing answered: that says nothing of the notice."""
    blocked = [one for one in answers if one.kind == "blocked"]
    if blocked:
        en, zh = _all(blocked)
        rests_on = tuple(reply for one in blocked for reply in one.replies)
        return _Sentence(verdict="blocked", en=en, zh=zh, rests_on=rests_on)
    if any(one.kind != "failed" for one in answers):
        return None
    rests_on = tuple(reply for one in answers for reply in one.replies)
    en, zh = _all(answers)
    dead = [one for one in visit.controls if one.exchange.status is None]
    if len(answers) > 1 or answers[0].end.exchange.error == UNANSWERED:
        return _Sentence(verdict="unreachable", en=en, zh=zh, rests_on=rests_on)
    if dead and _control(visit, set()) is None:
        en = f"{en}; nor did {dead[0].url} answer"
        zh = f"{zh}；{dead[0].url} 亦无应答"
        return _Sentence(verdict="unreachable", en=en, zh=zh, rests_on=(*rests_on, dead[0]))
    return _weak(
        answers, rests_on, "one failed request shows nothing", "单次请求失败不足以说明问题"
    )


def _open(answers: list[Answer]) -> _Sentence:
    if len({one.kind for one in answers}) > 1:
        return _contradiction(answers)
    rests_on = tuple(reply for one in answers for reply in one.replies)
    return _weak(answers, rests_on, "it could not be decided", "无法判定")


def _contradiction(answers: list[Answer]) -> _Sentence:
    rests_on = tuple(reply for one in answers for reply in one.replies)
    return _weak(answers, rests_on, "the answers contradict each other", "各次应答相互矛盾")


def _weak(answers: Sequence[Answer], rests_on: tuple[Reply, ...], en: str, zh: str) -> _Sentence:
    said, said_zh = _all(answers)
    return _Sentence(
        verdict="unchecked", en=f"{said}; {en}", zh=f"{said_zh}；{zh}", rests_on=rests_on
    )


def _all(answers: Sequence[Answer]) -> tuple[str, str]:
    """What the answers say, each once, with the times at which they were asked for."""
    times: dict[tuple[str, str], list[str]] = {}
    for one in answers:
        times.setdefault((one.en, one.zh), []).append(one.end.at)
    en = "; ".join(f"{said} at {' and '.join(at)}" for (said, _), at in times.items())
    return en, "；".join(f"{'、'.join(at)} {said}" for (_, said), at in times.items())


def _control(visit: Visit, gone: set[str]) -> Reply | None:
    """Another page of the host that was answered well, and not with what stands for the notice."""
    host = host_of(visit.replies[0].url)
    for one in visit.controls:
        is_good = one.exchange.status == 200 and not one.exchange.truncated and one.capture.size
        is_good = is_good and host_of(one.url) == host and not is_error_page(one)
        if is_good and one.capture.sha256 not in gone:
            return one
    return None


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
