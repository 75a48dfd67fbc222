"""What the demonstration office tells: messages and acts from `resources/demo`, their times, and its two charts.

All of it is invented. Times are written from now: `-47m`, `+1d2h`; `-2d@09:30` is 09:30 UTC two days ago; a leading
`~` moves to the quarter of an hour before (past) or after (to come).
"""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from g20desk.office.content import Content, PictureFile, Text

FILES = ("out", "waiting", "planned", "rounds")
MINUTE = 60_000
DAY = 1440 * MINUTE
_TIME = re.compile(r"(~?)([+-])(?:(\d+)d)?(?:@(\d\d):(\d\d)|(?:(\d+)h)?(?:(\d+)m)?)\Z")

BLUE, PALE, GREY, INK, GREEN = "#2A4FB8", "#C7D2F0", "#C9C9C1", "#1A1C20", "#1B6E45"


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the story: when, by whom, which verb, on which message, with what words, and what is proposed instead."""

    at: int
    who: str
    verb: str
    message: str
    said: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The whole story as it stands at `now`: further accounts, each message as its file has it, all acts in order of time."""

    now: int
    accounts: Sequence[Mapping[str, Any]]
    messages: Mapping[str, Mapping[str, Any]]
    steps: Sequence[Step]


def moment(text: str, now: int) -> int:
    """Milliseconds since 1970 of a time as the files write it."""
    form = _TIME.match(text)
    if form is None:
        raise ValueError(f"{text!r} is no time of the demonstration")
    near, sign, days, hour, minute, hours, minutes = form.groups()
    way = -1 if sign == "-" else 1
    if hour is not None:
        return (now // DAY + way * int(days or 0)) * DAY + (int(hour) * 60 + int(minute)) * MINUTE
    length = int(days or 0) * DAY + (int(hours or 0) * 60 + int(minutes or 0)) * MINUTE
    step = 15 * MINUTE if near else MINUTE
    made = (now + way * length) // step * step
    return made + step if way > 0 else made


def told(now: int) -> Told:
    """The story as it stands at `now`."""
    chosen = _read("accounts")
    messages: dict[str, Mapping[str, Any]] = {}
    steps: list[Step] = []
    for file in FILES:
        for one in _read(file)["message"]:
            to = [name for word in one["to"] for name in chosen["sets"].get(word, [word])]
            messages[one["name"]] = {**one, "to": to}
            steps += _steps(one, now)
    return Told(now, chosen["account"], messages, sorted(steps, key=lambda step: step.at))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("resources").joinpath("demo", f"{name}.toml").read_text("utf-8"))


def rules() -> tuple[str, dict[str, dict[str, Any]]]:
    """What is proposed of the rules, and why: values by rule and key."""
    told = _read("rules")
    return str(told["note"]), {one.pop("rule"): one for one in told["change"]}


def rounds() -> dict[str, list[dict[str, Any]]]:
    """The routes, the templates and the deputies of the office, as files have them."""
    return {"route": [], "template": [], "deputy": [], **_read("routes")}


def _steps(one: Mapping[str, Any], now: int) -> list[Step]:
    """The acts of one message, the usual ones filled in."""
    name, by, begun = one["name"], one.get("by", "officer"), moment(one["begun"], now)
    made = [Step(begun, by, "new", name)]
    if "signed" in one:
        made.append(Step(begun + 25 * MINUTE, by, "submit", name))
        made.append(Step(begun + 120 * MINUTE, one["signed"], "approve", name))
    if "at" in one:
        due = moment(one["at"], now)
        made.append(Step(begun + 150 * MINUTE, "officer", "schedule", name, str(due)))
        sent = due + one.get("late", 0) * MINUTE + 2_000
        if sent < now:
            made += [Step(sent, by, "fault", name, f"{to}: {how}") for to, how in one.get("faults", {}).items()]
            made.append(Step(sent, one.get("publisher", "officer"), "publish", name))
    for when, who, verb, *said in one.get("acts", ()):
        words = [str(moment(said[0], now))] if verb == "schedule" else said
        made.append(Step(moment(when, now), who, verb, name, *words))
    return made


def content(one: Mapping[str, Any], pictures: Mapping[str, str], *, first: bool = False) -> Content:
    """A message as typed; `first`: as it was before it was revised. `pictures`: paths of the charts by name."""
    texts = {**one["text"], **(one.get("first", {}) if first else {})}
    made = tuple(Text(lang, (said,) if isinstance(said, str) else tuple(said)) for lang, said in texts.items())
    shown = (PictureFile(pictures[one["picture"]], one["alt"]),) if "picture" in one else ()
    return Content(one["kind"], tuple(one["to"]), made, shown, one.get("note", ""), one.get("topic", ""))


def charts() -> dict[str, bytes]:
    """The two pictures, as PNG."""
    return {"line": _line(), "bars": _bars()}


def _line() -> bytes:
    costs = (9.7, 9.1, 8.9, 8.2, 7.7, 7.4, 7.1, 6.8, 6.6, 6.5, 6.3, 6.2)
    image, pen, font = _sheet("Average cost of sending money home, % of the amount")
    points = [(100 + n * 85, 560 - round(cost * 42)) for n, cost in enumerate(costs)]
    pen.line([(100, 560), (1100, 560)], fill=GREY, width=2)
    for left in range(100, 1100, 24):
        pen.line([(left, 560 - 126), (left + 12, 560 - 126)], fill=GREEN, width=3)
    pen.text((108, 560 - 120), "Goal: 3%", fill=GREEN, font=font)
    pen.line(points, fill=BLUE, width=6, joint="curve")
    for (x, y), cost in ((points[0], costs[0]), (points[-1], costs[-1])):
        pen.ellipse([x - 9, y - 9, x + 9, y + 9], fill=BLUE)
        pen.text((x - 20, y - 48), f"{cost}%", fill=INK, font=font)
    return _png(image)


def _bars() -> bytes:
    image, pen, font = _sheet("Wheat stocks, % of a year's use")
    pen.line([(100, 560), (1100, 560)], fill=GREY, width=2)
    for n, share in enumerate((28, 29, 30, 31)):
        left, top = 170 + n * 240, 560 - share * 12
        pen.rectangle([left, top, left + 140, 559], fill=BLUE if n == 3 else PALE)
        pen.text((left + 42, top - 44), f"{share}%", fill=INK, font=font)
        pen.text((left + 36, 572), f"Year {n + 1}", fill=INK, font=font)
    return _png(image)


def _sheet(title: str) -> tuple[Any, Any, Any]:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (1200, 675), "white")
    pen = ImageDraw.Draw(image)
    pen.text((100, 52), title, fill=INK, font=ImageFont.load_default(34))
    pen.text((100, 626), "Rehearsal figures, invented", fill=INK, font=ImageFont.load_default(20))
    return image, pen, ImageFont.load_default(28)


def _png(image: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
