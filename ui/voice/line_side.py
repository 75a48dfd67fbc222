"""At the end of a line's form: how long it stands, where it comes from, whose place it takes, its hashtags, do and don't."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCheckBox, QDateEdit, QTextEdit, QWidget

from ui import theme
from ui.texts import RTL, isolated, t
from ui.voice.line_draft import LineDraft
from ui.voice.words import language_name as language
from ui.widgets.base import Label, column, line
from ui.widgets.choice import choice
from ui.widgets.form import Form, text_field

DAY = 86_400_000
LISTS = ("tags", "do", "dont")


class LineSide(Form):
    """What is typed here is kept with the line; nothing is decided."""

    def __init__(self, present: LineDraft) -> None:
        super().__init__()
        self.present, self.filling = present, False
        self.box.setContentsMargins(20, 16, 20, 16)
        self._until()
        self.source = text_field(t("Source"))
        self.source.setPlaceholderText(t("Declaration and paragraph"))
        self.source.textEdited.connect(self.present.comes_from)
        self.add("source", t("Source"), self.source)
        self.earlier = choice(t("Takes the place of"), [])
        self.earlier.setMinimumContentsLength(16)
        self.earlier.setSizeAdjustPolicy(self.earlier.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.earlier.activated.connect(lambda at: present.takes_the_place_of(self.earlier.itemData(at)))
        self.add(
            "earlier",
            t("Takes the place of"),
            self.earlier,
            t("Once this line is agreed, nobody is asked to carry that one any more."),
        )
        self.lang = Label("", 12, theme.MEDIUM, "text2", wrap=True)
        self.box.addWidget(self.lang)
        self.lists: dict[str, QTextEdit] = {}
        for name, words, hint in (
            ("tags", t("Hashtags"), t("One in a line, without its sign. Empty: those of all languages.")),
            ("do", t("Do"), t("One in a line; it goes into the kit.")),
            ("dont", t("Don't"), ""),
        ):
            field = QTextEdit()
            field.setAcceptRichText(False)
            field.setTabChangesFocus(True)
            field.setProperty("boxed", True)
            field.setAccessibleName(words)
            field.setFixedHeight(theme.px(58))
            field.textChanged.connect(lambda name=name: self._typed(name))
            self.lists[name] = field
            self.add(name, words, field, hint)
        self.box.addStretch(1)
        present.earlier.connect(self.fill_earlier)

    def _until(self) -> None:
        holder = QWidget()
        layout = column(holder, gap=6)
        row = line(layout, gap=6)
        self.ends, said = QCheckBox(), Label(t("It stands to the end of a day, UTC"), 13)
        self.ends.setAccessibleName(said.text())
        said.mousePressEvent = lambda _: self.ends.click()  # type: ignore[method-assign]
        row.addWidget(self.ends)
        row.addWidget(said, 1)
        self.day = QDateEdit()
        self.day.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.lineEdit().setTextMargins(7, 0, 7, 0)
        self.day.setAccessibleName(t("The last day on which it stands"))
        self.day.setMinimumHeight(theme.px(32))
        layout.addWidget(self.day)
        self.ends.toggled.connect(self._ends)
        self.day.dateChanged.connect(lambda _: self._ends(self.ends.isChecked()))
        self.add(
            "until",
            t("How long it stands"),
            holder,
            t("Without a day it stands until it is taken back, or another takes its place."),
        )

    def fill(self) -> None:
        """Another line, or another language."""
        self.filling, line_said, lang = True, self.present.line, self.present.lang
        now = self.present.ctx.clock.now_ms()
        self.ends.setChecked(bool(line_said.until))
        self.day.setVisible(bool(line_said.until))
        self.day.setMinimumDate(_date(min(now, line_said.until or now)))
        self.day.setDate(_date(line_said.until - 1 if line_said.until else now + 30 * DAY))
        if self.source.text().strip() != line_said.source:
            self.source.setText(line_said.source)
        self.lang.setText(t("In {lang}", lang=language(lang)))
        for name, field in self.lists.items():
            said = "\n".join(getattr(line_said, name).get(lang, ()))
            if _listed(field) != tuple(said.split("\n") if said else ()):
                field.setFont(theme.font(13, lang=lang))
                field.setPlainText(said)
            way = Qt.LayoutDirection.RightToLeft if lang in RTL else Qt.LayoutDirection.LeftToRight
            field.setLayoutDirection(way)
        self.filling = False
        self.fill_earlier()

    def fill_earlier(self) -> None:
        """The lines whose place it may take."""
        self.earlier.blockSignals(True)
        self.earlier.clear()
        self.earlier.addItem(t("no line"), "")
        for one in self.present.agreed:
            self.earlier.addItem(f"{isolated(one['topic'])}: {isolated(one['text'][:60])}", one["id"])
        self.earlier.setCurrentIndex(max(0, self.earlier.findData(self.present.line.supersedes)))
        self.earlier.blockSignals(False)

    def set_read_only(self, on: bool) -> None:
        """What is over is not written in any more."""
        self.source.setReadOnly(on)
        for field in self.lists.values():
            field.setReadOnly(on)
        for widget in (self.ends, self.day, self.earlier):
            widget.setEnabled(not on)

    def _ends(self, on: bool) -> None:
        self.day.setVisible(on)
        if not self.filling:
            self.present.until(_end(self.day.date()) if on else 0)

    def _typed(self, name: str) -> None:
        if not self.filling:
            others = {
                lang: said for lang, said in getattr(self.present.line, name).items() if lang != self.present.lang
            }
            mine = _listed(self.lists[name])
            self.present.listed(name, {**others, self.present.lang: mine} if mine else others)


def _listed(field: QTextEdit) -> tuple[str, ...]:
    return tuple(one.strip() for one in field.toPlainText().split("\n") if one.strip())


def _date(ms: int) -> QDate:
    there = datetime.fromtimestamp(ms / 1000, UTC)
    return QDate(there.year, there.month, there.day)


def _end(day: QDate) -> int:
    """The end of a day, UTC."""
    there = datetime(day.year(), day.month(), day.day(), tzinfo=UTC) + timedelta(days=1)
    return round(there.timestamp() * 1000)
