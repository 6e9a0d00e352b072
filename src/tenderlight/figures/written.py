"""A figure as bytes and back, to the same values: yuan stay `Decimal`, whole numbers whole.

A cell holds a word, a whole number or an amount, and JSON has no amounts: an amount is written as
`{"yuan": "1.50"}`. What is read is checked against the types of `figure.py`, part by part.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from tenderlight.figures.figure import Figure

AMOUNT = "yuan"


def write_figure(figure: Figure) -> bytes:
    """A figure as JSON.

    >>> from tenderlight.figures.figure import Cell
    >>> _tagged(msgspec.to_builtins(Cell(value=Decimal("1.50")), builtin_types=(Decimal,)))
    {'value': {'yuan': '1.50'}}
    """
    return msgspec.json.encode(_tagged(msgspec.to_builtins(figure, builtin_types=(Decimal,))))


def read_figure(raw: bytes) -> Figure:
    """The figure again. Raises ValueError where anything in it is not as figures are.

    >>> read_figure(b'{"name": 1}')
    Traceback (most recent call last):
    ValueError: a figure's name cannot be 1
    """
    try:
        figure = _read(Figure, msgspec.json.decode(raw), "")
    except (msgspec.DecodeError, RecursionError, TypeError) as error:
        raise ValueError(f"no figure: {error}") from None
    assert isinstance(figure, Figure)  # noqa: S101 - what `_read` makes of the type Figure
    return figure


def _tagged(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {AMOUNT: str(value)}
    if isinstance(value, dict):
        return {key: _tagged(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_tagged(each) for each in value]
    return value


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, told: Any, name: str) -> Any:
    """A value of this type; raises ValueError for any other."""
    origin, of = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _one_of(of, told, name)
    if origin is Literal and isinstance(told, str) and told in of:
        return told
    if origin is tuple and isinstance(told, list) and (len(of), of[-1]) == (2, ...):
        return tuple(_read(of[0], each, name) for each in told)
    if origin is None and isinstance(told, dict) and issubclass(kind, msgspec.Struct):
        return _struct(kind, told)
    if kind is Decimal and isinstance(told, dict) and told.keys() == {AMOUNT}:
        return _amount(told[AMOUNT])
    if kind in (str, int, bool, NoneType) and type(told) is kind:
        return told
    if origin is tuple and isinstance(told, list) and len(told) == len(of):  # an interval's ends
        return tuple(_read(float, each, name) for each in told)
    if kind is float and type(told) in (float, int):
        return float(told)
    raise ValueError(f"a figure's {name} cannot be {str(told)[:80]}")


def _one_of(kinds: tuple[Any, ...], told: Any, name: str) -> Any:
    for kind in kinds:
        try:
            return _read(kind, told, name)
        except ValueError:
            continue
    raise ValueError(f"a figure's {name} cannot be {str(told)[:80]}")


def _struct(kind: type[msgspec.Struct], told: dict[str, Any]) -> msgspec.Struct:
    fields = _fields(kind)
    if unknown := told.keys() - fields.keys():
        raise ValueError(f"a figure has no {sorted(unknown)[0][:80]}")
    return kind(**{name: _read(fields[name], each, name) for name, each in told.items()})


def _amount(told: Any) -> Decimal:
    try:
        amount = Decimal(told) if isinstance(told, str) and len(told) < 60 else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite():
        raise ValueError(f"{str(told)[:80]} is no amount")
    return amount
