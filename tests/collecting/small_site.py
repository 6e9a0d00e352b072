"""A site of a few pages on 127.0.0.1, for what the portal does not do."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Page = Callable[["Asked"], tuple[int, dict[str, str], bytes]]


class Asked(BaseHTTPRequestHandler):
    """One request."""

    def do_GET(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        self.asked = self.rfile.read(size)
        site: Any = self.server
        site.log.append((time.monotonic(), self.path))
        page = site.pages.get(self.path.partition("?")[0])
        status, headers, body = page(self) if page else (404, {}, b"")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *words: object) -> None:
        pass


class SmallSite(ThreadingHTTPServer):
    """`with SmallSite({"/": lambda asked: (200, {}, b"...")}) as site: site.url`"""

    daemon_threads = True

    def __init__(self, pages: dict[str, Page] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.pages = pages or {}
        self.log: list[tuple[float, str]] = []
        self.netloc = f"127.0.0.1:{self.server_address[1]}"
        self.url = f"http://{self.netloc}"
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.shutdown()
        self._thread.join(10)
        self.server_close()

    def handle_error(self, *who: object) -> None:
        """A collector that breaks off is none."""

    def asked(self) -> list[str]:
        """The paths that were asked for, robots.txt left out."""
        return [path for _, path in self.log if path != "/robots.txt"]


def says(body: str, status: int = 200, **headers: str) -> Page:
    """A page that says the same to everybody."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda asked: (status, named, body.encode())
