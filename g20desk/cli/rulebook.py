"""`rulebook`: the shared code as rules: read, tried, changed, adopted by two people."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from g20desk.cli.output import JSON, Where, say, table
from g20desk.cli.rulebook_import import rulebook_import

if TYPE_CHECKING:
    from g20desk.rulebook.comparing import Change
    from g20desk.rulebook.rule import Rule

PATHS = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
LANG = click.option("--lang", default="en", help="The language of the texts that the rules are for.")


@click.group()
def rulebook() -> None:
    """The rules that texts are checked with."""


@rulebook.command("show")
@JSON
@click.pass_obj
def rulebook_show(where: Where, as_json: bool) -> None:
    """Which version is in force, who adopted it, and what is proposed."""
    from g20desk.clock import iso

    told = where.desk().rulebook.summary()
    lines = [f"Rulebook {told['version']}, digest {told['digest']}", f"{told['rules']} rules, {told['on']} of them on"]
    if not told["version"]:
        lines.append("It is the one that the program carries; the office has adopted none.")
    elif not told["program"]["same"]:
        lines.append("The program carries another one: g20desk rulebook export --program DIR")
    lines += [told["trouble"]] if told["trouble"] else []
    lines += ["", table([[family, str(count)] for family, count in told["families"].items()]), ""]
    for one in told["versions"]:
        lines.append(f"{one['version']}  {iso(one['adopted_at'])}  {one['by']}, {one['adopted_by']}: {one['note']}")
    if told["proposal"]:
        one = told["proposal"]
        lines += [f"Proposed as {one['version']} by {one['by']}: {one['note']}",
                  f"A second person adopts it: g20desk rulebook adopt {one['id'][:12]}"]  # fmt: skip
    if told["taken_back"]:
        one = told["taken_back"]
        lines.append(f"Proposed by {one['by']}, taken back by {one['taken_back_by']}: {one['why']}")
    say(told, as_json, "\n".join(lines))


@rulebook.command("list")
@click.option("--family", default="", help="Only this family, for example TERM.")
@click.option("--lang", default="", help="Only rules for texts in this language.")
@click.option("--search", default="", help="Only rules that hold these words.")
@JSON
@click.pass_obj
def rulebook_list(where: Where, family: str, lang: str, search: str, as_json: bool) -> None:
    """The rules in force, those that are switched off too."""
    rules = where.desk().rulebook.rules(family.upper(), lang, search)
    rows = [[r.id, r.level if r.on else "off", ",".join(r.langs) or "all", r.why] for r in rules]
    say([_told(rule) for rule in rules], as_json, table(rows) or "No rules.")


def _told(rule: Rule) -> dict[str, Any]:
    return {k: v for k, v in asdict(rule).items() if k != "needs"} | {"family": rule.family}


@rulebook.command("rule")
@click.argument("id")
@JSON
@click.pass_obj
def rulebook_rule(where: Where, id: str, as_json: bool) -> None:
    """All about one rule: what it looks for, why, its source and examples."""
    rule = where.desk().rulebook.rule(id)
    lines = [
        f"{rule.id}  {rule.level if rule.on else 'off'}  {rule.kind}  {', '.join(rule.langs) or 'all languages'}",
        rule.why,
    ]
    pairs = [("not", *rule.not_this), ("say", *rule.say_this), ("bad", *rule.bad), ("good", *rule.good)]
    lines += [f"{head:5} {one}" for head, *listed in pairs for one in listed]
    lines += [f"source {rule.source}", f"owner {rule.owner}, principle {rule.principle}, file {rule.file}"]
    say(_told(rule), as_json, "\n".join(lines))


@rulebook.command("code")
@JSON
@click.pass_obj
def rulebook_code(where: Where, as_json: bool) -> None:
    """The shared code: each principle and the rules that serve it."""
    code = where.desk().rulebook.code()
    lines = [code.who]
    for one in code.principles:
        lines += ["", f"{one.number}. {one.title}", one.says, ", ".join(one.rules)]
    say(asdict(code), as_json, "\n".join(lines))


@rulebook.command("changes")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--program", is_flag=True, help="What the program carries otherwise than is in force.")
@click.option("--version", type=int, help="What an adopted version changed.")
@JSON
@click.pass_obj
def rulebook_changes(where: Where, files: tuple[Path, ...], program: bool, version: int | None, as_json: bool) -> None:
    """What is proposed, rule by rule; or what a folder or files, the program or a version say otherwise."""
    from g20desk.desk import rule_files

    mine = where.desk().rulebook
    if files:
        found = mine.compared(mine.files(), rule_files.read(files, mine.files()))
    else:
        found = mine.compare("program" if program else "proposed" if version is None else str(version))
    lines = [line for change in found.rules for line in _changed(change)] + [f"~ {one.name}" for one in found.files]
    value = {
        "rules": [
            {"id": c.id, "keys": c.keys, "before": c.before and _told(c.before), "after": c.after and _told(c.after)}
            for c in found.rules
        ],
        "files": [one.name for one in found.files],
    }
    say(value, as_json, "\n".join(lines) or "Nothing is said otherwise.")


def _changed(change: Change) -> list[str]:
    from g20desk.rulebook.editing import row

    one, other = (row(rule) if rule else {} for rule in (change.before, change.after))
    if not one or not other:
        return [f"{'+' if other else '-'} {change.id}: {(other or one)['why']}"]
    return [f"~ {change.id}", *(f"  {key}: {one[key]} → {other[key]}" for key in change.keys)]


@rulebook.command("try")
@PATHS
@click.option("--text", required=True, help="The text to check.")
@LANG
@click.option("--kind", default="news", help="news, statement, rebuttal, condolence or correction")
@click.option("--network", default="x", help="x, bluesky or mastodon")
@click.option("--only", default="", help="Only this rule, even where it is off.")
@JSON
@click.pass_obj
def rulebook_try(
    where: Where, files: tuple[Path, ...], text: str, lang: str, kind: str, network: str, only: str, as_json: bool
) -> None:
    """What rules in files would say of a text; nothing is signed."""
    from g20desk.desk import rule_files

    desk = where.desk()
    found = desk.rulebook.trial(rule_files.read(files, desk.rulebook.files()), text, lang, kind, network, only.upper())
    say({"findings": found}, as_json, "\n".join(map(_line, found)) or "Nothing found.")


def _line(found: dict[str, Any]) -> str:
    said = f"{found['level']} {found['rule']} “{found['text']}”: {found['message']}"
    return said + (f" → {found['suggestion']}" if found["suggestion"] is not None else "")


@rulebook.command("would-say")
@PATHS
@click.option("--last", default=100, help="How many messages.")
@JSON
@click.pass_obj
def rulebook_would_say(where: Where, files: tuple[Path, ...], last: int, as_json: bool) -> None:
    """What rules in a folder or files would newly say of the last messages, and what they would no longer say."""
    from g20desk.desk import rule_files

    desk = where.desk()
    told = desk.rulebook.would_say(rule_files.read(files, desk.rulebook.files()), last)
    lines = [f"{told['messages']} messages: {len(told['new'])} new findings, {len(told['gone'])} gone"]
    for mark, listed in (("+", told["new"]), ("-", told["gone"])):
        lines += [f"{mark} {one['message_id'][:12]} {one['lang']} {_line(one)}" for one in listed]
    say(told, as_json, "\n".join(lines))


@rulebook.command("propose")
@PATHS
@click.option("--note", default="", help="What changes, in a sentence; it goes on record.")
@JSON
@click.pass_obj
def rulebook_propose(where: Where, files: tuple[Path, ...], note: str, as_json: bool) -> None:
    """Propose a folder of rule files, or files that take the place of those of the same name, as the next version."""
    from g20desk.desk import rule_files

    desk = where.desk()
    made = desk.rulebook.propose(rule_files.read(files, desk.rulebook.files()), note)
    say({"proposal": made}, as_json, f"Proposed. A second person adopts it: g20desk rulebook adopt {made[:12]}")


@rulebook.command("adopt")
@click.argument("proposal")
@JSON
@click.pass_obj
def rulebook_adopt(where: Where, proposal: str, as_json: bool) -> None:
    """Sign an open proposal as the second person; the head is one of the two."""
    made = where.desk().rulebook.adopt(proposal)
    say(made, as_json, f"Rulebook {made['version']} is in force.")


@rulebook.command("withdraw")
@click.argument("proposal")
@click.option("--why", default="", help="The reason; it goes on record.")
@JSON
@click.pass_obj
def rulebook_withdraw(where: Where, proposal: str, why: str, as_json: bool) -> None:
    """Take an open proposal off the table: its author withdraws it, or the head declines it."""
    where.desk().rulebook.withdraw(proposal, why)
    say({"withdrawn": proposal}, as_json, "It is off the table.")


@rulebook.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--program", is_flag=True, help="The files that the program carries, not those in force.")
@click.option("--proposed", is_flag=True, help="The files of the open proposal.")
@JSON
@click.pass_obj
def rulebook_export(where: Where, folder: Path, program: bool, proposed: bool, as_json: bool) -> None:
    """Write the rule files in force into a new folder, to be read or changed."""
    from g20desk.desk import rule_files

    mine = where.desk().rulebook
    files = rule_files.program_files() if program else mine.proposed()[1] if proposed else mine.files()
    rule_files.write(files, folder)
    say({"folder": str(folder), "files": len(files)}, as_json, f"Wrote {len(files)} files to {folder}.")


@rulebook.command("switch")
@click.argument("how", metavar="on|off", type=click.Choice(["on", "off"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--family", "families", multiple=True, help="All rules of this family; may be given several times.")
@click.option("--rule", "rules", multiple=True, help="This rule; may be given several times.")
@JSON
def rulebook_switch(how: str, file: Path, families: tuple[str, ...], rules: tuple[str, ...], as_json: bool) -> None:
    """Switch rules of a rule file on or off: all of them, those of families, or some; then propose the file."""
    from g20desk.desk import rule_files

    text, ids = rule_files.switched(file, how == "on", families, rules)
    if ids:
        rule_files.save(text, file)
    said = f"Switched {how} in {file}: {len(ids)}." if ids else f"No rule of {file} had to be switched."
    say({"file": str(file), "switched": len(ids), "rules": ids}, as_json, said)


rulebook.add_command(rulebook_import)
