"""The addresses that take a form: an answer, one taken back, the reviewer's name, own figures.

What a form says is checked as if a stranger had sent it; `guard` has made sure before that none
did. The answer is on the disk when the reply says so.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, cast, get_args
from urllib.parse import parse_qsl, quote

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tenderlight.corpus import Corpus
from tenderlight.model import FindingKind, Refused
from tenderlight.review import Answer
from tenderlight.web.guard import LARGEST
from tenderlight.web.own import KNOWN as BUILT_OF
from tenderlight.web.own import take_figure, take_retirement
from tenderlight.web.pace import answered, progress_words
from tenderlight.web.page import Misasked, link
from tenderlight.web.review import (
    FILTERS,
    KEYS,
    check_case,
    filters_of,
    name_of,
    progress_of,
    reviewer_of,
)
from tenderlight.web.show import language_of
from tenderlight.web.words import Label

FIELDS = frozenset(
    {*FILTERS, "token", "case", "notice", "subject", "kind", "answer", "instead", "because"}
    | {"by", "resolves"}
    | {*BUILT_OF, "name", "en", "zh", "question", "sql", "money"}
)
YEAR = 365 * 86_400
Form = Mapping[str, str]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """How far the reviewer is, as a page says it."""

    done: int
    total: int
    words: str


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """The reply to a script: what was written, and where an undone case is seen again."""

    name: str | None
    progress: Told
    back: str | None = None


class Forged(Exception):
    """The form does not carry this run's word: the desk was started anew, or it is not ours."""


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form. Refuses one that is too large, unknown fields, and a foreign word."""
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LARGEST:
            raise Misasked(Label("The form is too large.", "提交的内容过大。"))
    try:
        pairs = parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, max_num_fields=40, errors="strict"
        )
    except (UnicodeError, ValueError):
        raise Misasked(Label("The form cannot be read.", "提交的内容无法读取。")) from None
    form = dict(pairs)
    if len(form) != len(pairs) or not form.keys() <= FIELDS:
        raise Misasked(Label("The form has fields of its own.", "提交的字段无效。"))
    known = request.app.state.token
    if known is None or not hmac.compare_digest(form.get("token", "").encode(), known.encode()):
        raise Forged
    return form


def take_answer(corpus: Corpus, request: Request, form: Form) -> Response:
    """Write an answer down; then the next case."""
    by, filters = _reviewer(request), filters_of(corpus, form)
    resolves = form.get("resolves") == "1"
    line = corpus.review.answer(
        check_case(form.get("case", "")),
        _answer(form),
        by=by,
        now=now,
        instead=_instead(corpus, form),
        because=form.get("because", ""),
        plan=filters.get("plan"),
        resolves=resolves,
        **_place(form),
    )
    answered(corpus, by)
    onward = "/review/disagreements" if resolves else link("/review", **filters)
    return _reply(corpus, request, by, filters, onward, name=line.name)


def take_back(corpus: Corpus, request: Request, form: Form) -> Response:
    """Take the reviewer's newest answer back; then that case again."""
    by, filters = _reviewer(request), filters_of(corpus, form)
    line = corpus.review.undo(by, now=now)
    if line is None:
        return _reply(corpus, request, by, filters, link("/review", **filters), name=None)
    place = {"notice": line.notice, "subject": line.subject, "kind": line.kind}
    back = link("/review", **filters, case=line.case, **place)
    return _reply(corpus, request, by, filters, back, name=line.name, back=back)


def take_name(corpus: Corpus, request: Request, form: Form) -> Response:
    """Keep the reviewer's name in a cookie; then the queue."""
    name = name_of(form.get("by", ""))
    if name is None:
        raise Misasked(
            Label("A name is one line of 1 to 60 characters.", "姓名或代号应为 1 至 60 个字符。")
        )
    response = RedirectResponse(link("/review", **filters_of(corpus, form)), 303)
    response.set_cookie("by", quote(name, safe=""), max_age=YEAR, httponly=True, samesite="strict")
    return response


Take = Callable[[Corpus, Request, Form], Response]
TAKEN: dict[str, Take] = {
    "/own/save": take_figure,
    "/own/retire": take_retirement,
    "/review/answer": take_answer,
    "/review/undo": take_back,
    "/review/name": take_name,
}


def now() -> datetime:
    """The moment of an answer."""
    return datetime.now(UTC)  # noqa: TID251 - a door may read the clock; steps may not


async def taken(corpus: Corpus, take: Take, request: Request) -> Response:
    """Read the form, and act on it in a worker thread: a slow disk holds up nobody else."""
    form = await read_form(request)
    return await run_in_threadpool(take, corpus, request, form)


def _reply(
    corpus: Corpus,
    request: Request,
    by: str,
    filters: Mapping[str, str],
    onward: str,
    *,
    name: str | None,
    back: str | None = None,
) -> Response:
    if "application/json" not in request.headers.get("accept", ""):
        return RedirectResponse(onward, 303)
    progress = progress_of(corpus, by, filters)
    told = Told(
        done=progress.done,
        total=progress.total,
        words=progress_words(progress, language_of(request)),
    )
    written = Written(name=name, progress=told, back=back)
    return Response(msgspec.json.encode(written), media_type="application/json")


def _reviewer(request: Request) -> str:
    by = reviewer_of(request)
    if by is None:
        raise Refused("Nobody says who answers.", "Give your name or initials first.")
    return by


def _answer(form: Form) -> Answer:
    given = form.get("answer", "")
    if given not in KEYS:
        known = ", ".join(KEYS)
        raise Misasked(Label(f"An answer is one of: {known}.", f"判断应为：{known}。"))
    return cast(Answer, given)


def _instead(corpus: Corpus, form: Form) -> str | None:
    """The other technology that is meant. Refuses one that no definition has."""
    given = form.get("instead") or None
    if given is not None and corpus.definitions.get("technology", given) is None:
        raise Misasked(Label("No definition is named so.", "没有此名称的定义。"))
    return given


def _place(form: Form) -> dict[str, Any]:
    if form.get("kind", "technology") not in get_args(FindingKind):
        raise Misasked(Label("“kind” is not one of ours.", "“kind”无效。"))
    return {key: form[key] for key in ("notice", "subject", "kind") if form.get(key)}
