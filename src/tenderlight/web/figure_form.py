"""The form over a figure: of which notices it is to be asked, and with which parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, get_args

import msgspec
from starlette.requests import Request

from tenderlight.figures import Asked, Choice, Parameter, Question
from tenderlight.figures.scope import LIMITS
from tenderlight.model import NoticeType, Refused
from tenderlight.organisations import kinds
from tenderlight.places import PROVINCES, division
from tenderlight.technologies import Definitions
from tenderlight.web.page import Misasked, asked
from tenderlight.web.words import Label, label_of

LONGEST = 2_000
"""Characters of one limit at most: a list of a few hundred counties."""


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to choose, and whether it is."""

    id: str
    label: Label
    chosen: bool = False


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """One question of the form: `line` is written, of `many` any are ticked, of `one` one."""

    id: str
    label: Label
    kind: Literal["line", "many", "one"]
    options: tuple[Option, ...] = ()
    value: str = ""
    """What is written in a line; of `many`, what was asked for beside the options."""

    @property
    def chosen(self) -> int:
        """How many of the options are chosen."""
        return sum(option.chosen for option in self.options)


def words_asked(
    request: Request, question: Question, definitions: Definitions, *others: str
) -> tuple[Asked, dict[str, str]]:
    """The question as the address asks it, and the answers to `others`.

    What is ticked comes as one key several times, and is joined by commas. Refuses (Misasked) what
    the figure does not know.
    """
    own = tuple(parameter.id for parameter in question.parameters)
    known = (*LIMITS, *own)
    told = asked(request, (*known, *others))
    words = {}
    for key in known:
        if value := ",".join(filter(None, map(str.strip, request.query_params.getlist(key)))):
            words[key] = value
    if any(len(value) > LONGEST for value in words.values()):
        raise Misasked(Label("The question is too long.", "条件过长。"))
    try:
        return Asked.of(question, words, definitions), {k: told[k] for k in others if k in told}
    except Refused as refused:
        said = f"{refused.what} {refused.hint}"
        raise Misasked(Label(said, said)) from None


def limits_of(now: Asked, definitions: Definitions) -> tuple[Limit, ...]:
    """The whole form as it is now filled in: the figure's own parameters, then the scope."""
    own = tuple(_parameter(one, now.value(one.id), definitions) for one in now.question.parameters)
    given = now.scope.words()
    return own + tuple(_limit(id, given.get(id, ""), definitions) for id in LIMITS)


def _limit(id: str, value: str, definitions: Definitions) -> Limit:
    en, zh = LIMITS[id]
    label, given = Label(en[:1].upper() + en[1:], zh), tuple(filter(None, value.split(",")))
    if id not in OFFERED:
        return Limit(id=id, label=label, kind="line", value=value)
    offered = OFFERED[id](definitions)
    options = tuple(
        Option(id=option, label=name, chosen=option in given) for option, name in offered.items()
    )
    rest = ",".join(each for each in given if each not in offered)
    return Limit(id=id, label=label, kind="many", options=options, value=rest)


def _parameter(one: Parameter, value: str, definitions: Definitions) -> Limit:
    label, choices = Label(one.en, one.zh), one.choices or _defined(one, definitions)
    options = tuple(
        Option(id=choice.id, label=Label(choice.en, choice.zh), chosen=choice.id == value)
        for choice in choices
    )
    kind: Literal["line", "one"] = "one" if options else "line"
    return Limit(id=one.id, label=label, kind=kind, options=options, value=value)


def _defined(one: Parameter, definitions: Definitions) -> tuple[Choice, ...]:
    if one.of is None:
        return ()
    defined = getattr(definitions, one.of)
    return tuple(Choice(id=each.id, en=each.en, zh=each.zh) for each in defined)


def _buyers(definitions: Definitions) -> Mapping[str, Label]:
    known = kinds(definitions.buyer).values()
    return {kind.id: Label(kind.en, kind.zh) for kind in known}


def _types(_: Definitions) -> Mapping[str, Label]:
    return {kind: label_of("type", kind) for kind in get_args(NoticeType)}


def _divisions(_: Definitions) -> Mapping[str, Label]:
    return {each.code: Label(each.en, each.zh) for each in PROVINCES}


OFFERED: dict[str, Callable[[Definitions], Mapping[str, Label]]] = {
    "buyers": _buyers,
    "types": _types,
    "divisions": _divisions,
}


def value_label(limits: Iterable[Limit], id: str, value: str) -> Label:
    """What was asked for, as people call it: of `440000` Guangdong."""
    options = (option for limit in limits if limit.id == id for option in limit.options)
    names = {option.id: option.label for option in options}
    labels = [names.get(each) or _named(each) for each in value.split(",")]
    return Label(", ".join(each.en for each in labels), "、".join(each.zh for each in labels))


def _named(value: str) -> Label:
    found = division(value)
    return Label(found.en, found.zh) if found else Label(value, value)
