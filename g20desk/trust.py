"""Whose certificates are trusted: the system's store, or one that is pinned."""

from __future__ import annotations

import re
import ssl
from functools import cache

FINGERPRINT = re.compile("[0-9a-f]{64}")


@cache
def system() -> ssl.SSLContext:
    """The system's own store, a ministry's certificates in it included. One for all: reading it takes longer than a
    request."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def fingerprint(text: str) -> str:
    """The SHA-256 of a certificate as 64 hex digits, from how programs write it. Raises ValueError."""
    found = re.sub("^sha-?256[=: ]*(fingerprint[=: ]*)?", "", text.strip().lower())
    found = re.sub("[: ]", "", found)
    if not FINGERPRINT.fullmatch(found):
        raise ValueError("no SHA-256 of a certificate")
    return found


def pinned(pin: str) -> ssl.SSLContext:
    """The one certificate with this SHA-256 in hex, whoever signed it and whatever name it bears."""
    import hashlib

    wanted = fingerprint(pin)

    def see(certificate: bytes | None) -> None:
        if hashlib.sha256(certificate or b"").hexdigest() != wanted:
            raise ssl.SSLCertVerificationError("the CERTIFICATE is not the pinned one")

    class Socket(ssl.SSLSocket):
        def do_handshake(self, block: bool = False) -> None:
            super().do_handshake(block)
            see(self.getpeercert(True))

    class Through(ssl.SSLObject):  # inside another TLS connection, to a proxy
        def do_handshake(self) -> None:
            super().do_handshake()
            see(self.getpeercert(True))

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.sslsocket_class, context.sslobject_class = Socket, Through
    return context
