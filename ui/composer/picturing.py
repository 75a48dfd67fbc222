"""The pictures, films and the poll of the draft in hand: taken in, described, given to a post, looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage

from g20desk import reading
from g20desk.desk import films
from g20desk.desk.films import Film
from ui.bus import Ctx
from ui.composer.comparing import ComparedDraft
from ui.composer.films import write
from ui.composer.model import Picture, Poll
from ui.composer.pictures import decoded, encoded, film_of


class PicturedDraft(ComparedDraft):
    """`images` as they are shown, by path; of those that move, `films` tells what they are."""

    pictured = Signal(int)
    touched: Callable[[], None]

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.images: dict[str, QImage] = {}

    def add_picture(self, source: str | QImage) -> None:
        """A picture from a file, or one that was pasted; taken in on the worker."""

        def job() -> tuple[str, QImage, Film | None]:
            data = (
                reading.read(Path(source), films.MOST, "Make it smaller.")
                if isinstance(source, str)
                else encoded(source)
            )
            image, film = decoded(data), film_of(data)
            return self.ctx.desk.messages.keep_picture(data), image, film

        def then(made: tuple[str, QImage, Film | None]) -> None:
            self._seen(*made)
            self.draft.pictures.append(Picture(made[0]))
            self.touched()
            self.pictured.emit(len(self.draft.pictures) - 1)

        self.ask(job, then)

    def remove_picture(self, at: int) -> None:
        """Without that picture."""
        del self.draft.pictures[at]
        self.spelling.describing.clear()
        self.touched()
        self.pictured.emit(-1)

    def describe(self, at: int, alt: str) -> None:
        """What a picture shows, in the language in hand."""
        self.draft.pictures[at].alt[self.lang] = alt
        self.touched()

    def goes_with(self, at: int, part: int) -> None:
        """The post of the thread that carries a picture."""
        self.draft.pictures[at].part = part
        self.touched()

    def asks(self, on: bool) -> None:
        """A poll, or none."""
        self.draft.poll = Poll({self.lang: ["", ""]}) if on else None
        self.touched()

    def answer_with(self, number: int, text: str) -> None:
        """An answer of the poll, in the language in hand; those that are empty at the end are none."""
        if self.draft.poll is None:
            return
        said = self.draft.poll.answers.setdefault(self.lang, [])
        said += [""] * (number + 1 - len(said))
        said[number] = text
        while len(said) > 2 and not said[-1].strip():
            said.pop()
        self.touched()

    def poll_rules(self, **rules: object) -> None:
        """Its minutes, whether one may choose several, the part that carries it."""
        if self.draft.poll is not None and any(getattr(self.draft.poll, name) != one for name, one in rules.items()):
            for name, one in rules.items():
                setattr(self.draft.poll, name, one)
            self.touched()

    def look(self, path: str) -> None:
        """Show a picture that the message, or the card of a link, has already."""

        def job() -> tuple[QImage, Film | None]:
            data = self.ctx.desk.messages.picture_bytes(path)
            return decoded(data), film_of(data)

        self.ask(job, lambda seen: self._pictured(path, *seen))

    def _pictured(self, path: str, image: QImage, film: Film | None) -> None:
        self._seen(path, image, film)
        self.pictured.emit(-1)
        if film is not None:
            self.check()

    def _seen(self, path: str, image: QImage, film: Film | None) -> None:
        self.images[path] = image
        if film is not None:
            self.films[path] = film

    def save_copy(self, piece: str, path: str) -> None:
        """A film's bytes into a file, to be watched."""
        self.ask(lambda: write(path, self.ctx.desk.messages.picture_bytes(piece)), lambda _: None)
