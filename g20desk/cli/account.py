"""`account`: the accounts that messages go to. Secrets come from standard input, never from arguments."""

from __future__ import annotations

import re
import sys
import webbrowser
from typing import TYPE_CHECKING, Any

import click

from g20desk.cli.output import JSON, Where, say, table, tell
from g20desk.clock import iso
from g20desk.errors import Usage

if TYPE_CHECKING:
    from g20desk.desk import Desk
    from g20desk.desk.accounts import AccountRow

APP = click.option("--app", default="", help="X only: the client id of the office's own app, for the browser.")
PASTE = click.option(
    "--paste", "by_hand", is_flag=True, help="Open the page yourself, and paste the code that it shows."
)
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?\Z")


def milliseconds(duration: str) -> int:
    """An ISO 8601 duration of days, hours, minutes, seconds. Raises Usage."""
    form = _DURATION.match(duration)
    if not form or not any(form.groups()):
        raise Usage("bad-duration", f"“{duration}” is no duration.", "Write for example PT10M or PT2H.")
    days, hours, minutes, seconds = (int(one or 0) for one in form.groups())
    return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000


def _secret(desk: Desk, network: str, server: str, app: str, by_hand: bool) -> str:
    """The secret from standard input; on a terminal by way of the browser, or typed unseen. Raises DeskError."""
    if sys.stdin is None:
        return ""
    if not sys.stdin.isatty():
        return sys.stdin.read().strip()
    if network == "bluesky":
        return str(click.prompt("App password", hide_input=True, err=True))
    if network == "x" and not app:
        app = str(click.prompt("Client id of the office's app on X", err=True))

    def show(url: str) -> bool:
        tell(f"Allow g20desk on this page:\n{url}", err=True)
        return not by_hand and webbrowser.open(url)

    def paste() -> str:
        return str(click.prompt("The code that the page shows", hide_input=True, err=True))

    return desk.accounts.browse(network, server, app, show, paste)


@click.group()
def account() -> None:
    """Accounts on networks."""


@account.command("add")
@click.argument("network")
@click.option("--name", required=True, help="What the office calls it.")
@click.option("--owner", required=True, help="official, presidency:CC or member:CC")
@click.option("--server", default="", help="The server's address, where it is not the usual one.")
@click.option("--handle", default="", help="The handle, where the secret does not tell it (Bluesky).")
@click.option("--lang", "langs", multiple=True, default=("en",), help="A language it carries; may be repeated.")
@click.option("--like", default="", help="Rehearsal only: the network imitated.")
@APP
@PASTE
@click.option("--grace", default="PT10M", help="How late a post may still go out.")
@JSON
@click.pass_obj
def account_add(
    where: Where, /, network: str, name: str, grace: str, app: str, by_hand: bool, as_json: bool, **more: Any
) -> None:
    """Add an account; its secret comes from standard input, on a terminal by way of the browser."""
    desk = where.desk()
    secret = "" if network == "rehearsal" else _secret(desk, network, more["server"], app, by_hand)
    event = desk.accounts.add(network, name=name, secret=secret, grace_ms=milliseconds(grace), **more)
    say({"account": event, "name": name}, as_json, f"Added {name}.")


@account.command("list")
@JSON
@click.pass_obj
def account_list(where: Where, as_json: bool) -> None:
    """All accounts: their state, and when a sign-in ends."""
    rows = where.desk().accounts.rows()
    value = [
        {"name": r.name, "network": r.network, "owner": r.owner, "state": r.state, "server": r.server,
         "handle": r.handle, "langs": r.langs, "ends": iso(r.ends) if r.ends is not None else None, "why": r.why,
         "characters": r.characters, "limits_read": iso(r.limits_at) if r.limits_at else None,
         **({"rehearsal": True} if r.rehearsal else {})}
        for r in rows
    ]  # fmt: skip
    say(
        value,
        as_json,
        table([[r.name, r.network, r.owner, r.state, r.handle, _end(r)] for r in rows]) or "No accounts yet.",
    )


def _end(row: AccountRow) -> str:
    return f"sign-in ends {iso(row.ends)}" if row.ends is not None else ""


@account.command("look")
@click.argument("names", nargs=-1)
@click.option("--since", default="", help="From when on: 2026-11-30T09:00Z. Without: the last seven days.")
@JSON
@click.pass_obj
def account_look(where: Where, names: tuple[str, ...], since: str, as_json: bool) -> int:
    """Read what stands on the accounts that you publish on, and tell what the office did not send; 1 where there is such a post. On X
    each post that is read costs: only where it is named."""
    from g20desk.desk import strays
    from g20desk.desk.times import moment

    desk = where.desk()
    value = strays.look(desk, names, moment(since, 0)[0] if since else None)
    lines = [f"{one['account']}: {one['why'] or _looked(one)}" for one in value["accounts"]]
    for one in value["strays"]:
        says = "may be a post of yours whose outcome is not known" if one["perhaps"] else "the office did not send this"
        lines += [f"{one['account']}, {one['posted_at']}: {says}", f"  {one['url']}", f"  {one['text']}"]
    say(value, as_json, "\n".join(lines) or "There is no account that you publish on.")
    return 1 if value["strays"] else 0


def _looked(one: dict[str, Any]) -> str:
    cost = f", {one['cost']} US$" if one["cost"] else ""
    return f"{one['posts']} posts read{' (there are more)' * one['more']}, {one['strays']} not sent by the office{cost}"


@account.command("remove")
@click.argument("name")
@JSON
@click.pass_obj
def account_remove(where: Where, name: str, as_json: bool) -> None:
    """Nothing goes to the account any more; its secret is dropped."""
    where.desk().accounts.remove(name)
    say({"name": name}, as_json, f"Removed {name}.")


@account.command("sign-in")
@click.argument("name")
@APP
@PASTE
@JSON
@click.pass_obj
def account_sign_in(where: Where, name: str, app: str, by_hand: bool, as_json: bool) -> None:
    """Give a new secret, as in add; the identity has to stay the same. What waited for it goes on."""
    desk = where.desk()
    found = desk.accounts.get(name)
    app = app or desk.accounts.app(name)
    secret = (
        "" if found.network == "rehearsal" and _terminal() else _secret(desk, found.network, found.server, app, by_hand)
    )
    desk.accounts.sign_in(name, secret)
    left = desk.custody.left(found)
    words = f"{name} is signed in." + (f" Still to be given up: the one before. {left}" if left else "")
    say({"name": name, "state": "ready", "left": left}, as_json, words)


def _terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


@account.command("release")
@click.argument("name")
@JSON
@click.pass_obj
def account_release(where: Where, name: str, as_json: bool) -> None:
    """Give up the sign-in that this desk had before the Presidency passed: it is made void where the network can be asked to, tried,
    and dropped here once the network refuses it."""
    how = where.desk().custody.release(name)
    say({"name": name, "how": how}, as_json, f"The network refuses the sign-in of {name}; this desk has dropped it.")


@account.command("set")
@click.argument("name")
@click.option("--grace", default="", help="How late a post may still go out, for example PT10M.")
@click.option("--distance", default="", help="How far apart two posts are at least, for example PT5M.")
@JSON
@click.pass_obj
def account_set(where: Where, name: str, grace: str, distance: str, as_json: bool) -> None:
    """Change what the office decides about an account."""
    if not grace and not distance:
        raise Usage("usage", "Say --grace or --distance.", "See: g20desk account set --help")
    accounts, made = where.desk().accounts, {"name": name}
    if grace:
        accounts.set_grace(name, milliseconds(grace))
        made["grace"] = grace
    if distance:
        accounts.set_distance(name, milliseconds(distance))
        made["distance"] = distance
    say(made, as_json, ", ".join(f"{word} {value}" for word, value in made.items()))
