"""Ask one question after the other, and keep each whole answer as testimony before the next."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec

from tenderlight import __version__
from tenderlight.collecting.asking_model.address import Address, where
from tenderlight.collecting.fetching.connection import Failed
from tenderlight.collecting.fetching.fetch import Limits, fetch
from tenderlight.collecting.fetching.whole import Whole, read_whole
from tenderlight.evidence.answered import rfc3339
from tenderlight.evidence.testimony import Testimony
from tenderlight.second.asked import Kept, Question, hear
from tenderlight.second.asked.answer import content_of
from tenderlight.second.asked.question import Body, text_of

LARGEST = 1 << 20
"""Bytes of an answer."""
TRIES = 3
"""Times that one question is asked."""
WAITS = (2.0, 8.0)
"""Seconds before the second and the third time."""
LONGEST_WAIT = 120.0
"""Seconds that a server can make us wait by Retry-After."""
IN_A_ROW = 3
"""Questions without an answer after which we stop: the next would fare no better."""
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_USELESS = frozenset({401, 402, 403, 404, 405})
_WORDS = 300
_ESCAPE = re.compile(r"\\{1,2}u([0-9A-Fa-f]{4})")


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """How to ask: where, with which key, how patiently, by which clock."""

    address: Address
    now: Callable[[], datetime]
    wait: Callable[[float], None]
    key: str | None = None
    seconds: float = 300.0
    """For one answer: a model on a small computer takes minutes."""
    pace: float = 0.0
    """Seconds between two questions."""


class Tally(msgspec.Struct, kw_only=True):
    """What came of the questions so far."""

    questions: int = 0
    known: int = 0
    """Answered before, in the same manner: not asked again."""
    answered: int = 0
    unanswered: int = 0
    bought: int = 0
    mentioned: int = 0
    excluded: int = 0
    refused: dict[str, int] = {}
    """What was not taken of the answers, by reason."""
    stopped: str | None = None
    """Why we stopped before the end."""
    why: list[str] = []
    """The first reasons why a question has no answer."""


class Unanswered(Exception):
    """No answer to a question. `is_final`: no other question would get one."""

    def __init__(self, why: str, *, is_final: bool = False) -> None:
        super().__init__(why)
        self.why, self.is_final = why, is_final


class _Replied(NamedTuple):
    response: str
    when: datetime
    ip: str | None


def ask_all(
    asking: Asking,
    questions: Iterable[Question],
    testimony: Testimony,
    told: Callable[[Tally], None],
) -> Tally:
    """Ask what has not been answered yet. Can be stopped at any moment; each answer is kept.

    A question that gets no answer is counted, and asked again by the next run. Stops after three
    in a row, and at a refusal that would meet every question (`Tally.stopped` says which).
    """
    tally, failed = Tally(), 0
    for question in questions:
        tally.questions += 1
        if testimony.has(question.manner, question.subject):
            tally.known += 1
            continue
        if asking.pace and tally.answered + tally.unanswered:
            asking.wait(asking.pace)
        try:
            _keep(asking, question, _patiently(asking, question), testimony, tally)
            failed = 0
        except Unanswered as error:
            failed += 1
            _count(tally, error.why)
            if error.is_final or failed == IN_A_ROW:
                tally.stopped = error.why
                break
        finally:
            told(tally)
    return tally


def _keep(
    asking: Asking, question: Question, replied: _Replied, testimony: Testimony, tally: Tally
) -> None:
    kept = Kept(
        asked=rfc3339(replied.when),
        where=where(asking.address.url, replied.ip),
        ids=question.ids,
        request=question.body.decode(),
        response=replied.response,
    )
    answer = msgspec.json.encode(kept)
    testimony.keep(question.manner, question.subject, question.notice, answer)
    text = text_of(msgspec.json.decode(question.body, type=Body)) or ""
    heard = hear(replied.response.encode(), text, question.ids)
    tally.answered += 1
    relations = Counter(each.relation for each in heard.statements)
    tally.bought += relations["bought"]
    tally.mentioned += relations["mentioned"]
    tally.excluded += relations["excluded"]
    for why, count in heard.refused.items():
        tally.refused[why] = tally.refused.get(why, 0) + count


def _count(tally: Tally, why: str) -> None:
    tally.unanswered += 1
    if len(tally.why) < IN_A_ROW and why not in tally.why:
        tally.why.append(why)


def _patiently(asking: Asking, question: Question) -> _Replied:
    """The answer, after some tries. Raises Unanswered."""
    for wait in (*WAITS, None):
        when = asking.now()
        try:
            whole, ip = asyncio.run(_collect(asking, question.body))
        except Failed as failed:
            why, after = _failed(failed), wait
        else:
            if whole.status == 200:
                return _Replied(_response(whole, asking.key), when, ip)
            why = _told(whole, asking.key)
            if whole.status not in _AGAIN:
                raise Unanswered(why, is_final=_is_final(whole.status))
            after = wait if wait is None else max(wait, _retry_after(whole.headers))
        if after is None or after > LONGEST_WAIT:
            raise Unanswered(why)
        asking.wait(after)
    raise AssertionError  # the last turn of the loop has no wait


async def _collect(asking: Asking, body: bytes) -> tuple[Whole, str | None]:
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "User-Agent": f"tenderlight/{__version__}",
    }
    if asking.key is not None:
        headers["Authorization"] = f"Bearer {asking.key}"
    limits = Limits(seconds=asking.seconds, idle=asking.seconds, largest=LARGEST)
    answer = await fetch(
        asking.address.url,
        reach=asking.address.reach,
        limits=limits,
        now=asking.now,
        method="POST",
        headers=headers,
        body=body,
    )
    return read_whole(answer), answer.ip


def _response(whole: Whole, key: str | None) -> str:
    """The body of a good answer. Refuses (Unanswered) what is none, and one that holds the key."""
    try:
        response = whole.content.decode("utf-8")
    except UnicodeDecodeError:
        response = ""
    if key is not None and (key in response or key in _unescaped(response)):
        raise Unanswered("The server sends the key back. Use another.", is_final=True)
    if content_of(whole.content) is None or not response:
        raise Unanswered("The answer is none of a chat (`choices`, `message`, `content`).")
    return response


def _unescaped(response: str) -> str:
    """The answer with its JSON escapes undone, also those of JSON inside of it."""
    for _ in range(2):
        response = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), response)
    return response


def _failed(failed: Failed) -> str:
    if failed.word == "private-address":
        raise Unanswered(
            f"The name leads into a private network ({failed.why}). Type its number, or add "
            "--private.",
            is_final=True,
        )
    return f"{failed.word}: {failed.why}"


def _told(whole: Whole, key: str | None) -> str:
    """The server's own words, cut short: they help to set it right."""
    words = " ".join(whole.content[: 4 * _WORDS].decode("utf-8", "replace").split())
    if key is not None:
        words = words.replace(key, "…")
    if 300 <= whole.status < 400:
        words = "It wants us to ask another address; redirects are not followed."
    return f"status {whole.status}: {words[:_WORDS]}".strip(": ")


def _is_final(status: int) -> bool:
    return status in _USELESS or 300 <= status < 400


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds that the server asks us to wait; 0 where it says a date, or nothing."""
    told = headers.get("retry-after", "").strip()
    return float(told) if told.isascii() and told.isdigit() and len(told) < 9 else 0.0
