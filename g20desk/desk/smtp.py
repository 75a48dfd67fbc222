"""Handing letters to the office's own mail server. What became of each is said; nothing is raised that a server can cause."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from g20desk import trust

SECONDS = 20.0
STARTTLS, TLS, NONE = "starttls", "tls", "none"
PORTS = {STARTTLS: 587, TLS: 465, NONE: 25}
# What became of a letter. `trouble`: nothing was handed over, and no other letter can be either.
SENT, LATER, NEVER, TROUBLE = "sent", "later", "never", "trouble"


@dataclass(frozen=True, slots=True)
class Server:
    """The office's mail server. `sender`: the address that notices come from; `user`: empty where it asks for none; `pin`:
    the SHA-256 of its certificate, empty where the system's store says whom to trust."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    pin: str = ""

    @property
    def domain(self) -> str:
        """The sender's part behind the @."""
        return self.sender.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a letter, and why where it was not taken."""

    state: str
    why: str = ""


def deliver(
    server: Server, password: str, letters: Sequence[EmailMessage], told: Callable[[int, Outcome], None]
) -> Outcome:
    """Hand letters over, one after another on one connection; `told` hears of each as soon as it is known. What it answers:
    SENT, or the trouble that kept the rest back."""
    try:
        with _connected(server, password) as line:
            for number, letter in enumerate(letters):
                told(number, _handed(line, letter, server.sender))
    except smtplib.SMTPServerDisconnected:
        return Outcome(TROUBLE, "The mail server hung up.")
    except smtplib.SMTPAuthenticationError as no:
        return Outcome(TROUBLE, f"The mail server refused the sign-in ({no.smtp_code}).")
    except smtplib.SMTPNotSupportedError:
        lacks = (
            "The mail server offers no STARTTLS."
            if server.security == STARTTLS
            else "The mail server offers no sign-in."
        )
        return Outcome(TROUBLE, lacks)
    except smtplib.SMTPResponseException as no:
        return Outcome(TROUBLE, f"The mail server answered {no.smtp_code}.")
    except ssl.SSLCertVerificationError:
        return Outcome(TROUBLE, "The mail server's certificate is not trusted here.")
    except ssl.SSLError:
        return Outcome(TROUBLE, "No secure connection to the mail server.")
    except TimeoutError:
        return Outcome(TROUBLE, f"No answer from the mail server within {SECONDS:.0f} s.")
    except OSError:
        return Outcome(TROUBLE, "No connection to the mail server.")
    return Outcome(SENT)


def _connected(server: Server, password: str) -> smtplib.SMTP:
    context = trust.pinned(server.pin) if server.pin else trust.system()
    # The name of this computer is nobody's business.
    name = server.domain
    if server.security == TLS:
        line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, name, timeout=SECONDS, context=context)
    else:
        line = smtplib.SMTP(server.host, server.port, name, timeout=SECONDS)
    try:
        if server.security == STARTTLS:
            line.starttls(context=context)
        if server.user:
            line.login(server.user, password)
    except BaseException:
        line.close()
        raise
    return line


def _handed(line: smtplib.SMTP, letter: EmailMessage, sender: str) -> Outcome:
    """One letter to its one addressee. A lost connection ends the whole; a refusal is this letter's alone."""
    try:
        line.send_message(letter, sender, str(letter["To"]))
    except smtplib.SMTPRecipientsRefused as no:
        ((code, _),) = no.recipients.values()
        return _refused(code, "this address")
    except smtplib.SMTPSenderRefused as no:
        return _refused(no.smtp_code, "the sender")
    except smtplib.SMTPDataError as no:
        return _refused(no.smtp_code, "the letter")
    return Outcome(SENT)


def _refused(code: int, what: str) -> Outcome:
    if code == 421:  # it goes away: the connection is over
        raise smtplib.SMTPServerDisconnected("421")
    if 400 <= code < 500:
        return Outcome(LATER, f"The mail server takes {what} later ({code}).")
    return Outcome(NEVER, f"The mail server refuses {what} ({code}).")
