"""A server on 127.0.0.1 that answers as one does that runs a language model. It runs none."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from tests.collecting.small_site import Asked, SmallSite

PATH = "/v1/chat/completions"
Reply = Callable[[str], tuple[int, dict[str, str], bytes]]


class ModelSite(SmallSite):
    """`with ModelSite(reply) as site`; `reply` is given the text of each question."""

    def __init__(self, reply: Reply) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.raw: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self._reply = reply
        super().__init__({PATH: self._answer})

    def _answer(self, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        self.raw.append(asked.asked)
        self.bodies.append(json.loads(asked.asked))
        self.headers.append({name.lower(): value for name, value in asked.headers.items()})
        return self._reply(self.bodies[-1]["messages"][1]["content"])


def completed(content: str) -> tuple[int, dict[str, str], bytes]:
    """A good answer in which the model says this."""
    message = {"role": "assistant", "content": content}
    body = {"object": "chat.completion", "choices": [{"index": 0, "message": message}]}
    return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


def finds(*words: tuple[str, str]) -> Reply:
    """A model that finds each of these words bought, where a question holds them: (id, word)."""
    return lambda text: completed(
        json.dumps({"found": [_said(id, word) for id, word in words if word in text]})
    )


def in_turn(*replies: tuple[int, dict[str, str], bytes]) -> Reply:
    """One reply after the other, then the last for good."""
    left: Sequence[tuple[int, dict[str, str], bytes]] = list(replies)
    turns = iter(left)
    return lambda text: next(turns, left[-1])


def _said(id: str, word: str) -> dict[str, str]:
    return {"id": id, "relation": "bought", "passage": word}
