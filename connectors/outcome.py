"""What happened: the one table by which an HTTP status or an exception becomes Rejected, NotNow or Unknown.

A definite no is a whole HTTP answer listed here, or a failed connect. Everything else is unknown.
"""

from __future__ import annotations

import html
import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TypeVar

from g20desk.clock import from_iso
from g20desk.network import NotNow, Rejected, Unknown

T = TypeVar("T")
Failure = Rejected | NotNow | Unknown
FAILURES = (Rejected, NotNow, Unknown)
DUPLICATE = "duplicate"
SKEW_MS = 5_000

_COMMON = {400: "no", 401: "account", 402: "account", 403: "no", 404: "no", 413: "no", 422: "no", 429: "later"}
TABLE: Mapping[str, Mapping[int, str]] = {
    "bluesky": _COMMON,
    "mastodon": _COMMON,
    "x": {**_COMMON, 409: "no"},
}
_EXPIRED = ("ExpiredToken", "InvalidToken", "AccountTakedown", "AccountDeactivated")
_NOT_CONNECTED = frozenset(
    {
        "NewConnectionError",
        "NameResolutionError",
        "ConnectTimeoutError",
        "ConnectTimeout",
        "ConnectError",
        "SSLCertVerificationError",
        "gaierror",
    }
)


def judge(network: str, status: int, headers: Mapping[str, str], reason: str, now_ms: int) -> Failure:
    """The failure for a whole answer that is not a success. `reason` is the network's own words, shown to people."""
    reason = " ".join(reason.split())[:300]
    why = f"{status} {reason}".strip()
    kind = TABLE[network].get(status, "unknown")
    if network == "x" and status == 403 and "duplicate" in reason.lower():
        return Unknown(DUPLICATE)
    if network == "mastodon" and status == 422:
        if "not finished processing" in reason:
            return NotNow(why)
        if "already attached" in reason:
            return Unknown(why)
    if network == "bluesky" and status == 400:
        if "InvalidSwap" in reason:
            return Unknown(why)
        if any(word in reason for word in _EXPIRED):
            kind = "account"
    if kind == "no":
        return Rejected(why)
    if kind == "account":
        return Rejected(why, account=True)
    if kind == "later":
        return NotNow(why, at_ms=reset_ms(headers, now_ms))
    return Unknown(why)


def reset_ms(headers: Mapping[str, str], now_ms: int) -> int | None:
    """When a rate limit ends, by our clock, from whichever header the network sends; None where none can be read. A
    moment is by the network's clock, which its `Date` shows."""
    low = {str(name).lower(): str(value).strip() for name, value in headers.items()}
    theirs = _moment(low.get("date", ""), now_ms, relative=True)
    ahead = theirs - now_ms if theirs is not None and abs(theirs - now_ms) >= SKEW_MS else 0
    for name in ("retry-after", "x-user-limit-24hour-reset", "x-rate-limit-reset", "x-ratelimit-reset",
                 "ratelimit-reset"):  # fmt: skip
        value = low.get(name, "")
        if name.startswith("x-user") and low.get("x-user-limit-24hour-remaining") != "0":
            continue
        at = _moment(value, now_ms, relative=name == "retry-after")
        if at is not None:
            return at if _number(value) and name == "retry-after" else at - ahead
    return None


def _number(value: str) -> bool:
    return value.replace(".", "", 1).isdigit()


def _moment(value: str, now_ms: int, *, relative: bool) -> int | None:
    try:
        number = float(value)
        if not math.isfinite(number) or not 0 <= number < 1e11:
            return None
        return round(number * 1000) + (now_ms if relative else 0)
    except ValueError:
        pass
    try:
        if relative:
            when = parsedate_to_datetime(value)
            return round((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() * 1000)
        return from_iso(value)
    except (ValueError, TypeError, IndexError):
        return None


def never_connected(error: BaseException) -> bool:
    """Whether the exception says that no connection was made, so that nothing can have been sent."""
    todo: list[object] = [error]
    seen: set[int] = set()
    while todo:
        one = todo.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        if type(one).__name__ in _NOT_CONNECTED:
            return True
        todo += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return False


def of_exception(error: BaseException) -> Failure:
    """The failure for an exception without a whole answer. Its text is left out: it may hold a token."""
    if isinstance(error, FAILURES):
        return error
    if never_connected(error):
        return NotNow("no connection to the network")
    return Unknown(f"no whole answer ({type(error).__name__})")


def guarded(job: Callable[[], T]) -> T:
    """Run `job`; whatever it raises becomes one of the three failures."""
    try:
        return job()
    except FAILURES:
        raise
    except Exception as error:
        raise of_exception(error) from None


def asking(job: Callable[[], T]) -> T:
    """Run a question about what is out: a question that fails leaves it unknown, whatever the reason."""
    try:
        return guarded(job)
    except FAILURES as error:
        raise Unknown(f"could not ask: {error.why}") from None


def hide(text: str, secrets: Sequence[str]) -> str:
    """The text without any of the secrets, should a server echo one."""
    for secret in secrets:
        if len(secret) > 3:
            text = text.replace(secret, "***")
    return text


def before(job: Callable[[], T]) -> T:
    """Run a step that comes before the post itself: unknown there means that nothing is out yet."""
    try:
        return guarded(job)
    except Unknown as error:
        raise NotNow(f"before posting: {error.why}") from None


def words(text: str) -> list[str]:
    """The words of a text that networks leave as they are (no links, no mentions): to tell one post from another."""
    text = re.sub(r"(?i)</p>|<br ?/?>", " ", text)
    plain = unicodedata.normalize("NFC", html.unescape(re.sub(r"</?[a-z][^>]*>", "", text)))
    return [word for word in plain.split() if not re.search(r"[./@<>]", word)]
