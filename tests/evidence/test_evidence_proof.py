"""The commands that prove, as a person types them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tenderlight.cli import main
from tenderlight.corpus import open_folder
from tenderlight.corpus.published import PublishedEdition, keep_published
from tenderlight.evidence import Store
from tests.authority.authority import make_authority, name_authority

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command: its exit code, its answer, its remarks."""

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["tenderlight", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err.replace("\n", " ")

    return run


@pytest.fixture
def corpus(tmp_path: Path, run: Run) -> Path:
    root, notices = tmp_path / "corpus", tmp_path / "notices"
    notices.mkdir()
    for name in ("a", "b"):
        (notices / f"{name}.html").write_text(f"<p>An invented notice, {name}.")
    assert run("init", root)[0] == run("add", root, notices)[0] == 0
    return root


@pytest.fixture
def stamped(corpus: Path, run: Run) -> Iterator[Path]:
    """A corpus whose authority answers."""
    with make_authority(corpus / "authority").serving() as url:
        name_authority(corpus, url)
        yield corpus


def ids(corpus: Path) -> list[str]:
    return [each.id for each in Store(corpus / "evidence").captures()]


def test_stamp_and_verify_say_what_is_covered(stamped: Path, run: Run, tmp_path: Path) -> None:
    code, told, _ = run("stamp", stamped)
    assert (code, told[:34]) == (0, "invented: lines 1 to 2 were there ")
    code, told, noted = run("verify", stamped)
    assert code == 0
    assert "2 captures, every byte as the ledger says" in told
    assert "Lines 1 to 2 were there at 20" in told
    assert "invented (CN=Invented root)" in told
    assert "No time stamp covers lines 3 to 3" in noted, "the stamp's own line"
    (tmp_path / "notices/c.html").write_text("<p>Another.")
    run("add", stamped, tmp_path / "notices")
    assert "No time stamp covers lines 3 to 4" in run("verify", stamped)[2]


def test_stamp_tells_who_did_not_answer(corpus: Path, run: Run) -> None:
    authority = make_authority(corpus / "authority")
    with authority.serving() as url:
        name_authority(corpus, f"{url}/refuse")
        code, told, noted = run("stamp", corpus)
    assert (code, told) == (1, "")
    assert "invented gave no time stamp: it answered with status 503" in noted


def test_without_an_authority_stamp_says_what_to_do(corpus: Path, run: Run) -> None:
    code, _, noted = run("stamp", corpus)
    assert code == 2
    assert "corpus.toml names no time-stamping authority" in noted


def test_stamps_are_verified_without_any_network(
    stamped: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("stamp", stamped)

    def none(*_: Any, **__: Any) -> None:
        raise AssertionError("verify opened a socket")

    monkeypatch.setattr("socket.socket.connect", none)
    monkeypatch.setattr("socket.getaddrinfo", none)
    assert run("verify", stamped)[0] == 0


def test_a_broken_stamp_is_exit_code_1(stamped: Path, run: Run) -> None:
    run("stamp", stamped)
    next((stamped / "evidence/stamps").glob("*.tsr")).unlink()
    code, told, _ = run("verify", stamped)
    assert code == 1
    assert "this file is missing; line 3 names it" in told


def test_an_authority_that_somebody_made_up_is_named(
    stamped: Path, run: Run, tmp_path: Path
) -> None:
    run("stamp", stamped)
    assert run("verify", stamped, "--roots", stamped / "authority/root.pem")[0] == 0
    other = make_authority(tmp_path / "real").roots
    code, told, _ = run("verify", stamped, "--roots", other)
    assert code == 1
    assert "does not lead to the certificates that you named: its signature does not hold" in told
    (tmp_path / "text.pem").write_text("certificates")
    assert run("verify", stamped, "--roots", tmp_path / "text.pem")[0] == 2


def test_trust_needs_something_to_trust(corpus: Path, run: Run) -> None:
    roots = make_authority(corpus.parent / "real").roots
    code, _, noted = run("verify", corpus, "--roots", roots)
    assert code == 2
    assert "No time stamp is there to compare" in noted


def test_an_anchor_is_printed_noted_and_compared(corpus: Path, run: Run, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.jsonl"
    code, told, _ = run("anchor", corpus, "--to", anchors)
    head = Store(corpus / "evidence").head()
    assert (code, told) == (0, f"corpus: line 2 of the ledger has the SHA-256\n{head.sha256}\n")
    (tmp_path / "notices/c.html").write_text("<p>Another.")
    run("add", corpus, tmp_path / "notices")
    run("anchor", corpus, "--to", anchors)
    assert run("verify", corpus, "--anchor", anchors)[1].endswith("2 anchors hold\n")
    shutil.rmtree(corpus / "evidence")
    (corpus / "evidence").mkdir()
    run("add", corpus, tmp_path / "notices/c.html")
    assert run("verify", corpus)[0] == 0
    code, told, _ = run("verify", corpus, "--anchor", anchors)
    assert code == 1
    assert told.count("ledger.jsonl at byte 0: the anchor of 20") == 2


def test_anchors_of_other_corpora_do_not_count(corpus: Path, run: Run, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.jsonl"
    run("anchor", corpus, "--to", anchors)
    card = corpus / "corpus.toml"
    card.write_text(card.read_text().replace('"corpus"', '"another"'))
    code, _, noted = run("verify", corpus, "--anchor", anchors)
    assert code == 2
    assert "no anchor of a corpus named another" in noted


def test_an_anchor_in_the_corpus_itself_is_refused(corpus: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(corpus / "evidence")
    for place in (corpus / "evidence/anchors", corpus / "anchors", tmp_path / "link/anchors"):
        code, _, noted = run("anchor", corpus, "--to", place)
        assert code == 2
        assert "who can change one can change the other" in noted
        assert not place.exists()


def test_any_other_proof_is_preserved_beside_the_line_it_vouches_for(
    corpus: Path, run: Run, tmp_path: Path
) -> None:
    proof = tmp_path / "head.ots"
    proof.write_bytes(b"a proof of some other kind")
    code, _, noted = run("anchor", corpus, "--proof", proof, "--line", 1)
    assert code == 0
    assert "verify checks its bytes, not what it says" in noted
    store = Store(corpus / "evidence")
    kept = list(store.captures())[-1]
    assert (kept.file, kept.role) == ("proofs/line-00000001/head.ots", "other")
    assert store.payload(kept) == proof.read_bytes()
    assert run("anchor", corpus, "--proof", proof, "--line", 1)[0] == 2
    assert run("anchor", corpus, "--proof", proof, "--line", 99)[0] == 2
    assert run("anchor", corpus, "--line", 1)[0] == 2
    assert run("verify", corpus)[0] == 0


def test_withdraw_shows_what_goes_and_asks(
    corpus: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ids(corpus)[0]
    words = ("withdraw", corpus, first, "--reason", "judgment 12/2026", "--by", "the editors")
    for typed, code in (("n\n", 1), ("", 1), ("y\n", 0)):
        reader, writer = os.pipe()
        os.write(writer, typed.encode())
        os.close(writer)
        with os.fdopen(reader) as typing, monkeypatch.context() as patched:
            patched.setattr("sys.stdin", typing)
            ended, told, noted = run(*words)
        assert ended == code
        assert "1 captures would be overwritten" in noted
        assert first in told
        assert bool(Store(corpus / "evidence").withdrawn()) == (not code)
    assert "Not changed by this: backups" in noted
    code, told, _ = run("verify", corpus)
    assert (code, "1 of them withdrawn" in told) == (0, True)
    assert (corpus / "decisions/withdrawals.jsonl").read_text().count("\n") == 1


def test_withdraw_tells_of_editions_that_cite_it(corpus: Path, run: Run) -> None:
    for id, cited in (("ab12", ids(corpus)[1]), ("cd34", ids(corpus)[0])):
        edition = PublishedEdition(
            id=id, sha256=id, title="", as_of="", ledger_lines=2, figures={"money": (cited,)}
        )
        keep_published(open_folder(corpus)[0], edition)
    words = ("--reason", "a mistake", "--by", "the editors", "--yes", "--json")
    code, told, _ = run("withdraw", corpus, ids(corpus)[1], *words)
    assert code == 0
    answer = json.loads(told)
    assert (answer["withdrawn"], answer["editions"]) == ([ids(corpus)[1]], ["ab12"])
    assert run("withdraw", corpus, ids(corpus)[1], *words)[0] == 2
    assert run("withdraw", corpus, "0" * 16, *words)[0] == 2


def test_a_decision_that_was_not_carried_out_is_told(corpus: Path, run: Run) -> None:
    shutil.copytree(corpus / "evidence", corpus.parent / "before")
    words = ("--reason", "a mistake", "--by", "the editors", "--yes")
    run("withdraw", corpus, ids(corpus)[0], *words)
    shutil.rmtree(corpus / "evidence")
    shutil.copytree(corpus.parent / "before", corpus / "evidence")
    code, _, noted = run("verify", corpus)
    assert code == 0
    assert f"to withdraw {ids(corpus)[0]} was not carried out" in noted
