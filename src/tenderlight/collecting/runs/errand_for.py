"""From what a source asks for to the request that is made for it."""

from __future__ import annotations

from typing import Any

from tenderlight.collecting.crawling.errand import Errand, written
from tenderlight.sources.asking import Asked

FILE_TRIES = 3
"""Fewer than for pages: a file may take long."""
LIST, ATTACHMENT, NOTICE, AGAIN = 20, 10, 0, -10
"""What is asked first: addresses before they vanish, then each notice with all that belongs to it.
What earlier runs could not have comes last."""


def file_errand(asked: Asked, **more: Any) -> Errand:
    """The request for an attachment, new ones before notices."""
    given = {"priority": ATTACHMENT, "of": asked.of, "tries": FILE_TRIES, **more}
    return errand_for(asked, role="attachment", **given)


def errand_for(asked: Asked, **more: Any) -> Errand:
    """The request for what a source asks for; `more` are fields of `Errand`."""
    return Errand(
        url=asked.url,
        method=asked.method,
        body=asked.body,
        headers=asked.headers,
        stated=asked.stated,
        page=asked.page,
        attachment=asked.kind == "attachment",
        reads=asked.kind != "attachment",
        about=asked,
        **more,
    )


def key_of(asked: Asked) -> tuple[str, bytes]:
    """What makes two requests the same."""
    try:
        return written(asked.url), asked.body
    except ValueError:
        return asked.url, asked.body
