"""From a page to HTML, in the reader's language. Everything that is filled in is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request

from tenderlight.citing import FORMS, cite
from tenderlight.drawings import Bar
from tenderlight.figures.figure import paragraphs
from tenderlight.web import charts, figure
from tenderlight.web.joined import events_of
from tenderlight.web.life import life_picture, mark_of
from tenderlight.web.notice import values_of, values_under
from tenderlight.web.pace import progress_words
from tenderlight.web.page import Counted, Page, link
from tenderlight.web.words import LANGUAGES, Label, label_of, say

CHINESE = re.compile("([\u3400-\u9fff]+)")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def language_of(request: Request) -> str:
    """`?lang=`, else what was chosen before, else English."""
    for lang in (request.query_params.get("lang"), request.cookies.get("lang")):
        if lang in LANGUAGES:
            return lang
    return "en"


def show_page(page: Page, request: Request, lang: str) -> str:
    """The page's HTML."""
    other = "zh" if lang == "en" else "en"
    path, asked = request.url.path, request.query_params
    questions = {key: asked.getlist(key) for key in asked if key != "lang"}
    return _templates().get_template(page.template).render(
        view=page.view,
        title=page.title,
        lang=lang,
        other_lang=other,
        switch=link(path, **questions, lang=other),
        twin=link(path + ".json", **questions),
        path=path,
        token=getattr(request.app.state, "token", None) or "",
        t=lambda key, **values: say(key, lang, **values),
        q=asked.get("q", "") if path == "/search" else "",
    )  # fmt: skip


def money(value: Decimal | str | int) -> str:
    """Yuan with thousands separated; cents only where there are any.

    >>> money("2318600.5"), money(Decimal(4860000)), money("see attachment")
    ('¥2,318,600.50', '¥4,860,000', 'see attachment')
    """
    try:
        amount = Decimal(value)
    except ArithmeticError:
        return str(value)
    places = 0 if amount == amount.to_integral_value() else 2
    return f"¥{amount:,.{places}f}"


def number(value: Decimal | str | int | None) -> str:
    """A number with thousands separated; a fraction keeps its digits."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    return f"{value:,}" if isinstance(value, int) else value


def moment(time: str) -> str:
    """A time in UTC to the minute, as people read it; anything else as it is stated.

    >>> moment("2026-03-31T08:00:40.000Z"), moment("2021-03-04")
    ('2026-03-31 08:00 UTC', '2021-03-04')
    """
    return f"{time[:10]} {time[11:16]} UTC" if MOMENT.fullmatch(time) else time


def is_chinese(text: str) -> bool:
    """Whether any of it is written in Chinese characters.

    >>> is_chinese("深圳市, Guangdong"), is_chinese("Y-STR")
    (True, False)
    """
    return any("\u3400" <= char <= "\u9fff" for char in text)


def as_bars(rows: Iterable[Counted], lang: str) -> list[Bar]:
    """Counted things as bars of a chart."""
    return [
        Bar(
            label=row.label.first(lang),
            other=row.label.second(lang),
            value=row.count,
            shown=number(row.count),
            href=row.href if row.count else None,
        )
        for row in rows
    ]


def marked(text: str) -> Markup:
    """A text in which Chinese words are marked as such, for those who have it read aloud.

    >>> print(marked("Skynet (天网) & others"))
    Skynet (<span lang="zh">天网</span>) &amp; others
    """
    parts = CHINESE.split(text)
    return Markup("").join(
        Markup('<span lang="zh">{}</span>').format(part) if number % 2 else part
        for number, part in enumerate(parts)
    )


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("tenderlight.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["chinese"] = is_chinese
    environment.filters.update(
        money=money,
        number=number,
        moment=moment,
        as_bars=as_bars,
        paragraphs=paragraphs,
        marked=marked,
    )
    environment.globals.update(_globals())
    return environment


def _globals() -> dict[str, Any]:
    return {
        "charts": charts,
        "cite": cite,
        "CITED_AS": FORMS,
        "values_of": values_of,
        "values_under": values_under,
        "figure": figure,
        "events_of": events_of,
        "life_picture": life_picture,
        "mark_of": mark_of,
        "label_of": label_of,
        "link": link,
        "progress_words": progress_words,
        "Label": Label,
    }
