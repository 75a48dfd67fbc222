"""First run's widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QScrollArea, QStackedWidget, QWidget

from g20desk import policy
from g20desk.desk.newcomer import Newcomer
from ui import theme
from ui.desks import Known
from ui.first_run.join import JoinForm, WaitingPage
from ui.first_run.parts import OfficeForm, Way
from ui.first_run.presenter import KEYRING, FirstRunPresenter
from ui.policy import tell
from ui.texts import error, isolated, t, tip
from ui.widgets.base import Icon, Label, beside, column, dress, line, panel, scrolled
from ui.widgets.button import KeyButton
from ui.widgets.choosing import Choices, chooser, languages, locked, schemes
from ui.widgets.chrome import Mark, Notice
from ui.widgets.flow import Flow
from ui.widgets.keycaps import KeyCap

WIDE = 1100


class FirstRunView(QWidget):
    """No account, no tour."""

    desk_wanted = Signal(str)

    def __init__(
        self,
        presenter: FirstRunPresenter,
        folder: Path,
        choices: Choices,
        choose: Callable[..., object],
        desks: Sequence[Known] = (),
    ) -> None:
        super().__init__()
        self.present, self.folder, self.desks = presenter, folder, desks
        dress(self, "surface")
        outer = column(self)
        row = line(outer, gap=0)
        outer.setStretch(0, 1)
        self.promise = self._promise()
        row.addWidget(self.promise)
        right = QWidget()
        main = column(right)
        self.notice = Notice()
        main.addWidget(self.notice)
        self.pages = QStackedWidget()
        main.addWidget(self.pages, 1)
        self.ways_page = self._page(self._ways())
        self.form = OfficeForm()
        self.form_page = self._page(self._middle(self.form))
        self.joining, self.waiting = JoinForm(), WaitingPage()
        self.join_page = self._page(self._middle(self.joining))
        self.waiting_page = self._page(self._middle(self.waiting))
        row.addWidget(right, 1)
        strip = panel("rail", "top")
        strip.setMinimumHeight(theme.px(40))
        foot = line(strip, (16, 4, 16, 4), 8)
        foot.addWidget(Icon("info", 14))
        foot.addWidget(Label(t("No account, no sign-in, no data sent."), 12, tone="text2"))
        foot.addStretch(1)
        foot.addWidget(chooser(t("Language"), "languages", languages(), choices.language, lambda v: choose(language=v),
                               locked("language")))  # fmt: skip
        foot.addWidget(chooser(t("Colours"), "sun-moon", schemes(), choices.scheme, lambda v: choose(scheme=v),
                               locked("scheme")))  # fmt: skip
        outer.addWidget(strip)
        self.form.wanted.connect(lambda office, head: presenter.found(self.folder, office, head))
        self.form.left.connect(self.leave)
        self._hear_joining()
        key = QShortcut(QKeySequence("Esc"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.leave)
        presenter.failed.connect(self.refuse)
        presenter.refused.connect(self._lacks)
        self.setMinimumSize(1024, 700)
        tell(self.notice)
        if policy.value("hub.address"):
            self.join()

    def refuse(self, problem: object) -> None:
        """What happened, and what to do; without a keyring, the way without it."""
        words, _ = error(problem)
        if getattr(problem, "code", "") in KEYRING:
            joining = self.pages.currentWidget() is self.join_page
            (self.joining if joining else self.form).safe.tell(words)
            self.pages.setCurrentWidget(self.join_page if joining else self.form_page)
        else:
            self.notice.refuse(problem)

    def create(self) -> None:
        """The form of a new office."""
        if not self.ways[2].isEnabled():
            return
        self.pages.setCurrentWidget(self.form_page)
        self.form.office.setFocus(Qt.FocusReason.OtherFocusReason)
        self.present.look_for_keyring(self.folder)

    def join(self) -> None:
        """The form for an invitation."""
        self.pages.setCurrentWidget(self.join_page)
        self.joining.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self) -> None:
        """A desk that is here already, and waits to be let in."""
        self.pages.setCurrentWidget(self.waiting_page)
        self.present.wait(self.folder)

    def leave(self) -> None:
        """Back to the ways, but for a desk that waits."""
        if self.pages.currentWidget() is self.waiting_page:
            return
        self.pages.setCurrentWidget(self.ways_page)
        self._first_way()

    def _hear_joining(self) -> None:
        form, waiting, present = self.joining, self.waiting, self.present
        form.left.connect(self.leave)
        form.changed.connect(present.read)
        form.wanted.connect(lambda text: present.join(self.folder, text))
        form.opens.connect(self._open_invitation)
        present.said.connect(form.say)
        present.waits.connect(self._waits)
        present.told.connect(waiting.tell)
        present.saved.connect(lambda name: waiting.tell(t("It is in {file}.", file=name)))
        waiting.again.connect(present.look)
        waiting.opens.connect(self._open_stick)
        waiting.save.connect(self._save_request)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), form)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(form.send)

    def _waits(self, newcomer: Newcomer | None) -> None:
        self.waiting.put(newcomer)
        self.pages.setCurrentWidget(self.waiting_page)
        self.waiting.copy.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_invitation(self) -> None:
        made = QFileDialog(self, t("Open a file"))
        made.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._ask(made, lambda path: self.present.open_file(path, self.joining.text.setPlainText))

    def _open_stick(self) -> None:
        made = QFileDialog(self, t("Take in from a stick"))
        made.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._ask(made, self.present.bring)

    def _save_request(self, text: str) -> None:
        made = QFileDialog(self, t("Save as a file"), "request.g20desk", "*.g20desk")
        made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._ask(made, lambda path: self.present.save(path, text))

    def _ask(self, dialog: QFileDialog, then: Callable[[Path], object]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: then(Path(path)))
        dialog.open()

    def _lacks(self, field: str, problem: object) -> None:
        if field in ("invitation", "file"):
            words = " ".join(error(problem)) if problem is not None else t("This file can't be used.")
            self.joining.tell("invitation", words)
            return
        self.form.tell(field, t("Give the office a name.") if field == "office" else t("Write your full name."))

    def _page(self, inner: QWidget) -> QScrollArea:
        made = scrolled(inner)
        self.pages.addWidget(made)
        return made

    def _middle(self, inner: QWidget) -> QWidget:
        made = QWidget()
        layout = column(made, (72, 24, 72, 24), 8)
        layout.addStretch(2)
        layout.addWidget(inner)
        layout.addStretch(3)
        return made

    def _ways(self) -> QWidget:
        inner = QWidget()
        layout = column(inner, gap=8)
        layout.addWidget(Label(t("How would you like to start?"), 20, theme.BOLD, wrap=True))
        layout.addWidget(
            Label(
                t("You can do the others later, side by side: Settings, Open another desk."),
                13,
                tone="text2",
                wrap=True,
            )
        )
        layout.addSpacing(14)
        start = KeyButton(t("Start rehearsing"), "↵", kind="main")
        start.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        start.clicked.connect(self._rehearse)
        self.ways = [
            Way(
                "flask-conical", t("Try a rehearsal office"),
                t("A practice office with people of all roles, and networks that answer like the real ones. "
                  "Nothing leaves this computer."),
                t("Delete it whenever you like, under Settings."), start,
            ),
            Way(
                "ticket", t("Join with an invitation"),
                t("Someone in your office made one for you. Paste it, or open the file."),
                t("You say six words to the person who invited you."), self._key("2"),
            ),
            Way(
                "landmark", t("Create an office"),
                t("For the head of a new communication office. You name it, and your key founds its record."),
                t("Later you invite members, choose routes, and connect accounts."), self._key("3"),
            ),
        ]  # fmt: skip
        for way, name in ((self.ways[0], "office.rehearse"), (self.ways[2], "office.create")):
            if policy.value(name) is False:
                way.shut(t("Set by your administrator: not on this computer."))
        for n, (way, run) in enumerate(zip(self.ways, (self._rehearse, self.join, self.create), strict=True), 1):
            layout.addWidget(way)
            way.clicked.connect(run)
            for keys in (str(n), "Return", "Enter"):
                key = QShortcut(QKeySequence(keys), inner if keys == str(n) else way)
                key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                key.activated.connect(run)
        if self.desks:
            layout.addSpacing(8)
            layout.addWidget(Label(t("Desks on this computer"), 13, theme.BOLD))
            layout.addWidget(self._known())
        return self._middle(inner)

    def _first_way(self) -> None:
        next(way for way in self.ways if way.isEnabled()).setFocus(Qt.FocusReason.OtherFocusReason)

    def _known(self) -> QWidget:
        """Those that were opened before."""
        flow = Flow(8, start=True)
        for one in self.desks:
            kind = t("Rehearsal") if one.rehearsal else t("Office")
            button = KeyButton(f"{isolated(one.office)} · {kind}", icon="landmark", small=True)
            button.setToolTip(tip(one.folder))
            button.clicked.connect(lambda _=False, folder=one.folder: self.desk_wanted.emit(folder))
            flow.add(button)
        return flow

    def _key(self, words: str) -> QWidget:
        made = KeyCap(words)
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return made

    def _promise(self) -> QWidget:
        inner = QWidget()
        layout = column(inner, (48, 44, 56, 24), 8)
        layout.addWidget(Mark(40))
        layout.addStretch(2)
        layout.addWidget(Label(t("One office,\none voice,\nmany hands."), 26, theme.BOLD))
        words = t(
            "Draft official messages, check them against the shared code, have governments sign off, and send them once."
        )
        layout.addWidget(Label(words, 15, tone="text2", wrap=True))
        layout.addSpacing(24)
        for glyph, said in (
            ("key-round", t("You sign everything you do with a key that never leaves this computer.")),
            ("wifi-off", t("It works without a network. Nothing you write is lost.")),
            ("scroll-text", t("Anyone can check the record. No one can rewrite it.")),
        ):
            row = line(layout, (0, 4, 0, 4), 10)
            promise = Label(said, 13, tone="text2", wrap=True)
            row.addLayout(beside(Icon(glyph, 16, "ok"), promise))
            row.addWidget(promise, 1)
        layout.addStretch(3)
        made = panel("rail", "end")
        made.setFixedWidth(theme.px(481))
        area = scrolled(inner)
        dress(inner, "rail")
        area.setProperty("bg", "rail")
        column(made, (0, 0, 1, 0)).addWidget(area)
        return made

    def showEvent(self, event: QShowEvent) -> None:
        """The harmless way has the focus."""
        super().showEvent(event)
        if self.pages.currentWidget() is self.ways_page:
            self._first_way()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the promise goes and the ways stay."""
        super().resizeEvent(event)
        self.promise.setVisible(self.width() >= theme.px(WIDE))

    def _rehearse(self) -> None:
        if not self.ways[0].isEnabled():
            return
        self.present.rehearse(self.folder)
