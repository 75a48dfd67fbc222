"""What a network is asked apart from posts: a sign-in, when it ends, whom a mention means, what it takes and costs.

Each is a small module of a connector (`sign_in`, `keys`, `mentions`, `instance`), where it has one; none loads an SDK.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol, cast

from g20desk.clock import Clock
from g20desk.network import Rejected, Setting, client, package, text_rules, within


@dataclass(frozen=True, slots=True)
class Consent:
    """The page at which a person allows this desk to act for an account. `kept`: what redeeming its answer needs."""

    url: str
    state: str
    redirect: str
    kept: Mapping[str, str] = field(repr=False)


class SignIn(Protocol):
    """The module `sign_in` of a connector whose network has a sign-in in the browser (OAuth 2.0 with PKCE). Raises
    Rejected, NotNow, Unknown.

    `PASTED`: the redirect that makes the network show a code to be copied; empty where it has none. `NEEDS_APP`: it
    wants the id of an app that the office registered by hand.
    """

    PASTED: str
    NEEDS_APP: bool

    def begin(self, server: str, app: str, redirect: str) -> Consent:
        """The page to open; its answer comes to `redirect`."""
        ...

    def redeem(self, server: str, consent: Consent, code: str, now_ms: int) -> str:
        """The secret that the code is good for."""
        ...


def _module(network: str, name: str) -> Any:
    """A module of a connector, or None where it has none."""
    whole = f"{package(network)}.{name}"
    try:
        return import_module(whole)
    except ModuleNotFoundError as error:
        if error.name != whole:
            raise
        return None


def sign_in(network: str) -> SignIn | None:
    """The network's sign-in in the browser, or None where it has none."""
    return cast("SignIn | None", _module(network, "sign_in"))


def ends_at(network: str, secret: str) -> int | None:
    """When a sign-in ends for good, in milliseconds since 1970; None where it does not, or does not say."""
    keys = _module(network, "keys")
    return None if keys is None else cast("int | None", keys.ends_at(secret))


def lasting(network: str, secret: str) -> str:
    """What stays the same of a secret as long as it is in use and is too long to be guessed; empty where there is nothing of it."""
    keys = _module(network, "keys")
    return secret if keys is None else cast(str, keys.lasting(secret))


def give_up(network: str, setting: Setting, clock: Clock) -> bool:
    """Ask a network to make the secret of a setting void; whether it did. Raises Rejected, NotNow, Unknown."""
    within(network, setting.server)
    return cast(bool, _module(network, "revoking").give_up(setting, clock))


def refused(network: str, setting: Setting, clock: Clock) -> bool:
    """Whether a network refuses a secret for good, tried now. Raises Rejected where it refuses for another reason; NotNow, Unknown where
    it gives no definite answer."""
    revoking = _module(network, "revoking")
    setting = revoking.bare(setting) if hasattr(revoking, "bare") else setting
    try:
        client(network, setting, clock).who()
    except Rejected as no:
        if not revoking.void(no):
            raise
        return True
    return False


def price(network: str, text: str) -> tuple[int, str]:
    """What a post costs, in thousandths of a US dollar, and the date of the price list; (0, "") where it is free."""
    rules: Any = text_rules(network)
    return (rules.price(text), str(rules.prices()["as_of"])) if hasattr(rules, "price") else (0, "")


def reading_price(network: str, own: bool = True) -> tuple[int, str]:
    """What reading a post costs, an own one or another's, in thousandths of a US dollar, and the date of the price list; (0, "")
    where it is free."""
    rules: Any = text_rules(network)
    prices = rules.prices() if hasattr(rules, "prices") else {}
    return (int(prices["read_own" if own else "read_other"]), str(prices["as_of"])) if prices else (0, "")


def quoting(network: str, software: str, pictures: int, poll: bool) -> str:
    """Why the quote of a post is its address at the end of the text there; empty where the network shows it as a
    quote."""
    return text_rules(network).quoting(software, pictures, poll)


def identities(network: str, server: str, mentions: Sequence[str]) -> dict[str, str]:
    """Whom the mentions of a text mean on a network, asked now; those that it does not know are left out. Raises
    NotNow, Unknown where it can't be asked."""
    within(network, server)
    asked = _module(network, "mentions")
    return {} if asked is None else dict(asked.identities(server, mentions))


def health(network: str, server: str) -> tuple[Mapping[str, str], float] | None:
    """The headers of a server's answer to a question that needs no sign-in, and the seconds that it took; None for a
    network without servers. Raises NotNow, Unknown where it can't be asked."""
    within(network, server)
    asked = _module(network, "health")
    return None if asked is None else cast("tuple[Mapping[str, str], float]", asked.health(server))


def home(network: str, server: str) -> str:
    """The address that an account's server is asked at; empty for a network without servers."""
    asked = _module(network, "health")
    return "" if asked is None else cast(str, asked.home(server))


def limits(network: str, server: str) -> tuple[dict[str, int], str] | None:
    """What a server takes, and what it says it is; None where a network has but one server, or this one says nothing.
    Raises NotNow, Unknown where it can't be asked."""
    within(network, server)
    asked = _module(network, "instance")
    return None if asked is None else cast("tuple[dict[str, int], str] | None", asked.limits(server))
