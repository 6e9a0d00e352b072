"""The queue: one claim with its passage, large, and five answers; who answers, and how far she is.

Nothing that others answered is shown here, in no plan and outside of one: whoever is asked judges
the passage alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import duckdb
import msgspec
from starlette.requests import Request

from tenderlight.corpus import Corpus
from tenderlight.corpus.reviewing import Asked
from tenderlight.model import Refused
from tenderlight.web.about import definition_href
from tenderlight.web.joined import Choice
from tenderlight.web.listing import division_label
from tenderlight.web.pace import ProgressView, pace_of
from tenderlight.web.page import Misasked, Missing, Page, asked, link, whole
from tenderlight.web.words import Label, finding_label, label_of, words

FILTERS = ("technology", "plan", "order")
ORDERS = ("proposed", "random", "newest")
KEYS = {"yes": "y", "no": "n", "unsure": "u", "elsewhere": "e", "other": "o"}
"""The answers in the order of their buttons, each with its key."""
AHEAD = 10
"""Cases after the first that an address can ask for."""
SKIPPED = 200
"""Cases that an address can pass over."""
AROUND = 160
"""Characters of the text shown before and after the sentence."""
LONGEST_NAME = 60
CASE = re.compile(r"[0-9a-f]{16}")


class Testimony(msgspec.Struct, frozen=True, kw_only=True):
    """What a language model says of it: no answer, and in no figure."""

    model: str
    says: Label
    text: str


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked, the passage in its sentence, and the notice that it stands in."""

    id: str
    at: str
    """The address of this very case."""
    next: str | None
    """The address of the one after it, if this one is skipped."""
    notice: str
    href: str
    title: str | None
    buyer: str | None
    published: str | None
    type: Label
    division: Label
    kind: str
    subject: str
    label: Label
    about: str
    question: Label
    claim: Label
    standing: Label | None
    rule: str
    lead: str
    before: str
    passage: str
    after: str
    trail: str
    score: int | None
    """How likely the second reader thinks it, of 100."""
    testimony: tuple[Testimony, ...]


class AnswerView(msgspec.Struct, frozen=True, kw_only=True):
    """One answer that can be given."""

    id: str
    key: str
    label: Label
    says: Label


class QueueView(msgspec.Struct, frozen=True, kw_only=True):
    """The case that is asked now; None where nothing is left."""

    asked: dict[str, str]
    by: str | None
    may_write: bool
    case: CaseView | None
    ahead: tuple[CaseView, ...]
    """Those after it, as many as the address asks for."""
    progress: ProgressView
    answers: tuple[AnswerView, ...]
    technologies: tuple[Choice, ...]
    choices: dict[str, tuple[Choice, ...]]


def review_page(corpus: Corpus, request: Request) -> Page:
    """The next case of the queue that is asked for; `?case=` shows one again."""
    questions = asked(request, (*FILTERS, "skip", "ahead", "case", "notice", "subject", "kind"))
    filters = filters_of(corpus, questions)
    by = reviewer_of(request)
    skipped = _skipped(questions.get("skip", ""))
    ahead = _ahead(questions)
    found = (
        (_one(corpus, questions),)
        if "case" in questions
        else _queue(corpus, by or "", filters, skipped, 1 + ahead)
    )
    shown = tuple(case_view(corpus, each, filters, skipped) for each in found)
    view = QueueView(
        asked=filters,
        by=by,
        may_write=request.app.state.token is not None,
        case=next(iter(shown), None),
        ahead=shown[1:],
        progress=progress_of(corpus, by or "", filters),
        answers=answer_views(),
        technologies=technologies(corpus),
        choices=_choices(corpus, filters),
    )
    return Page(template="review.html", title=words()["interface"]["review"], view=view)


def reviewer_of(request: Request) -> str | None:
    """The name that the reviewer gave, out of its cookie; None where she gave none."""
    return name_of(unquote(request.cookies.get("by", ""), errors="replace"))


def name_of(given: str) -> str | None:
    """A name on one line, at most 60 characters; None where it is none.

    >>> name_of("  L. W. "), name_of("a\\nb")
    ('L. W.', None)
    """
    name = given.strip()
    return name if 0 < len(name) <= LONGEST_NAME and name.isprintable() else None


def filters_of(corpus: Corpus, given: Mapping[str, str]) -> dict[str, str]:
    """The technology, plan and order that are asked for. Refuses those that do not exist."""
    filters = {key: given[key] for key in FILTERS if given.get(key)}
    technology, plan = filters.get("technology"), filters.get("plan")
    if technology and corpus.definitions.get("technology", technology) is None:
        raise Missing(Label(f"a technology “{technology}”", f"技术“{technology}”"))
    if plan and plan not in {each.id for each in corpus.review.plans()}:
        raise Missing(Label(f"a plan “{plan}”", f"抽样方案“{plan}”"))
    if filters.get("order", "proposed") not in ORDERS:
        known = ", ".join(ORDERS)
        raise Misasked(Label(f"“order” is one of: {known}.", f"“order”应为：{known}。"))
    return filters


def _skipped(given: str) -> tuple[str, ...]:
    ids = tuple(given.split(".")) if given else ()
    if len(ids) > SKIPPED or not all(CASE.fullmatch(id) for id in ids):
        raise Misasked(Label("“skip” names cases.", "“skip”应为条目编号。"))
    return ids


def _ahead(questions: Mapping[str, str]) -> int:
    """How many cases after the first. Refuses more than a script can want."""
    ahead = whole(questions, "ahead", 0) or 0
    if ahead > AHEAD:
        raise Misasked(Label(f"“ahead” is at most {AHEAD}.", f"“ahead”最多为 {AHEAD}。"))
    return ahead


def _queue(
    corpus: Corpus, by: str, filters: Mapping[str, Any], skipped: tuple[str, ...], limit: int
) -> tuple[Asked, ...]:
    return corpus.review.queue(
        by,
        technology=filters.get("technology"),
        plan=filters.get("plan"),
        order=filters.get("order", "proposed"),
        skip=frozenset(skipped),
        limit=limit,
    )


def _one(corpus: Corpus, questions: Mapping[str, str]) -> Asked:
    place = {key: questions[key] for key in ("notice", "subject", "kind") if key in questions}
    found = corpus.review.find(questions["case"], **place)
    if found is None:
        what = questions["case"]
        raise Missing(Label(f"a case “{what}” (any more)", f"条目“{what}”（或已变更）"))
    return found


def case_view(
    corpus: Corpus, found: Asked, filters: Mapping[str, str], skipped: tuple[str, ...] = ()
) -> CaseView:
    """What a person is shown of a case."""
    case, shown = found.case, corpus.printed(found.case.notice)
    row = {} if shown is None else shown.row
    label = finding_label(corpus.definitions, case.kind, case.subject)
    is_led = "plan" not in filters  # a measured error must not be that of a model
    lead, before, passage, after, trail = _printed(found, shown.text if shown else "")
    place = {"case": case.id, "notice": case.notice, "subject": case.subject}
    onward = ".".join((*skipped, case.id)[-SKIPPED:])
    return CaseView(
        id=case.id,
        at=link("/review", **filters, **place, kind=case.kind),
        next=link("/review", **filters, skip=onward),
        notice=case.notice,
        href=_href(found),
        title=found.title,
        buyer=found.buyer,
        published=found.published,
        type=label_of("type", row.get("notice_type")),
        division=division_label(row.get("county_code") or row.get("province_code")),
        kind=case.kind,
        subject=case.subject,
        label=label,
        about=definition_href(case.kind, case.subject),
        question=_question(case.kind, label),
        claim=label_of("claim", case.claim),
        standing=label_of("standing", found.standing) if found.standing else None,
        rule=case.rule,
        lead=lead,
        before=before,
        passage=passage,
        after=after,
        trail=trail,
        score=round(case.score * 100) if is_led and case.score is not None else None,
        testimony=testimony_of(corpus.connect(), case.notice, case.subject) if is_led else (),
    )


def _question(kind: str, label: Label) -> Label:
    asks = words()["question"][kind]
    return Label(asks.en.format(what=label.en), asks.zh.format(what=label.zh))


def _href(found: Asked) -> str:
    quote, path = found.case.quote, f"/notices/{found.case.notice}"
    if not quote.exact or quote.part == "manifest":
        return link(path)
    return link(path, at=f"{quote.start}-{quote.end}") + "#at-asked"


def _printed(found: Asked, text: str) -> tuple[str, str, str, str, str]:
    """The passage in its sentence, with some of the text before and after the sentence."""
    context, quote = found.case.context, found.case.quote
    if not quote.exact:
        return "", context, "", "", ""
    if quote.part == "manifest" or text[quote.start : quote.end] != quote.exact:
        before, exact, after = context.partition(quote.exact)
        return ("", before, exact, after, "") if exact else ("", "", quote.exact, "", "")
    first, last = _sentence(text, quote.start, quote.end)
    return (
        text[max(first - AROUND, 0) : first],
        text[first : quote.start],
        quote.exact,
        text[quote.end : last],
        text[last : last + AROUND],
    )


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The line, or the sentence of a long line, that a passage stands in.

    >>> _sentence("一、概况。采购虹膜采集仪。共20台。", 7, 9)
    (5, 13)
    """
    first, last = max(start - 3 * AROUND, 0), min(end + 3 * AROUND, len(text))
    before = max(text.rfind(mark, first, start) for mark in "。；！？\n")
    ends = [at + 1 for mark in "。；！？" if (at := text.find(mark, end, last)) >= 0]
    ends += [at for at in (text.find("\n", end, last),) if at >= 0]
    return (before + 1 if before >= 0 else first), min(ends, default=last)


def testimony_of(
    con: duckdb.DuckDBPyConnection, notice: str, subject: str
) -> tuple[Testimony, ...]:
    """What language models said of it, where any was asked."""
    rows = con.execute(
        "select model, relation, text from model_said where notice = ? and id = ?"
        " order by asked desc, model limit 3",
        [notice, subject],
    ).fetchall()
    return tuple(
        Testimony(model=model, says=label_of("claim", relation), text=text or "")
        for model, relation, text in rows
    )


def progress_of(corpus: Corpus, by: str, filters: Mapping[str, str]) -> ProgressView:
    """How far a reviewer is in a queue."""
    told = corpus.review.progress(
        by, technology=filters.get("technology"), plan=filters.get("plan")
    )
    return ProgressView(done=told.total - told.left, total=told.total, pace=pace_of(corpus, by))


def answer_views() -> tuple[AnswerView, ...]:
    """The five answers."""
    names, says = words()["answer"], words()["answer_says"]
    return tuple(
        AnswerView(id=id, key=key, label=names[id], says=says[id]) for id, key in KEYS.items()
    )


def technologies(corpus: Corpus, chosen: str | None = None) -> tuple[Choice, ...]:
    """All technologies, by their English names."""
    found = sorted(corpus.definitions.technology, key=lambda one: (one.en.lower(), one.id))
    return tuple(
        Choice(id=one.id, label=Label(one.en, one.zh), chosen=one.id == chosen) for one in found
    )


def _choices(corpus: Corpus, filters: Mapping[str, str]) -> dict[str, tuple[Choice, ...]]:
    none = Choice(id="", label=words()["interface"]["any"], chosen=False)
    plans = tuple(
        Choice(id=plan.id, label=Label(plan.id, plan.id), chosen=plan.id == filters.get("plan"))
        for plan in corpus.review.plans()
    )
    orders = tuple(
        Choice(
            id=order,
            label=words()["order"][order],
            chosen=order == filters.get("order", ORDERS[0]),
        )
        for order in ORDERS
    )
    return {
        "technology": (none, *technologies(corpus, filters.get("technology"))),
        "plan": (none, *plans),
        "order": orders,
    }


def check_case(id: str) -> str:
    """A case's id out of a form. Refuses what is none."""
    if not CASE.fullmatch(id):
        raise Refused("The answer names no case.", "Load the page again.")
    return id
