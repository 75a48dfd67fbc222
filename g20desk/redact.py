"""No secret in a log: every record that any library makes is cleaned when it is made.

Known secrets are named to `remember`; what looks like one (a bearer token, a field called token, password, secret) is
hidden without being known. Exceptions' texts and tracebacks in a log are cleaned too.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import traceback
from typing import Any

from g20desk.logs import places

HIDDEN = "***"
_NAMES = r"(?:access|refresh)(?:_?(?:token|jwt))(?:_secret)?|consumer_(?:key|secret)|client_secret|oauth_\w+|password|code_verifier|api_key"  # fmt: skip
_LOOKS = (
    re.compile(r"(?i)\b(bearer|basic|dpop)(\s+)[A-Za-z0-9._~+/=-]{6,}"),
    re.compile(rf"(?i)([\"']?\b(?:{_NAMES})[\"']?\s*[=:]\s*[\"']?)()(?![\"'])[^\s\"'&,}}\])]+"),
    re.compile(r"([?&](?:code|state)=)()[^\s\"'&]+"),
    re.compile(r"()()\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+"),
)
_LEAST = 6
_known: set[str] = set()
_lock = threading.Lock()


def remember(secret: str) -> None:
    """From now on this is hidden; the values of a secret that is JSON too."""
    found = {secret}
    try:
        told = json.loads(secret)
    except ValueError:
        told = None
    if isinstance(told, dict):
        found |= {piece for one in told.values() if isinstance(one, str) for piece in (one, *one.split(":::"))}
    with _lock:
        _known.update(one for one in found if len(one) >= _LEAST and not one.startswith(("http", "did:")))


def clean(text: str) -> str:
    """The text without secrets."""
    with _lock:
        known = sorted(_known, key=len, reverse=True)
    for secret in known:
        if secret in text:
            text = text.replace(secret, HIDDEN)
    for pattern in _LOOKS:
        text = pattern.sub(rf"\1\2{HIDDEN}", text)
    return text


def install() -> None:
    """Clean every record from now on, of every logger and handler; once is enough."""
    before = logging.getLogRecordFactory()
    if getattr(before, "cleans", False):
        return

    def made(*args: Any, **more: Any) -> logging.LogRecord:
        record = before(*args, **more)
        try:
            said = record.getMessage()
        except (TypeError, ValueError):
            said = str(record.msg)
        record.msg, record.args = clean(said), ()
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = clean("".join(traceback.format_exception(*record.exc_info)).rstrip("\n"))
            record.raised = places.kind(record.exc_info[1])
            record.exc_info = None
        return record

    made.cleans = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(made)
