"""The office's side panel: all about what is picked, what can be done with it, and the quiet facts below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout

from g20desk.desk.roll import DeviceRow, GuardiansRow, InvitationRow, PersonRow, ProposalRow
from g20desk.office.words import words
from ui import actions, theme
from ui.office import mail
from ui.office.papers import SafetyWords, step
from ui.office.presenter import Listed
from ui.office.rows import GUARDIANS, INVITATION, PERSON, PROPOSAL, about, role_of
from ui.texts import clock, comma, day, isolated, ltr, reason, t
from ui.widgets.base import Icon, Label, beside, clear, line, rule, told
from ui.widgets.button import KeyButton

Runs = dict[str, Callable[..., object]]


def fill(layout: QVBoxLayout, listed: Listed | None, id: str, runs: Runs) -> None:
    """Draw it anew."""
    clear(layout)
    if listed is None:
        return
    picked = find(listed, id)
    if isinstance(picked, PersonRow):
        _person(layout, picked, listed, runs)
    elif isinstance(picked, ProposalRow):
        _proposal(layout, picked, runs)
    elif isinstance(picked, InvitationRow):
        _invitation(layout, picked)
    elif id == GUARDIANS:
        _guardians(layout, listed.roll.guardians, listed, runs)
    layout.addSpacing(8)
    layout.addWidget(rule())
    layout.addSpacing(8)
    _quiet(layout, listed, runs)
    layout.addStretch(1)


def find(listed: Listed, id: str) -> PersonRow | ProposalRow | InvitationRow | None:
    """What a row stands for."""
    roll = listed.roll
    for start, rows in ((PERSON, roll.people), (PROPOSAL, roll.proposals)):
        if id.startswith(start):
            return next((one for one in rows if one.id == id.removeprefix(start)), None)  # type: ignore[attr-defined]
    nonce = id.removeprefix(INVITATION)
    return next((one for one in roll.invitations if one.nonce == nonce), None) if id.startswith(INVITATION) else None


def device_name(id: str) -> str:
    """A device by two words."""
    return ltr(" ".join(words(id, 2)))


def _head(layout: QVBoxLayout, icon: str, tone: str, title: str, under: str) -> None:
    row = line(layout, gap=10)
    head = Label(title, 15, theme.BOLD, wrap=True)
    row.addLayout(beside(Icon(icon, 20, tone), head))
    row.addWidget(head, 1)
    if under:
        layout.addWidget(Label(under, 13, tone="text2", wrap=True))


def _button(
    layout: QVBoxLayout, id: str, words_: str, run: Callable[..., object], kind: str = "plain", icon: str = ""
) -> None:
    row = line(layout)
    button = KeyButton(words_, actions.keys(id, "office") if ("office", id) in actions.BY_ID else "", icon, kind)
    button.clicked.connect(lambda: run())
    row.addWidget(button)
    row.addStretch(1)


def _fact(layout: QVBoxLayout, name: str, said: str) -> None:
    pair = QVBoxLayout()
    pair.setSpacing(1)
    pair.addWidget(Label(name, 11, theme.MEDIUM, "text3"))
    pair.addWidget(Label(said, 13, wrap=True))
    layout.addLayout(pair)


def _when(at: int) -> str:
    return f"{day(at, year=True)} {clock(at)} UTC"


def _person(layout: QVBoxLayout, one: PersonRow, listed: Listed, runs: Runs) -> None:
    gone = one.state == "retired"
    _head(layout, "minus" if gone else "key-round", "text3" if gone else "text2", isolated(one.name),
          role_of(one.role, one.government, one.topic, listed.facts.presidency))  # fmt: skip
    if gone:
        layout.addWidget(
            Label(t("Has left. What they signed before stands in the record."), 12, tone="text2", wrap=True)
        )
    if one.vouched_by:
        _fact(layout, t("Let in by"), comma().join(isolated(name) for name in one.vouched_by))
    if one.guardian:
        step(layout, "shield-check", "ok", t("A guardian of this office."))
    layout.addSpacing(4)
    layout.addWidget(Label(t("Devices"), 13, theme.BOLD))
    for device in one.devices:
        _device(layout, one, device, listed, runs)
    if gone:
        return
    layout.addSpacing(6)
    at = listed.facts.mails.get(one.id, "")
    _fact(layout, t("Notices by mail"), ltr(at) if at else t("No address given"))
    if one.you:
        _button(layout, "mail-address", t("Where notices go"), runs["mail-address"], icon="at-sign")
        _button(layout, "add-device", t("Add a device of yours"), runs["add-device"], icon="laptop")
    if listed.facts.head:
        _button(layout, "role", t("Another role"), runs["role"])
        _button(layout, "retire", t("Let them go") if not one.you else t("Leave the office"), runs["retire"])


def _device(layout: QVBoxLayout, one: PersonRow, device: DeviceRow, listed: Listed, runs: Runs) -> None:
    out = device.state != "active"
    name = Label(device_name(device.id), 13, theme.MEDIUM, "text2" if out else "text", wrap=True)
    state = t("Taken out") if out else t("This desk") if device.here else ""
    since = t("since {when}", when=_when(device.since)) if device.since else ""
    waits = "" if device.placed or out else t("Not yet in the record")
    under = " · ".join(part for part in (state, since, waits) if part)
    row, _ = told(layout, Icon("laptop", 16, "text3" if out else "text2"), name, under, spacing=1, room=2)
    if not out and one.state != "retired" and (listed.facts.head or one.you):
        away = KeyButton(t("Take out"), kind="quiet", small=True)
        away.setAccessibleName(t("Take out the device {name}", name=device_name(device.id)))
        away.clicked.connect(lambda: runs["revoke"](one, device))
        row.addWidget(away)


def _proposal(layout: QVBoxLayout, one: ProposalRow, runs: Runs) -> None:
    _head(layout, "hourglass", "warn", about(one), t("Waits for {whom}", whom=reason(one.waits_for)))
    _fact(layout, t("Proposed by"), isolated(one.by))
    if one.backed_by:
        _fact(layout, t("For it so far"), comma().join(isolated(name) for name in one.backed_by))
    _fact(layout, t("Good until"), _when(one.until))
    if one.words:
        shown = SafetyWords()
        shown.put(one.words)
        layout.addWidget(shown)
        layout.addWidget(
            Label(t("Have the newcomer say them to you too, before you join."), 12, tone="text2", wrap=True)
        )
    if one.can_second:
        _button(layout, "second", t("Join it"), runs["second"], "main")
    if one.can_withdraw:
        _button(layout, "withdraw", t("Take it off the table"), runs["withdraw"])


def _invitation(layout: QVBoxLayout, one: InvitationRow) -> None:
    what = t("Invited with a further device") if one.device else role_of(one.role, one.government, one.topic)
    _head(layout, "ticket", "text2", isolated(one.person), what)
    _fact(layout, t("Invited"), _when(one.made))
    _fact(layout, t("Good until"), _when(one.until))
    layout.addWidget(
        Label(t("Nothing has come back yet. If the invitation was lost, invite them once more; only one of them can be used "
                "for each name."), 12, tone="text2", wrap=True)
    )  # fmt: skip


def _guardians(layout: QVBoxLayout, one: GuardiansRow | None, listed: Listed, runs: Runs) -> None:
    _head(layout, "shield-check", "text2", t("Guardians"), "")
    layout.addWidget(
        Label(t("When the only head's desk is lost, so many of them together let a new head in and give back the key. "
                "Alone none of them can do anything."), 12, tone="text2", wrap=True)
    )  # fmt: skip
    if one is not None:
        for name in one.people:
            able = name in one.able
            step(layout, "circle-check" if able else "circle-x", "ok" if able else "warn",
                 isolated(name) if able else f"{isolated(name)}{comma()}{t('cannot act now')}")  # fmt: skip
        _fact(layout, t("Act together"), t("{n} of {all}", n=one.need, all=len(one.people)))
        if one.renew:
            step(layout, "triangle-alert", "warn", reason(one.renew))
        if not one.ready:
            step(layout, "hourglass", "warn", t("Their key does not open what is written now; name them anew."))
    if listed.facts.head:
        _button(layout, "guardians", t("Name guardians") if one is None else t("Name them anew"), runs["guardians"])


def _quiet(layout: QVBoxLayout, listed: Listed, runs: Runs) -> None:
    facts = listed.facts
    layout.addWidget(Label(t("This office"), 13, theme.BOLD))
    _fact(layout, t("Name"), isolated(facts.name))
    _fact(layout, t("The office's own words"), ltr(facts.words))
    where = ltr(facts.address) if facts.address else t("On this desk") if facts.keeps else t("On another desk")
    _fact(layout, t("The record's order is kept"), where)
    _fact(layout, t("Places in the record"), ltr(str(facts.place)))
    if facts.keeps and not facts.address and facts.head:
        _button(layout, "hand-over", t("Hand the order over"), runs["hand-over"])
    if facts.mail:
        mail.fill(layout, facts.mail, runs)
