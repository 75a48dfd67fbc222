"""A message that went past sign-off says so loudly: who released it, by which template, why, and what came of the review; and
one that a late objection or a broken silence holds up leads to where that is lifted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.messages.model import moment
from ui.texts import comma, isolated, t, when
from ui.widgets.base import Icon, Label, column, dress, line, told
from ui.widgets.button import KeyButton

RELEASED, REVIEWED = "message.released", "signoff.reviewed"
FOUND = {"in order": "Reviewed by {who}: in order.", "misuse": "Reviewed by {who}: misuse."}
NO_RELEASE = "There is no such emergency release."
HELD = {
    "late": (
        "A late objection holds this message",
        "What was agreed stands. Two people lift it, each with a reason; nothing goes out by that alone.",
    ),
    "frozen": ("Silence broken", "The text stands as it is until the head lays it before all again."),
}
Do = Callable[[str], object]


def fill(layout: QVBoxLayout, data: dict[str, Any], can: dict[str, str], now: int, do: Do | None = None) -> None:
    """Put it into a column where there is anything to say. `do` begins `review` or `release`; without it the box only tells."""
    acts = [h for h in data.get("history", ()) if h["kind"] == RELEASED and h["counts"]]
    release = data.get("release")
    if acts and (release is None or release["released"]):
        layout.addWidget(Released(data, acts, can, now, do))
    signoff = data.get("signoff") or {}
    held = HELD["late"] if signoff.get("late") else HELD["frozen"] if signoff.get("frozen") else None
    if held is not None and do is not None:
        layout.addWidget(Held(*held, do))
    if data.get("template") and (release is None or not release["released"]) and "release" in can:
        layout.addWidget(Releasable(data, acts, can, now, do))


class Released(QWidget):
    """Out of the way of sign-off, and who answers for it."""

    def __init__(
        self, data: dict[str, Any], acts: list[dict[str, Any]], can: dict[str, str], now: int, do: Do | None
    ) -> None:
        super().__init__()
        dress(self, "block")
        layout = column(self, (16, 12, 16, 12), 4)
        last = acts[-2:]
        people = (data.get("release") or {}).get("by") or [one["person"] for one in last]
        head = t("Released in an emergency by {who}", who=comma().join(map(isolated, people)))
        words = [t("It went past sign-off, {when} UTC.", when=when(moment(last[-1]["at"]), now, True))]
        if name := (data.get("release") or {}).get("template") or data.get("template"):
            words.append(t("Template: {name}.", name=isolated(name)))
        words += [f"{isolated(one['person'])}: {isolated(one['said'])}" for one in last if one["said"]]
        under = "\n".join([" ".join(words[:2]), *words[2:]] if len(words) > 2 else words)
        told(layout, Icon("octagon-alert", 16, "block"), Label(head, 13, theme.BOLD, wrap=True), under, spacing=4)
        self.setAccessibleName(f"{head}. {under}")
        looked = next((h for h in data["history"] if h["kind"] == REVIEWED and h["counts"]), None)
        if looked is not None:
            finding = FOUND.get(looked["outcome"], looked["outcome"])
            said = t(finding, who=isolated(looked["person"]))
            words_ = Label(f"{said} {isolated(looked['said'])}", 12, theme.MEDIUM, wrap=True)
            row = line(layout, (26, 4, 0, 0), 8)
            row.addWidget(words_, 1)
        else:
            why_not = can.get("review", "")
            _offer(
                layout,
                t("Review it"),
                "eye",
                why_not,
                t("Open for review until somebody else has looked at it."),
                do and (lambda: do("review")),
            )


class Held(QWidget):
    """What keeps it, and the way to Sign-off."""

    def __init__(self, words: str, under: str, do: Do) -> None:
        super().__init__()
        dress(self, "block")
        layout = column(self, (16, 12, 16, 12), 4)
        told(
            layout, Icon("octagon-pause", 16, "block"), Label(t(words), 13, theme.BOLD, wrap=True), t(under), spacing=4
        )
        self.setAccessibleName(f"{t(words)}. {t(under)}")
        _offer(layout, t("Look at it in Sign-off"), "stamp", "", "", lambda: do("sign-off"))


class Releasable(QWidget):
    """Made from a cleared template: two people may release it without sign-off."""

    def __init__(
        self, data: dict[str, Any], acts: list[dict[str, Any]], can: dict[str, str], now: int, do: Do | None
    ) -> None:
        super().__init__()
        release = data.get("release")
        dress(self, "warn" if release else "sunken")
        layout = column(self, (16, 12, 16, 12), 4)
        if release:
            head = t("{who} proposes to release it in an emergency", who=comma().join(map(isolated, release["by"])))
            under = t(
                "A second person, in the other role, releases it until {when} UTC.",
                when=when(moment(release["until"]), now, True),
            )
            if acts and acts[-1]["said"]:
                under += f"\n{isolated(acts[-1]['said'])}"
        else:
            head = t("Made from the template “{name}”", name=isolated(data["template"]))
            under = t("In an emergency two people release it without sign-off; a review stays open afterwards.")
        tone = "warn" if release else "text2"
        told(layout, Icon("triangle-alert", 16, tone), Label(head, 13, theme.BOLD, wrap=True), under, spacing=4)
        self.setAccessibleName(f"{head}. {under}")
        words = t("Release it, as the second") if release else t("Release in an emergency")
        _offer(layout, words, "send", can["release"], "", do and (lambda: do("release")))


def _offer(
    layout: QVBoxLayout, words: str, glyph: str, why_not: str, told_: str, run: Callable[[], object] | None
) -> None:
    row = line(layout, (26, 4, 0, 0), 10)
    if run is not None:
        button = KeyButton(words, icon=glyph, small=True)
        button.setEnabled(not why_not)
        button.setAccessibleDescription(why_not)
        button.clicked.connect(run)
        row.addWidget(button)
    if said := " ".join(filter(None, (told_, why_not))):
        row.addWidget(Label(said, 12, tone="text2", wrap=True), 1)
    else:
        row.addStretch(1)
