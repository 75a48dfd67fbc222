"""Pictures of every screen: all answers come at once, so that nothing has to be waited for."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from g20desk.desk import demo, demo_handover, joining
from ui import texts, theme
from ui.app import application
from ui.bus import Bus, Ctx, facts
from ui.first_run.presenter import FirstRunPresenter
from ui.first_run.view import FirstRunView
from ui.places import VIEWS
from ui.widgets.choosing import Choices
from ui.window import Window
from ui.worker import InlineWorker

RULE = "PLAIN-10"
RULES_PAGES = ("form", "code", "try", "changes")
OFFICE_PAGES = ("routes", "deputies", "templates", "computer")
MODES = (("light", "light", "en"), ("dark", "dark", "en"), ("arabic", "light", "ar"))


def names() -> set[str]:
    """What is taken: each picture's name without its mode."""
    further = {
        "record": ("refused", "checked", "offline"), "office": ("invitation", "request", *OFFICE_PAGES, "handover-rehearsed", "handover-done"),
        "sign-off": ("silence", "confirm", "amend", "broken"), "one-voice": ("drift", "grid", "time", "accounts"),
        "rules": RULES_PAGES, "today": ("liaison",), "messages": ("emergency",),
    }  # fmt: skip
    return {*VIEWS, "languages", "first-run", *(f"{screen}-{one}" for screen, all in further.items() for one in all)}


def grab(widget: QWidget) -> QPixmap:
    """The picture once every layout and delayed deletion is done."""
    widget.activateWindow()
    for _ in range(4):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    made = QPixmap(widget.size())
    widget.render(made)
    return made


def opened(desk: Any, worker: InlineWorker) -> Window:
    """A window on the desk, of the pictures' size."""
    bus = Bus()
    ctx = Ctx(desk, facts(desk), worker, bus)
    if (clock := getattr(desk, "clock", None)) is not None:
        ctx.clock = clock
    made = Window(ctx)
    bus.setParent(made)
    made.sender.stop()
    made.resize(1440, 900)
    return made


def telling(rows: list[Any]) -> str:
    """The message that shows most in the composer: many languages, still being written."""
    drafts = [r for r in rows if r.state in ("draft", "objected")] or rows
    return max(drafts, key=lambda r: (len(r.langs), len(r.accounts)), default=None).id if drafts else ""


def carried(desk: Any) -> str:
    """The line that most accounts carried."""
    lines = desk.lines.page()[0]
    return max(lines, key=lambda line: line.carried).id if lines else ""


def written(desk: Any) -> str:
    """The line that shows most: in many languages, with locked phrases."""
    found = desk.lines.rows()
    return max(found, key=lambda one: (len(one["texts"]), len(one["locks"])), default={"id": ""})["id"]


def asked(desk: Any) -> str:
    """A relay that somebody may take on, else any."""
    found = sorted(desk.relays.asks(), key=lambda one: not one.open)
    return found[0].id if found else ""


def take(desk: Any, folder: Path) -> None:
    """Every screen in every mode."""
    app, worker = application(), InlineWorker()
    folder.mkdir(parents=True, exist_ok=True)
    for mode, scheme, lang in MODES:
        _wear(app, scheme, lang)
        window = opened(desk, worker)
        window.show()
        rows = desk.messages.rows()
        shown = {
            "composer": telling(rows),
            "rules": RULE,
            "line": written(desk),
            "relay": asked(desk),
            "one-voice": carried(desk),
        }
        for screen in VIEWS:
            window.go(screen, shown.get(screen, ""))
            if screen == "composer" and lang != "en":
                present = window.screens["composer"].present  # type: ignore[attr-defined]
                if lang in present.draft.langs():
                    window.screens["composer"]._choose(lang, present.network)  # type: ignore[attr-defined]
            grab(window).save(str(folder / f"{screen}-{mode}.png"))
            if screen == "composer":
                window.screens["composer"]._compare(True)  # type: ignore[attr-defined]
                grab(window).save(str(folder / f"languages-{mode}.png"))
            if screen == "rules":
                _rules(window, folder, mode)
            if screen in FURTHER:
                FURTHER[screen](window, folder, mode)
        window.close()
        window.deleteLater()
        view = FirstRunView(FirstRunPresenter(worker), folder, Choices(lang, scheme), lambda **_: None)
        view.resize(1440, 900)
        view.show()
        grab(view).save(str(folder / f"first-run-{mode}.png"))
        view.close()
        view.deleteLater()
    _handover(desk, worker, folder)
    _offline(desk, worker, folder)
    texts.use("en")
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    worker.close()


def _wear(app: QApplication, scheme: str, lang: str) -> None:
    texts.use(lang)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if lang in texts.RTL else Qt.LayoutDirection.LeftToRight)
    theme.wear(app, scheme)


def _record(window: Window, folder: Path, mode: str) -> None:
    """What does not count, and the whole of it checked."""
    screen: Any = window.here()
    screen.turn("refused")
    grab(window).save(str(folder / f"record-refused-{mode}.png"))
    screen.turn("all")
    screen.check()
    grab(window).save(str(folder / f"record-checked-{mode}.png"))


def _office(window: Window, folder: Path, mode: str) -> None:
    """An invitation just made, and a request to be compared."""
    screen: Any = window.here()
    head = screen.ctx.desk.__class__.open(screen.ctx.desk.folder)
    text = head.people.invite(f"Nia Newcomer {mode}", "liaison", "MX")
    head.store.close()
    screen._invited("Nia Newcomer", text)
    grab(window).save(str(folder / f"office-invitation-{mode}.png"))
    with tempfile.TemporaryDirectory() as made:
        request, _ = joining.join(Path(made) / "desk", text)
    screen.present.look_at(request)
    grab(window).save(str(folder / f"office-request-{mode}.png"))
    for page in OFFICE_PAGES:
        screen.turn(page)
        grab(window).save(str(folder / f"office-{page}-{mode}.png"))


def _sign_off(window: Window, folder: Path, mode: str) -> None:
    """As a liaison has it: a silence that runs, the confirming step, an amendment; one that was broken; an emergency."""
    head: Any = window.here().ctx.desk  # type: ignore[attr-defined]
    titles = {row.title.split(":")[0]: row.id for row in head.messages.rows()}
    desk = head.__class__.open(head.folder, "Liaison Italy", head.clock)
    worker = InlineWorker()
    other = opened(desk, worker)
    other.show()
    other.go("today", "")
    grab(other).save(str(folder / f"today-liaison-{mode}.png"))
    other.go("sign-off", titles["Debt"])
    screen: Any = other.here()
    grab(other).save(str(folder / f"sign-off-silence-{mode}.png"))
    screen.choose("no-objection")
    grab(other).save(str(folder / f"sign-off-confirm-{mode}.png"))
    screen.back()
    screen.choose("amend")
    words = screen.amend.text().replace("clear steps and clear times", "clear steps, with a time limit,")
    screen.amend.editor.setPlainText(words)
    screen.amend._mark()
    screen.amend_bar.weigh()
    grab(other).save(str(folder / f"sign-off-amend-{mode}.png"))
    screen.back()
    other.go("messages", next(id for title, id in titles.items() if title.startswith("Our sympathy")))
    grab(other).save(str(folder / f"messages-emergency-{mode}.png"))
    other.close()
    other.deleteLater()
    worker.close()
    desk.store.close()
    window.go("sign-off", titles["Oceans"])
    grab(window).save(str(folder / f"sign-off-broken-{mode}.png"))


def _one_voice(window: Window, folder: Path, mode: str) -> None:
    """What drifted, with what can be done about it; the grid, and over time."""
    screen: Any = window.here()
    screen.accounts.first().setFocus()
    grab(window).save(str(folder / f"one-voice-drift-{mode}.png"))
    for page in ("grid", "time", "accounts"):
        screen.present.turn(page)
        grab(window).save(str(folder / f"one-voice-{page}-{mode}.png"))


def _relay(window: Window, folder: Path, mode: str) -> None:
    """As whoever may take it on has it in front; the office only reads it."""
    screen: Any = window.here()
    brief, desk = screen.present.brief, screen.ctx.desk
    if brief is None or not brief.theirs:
        return
    mine = opened(desk.__class__.open(desk.folder, brief.theirs[0]), screen.ctx.worker)
    mine.show()
    mine.go("relay", brief.id)
    grab(mine).save(str(folder / f"relay-{mode}.png"))
    mine.close()
    mine.deleteLater()


FURTHER = {
    "one-voice": _one_voice, "record": _record, "office": _office, "sign-off": _sign_off, "relay": _relay,
}  # fmt: skip


def _handover(desk: Any, worker: InlineWorker, folder: Path) -> None:
    """As the head has it: rehearsed, then half worked off."""
    head = desk.__class__.open(desk.folder, None, desk.clock)
    for name in ("rehearsed", "done"):
        if name == "done":
            demo_handover.hand_over(head)
        for mode, scheme, lang in MODES:
            _wear(application(), scheme, lang)
            window = opened(head, worker)
            window.show()
            window.go("office", "handover/presidency" if name == "done" else "handover")
            page: Any = window.here().here  # type: ignore[attr-defined]
            if name == "rehearsed":
                page.begin()
                page.form.send()
                grab(window)
            grab(window).save(str(folder / f"office-handover-{name}-{mode}.png"))
            window.close()
            window.deleteLater()
    head.store.close()


def _offline(desk: Any, worker: InlineWorker, folder: Path) -> None:
    """The acts that are not in the record yet, out of reach of the office."""
    demo.go_offline(desk)
    for mode, scheme, lang in MODES:
        _wear(application(), scheme, lang)
        window = opened(desk, worker)
        window.show()
        window.go("record", "tentative")
        grab(window).save(str(folder / f"record-offline-{mode}.png"))
        window.close()
        window.deleteLater()


def _rules(window: Window, folder: Path, mode: str) -> None:
    """The other pages of the rules: one written, the code, a text tried, what is proposed."""
    screen: Any = window.here()
    for page in RULES_PAGES:
        if page == "form":
            screen.rules.edit()
        else:
            screen.turn(page)
        if page == "try":
            screen.try_.put(
                "South Korea and the G-20 utilise synergies!! https://bit.ly/abc #climatefinance",
                "en",
                "news",
                "in-force",
            )
        elif page == "changes":
            screen.changes.pick("proposed")
        grab(window).save(str(folder / f"rules-{page}-{mode}.png"))
