"""A route as it is read: one sentence, its stages with who is there for them now, what it would meet today, its versions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout

from g20desk.desk.route_drafts import Sketch, There, Version
from g20desk.office.route import SILENCE, Route, Stage
from ui import actions, theme
from ui.office.routes_presenter import Listed
from ui.texts import clock, comma, day, isolated, land, ltr, reason, span, t, tip
from ui.widgets.base import Icon, Label, clear, line, rule, told
from ui.widgets.button import KeyButton

Runs = dict[str, Callable[[], object]]


def taken_for(route: Route, names: dict[str, str] | None = None) -> str:
    """What goes by it by itself: `Statement, Rebuttal · climate`."""
    kinds = comma().join(t(one.capitalize()) for one in route.kinds)
    topics = comma().join(isolated(one) for one in route.topics)
    accounts = comma().join(isolated((names or {}).get(one, one)) for one in route.accounts)
    return " · ".join(part for part in (kinds, topics, accounts) if part) or t("where it is named")


def button(row: QVBoxLayout, id: str, words: str, run: Callable[[], object], icon: str, why: str = "") -> KeyButton:
    """One that acts on what is read; `why` not, where it does not."""
    made = KeyButton(words, actions.keys(id, "routes"), icon)
    made.setEnabled(not why)
    made.setToolTip(tip(why))
    made.setAccessibleDescription(why or made.key)
    made.clicked.connect(lambda: run())
    row.addWidget(made)
    return made


def fill(layout: QVBoxLayout, id: str, now: Listed, runs: Runs) -> None:
    """Draw a route that is in force."""
    clear(layout)
    said = now.said[id]
    _head(layout, said.route, said.sentence, now.names)
    row = line(layout)
    button(row, "edit", t("Write a new version"), runs["edit"], "pencil", now.can)
    button(row, "withdraw", t("Withdraw"), runs["withdraw"], "undo-2", now.can)
    button(row, "save-file", t("Save as a file"), runs["save-file"], "download")
    row.addStretch(1)
    layout.addSpacing(4)
    layout.addWidget(rule())
    stages(layout, said)
    layout.addWidget(rule())
    unable(layout, said, now)
    layout.addWidget(rule())
    _versions(layout, said.route.name, now)
    layout.addStretch(1)


def fill_gone(layout: QVBoxLayout, name: str, now: Listed, runs: Runs) -> None:
    """Draw a route that was withdrawn: its last version, which can be taken up again."""
    clear(layout)
    last = next(one for one in now.versions if one.route.name == name)
    _head(layout, last.route, now.sentences[last.route.id], now.names)
    row = line(layout)
    button(row, "edit", t("Take it up again"), runs["edit"], "pencil", now.can)
    row.addStretch(1)
    layout.addWidget(rule())
    _versions(layout, name, now)
    layout.addStretch(1)


def _head(layout: QVBoxLayout, route: Route, sentence: str, names: dict[str, str]) -> None:
    layout.addWidget(Label(isolated(route.name), 20, theme.BOLD, wrap=True))
    about = Label(t("Taken by itself: {what}", what=taken_for(route, names)), 12, tone="text2", wrap=True)
    layout.addWidget(about)
    said = Label(ltr(sentence), 15, wrap=True)
    said.setMaximumWidth(theme.px(640))
    layout.addWidget(said)


def stages(layout: QVBoxLayout, said: Sketch) -> None:
    """Each stage, with who would be asked if it opened now."""
    layout.addWidget(Label(t("Stages"), 13, theme.BOLD))
    for n, (stage, there) in enumerate(zip(said.route.stages, said.there, strict=True), 1):
        _stage(layout, n, stage, there)


def _stage(layout: QVBoxLayout, n: int, stage: Stage, there: There) -> None:
    silent = stage.mode == SILENCE
    head = Label(f"{ltr(str(n))}  {isolated(stage.name)}", 13, theme.BOLD, wrap=True)
    icon = Icon("timer" if silent else "stamp", 16, "text2")
    how = t("Silence is consent, {time}", time=span(stage.within_ms)) if silent else _how(stage)
    _, words = told(layout, icon, head, how, room=2)
    people = comma().join(isolated(one) for one in there.people)
    asked = t("Now: {people}", people=people) if people else t("There is nobody for this stage now.")
    words.addWidget(Label(asked, 12, tone="text2" if people else "warn", wrap=True))
    for one in absent(there.absent):
        words.addWidget(one)


def absent(codes: tuple[str, ...]) -> list[Label]:
    """The governments that nobody speaks for."""
    if not codes:
        return []
    names = comma().join(land(one) for one in codes)
    return [Label(t("Nobody speaks for {lands} now.", lands=names), 12, tone="warn", wrap=True)]


def _how(stage: Stage) -> str:
    many = {0: t("Each says so"), 1: t("One says so")}.get(stage.need) or t("{n} say so", n=stage.need)
    return f"{many}{comma()}{t('within {time}', time=span(stage.within_ms))}"


def unable(layout: QVBoxLayout, said: Sketch, now: Listed) -> None:
    """What a submission would meet today, for each who could make one."""
    layout.addWidget(Label(t("If a text were submitted today"), 13, theme.BOLD))
    if not said.unable:
        told(
            layout,
            Icon("circle-check", 16, "ok"),
            Label(t("By whoever writes it: it could be signed off."), 13, wrap=True),
        )
        return
    groups: dict[tuple[str, ...], list[str]] = {}
    for who, why in said.unable.items():
        groups.setdefault(why, []).append(who)
    free = [one for one in now.authors if one not in said.unable]
    for why, who in groups.items():
        everybody = not free and len(groups) == 1
        names = t("By anybody") if everybody else t("By {people}", people=comma().join(map(isolated, who)))
        told(
            layout,
            Icon("octagon-alert", 16, "block"),
            Label(names, 13, theme.MEDIUM, wrap=True),
            " ".join(map(reason, why)),
        )
    if free:
        names = t("By {people}", people=comma().join(map(isolated, free)))
        told(
            layout,
            Icon("circle-check", 16, "ok"),
            Label(names, 13, theme.MEDIUM, wrap=True),
            t("It could be signed off."),
        )


def _versions(layout: QVBoxLayout, name: str, now: Listed) -> None:
    layout.addWidget(Label(t("Versions"), 13, theme.BOLD))
    for one in (version for version in now.versions if version.route.name == name):
        head = t("{when}, adopted by {who}", when=_when(one.at), who=isolated(one.by))
        icon = Icon("undo-2" if one.ended == "withdrawn" else "history" if one.ended else "circle-check", 16,
                    "text3" if one.ended else "ok")  # fmt: skip
        _, words = told(layout, icon, Label(head, 13, theme.MEDIUM, wrap=True), _end(one), room=2)
        words.addWidget(Label(ltr(now.sentences[one.route.id]), 12, tone="text2", wrap=True))


def _end(one: Version) -> str:
    if not one.ended:
        return t("In force")
    words = {
        "replaced": t("Until {when}, when {who} adopted another"),
        "withdrawn": t("Until {when}, when {who} withdrew it"),
    }
    return words[one.ended].format(when=_when(one.ended_at), who=isolated(one.ended_by))


def _when(ms: int) -> str:
    return f"{day(ms, True)} {clock(ms)} UTC"


def fill_others(layout: QVBoxLayout, now: Listed) -> None:
    """What no route is made for."""
    clear(layout)
    layout.addWidget(Label(t("Everything else"), 20, theme.BOLD, wrap=True))
    words = t("What no route is made for is signed off by one head, officer or liaison who is not an author. Whoever submits "
              "it may name a route instead.")  # fmt: skip
    said = Label(words, 15, wrap=True)
    said.setMaximumWidth(theme.px(640))
    layout.addWidget(said)
    if now.can:
        layout.addWidget(Label(now.can, 12, tone="text2", wrap=True))
    layout.addStretch(1)


def fill_rules(layout: QVBoxLayout, now: Listed, runs: Runs) -> None:
    """What is set for all routes: the least silence, the Presidency and the troika."""
    clear(layout)
    layout.addWidget(Label(t("Set for all routes"), 20, theme.BOLD, wrap=True))
    layout.addSpacing(4)
    least = t("A silence lasts at least {time}.", time=span(now.least)) if now.least else t(
        "A silence may be as short as a route says: this office is for practice."
    )  # fmt: skip
    told(layout, Icon("timer", 16), Label(t("The least silence"), 13, theme.BOLD), least)
    row = line(layout, (26, 0, 0, 0))
    button(row, "least", t("Change it"), runs["least"], "pencil", now.can)
    row.addStretch(1)
    layout.addWidget(rule())
    before, here, after = now.troika or ("", "", "")
    said = [t("The Presidency: {land}.", land=land(here))] if here else [t("Nobody said yet whose Presidency it is.")]
    said += [t("Before it: {land}.", land=land(before))] if before else []
    said += [t("After it: {land}.", land=land(after))] if after else []
    told(layout, Icon("landmark", 16), Label(t("Presidency and troika"), 13, theme.BOLD), " ".join(said))
    row = line(layout, (26, 0, 0, 0))
    button(row, "presidency", t("Change it"), runs["presidency"], "pencil", now.can)
    row.addStretch(1)
    layout.addStretch(1)
