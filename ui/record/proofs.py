"""A proof that somebody made, read and proved: whether it holds, what it says, what it does not show."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from g20desk.clock import from_iso
from ui import theme
from ui.record.side import MOST, fact, moment
from ui.texts import DECISIONS, LANGS, ROLES, comma, isolated, land, ltr, state, t
from ui.widgets.base import Icon, Label, clear, column, line, rule, told
from ui.widgets.button import KeyButton
from ui.widgets.prose import prose


class ProofPage(QWidget):
    """Nothing of a proof is shown that does not hold."""

    another = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, (20, 18, 20, 18), 10)
        self.inside = QVBoxLayout()
        self.inside.setSpacing(8)
        layout.addLayout(self.inside)
        buttons = line(layout, gap=8)
        for words, key, run in (
            (t("Check another"), "", self.another), (t("Back to the act"), "Esc", self.left),
        ):  # fmt: skip
            button = KeyButton(words, key, small=True)
            button.clicked.connect(run)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout.addStretch(1)

    def show_one(self, file: str, found: dict[str, Any], own: bool) -> None:
        """The report on a file; `own`: it is of this desk's office."""
        layout = self.inside
        clear(layout)
        head = line(layout, gap=10)
        head.addWidget(Icon("shield-check", 20))
        head.addWidget(Label(ltr(file), 15, theme.BOLD, wrap=True), 1)
        if not found["verified"]:
            self._note(
                "octagon-alert",
                "block",
                t("It does not hold. Nothing in it is to be believed."),
                " ".join(found["faults"]),
            )
            return
        self._note(
            "circle-check",
            "ok",
            t("It holds."),
            t("Signatures, places and what counts were worked out anew from the file alone."),
        )
        if found["accused"]:
            self._note(
                "triangle-alert", "block", t("Some who signed in it had seen another history of the office."), ""
            )
        if own:
            self._note("landmark", "text2", t("It is of this office."), "")
        else:
            self._note(
                "triangle-alert",
                "warn",
                t("It is of another office."),
                t("Compare its safety words with those that it publishes."),
            )
        layout.addWidget(rule())
        message, made = found["message"], found["made_by"]
        fact(layout, t("Office"), isolated(found["office"]["name"]))
        fact(layout, t("Safety words"), ltr(found["office"]["safety_words"]), found["office"]["id"])
        fact(layout, t("Message"), t(state(message["state"]).word))
        fact(
            layout,
            t("Signed for exactly this content"),
            ltr(f"{' '.join(message['words'])}  {message['digest'][:8]}"),
            message["digest"],
        )
        fact(layout, t("As of"), moment(from_iso(found["as_of"]["at"])))
        fact(layout, t("Made by"), _who(made))
        if found["relay"]:
            self._relay(found["relay"])
        decisions = found["relay"]["line"]["decisions"] if found["relay"] else found["decisions"]
        layout.addWidget(rule())
        layout.addWidget(Label(t("Decisions on the line") if found["relay"] else t("Decisions"), 13, theme.BOLD))
        for one in decisions:
            look = DECISIONS.get(one["decision"])
            tone = look.tone if look and one["counts"] else "text3"
            words = f"{t(look.word) if look else one['decision']} · {_who(one)}"
            under = moment(from_iso(one["at"])) + ("" if one["counts"] else f" · {t('It does not count')}")
            told(
                layout,
                Icon(look.icon if look else "circle", 16, tone),
                Label(words, 13, theme.MEDIUM, wrap=True),
                under,
                spacing=1,
            )
        if not decisions:
            layout.addWidget(Label(t("Nobody has decided."), 12, tone="text2"))
        layout.addWidget(rule())
        self._texts(found)
        layout.addWidget(Label(self._rest(found), 12, tone="text2", wrap=True))

    def _relay(self, relay: dict[str, Any]) -> None:
        """Which account was asked, who answered, and the line."""
        layout, line_ = self.inside, relay["line"]
        fact(layout, t("Account"), isolated(relay["account"]))
        for name, words in (("adopted", t("Adopted by")), ("declined", t("Declined by"))):
            if one := relay[name]:
                fact(layout, words, f"{_who(one)}, {moment(from_iso(one['at']))}")
        for lang, said in relay["locked"].items():
            fact(layout, t("Locked phrases that stand in it"), isolated("; ".join(said)), lang)
        fact(layout, t("Line"), ltr(f"{' '.join(line_['words'])}  {line_['digest'][:8]}"), line_["digest"])

    def _texts(self, found: dict[str, Any]) -> None:
        names = dict(LANGS)
        for text in found["texts"]:
            self.inside.addWidget(Label(t(names.get(text["lang"], text["lang"])), 11, theme.MEDIUM, "text3"))
            words = "\n\n".join(text["parts"] or ())
            shown = t("Withheld") if text["withheld"] else words if len(words) <= MOST else words[:MOST].rstrip() + "…"
            self.inside.addWidget(prose(shown, 13, text["lang"]))

    def _rest(self, found: dict[str, Any]) -> str:
        made = [t("{n} parts are withheld.", n=len(found["withheld"]))]
        made.append(
            t("It shows that nothing on this message was left out.") if found["complete"]
            else t("That nothing on this message was left out rests on the word of who made it.")
        )  # fmt: skip
        return " ".join(made)

    def _note(self, icon: str, tone: str, words: str, under: str) -> None:
        told(self.inside, Icon(icon, 16, tone), Label(words, 13, theme.MEDIUM, tone, wrap=True), under, room=2)


def _who(one: dict[str, str]) -> str:
    said = [
        isolated(one["person"]),
        t(ROLES.get(one["role"], one["role"])),
        land(one["government"]) if one["government"] else "",
    ]
    return comma().join(part for part in said if part)
