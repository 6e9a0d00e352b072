"""Publish a state of a corpus: a folder that is there whole or not at all, and never changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tenderlight.corpus import Corpus
from tenderlight.corpus.current import why_not_current
from tenderlight.corpus.folder import only_one
from tenderlight.corpus.program import program
from tenderlight.corpus.published import PublishedEdition, called, keep_published
from tenderlight.editions.asked import Wanted
from tenderlight.editions.data import Cited, Stage, silent, write_data
from tenderlight.editions.files import list_files, write_file
from tenderlight.editions.manifest import (
    MANIFEST,
    LeftOutOf,
    Manifest,
    edition_id,
    encode,
    sha256_of,
)
from tenderlight.editions.signing import write_signature
from tenderlight.editions.site import ID_SCRIPT, id_script, write_site
from tenderlight.exports.handover import HandedOver, hand_over, look_up
from tenderlight.exports.handover.folder import new_folder, refuse_folder
from tenderlight.model import Refused

EVIDENCE = "evidence"
MOST_CAPTURES = 100_000
"""Of all cited notices, attachments and visits too: they are in memory, a kilobyte each."""


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """An edition that was written."""

    folder: str
    id: str
    sha256: str
    """Of its `edition.json`."""
    figures: int
    notices: int
    size: int
    evidence: int
    """Bytes of its folder of evidence."""
    left_out: tuple[LeftOutOf, ...]


def publish(
    corpus: Corpus,
    out: Path,
    wanted: Sequence[Wanted],
    *,
    title: str,
    originals: bool = True,
    key: Ed25519PrivateKey | None = None,
    stage: Stage = silent,
) -> Edition:
    """Freeze the state of a corpus into the folder `out`, and note in the corpus that it was.

    Refuses (Refused) a corpus that is not built up to its evidence and its decisions, a place
    that is not free, and what `write_data` refuses.
    """
    refuse_folder(out, corpus.folder.root, 0)
    with only_one(corpus.folder.derived / ".lock", f"the build of {corpus.folder.root}"):
        _refuse_stale(corpus, stage)
        with new_folder(out) as folder:
            manifest, cited = write_data(corpus, folder, title, wanted, stage)
            if cited.ids:
                _write_evidence(corpus, cited, folder, manifest.as_of, originals, stage)
            manifest = msgspec.structs.replace(manifest, pages=program())
            with stage("Pages") as move:
                write_site(folder, manifest, move)
            manifest, encoded = _write_manifest(manifest, folder, stage)
            write_file(folder / ID_SCRIPT, id_script(edition_id(encoded)))
            if key is not None:
                write_signature(folder, key, encoded)
    _keep(corpus, encoded, manifest, cited)
    return _edition(out, encoded, manifest)


def write_state(
    corpus: Corpus, out: Path, wanted: Sequence[Wanted], stage: Stage = silent
) -> Manifest:
    """The present state as an edition has it, without evidence and pages: to hold against one.

    It is not noted as published. The corpus may be behind its evidence: then so is this.
    Refuses (Refused) what `write_data` refuses.
    """
    with new_folder(out) as folder:
        data, _ = write_data(corpus, folder, corpus.name, wanted, stage)
        manifest, _ = _write_manifest(data, folder, stage)
    return manifest


def _refuse_stale(corpus: Corpus, stage: Stage) -> None:
    with stage("Looking up"):
        why = why_not_current(corpus.folder)
    if why is not None:
        raise Refused(
            f"{corpus.folder.root} is not built up to its evidence and decisions: {why}.",
            f"Run `tenderlight build {corpus.folder.root}`, then publish.",
        )


def _write_evidence(
    corpus: Corpus, cited: Cited, folder: Path, as_of: str, originals: bool, stage: Stage
) -> HandedOver:
    moment = datetime.strptime(as_of, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    with stage("Evidence: looking up") as move:
        chosen, _ = look_up(corpus, cited.ids, move, MOST_CAPTURES)
    with stage("Evidence: writing") as move:
        return hand_over(
            corpus,
            chosen,
            folder / EVIDENCE,
            lambda: moment,
            originals=originals,
            progress=move,
        )


def _write_manifest(data: Manifest, folder: Path, stage: Stage) -> tuple[Manifest, bytes]:
    """Write `edition.json` over all that is there; gives what it says, and its bytes."""
    with stage("Digests") as move:
        manifest = msgspec.structs.replace(data, files=tuple(list_files(folder, move)))
    encoded = encode(manifest)
    write_file(folder / MANIFEST, encoded)
    return manifest, encoded


def _keep(corpus: Corpus, encoded: bytes, manifest: Manifest, cited: Cited) -> None:
    figures = zip(cited.figures, cited.notices.values(), strict=True)
    published = PublishedEdition(
        id=edition_id(encoded),
        sha256=sha256_of(encoded),
        title=manifest.title,
        as_of=manifest.as_of,
        ledger_lines=manifest.ledger.lines,
        figures={called(one.name, one.words): notices for one, notices in figures},
    )
    keep_published(corpus.folder, published)


def _edition(out: Path, encoded: bytes, manifest: Manifest) -> Edition:
    sizes = {path: path.stat().st_size for path in out.rglob("*") if path.is_file()}
    evidence = out / EVIDENCE
    return Edition(
        folder=str(out),
        id=edition_id(encoded),
        sha256=sha256_of(encoded),
        figures=len(manifest.figures),
        notices=manifest.notices,
        size=sum(sizes.values()),
        evidence=sum(size for path, size in sizes.items() if path.is_relative_to(evidence)),
        left_out=manifest.left_out,
    )
