"""The program's own log and the reports of its ends that nobody meant: whether they are kept, and whether there is one to look at."""

from __future__ import annotations

from collections.abc import Iterator

from g20desk import folders, logs
from g20desk.crashes import report
from g20desk.desk.doctor.examining import See
from g20desk.desk.doctor.finding import NOTE, OK, WARNING, Fact, Saying, teller

SAYINGS = {
    "logs-kept": Saying(OK, "level {level}, {n} days, {size} MB at most, in {folder}"),
    "logs-off": Saying(NOTE, "nothing is logged: the level is off"),
    "logs-trouble": Saying(
        WARNING, "nothing can be logged: {why}",
        "Work goes on. Ask your administrator for room, and for the right to write, in the folder of the logs."),
    "crashes-untold": Saying(
        NOTE, "the program ended {n} times as nobody meant it, the last time at {when}",
        "Save a support bundle and give it to your administrator; it holds no content.", "g20desk support bundle FILE"),
}  # fmt: skip
fact = teller(SAYINGS)


def kept(see: See) -> Iterator[Fact]:
    """How logs are kept, what is in their way, and the reports that nobody has put away."""
    now = logs.keeping()
    if trouble := logs.trouble():
        yield fact("logs-trouble", why=trouble)
    elif now.level == "off":
        yield fact("logs-off")
    else:
        yield fact("logs-kept", level=now.level, n=now.days, size=now.megabytes, folder=folders.logs())
    if untold := report.untold():
        yield fact("crashes-untold", n=len(untold), when=untold[-1]["at"])
