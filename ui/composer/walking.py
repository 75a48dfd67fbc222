"""From finding to finding by key, through all posts and languages, and to the counterpart in the other text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QScrollArea

from ui.composer.spelling_view import place
from ui.texts import LANGS

if TYPE_CHECKING:
    from ui.composer.work import WorkColumn

Found = dict[str, Any]


class Walk(QObject):
    """What the keys for findings do in a column of work. `present.at` is the finding that one has gone to."""

    def __init__(self, work: WorkColumn) -> None:
        super().__init__(work)
        self.work, self.present = work, work.present
        self._last: Found | None = None
        for pane in (work.panes.original, work.panes.main):
            pane.editor.types.connect(self._moved)

    def order(self) -> list[Found]:
        """All findings that have a text, language by language, each in order of place."""
        codes = list(dict.fromkeys([*(code for code, _ in LANGS), *self.present.draft.langs()]))
        return [f for code in codes for f in sorted(self.present.findings(code), key=place)]

    def next(self) -> None:
        """To the next one, from the last to the first."""
        self._step(1)

    def before(self) -> None:
        """To the one before."""
        self._step(-1)

    def refind(self) -> None:
        """The finding that one has gone to, as it stands now; none where it is gone."""
        at = self.present.at
        if at is not None:
            same = [f for f in self.present.findings(at["lang"]) if _name(f) == _name(at)]
            self.present.at = min(same, key=lambda f: abs(f["start"] - at["start"]), default=None)

    def here(self) -> Found | None:
        """The finding in which the caret stands; that which one has gone to, where it is one of them."""
        where, at = self.work.caret()
        found = [f for f in self.present.all_findings() if self._holds(f, where, at)]
        return self.present.at if self.present.at in found else next(iter(found), None)

    def shown(self) -> Found | None:
        """The one whose row stands out and bears the keys: where the caret is, else the first."""
        self._last = self.here() or next(iter(self.present.all_findings()), None)
        return self._last

    def go(self, one: Found) -> None:
        """The caret to its place, in its language; its row in sight."""
        self._to(one, one["lang"], one)

    def there(self, one: Found | None = None) -> None:
        """To the counterpart in the other of the two texts; from there back. Two texts are put side by side for it."""
        one = one or self.shown()
        if one is None or "part" not in one.get("against", {}):
            return
        if not {one["lang"], one["against"]["lang"]} <= set(self.present.pair()):
            self.work.pair_wanted.emit(one["lang"])
        here = self.present.lang == one["lang"]
        self._to(one, one["against"]["lang"] if here else one["lang"], one["against"] if here else one)

    def _moved(self, typing: int) -> None:
        """The row of the finding at the caret stands out."""
        last = self._last
        if typing < 0 and self.present.settled() and self.shown() != last:
            self.work.follow()

    def _step(self, by: int) -> None:
        found = self.order()
        if not found:
            return
        here = self.here()
        if here in found:
            self.go(found[(found.index(here) + by) % len(found)])
            return
        codes = list(dict.fromkeys(f["lang"] for f in found))
        codes = sorted({*codes, self.present.lang}, key=_rank)
        now = (codes.index(self.present.lang), *self.work.caret())
        places = [(codes.index(f["lang"]), *place(f)) for f in found]
        later = [n for n, one in enumerate(places) if (one > now if by > 0 else one < now)]
        self.go(found[later[0 if by > 0 else -1] if later else 0 if by > 0 else -1])

    def _holds(self, one: Found, where: int, at: int) -> bool:
        """Whether a caret in the language in hand stands in it, or in its counterpart."""
        places = [p for p in (one, one.get("against", {})) if p.get("lang") == self.present.lang and "start" in p]
        return one.get("picture", -1) == where and any(p["start"] <= at <= p["end"] for p in places)

    def _to(self, one: Found, lang: str, spot: Found) -> None:
        if lang != self.present.lang:
            self.work.text_wanted.emit(lang)
        self.present.at = one
        self.work.follow()
        self.work.to({**spot, "picture": one.get("picture")})
        QTimer.singleShot(0, self, self._into_sight)  # when everything has its place

    def _into_sight(self) -> None:
        """The row in sight, and above all the caret."""
        area = self.work.parentWidget().parentWidget() if self.work.parentWidget() is not None else None
        if not isinstance(area, QScrollArea):
            return
        row = next((row for row in self.work.listed if row.here), None)
        if row is not None:
            area.ensureWidgetVisible(row, 0, 8)
        editor = self.work.editor
        if editor.hasFocus():
            spot = editor.mapTo(self.work, editor.cursorRect().center())
            area.ensureVisible(spot.x(), spot.y(), 8, 40)


def _name(found: Found) -> tuple[Any, ...]:
    return found["rule"], found["lang"], found["text"], found["message"], found.get("picture")


def _rank(code: str) -> tuple[int, str]:
    known = [one for one, _ in LANGS]
    return known.index(code) if code in known else len(known), code
