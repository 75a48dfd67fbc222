"""A word on what is read: on the words that are chosen, on all of it, or in answer to somebody."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ui import threads
from ui.texts import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.signoff.model import Reading
    from ui.signoff.presenter import SignoffPresenter
    from ui.signoff.reading import ReadingPane
    from ui.widgets.chrome import Notice
    from ui.widgets.sign_bar import SignBar


class Commenting:
    """Mixed into the view."""

    present: SignoffPresenter
    reading: Reading | None
    pane: ReadingPane
    bar: SignBar
    notice: Notice
    asking: Callable[[], bool]
    amending: Callable[[], bool]
    rest: Callable[[], None]
    rested: Callable[[], None]

    def comment(self) -> None:
        """On the words that are chosen, or on all of it."""
        found = self.pane.chosen()
        if found is None:
            self._say(t("Comment on all of it"), None, "")
            return
        text, start, end = found
        lang, network, number = text.key
        part = f"c.text.{lang}.{network}" if network else f"c.text.{lang}"
        about = {"part": part, "number": number, "start": start, "end": end}
        self._say(t("Comment on “{words}”", words=threads.short(text.words[start:end])), about, "")

    def answer(self, thread: dict[str, Any]) -> None:
        """To the last that was said in a thread."""
        last = thread["comments"][-1]
        self._say(t("Answer {person}: {words}", person=last["person"], words=threads.where(thread)), None, last["id"])

    def _say(self, words: str, about: dict[str, Any] | None, answers: str) -> None:
        now = self.reading
        if now is None or self.asking() or self.amending():
            return
        if why := now.can.get("comment", ""):
            self.notice.say(why)
            return
        self.rest()
        self.bar.closed = self.rested
        under = t("All members read it. It decides nothing, and is not taken back.")
        then = partial(self.present.comment, about=about, answers=answers)
        self.bar.confirm("message-square-warning", words, under, t("Comment"), then, t("What you say"), True)
