"""`publish`, `post`, `hold`: what goes out, what became of it, what stops it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from g20desk import logs
from g20desk.cli.alarm import told_of
from g20desk.cli.output import JSON, WHY, Where, reason, say, tell
from g20desk.clock import SystemClock, iso
from g20desk.errors import Refused, Usage

if TYPE_CHECKING:
    from g20desk.desk import Desk


@click.command()
@click.option("--once", is_flag=True, help="Send what is due, then leave.")
@click.option("--watch", is_flag=True, help="Go on until stopped.")
@click.option("--health", is_flag=True, help="Whether a publisher watches on this desk, and what it has to tell.")
@click.option("--on-alarm", default="", help="With --watch: a program that gets each alarm as JSON.")
@JSON
@click.pass_obj
def publish(where: Where, once: bool, watch: bool, health: bool, on_alarm: str, as_json: bool) -> int:
    """Send what is due, and ask the networks about what is unknown."""
    if once + watch + health != 1 or (on_alarm and not watch):
        raise Usage("usage", "Say either --once, --watch or --health.", "See: g20desk publish --help")
    if health:
        return _health(where, as_json)
    desk = _desk(where)
    if once:
        told, code = desk.publish.once(), 0
        made, kept = desk.recurrings.make_due()
        desk.publish.look()
        drafts = (f"made a draft: message {id[:12]}" for id in made)
        mailed = desk.mail.send()
        mail = [*(f"mail to {one}" for one in mailed.refused), *([f"mail: {mailed.trouble}"] if mailed.trouble else [])]
        alarms = (told_of(alarm) for alarm in desk.alarms.fresh("publisher")[1])
        for line in (*drafts, *kept, *desk.publish.remarks(), *alarms, *mail):
            tell(line, err=True)
    else:
        from g20desk.desk.watching import watch as run

        with _marked():
            told, code = run(desk, lambda said: say(said.as_json(), as_json, said.line(), err=True), on_alarm)
    words = ", ".join(f"{count} {word}" for word, count in told.items() if count) or "Nothing was due."
    say(told, as_json, words)
    return code


@contextmanager
def _marked() -> Iterator[None]:
    """While it watches, an end that is none leaves its mark, for the next start to tell of."""
    if not logs.logging():
        yield
        return
    from g20desk.crashes.running import Running, take_up

    logs.become("publisher")
    take_up()
    with Running("publisher"):
        yield


def _desk(where: Where) -> Desk:
    """The desk; where it can't be opened, whoever watches the publisher's file is told of it."""
    from g20desk.desk import health

    try:
        return where.desk()
    except Usage as error:
        health.fell(where.folder, SystemClock().now_ms(), error.message)
        raise


def _health(where: Where, as_json: bool) -> int:
    """0 where a publisher is alive, without trouble, and nothing stands that nobody has seen; else 1."""
    from g20desk.desk import health

    desk = where.desk()
    last, alarms = health.read(desk.folder), [a for a in desk.alarms.standing() if not a.seen]
    alive = last is not None and last.alive(desk.clock.now_ms())
    value = {
        "alive": alive, "at": iso(last.at) if last else None, "trouble": last.trouble if last else "",
        "alarms": [alarm.as_json() for alarm in alarms],
    }  # fmt: skip
    head = f"The publisher is alive: {value['at']}." if alive else f"No publisher is alive; last: {value['at']}."
    say(value, as_json, "\n".join(filter(None, [head, str(value["trouble"]), *map(told_of, alarms)])))
    return 0 if alive and not value["trouble"] and not alarms else 1


@click.group()
def post() -> None:
    """What became of a single post."""


@post.command("settle")
@click.argument("id")
@click.option("--sent", "url", help="It is out: the address of the post.")
@click.option("--not-sent", is_flag=True, help="It is not out.")
@WHY
@JSON
@click.pass_obj
def post_settle(where: Where, id: str, url: str | None, not_sent: bool, why: str, as_json: bool) -> None:
    """Answer for a post of unknown outcome. Neither answer sends anything."""
    if (url is None) != not_sent:
        raise Usage("usage", "Say either --sent URL or --not-sent.", "See: g20desk post settle --help")
    where.desk().publish.settle(id, url is not None, url or "", reason(why))
    say({"post": id, "sent": url is not None}, as_json, "Noted.")


@post.command("remove")
@click.argument("id")
@WHY
@JSON
@click.pass_obj
def post_remove(where: Where, id: str, why: str, as_json: bool) -> None:
    """Take a published post down, on record."""
    outcome = where.desk().publish.remove(id, reason(why))
    say({"outcome": outcome}, as_json, outcome)


@post.command("numbers")
@click.argument("id")
@click.option("--pay", is_flag=True, help="Also where the network charges for it.")
@JSON
@click.pass_obj
def post_numbers(where: Where, id: str, pay: bool, as_json: bool) -> None:
    """Likes, reposts, answers, quotes and views of a sent post, asked now. message show has those that were read last."""
    told = where.desk().publish.numbers(id, pay)
    say(told, as_json, ", ".join(f"{told[kind]} {kind}" for kind in told if kind != "at"))


@click.group()
def hold() -> None:
    """Stop sending."""


@hold.command("place")
@WHY
@click.option("--topic", default="", help="Only messages on this topic.")
@click.option("--account", default="", help="Only this account.")
@JSON
@click.pass_obj
def hold_place(where: Where, why: str, topic: str, account: str, as_json: bool) -> None:
    """Stop everything from the next request on."""
    say({"hold": where.desk().holds.place(why, topic, account)}, as_json, "On hold.")


@hold.command("list")
@JSON
@click.pass_obj
def hold_list(where: Where, as_json: bool) -> None:
    """Holds in force, and late objections, which hold one message each."""
    desk = where.desk()
    rows: list[dict[str, Any]] = [{**row, "message": None} for row in desk.holds.rows()]
    rows += [
        {"hold": one["objection"], "by": one["by"], "at": one["at"], "topic": "", "account": "", "why": one["why"],
         "lift_proposed": one["lift_proposed"], "message": one["message"]}
        for one in desk.signoffs.late()
    ]  # fmt: skip
    words = [f"{r['hold'][:12]}  {_stops(r)}  {r['by']}: {r['why']}" for r in rows]
    say(rows, as_json, "\n".join(words) or "No holds.")


def _stops(row: dict[str, Any]) -> str:
    """What a hold stops, in words."""
    return f"message {row['message'][:12]}" if row["message"] else row["account"] or row["topic"] or "everything"


@hold.command("stopped")
@JSON
@click.pass_obj
def hold_stopped(where: Where, as_json: bool) -> None:
    """Messages that a hold stopped which was lifted since. None goes out by itself; see: hold resume."""
    rows = [{**row, "planned": iso(row["planned"])} for row in where.desk().holds.stopped()]
    words = [f"{r['message'][:12]}  {r['planned']}  {', '.join(r['accounts'])}  {r['title']}" for r in rows]
    say(rows, as_json, "\n".join(words) or "None.")


@hold.command("resume")
@click.argument("ids", nargs=-1, required=True, metavar="MESSAGE...")
@click.option("--at", default="", help="now, or a time. Without it each keeps its own, where that is still to come.")
@JSON
@click.pass_obj
def hold_resume(where: Where, ids: tuple[str, ...], at: str, as_json: bool) -> int:
    """Schedule chosen messages again that a lifted hold stopped."""
    from g20desk.desk.times import moment

    desk = where.desk()
    when = moment(at, desk.clock.now_ms())[0] if at else None
    done, refused = [], []
    for id in ids:
        try:
            done.append({"message": desk.messages.find(id), "at": iso(desk.holds.resume(id, when))})
        except (Refused, Usage) as no:
            refused.append({"message": id, "code": no.code, "why": no.message})
    words = [*(f"{one['message'][:12]}  planned for {one['at']}" for one in done),
             *(f"{one['message']}  {one['why']}" for one in refused)]  # fmt: skip
    say({"scheduled": done, "refused": refused}, as_json, "\n".join(words))
    return 1 if refused else 0


@hold.command("lift")
@click.argument("id", default="")
@WHY
@JSON
@click.pass_obj
def hold_lift(where: Where, id: str, why: str, as_json: bool) -> None:
    """Propose to lift a hold, or a late objection; a second person's call lifts it."""
    desk = where.desk()
    late = [one for one in desk.signoffs.late() if one["objection"].startswith(id)]
    if len(late) == 1 and not [row for row in desk.holds.rows() if row["hold"].startswith(id)]:
        told = desk.signoffs.lift(late[0]["message"], reason(why), late[0]["objection"])
        told["hold"] = told.pop("objection")
    else:
        told = desk.holds.lift(id, why)
    lifted = "Lifted. Nothing goes out by that alone; see: g20desk hold stopped"
    say(told, as_json, lifted if told["lifted"] else "Noted: lifting takes two people.")
