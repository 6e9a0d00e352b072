"""The phase of a build after its batches: find the leads that what is new makes or unmakes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from tenderlight.corpus.derive import digest
from tenderlight.corpus.folder import Folder
from tenderlight.corpus.joining.write import joined_tables
from tenderlight.corpus.likeness.comparing import Ticks, compare_pairs
from tenderlight.corpus.likeness.leads import Known, make_leads, no_leads
from tenderlight.corpus.likeness.rules import VERSION
from tenderlight.corpus.likeness.work import is_loose, meta, open_work, set_meta, sweep, take_in
from tenderlight.corpus.state import State, load_state


def update_likeness(folder: Folder, tick: Ticks | None = None) -> int:
    """Bring `derived/likeness.parquet` up to what is built; how many pairs of texts were compared.

    0 means that every comparison was remembered. Purchases are those that were joined before it;
    when they change, leads are told anew and nothing is compared again. Can be killed at any
    moment and goes on.
    """
    state = load_state(folder.state)
    if not state.batches:
        return _forget(folder)
    with _place(folder.likeness_work) as place:
        with closing(open_work(place)) as db:
            compared = _update(db, folder, state, tick)
            loose = is_loose(db)
        if loose:
            sweep(place)
    return compared


def _update(db: duckdb.DuckDBPyConnection, folder: Folder, state: State, tick: Ticks | None) -> int:
    batches = sorted(state.batches.items())
    sections = {batch: folder.table("section", batch, one.key) for batch, one in batches}
    notices = {batch: folder.table("notice", batch, one.key) for batch, one in batches}
    wanted = _wanted(state)
    if meta(db, "written") == wanted and folder.likeness.exists():
        return 0
    take_in(db, {b: (one.key, sections[b], notices[b]) for b, one in batches})
    compared = compare_pairs(db, sections, tick)
    joined = joined_tables(folder, state.joined)
    parties = [folder.table("party", batch, one.key) for batch, one in batches]
    known = Known(list(notices.values()), joined["member"], parties, joined["spelling"])
    make_leads(db, known, folder.likeness)
    set_meta(db, "written", wanted)
    return compared


@contextmanager
def _place(path: Path) -> Iterator[Path]:
    """Where the work is kept. DuckDB takes what follows a `?` in a path for a question, so in a
    corpus of such a name nothing of it is kept: each build compares everything anew.
    """
    if "?" not in str(path.absolute()):
        yield path
        return
    with TemporaryDirectory() as folder:
        yield Path(folder) / path.name


def _wanted(state: State) -> str:
    """A name for everything that leads are told from."""
    batches = (f"{batch} {one.key}" for batch, one in sorted(state.batches.items()))
    joined = (f"{name} {key}" for name, key in sorted(state.joined.items()))
    return digest(str(VERSION).encode(), *(part.encode() for part in (*batches, *joined))).hex()


def _forget(folder: Folder) -> int:
    work = folder.likeness_work
    for part in work.parent.glob(f"{work.name}*"):
        part.unlink(missing_ok=True)
    if folder.likeness.exists():
        no_leads(folder.likeness)
    return 0
