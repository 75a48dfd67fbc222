"""A line's media kit: as what, in which languages; then a place is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui import theme
from ui.texts import LANGS, isolated, t
from ui.widgets.base import Label, clear, column, line
from ui.widgets.form_bar import FormBar
from ui.widgets.segments import Segments

FOLDER, PAGE = "folder", "page"
WAYS = ((FOLDER, "A folder with its proof"), (PAGE, "One page to print"))
Then = Callable[[str, tuple[str, ...]], object]


class KitBar(FormBar):
    """Of a line that is not agreed it says that every file will say so."""

    def __init__(self) -> None:
        super().__init__("download", "", t("Choose a place"), reason=False)
        self.then: Then = lambda way, langs: None

    def fields(self) -> None:
        """As what, and a box for each language."""
        self.boxes: dict[str, QCheckBox] = {}
        self.warning = Label("", 12, theme.MEDIUM, "warn", wrap=True)
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

    def ask(self, title: str, langs: Sequence[str], agreed: bool, then: Then) -> None:
        """All languages of a line; those that are not ticked are left out, of its proof too."""
        self.words.setText(t("The media kit of “{title}”", title=isolated(title)))
        self.warning.setText("" if agreed else t("It is not agreed. Every file, and every picture, will say so."))
        self.warning.setVisible(not agreed)
        self.then = then
        clear(self.rows)
        self.boxes.clear()
        row = line(self.rows, gap=16)
        for lang in langs:
            words = t(dict(LANGS).get(lang, lang))
            box = self.boxes[lang] = QCheckBox(words)
            box.setFont(theme.font(12))
            box.setAccessibleName(words)
            box.setChecked(True)
            box.toggled.connect(lambda _: self.weigh())
            row.addWidget(box)
        row.addStretch(1)
        self.begin(self.ways.parts[self.way])

    def lacks(self) -> str:
        """At least one language."""
        return "" if self.chosen() else t("Choose a language")

    def take(self, why: str) -> None:
        """Hand it over."""
        self.then(self.way, self.chosen())

    def _way(self, id: str) -> None:
        self.way = id
        self.ways.pick(id)

    def chosen(self) -> tuple[str, ...]:
        """The languages that are ticked."""
        return tuple(lang for lang, box in self.boxes.items() if box.isChecked())
