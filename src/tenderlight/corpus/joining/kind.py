"""What a kind of join needs to know: what its nodes are, and how two are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from tenderlight.corpus.tables import Row
from tenderlight.grouping import Pair


class Seen(NamedTuple):
    """One node of a group, for telling what the group is."""

    id: str
    place: int
    """The line of the ledger on which it was first seen."""
    content: Any


class Kind(NamedTuple):
    """A kind of join: purchases, or organisations."""

    name: str
    version: str
    """Names everything that can change a pair, a group or what is told of one, but the notices."""
    step: str
    """The step of the path whose results are joined."""
    result: Any
    """The type of what the step gives."""
    nodes: Callable[[str, Any], Iterable[tuple[str, Any]]]
    """From a notice's id and the step's result to nodes: their ids and contents."""
    content: Any
    """The type of a node's content."""
    keys: Callable[[Any], Sequence[str]]
    """What it could share with nodes that are the same: only those that share one are compared."""
    compare: Callable[[str, Any, str, Any], Pair | None]
    tell: Callable[[Sequence[Seen]], Mapping[str, list[Row]]]
    """The rows of tables that say what a group is, its first node first."""
    varies: bool
    """Whether notices may give one node different contents: then that of the first seen counts."""
    says: str
    """How two are compared, in a few sentences: METHOD.md prints it."""
    crowd: int
    """A key that more nodes have than this says nothing: by itself it makes no pair."""
