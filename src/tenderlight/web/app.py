"""The desk: every address, what answers it, and how an answer becomes a page or its JSON twin."""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any, TypeVar

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tenderlight.corpus import UNREADABLE, Corpus
from tenderlight.drawings import STYLE
from tenderlight.figures.kept import finish_figures
from tenderlight.model import Refused, TenderlightError
from tenderlight.web.about import ROOMS, definition_page, method_page
from tenderlight.web.editions import editions_page
from tenderlight.web.feeds import atom_feed, json_feed
from tenderlight.web.figure import figure_page, figures_page, rows_page
from tenderlight.web.guard import HEADERS, WRITING, Guard
from tenderlight.web.joined import (
    organisation_page,
    organisations_page,
    purchase_page,
    purchases_page,
)
from tenderlight.web.notice import notice_page
from tenderlight.web.offprint import PATHS as FILES
from tenderlight.web.offprint import figure_file
from tenderlight.web.overview import overview_page
from tenderlight.web.own import build_page, build_rows_page, own_page, sql_page
from tenderlight.web.page import Misasked, Missing, Page
from tenderlight.web.problems import problems_page
from tenderlight.web.review import review_page
from tenderlight.web.review_agreement import agreement_page
from tenderlight.web.review_lists import decided_page, disputed_page
from tenderlight.web.review_write import TAKEN, Forged, Take, taken
from tenderlight.web.runs import run_page, runs_page
from tenderlight.web.search import list_page, search_page
from tenderlight.web.sheets import sheet_page, sheet_picture
from tenderlight.web.show import language_of, show_page
from tenderlight.web.specifications import specification_page, specifications_page
from tenderlight.web.watch import watch_page
from tenderlight.web.withdrawn import withdrawn_page
from tenderlight.web.words import Label, words

T = TypeVar("T")
MakePage = Callable[[Corpus, Request], Page]

PAGES: dict[str, MakePage] = {
    "/": overview_page,
    "/search": search_page,
    "/notices": list_page,
    "/notices/{id}": notice_page,
    "/notices/{id}/pages/{number}": sheet_page,
    "/figures": figures_page,
    "/figures/{name}": figure_page,
    "/figures/{name}/rows": rows_page,
    "/own": own_page,
    "/own/build": build_page,
    "/own/build/rows": build_rows_page,
    "/own/sql": sql_page,
    "/purchases": purchases_page,
    "/purchases/{id}": purchase_page,
    "/organisations": organisations_page,
    "/organisations/{id}": organisation_page,
    "/specifications": specifications_page,
    "/specifications/{id}": specification_page,
    "/problems": problems_page,
    "/watch": watch_page,
    "/withdrawn": withdrawn_page,
    "/editions": editions_page,
    "/runs": runs_page,
    "/runs/{id}": run_page,
    "/review": review_page,
    "/review/disagreements": disputed_page,
    "/review/agreement": agreement_page,
    "/review/decided": decided_page,
    "/method": method_page,
    **{f"/{room}/{{id}}": definition_page for room in ROOMS.values()},
}
"""Every page. Its twin has the same address with `.json` at the end."""

FEEDS = {"/watch/feed.atom": atom_feed, "/watch/feed.json": json_feed}

KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class ErrorView(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong, in words, and what to do now."""

    status: int
    what: Label
    hint: Label | None = None


PICTURE = "/notices/{id}/pages/{number}.png"


def make_app(corpus: Corpus, read_only: bool = False) -> Starlette:
    """The desk for one corpus. All that it ever writes is what a reviewer answers,
    and figures that she saves.
    """
    writing = frozenset() if read_only else WRITING
    routes = [Route(PICTURE, _plain(corpus, sheet_picture))]
    routes += [Route(path, _plain(corpus, figure_file)) for path in FILES]
    for path, make_page in PAGES.items():
        endpoint = _endpoint(corpus, make_page)
        routes += [Route(path + ".json", endpoint), Route(path, endpoint)]
    routes += [Route(path, _plain(corpus, make_feed)) for path, make_feed in FEEDS.items()]
    routes.append(Route("/static/{name}", _static))
    routes += [
        Route(path, _taking(corpus, take), methods=["POST"])
        for path, take in TAKEN.items()
        if path in writing
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, writing=writing)],
        exception_handlers={HTTPException: _no_such_page, Exception: _our_fault},
    )
    app.state.token = None if read_only else secrets.token_urlsafe(24)
    return app


def serve(
    corpus: Corpus,
    port: int = 0,
    ready: Callable[[str], None] | None = None,
    *,
    read_only: bool = False,
) -> None:
    """Serve the desk on 127.0.0.1 until interrupted; `ready` is told the address.

    Port 0 takes any free port. Refuses a port that is taken. `read_only` takes no answers.
    """
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(("127.0.0.1", port))
    except (OSError, OverflowError) as error:
        door.close()
        raise Refused(
            f"Port {port} cannot be used: {error}.", "Name another with `--port`, or 0 for any."
        ) from None
    settings = uvicorn.Config(
        make_app(corpus, read_only), log_level="warning", server_header=False, access_log=False
    )
    closed = threading.Event()
    finishing = threading.Thread(target=_finish, args=(corpus, closed), daemon=True)
    finishing.start()
    if ready is not None:
        ready(f"http://127.0.0.1:{door.getsockname()[1]}/")
    with door:
        try:
            uvicorn.Server(settings).run(sockets=[door])
        finally:
            closed.set()


def _finish(corpus: Corpus, closed: threading.Event) -> None:
    """Finish the figures of a large corpus beside the pages, so that fewer wait for them."""
    with suppress(TenderlightError, OSError, *UNREADABLE):  # a page that needs it tells why
        finish_figures(corpus, goes_on=lambda: not closed.is_set())


def _endpoint(corpus: Corpus, make_page: MakePage) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        """Runs in a worker thread, so that a slow figure does not hold up the others."""
        try:
            page = _made(make_page, corpus, request)
        except Missing as missing:
            return _error(request, 404, _missing(missing.what))
        except Misasked as misasked:
            return _error(request, 400, misasked.what)
        except Refused as refused:
            return _error(
                request, 503, Label(refused.what, refused.what), Label(refused.hint, refused.hint)
            )
        return _answer(request, page)

    return answer


def _taking(corpus: Corpus, take: Take) -> Callable[[Request], Awaitable[Response]]:
    """What answers a form: a page or a few words for a script, also where it is refused."""

    async def answer(request: Request) -> Response:
        try:
            return await taken(corpus, take, request)
        except Forged:
            return _refused(request, 403, words()["error"]["forged"])
        except Missing as missing:
            return _refused(request, 404, _missing(missing.what))
        except Misasked as misasked:
            return _refused(request, 400, misasked.what)
        except Refused as refused:
            hint = Label(refused.hint, refused.hint)
            return _refused(request, 409, Label(refused.what, refused.what), hint)

    return answer


def _refused(request: Request, status: int, what: Label, hint: Label | None = None) -> Response:
    if "application/json" not in request.headers.get("accept", ""):
        return _error(request, status, what, hint)
    view = ErrorView(status=status, what=what, hint=hint)
    return Response(msgspec.json.encode(view), status, media_type="application/json")


def _plain(
    corpus: Corpus, make: Callable[[Corpus, Request], Response]
) -> Callable[[Request], Response]:
    """An answer that is no page, a feed or a picture: what is wrong with it is one line of text."""

    def answer(request: Request) -> Response:
        try:
            return _made(make, corpus, request)
        except Missing as missing:
            return Response(_missing(missing.what).en, 404, media_type="text/plain")
        except Misasked as misasked:
            return Response(misasked.what.en, 400, media_type="text/plain")
        except Refused as refused:
            return Response(f"{refused.what} {refused.hint}", 503, media_type="text/plain")

    return answer


def _made(make: Callable[[Corpus, Request], T], corpus: Corpus, request: Request) -> T:
    """The answer; asked for once more where a build that ended meanwhile took its parts away."""
    try:
        return make(corpus, request)
    except UNREADABLE:
        return make(corpus, request)


def _missing(what: Label) -> Label:
    return Label(f"This corpus does not hold {what.en}.", f"本资料库中没有{what.zh}。")


def _answer(request: Request, page: Page) -> Response:
    status = page.status
    if request.url.path.endswith(".json"):
        return Response(msgspec.json.encode(page.twin), status, media_type="application/json")
    lang = language_of(request)
    response = Response(show_page(page, request, lang), status, media_type="text/html")
    if "lang" in request.query_params:
        response.set_cookie("lang", lang, max_age=365 * 86400, httponly=True, samesite="lax")
    return response


def _error(request: Request, status: int, what: Label, hint: Label | None = None) -> Response:
    view = ErrorView(status=status, what=what, hint=hint)
    title = words()["error"].get(str(status), words()["error"]["500"])
    return _answer(request, Page(template="error.html", title=title, view=view, status=status))


def _no_such_page(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _error(request, status, words()["error"]["nothing_here"])


def _our_fault(request: Request, error: Exception) -> Response:
    """The server logs the error; the page says only that there was one."""
    response = _error(request, 500, words()["error"]["our_fault"])
    response.headers.update(HEADERS)
    return response


def _static(request: Request) -> Response:
    name = PurePosixPath(request.path_params["name"])
    found = STATIC.get(name.name)
    if found is None:
        raise HTTPException(404)
    return Response(found, media_type=KINDS[name.suffix])


def _load_static() -> dict[str, bytes]:
    folder: Any = files(__package__) / "static"
    own = {entry.name: entry.read_bytes() for entry in folder.iterdir()}
    return own | {"charts.css": STYLE.encode()}


STATIC = _load_static()
"""The desk's own style, script and picture: few and small, so they are held in memory."""
