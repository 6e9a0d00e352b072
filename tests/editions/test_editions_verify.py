"""Whatever is altered in an edition is found, also where the manifest was altered with it."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenderlight.cli import main
from tenderlight.editions.check import verify_edition
from tenderlight.editions.check.shards import opened
from tenderlight.editions.manifest import MANIFEST, edition_id
from tenderlight.editions.signing import PUBLIC_KEY
from tenderlight.editions.site.shards import shard
from tenderlight.model import Refused
from tests.editions.editions_made import list_anew, rewrite
from tests.exports.handover_corpus import run

PAGE = (Path(__file__).parents[2] / "docs/verify-an-edition.md").read_text(encoding="utf-8")
SHELL = re.compile(r"^```sh\n(.*?)^```", re.S | re.M)
PROOFS = "data/proofs/technologies-by-year.jsonl.gz"
NOTICES = "data/notices.jsonl.gz"


def wrong(folder: Path) -> str:
    return "\n".join(f"{one.file}: {one.what}" for one in verify_edition(folder).wrong)


def test_an_edition_as_it_was_published_is_whole(edition: Path) -> None:
    checked = verify_edition(edition, (edition / PUBLIC_KEY).read_bytes())
    assert checked.wrong == ()
    assert checked.figures == 3
    assert min(checked.numbers, checked.passages, checked.notices, checked.originals) > 0
    assert min(checked.records, checked.lines, len(checked.stamps)) > 0
    assert checked.in_every_byte
    assert checked.pages > 20
    assert checked.id == edition_id((edition / MANIFEST).read_bytes())


def test_the_written_way_says_the_same_with_other_peoples_tools(edition: Path, tools: Path) -> None:
    there = Path(shutil.copytree(edition, tools.parent / "checked" / "edition"))
    told = run("set -e\n" + "".join(SHELL.findall(PAGE)), there, tools)
    checked = verify_edition(edition)
    assert told.splitlines()[0] == checked.id
    for said in (
        "every file is as published",
        "no file was added",
        "Signature Verified Successfully",
        f"{checked.signed_by}  -",
        f" {checked.passages} passages, 0 wrong",
        " numbers on the pages, 0 otherwise than in the data",
        "the bag is whole",
        "every record has its digest",
    ):
        assert said in told, told


def a_number(figure: Any) -> Any:
    next(cell for row in figure["rows"] for cell in row["cells"] if cell.get("key"))["value"] = 77
    return figure


def a_passage(line: Any) -> Any:
    for proof in line["proofs"]:
        if proof["text"]:
            proof["text"] = "改" + proof["text"][1:]
    return line


def a_proof(line: Any) -> Any:
    return {**line, "proofs": line["proofs"][:-1]} if line["key"].startswith("cell/") else line


def another_text(line: Any) -> Any:
    return {**line, "text": "另一份公告" * 1000}


def another_document(line: Any) -> Any:
    return {**line, "evidence": {**line["evidence"], "sha256": "0" * 64}}


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("data/figures/money.json", a_number, "adds up to"),
        (PROOFS, a_passage, "does not stand in"),
        (PROOFS, a_proof, "adds up to"),
        (NOTICES, another_text, "does not stand in"),
        (NOTICES, another_document, "no line of the ledger names the notice"),
        (MANIFEST, lambda told: {**told, "notices": 5}, "edition.json says that it holds"),
        (MANIFEST, lambda told: {**told, "decisions": []}, ""),
    ],
)
def test_a_number_a_passage_or_a_text_that_was_altered_with_the_manifest_is_found(
    forged: Path, file: str, change: Callable[[Any], Any], said: str
) -> None:
    rewrite(forged, file, change)
    if file == MANIFEST:
        assert "signature is not over" in wrong(forged)
    else:
        assert f"{file}: its bytes are not those" in wrong(forged)
    list_anew(forged)
    assert said in wrong(forged)
    assert verify_edition(forged).signed_by is None


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("evidence/data/ledger/lines-*.jsonl", "none that we wrote"),
        ("evidence/data/evidence.wacz", "it is no archive as we write it"),
        ("evidence/data/originals/*", "no line of the ledger names this document"),
        ("evidence/data/stamps/*.tsr", "the stamp over line"),
    ],
)
def test_evidence_that_was_altered_with_manifest_and_bag_is_found(
    forged: Path, pattern: str, said: str
) -> None:
    path = sorted(forged.glob(pattern))[0]
    raw = bytearray(path.read_bytes())
    at = raw.index(b"\x1f\x8b") + 200 if path.suffix == ".wacz" else len(raw) // 2
    raw[at] ^= 1
    path.write_bytes(raw)
    list_anew(forged)
    assert said in wrong(forged)
    assert "of the bag names" in wrong(forged)


def another_title(raw: bytes) -> bytes:
    return raw.replace(b"Invented towns", b"Invented lakes")


def more_than_was_found(raw: bytes) -> bytes:
    return raw.replace(b'amount"><a', b'amount"><b>1</b><a')


def another_script(raw: bytes) -> bytes:
    return raw.replace(b"amount(value, yuan)", b"amount(77, yuan)")


def nothing_packed(raw: bytes) -> bytes:
    return raw[: raw.index(b",")] + b',"");\n'


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("index.html", another_title),
        ("site/zh/figure-money.html", more_than_was_found),
        ("site/rows.js", another_script),
        ("site/data/proofs.money.keys.js", nothing_packed),
        ("site/site.css", lambda raw: raw + b"td { display: none }"),
    ],
)
def test_a_page_that_was_altered_with_the_manifest_is_found(
    forged: Path, file: str, change: Callable[[bytes], bytes]
) -> None:
    raw = (forged / file).read_bytes()
    assert change(raw) != raw
    (forged / file).write_bytes(change(raw))
    list_anew(forged)
    assert wrong(forged) == f"{file}: this page is not the one that the data give"


def by_another_version(folder: Path) -> None:
    list_anew(folder)
    rewrite(folder, MANIFEST, lambda told: {**told, "pages": "another"})
    list_anew(folder)


def piece(folder: Path, name: str, change: Callable[[Any], Any]) -> None:
    path = folder / f"site/data/{name}.js"
    told = opened(path.read_bytes(), path.name)
    assert told is not None
    path.write_bytes(shard(name, change(json.loads(told))))


def a_total(keys: Any) -> Any:
    key = next(key for key in keys if key.startswith("cell/"))
    keys[key][3] = 77
    return keys


def a_sentence(passages: Any) -> Any:
    next(one for one in passages if one[5])[5] = "改"
    return passages


ALTERED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a cell": (
        lambda f: replace(f, "site/zh/figure-money.html", '(class="amount"><a [^>]*>)', r"\g<1>7"),
        "says '7",
    ),
    "a line of the coverage": (
        lambda f: replace(
            f, "site/en/figure-money.html", r'(money/coverage%2Fdocuments">)\d', "\\g<1>9"
        ),
        "coverage/documents says '9",
    ),
    "another number's link": (
        lambda f: replace(f, "site/en/figure-money.html", "coverage%2Fdocuments", "cell%2F77"),
        "it leads to cell/77",
    ),
    "rows taken out": (
        lambda f: replace(f, "site/en/figure-money.html", "(?s)(<tbody>).*?(</tbody>)", r"\1\2"),
        "its table has 0 rows",
    ),
    "a total": (
        lambda f: piece(f, "proofs.money.keys", a_total),
        "is 77, and the data say another number",
    ),
    "a sentence": (
        lambda f: piece(f, "proofs.money.0", a_sentence),
        "has other passages than in the data",
    ),
    "a text": (
        lambda f: piece(f, "notices-0", lambda told: [{**one, "text": "改"} for one in told]),
        "with another text, title or date",
    ),
    "a program": (
        lambda f: (f / "site/data/proofs.money.0.js").write_bytes(b"alert(1);"),
        "is no piece of data",
    ),
}


def replace(folder: Path, name: str, pattern: str, by: str) -> None:
    told = (folder / name).read_text(encoding="utf-8")
    changed, count = re.subn(pattern, by, told, count=1)
    assert count
    (folder / name).write_text(changed, encoding="utf-8")


def test_pages_of_another_version_are_read_number_by_number(forged: Path) -> None:
    by_another_version(forged)
    checked = verify_edition(forged)
    assert checked.wrong == ()
    assert not checked.in_every_byte
    assert checked.pages > 12


@pytest.mark.parametrize("what", ALTERED)
def test_a_number_altered_in_pages_of_another_version_is_found(forged: Path, what: str) -> None:
    alter, said = ALTERED[what]
    alter(forged)
    by_another_version(forged)
    assert said in wrong(forged)


def test_a_page_that_was_added_or_taken_away_with_the_manifest_is_found(forged: Path) -> None:
    (forged / "site/en/figure-more.html").write_text("<p>77", encoding="utf-8")
    (forged / "site/zh/check.html").unlink()
    list_anew(forged)
    told = wrong(forged)
    assert "site/en/figure-more.html: the data give no such page: somebody added it" in told
    assert "site/zh/check.html: this page is missing" in told


def test_pages_that_another_zlib_packed_are_the_same_pages(forged: Path) -> None:
    path = forged / "site/data/proofs.money.keys.js"
    told = opened(path.read_bytes(), path.name)
    assert told is not None
    packed = b64encode(gzip.compress(told, 1, mtime=7))
    path.write_bytes(b'keep("%s","%s");\n' % (path.stem.encode(), packed))
    list_anew(forged)
    assert wrong(forged) == ""


def test_files_that_are_missing_added_or_lead_elsewhere_are_named(forged: Path) -> None:
    (forged / PROOFS).unlink()
    (forged / "data/more.json").touch()
    os.symlink("/etc/passwd", forged / "data/link")
    told = wrong(forged)
    assert f"{PROOFS}: this file is missing" in told
    assert "data/more.json: edition.json does not name this file" in told
    assert "data/link: this is no plain file" in told
    assert "root:" not in told


def test_another_key_is_not_the_one_that_is_trusted(edition: Path, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    pem = other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    checked = verify_edition(edition, pem)
    assert [one.what for one in checked.wrong] == ["it was signed with another key than yours"]


HOSTILE: dict[str, Callable[[Path], object]] = {
    "deep": lambda f: (f / "data/figures/money.json").write_bytes(b"[" * 100_000),
    "no text": lambda f: (f / NOTICES).write_bytes(gzip.compress(b"\xff\xfe\n")),
    "cut off": lambda f: (f / NOTICES).write_bytes((f / NOTICES).read_bytes()[:99]),
    "a number of numbers": lambda f: rewrite(
        f, PROOFS, lambda line: {**line, "proofs": [{"notice": "x", "value": "1e999999999"}]}
    ),
    "not a zip": lambda f: (f / "evidence/data/evidence.wacz").write_bytes(b"PK\x03\x04 no"),
    "a strange csv": lambda f: (f / "evidence/data/stamps/stamps.csv").write_bytes(b"line\n9,9\n"),
    "a path out": lambda f: rewrite(
        f,
        MANIFEST,
        lambda told: {
            **told,
            "figures": [{**one, "figure": "../../../etc/passwd"} for one in told["figures"]],
            "files": [{"path": "../../etc/passwd", "sha256": "", "size": 0}],
        },
    ),
}


@pytest.mark.parametrize("trick", HOSTILE)
def test_a_hostile_edition_is_wrong_and_does_no_harm(forged: Path, trick: str) -> None:
    HOSTILE[trick](forged)
    list_anew(forged)
    HOSTILE[trick](forged)
    assert wrong(forged)


def test_a_manifest_that_is_none_is_refused(forged: Path) -> None:
    (forged / MANIFEST).write_bytes(b"{}")
    with pytest.raises(Refused, match="cannot be read"):
        verify_edition(forged)


def test_the_command_knows_an_edition_and_says_by_its_exit_code_what_it_found(
    forged: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["tenderlight", "verify", str(forged)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    assert "every byte as edition.json says" in capsys.readouterr().out
    (forged / PROOFS).unlink()
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
