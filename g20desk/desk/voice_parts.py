"""The parts of a desk that have to do with one voice: lines, those who carry them, plans; the module of each is loaded when it is
first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.importing import Importing
    from g20desk.desk.library import Library
    from g20desk.desk.likening import Likening
    from g20desk.desk.lines import Lines
    from g20desk.desk.overhearing import Overheard
    from g20desk.desk.plans import Plans
    from g20desk.desk.relays import Relays


class VoiceParts:
    """What a desk does for one voice."""

    @property
    def _whole(self) -> Desk:
        """The desk that this is."""
        return cast("Desk", self)

    @cached_property
    def lines(self) -> Lines:
        """Agreed wording."""
        from g20desk.desk.lines import Lines

        return Lines(self._whole)

    @cached_property
    def likeness(self) -> Likening:
        """Look-alikes of agreed wording."""
        from g20desk.desk.likening import Likening

        return Likening(self._whole)

    @cached_property
    def overheard(self) -> Overheard:
        """What accounts of governments post beside the lines."""
        from g20desk.desk.overhearing import Overheard

        return Overheard(self._whole)

    @cached_property
    def relays(self) -> Relays:
        """Requests to carry a line."""
        from g20desk.desk.relays import Relays

        return Relays(self._whole)

    @cached_property
    def library(self) -> Library:
        """The library of agreed wording."""
        from g20desk.desk.library import Library

        return Library(self._whole)

    @cached_property
    def plans(self) -> Plans:
        """Plans of a day."""
        from g20desk.desk.plans import Plans

        return Plans(self._whole)

    @cached_property
    def importing(self) -> Importing:
        """Tables and calendars that are taken in."""
        from g20desk.desk.importing import Importing

        return Importing(self._whole)
