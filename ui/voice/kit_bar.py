"""A line's media kit: as what, in which languages; then a place is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui import theme
from ui.record.carrying import ask_where
from ui.texts import LANGS, isolated, t
from ui.voice import words
from ui.voice.model import Shown
from ui.widgets.base import Label, clear, column, line
from ui.widgets.form_bar import FormBar
from ui.widgets.segments import Segments

FOLDER, PAGE = "folder", "page"
WAYS = ((FOLDER, "A folder with its proof"), (PAGE, "One page to print"))
NAMES = {FOLDER: "kit", PAGE: "kit.html"}
Save = Callable[[Path, Sequence[str], bool], object]


class KitBar(FormBar):
    """Of a line that is not agreed it says that every file will say so."""

    def __init__(self) -> None:
        super().__init__("download", "", t("Choose a place"), reason=False)
        self.save: Callable[[Path, Sequence[str]], object] = lambda path, langs: None

    def fields(self) -> None:
        """As what, and a box for each language."""
        self.boxes: dict[str, QCheckBox] = {}
        said = t("It is not agreed. Every file, and every picture, will say so.")
        self.warning = Label(said, 12, theme.MEDIUM, "warn", wrap=True)
        self.told.addWidget(self.warning)
        self.ways = Segments(t("As what"), tuple((id, t(said), "") for id, said in WAYS))
        self.ways.chosen.connect(self._way)
        self._way(FOLDER)
        row = line(self.told)
        row.addWidget(self.ways)
        row.addStretch(1)
        ticks = QWidget()
        self.rows: QVBoxLayout = column(ticks, gap=2)
        self.told.addWidget(ticks)

    def offer(self, shown: Shown, save: Save) -> None:
        """Of this line: all its languages; those that are not ticked are left out, of its proof too."""
        row = shown.row
        agreed = row.state == "agreed" and not row.superseded_by
        self.words.setText(t("The media kit of “{title}”", title=isolated(words.topic(row))))
        self.warning.setVisible(not agreed)
        self.save = lambda path, langs: save(path, langs, not agreed)
        clear(self.rows)
        self.boxes.clear()
        ticks = line(self.rows, gap=16)
        for lang in shown.langs():
            name = t(dict(LANGS).get(lang, lang))
            box = self.boxes[lang] = QCheckBox(name)
            box.setFont(theme.font(12))
            box.setAccessibleName(name)
            box.setChecked(True)
            box.toggled.connect(lambda _: self.weigh())
            ticks.addWidget(box)
        ticks.addStretch(1)
        self.begin(next(iter(self.boxes.values())))

    def lacks(self) -> str:
        """At least one language."""
        return "" if self.chosen() else t("Choose a language")

    def take(self, why: str) -> None:
        """Where to, then hand it over."""
        langs, save = self.chosen(), self.save
        ask_where(self, t("Save the kit"), NAMES[self.way], lambda path: save(path, langs))

    def _way(self, id: str) -> None:
        self.way = id
        self.ways.pick(id)

    def chosen(self) -> tuple[str, ...]:
        """The languages that are ticked."""
        return tuple(lang for lang, box in self.boxes.items() if box.isChecked())
