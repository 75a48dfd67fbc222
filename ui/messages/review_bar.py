"""What came of looking at an emergency release: one of two findings, neither chosen beforehand, with a reason."""

from __future__ import annotations

from collections.abc import Callable

from ui.texts import t
from ui.widgets.base import line
from ui.widgets.button import KeyButton
from ui.widgets.form_bar import FormBar


class ReviewBar(FormBar):
    """In order, or misuse; all members read it."""

    closed: Callable[[], object] = staticmethod(lambda: None)

    def __init__(self) -> None:
        self.then: Callable[[bool, str], object] = lambda misuse, why: None
        super().__init__("eye", "", t("Sign the review"))

    def fields(self) -> None:
        """The two findings, which weigh the same."""
        row = line(self.told, gap=8)
        self.found: dict[bool, KeyButton] = {}
        for misuse, words in ((False, t("It was in order")), (True, t("It was misuse"))):
            button = KeyButton(words, small=True)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, misuse=misuse: self._choose(misuse))
            self.found[misuse] = button
            row.addWidget(button)
        row.addStretch(1)

    def ask(self, title: str, then: Callable[[bool, str], object]) -> None:
        """Ask, with nothing chosen."""
        self.then = then
        self.words.setText(t("What do you find on looking at the emergency release of “{title}”?", title=title))
        for button in self.found.values():
            button.setChecked(False)
        self.begin(self.found[False])

    def lacks(self) -> str:
        """One of the two has to be said."""
        return "" if any(one.isChecked() for one in self.found.values()) else t("Say which of the two you find.")

    def take(self, why: str) -> None:
        """Hand it on."""
        self.then(self.found[True].isChecked(), why)

    def close_bar(self) -> None:
        """Leave without signing."""
        super().close_bar()
        self.closed()

    def _choose(self, misuse: bool) -> None:
        for one, button in self.found.items():
            button.setChecked(one == misuse)
        self.weigh()
        self.why.setFocus()
