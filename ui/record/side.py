"""The record's side panel: all about one act, in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from g20desk.desk.record import Whole
from g20desk.office.words import words
from ui import actions, theme
from ui.record.words import MEANS, about, cure, look, standing
from ui.texts import LANGS, RTL, clock, comma, day, isolated, ltr, reason, role, t, tip, zone_name
from ui.widgets.base import Icon, Label, beside, clear, line, rule, told
from ui.widgets.button import KeyButton
from ui.widgets.prose import prose

SKEW_MS = 30_000
MOST = 1_200


def moment(ms: int) -> str:
    """`Wed 25 November 13:42 UTC`, and the desk's own time where that is another."""
    said = f"{day(ms)} {clock(ms)} UTC"
    zone = zone_name()
    return f"{said}, {ltr(clock(ms, local=True))} {zone}" if zone else said


def fill(
    layout: QVBoxLayout, whole: Whole | None, to_message: Callable[[], object], only: Callable[[], object]
) -> None:
    """Draw it anew."""
    clear(layout)
    if whole is None:
        layout.addWidget(
            Label(t("What an act signed stands here, and whether it counts."), 12, tone="text2", wrap=True)
        )
        layout.addStretch(1)
        return
    act = whole.act
    icon, verb = look(act)
    head = Label(verb, 15, theme.BOLD, wrap=True)
    top = line(layout, gap=10)
    top.addLayout(beside(Icon(icon, 20), head))
    top.addWidget(head, 1)
    if said := about(act):
        layout.addWidget(Label(said, 13, tone="text2", wrap=True))
    _verdict(layout, whole)
    if whole.fault:
        _note(layout, "triangle-alert", "warn", t("It says that it saw an order that this desk does not know."),
              t("Compare the newest place with that desk: “Check the record”."))  # fmt: skip
    layout.addSpacing(4)
    layout.addWidget(rule())
    layout.addSpacing(4)
    _facts(layout, whole)
    _content(layout, whole)
    if act.message:
        layout.addSpacing(4)
        for id, words_, icon, run in (
            ("open-message", t("Open the message"), "arrow-right", to_message),
            ("only-message", t("Only this message"), "search", only),
        ):
            button = KeyButton(words_, actions.keys(id, "record"), icon)
            button.clicked.connect(run)
            layout.addWidget(button)
    layout.addStretch(1)


def _verdict(layout: QVBoxLayout, whole: Whole) -> None:
    act, stands = whole.act, standing(whole.act)
    if act.code:
        under = f"{reason(act.why)} {cure(act)}".strip()
    elif act.place is None:
        under = t("It is signed and safe on this desk, and joins the record when the office can be reached. "
                  "Until then the others cannot see it, and the office may have moved on.")  # fmt: skip
    elif not act.kind:
        under = t("This desk checks that it is in its place and unchanged. What it says is not for this desk to read.")
    else:
        under = t("The office's record has it at place {n}.", n=act.place)
    _note(layout, stands.icon, stands.tone, t(stands.word), under)
    if act.code and act.place is None:
        look = MEANS["tentative"]
        _note(layout, look.icon, look.tone, t(look.word), t("It may count otherwise once it has its place."))


def _note(layout: QVBoxLayout, icon: str, tone: str, words_: str, under: str) -> None:
    told(layout, Icon(icon, 16, tone), Label(words_, 13, theme.MEDIUM, tone, wrap=True), under, room=2)


def _facts(layout: QVBoxLayout, whole: Whole) -> None:
    act, author = whole.act, whole.author
    who = f"{isolated(act.by)}{comma()}{role(author)}" if author else t("A device that the office does not know")
    device = ltr(" ".join(words(act.device, 2)))
    fact(layout, t("Who"), who)
    fact(layout, t("Device"), f"{device}{comma()}{t('this desk')}" if whole.here else device)
    fact(layout, t("When"), moment(act.at))
    if act.place is not None and abs(whole.signed_at - act.at) > SKEW_MS:
        fact(layout, t("Signed, by that desk's own clock"), moment(whole.signed_at))
    if act.place is not None:
        fact(layout, t("Place in the record"), ltr(str(act.place)))
    if act.kind:
        fact(layout, t("Act"), ltr(f"{' '.join(words(act.id, 4))}  {act.id[:8]}"), act.id)


def _content(layout: QVBoxLayout, whole: Whole) -> None:
    if whole.reason:
        fact(layout, t("Reason given"), reason(whole.reason))
    if whole.digest:
        said = f"{' '.join(words(whole.digest, 4))}  {whole.digest[:8]}"
        fact(layout, t("Signed for exactly this content"), ltr(said), whole.digest)
    names = dict(LANGS)
    for lang, text in whole.texts:
        layout.addWidget(Label(t(names.get(lang, lang)), 11, theme.MEDIUM, "text3"))
        shown = text if len(text) <= MOST else text[:MOST].rstrip() + "…"
        label = prose(shown, 13, lang)
        if lang in RTL:
            label.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        layout.addWidget(label)


def fact(layout: QVBoxLayout, name: str, said: str, whole: str = "") -> None:
    """A name and what it is; `whole`: what the tooltip shows, and a copy takes."""
    pair = QVBoxLayout()
    pair.setSpacing(1)
    pair.addWidget(Label(name, 11, theme.MEDIUM, "text3"))
    label = Label(said, 13, wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    label.setToolTip(tip(whole))
    pair.addWidget(label)
    layout.addLayout(pair)
