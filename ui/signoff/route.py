"""The route at the end: stages from top to bottom, who is asked, who has said what, until when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from g20desk.office.stages import STOPS
from ui import actions, theme
from ui.messages.model import moment
from ui.signoff.asked import how, voice, who
from ui.signoff.marks import Members, Node
from ui.signoff.model import AGAIN, Reading
from ui.signoff.rows import tally
from ui.texts import DECISIONS, comma, isolated, land, reason, span, t, when
from ui.widgets.base import Icon, Label, beside, clear, line
from ui.widgets.button import KeyButton

FEW = 3  # so many governments are named, more are drawn
# What the head and those who close do with a stage: in which states it is offered, the words, and the icon.
VERBS = {
    "reopen": (("broken",), "Lay it before all again", "refresh-cw"),
    "extend": (("open", "objected", "running"), "Give more time", "timer"),
    "close": (("over",), "Close the silence", "check"),
}
Verbs = Callable[[str], object]


def fill(layout: QVBoxLayout, reading: Reading, role: str, do: Verbs) -> None:
    """Draw the route anew. `role` is that of who reads; `do` begins one of the verbs."""
    clear(layout)
    signoff, stages = reading.data.get("signoff") or {}, reading.stages
    layout.addWidget(
        Label(t("Route: {name}", name=signoff.get("route") or t("one approval")), 13, theme.BOLD, wrap=True)
    )
    layout.addSpacing(10)
    if not stages:
        layout.addWidget(Label(t("Not submitted yet."), 12, tone="text2"))
    for number, stage in enumerate(stages, 1):
        row = line(layout, gap=10)
        state = "overdue" if stage.get("overdue") else stage["state"]
        row.addWidget(Node(number, state, number == len(stages)))
        box = QVBoxLayout()
        box.setContentsMargins(0, 2, 0, 18)
        box.setSpacing(3)
        name = stage["name"] if signoff.get("route") else t(stage["name"])
        box.addWidget(Label(name, 13, theme.BOLD, wrap=True))
        row.addLayout(box, 1)
        if "mode" in stage:
            _say(box, f"{who(stage['who'])} · {how(stage)}")
            _stands(box, stage, reading)
            _voices(box, stage)
        _decisions(box, stage, reading.now)
        if stage.get("absent"):
            lands = comma().join(land(one) for one in stage["absent"])
            _say(box, t("Nobody speaks for {lands}.", lands=lands), "warn")
        if "mode" in stage:
            _verbs(box, stage, reading, role, do)
    _late(layout, reading, do)
    layout.addStretch(1)


def _stands(box: QVBoxLayout, stage: dict[str, Any], reading: Reading) -> None:
    """How it stands, and until when."""
    state, due, now = stage["state"], moment(stage["due"]), reading.now
    if state == "waiting":
        _say(box, t("Opens when the stage before it is complete."))
    elif state == "running":
        _say(box, t("Adopted {when} UTC unless someone objects or asks for changes.", when=when(due, now, True)))
        _number(box, due - now)
        _say(
            box,
            t(
                "left to object or ask for changes. Saying nothing counts as agreement; “no objection” said aloud is recorded as that."
            ),
        )
    elif state == "over":
        _say(
            box,
            t("Over since {when} UTC, and nobody broke it. It counts once it is closed.", when=when(due, now, True)),
            "warn",
        )
    elif state == "broken":
        one = next((one for one in stage["decisions"] if one["counts"] and one["decision"] in STOPS), None)
        by, at = _by(one), when(moment(one["at"]), now, True) if one else ""
        box.addWidget(
            Label(t("Silence broken by {who}, {when} UTC.", who=by, when=at), 13, theme.BOLD, "block", wrap=True)
        )
        _say(box, t("The text stands as it is until the head lays it before all again."))
    elif state in ("open", "objected") and due:
        _say(box, t("Due {when} UTC", when=when(due, now, True)))
        _number(box, due - now)
        _say(box, t("left for this stage") if due > now else t("late"))
    elif state in ("open", "objected"):
        _say(box, t("Open now"))
    elif state == "adopted":
        _say(box, t("Adopted: nobody broke the silence."))


def _voices(box: QVBoxLayout, stage: dict[str, Any]) -> None:
    """Whose word is asked for, and what each has said: drawn where they are many governments, named where few."""
    voices = stage["voices"]
    lands = [(one["voice"], one["said"]) for one in voices if one["voice"]]
    if len(lands) > FEW:
        box.addSpacing(4)
        box.addWidget(Members(lands))
        box.addSpacing(2)
    silent = [one for one in voices if not one["said"]]
    if len(lands) > FEW:
        _say(box, tally([{"decision": one["said"]} for one in voices]))
    elif silent and stage["state"] not in ("approved", "adopted", "broken"):
        _say(box, t("No word yet: {who}", who=comma().join(voice(one) for one in silent)))
    elif silent and stage["state"] == "adopted":
        _say(box, t("Silent: {who}", who=comma().join(voice(one) for one in silent)))
    gone = [voice(one) for one in voices if not one["there"] and not one["said"]]
    if gone and stage["state"] not in ("approved", "adopted"):
        _say(box, t("Not in the office any more: {who}", who=comma().join(gone)), "warn")


def _decisions(box: QVBoxLayout, stage: dict[str, Any], now: int) -> None:
    """Who decided what, and when; what does not count with the reason."""
    for one in stage.get("decisions") or ():
        again = one["why"] == AGAIN
        if one["decision"] == "comment" or not (one["counts"] or one["why"]):
            continue
        look = DECISIONS.get(one["decision"], DECISIONS[""])
        who_ = [isolated(one["person"]), *([land(one["government"])] if one.get("government") else [])]
        said = comma().join([*who_, t(look.word).lower()])
        said += f"{comma()}{when(moment(one['at']), now, True)} UTC"
        tone, glyph = look.tone, look.icon
        if one["counts"] and one["why"]:  # it came after the end of its stage
            said += f" · {reason(one['why'])}"
        elif not one["counts"]:
            said, tone, glyph = f"{said} · {reason(one['why'])}", "text3", look.icon if again else "circle-x"
        if one.get("tentative"):
            said, tone, glyph = f"{said} · {t('not yet in the record')}", "warn", "cloud-off"
        words = Label(said, 12, tone="warn" if one.get("tentative") else "text2", wrap=True)
        row = line(box, gap=6)
        row.addLayout(beside(Icon(glyph, 14, tone), words))
        row.addWidget(words, 1)


def _verbs(box: QVBoxLayout, stage: dict[str, Any], reading: Reading, role: str, do: Verbs) -> None:
    """What may be done with the stage: for those whose it is, with the reason where it is not possible now."""
    for verb, (states, words, glyph) in VERBS.items():
        why = reading.can.get(verb, "")
        if stage["state"] not in states or (why and role != "head"):
            continue
        button = KeyButton(t(words), actions.keys(verb, "sign-off"), glyph, small=True)
        button.setEnabled(not why)
        button.setAccessibleDescription(why or button.key)
        button.clicked.connect(lambda _=False, verb=verb: do(verb))
        row = line(box, (0, 6, 0, 0))
        row.addWidget(button)
        row.addStretch(1)
        if why:
            _say(box, why)


def _late(layout: QVBoxLayout, reading: Reading, do: Verbs) -> None:
    """Objections that came too late hold the message until two people lift them."""
    if not (reading.data.get("signoff") or {}).get("late"):
        return
    why = reading.can.get("lift", "")
    box = QVBoxLayout()
    box.setSpacing(3)
    box.addWidget(Label(t("A late objection holds this message"), 13, theme.BOLD, "block", wrap=True))
    _say(box, t("What was agreed stands. Two people lift it, each with a reason; nothing goes out by that alone."))
    button = KeyButton(t("Ask to lift it"), actions.keys("lift", "sign-off"), "undo-2", small=True)
    button.setEnabled(not why)
    button.setAccessibleDescription(why or button.key)
    button.clicked.connect(lambda: do("lift"))
    row = line(box, (0, 6, 0, 0))
    row.addWidget(button)
    row.addStretch(1)
    if why:
        _say(box, why)
    layout.addLayout(box)


def _by(one: dict[str, Any] | None) -> str:
    if one is None:
        return ""
    return land(one["government"]) if one.get("government") else str(one["person"])


def _number(box: QVBoxLayout, left: int) -> None:
    box.addWidget(Label(span(left), 26, theme.BOLD, "text" if left > 0 else "block"))


def _say(box: QVBoxLayout, words: str, tone: str = "text2") -> None:
    box.addWidget(Label(words, 12, tone=tone, wrap=True))
