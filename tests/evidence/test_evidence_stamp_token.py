"""An answer of a time-stamping authority proves one digest at one time, or nothing."""

from __future__ import annotations

import hashlib
import random
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from tenderlight.evidence.token import Unfit, ask_for, check_answer
from tests.authority.authority import Authority, certify_again, clock, make_authority, run_openssl

LINE = b'{"after":"0","number":1}\n'
DIGEST = hashlib.sha256(LINE).hexdigest()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


def test_an_answer_proves_the_line_at_its_time(authority: Authority) -> None:
    question = ask_for(LINE)
    answer = authority.answer(question.der)
    stamped = check_answer(answer, DIGEST, authority.roots.read_bytes(), question.nonce)
    assert abs(clock() - stamped) < timedelta(minutes=1)
    assert question.sha256 == DIGEST


def test_openssl_agrees(authority: Authority, tmp_path: Path) -> None:
    question = ask_for(LINE)
    (tmp_path / "line").write_bytes(LINE)
    (tmp_path / "answer").write_bytes(authority.answer(question.der))
    (tmp_path / "query").write_bytes(question.der)
    command = ["ts", "-verify", "-in", str(tmp_path / "answer"), "-CAfile", str(authority.roots)]
    assert "OK" in run_openssl(*command, "-data", str(tmp_path / "line"))
    assert "OK" in run_openssl(*command, "-digest", DIGEST)
    assert "OK" in run_openssl(*command, "-queryfile", str(tmp_path / "query"))


def test_certificates_in_the_order_of_the_chain_are_read_too(tmp_path: Path) -> None:
    for number in range(6):  # the order of the bytes is chance: half of them are not sorted
        chained = make_authority(tmp_path / str(number), chain=True)
        question = ask_for(LINE)
        answer = chained.answer(question.der)
        check_answer(answer, DIGEST, chained.roots.read_bytes(), question.nonce)


def test_a_stamp_of_another_line_proves_nothing(authority: Authority) -> None:
    answer = authority.answer(ask_for(b"another\n").der)
    with pytest.raises(Unfit, match="another digest"):
        check_answer(answer, DIGEST, authority.roots.read_bytes())


def test_an_old_answer_is_not_taken_for_a_new_one(authority: Authority) -> None:
    old, new = ask_for(LINE), ask_for(LINE)
    assert old.nonce != new.nonce
    with pytest.raises(Unfit, match="Nonce"):
        check_answer(authority.answer(old.der), DIGEST, authority.roots.read_bytes(), new.nonce)


def test_a_digest_that_is_not_sha256_is_refused(authority: Authority, tmp_path: Path) -> None:
    query = tmp_path / "query"
    run_openssl("ts", "-query", "-sha512", "-cert", "-digest", "00" * 64, "-out", str(query))
    with pytest.raises(Unfit, match="another digest"):
        check_answer(authority.answer(query.read_bytes()), DIGEST, authority.roots.read_bytes())


def test_only_the_trusted_roots_count(authority: Authority, tmp_path: Path) -> None:
    other = make_authority(tmp_path / "other")
    with pytest.raises(Unfit, match="signature does not hold"):
        check_answer(other.answer(ask_for(LINE).der), DIGEST, authority.roots.read_bytes())


def test_a_certificate_must_have_been_valid_then(tmp_path: Path) -> None:
    ended = make_authority(tmp_path, ended=True)
    with pytest.raises(Unfit, match="certificate has expired"):
        check_answer(ended.answer(ask_for(LINE).der), DIGEST, ended.roots.read_bytes())


def forged(authority: Authority, folder: Path, *certificates: bytes) -> bytes:
    """A stamp signed with a certificate that is for something else, put together by hand."""
    question = ask_for(LINE)
    good = make_authority(folder / "good").answer(question.der)
    (folder / "good.tsr").write_bytes(good)
    token = folder / "good.p7"
    run_openssl("ts", "-reply", "-in", str(folder / "good.tsr"), "-token_out", "-out", str(token))
    content = folder / "content.der"
    verify = ["cms", "-verify", "-noverify", "-inform", "DER", "-in", str(token), "-binary"]
    run_openssl(*verify, "-out", str(content))
    signed = folder / "signed.p7"
    sign = ["cms", "-sign", "-binary", "-nodetach", "-econtent_type", "1.2.840.113549.1.9.16.1.4"]
    keys = ["-signer", f"{authority.folder}/signer.pem", "-inkey", f"{authority.folder}/signer.key"]
    for number, each in enumerate(certificates):
        (folder / f"{number}.pem").write_bytes(each)
        keys += ["-certfile", str(folder / f"{number}.pem")]
    run_openssl(*sign, *keys, "-in", str(content), "-outform", "DER", "-out", str(signed))
    body = bytes.fromhex("3003020100") + signed.read_bytes()
    return b"\x30\x82" + len(body).to_bytes(2) + body


def test_the_signer_must_be_certified_for_time_stamping(tmp_path: Path) -> None:
    for usage in (None, ExtendedKeyUsageOID.SERVER_AUTH):
        plain = make_authority(tmp_path / str(usage), usage=usage)
        with pytest.raises(Unfit, match=r"EKU|purpose"):
            check_answer(forged(plain, tmp_path), DIGEST, plain.roots.read_bytes())


def test_a_second_certificate_of_the_same_name_cannot_lend_its_right(tmp_path: Path) -> None:
    plain = make_authority(tmp_path / "plain", usage=None)
    lent = certify_again(plain, ExtendedKeyUsageOID.TIME_STAMPING)
    for _ in range(4):
        with pytest.raises(Unfit, match="same name and number"):
            check_answer(forged(plain, tmp_path, lent), DIGEST, plain.roots.read_bytes())


def test_a_refusal_is_told_in_the_authoritys_words(authority: Authority, tmp_path: Path) -> None:
    query = tmp_path / "query"
    policy = ["-tspolicy", "1.2.3.4.99"]
    run_openssl("ts", "-query", "-sha256", *policy, "-digest", DIGEST, "-out", str(query))
    with pytest.raises(Unfit, match=r"did not grant it \(status 2: "):
        check_answer(authority.answer(query.read_bytes()), DIGEST, authority.roots.read_bytes())


def test_nothing_else_is_an_answer(authority: Authority) -> None:
    good = authority.answer(ask_for(LINE).der)
    roots = authority.roots.read_bytes()
    chance = random.Random(3)
    for junk in (b"", b"<html>", good + b"\0", good[:-1], chance.randbytes(4000)):
        with pytest.raises(Unfit):
            check_answer(junk, DIGEST, roots)
    with pytest.raises(Unfit, match="no PEM file"):
        check_answer(good, DIGEST, b"certificates")


def test_a_broken_answer_never_raises_anything_else(authority: Authority) -> None:
    good = authority.answer(ask_for(LINE).der)
    roots = authority.roots.read_bytes()
    chance = random.Random(5)
    for _ in range(1500):
        broken = bytearray(good)
        for _ in range(chance.randint(1, 6)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            stamped = check_answer(bytes(broken), DIGEST, roots)
        except Unfit:
            continue
        assert stamped == check_answer(good, DIGEST, roots), "only what is not signed may change"
