"""Model signatures in the form of OpenSSF Model Signing: a bundle that lists the hash of each file.

The library of that name brings twenty packages, some of which speak to the network, and reads a
folder on disk only. What is needed offline is one signature over one text.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificate

from models_registry.checks.intake.refusal import Refused
from models_registry.checks.readers.bounded_json import read_json

MOST = 16 << 20
_PAYLOAD = "application/vnd.in-toto+json"
_PREDICATE = "https://model_signing/signature/v1.0"
_HASHES: Mapping[int, type[hashes.HashAlgorithm]] = {
    256: hashes.SHA256,
    384: hashes.SHA384,
    521: hashes.SHA512,
}


@dataclass(frozen=True, slots=True)
class Signature:
    """What was signed: the SHA-256 of each file by path. ``certificate`` is the signer's own."""

    files: Mapping[str, str]
    payload: bytes
    signature: bytes
    certificate: bytes = b""

    def signed_by(self, key: ec.EllipticCurvePublicKey) -> bool:
        """Whether the owner of a key signed exactly this."""
        signed = b"DSSEv1 %d %b %d %b" % (
            len(_PAYLOAD),
            _PAYLOAD.encode(),
            len(self.payload),
            self.payload,
        )
        try:
            key.verify(self.signature, signed, ec.ECDSA(_HASHES[key.curve.key_size]()))
        except InvalidSignature:
            return False
        return True

    def own_key(self) -> ec.EllipticCurvePublicKey | None:
        """The key of the certificate inside, which anyone can put there."""
        try:
            certificate = load_der_x509_certificate(self.certificate)
            return _usable(certificate.public_key())
        except (ValueError, UnsupportedAlgorithm):
            return None


def read_key(pem: str) -> ec.EllipticCurvePublicKey | None:
    """A public key or the key of a certificate; nothing where it is of no kind used here."""
    content = pem.encode()
    try:
        if "BEGIN CERTIFICATE" in pem:
            return _usable(load_pem_x509_certificate(content).public_key())
        return _usable(load_pem_public_key(content))
    except (ValueError, UnsupportedAlgorithm):
        return None


def read_signature(content: bytes, *, name: str) -> Signature:
    """What a bundle says; Refused where it is of another form or contradicts itself."""
    bundle = read_json(content, name=name, at_most=MOST)
    try:
        envelope = bundle["dsseEnvelope"]
        payload = base64.b64decode(envelope["payload"], validate=True)
        signature = base64.b64decode(envelope["signatures"][0]["sig"], validate=True)
        known = envelope["payloadType"] == _PAYLOAD
        certificate = _certificate(bundle.get("verificationMaterial"))
        statement = read_json(payload, name=name, at_most=MOST)
        files = _files(statement)
    except (TypeError, LookupError, AttributeError, binascii.Error, ValueError) as error:
        raise Refused("signature_broken", name=name) from error
    if not known or not files:
        raise Refused("signature_broken", name=name)
    return Signature(files, payload, signature, certificate)


def _files(statement: Any) -> dict[str, str]:
    if statement["predicateType"] != _PREDICATE or len(statement["subject"]) != 1:
        raise ValueError("another kind of statement")
    files: dict[str, str] = {}
    together = hashlib.sha256()
    for resource in statement["predicate"]["resources"]:
        name, digest = str(resource["name"]), bytes.fromhex(resource["digest"])
        if resource["algorithm"] != "sha256" or len(digest) != 32 or name in files:
            raise ValueError("another way of hashing")
        files[name] = digest.hex()
        together.update(digest)
    if together.hexdigest() != statement["subject"][0]["digest"]["sha256"]:
        raise ValueError("the list is not the one that the statement is about")
    return files


def _certificate(material: Any) -> bytes:
    if not isinstance(material, dict):
        return b""
    one = material.get("certificate")
    if one is None:
        chain = material.get("x509CertificateChain") or {}
        one = (chain.get("certificates") or [None])[0]
    return base64.b64decode(one["rawBytes"], validate=True) if one else b""


def _usable(key: object) -> ec.EllipticCurvePublicKey | None:
    fits = isinstance(key, ec.EllipticCurvePublicKey) and key.curve.key_size in _HASHES
    return key if fits and isinstance(key, ec.EllipticCurvePublicKey) else None
