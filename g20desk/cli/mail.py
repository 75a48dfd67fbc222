"""`mail`: notices through the office's own mail server, and where each person wants them."""

from __future__ import annotations

import click

from g20desk.cli.output import JSON, Where, say, typed


@click.group()
def mail() -> None:
    """Notices by mail: who asks, what kind of message, by when. Never a text, never a link."""


@mail.command("address")
@click.argument("address", default="")
@click.option("--none", "nowhere", is_flag=True, help="No notices by mail.")
@JSON
@click.pass_obj
def mail_address(where: Where, address: str, nowhere: bool, as_json: bool) -> None:
    """Say where you want notices; every member of the office can read it. Without ADDRESS: what stands now."""
    desk = where.desk()
    if address or nowhere:
        desk.mail.address("" if nowhere else address)
    found = desk.mail.address_of(desk.person.id)
    say({"address": found or None}, as_json, f"Notices go to {found}." if found else "You get no notices by mail.")


@mail.command("server")
@click.argument("host")
@click.option("--sender", required=True, help="The address that notices come from.")
@click.option("--security", type=click.Choice(["starttls", "tls", "none"]), default="starttls", show_default=True,
              help="How letters are kept from being read on their way; none: only on this computer.")  # fmt: skip
@click.option("--port", type=int, default=0, help="Without it 587 for starttls, 465 for tls.")
@click.option("--user", default="", help="Whom to sign in as; the password comes on standard input.")
@click.option("--pin", default="", help="The SHA-256 of the server's certificate, instead of the system's store.")
@JSON
@click.pass_obj
def mail_server(
    where: Where, host: str, sender: str, security: str, port: int, user: str, pin: str, as_json: bool
) -> None:
    """Have this desk send the office's notices through a mail server. One desk of the office does: best the publisher's."""
    from g20desk.desk.smtp import PORTS, Server

    desk, password = where.desk(), typed("The mail server's password") if user else ""
    server = Server(host, port or PORTS[security], security, sender, user, pin)
    desk.mail.use(server, password)
    say(desk.mail.shown(), as_json, f"This desk sends notices through {host}:{server.port}. Try it: mail test")


@mail.command("stop")
@JSON
@click.pass_obj
def mail_stop(where: Where, as_json: bool) -> None:
    """Send no notices from this desk, and forget the server and its password."""
    where.desk().mail.stop()
    say({"server": None}, as_json, "This desk sends no notices.")


@mail.command("show")
@JSON
@click.pass_obj
def mail_show(where: Where, as_json: bool) -> None:
    """The mail server of this desk, what is wrong with it, and who gave an address."""
    found = where.desk().mail.shown()
    server = found["server"]
    words = [f"{server['host']}:{server['port']}, {server['security']}, from {server['sender']}" if server
             else "This desk sends no notices.", found["trouble"], *(f"{name}: {why}" for name, why in found["refused"].items()), f"Your address: {found['address'] or 'none'}",
             f"Notices reach: {', '.join(found['people']) or 'nobody'}"]  # fmt: skip
    say(found, as_json, "\n".join(filter(None, words)))


@mail.command("test")
@click.argument("address", default="")
@JSON
@click.pass_obj
def mail_test(where: Where, address: str, as_json: bool) -> None:
    """Send a letter to ADDRESS, or to your own, to see that letters arrive."""
    where.desk().mail.trial(address)
    say({"sent": True}, as_json, "The mail server took it.")


@mail.command("send")
@JSON
@click.pass_obj
def mail_send(where: Where, as_json: bool) -> int:
    """Send what is due now. The publisher and the window of this desk do it by themselves."""
    told = where.desk().mail.send()
    value = {"sent": told.sent, "later": told.later, "refused": list(told.refused), "trouble": told.trouble}
    words = [f"{told.sent} sent, {told.later} later, {len(told.refused)} refused", *told.refused, told.trouble]
    say(value, as_json, "\n".join(filter(None, words)))
    return 3 if told.trouble else 0
