"""What is sealed is what `sha256sum` checks, what is proven is what an authority said, and what was forged or cut proves nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from running import run
from small import CLAIMS, could_not_run, file_of, ledger_at

from ledger.exchange.seals import Sealed, list_of, sealed_in
from ledger.exchange.stamps import Pins, nonce_in, request, verified
from ledger.model import Trouble

pytest.importorskip("rfc3161_client", reason="rfc3161-client is not installed: the extra `proof`")

from authority import NOON, SHA512, Holder, answer, holder, info, stamped, token
from cryptography.x509.oid import ExtendedKeyUsageOID

ROOT = holder("Root of Millbrook", authority=True)
BETWEEN = holder("Between", ROOT, authority=True)
SIGNER = holder("Clock of Millbrook", BETWEEN)


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A ledger with an original and a first list, that trusts the authority."""
    folder = ledger_at(tmp_path / "ledger", file_of(CLAIMS))
    (folder / "originals").mkdir()
    (folder / "originals" / "page.html").write_bytes(b"<p>Millbrook</p>\r\n")
    assert run("-C", folder, "seal").code == 0
    pin(folder, [ROOT], [SIGNER])
    return folder


def pin(folder: Path, roots: list[Holder], signers: list[Holder]) -> None:
    (folder / "proofs" / "roots.pem").write_bytes(b"".join(each.pem for each in roots))
    (folder / "proofs" / "signers.pem").write_bytes(b"".join(each.pem for each in signers))


def list_at(folder: Path, number: int = 1) -> tuple[bytes, bytes]:
    """A list, and the nonce of its request with its digest in front."""
    data = (folder / "proofs" / f"{number:04}.sha256").read_bytes()
    return data, (folder / "proofs" / f"{number:04}.tsq").read_bytes()


def honest(folder: Path, number: int = 1, time: datetime = NOON) -> bytes:
    data, asked = list_at(folder, number)
    return stamped(asked, data, SIGNER, [BETWEEN], time)


def attached(folder: Path, data: bytes) -> Any:
    path = folder / "answer.tsr"
    path.write_bytes(data)
    return run("-C", folder, "seal", "--attach", path)


def told(folder: Path, *more: str | Path) -> tuple[int, dict[str, Any]]:
    outcome = run("-C", folder, "proofs", "--format", "json", *more)
    return outcome.code, json.loads(outcome.out)


def change(folder: Path) -> None:
    """Somebody writes on in the claims."""
    path = next((folder / "claims").glob("*.yaml"))
    path.write_bytes(path.read_bytes() + b"# more\n")


# -- lists ---------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="there is no sha256sum here")
def test_sha256sum_checks_a_list_and_the_one_before_it(sealed: Path) -> None:
    for name in ("odd\\name.txt", " lead.txt", "bl ank.txt", "ў.txt", *([] if os.name == "nt" else ["two\nlines.txt", "re\rturn.txt"])):
        (sealed / "originals" / name).write_bytes(name.encode())
    done = run("-C", sealed, "seal")
    assert done.code == 0 and "sha256sum -c proofs/0002.sha256" in done.out and "proofs/0002.tsq" in done.out
    checked = subprocess.run(["sha256sum", "--strict", "-c", "proofs/0002.sha256"], cwd=sealed, capture_output=True, check=False)
    assert checked.returncode == 0 and b"proofs/0001.sha256: OK" in checked.stdout
    names = {os.fsencode(path.relative_to(sealed)) for path in sealed.rglob("*") if path.is_file()}
    written = subprocess.run(["sha256sum", "--", *sorted(names)], cwd=sealed, capture_output=True, check=True).stdout.split(b"\n")
    data = list_at(sealed, 2)[0]
    assert set(data.split(b"\n")) <= set(written)
    left_out = {line.partition(b"  ")[2] for line in set(written) - set(data.split(b"\n"))}
    assert left_out == {b"proofs/0001.tsq", b"proofs/0002.sha256", b"proofs/0002.tsq"}
    (sealed / "seeds" / "text.txt").write_bytes(b"other")
    (sealed / "proofs" / "0001.sha256").write_bytes(b"other")
    failing = subprocess.run(["sha256sum", "-c", "proofs/0002.sha256"], cwd=sealed, capture_output=True, check=False).stdout
    assert b"seeds/text.txt: FAILED" in failing and b"proofs/0001.sha256: FAILED" in failing


def test_what_is_not_sealed_is_said(sealed: Path) -> None:
    (sealed / "originals" / "more").mkdir()
    (sealed / "originals" / "more" / "scan.pdf").write_bytes(b"x")
    (sealed / "originals" / "linked.pdf").symlink_to(sealed / "ledger.yaml")
    outcome = run("-C", sealed, "seal")
    assert outcome.code == 0 and outcome.err == "".join(
        f"ledger: not sealed, since it is no plain file: originals/{name}\n" for name in ("linked.pdf", "more")
    )


def test_a_list_is_written_only_where_something_changed(sealed: Path) -> None:
    again = run("-C", sealed, "seal")
    assert again.code == 0 and "nothing has changed since proofs/0001.sha256" in again.out and "curl" in again.out
    assert not (sealed / "proofs" / "0002.sha256").exists()
    change(sealed)
    assert run("-C", sealed, "seal").code == 0
    assert (sealed / "proofs" / "0002.sha256").exists()
    assert "nothing has changed" in run("-C", sealed, "seal").out


def test_what_is_read_of_a_list_is_what_was_written() -> None:
    files = [Sealed(f"{number:064x}", name) for number, name in enumerate(sorted(["a", "b\\n", "c\nd", "e\\\nf", "\\", "g\r"]))]
    assert sorted(sealed_in(list_of(files))) == files
    for wrong in (b"", b"\n", list_of(files)[:-1], list_of(files) + b"\n", list_of(files).upper(), list_of(files).replace(b"  ", b" *", 1)):
        with pytest.raises(Trouble):
            sealed_in(wrong)


def test_a_request_asks_for_this_digest_and_is_never_the_same() -> None:
    digest = hashlib.sha256(b"list").digest()
    asked = {request(digest) for _ in range(3)}
    assert len(asked) == 3 and len({nonce_in(each, digest) for each in asked}) == 3
    with pytest.raises(Trouble):
        nonce_in(next(iter(asked)), hashlib.sha256(b"other").digest())


# -- what is proven ------------------------------------------------------------------------------------------------------


def test_an_answer_is_kept_and_says_what_is_proven(sealed: Path) -> None:
    done = attached(sealed, honest(sealed))
    assert (done.code, done.err) == (0, "")
    words = "these bytes existed on or before 2025-12-13 12:00:01 UTC (by a clock right to 1 s, as it says), says the authority CN=Clock of Millbrook"
    assert words in done.out and (sealed / "proofs" / "0001.tsr").read_bytes() == (sealed / "answer.tsr").read_bytes()
    shown = run("-C", sealed, "proofs")
    assert shown.code == 0 and words in shown.out and "nothing wrong" in shown.out and "not say that they are true" in shown.out
    assert f"signer CN=Clock of Millbrook, sha256 {hashlib.sha256(SIGNER.der).hexdigest()}" in shown.out
    code, found = told(sealed)
    assert code == 0 and found["lists"][0]["existed_by"] == "2025-12-13T12:00:01+00:00"
    assert found["lists"][0]["stamp"]["root_sha256"] == hashlib.sha256(ROOT.der).hexdigest()
    paths = {each["path"]: each["existed_by"] for each in found["files"]}
    assert paths.pop("proofs/roots.pem") is None and paths.pop("proofs/signers.pem") is None  # pinned after the list was made
    assert len(paths) == 4 and set(paths.values()) == {"2025-12-13T12:00:01+00:00"}
    assert attached(sealed, (sealed / "answer.tsr").read_bytes()).code == 0
    assert "with another answer" in could_not_run(attached(sealed, honest(sealed, time=NOON + timedelta(days=1))))


def test_a_list_without_an_answer_is_proven_by_a_later_one_that_holds_it(sealed: Path) -> None:
    change(sealed)
    run("-C", sealed, "seal")
    change(sealed)
    assert attached(sealed, honest(sealed, 2)).code == 0
    code, found = told(sealed)
    assert code == 0 and [each["existed_by_list"] for each in found["lists"]] == ["proofs/0002.sha256"] * 2
    assert [each["stamp"] is None for each in found["lists"]] == [True, False]
    by_path = {each["path"]: each for each in found["files"]}
    assert by_path["seeds/text.txt"]["existed_by"] is not None
    (claims,) = (each for path, each in by_path.items() if path.startswith("claims/"))
    assert claims["list"] is None and claims["existed_by"] is None  # as it is now, nothing proves it
    assert "1 file as no list has them (`ledger seal`): claims/" in run("-C", sealed, "proofs").out


def test_the_earliest_stamp_counts(sealed: Path) -> None:
    change(sealed)
    run("-C", sealed, "seal")
    assert attached(sealed, honest(sealed, 1, NOON + timedelta(days=9))).code == attached(sealed, honest(sealed, 2)).code == 0
    assert [each["existed_by"] for each in told(sealed)[1]["lists"]] == ["2025-12-13T12:00:01+00:00"] * 2


def test_a_seed_that_was_sealed_and_changed_is_told(sealed: Path) -> None:
    (sealed / "seeds" / "text.txt").write_bytes(b"other")
    (sealed / "originals" / "page.html").unlink()
    code, found = told(sealed)
    assert code == 1 and found["lost"] == ["originals/page.html is not here any more", "seeds/text.txt has changed"]
    run("-C", sealed, "seal")
    code, found = told(sealed)
    assert code == 0 and found["altered"] == ["seeds/text.txt is another in proofs/0002.sha256 than in proofs/0001.sha256"]


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_names_are_never_terminal_codes(sealed: Path) -> None:
    (sealed / "originals" / "red\x1b[31m\nline").write_bytes(b"x")
    run("-C", sealed, "seal")
    (sealed / "originals" / "red\x1b[31m\nline").write_bytes(b"y")
    out = run("-C", sealed, "proofs").out
    assert "\x1b" not in out and "originals/red<U+001B>[31m line has changed" in out
    assert run("-C", sealed, "seal").code == 0
    assert "\x1b" not in run("-C", sealed, "proofs").out


def test_pins_of_another_folder_are_trusted_instead(sealed: Path, tmp_path: Path) -> None:
    assert attached(sealed, honest(sealed)).code == 0
    own = tmp_path / "own"
    own.mkdir()
    assert "roots.pem and signers.pem" in could_not_run(run("-C", sealed, "proofs", "--pins", own))
    stranger = holder("Stranger", authority=True)
    (own / "roots.pem").write_bytes(stranger.pem)
    (own / "signers.pem").write_bytes(SIGNER.pem)
    code, found = told(sealed, "--pins", own)
    assert code == 1 and "do not lead to a root" in found["defects"][0]
    (own / "roots.pem").write_bytes(stranger.pem + ROOT.pem)
    assert told(sealed, "--pins", own)[0] == 0


def test_other_pins_are_told_from_list_to_list(sealed: Path) -> None:
    change(sealed)
    run("-C", sealed, "seal")
    pin(sealed, [holder("Stranger", authority=True)], [SIGNER])
    change(sealed)
    run("-C", sealed, "seal")
    assert told(sealed)[1]["altered"] == ["proofs/roots.pem is another in proofs/0003.sha256 than in proofs/0002.sha256"]


# -- forged or cut -------------------------------------------------------------------------------------------------------

Forged = Callable[[bytes, int], bytes]


def by(signer: Holder, *beside: Holder, time: datetime = NOON) -> Forged:
    return lambda digest, nonce: answer(token(info(digest, nonce, time), signer, beside))


def refused(status: int, words: str) -> Forged:
    return lambda digest, nonce: answer(None, status, words)


STRANGER = holder("Stranger", authority=True)
SELF = holder("Self", usage=ExtendedKeyUsageOID.TIME_STAMPING)
WEB = holder("Web", BETWEEN, usage=ExtendedKeyUsageOID.SERVER_AUTH)
NO_USE = holder("No use", BETWEEN, usage=None)
OLD = holder("Old", BETWEEN, ends=datetime(2024, 1, 1, tzinfo=UTC))
YOUNG = holder("Young", BETWEEN, begins=datetime(2026, 1, 1, tzinfo=UTC))
LOST = holder("Lost", holder("Not sent", STRANGER, authority=True))
NO_AUTHORITY = holder("No authority", ROOT)
BELOW = holder("Below", NO_AUTHORITY)
TWIN = holder("Clock of Millbrook", BETWEEN._replace(key=STRANGER.key), number=SIGNER.certificate.serial_number)
OTHER = hashlib.sha256(b"other").digest()

FORGED: dict[str, tuple[Forged, str]] = {
    "cut short": (lambda digest, nonce: by(SIGNER, BETWEEN)(digest, nonce)[:-40], "no answer"),
    "garbage": (lambda digest, nonce: b"\x30\x82garbage" * 99, "no answer"),
    "empty": (lambda digest, nonce: b"", "no answer"),
    "rejected": (refused(2, "no \x1b[31m time"), "did not grant it: rejection (no <U+001B>[31m time)"),
    "waiting": (refused(3, ""), "did not grant it: waiting"),
    "granted, and no token": (lambda digest, nonce: answer(None), "no time stamp"),
    "other digest": (lambda digest, nonce: answer(token(info(OTHER, nonce), SIGNER, [BETWEEN])), "none of the lists"),
    "other hash": (
        lambda digest, nonce: answer(token(info(digest, nonce, hashed_with=SHA512), SIGNER, [BETWEEN])),
        "stamps other bytes",
    ),
    "other nonce": (lambda digest, nonce: answer(token(info(digest, nonce + 1), SIGNER, [BETWEEN])), "another nonce"),
    "no nonce": (lambda digest, nonce: answer(token(info(digest, None), SIGNER, [BETWEEN])), "another nonce"),
    "a signer that is not pinned": (by(holder("Other", BETWEEN), BETWEEN), "is not pinned in proofs/signers.pem"),
    "a twin of the signer": (by(TWIN, BETWEEN), "not signed as an authority signs"),
    "a root that is not pinned": (by(LOST), "do not lead to a root that is pinned"),
    "a signer of his own": (by(SELF), "do not lead to a root that is pinned"),
    "certificates between that were not sent": (by(SIGNER), "do not lead to a root that is pinned"),
    "issued by one who may issue none": (by(BELOW, NO_AUTHORITY), "not signed as an authority signs"),
    "a certificate for web pages": (by(WEB, BETWEEN), "not signed as an authority signs"),
    "a certificate for no use": (by(NO_USE, BETWEEN), "not signed as an authority signs"),
    "expired": (by(OLD, BETWEEN), "not signed as an authority signs"),
    "not valid yet": (by(YOUNG, BETWEEN), "not signed as an authority signs"),
    "altered after it was signed": (
        lambda digest, nonce: answer(
            token(info(digest, nonce, NOON), SIGNER, [BETWEEN], sent=info(digest, nonce, NOON - timedelta(days=99)))
        ),
        "not signed as an authority signs",
    ),
    "50 MB": (lambda digest, nonce: by(SIGNER, BETWEEN)(digest, nonce) + bytes(50_000_000), "is larger than"),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_answer_is_refused_and_one_that_was_put_there_proves_nothing(what: str, sealed: Path) -> None:
    pin(sealed, [ROOT], [SIGNER, SELF, WEB, NO_USE, OLD, YOUNG, LOST, BELOW])
    data, asked = list_at(sealed)
    digest = hashlib.sha256(data).digest()
    make, words = FORGED[what]
    forged = make(digest, nonce_in(asked, digest))
    assert words in could_not_run(attached(sealed, forged))
    assert not (sealed / "proofs" / "0001.tsr").exists()
    (sealed / "proofs" / "0001.tsr").write_bytes(forged)
    code, found = told(sealed)
    assert code == 1 and [each["stamp"] for each in found["lists"]] in ([None], []) and "proofs/0001" in found["defects"][0]
    assert {each["existed_by"] for each in found["files"]} == {None}


def test_every_signer_of_the_forged_ones_could_answer_if_all_else_were_right(sealed: Path) -> None:
    """What is refused above is refused for what is named there, and not for how the tests make certificates."""
    pin(sealed, [ROOT, STRANGER, SELF], [SIGNER, SELF, OLD, YOUNG])
    data, asked = list_at(sealed)
    digest = hashlib.sha256(data).digest()
    for signer, time in ((SIGNER, NOON), (SELF, NOON), (OLD, datetime(2023, 1, 1, tzinfo=UTC)), (YOUNG, datetime(2027, 1, 1, tzinfo=UTC))):
        (sealed / "proofs" / "0001.tsr").write_bytes(by(signer, BETWEEN, time=time)(digest, nonce_in(asked, digest)))
        assert told(sealed)[0] == 0, signer.certificate.subject


def test_no_change_of_a_few_bytes_makes_another_answer_of_one() -> None:
    digest = hashlib.sha256(b"list").digest()
    whole = by(SIGNER, BETWEEN)(digest, 5)
    pins = Pins([ROOT.certificate], [SIGNER.certificate])
    stamp = verified(whole, digest, 5, pins)
    for place in range(0, len(whole), 13):
        spoiled = bytearray(whole)
        spoiled[place] ^= 0xFF
        for data in (bytes(spoiled), whole[:place], whole[:place] + whole[place + 5 :]):
            with suppress(Trouble):  # (what is not signed, such as words of the status, may be other words)
                assert verified(data, digest, 5, pins) == stamp


def swapped(folder: Path) -> None:
    one, other = (folder / "proofs" / f"000{number}.sha256" for number in (1, 2))
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)


def with_line_changed(folder: Path) -> None:
    path = folder / "proofs" / "0001.sha256"
    data = path.read_bytes()
    path.write_bytes((b"1" if data[:1] == b"0" else b"0") + data[1:])


def with_line_dropped(folder: Path) -> None:
    path = folder / "proofs" / "0002.sha256"
    path.write_bytes(b"".join(line + b"\n" for line in path.read_bytes().split(b"\n") if line and b"0001.sha256" not in line))


def with_text_behind(folder: Path) -> None:
    path = folder / "proofs" / "0002.sha256"
    path.write_bytes(path.read_bytes() + b"# all is well\n")


def with_another_request(folder: Path) -> None:
    (folder / "proofs" / "0001.tsq").write_bytes(request(hashlib.sha256(list_at(folder)[0]).digest()))


def with_number_made_up(folder: Path) -> None:
    (folder / "proofs" / "99999999.sha256").write_bytes(list_at(folder, 2)[0])


def gone(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / "proofs" / name).unlink()


CUT: dict[str, tuple[Callable[[Path], None], str]] = {
    "swapped": (swapped, "not in their order"),
    "a line changed": (with_line_changed, "was changed"),
    "the chain cut": (with_line_dropped, "names none"),
    "text behind": (with_text_behind, "line 6 is none that `ledger seal` writes"),
    "the first missing": (gone("0001.sha256"), "0001.sha256: missing, and its request or answer is here"),
    "the last missing": (gone("0002.sha256"), "0002.sha256: missing, and its request or answer is here"),
    "the request missing": (gone("0001.tsq"), "0001.tsq, is missing"),
    "another request": (with_another_request, "another nonce"),
    "a number made up": (with_number_made_up, "0003.sha256 to proofs/99999998"),
}


@pytest.mark.parametrize("what", CUT)
def test_a_chain_that_was_changed_or_cut_is_told(what: str, sealed: Path) -> None:
    (sealed / "proofs" / "roots.pem").unlink()
    (sealed / "proofs" / "signers.pem").unlink()
    change(sealed)
    run("-C", sealed, "seal")
    pin(sealed, [ROOT], [SIGNER])
    assert attached(sealed, honest(sealed)).code == attached(sealed, honest(sealed, 2, NOON + timedelta(days=9))).code == 0
    assert told(sealed)[0] == 0
    spoil, words = CUT[what]
    spoil(sealed)
    code, found = told(sealed)
    assert code == 1 and words in "; ".join(found["defects"])
    if what == "a line changed":
        assert found["lists"][0]["existed_by"] is None  # (the second holds the digest of another)
    if what not in ("the request missing", "another request"):
        assert "nothing is chained to that" in could_not_run(run("-C", sealed, "seal"))


def test_a_link_is_never_followed_and_other_files_are_left_alone(sealed: Path, tmp_path: Path) -> None:
    (sealed / "proofs" / "README").write_text("ours\n")
    (sealed / "proofs" / "1.sha256").write_text("no list of ours\n")
    assert told(sealed)[0] == 0
    (tmp_path / "outside").write_bytes(b"x")
    (sealed / "originals" / "link.html").symlink_to(tmp_path / "outside")
    change(sealed)
    run("-C", sealed, "seal")
    assert b"link.html" not in list_at(sealed, 2)[0]
    (sealed / "proofs" / "roots.pem").unlink()
    (sealed / "proofs" / "roots.pem").symlink_to(tmp_path / "outside")
    assert "symbolic link" in could_not_run(run("-C", sealed, "proofs"))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl here")
def test_openssl_reads_what_is_asked_and_its_answer_is_taken(sealed: Path, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    signer = holder("Signer of openssl", ROOT)
    (tmp_path / "key.pem").write_bytes(signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (tmp_path / "signer.pem").write_bytes(signer.pem)
    (tmp_path / "serial").write_text("01\n")
    (tmp_path / "ts.cnf").write_text(
        "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256\n"
        "accuracy = secs:2\ness_cert_id_alg = sha256\n"
    )
    query = sealed / "proofs" / "0001.tsq"
    words: list[str | Path] = [
        "openssl",
        "ts",
        "-reply",
        "-config",
        "ts.cnf",
        "-queryfile",
        query,
        "-inkey",
        "key.pem",
        "-signer",
        "signer.pem",
    ]
    made = subprocess.run([*words, "-out", sealed / "answer.tsr"], cwd=tmp_path, capture_output=True, check=False)
    assert made.returncode == 0, made.stderr
    assert "is not pinned" in could_not_run(run("-C", sealed, "seal", "--attach", sealed / "answer.tsr"))
    pin(sealed, [ROOT], [signer])
    done = run("-C", sealed, "seal", "--attach", sealed / "answer.tsr")
    assert done.code == 0 and "(by a clock right to 2 s, as it says), says the authority CN=Signer of openssl" in done.out


def test_without_the_extra_lists_are_written_and_checked(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answered = honest(sealed)
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    change(sealed)
    assert run("-C", sealed, "seal").code == 0 and told(sealed)[0] == 0
    assert 'pip install "fact-ledger[proof]"' in could_not_run(attached(sealed, answered))
    (sealed / "proofs" / "0001.tsr").write_bytes(answered)
    code, found = told(sealed)
    assert code == 1 and 'pip install "fact-ledger[proof]"' in found["defects"][0] and found["lists"][0]["existed_by"] is None
