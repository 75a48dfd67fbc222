"""The ways out: the office's hub, the proxies in between, whose certificates are trusted. Nothing comes in or goes out."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from g20desk import asking, policy, proxies
from g20desk.clock import iso
from g20desk.desk import copying, evidence, policies, ways
from g20desk.desk.acting import ADDRESS
from g20desk.desk.clocks import OFF_MS, host_of
from g20desk.desk.desk import Desk
from g20desk.desk.doctor import line
from g20desk.desk.doctor.examining import See
from g20desk.desk.doctor.finding import NOTE, OK, WARNING, WRONG, Fact, Saying, teller

SOON_MS, SPEAKS = 14 * 86_400_000, 1
_NETWORK = "Look whether other pages open in the browser; else ask your administrator."
_LOST = " Nothing is lost; work goes on without it."
SAYINGS = {
    "hub-no-desk": Saying(OK, "no desk to ask for"),
    "hub-none": Saying(OK, "this desk keeps its own record; no hub is set"),
    "hub-elsewhere": Saying(NOTE, "another desk keeps the record; what is done goes there and back by a stick"),
    "hub-evidence": Saying(WRONG, "{why}", "Tell the head of the office: nothing is sent meanwhile.", "g20desk ledger evidence FILE"),
    "hub-copied": Saying(WRONG, "{why}", "When that is done, say so.", "g20desk ledger again --done"),
    "hub-answers": Saying(OK, "answers; {n} acts to come in, {more} to go out"),
    "hub-older": Saying(
        WARNING, "the hub speaks version {n}, and this program version {known}",
        "Ask whoever runs the hub, and your administrator, which of the two is to be brought up to date."),
    "hub-lacks": Saying(
        WARNING, "the hub has lost what stands at place {n} of the record", "A desk that has it brings it back when it next exchanges acts.",
        "g20desk sync"),
    "hub-clock": Saying(
        WRONG, "the hub's clock and this computer's are {n} s apart", "Ask your administrator to have both set by a time server."),
    "no-name": Saying(WRONG, "the name {host} is not known here", _NETWORK + _LOST),
    "no-answer": Saying(WRONG, "{host} did not answer within {n} s", _NETWORK + _LOST),
    "no-connection": Saying(WRONG, "{host} takes no connection: {why}", _NETWORK + _LOST),
    "no-tls": Saying(
        WRONG, "{host} makes no secure connection: {why}",
        "A network that wants a sign-in does this: open a web page in a browser, sign in, then look again. Else ask your administrator."),
    "proxy-way": Saying(OK, "{what}: through the proxy {proxy} ({source})"),
    "proxy-straight": Saying(OK, "{what}: straight, through no proxy ({source})"),
    "proxy-dead": Saying(
        WRONG, "the proxy {proxy} can't be reached: {why}", "Ask your administrator which proxy is right here.", "g20desk hub proxy URL"),
    "proxy-sign-in": Saying(
        WRONG, "the proxy {proxy} wants a name and a password, or others", "Ask your administrator for them.",
        "g20desk hub proxy URL --user NAME"),
    "proxy-refuses": Saying(
        WRONG, "the proxy {proxy} does not let {host} through ({n})", "Ask your administrator to allow it, or for another proxy.",
        "g20desk hub proxy URL"),
    "certificates-system": Saying(OK, "the system trusts {n} authorities"),
    "certificates-system-own": Saying(OK, "the system itself says which authorities it trusts"),
    "certificates-none": Saying(
        WRONG, "this computer trusts no authority, so that no secure connection comes about",
        "Ask your administrator to install the system's certificates.", "apt install ca-certificates"),
    "certificate-good": Saying(OK, "{host}: issued by {issuer}, until {day}, {tls}"),
    "certificate-pinned": Saying(OK, "{host}: the pinned one, until {day}, {tls}"),
    "certificate-other": Saying(
        WRONG, "{host}: not the pinned certificate; it was issued by {issuer}",
        "Do not go on over this network. Ask whoever runs the hub which certificate it has.", "g20desk hub trust SHA256"),
    "certificate-distrusted": Saying(
        WRONG, "{host}: issued by {issuer}, which this computer does not trust ({why})",
        "A network that wants a sign-in does this too: open a web page in a browser. Where a proxy of your own house reads along, ask "
        "your administrator to install its certificate in the system."),
    "certificate-own": Saying(NOTE, "{host}: issued by {issuer}, which only this organisation's computers trust, until {day}, {tls}"),
    "certificate-ending": Saying(
        WARNING, "{host}: its certificate ends on {day}", "Tell whoever runs the server; a pinned one is to be named anew then."),
}  # fmt: skip
fact = teller(SAYINGS)


def hub(see: See) -> Iterator[Fact]:
    """Its name, the line to it, and how the office's order and this computer's clock stand to its."""
    if see.desk is None:
        yield fact("hub-no-desk")
        return
    desk = see.desk
    if found := evidence.standing(desk.store):
        yield fact("hub-evidence", why=found)
    if again := copying.sentence(copying.undone(desk.store)):
        yield fact("hub-copied", why=again)
    if found or again:
        return
    if not (url := desk.store.meta(ADDRESS)):
        yield fact("hub-none" if desk.keeps_order() else "hub-elsewhere")
        return
    policy.go_out()
    try:
        line.probe(url, _step(see), own=False)
    except line.Blocked as error:
        yield fact(error.code, **error.values)
        return
    yield from _asked(desk)


def _asked(desk: Desk) -> Iterator[Fact]:
    hub = ways.hub(desk.ledger, desk.clock)
    try:
        status, version = hub.status(), hub.version()
    finally:
        hub.close()
    behind = status.place - desk.store.last_place()[0]
    yield fact("hub-answers", n=max(0, behind), more=desk.tentative)
    if version != SPEAKS:
        yield fact("hub-older", n=version, known=SPEAKS)
    if status.lacks:
        yield fact("hub-lacks", n=status.lacks)
    if abs(status.skew) > OFF_MS + status.uncertain:
        yield fact("hub-clock", n=abs(status.skew) // 1000)


def proxy(see: See) -> Iterator[Fact]:
    """Which one is used for what, who says so, and that it lets through."""
    desk = see.opened()
    known = targets(desk)
    for what, url in known.items() or (("other computers", "https://g20.example"),):
        way = proxies.through(url)
        yield fact("proxy-way" if way else "proxy-straight", what=what, proxy=way, source=_source(desk))
    policy.go_out()
    asked = {what: url for what, url in known.items() if see.networks or what == HUB}
    # A proxy that leads nowhere is found also where there is nobody yet to be asked through it.
    yield from _each(asked, lambda what, url: _through(url, see))
    lone = (
        {proxies.found(url) for url in [*known.values(), "https://g20.example"]}
        - {proxies.found(url) for url in asked.values()}
        - {""}
    )
    for one in sorted(lone):
        yield from _reached(one, see)


def _through(url: str, see: See) -> list[Fact]:
    parts = urlsplit(url)
    if parts.scheme == "https" and (way := proxies.found(url)):
        try:
            line.through(way, parts.hostname or "", parts.port or 443, _step(see)).close()
        except line.Blocked as error:
            return [fact(error.code, **error.values)]
    return []


def _reached(way: str, see: See) -> Iterator[Fact]:
    parts = urlsplit(way)
    try:
        line.connect(parts.hostname or "", parts.port or 80, _step(see)).close()
    except line.Blocked as error:
        yield fact("proxy-dead", proxy=proxies.plain(way), why=line.in_words(error))


HUB = "the hub"


def targets(desk: Desk) -> dict[str, str]:
    """The addresses that this desk speaks to, by what they are; none to which the administrator lets nothing go."""
    url = desk.store.meta(ADDRESS)
    found = {HUB: url} if url and policies.hub_allowed(url) else {}
    for account in sorted(desk.office.accounts.values(), key=lambda one: one.name):
        if (
            not account.removed
            and not policy.why_not(account.network, account.server)
            and (home := asking.home(account.network, account.server))
        ):
            found.setdefault(host_of(account), home)
    return found


def _source(desk: Desk) -> str:
    told, who = ways.proxy_of(desk.store)
    if told != ways.SYSTEM:
        return ways.SAID[who]
    names = [
        name
        for name in ("https_proxy", "all_proxy", "http_proxy")
        if os.environ.get(name) or os.environ.get(name.upper())
    ]
    return "from the environment" if names else "as the system has it"


def certificates(see: See) -> Iterator[Fact]:
    """Whose word the system takes, and the certificates of the hub, and of the networks where they are asked."""
    yield from _trusted()
    if see.desk is None:
        return
    policy.go_out()
    desk = see.desk
    asked = {
        what: url for what, url in targets(desk).items() if (see.networks or what == HUB) and url.startswith("https:")
    }
    yield from _each(asked, lambda what, url: _certificate(desk, what, url, see))


def _trusted() -> Iterator[Fact]:
    if os.name == "posix" and Path("/System/Library").exists():
        yield fact("certificates-system-own")
        return
    context = ssl.create_default_context()
    here = ssl.get_default_verify_paths().capath
    count = context.cert_store_stats()["x509_ca"] or (len(os.listdir(here)) if here and os.path.isdir(here) else 0)
    yield fact("certificates-system" if count else "certificates-none", n=count)


def _certificate(desk: Desk, what: str, url: str, see: See) -> list[Fact]:
    pin = ways.pinned(desk.store) if what == HUB else ""
    try:
        found = line.probe(url, _step(see), own=not pin)
    except line.Blocked as error:
        return [] if what == HUB else [fact(error.code, **error.values)]  # of the hub that is said there
    host = urlsplit(url).netloc
    told = {
        "host": host,
        "issuer": found.issuer,
        "day": iso(found.ends_ms)[:10],
        "tls": found.tls,
        "why": found.distrust,
    }
    if pin and found.sha256 != pin:
        return [fact("certificate-other", **told)]
    if not pin and found.distrust:
        return [fact("certificate-distrusted", **told)]
    made = [fact("certificate-pinned" if pin else "certificate-good" if found.known else "certificate-own", **told)]
    if found.ends_ms < desk.clock.now_ms() + SOON_MS:
        made.append(fact("certificate-ending", **told))
    return made


def _each(asked: dict[str, str], look: Callable[[str, str], list[Fact]]) -> Iterator[Fact]:
    """All at once, told in order."""
    if asked:
        with ThreadPoolExecutor(len(asked), "doctor") as pool:
            for found in pool.map(look, asked, asked.values()):
                yield from found


def _step(see: See) -> float:
    return min(line.TRIES_SECONDS, see.seconds / 2)
