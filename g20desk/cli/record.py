"""`record`: what others can check."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import click

from g20desk.cli.output import JSON, Where, say, table

# Signs that turn the direction of what follows.
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@click.group()
def record() -> None:
    """Give others proof of what the office agreed to and posted."""


@record.command("pack")
@click.argument("message")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--withhold",
    "parts",
    multiple=True,
    metavar="PART",
    help="Content not to show: c.text.fr, c.picture.1, c.picture.*",
)
@click.option("--withhold-pieces", "contents", is_flag=True, help="Show no text and no picture at all.")
@click.option("--withhold-names", "names", is_flag=True, help="Show people by role and government alone.")
@click.option(
    "--show-reasons", "reasons", is_flag=True, help="Show comments and reasons, which are withheld otherwise."
)
@click.option(
    "--complete", is_flag=True, help="Show of every other place in the record that it is not about this message: a larger "
    "file, that tells who did what kind of act when.",
)  # fmt: skip
@JSON
@click.pass_obj
def record_pack(
    where: Where, message: str, file: Path, parts: tuple[str, ...], contents: bool, names: bool, reasons: bool,
    complete: bool, as_json: bool,
) -> None:  # fmt: skip
    """A message's proof pack: its content, who decided what, signatures and places, in one FILE that anybody can check
    with nothing else. Comments and reasons are withheld unless you say so."""
    from g20desk.desk import packing
    from g20desk.record import verify
    from g20desk.record.withholding import Wish

    made = packing.write(where.desk(), message, file, Wish(parts, contents, names, reasons, complete))
    found = made.verified
    withheld = len(list(verify.withheld(found)))
    value = {
        "message": found.folded.message.draft, "digest": found.folded.message.digest, "place": found.last.place,
        "hidden": found.hidden, "withheld": withheld, "tentative": made.tentative, "size": file.stat().st_size,
    }  # fmt: skip
    words = f"{file}: {file.stat().st_size:,} bytes, as of place {found.last.place}; {withheld} parts are withheld."
    if made.tentative:
        words += f" {made.tentative} acts that have no place in the record yet are left out."
    say(value, as_json, words)


@record.command("verify")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--words", default="", help="The office's safety words, as it publishes them: refused where they differ.")
@JSON
@click.pass_context
def record_verify(context: click.Context, file: Path, words: str, as_json: bool) -> None:
    """Check a proof pack. Needs no office, no network and no key; leaves with 1 where anything does not hold."""
    from g20desk.errors import Usage
    from g20desk.record import report, verify
    from g20desk.record.pack import BadPack

    try:
        found = report.report(verify.verify(verify.load(file)))
    except OSError as error:
        raise Usage("no-file", f"{file} can't be read: {error.strerror}.", "Name a proof pack.") from error
    except BadPack as fault:
        found = report.faulty(str(fault))
    if found["verified"] and words and words.split() != found["office"]["safety_words"].split():
        said = found["office"]["safety_words"]
        found = report.faulty(f"This is another office than the one with those words. Its own are: {said}.")
    say(found, as_json, _words(found))
    if not found["verified"]:
        context.exit(1)


def _words(found: dict[str, Any]) -> str:
    """For people: what is so, what is told, what is not proved."""
    if not found["verified"]:
        return "NOT VERIFIED. " + " ".join(map(_one, found["faults"]))
    office, message = found["office"], found["message"]
    made = [
        "Verified, but for what stands below under “rests on the maker's word” and “not proved”.",
        "",
        f"Office    {_one(office['name'])}",
        f"          safety words: {office['safety_words']}",
        f"Message   {message['id'][:16]}, {_one(message['kind'])}, {message['state']}, as of {found['as_of']['at']}",
        f"          content {message['digest']}",
        f"          {' '.join(message['words'])}",
        f"Made by   {_who(found['made_by'])}",
        "",
    ]
    if found["accused"]:
        made += ["Contradicted", *(f"- {_one(one)}" for one in found["accused"]), ""]
    made += _texts(found)
    posts = [[_one(p["account"]), p["lang"], p["state"], _one(" ".join(p["urls"]))] for p in found["posts"]]
    made += ["", *(_carried(found["relay"]) if found["relay"] else _agreed(found))]
    if released := found["released"]:
        looked = "reviewed" if released["reviewed"] else "not reviewed yet"
        made.append(f"  released in an emergency by {' and '.join(map(_one, released['roles']))}, {looked}")
    made += ["", "Posts", table(posts) or "None."]
    for title, name in (("Rests on the maker's word", "rests_on_word"), ("Not proved", "not_proved")):
        made += ["", title, *(f"- {_one(one)}" for one in found[name] or ["Nothing."])]
    if found["withheld"]:
        made += ["", "Withheld", *(f"- place {one['place']}: {_one(one['part'])}" for one in found["withheld"])]
    return "\n".join(made)


def _texts(of: dict[str, Any]) -> list[str]:
    made = []
    for text in of["texts"]:
        made += [f"[{text['lang']}{' ' + text['network'] if text['network'] else ''}]"]
        made += ["  (withheld)"] if text["withheld"] else _quoted("\n\n".join(text["parts"]))
    return made


def _agreed(of: dict[str, Any]) -> list[str]:
    """By which route, and who said what."""
    made = [f"Agreed    by the route “{_one(of['route'])}”" if of["route"] else "Agreed    by no route"]
    made += [_stage(one) for one in of["stages"]]
    rows = [
        [
            d["at"][:16] + "Z",
            _who(d),
            _one(d["decision"]),
            "counts" if d["counts"] else f"does not count: {_one(d['why'])}",
        ]
        for d in of["decisions"]
    ]
    return [*made, "", "Decisions", table(rows) or "None."]


def _carried(relay: dict[str, Any]) -> list[str]:
    """Of a relay: who took it on, and the line."""
    line = relay["line"]
    made = [f"Asked     {_one(relay['account'])} ({_one(relay['network'])}, {_one(relay['owner'])}) to carry a line"]
    for name, word in (("adopted", "Taken on"), ("declined", "Declined")):
        if one := relay[name]:
            made.append(f"{word:<9} by {_who(one)}, {one['at'][:16]}Z, place {one['place']}")
    made += ["Taken back by the office"] if relay["withdrawn"] else []
    made += [
        f"Locked    “{_one(phrase)}” stands in it ({lang})" for lang, said in relay["locked"].items() for phrase in said
    ]
    now = f", {line['now']} by now" if line["now"] != line["state"] else ""
    made += ["", f"Line      {line['id'][:16]}, {line['state']}{now}, content {line['digest']}",
             f"          {' '.join(line['words'])}"]  # fmt: skip
    return [*made, *_texts(line), "", *_agreed(line)]


def _stage(one: dict[str, Any]) -> str:
    """A stage of a route: how it stands, and who said what."""
    said = [f"{_one(seat)}: {_one(answer)}" for seat, answer in one["said"].items()]
    silent = [_one(seat) for seat in one["seats"] if seat not in one["said"]]
    words = "; ".join([*said, *([f"no word: {', '.join(silent)}"] if silent else [])])
    return f"  {_one(one['name'])} ({_one(one['who'])}, {one['mode']}): {one['state']}. {words}".rstrip()


def _who(one: dict[str, str]) -> str:
    role = f"{one['role']}, {one['government']}" if one["government"] else one["role"]
    return f"{_one(one['person'])} ({role})"


def _one(text: str) -> str:
    """Words of somebody who may want them to look like ours: nothing in them moves a terminal's cursor or turns a line."""
    return "".join(
        "\ufffd" if unicodedata.category(sign) in ("Cc", "Zl", "Zp") or sign in _TURNS else sign for sign in text
    )


def _quoted(text: str) -> list[str]:
    """A text of somebody else's, line by line, each marked as such."""
    return [f"  | {_one(line)}" for line in text.split("\n")]
