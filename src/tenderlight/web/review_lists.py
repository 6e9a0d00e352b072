"""What was decided: confirmed, rejected, disputed, changed; disagreements with both answers.

What a plan still asks of the reader is left out of every list, and counted, so that nobody is told
what others say before she has answered.
"""

from __future__ import annotations

from typing import Any

import duckdb
import msgspec
from starlette.requests import Request

from tenderlight.corpus import Corpus
from tenderlight.review import Pair, Reviewed
from tenderlight.web.joined import Choice
from tenderlight.web.page import PAGE_SIZE, Misasked, Page, Pages, asked, link, pages_of, whole
from tenderlight.web.review import (
    AnswerView,
    CaseView,
    answer_views,
    case_view,
    reviewer_of,
    technologies,
)
from tenderlight.web.words import Label, finding_label, label_of, words

STATES = ("confirmed", "rejected", "unsure", "disputed", "changed")
MOST = 50
"""Disagreements shown at once, the first to be resolved first."""


class SideView(msgspec.Struct, frozen=True, kw_only=True):
    """What one reviewer answered, and why."""

    by: str
    decided: str
    answer: Label
    instead: Label | None
    because: str


class DisputedView(msgspec.Struct, frozen=True, kw_only=True):
    """One disagreement: the case, and the answers side by side."""

    case: CaseView
    sides: tuple[SideView, ...]


class DisagreementsView(msgspec.Struct, frozen=True, kw_only=True):
    """All disagreements that nobody has resolved."""

    asked: dict[str, str]
    by: str | None
    may_write: bool
    total: int
    hidden: int
    """Those that a plan still asks of the reader: not shown before she has answered."""
    disputed: tuple[DisputedView, ...]
    answers: tuple[AnswerView, ...]


class DecidedView(msgspec.Struct, frozen=True, kw_only=True):
    """One claim that people have answered about, and what the answers come to."""

    href: str
    """The passage in its notice."""
    again: str
    """The case, to be answered again."""
    title: str | None
    buyer: str | None
    published: str | None
    label: Label
    claim: Label
    state: str
    state_label: Label
    instead: Label | None
    before: str
    passage: str
    after: str
    answers: tuple[SideView, ...]


class DecidedListView(msgspec.Struct, frozen=True, kw_only=True):
    """Claims with one state, the newest decisions first."""

    asked: dict[str, str]
    states: tuple[Choice, ...]
    counts: dict[str, int]
    technologies: tuple[Choice, ...]
    hidden: int
    """Those that a plan still asks of the reader: not shown before she has answered."""
    rows: tuple[DecidedView, ...]
    pages: Pages


def disputed_page(corpus: Corpus, request: Request) -> Page:
    """Where two reviewers differ, with both answers; to be resolved by a third or together."""
    asked(request, ())
    by = reviewer_of(request)
    hidden = hidden_from(corpus, by)
    disputed = corpus.review.disputed()
    found = [
        each
        for each in disputed
        if Pair(each.case.notice, each.case.kind, each.case.subject) not in hidden
    ]
    view = DisagreementsView(
        asked={},
        by=by,
        may_write=request.app.state.token is not None,
        total=len(found),
        hidden=len(disputed) - len(found),
        disputed=tuple(
            DisputedView(
                case=case_view(corpus, each, {}),
                sides=tuple(_side(corpus, answer) for answer in each.answers),
            )
            for each in found[:MOST]
        ),
        answers=answer_views(),
    )
    title = words()["interface"]["review_disputed"]
    return Page(template="review_disputed.html", title=title, view=view)


def decided_page(corpus: Corpus, request: Request) -> Page:
    """Claims that were answered about, by what the answers come to."""
    questions = asked(request, ("state", "technology", "page"))
    state = questions.get("state", STATES[0])
    if state not in STATES:
        known = ", ".join(STATES)
        raise Misasked(Label(f"“state” is one of: {known}.", f"“state”应为：{known}。"))
    con, technology = corpus.connect(), questions.get("technology")
    told = con.execute(
        "select notice, kind, id, state from verdict where answers > 0 or state = 'changed'"
        " order by decided desc, notice, id"
    ).fetchall()
    told = [row for row in told if technology in (None, row[2])]
    hidden = hidden_from(corpus, reviewer_of(request))
    open_to_her = [(Pair(*row[:3]), row[3]) for row in told if Pair(*row[:3]) not in hidden]
    pairs = [pair for pair, its in open_to_her if its == state]
    number = whole(questions, "page", 1) or 0
    pages = pages_of(len(pairs), number, "/review/decided", questions)
    shown = pairs[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    view = DecidedListView(
        asked={"state": state, **questions},
        states=tuple(
            Choice(id=each, label=words()["settled"][each], chosen=each == state) for each in STATES
        ),
        counts={each: sum(its == each for _, its in open_to_her) for each in STATES},
        technologies=technologies(corpus, technology),
        hidden=len(told) - len(open_to_her),
        rows=tuple(_row(corpus, con, pair, reviewer_of(request)) for pair in shown),
        pages=pages,
    )
    title = words()["interface"]["review_decided"]
    return Page(template="review_decided.html", title=title, view=view)


def hidden_from(corpus: Corpus, by: str | None) -> frozenset[Pair]:
    """What plans ask of this reviewer and she has not answered: others' answers are not shown.

    To somebody without a name, what fewer than two have answered.
    """
    drawn = corpus.review.drawn()
    if not drawn:
        return drawn
    if by is not None:
        return drawn - {line.pair for line in corpus.review.of(by)}
    twice = corpus.connect().execute("select notice, kind, id from verdict where reviewers > 1")
    return drawn - {Pair(*row) for row in twice.fetchall()}


def _row(corpus: Corpus, con: duckdb.DuckDBPyConnection, pair: Pair, by: str | None) -> DecidedView:
    found = con.execute(
        "select v.case_id, v.claim, v.state, v.text, v.context, v.part, v.start_at, v.end_at,"
        " v.instead, n.title, n.buyer, n.published"
        " from verdict v left join notice n on n.id = v.notice"
        " where v.notice = ? and v.kind = ? and v.id = ?",
        list(pair),
    ).fetchone()
    (case, claim, state, text, context, part, start, end, instead, title, buyer, published) = (
        found or (None,) * 12
    )
    before, exact, after = str(context or "").partition(str(text)) if text else ("", "", "")
    place = f"/notices/{pair.notice}"
    is_placed = bool(text) and part != "manifest" and start is not None
    again = {"case": case, "notice": pair.notice, "subject": pair.subject, "kind": pair.kind}
    return DecidedView(
        href=(link(place, at=f"{start}-{end}") + "#at-asked") if is_placed else link(place),
        again=link("/review", **again),
        title=title,
        buyer=buyer,
        published=published,
        label=finding_label(corpus.definitions, pair.kind, pair.subject),
        claim=label_of("claim", claim),
        state=str(state),
        state_label=label_of("settled", state),
        instead=_named(corpus, instead),
        before=before if exact else "",
        passage=exact or str(text or ""),
        after=after,
        answers=tuple(_side(corpus, each) for each in corpus.review.answers(pair, by=by)),
    )


def _side(corpus: Corpus, line: Reviewed) -> SideView:
    return SideView(
        by=line.by,
        decided=line.decided,
        answer=words()["answer"][line.answer],
        instead=_named(corpus, line.instead),
        because=line.because,
    )


def _named(corpus: Corpus, subject: Any) -> Label | None:
    return None if subject is None else finding_label(corpus.definitions, "technology", subject)
