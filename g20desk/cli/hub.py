"""`hub`: the service that keeps an office's order without being able to read it."""

from __future__ import annotations

import re
from pathlib import Path

import click

from g20desk.cli.output import JSON, Where, say, tell, typed
from g20desk.errors import Usage

DATABASE = click.option("--database", required=True, metavar="URL", help="postgresql://USER@HOST/DATABASE")
CERTIFICATE = click.option(
    "--certificate", default="", metavar="SHA256", help="The hub's certificate, which then counts and no other."
)
_FILE = click.Path(dir_okay=False, exists=True, path_type=Path)


@click.group()
def hub() -> None:
    """A hub for many desks."""


@hub.command("serve")
@DATABASE
@click.option("--pieces-database", default="", metavar="URL", help="The access that drops pieces, where it is another.")
@click.option("--listen", default="127.0.0.1:8443", metavar="HOST:PORT", show_default=True)
@click.option("--cert", type=_FILE, help="The certificate, with its chain (PEM).")
@click.option("--key", type=_FILE, help="The certificate's private key (PEM).")
@click.option("--open", "everyone", is_flag=True, help="Serve any office that comes.")
def hub_serve(
    database: str, pieces_database: str, listen: str, cert: Path | None, key: Path | None, everyone: bool
) -> None:
    """Serve the offices that it was told to serve."""
    import logging
    from dataclasses import replace

    from g20desk import redact
    from g20desk.hub import database as databases
    from g20desk.hub import serving
    from g20desk.ledger.secretstore import passphrase

    # In place of the program's own log: a service's goes to its manager.
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
    redact.install()
    if (cert is None) != (key is None):
        raise Usage("no-certificate", "A certificate comes with its key.", "Give both --cert and --key.")
    at, phrase = serving.address(listen, cert), passphrase()
    access = databases.prepare(database)
    if pieces_database:
        access = replace(access, pieces=pieces_database)
    serving.serve(access, at, certificate=cert, private=key, passphrase=phrase, everyone=everyone)


@hub.command("allow")
@click.argument("office")
@click.option("--device", default="", help="The office's founding device; no other may then bring it.")
@DATABASE
@JSON
def hub_allow(office: str, device: str, database: str, as_json: bool) -> None:
    """Let the hub serve an office, by its id."""
    from g20desk.hub import database as databases

    if not re.fullmatch("[0-9a-f]{64}", office) or not re.fullmatch("([0-9a-f]{64})?", device):
        raise Usage(
            "office-id", "An office and a device are named by 64 hex digits.", "See: g20desk office show --json"
        )
    databases.allow(database, office, device)
    say({"office": office, "allowed": True}, as_json, f"The hub serves {office} now.")


@hub.command("init")
@click.argument("url", required=False, default="", metavar="[URL]")
@CERTIFICATE
@JSON
@click.pass_obj
def hub_init(where: Where, url: str, certificate: str, as_json: bool) -> None:
    """Hand the order of this office to a hub; without a URL to the one that the administrator presets."""
    from g20desk import policy
    from g20desk.desk import ways
    from g20desk.desk.handing_over import hand_over

    url = url or policy.value("hub.address") or ""
    if not url:
        raise Usage("usage", "Which hub?", "Give its address: g20desk hub init https://HOST")
    desk = where.desk()
    ways.pin_anew(desk.store, url, certificate)
    hand_over(desk, url, lambda words: tell(words, err=True))
    place, head, _ = desk.store.last_place()
    say(
        {"url": url, "place": place, "head": head},
        as_json,
        f"The hub at {url} keeps the order from place {place + 1} on.",
    )


@hub.command("move")
@click.argument("url")
@click.option(
    "--finish", is_flag=True, help="The head: every desk has brought what it knows, and this hub keeps the order."
)
@CERTIFICATE
@JSON
@click.pass_obj
def hub_move(where: Where, url: str, finish: bool, certificate: str, as_json: bool) -> None:
    """Go by a hub at another address, or by a new one in the place of a lost one."""
    from g20desk.desk import ways
    from g20desk.desk.moving import move

    desk = where.desk()
    ways.pin_anew(desk.store, url, certificate)
    words = move(desk, url, finish, lambda words: tell(words, err=True))
    place, head, _ = desk.store.last_place()
    say({"url": url, "place": place, "head": head, "next": words}, as_json, words)


@hub.command("trust")
@click.argument("certificate", required=False, default="", metavar="[SHA256]")
@click.option("--system", is_flag=True, help="Any certificate for its name that this computer's system trusts.")
@JSON
@click.pass_obj
def hub_trust(where: Where, certificate: str, system: bool, as_json: bool) -> None:
    """Which certificate the hub has: one alone, or any that the system trusts. Without either, say which."""
    from g20desk.desk import ways
    from g20desk.desk.unlocking import ledger_of

    if certificate and system:
        raise Usage("two-ways", "Either one certificate, or what the system trusts.", "Leave one of them out.")
    store = ledger_of(where.folder)[0].store
    if certificate or system:
        ways.pin(store, certificate)
    now = ways.pinned(store)
    words = f"the certificate {now}, and no other" if now else "any certificate that this computer's system trusts"
    say({"certificate": now or None}, as_json, f"The hub is known by {words}.")


@hub.command("proxy")
@click.argument("url", required=False, metavar="[URL|none|system]")
@click.option("--user", default="", metavar="NAME", help="Who signs in at the proxy; the password on standard input.")
@JSON
@click.pass_obj
def hub_proxy(where: Where, url: str | None, user: str, as_json: bool) -> None:
    """The proxy to the hub and to all networks: an address, none, or as the system has it. Without one, say which."""
    from g20desk import proxies
    from g20desk.desk import ways
    from g20desk.desk.acting import ADDRESS
    from g20desk.desk.unlocking import unlock

    secrets, store = unlock(where.folder)
    if url is not None or user:
        url = url or ways.proxy_of(store)[0]
        password = typed("Password at the proxy") if user else ""
        ways.set_proxy(store, secrets, url, user, password)
        ways.open_up(store, secrets)
    told, by = ways.proxy_of(store)
    proxy = proxies.through(store.meta(ADDRESS) or "https://g20.example")
    value = {"set": told, "user": store.meta(ways.PROXY_USER) or None, "proxy": proxy or None, "locked": by == "policy"}
    say(value, as_json, f"This desk goes out {ways.described(store)}.")


@hub.command("status")
@JSON
@click.pass_obj
def hub_status(where: Where, as_json: bool) -> None:
    """Whether the hub answers, and where its order ends."""
    from g20desk.desk import evidence, ways
    from g20desk.desk.acting import ADDRESS
    from g20desk.desk.unlocking import ledger_of
    from g20desk.errors import Unreachable

    ledger, clock = ledger_of(where.folder)
    place, head, _ = ledger.store.last_place()
    value = {
        "url": ledger.store.meta(ADDRESS), "reachable": False, "place": place, "head": head,
        "tentative": ledger.store.tentative_count(), "fault": evidence.standing(ledger.store),
    }  # fmt: skip
    try:
        status = ways.hub(ledger, clock).status()
        value |= {"reachable": True, "place": status.place, "head": status.head}
    except Unreachable as error:
        tell(f"{error.message} {error.help}", err=True)
    reached = "answers" if value["reachable"] else "can't be reached"
    words = f"{value['url']} {reached}; place {value['place']}; {value['tentative']} acts wait here"
    say(value, as_json, f"{words}\n{value['fault']}".strip())
