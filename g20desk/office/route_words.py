"""A route in one sentence of plain English. Any route can be said, one that is being built or that nobody could keep included."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from g20desk.office.route import ALL, SILENCE, Route, Stage
from g20desk.office.state import Office

KINDS = {
    "news": "a piece of news", "statement": "a statement", "rebuttal": "a rebuttal", "condolence": "a condolence",
    "correction": "a correction",
}  # fmt: skip
ROLES = {
    "head": ("head of the office", "heads of the office"), "officer": ("officer", "officers"),
    "liaison": ("liaison", "liaisons"), "expert": ("expert", "experts"), "analyst": ("analyst", "analysts"),
    "presidency": ("person of the Presidency", "people of the Presidency"),
}  # fmt: skip
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000

Land = Callable[[str], str]


def sentence(route: Route, office: Office, land: Land = str) -> str:
    """The whole of it. `land` gives a government's name for its two letters."""
    said = [clause(one, office, land) for one in route.stages]
    about = subject(route, office)
    if not said:
        return f"{_capital(about)} goes by this route, which has no stage yet."
    if len(said) == 1:
        return f"{_capital(about)} is {said[0]}."
    middle = "".join(f"; then {one}" for one in said[1:-1])
    last = f"; then {said[-1]}" if len(said) == 2 else f"; and last {said[-1]}"
    return f"{_capital(about)} is first {said[0]}{middle}{last}."


def subject(route: Route, office: Office) -> str:
    """What goes by a route: `a statement on debt for G20 X`."""
    if not (route.kinds or route.topics or route.accounts):
        return "a message that is given this route"
    kinds = either([KINDS.get(one, f"a message of the kind “{one}”") for one in route.kinds]) or "a message"
    topics = either(route.topics)
    accounts = either([office.accounts[one].name if one in office.accounts else one for one in route.accounts])
    return kinds + (f" on {topics}" if topics else "") + (f" that goes to {accounts}" if accounts else "")


def clause(stage: Stage, office: Office, land: Land = str) -> str:
    """What one stage asks: `approved by any officer within 2 hours`."""
    within = duration(stage.within_ms)
    if stage.mode != SILENCE:
        return f"approved by {asked(stage, office, land)} within {within}"
    whose, many = _silent(stage.who, office, land)
    objector = "one of them objects" if many else "that voice objects"
    return f"adopted by silence of {whose} unless {objector} within {within}"


def asked(stage: Stage, office: Office, land: Land = str) -> str:
    """Who approves in a stage: `any officer`, `the liaisons of two of Brazil, India and Italy`."""
    kind, _, rest = stage.who.partition(":")
    if kind == "role":
        one, many = ROLES.get(rest, (rest or "nobody", rest or "nobody"))
        return _people(stage.need, one, many, rest == "head" and _heads(office) == 1)
    if kind == "experts":
        return _people(stage.need, f"expert on {rest}", f"experts on {rest}", False)
    if kind == "person":
        name = office.people[rest].name if rest in office.people else "somebody who is not in the office"
        return name if stage.need < 2 else f"{number(stage.need)} people, of whom {name} is the only one"
    if kind == "governments":
        return _governments(stage.need, rest, office, land)
    return f"whoever “{stage.who}” is" if stage.who else "nobody yet"


def _people(need: int, one: str, many: str, alone: bool) -> str:
    if alone and need < 2:
        return f"the {one}"
    if need == ALL:
        return f"every {one}"
    return f"any {one}" if need == 1 else f"{number(need)} {many}"


def _governments(need: int, rest: str, office: Office, land: Land) -> str:
    named = [land(one) for one in (office.troika if rest == "troika" else rest.split(",")) if one]
    if rest == "all":
        every, some = "all members", "members"
    elif rest == "troika" or not named:
        every = some = f"the troika ({both(named)})" if named else "the troika"
    else:
        every, some = both(named), f"{either(named)}" if need == 1 else both(named)
    if need == ALL:
        return f"the liaisons of {every}" if rest in ("all", "troika") or len(named) != 1 else f"the liaison of {every}"
    if need == 1:
        member = "any member" if rest == "all" else f"any government of {some}" if rest == "troika" else some
        return f"the liaison of {member}"
    return f"the liaisons of any {number(need)} {some if rest == 'all' else 'of ' + some}"


def _silent(who: str, office: Office, land: Land) -> tuple[str, bool]:
    """Whose silence it is, and whether that is more than one voice."""
    kind, _, rest = who.partition(":")
    if kind == "governments" and rest == "all":
        return "all members' liaisons", True
    stage = Stage("", who, ALL, 0, SILENCE)
    said = asked(stage, office, land)
    if kind == "role" and not said.startswith("the "):
        return f"all {ROLES.get(rest, (rest, rest))[1]}", True
    if kind == "experts":
        return f"all experts on {rest}", True
    return said, said.startswith("the liaisons")


def duration(ms: int) -> str:
    """`2 hours`, `1 hour 30 minutes`, `3 days`, `45 seconds`."""
    if ms < SECOND:
        return "no time"
    if ms % DAY == 0 and ms >= 2 * DAY:
        return f"{ms // DAY} days"
    hours, rest = divmod(ms, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    parts = ((hours, "hour"), (minutes, "minute"), (rest // SECOND, "second"))
    return " ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts if n)


def number(n: int) -> str:
    """`two`, `three`; figures from thirteen on."""
    return NUMBERS[n] if 0 <= n < len(NUMBERS) else str(n)


def both(words: Sequence[str]) -> str:
    """`Brazil, India and Italy`."""
    return _row(words, "and")


def either(words: Sequence[str]) -> str:
    """`Brazil, India or Italy`."""
    return _row(words, "or")


def _row(words: Sequence[str], last: str) -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def _heads(office: Office) -> int:
    return sum(one.role == "head" and not one.retired for one in office.people.values())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
