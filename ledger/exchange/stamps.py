"""Time stamps (RFC 3161): what an authority is asked for, and whether an answer is what was asked for, of a signer and a root that are pinned."""

from __future__ import annotations

import hashlib
import secrets
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ledger.exchange.seals import ROOTS, SIGNERS
from ledger.model import Trouble
from ledger.model.extras import needs
from ledger.texts.display import one_line, shorten

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

SHA256 = "2.16.840.1.101.3.4.2.1"
# A request in DER: version 1; the SHA-256 of what shall be stamped; a nonce of eight bytes; "send your certificates".
_BEFORE = bytes.fromhex("30430201013031300d060960864801650304020105000420")
_BETWEEN = bytes.fromhex("0208")
_BEHIND = bytes.fromhex("0101ff")
_FAR_UP = 10  # certificates between a signer and its root, at most


class Stamp(NamedTuple):
    """What an answer that was verified says: when, how exactly (empty: it does not say), and who."""

    time: datetime
    accuracy: str
    latest: datetime
    signer: str
    signer_sha256: str
    root: str
    root_sha256: str


class Pins(NamedTuple):
    """The certificates that are trusted: roots, and signers."""

    roots: Sequence[Certificate]
    signers: Sequence[Certificate]


def request(digest: bytes) -> bytes:
    """A request for a time stamp of what has this SHA-256."""
    nonce = secrets.randbits(62) | 1 << 62  # (always eight bytes, never negative)
    return _BEFORE + digest + _BETWEEN + nonce.to_bytes(8, "big") + _BEHIND


def nonce_in(data: bytes, digest: bytes) -> int:
    """The nonce of a request of ours for this SHA-256; raises Trouble for any other."""
    before, nonce = _BEFORE + digest + _BETWEEN, data[len(_BEFORE) + len(digest) + len(_BETWEEN) : -len(_BEHIND)]
    if len(nonce) != 8 or data != before + nonce + _BEHIND:
        raise Trouble("it is not the request that `ledger seal` made for this list")
    return int.from_bytes(nonce, "big")


def pins_of(roots: bytes, signers: bytes) -> Pins:
    """The certificates of two files (PEM). Raises Trouble for a file of anything else."""
    with needs("cryptography", "proof"):
        from cryptography.x509 import load_pem_x509_certificates
    found = []
    for path, data in ((ROOTS, roots), (SIGNERS, signers)):
        with _read_by_others(f"{path} holds something else than certificates in PEM"):
            found.append(load_pem_x509_certificates(data) if data.strip() else [])
    return Pins(*found)


@contextmanager
def _read_by_others(broken: str) -> Iterator[None]:
    """What the libraries do with bytes of strangers, of which they warn and for which they raise errors of a dozen kinds: Trouble, that says
    what is broken."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except Trouble:
            raise
        except Exception as problem:
            raise Trouble(f"{broken} ({type(problem).__name__})") from None


def stamped(answer: bytes) -> bytes:
    """The SHA-256 that an answer stamps. Raises Trouble for what is no answer, or one that was refused."""
    return _read(answer).tst_info.message_imprint.message


def verified(answer: bytes, digest: bytes, nonce: int, pins: Pins) -> Stamp:
    """What an answer says, of this digest and nonce. Raises Trouble where it is not so in every point, or not signed by a pinned signer whose
    certificates lead to a pinned root."""
    response = _read(answer)
    with _read_by_others("it can't be verified: something in it is broken"):
        return _verified(response, digest, nonce, pins)


def _verified(response: TimeStampResponse, digest: bytes, nonce: int, pins: Pins) -> Stamp:
    from rfc3161_client import VerificationError, VerifierBuilder

    info = response.tst_info
    if info.message_imprint.hash_algorithm.dotted_string != SHA256 or info.message_imprint.message != digest:
        raise Trouble("it stamps other bytes than this list")
    if info.nonce != nonce:
        raise Trouble("it has another nonce than the request: it answers somebody else, or an earlier request")
    signer, beside = _signer(response, pins)
    root = _root(signer, beside, pins)
    try:
        VerifierBuilder(tsa_certificate=signer, roots=list(pins.roots), nonce=nonce).build().verify(response, digest)
    except VerificationError as problem:
        raise Trouble(f"it is not signed as an authority signs: {shorten(one_line(str(problem)), 200)}") from None
    time = info.gen_time if info.gen_time.tzinfo is not None else info.gen_time.replace(tzinfo=UTC)
    accuracy, words = _accuracy(response)
    return Stamp(time, words, time + accuracy, named(signer), fingerprint(signer), named(root), fingerprint(root))


def _read(answer: bytes) -> TimeStampResponse:
    """An answer that was granted; raises Trouble for any other."""
    with needs("rfc3161-client", "proof"):
        from rfc3161_client import PKIStatus, decode_timestamp_response
    with _read_by_others("it is no answer to a request for a time stamp, or a part of one"):
        response = decode_timestamp_response(answer)
        status, words = response.status, "; ".join(map(one_line, response.status_string))
    if status != PKIStatus.GRANTED:
        known = {each.value: each.name.lower().replace("_", " ") for each in PKIStatus}
        what = known.get(status, f"status {status}")
        raise Trouble(f"the authority did not grant it: {what}" + (f" ({shorten(words, 200)})" if words else ""))
    with _read_by_others("it is granted, and holds no time stamp that can be read"):
        _ = response.tst_info.message_imprint.message, response.signed_data.certificates
    return response


def _signer(response: TimeStampResponse, pins: Pins) -> tuple[Certificate, list[Certificate]]:
    """The pinned certificate that an answer says it is signed by, and those that came with it."""
    from cryptography.x509 import load_der_x509_certificate

    beside = [load_der_x509_certificate(each) for each in sorted(response.signed_data.certificates)]
    signers = list(response.signed_data.signer_infos)
    if len(signers) != 1:
        raise Trouble(f"it has {len(signers)} signatures: an answer has one")
    name, number = signers[0].issuer, signers[0].serial_number
    for each in pins.signers:
        if each.issuer == name and each.serial_number == number:
            return each, beside
    said = [each for each in beside if each.issuer == name and each.serial_number == number]
    who = f"{named(said[0])} (sha256 {fingerprint(said[0])})" if said else f"number {number} of {one_line(name.rfc4514_string())}"
    raise Trouble(f"it is signed by {who}, which is not pinned in {SIGNERS}")


def _root(signer: Certificate, beside: Sequence[Certificate], pins: Pins) -> Certificate:
    """The pinned root to which a signer's certificates lead."""

    def issued(below: Certificate, above: Certificate) -> bool:
        try:
            below.verify_directly_issued_by(above)
        except Exception:  # (a key of a kind that is not known, a signature that does not fit, ...)
            return False
        return True

    current = signer
    for _ in range(_FAR_UP):
        root = next((each for each in pins.roots if issued(current, each)), None)
        if root is not None:
            return root
        above = next((each for each in beside if each != current and issued(current, each)), None)
        if above is None:
            break
        current = above
    raise Trouble(f"the certificates of {named(signer)} do not lead to a root that is pinned in {ROOTS}")


def _accuracy(response: TimeStampResponse) -> tuple[timedelta, str]:
    """Within how much of its time an authority says that it was, and the words for it."""
    told = response.tst_info.accuracy
    if told is None:
        return timedelta(), ""
    accuracy = timedelta(seconds=told.seconds or 0, milliseconds=told.millis or 0, microseconds=told.micros or 0)
    return accuracy, f"{accuracy.total_seconds():.6f}".rstrip("0").rstrip(".") + " s"


def named(certificate: Certificate) -> str:
    """Whose certificate it is."""
    return shorten(one_line(certificate.subject.rfc4514_string()), 200)


def described(der: bytes) -> str:
    """Whose certificate it is, where that can be read here, and its SHA-256: a name can be anybody's, the digest is one certificate's."""
    try:
        from cryptography.x509 import load_der_x509_certificate

        with _read_by_others(""):
            name = f"{named(load_der_x509_certificate(der))}, "
    except (ImportError, Trouble):
        name = ""
    return f"{name}sha256 {hashlib.sha256(der).hexdigest()}"


def fingerprint(certificate: Certificate) -> str:
    """The SHA-256 of a certificate, in hex."""
    from cryptography.hazmat.primitives.hashes import SHA256 as Sha256

    return certificate.fingerprint(Sha256()).hex()
