"""A language model's answer: typed, its passages found in the text that was sent, or refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Literal

import msgspec

from tenderlight.model import Relation
from tenderlight.plain import simplify

LONGEST = 500
"""Characters of a passage: a whole page proves nothing."""
SHORTEST = 2
MOST = 200
"""Statements of one answer."""
Why = Literal["no-answer", "not-typed", "unknown-id", "passage-length", "not-in-text", "too-many"]
"""Why something was not taken: no JSON of the form that was asked for (the whole answer, or one
statement), an id that was not asked about, a passage of fewer than 2 or more than 500 characters,
one that does not stand in the text, statements above the 200th."""


class Statement(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """What a model says of a technology, by words that stand in the text."""

    start: int
    """The first character of the passage in the text that was sent."""
    end: int
    id: str
    relation: Relation


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """What is taken of an answer, and how much was refused for which reason."""

    statements: tuple[Statement, ...] = ()
    refused: dict[Why, int] = {}


class _Said(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    relation: Relation
    passage: str


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    found: list[msgspec.Raw]


class _Message(msgspec.Struct, frozen=True, kw_only=True):
    content: str


class _Choice(msgspec.Struct, frozen=True, kw_only=True):
    message: _Message


class _Completion(msgspec.Struct, frozen=True, kw_only=True):
    choices: list[_Choice]


def hear(response: bytes, text: str, ids: Collection[str]) -> Heard:
    """What a server's response says of the text that it was sent, about these technologies.

    >>> said = '{"found": [{"id": "iris", "relation": "bought", "passage": "采购虹膜采集仪"}]}'
    >>> response = msgspec.json.encode({"choices": [{"message": {"content": said}}]})
    >>> hear(response, "一、采购 虹膜采集仪20台", {"iris"}).statements
    (Statement(start=2, end=10, id='iris', relation='bought'),)
    >>> hear(response, "一、采购摄像机", {"iris"}).refused
    {'not-in-text': 1}

    Passages are sought without regard to white space, width and Traditional forms: models close
    up and simplify what they copy. Nothing else of the answer is used.
    """
    content = content_of(response)
    if content is None or (said := _found(content)) is None:
        return Heard(refused={"no-answer": 1})
    refused: Counter[Why] = Counter()
    if len(said) > MOST:
        refused["too-many"] = len(said) - MOST
    sought = Sought(text)
    taken = set[Statement]()
    for raw in said[:MOST]:
        statement = _statement(raw, sought, ids)
        if isinstance(statement, Statement):
            taken.add(statement)
        else:
            refused[statement] += 1
    return Heard(statements=tuple(sorted(taken)), refused=dict(refused))


def content_of(response: bytes) -> str | None:
    """What the model wrote; None where the response is no answer of a chat."""
    try:
        choices = msgspec.json.decode(response, type=_Completion).choices
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return None
    return choices[0].message.content if choices else None


class Sought:
    """A text in which passages are looked for, white space and forms of characters set aside."""

    def __init__(self, text: str) -> None:
        plain = simplify(text)
        self._places = [at for at, char in enumerate(plain) if not char.isspace()]
        self._letters = "".join(plain[at] for at in self._places)

    def place(self, passage: str) -> tuple[int, int] | None:
        """Where it stands first, from its first character to behind its last.

        >>> Sought("監控 攝像機").place("监控摄像机")
        (0, 6)
        """
        letters = letters_of(passage)
        at = self._letters.find(letters) if letters else -1
        return None if at < 0 else (self._places[at], self._places[at + len(letters) - 1] + 1)


def letters_of(text: str) -> str:
    """A text as passages are compared: simplified, without white space."""
    return "".join(simplify(text).split())


def _found(content: str) -> list[msgspec.Raw] | None:
    """The statements, whatever the model wrote around its JSON: thoughts, fences, courtesies."""
    content = content[content.rfind("</think>") + 1 :]
    start, end = content.find("{"), content.rfind("}")
    if start < 0 or end < start:
        return None
    try:
        return msgspec.json.decode(content[start : end + 1], type=_Found).found
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return None


def _statement(raw: msgspec.Raw, sought: Sought, ids: Collection[str]) -> Statement | Why:
    try:
        said = msgspec.json.decode(raw, type=_Said)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return "not-typed"
    if said.id not in ids:
        return "unknown-id"
    if len(said.passage) > LONGEST or len(letters_of(said.passage)) < SHORTEST:
        return "passage-length"
    place = sought.place(said.passage)
    if place is None:
        return "not-in-text"
    return Statement(start=place[0], end=place[1], id=said.id, relation=said.relation)
