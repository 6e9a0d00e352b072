"""A question as it was asked: of which notices, and with which parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from duckdb import DuckDBPyConnection

from tenderlight.corpus.ready import named_in
from tenderlight.figures.counted import FEW, WITHIN, shared_queries
from tenderlight.figures.figure import Given, Parameter
from tenderlight.figures.question import Question
from tenderlight.figures.scope import LIMITS, Scope
from tenderlight.model import Refused
from tenderlight.technologies import Definitions


class Asked(msgspec.Struct, frozen=True):
    """A question, its scope and its parameters; those that are not given have their defaults."""

    question: Question
    scope: Scope = Scope()
    given: Mapping[str, str] = {}
    ready: frozenset[str] = frozenset()
    """Named queries that need not be worked out (`corpus/ready.py`)."""

    @classmethod
    def of(
        cls,
        question: Question,
        words: Mapping[str, str],
        definitions: Definitions | None = None,
    ) -> Asked:
        """From words as an address or a command has them.

        Refuses words that are neither a limit of the scope nor a parameter of this question, and a
        value that the parameter cannot have; what must be defined is looked up in `definitions`.
        """
        scope = Scope.parse(words, definitions.buyer if definitions is not None else None)
        own = {one.id: one for one in question.parameters}
        given = {key: value for key, value in words.items() if key in own}
        for key in words:
            if key not in own and key not in LIMITS:
                known = ", ".join((*LIMITS, *own))
                raise Refused(f"{question.name} has no parameter {key!r}.", f"It has {known}.")
        for key, value in given.items():
            _check(own[key], value, definitions)
        return cls(question, scope, given)

    @property
    def facts(self) -> str:
        """The named query `facts`."""
        return f"facts as ({self.question.facts}\n)"

    def on(self, con: DuckDBPyConnection) -> Asked:
        """The same, knowing which of the named queries this database has as tables."""
        return msgspec.structs.replace(self, ready=named_in(con))

    def laid_in(self, cursor: DuckDBPyConnection) -> Asked:
        """The same, with what people answered in tables that only this cursor has.

        Every query reads it, and it is searched for among all findings.
        """
        asked = self.on(cursor)
        for name in FEW:
            sql, values = asked.sql(f"select * from {name}")  # noqa: S608 - our own names
            cursor.execute(f"create or replace temp table {name} as {sql}", values)
            asked = msgspec.structs.replace(asked, ready=asked.ready | {name})
        return asked

    def sql(self, query: str, *named: str, only: str = "") -> tuple[str, dict[str, Any]]:
        """A query that may read everything shared and `named`, and the values that it needs.

        `only` narrows the scope further: a condition on a row of `notice`.
        """
        condition, values = self.scope.condition()
        always, more = self.question.within.condition("within")
        if more:
            condition, values = f"{always} and {condition}", values | more
        if only:
            condition = f"({condition}) and {only}"
        shared = shared_queries(self.ready).replace(WITHIN, condition)
        parameters = self.question.parameters
        if parameters:
            columns = ", ".join(f"$given_{one.id} as {one.id}" for one in parameters)
            shared = f"given as (select {columns}),{shared}"
            values |= {f"given_{one.id}": self.value(one.id) for one in parameters}
        return "\n".join(("with", ",\n".join((shared, *named)), query)), values

    def value(self, id: str) -> str:
        """A parameter's value."""
        default = next(one.default for one in self.question.parameters if one.id == id)
        return self.given.get(id, default)

    def words(self) -> dict[str, str]:
        """What is not as usual, as words: `Asked.of(question, asked.words())` is the same again."""
        own = {one.id for one in self.question.parameters if self.value(one.id) != one.default}
        return self.scope.words() | {id: self.given[id] for id in sorted(own)}

    def told(self) -> tuple[Given, ...]:
        """The scope, then every parameter with its value, for the head of a figure."""
        return (
            self.question.within.given()
            + self.scope.given()
            + tuple(
                Given(id=one.id, value=self.value(one.id), en=one.en, zh=one.zh)
                for one in self.question.parameters
            )
        )


def _check(parameter: Parameter, value: str, definitions: Definitions | None) -> None:
    known = tuple(choice.id for choice in parameter.choices)
    if parameter.of and definitions is not None:
        known += tuple(one.id for one in getattr(definitions, parameter.of))
    if known and value not in (*known, parameter.default):
        raise Refused(f"{parameter.id} cannot be {value!r}.", f"It is one of {', '.join(known)}.")
