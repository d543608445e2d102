"""A time-stamping authority of the tests' own, made by hand in DER, so that it can also answer what no honest one would."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from ledger.exchange.stamps import nonce_in

BEGINS, ENDS = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
NOON = datetime(2025, 12, 13, 12, 0, 0, tzinfo=UTC)
SHA256 = "2.16.840.1.101.3.4.2.1"
SHA512 = "2.16.840.1.101.3.4.2.3"


class Holder(NamedTuple):
    """Who has a certificate, and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


def holder(
    name: str,
    above: Holder | None = None,
    authority: bool = False,
    usage: x509.ObjectIdentifier | None = ExtendedKeyUsageOID.TIME_STAMPING,
    begins: datetime = BEGINS,
    ends: datetime = ENDS,
    number: int | None = None,
) -> Holder:
    """Somebody with a certificate of `above` (their own, where there is none)."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named if above is None else above.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number() if number is None else number)
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if not authority and usage is not None:
        made = made.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    return Holder(made.sign(key if above is None else above.key, hashes.SHA256()), key)


# -- DER -----------------------------------------------------------------------------------------------------------------


def der(tag: int, *parts: bytes) -> bytes:
    """A value in DER."""
    body = b"".join(parts)
    length = len(body)
    if length < 128:
        return bytes([tag, length]) + body
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size, "big") + body


def number(value: int) -> bytes:
    return der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    body = bytes([40 * first + second])
    for each in rest:
        digits = [each & 0x7F]
        while each := each >> 7:
            digits.append(each & 0x7F | 0x80)
        body += bytes(reversed(digits))
    return der(0x06, body)


def algorithm(dotted: str) -> bytes:
    return der(0x30, oid(dotted), der(0x05))


def attribute(dotted: str, value: bytes) -> bytes:
    return der(0x30, oid(dotted), der(0x31, value))


# -- answers -------------------------------------------------------------------------------------------------------------


def info(imprint: bytes, nonce: int | None, time: datetime = NOON, hashed_with: str = SHA256) -> bytes:
    """What is signed: the digest, when, and the nonce."""
    return der(
        0x30,
        number(1),
        oid("1.3.6.1.4.1.99999.1"),
        der(0x30, algorithm(hashed_with), der(0x04, imprint)),
        number(7),
        der(0x18, f"{time:%Y%m%d%H%M%SZ}".encode()),
        der(0x30, number(1)),  # right to a second
        *([] if nonce is None else [number(nonce)]),
    )


def token(said: bytes, signer: Holder, beside: Sequence[Holder] = (), sent: bytes | None = None) -> bytes:
    """It, signed; `sent` is what is sent in its place."""
    certificate = signer.certificate
    with_digest = der(0x30, der(0x30, der(0x04, hashlib.sha256(signer.der).digest())))
    attributes = sorted(
        [
            attribute("1.2.840.113549.1.9.3", oid("1.2.840.113549.1.9.16.1.4")),
            attribute("1.2.840.113549.1.9.4", der(0x04, hashlib.sha256(said).digest())),
            attribute("1.2.840.113549.1.9.16.2.47", der(0x30, with_digest)),
        ]
    )
    signature = signer.key.sign(der(0x31, *attributes), ec.ECDSA(hashes.SHA256()))
    signed = der(
        0x30,
        number(1),
        der(0x30, certificate.issuer.public_bytes(), number(certificate.serial_number)),
        algorithm(SHA256),
        der(0xA0, *attributes),
        der(0x30, oid("1.2.840.10045.4.3.2")),
        der(0x04, signature),
    )
    data = der(
        0x30,
        number(3),
        der(0x31, algorithm(SHA256)),
        der(0x30, oid("1.2.840.113549.1.9.16.1.4"), der(0xA0, der(0x04, said if sent is None else sent))),
        der(0xA0, *sorted([signer.der, *(each.der for each in beside)])),
        der(0x31, signed),
    )
    return der(0x30, oid("1.2.840.113549.1.7.2"), der(0xA0, data))


def answer(made: bytes | None, status: int = 0, words: str = "") -> bytes:
    """What an authority sends."""
    told = der(0x30, number(status), *([der(0x30, der(0x0C, words.encode()))] if words else []))
    return der(0x30, told, *([] if made is None else [made]))


def stamped(request: bytes, list_: bytes, signer: Holder, beside: Sequence[Holder] = (), time: datetime = NOON) -> bytes:
    """The honest answer to a request for a list."""
    digest = hashlib.sha256(list_).digest()
    return answer(token(info(digest, nonce_in(request, digest), time), signer, beside))
