"""What could not be read, or is odd: counted by kind, each with its notices and what to do now."""

from __future__ import annotations

import msgspec
from starlette.requests import Request

from tenderlight.corpus import Corpus
from tenderlight.web.page import PAGE_SIZE, Page, Pages, asked, link, pages_of, whole
from tenderlight.web.words import Label


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One code of problem: how often, in how many notices, and what to do."""

    code: str
    count: int
    notices: int
    unread: int
    hint: str
    href: str
    chosen: bool


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One problem of one notice."""

    notice: str
    href: str
    file: str
    code: str
    what: str
    hint: str
    where: str
    unread: bool


class ProblemsView(msgspec.Struct, frozen=True, kw_only=True):
    """The kinds, and the cases of the chosen kind (of all, where none is chosen)."""

    asked: dict[str, str]
    total: int
    kinds: tuple[Kind, ...]
    cases: tuple[Case, ...]
    pages: Pages


def problems_page(corpus: Corpus, request: Request) -> Page:
    """All problems; `?code=` narrows them to one kind."""
    questions = asked(request, ("code", "page"))
    number = whole(questions, "page", 1) or 0
    con = corpus.connect()
    code = questions.get("code")
    kinds = con.execute(
        "select code, count(*), count(distinct notice), count(*) filter (where unread), min(hint)"
        " from problem group by 1 order by 2 desc, 1"
    ).fetchall()
    total = sum(kind[1] for kind in kinds)
    listed = sum(kind[1] for kind in kinds if code in (None, kind[0]))
    pages = pages_of(listed, number, "/problems", questions)
    cases = con.execute(
        "select notice, file, code, what, hint, location, unread from problem"
        " where ? is null or code = ? order by unread desc, code, file, number limit ? offset ?",
        [code, code, PAGE_SIZE, (number - 1) * PAGE_SIZE],
    ).fetchall()
    view = ProblemsView(
        asked=questions,
        total=total,
        kinds=tuple(_kind(kind, code) for kind in kinds),
        cases=tuple(_case(case) for case in cases),
        pages=pages,
    )
    return Page(template="problems.html", title=Label("Problems", "问题"), view=view)


def _kind(kind: tuple[str, int, int, int, str], chosen: str | None) -> Kind:
    code, number, notices, unread, hint = kind
    return Kind(
        code=code,
        count=number,
        notices=notices,
        unread=unread,
        hint=hint,
        href=link("/problems", code=code),
        chosen=code == chosen,
    )


def _case(case: tuple[str, str, str, str, str, str | None, bool]) -> Case:
    notice, file, code, what, hint, where, unread = case
    return Case(
        notice=notice,
        href=link(f"/notices/{notice}"),
        file=file,
        code=code,
        what=what,
        hint=hint,
        where=where or "",
        unread=unread,
    )
