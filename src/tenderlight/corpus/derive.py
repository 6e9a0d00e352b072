"""Run the path, and remember each result under the name of everything it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from tenderlight.model import BrokenEvidence, Problem, TenderlightError, Unreadable

VALUE, FAILED = b"v", b"p"
"""The first byte of a remembered result: a value, or the problem that stood in its way."""

encode = msgspec.msgpack.Encoder(order="deterministic").encode


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A pure function with a version.

    Raise the version whenever the same input could now give another output. The golden tests
    fail if you forget. `takes` names steps before it or things given to the path.
    """

    name: str
    version: int
    takes: tuple[str, ...]
    run: Callable[..., Any]
    gives: Any

    @property
    def says(self) -> str:
        """What the step does, as its function's docstring puts it: METHOD.md prints it."""
        return (self.run.__doc__ or "").strip()


class Made(msgspec.Struct, kw_only=True):
    """A result: its digest, and its value or the problem that stood in its way."""

    digest: str
    value: Any = None
    problem: Problem | None = None
    load: Callable[[], Any] | None = None
    """Fetches the value when a step first asks: bytes that nobody needs are not read."""
    key: bytes = b""

    def get(self) -> Any:
        """The value, loaded now if need be."""
        if self.load is not None:
            self.value, self.load = self.load(), None
        return self.value


class Memory(Protocol):
    """Where results are remembered, by key."""

    def get(self, key: bytes) -> bytes | None:
        """The remembered result, or None."""

    def put(self, key: bytes, value: bytes) -> None:
        """Remember a result."""


def digest(*parts: bytes) -> bytes:
    """A name for these parts in this order; the length of each part is part of the name."""
    return hashlib.sha256(
        b"".join([len(part).to_bytes(8, "big") + part for part in parts])
    ).digest()


def given(value: Any) -> Made:
    """An input that no step makes: a statement, a set of definitions."""
    return Made(digest=digest(encode(value)).hex(), value=value)


def key(step: Step, inputs: Sequence[Made]) -> bytes:
    """The name of a result before it exists: the step, its version, and its inputs' digests.

    Inputs count by what they are, not by how they were made. A step that is run again and gives
    the same answer therefore does not cause the steps after it to run again.
    """
    parts = (step.name.encode(), str(step.version).encode())
    return digest(*parts, *(made.digest.encode() for made in inputs))


def derive(path: Sequence[Step], known: Mapping[str, Made], memory: Memory) -> dict[str, Made]:
    """Every step of the path for one document. `memory` is looked in first and added to.

    A step that fails is remembered as its problem, and is not tried again until its version or
    an input changes. The steps that need its result are not run: they carry the same problem.
    """
    made = dict(known)
    for step in path:
        made[step.name] = _made(step, made, memory)
    return made


def derive_together(
    path: Sequence[Step],
    known: Sequence[Mapping[str, Made]],
    memory: Memory,
    lost: Callable[[BrokenEvidence], Problem],
) -> list[dict[str, Made]]:
    """What `derive` gives for each of several documents, a fifth sooner.

    Each step is run for all of them before the next one begins: then its patterns and tables are
    still in the processor's caches, which all the other steps have emptied by its next turn.
    Where the evidence of a document is broken, `lost` says so, and nothing of it is remembered.
    """
    documents = [dict(one) for one in known]
    broken: dict[int, Problem] = {}
    for step in path:
        for number, made in enumerate(documents):
            if number not in broken:
                try:
                    made[step.name] = _made(step, made, memory)
                except BrokenEvidence as error:
                    broken[number] = lost(error)
    for number, problem in broken.items():
        documents[number] = {step.name: Made(digest="", problem=problem) for step in path}
    return documents


def _made(step: Step, made: Mapping[str, Made], memory: Memory) -> Made:
    inputs = [made[name] for name in step.takes]
    broken = next((m.problem for m in inputs if m.problem is not None), None)
    return Made(digest="", problem=broken) if broken else _remembered(step, inputs, memory)


def _remembered(step: Step, inputs: Sequence[Made], memory: Memory) -> Made:
    name = key(step, inputs)
    result = memory.get(name)
    if result is None:
        made, result = _run(step, inputs)
        memory.put(name, result)
        made.key = name
        return made
    made = Made(digest=hashlib.sha256(result).hexdigest(), key=name)
    if result[:1] == FAILED:
        made.problem = msgspec.msgpack.decode(result[1:], type=Problem)
    else:
        body, gives = result[1:], step.gives
        made.load = lambda: msgspec.msgpack.decode(body, type=gives)
    return made


def _run(step: Step, inputs: Sequence[Made]) -> tuple[Made, bytes]:
    """Run a step for one document; whatever it raises is that document's problem, not the run's.

    But for TenderlightError: that the run cannot go on is remembered of no document.
    """
    arguments = [made.get() for made in inputs]
    try:
        value = step.run(*arguments)
        result = VALUE + encode(value)
    except Unreadable as error:
        return _failed(Problem(code=error.code, what=error.what, hint=error.hint, unread=True))
    except TenderlightError:  # no document's fault: readers do not start, models are missing
        raise
    except (Exception, RecursionError, MemoryError) as error:
        what = f"step {step.name!r} failed on this document: {type(error).__name__}: {error}"
        hint = "please report it with the document; a newer version will try the document again"
        return _failed(Problem(code=f"{step.name}.failed", what=what, hint=hint, unread=True))
    return Made(digest=hashlib.sha256(result).hexdigest(), value=value), result


def _failed(problem: Problem) -> tuple[Made, bytes]:
    result = FAILED + encode(problem)
    return Made(digest=hashlib.sha256(result).hexdigest(), problem=problem), result
