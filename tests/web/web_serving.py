"""A desk served on 127.0.0.1 while a block runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from tenderlight.corpus import Corpus
from tenderlight.web import make_app


@contextmanager
def serving(corpus: Corpus, read_only: bool = False) -> Iterator[str]:
    """The desk's address, without the last slash."""
    settings = uvicorn.Config(
        make_app(corpus, read_only), port=0, log_level="error", access_log=False
    )
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    (listening,) = server.servers[0].sockets
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
