"""A real mail server on loopback, that can be told how to behave."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from tests.servers.certificates import Certificate

USER, PASSWORD = "office", "correct horse"


@dataclass
class Mailbox:
    """What a server holds, and what it says: `answers`: to each addressee in turn before it takes a letter; `hangs_up`: how
    often it closes the line once it has a letter, and keeps it; `waits`: until when it answers nobody."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    hangs_up: int = 0
    waits: Event | None = None
    connections: int = 0
    signed_in: list[str] = field(default_factory=list)
    tls: list[bool] = field(default_factory=list)

    async def handle_EHLO(
        self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.waits is not None:
            await asyncio.to_thread(self.waits.wait, 30)
        if self.answers and (said := self.answers.pop(0)) != "250":
            return f"{said} not now"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        self.raw.append(envelope.content)
        self.letters.append(message_from_bytes(envelope.content, policy=policy.SMTP))  # type: ignore[arg-type]
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        self.tls.append(session.ssl is not None or server.tls_context is None)
        if self.hangs_up:
            self.hangs_up -= 1
            server.transport.close()
        return "250 OK"

    def authenticate(self, server: SMTP, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        self.signed_in += [USER] if good else []
        return AuthResult(success=good, handled=False)

    def texts(self) -> list[str]:
        """The words of each letter."""
        return [letter.get_body(("plain",)).get_content() for letter in self.letters]

    def to(self) -> list[str]:
        """Whom each letter went to."""
        return [to for _, (to,) in self.envelopes]


class Server(Controller):
    """On a port of chance."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(
    certificate: Certificate | None = None, security: str = "none", auth: bool = False
) -> Iterator[Mailbox]:
    """A mail server. `security`: none, starttls or tls."""
    box = Mailbox()
    options: dict[str, Any] = {}
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.file, certificate.key)
        if security == "tls":
            options["ssl_context"] = context
        else:
            options |= {"tls_context": context, "require_starttls": True}
    if auth:
        options |= {"authenticator": box.authenticate, "auth_required": True, "auth_require_tls": security != "tls"}
    server = Server(box, hostname="127.0.0.1", port=0, **options)
    server.start()
    box.port = server.port
    try:
        yield box
    finally:
        server.stop()
