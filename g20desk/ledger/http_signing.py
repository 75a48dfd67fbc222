"""Signed requests (RFC 9421), in the one form that desk and hub use: what is asked, and of which hub, by which device.

Covered are method, path, query and the digest of the body (RFC 9530); `tag` names the hub's key, so that a hub can't pass
a request on to another; `nonce` is new for each request. The algorithm is Ed25519 over the signature base itself: it
begins with `"@method"`, so it can't be taken for anything that carries one of the ledger's tags.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import nacl.bindings
import nacl.exceptions
import nacl.signing

from g20desk.ledger.keys import BadSignature

if TYPE_CHECKING:
    from g20desk.ledger.keys import DeviceKey

_COVERED = '("@method" "@path" "@query" "content-digest")'
_LABEL = "g20desk"
_PARAMETERS = re.compile(
    re.escape(_LABEL + "=" + _COVERED)
    + r';created=([1-9][0-9]{0,11});nonce="([0-9a-f]{32})";keyid="([0-9a-f]{64})";alg="ed25519";tag="([0-9a-f]{64})"'
)
_SIGNATURE = re.compile(_LABEL + "=:([A-Za-z0-9+/]{86}==):")
_DIGEST = re.compile("sha-256=:([A-Za-z0-9+/]{43}=):")


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signed request says of itself, its signature checked. `created` in seconds since 1970, `hub` the key of the
    hub it is for, `body` the SHA-256 that its body has to have."""

    device: str
    created: int
    nonce: str
    hub: str
    body: bytes


def sign(key: DeviceKey, hub: str, method: str, path: str, query: str, body: bytes, created: int) -> dict[str, str]:
    """The three headers of a request. `query` without its question mark."""
    digest = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
    parameters = (
        f'{_COVERED};created={created};nonce="{secrets.token_hex(16)}";keyid="{key.device}";alg="ed25519";tag="{hub}"'
    )
    signature = nacl.signing.SigningKey(key.sign_seed).sign(_base(method, path, query, digest, parameters)).signature
    return {
        "Content-Digest": digest,
        "Signature-Input": f"{_LABEL}={parameters}",
        "Signature": f"{_LABEL}=:{base64.b64encode(signature).decode()}:",
    }


def verify(headers: Mapping[str, str], method: str, path: str, query: str) -> Signed:
    """What a request's headers (by lower-case name) say, once their signature holds; its body is still to be held to
    `body`. Raises BadSignature."""
    given = headers.get("signature-input", "")
    found = _PARAMETERS.fullmatch(given)
    signature = _SIGNATURE.fullmatch(headers.get("signature", ""))
    digest = _DIGEST.fullmatch(headers.get("content-digest", ""))
    if found is None or signature is None or digest is None:
        raise BadSignature("the request is not signed as docs/hub.md says")
    base = _base(method, path, query, headers["content-digest"], given[len(_LABEL) + 1 :])
    created, nonce, device, hub = found.groups()
    try:
        nacl.bindings.crypto_sign_open(base64.b64decode(signature[1]) + base, bytes.fromhex(device))
    except (nacl.exceptions.CryptoError, ValueError) as error:
        raise BadSignature("the signature does not verify") from error
    return Signed(device, int(created), nonce, hub, base64.b64decode(digest[1]))


def _base(method: str, path: str, query: str, digest: str, parameters: str) -> bytes:
    """The signature base of RFC 9421, section 2.5."""
    return (
        f'"@method": {method}\n"@path": {path}\n"@query": ?{query}\n"content-digest": {digest}\n'
        f'"@signature-params": {parameters}'
    ).encode()
