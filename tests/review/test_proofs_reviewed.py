"""What a pull request does to proofs is told in every format: whom the ledger trusts, and what was changed or taken away."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from branches import commit, repository_at
from running import run

FORMATS = ("text", "markdown", "github", "sarif", "gitlab", "json")


def pem(der: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(der) + b"-----END CERTIFICATE-----\n"


OWN, OTHER, SIGNER = b"the root of the ledger", b"the root of a stranger", b"a signer"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a list, its request and an answer, and certificates that it trusts."""
    folder = repository_at(tmp_path_factory.mktemp("kept") / "ledger")
    assert run("-C", folder, "seal").code == 0
    (folder / "proofs" / "0001.tsr").write_bytes(b"an answer")
    (folder / "proofs" / "roots.pem").write_bytes(pem(OWN))
    (folder / "proofs" / "signers.pem").write_bytes(pem(SIGNER))
    (folder / "proofs" / "README").write_text("whose proofs these are", encoding="utf-8")
    commit(folder, "sealed")
    return folder


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "ledger"))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def swap_root(proofs: Path) -> None:
    (proofs / "roots.pem").write_bytes(pem(OTHER))


def edit_list(proofs: Path) -> None:
    with (proofs / "0001.sha256").open("ab") as file:
        file.write(b"more\n")


CHANGES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a root is swapped": (
        swap_root,
        ["roots.pem", "changed", sha256(OWN), sha256(OTHER)],
    ),
    "pins are gone": (lambda proofs: (proofs / "signers.pem").unlink(), ["signers.pem", "removed", sha256(SIGNER)]),
    "a list is changed": (edit_list, ["0001.sha256", "changed"]),
    "an answer is replaced": (
        lambda proofs: (proofs / "0001.tsr").write_bytes(b"another"),
        ["0001.tsr", "changed", sha256(b"an answer"), sha256(b"another")],
    ),
    "a request is gone": (lambda proofs: (proofs / "0001.tsq").unlink(), ["0001.tsq", "removed"]),
}


@pytest.mark.parametrize("committed", [True, False], ids=["commits", "files"])
@pytest.mark.parametrize("what", CHANGES)
def test_a_person_is_told_to_look(what: str, committed: bool, folder: Path) -> None:
    change, words = CHANGES[what]
    change(folder / "proofs")
    asked = ["HEAD"]
    if committed:
        commit(folder)
        asked = ["HEAD^..HEAD"]
    for form in FORMATS:
        code, out, err = run("-C", folder, "review", *asked, "--format", form)
        assert (code, err) == (0, "") and all(word in out for word in words), (form, out)
        assert run("-C", folder, "review", *asked, "--format", form, "--fail-on", "proof").code == 1
    assert "to be looked at by a person" in run("-C", folder, "review", *asked).out
    assert "::warning" in run("-C", folder, "review", *asked, "--format", "github").out


def test_a_certificate_that_stays_is_not_told(folder: Path) -> None:
    (folder / "proofs" / "roots.pem").write_bytes(pem(OWN) + b"with a remark\n" + pem(OTHER))
    (told,) = json.loads(run("-C", folder, "review", "HEAD", "--format", "json").out)["proofs"]
    assert (len(told["trusted"]), told["distrusted"]) == (1, []) and sha256(OTHER) in told["trusted"][0]


def test_another_list_is_nothing_to_worry_about(folder: Path) -> None:
    with (folder / "claims" / "text.yaml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    assert run("-C", folder, "seal").code == 0
    out = run("-C", folder, "review", "HEAD", "--fail-on", "proof")
    assert out.code == 0 and "proofs/0002.sha256: added" in out.out and "by a person" not in out.out


@pytest.mark.parametrize("link", ["0001.tsr", ""])
def test_a_link_proves_nothing(link: str, folder: Path, tmp_path: Path) -> None:
    there = folder / "proofs" / link if link else folder / "proofs"
    shutil.rmtree(there) if there.is_dir() else there.unlink()
    there.symlink_to(tmp_path)
    out = run("-C", folder, "review", "HEAD", "--fail-on", "proof")
    assert out.code == 1 and "it is a link" in out.out


def test_what_is_no_proof_is_not_told(folder: Path) -> None:
    (folder / "proofs" / "README").write_text("other words", encoding="utf-8")
    assert "nothing that the ledger records has changed" in run("-C", folder, "review", "HEAD").out
