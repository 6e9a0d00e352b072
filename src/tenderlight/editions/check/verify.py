"""The whole check of an edition, in the order in which it makes sense."""

from __future__ import annotations

from pathlib import Path

from tenderlight.editions.check.bag import BAG, Bag
from tenderlight.editions.check.numbers import Numbers
from tenderlight.editions.check.opening import Contents, check_files, read_manifest
from tenderlight.editions.check.pages import check_pages
from tenderlight.editions.check.wrong import Checked, Findings
from tenderlight.editions.data import Stage, silent
from tenderlight.editions.manifest import FORMAT, MANIFEST, Manifest, edition_id, sha256_of
from tenderlight.editions.signing import (
    LARGEST_KEY,
    PUBLIC_KEY,
    SIGNATURE,
    fingerprint,
    is_signed,
    parse_public_key,
)
from tenderlight.editions.site import ID_SCRIPT, id_script
from tenderlight.model import Refused


def is_edition(folder: Path) -> bool:
    """Whether a folder says that it is one."""
    return (folder / MANIFEST).exists() and not (folder / "corpus.toml").exists()


def verify_edition(folder: Path, trusted: bytes | None = None, stage: Stage = silent) -> Checked:
    """Check everything in an edition that can be checked without its corpus.

    Its files against the manifest, the signature, the bag with ledger, stamps, documents and
    archive, every number against the sum of its proofs, every passage against its notice's text,
    the pages against the data.
    `trusted`: a public key (PEM); then it must be the one that signed. Refuses (Refused) a folder
    without a manifest that can be read.
    """
    encoded, manifest = read_manifest(folder)
    if manifest.format != FORMAT:
        raise Refused(f"{folder} is of the format {manifest.format[:40]}.", f"We read {FORMAT}.")
    findings = Findings()
    contents = Contents(folder, findings)
    beside = frozenset({MANIFEST, SIGNATURE, PUBLIC_KEY, ID_SCRIPT})
    with stage("Files") as move:
        files = check_files(manifest, contents, beside, move)
    signed_by = _signature(contents, encoded, trusted)
    if contents.read(ID_SCRIPT) != id_script(edition_id(encoded)):
        findings.add(ID_SCRIPT, "it tells the pages another id than that of edition.json")
    numbers = Numbers(contents, findings)
    with stage("Numbers") as move:
        numbers.check(manifest, move)
    bag = Bag(contents, findings)
    if numbers.texts:
        with stage("Evidence"):
            bag.check()
        _preserved(numbers, bag, findings)
    _basis(manifest, contents, bag)
    with stage("Pages") as move:
        pages, in_every_byte = check_pages(manifest, contents, move)
    return Checked(
        id=edition_id(encoded),
        title=manifest.title,
        as_of=manifest.as_of,
        files=files,
        signed_by=signed_by,
        figures=len(manifest.figures),
        numbers=numbers.numbers,
        passages=numbers.passages,
        stated=numbers.stated,
        notices=len(numbers.texts),
        originals=bag.originals,
        records=bag.records,
        lines=len(bag.named.lines),
        stamps=bag.stamps,
        unproven=bag.unproven,
        pages=pages,
        in_every_byte=in_every_byte,
        wrong=tuple(findings.wrong),
        more=findings.more,
    )


def _signature(contents: Contents, encoded: bytes, trusted: bytes | None) -> str | None:
    """The fingerprint of who signed; what does not hold is said."""
    is_there = SIGNATURE in contents.paths or PUBLIC_KEY in contents.paths
    if not is_there:
        if trusted is not None:
            contents.findings.add(SIGNATURE, "nobody signed this edition")
        return None
    pem = contents.read(PUBLIC_KEY, LARGEST_KEY)
    signature = contents.read(SIGNATURE, LARGEST_KEY)
    key = parse_public_key(pem or b"")
    if key is None or signature is None or not is_signed(key, signature, encoded):
        contents.findings.add(SIGNATURE, "the signature is not over this edition.json")
        return None
    if trusted is not None:
        wanted = parse_public_key(trusted)
        if wanted is None or fingerprint(wanted) != fingerprint(key):
            contents.findings.add(PUBLIC_KEY, "it was signed with another key than yours")
    return fingerprint(key)


def _preserved(numbers: Numbers, bag: Bag, findings: Findings) -> None:
    """Each cited notice is the document that a line of the ledger names."""
    for notice, sha256 in numbers.documents.items():
        if bag.named.documents.get(notice) != sha256:
            findings.add(f"{BAG}/data/ledger", f"no line of the ledger names the notice {notice}")


def _basis(manifest: Manifest, contents: Contents, bag: Bag) -> None:
    """Decisions and ledger are those that the manifest names."""
    for one in manifest.decisions:
        name = f"data/decisions/{one.name}"
        raw = contents.read(name, 1 << 30)
        if raw is not None and (raw.count(b"\n"), sha256_of(raw)) != (one.lines, one.sha256):
            contents.findings.add(name, "it has other lines than edition.json names")
    last = bag.named.lines.get(manifest.ledger.lines)
    if last is not None and last != manifest.ledger.sha256:
        contents.findings.add(MANIFEST, "it names another last line of the ledger")
