"""A corpus on disk: every name in it stands here, and nowhere else.

corpus.toml     its name, its sources, whom to write to, its time-stamping authorities
evidence/       append-only    what was seen, as it was seen
testimony/      append-only    what recognisers of pictures and language models said
decisions/      append-only    what people decided
derived/        disposable     remembered results, tables, search index
editions/       never changes  published states
definitions/    a reporter's own technologies, targets, sites and quantities (optional)
sources/        a reporter's own cards of sources: data, never code (optional)
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tenderlight.evidence.files import read_inside
from tenderlight.model import BrokenEvidence, Refused

CARD = "corpus.toml"
LARGEST_CARD = 1 << 20
ROOMS = ("evidence", "decisions", "derived", "editions")


class Authority(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time-stamping authority (RFC 3161) that `tenderlight stamp` asks: `[[authority]]`."""

    name: str
    url: str
    roots: str
    """A PEM file with the certificates that you trust for it, relative to the corpus."""
    private: bool = False
    """True for an authority inside your own network: only then is a private address asked."""


class Card(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `corpus.toml` says. Unknown keys are refused: a typing error must not pass silently."""

    name: str
    contact: str | None = None
    """Whom a portal's administrator can write to; stands in the User-Agent of every request."""
    sources: tuple[str, ...] = ()
    """What `tenderlight collect` collects when no source is named."""
    authority: tuple[Authority, ...] = ()


class Folder(msgspec.Struct, frozen=True):
    """Where things lie in a corpus.

    >>> Folder(Path("x")).batch(12).as_posix()
    'x/derived/batches/000012.sqlite'
    """

    root: Path

    @property
    def evidence(self) -> Path:
        """What was seen."""
        return self.root / "evidence"

    @property
    def own_definitions(self) -> Path | None:
        """The reporter's own definitions; None where she has none."""
        own = self.root / "definitions"
        return own if own.is_dir() else None

    @property
    def own_sources(self) -> Path | None:
        """The reporter's own cards of sources; None where she has none."""
        own = self.root / "sources"
        return own if own.is_dir() else None

    @property
    def decisions(self) -> Path:
        """What people decided."""
        return self.root / "decisions"

    @property
    def testimony(self) -> Path:
        """What recognisers of pictures said: it cannot be computed again to the letter."""
        return self.root / "testimony" / "recognised.sqlite"

    @property
    def answers(self) -> Path:
        """What language models answered, whom the user asked."""
        return self.root / "testimony" / "answers.sqlite"

    @property
    def derived(self) -> Path:
        """Everything that can be deleted and rebuilt."""
        return self.root / "derived"

    @property
    def state(self) -> Path:
        """Which batches are done, under which keys: readers look here first."""
        return self.derived / "state.json"

    @property
    def search(self) -> Path:
        """The search index."""
        return self.derived / "search"

    @property
    def events(self) -> Path:
        """What became of notices: one row for each visit (`schemas.EVENT`)."""
        return self.derived / "events.parquet"

    @property
    def likeness(self) -> Path:
        """The same requirements at different buyers (`likeness.LEAD`)."""
        return self.derived / "likeness.parquet"

    @property
    def likeness_work(self) -> Path:
        """What those leads are worked out from: texts, prints, pairs."""
        return self.derived / "likeness.duckdb"

    @property
    def figures(self) -> Path:
        """Finished figures, so that nobody waits for them again (`figures/kept.py`)."""
        return self.derived / "figures"

    @property
    def timeline(self) -> Path:
        """Which lines of the ledger are looks at which notice, and what they gave."""
        return self.derived / "timeline.sqlite"

    @property
    def joined(self) -> Path:
        """The tables of purchases and organisations, over all batches."""
        return self.derived / "joined"

    def joining(self, about: str) -> Path:
        """What purchases, or organisations, were joined from: nodes, pairs, groups."""
        return self.derived / f"joining-{about}.sqlite"

    def batch(self, number: int) -> Path:
        """The remembered results and finished rows of a batch."""
        return self.derived / "batches" / f"{number:06}.sqlite"

    def said(self, name: str, number: int, key: str) -> Path:
        """A batch's part of what language models said of its notices (`said.SCHEMAS`)."""
        return self.derived / "said" / f"{name}-{number:06}-{key[:12]}.parquet"

    def said_parts(self) -> Iterator[Path]:
        """All such parts that are there."""
        return (self.derived / "said").glob("model_*.parquet")

    def table(self, name: str, number: int, key: str) -> Path:
        """A batch's part of a table. The key in its name lets readers keep an older state."""
        return self.derived / "tables" / name / f"{number:06}-{key[:12]}.parquet"


def init_corpus(root: Path) -> Folder:
    """Make an empty corpus. Refuses a folder that holds anything else, so nothing is mixed."""
    if (root / CARD).exists():
        raise Refused(f"{root} is already a corpus.", "Add to it with `tenderlight add`.")
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise Refused(f"{root} exists and is not an empty folder.", "Name a new folder.")
    for room in ROOMS:
        (root / room).mkdir(parents=True, exist_ok=True)
    name = msgspec.json.encode(root.absolute().name).decode()  # a JSON string is a TOML string
    save(root / CARD, f"name = {name}\n".encode())
    return Folder(root)


def open_folder(root: Path) -> tuple[Folder, Card]:
    """A corpus that exists. Refuses any other folder, and a card that it cannot read."""
    try:
        card = msgspec.toml.decode(_read_card(root), type=Card)
    except (FileNotFoundError, NotADirectoryError):
        raise Refused(
            f"{root} is not a corpus: it has no {CARD}.",
            f"Make one with `tenderlight init {root}`, or name another folder.",
        ) from None
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{root / CARD}: {error}.", 'It needs one line: name = "…".') from None
    return Folder(root), card


def _read_card(root: Path) -> bytes:
    """Refuses pipes, devices and links: a stranger's folder must neither hold us up nor lead on."""
    try:
        with read_inside(root, CARD) as file:
            raw = file.read(LARGEST_CARD + 1)
    except BrokenEvidence:
        raise Refused(f"{root / CARD} is no plain file.", "Put the file itself there.") from None
    if len(raw) > LARGEST_CARD:
        raise Refused(f"{root / CARD} has more than 1 MB.", "It is a page of text.")
    return raw


def save(path: Path, content: bytes) -> None:
    """Write a small file so that readers see the old or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    with new.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    new.replace(path)


@contextmanager
def only_one(path: Path, what: str) -> Iterator[None]:
    """Hold a lock while the block runs. Refuses when another process holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                f"Another process is at work on {what}.", "Wait until it has finished."
            ) from None
        yield
