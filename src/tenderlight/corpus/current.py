"""Whether what is derived is that of the evidence and the decisions as they stand."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tenderlight.corpus.build import Method, holds_all
from tenderlight.corpus.folder import Folder
from tenderlight.corpus.joining.kinds import KINDS
from tenderlight.corpus.joining.update import is_joined
from tenderlight.corpus.path import given_definitions, method_digest
from tenderlight.corpus.state import load_state
from tenderlight.corpus.timeline.update import judged_from
from tenderlight.evidence import Store
from tenderlight.evidence.files import how_to_read
from tenderlight.recognising import engine_name
from tenderlight.technologies import load_definitions


def why_not_current(folder: Folder) -> str | None:
    """What a build would still have to do, in words; None where it would do nothing.

    Scans may have been read or left unread: either is a state that a build leaves behind.
    """
    state = load_state(folder.state)
    if not state.method:
        return "it was never built"
    definitions = given_definitions(load_definitions(folder.own_definitions))
    engines = {method_digest(definitions, name): name for name in (engine_name(), "")}
    if state.method not in engines:
        return "it was built by another method, or with other definitions"
    if not holds_all(folder, state, Method(state.method, engines[state.method])):
        return "something was added to the evidence, or taken out of it"
    if not all(is_joined(folder, about) for about in KINDS):
        return "not everything is joined as rules and people say"
    return None if _is_judged(folder) else "not all visits were judged"


def _is_judged(folder: Folder) -> bool:
    """Whether every visit in the ledger was judged, and the events are written."""
    if not (folder.timeline.exists() and folder.events.exists()):
        return False
    address = folder.timeline.absolute().as_uri() + how_to_read(folder.timeline)
    with closing(sqlite3.connect(address, uri=True, timeout=30)) as db:
        known = dict(db.execute("select name, value from meta"))
    head = Store(folder.evidence).head()
    wanted = {**judged_from(folder), "written": "yes"}
    wanted |= {"digest": head.sha256} if head.count else {}
    return wanted.items() <= known.items()
