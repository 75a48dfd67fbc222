"""Two versions of a draft on the way to one: decided place by place, then handed in as a revision after both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from ui.bus import Ctx
from ui.composer.model import from_content
from ui.composer.picturing import PicturedDraft
from ui.texts import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from g20desk.desk.merging import Apart
    from g20desk.office.content import Content
    from g20desk.office.merging import Merging, Place


class ApartDraft(PicturedDraft):
    """A draft that may have been written apart. `base`: the revisions that were in front of this person."""

    merged = Signal()

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.base: tuple[str, ...] = ()
        self._parted: Apart | None = None
        self._joining = False  # what was typed and not handed in is joined to what others did meanwhile
        self._typed: tuple[Content, tuple[str, ...]] | None = None

    @property
    def merging(self) -> Merging | None:
        """Two versions that are being merged."""
        return self._parted.merging if self._parted else None

    @property
    def people(self) -> tuple[str, str]:
        """Who wrote them."""
        if self._parted is None:
            return "", ""
        first, second = (one.person for one in self._parted.versions)
        return (first, t("you, not handed in")) if self._joining else (first, second)

    def open(self, id: str) -> None:
        """A message anew."""
        raise NotImplementedError

    def touched(self) -> None:
        """Something is typed."""
        raise NotImplementedError

    def in_order(self) -> list[str]:
        """The pictures of both, in their order."""
        return [picture.path for picture in self.draft.pictures]

    def choose(self, place: Place, words: str) -> None:
        """At this place, these words."""
        place.chosen = words
        self._so_far()
        self.merged.emit()

    def merge(self) -> None:
        """One revision of what was decided; the next version after, where more than two were written. What was typed is
        joined to the rest and goes on being typed."""
        apart, desk, typed = self._parted, self.ctx.desk, self._typed
        if apart is None or apart.merging.open():
            return
        id, content = self.draft.id, apart.merging.content()
        if self._joining:
            self._parted, self._joining = None, False
            self.draft = from_content(id, content)
            self.touched()
            self.opened.emit()
            return

        def job() -> None:
            desk.messages.merge(id, content, apart.heads)
            if typed is not None:
                desk.messages.keep(id, *typed)  # until it is joined to that

        self.ask(job, lambda _: self.open(id))

    def _begin(self, apart: Apart | None, heads: Sequence[str], typed: Content | None, base: tuple[str, ...]) -> None:
        """What was opened: the newest revisions, versions to be merged, and what was typed on earlier ones."""
        self._parted, self._joining = apart, apart is not None and len(heads) == 1
        self.base = tuple(heads)
        self._typed = (typed, base) if typed is not None and apart is not None else None
        self._so_far()

    def _so_far(self) -> None:
        """The message as it is decided so far, for what people will see of it."""
        if self._parted is not None:
            self.draft = from_content(self.draft.id, self._parted.merging.content())
            for path in {p.path for p in self.draft.pictures} - set(self.images):
                self.look(path)
            self.check()


def in_hand(
    desk: Any, id: str, shown: dict[str, Any], slot: str = ""
) -> tuple[Apart | None, list[str], Content | None, tuple[str, ...]]:
    """What stands of a draft: versions to be merged, its newest revisions, what was typed, and on which revisions. `slot`: where
    what was begun without an id is kept."""
    typed, base = desk.messages.kept(id or slot), desk.messages.kept_on(id or slot)
    heads = [one["revision"] for one in shown.get("versions", ())]
    if len(heads) > 1:
        return desk.messages.apart(id), heads, typed, base
    if typed is not None and base and heads and heads[0] not in base:
        return desk.messages.beside(id, typed, base), heads, typed, base
    return None, heads, typed, base
