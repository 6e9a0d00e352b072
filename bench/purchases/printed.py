"""Drafts of invented notices, printed as pages in several layouts, or given as fields at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from html import escape
from random import Random
from typing import TypeVar

from bench.purchases.made import Draft
from tenderlight.model import (
    Award,
    Block,
    Cited,
    Fields,
    Lot,
    Money,
    Number,
    Passage,
    Place,
    Reading,
)
from tenderlight.purchases import Sign, find_sign

T = TypeVar("T")
_AT = Passage(text="", part="body", start=0, end=0)
_SECTION = "一二三四五六七八九"


def sign_of(draft: Draft) -> Sign:
    """The sign of a draft whose fields are read without a mistake."""
    text = "\n".join((draft.title, *draft.lines))
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    reading = Reading(text=text, blocks=tuple(blocks), media_type="text/html")
    place = Place(province=_cited(draft.code[:2] + "0000"), county=_cited(draft.code))
    return find_sign(reading, fields_of(draft), place)


def fields_of(draft: Draft) -> Fields:
    """What a page says, as a reader without fault gives it."""
    contract = [Number(kind="contract", number=_cited(draft.contract))] if draft.contract else []
    return Fields(
        notice_type=_cited(draft.type),  # type: ignore[arg-type]
        title=_cited(draft.title),
        project_name=_said(draft.name),
        project_number=_said(draft.number),
        buyer=_said(draft.buyer),
        agency=_said(draft.agency),
        published=_said(draft.date and draft.date.isoformat()),
        opening=_said(draft.opening and draft.opening.isoformat()),
        budget=_money(draft.budget),
        awards=tuple(
            Award(
                supplier=_cited(supplier),
                lot=_cited(lot) if lot else None,
                printed=_AT,
                amount=Money(amount=Decimal(price)),
                rank=rank,
            )
            for lot, supplier, price, rank in draft.awards
        ),
        by_lot=tuple(Lot(name=_cited(lot.name), budget=_money(lot.budget)) for lot in draft.lots),
        numbers=tuple(contract),
        proposed=(_cited(draft.proposed),) if draft.proposed else (),
    )


def page_of(draft: Draft) -> bytes:
    """The page as a portal prints it: a summary table and sections, one table, or bare lines."""
    chance = Random(draft.id)
    body = {
        "中国政府采购网": _sections,
        "市公共资源交易中心": _table,
    }.get(draft.portal, _lines)(draft, chance)
    meta = f'<meta name="ArticleTitle" content="{escape(draft.title)}" />'
    if draft.date:
        meta += f'<meta name="PubDate" content="{draft.date} 10:00" />'
    head = f'<head><meta charset="utf-8" />{meta}<title>{escape(draft.title)}</title></head>'
    return f"<!doctype html><html>{head}<body>{body}</body></html>".encode()


def _stated(draft: Draft) -> Iterator[tuple[str, str]]:
    """Labels and values, in the order in which pages print them."""
    if draft.name:
        yield "项目名称", draft.name
    if draft.number:
        yield "项目编号", draft.number
    if draft.contract:
        yield "合同编号", draft.contract
    if draft.buyer:
        yield "采购人", draft.buyer
    if draft.agency:
        yield "采购代理机构", draft.agency
    if draft.budget is not None:
        yield "预算金额", f"{draft.budget:,}元"
    if draft.opening:
        yield "开标时间", f"{draft.opening:%Y年%m月%d日} 09:30"
    if draft.proposed:
        yield "拟定供应商名称", draft.proposed


def _awards(draft: Draft) -> str:
    if not draft.awards:
        return ""
    if len(draft.awards) == 1 and not draft.awards[0][0]:
        _, supplier, price, _ = draft.awards[0]
        who, what = (
            ("供应商", "合同金额") if draft.type == "contract" else ("中标供应商", "中标金额")
        )
        return f"<p>{who}：{supplier}</p><p>{what}：{price}元</p>"
    first = "排名" if draft.type == "candidates" else "包号"
    rows = "".join(
        f"<tr><td>{rank or lot}</td><td>{supplier}</td><td>{price}</td></tr>"
        for lot, supplier, price, rank in draft.awards
    )
    who = "中标候选人" if draft.type == "candidates" else "中标供应商"
    return f"<table><tr><td>{first}</td><td>{who}</td><td>中标金额（元）</td></tr>{rows}</table>"


def _sections(draft: Draft, chance: Random) -> str:
    stated = list(_stated(draft))
    rows = "".join(f"<tr><td class='title'>{k}</td><td>{escape(v)}</td></tr>" for k, v in stated)
    day = f"<p>发布时间：{draft.date:%Y年%m月%d日}</p>" if draft.date else ""
    parts = [f"<p>{k}：{escape(v)}</p>" for k, v in stated]
    parts += [_awards(draft)] + [f"<p>{line}。</p>" for line in draft.lines]
    return (
        f"<h2 class='tc'>{escape(draft.title)}</h2>{day}<table>{rows}</table>"
        f"<div class='vT_detail_content'><p>一、项目基本情况</p>{''.join(parts)}</div>"
    )


def _table(draft: Draft, chance: Random) -> str:
    rows = "".join(f"<tr><td>{k}</td><td>{escape(v)}</td></tr>" for k, v in _stated(draft))
    text = "".join(f"<p>{line}；</p>" for line in draft.lines)
    day = f"<p>发布日期：{draft.date}</p>" if draft.date else ""
    return f"<h1>{escape(draft.title)}</h1>{day}<table>{rows}</table>{_awards(draft)}{text}"


def _lines(draft: Draft, chance: Random) -> str:
    parts = [
        f"<p>{mark}、{k}：{escape(v)}</p>"
        for mark, (k, v) in zip(_SECTION, _stated(draft), strict=False)
    ]
    text = "<p>" + "。".join(draft.lines) + "。</p>"
    day = f"<p>{draft.date:%Y年%m月%d日}</p>" if draft.date else ""
    return f"<h1>{escape(draft.title)}</h1>{''.join(parts)}{_awards(draft)}{text}{day}"


def _cited(value: T) -> Cited[T]:
    return Cited(value=value, at=_AT)


def _said(value: str | dt.date | None) -> Cited[str] | None:
    return _cited(str(value)) if value else None


def _money(yuan: int | None) -> Cited[Money] | None:
    return _cited(Money(amount=Decimal(yuan))) if yuan is not None else None
