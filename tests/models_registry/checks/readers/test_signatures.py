import base64
import contextlib
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from models_registry.checks.intake.refusal import Refused
from models_registry.checks.readers.signatures import read_key, read_signature

SIGNED = Path(__file__).parents[1] / "weights" / "signed"
CONTENT = (SIGNED / "model.sig").read_bytes()
KEY = (SIGNED / "key.pem").read_text()
BROKEN = {"certificate": {"rawBytes": "!"}}
OTHER = (
    Ed25519PrivateKey.generate()
    .public_key()
    .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    .decode()
)


def read(content):
    return read_signature(content, name="model.sig")


def changed(change):
    bundle = json.loads(CONTENT)
    change(bundle)
    return json.dumps(bundle).encode()


def restated(change):
    def restate(bundle):
        envelope = bundle["dsseEnvelope"]
        statement = json.loads(base64.b64decode(envelope["payload"]))
        change(statement)
        envelope["payload"] = base64.b64encode(json.dumps(statement).encode()).decode()

    return changed(restate)


def test_a_signature_lists_files_and_is_true_under_its_key():
    found = read(CONTENT)
    assert sorted(found.files) == ["config.json", "model.safetensors"]
    assert found.signed_by(read_key(KEY))
    assert found.own_key() is None


def test_one_changed_byte_makes_it_untrue():
    found = read(restated(lambda statement: statement["subject"][0].update(name="another")))
    assert not found.signed_by(read_key(KEY))


@pytest.mark.parametrize("pem", ["", "no key", OTHER, KEY.replace("MFkw", "AAAA")])
def test_keys_of_other_kinds_are_none(pem):
    assert read_key(pem) is None


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{}",
        changed(lambda bundle: bundle["dsseEnvelope"].update(payload="!")),
        changed(lambda bundle: bundle["dsseEnvelope"].update(signatures=[])),
        changed(lambda bundle: bundle["dsseEnvelope"].update(payloadType="text/plain")),
        changed(lambda bundle: bundle.update(verificationMaterial=BROKEN)),
        restated(lambda statement: statement.update(predicateType="x")),
        restated(lambda statement: statement["predicate"]["resources"].pop()),
        restated(lambda statement: statement["predicate"]["resources"][0].update(digest="00")),
        restated(lambda statement: statement["predicate"]["resources"][0].update(digest="zz")),
        restated(lambda statement: statement["predicate"]["resources"][0].update(algorithm="md5")),
    ],
)
def test_bundles_of_another_form_are_refused(content):
    with pytest.raises(Refused, match="signature_broken"):
        read(content)


@given(st.data())
def test_a_damaged_bundle_is_read_or_refused(data):
    content = bytearray(CONTENT)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(32, 126))
    with contextlib.suppress(Refused):
        read(bytes(content)).signed_by(read_key(KEY))
