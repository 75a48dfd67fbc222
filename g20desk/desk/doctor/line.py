"""A line to another computer, step by step, so that what stands in the way is named: the name, the proxy, the connection, the certificate."""

from __future__ import annotations

import base64
import hashlib
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from g20desk import proxies, trust

TRIES_SECONDS = 3.0  # a step that takes longer is taken for one that never ends


class Blocked(Exception):
    """What stands in the way: `code` is the doctor's, `values` what it says."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True, slots=True)
class Line:
    """A line that came about. `tls`: its version, empty for an open line; of the certificate: who issued it, when it ends
    (milliseconds since 1970), its SHA-256, and why this computer does not trust it (empty: it does). `known`: it is also trusted
    by the list that browsers ship, so that no authority of this organisation stands in between."""

    tls: str = ""
    issuer: str = ""
    ends_ms: int = 0
    sha256: str = ""
    distrust: str = ""
    known: bool = True


def probe(url: str, seconds: float = TRIES_SECONDS, own: bool = True) -> Line:
    """A line to the server of an address, closed again; nothing is asked over it. `own`: whether to find out whose authority
    vouches for it. Raises Blocked."""
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    if not secure:
        connect(host, port, seconds).close()
        return Line()
    distrust, known = "", True
    try:
        with _tls(url, host, port, trust.system(), seconds) as held:
            found, version = held.getpeercert(True), held.version() or ""
        known = not own or _public(url, host, port, seconds)
    except ssl.SSLCertVerificationError as error:
        distrust = error.verify_message or str(error)
        with _tls(url, host, port, _unchecked(), seconds) as held:
            found, version = held.getpeercert(True), held.version() or ""
    issuer, ends = _read(found or b"")
    return Line(version, issuer, ends, hashlib.sha256(found or b"").hexdigest(), distrust, known)


def connect(host: str, port: int, seconds: float = TRIES_SECONDS) -> socket.socket:
    """A connection. Raises Blocked with `no-name`, `no-answer` or `no-connection`."""
    try:
        return socket.create_connection((host, port), seconds)
    except socket.gaierror as error:
        raise Blocked("no-name", host=host) from error
    except TimeoutError as error:
        raise Blocked("no-answer", host=f"{host}:{port}", n=f"{seconds:g}") from error
    except OSError as error:
        raise Blocked("no-connection", host=f"{host}:{port}", why=error.strerror or str(error)) from error


def through(proxy: str, host: str, port: int, seconds: float = TRIES_SECONDS) -> socket.socket:
    """A connection through a proxy, whose address may hold a name and a password. Raises Blocked, also with `proxy-dead`,
    `proxy-sign-in`, `proxy-refuses`."""
    parts, plain = urlsplit(proxy), proxies.plain(proxy)
    try:
        made = connect(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80), seconds)
    except Blocked as error:
        raise Blocked("proxy-dead", proxy=plain, why=in_words(error)) from error
    try:
        if parts.scheme == "https":
            made = trust.system().wrap_socket(made, server_hostname=parts.hostname)
        made.sendall(_connect(parts.username, parts.password, host, port))
        status = _status(made)
    except ssl.SSLCertVerificationError as error:
        made.close()
        raise Blocked("proxy-dead", proxy=plain, why="its certificate is not trusted") from error
    except OSError as error:
        made.close()
        raise Blocked("proxy-dead", proxy=plain, why=error.strerror or str(error)) from error
    if status == 200:
        return made
    made.close()
    raise (
        Blocked("proxy-sign-in", proxy=plain)
        if status == 407
        else Blocked("proxy-refuses", proxy=plain, host=f"{host}:{port}", n=str(status))
    )


def in_words(error: Blocked) -> str:
    """Why nothing came about, as part of a sentence."""
    return {"no-name": "its name is not known", "no-answer": "it does not answer"}.get(error.code) or error.values[
        "why"
    ]


def _connect(user: str | None, password: str | None, host: str, port: int) -> bytes:
    login = ""
    if user:
        said = base64.b64encode(f"{unquote(user)}:{unquote(password or '')}".encode()).decode()
        login = f"Proxy-Authorization: Basic {said}\r\n"
    return f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n{login}\r\n".encode()


def _status(made: socket.socket) -> int:
    """The number in the answer's first line; 0 for what is no answer."""
    head = b""
    while b"\r\n\r\n" not in head and len(head) < 65_536:
        if not (data := made.recv(1024)):
            break
        head += data
    words = head.split(b"\r\n")[0].split()
    return int(words[1]) if len(words) > 1 and words[0].startswith(b"HTTP/") and words[1].isdigit() else 0


def _tls(url: str, host: str, port: int, context: ssl.SSLContext, seconds: float) -> ssl.SSLSocket:
    proxy = proxies.found(url)
    plain = through(proxy, host, port, seconds) if proxy else connect(host, port, seconds)
    plain.settimeout(seconds)
    try:
        return context.wrap_socket(plain, server_hostname=host)
    except ssl.SSLCertVerificationError:
        plain.close()
        raise
    except TimeoutError as error:
        plain.close()
        raise Blocked("no-answer", host=f"{host}:{port}", n=f"{seconds:g}") from error
    except OSError as error:
        plain.close()
        raise Blocked(
            "no-tls", host=f"{host}:{port}", why=getattr(error, "reason", "") or error.strerror or str(error)
        ) from error


def _unchecked() -> ssl.SSLContext:
    """To read a certificate that is not trusted; nothing is said over such a line."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _public(url: str, host: str, port: int, seconds: float) -> bool:
    """Whether the list that browsers ship vouches for the server too."""
    import certifi

    try:
        _tls(url, host, port, ssl.create_default_context(cafile=certifi.where()), seconds).close()
    except ssl.SSLCertVerificationError:
        return False
    return True


def _read(certificate: bytes) -> tuple[str, int]:
    """Who issued a certificate, as they call themselves, and when it ends."""
    from cryptography import x509

    try:
        found = x509.load_der_x509_certificate(certificate)
    except ValueError:
        return "", 0
    said = {one.oid: str(one.value) for one in found.issuer}
    issuer = (
        said.get(x509.NameOID.ORGANIZATION_NAME) or said.get(x509.NameOID.COMMON_NAME) or found.issuer.rfc4514_string()
    )
    return issuer, round(found.not_valid_after_utc.timestamp() * 1000)
