"""The parts of a desk, one for each noun; the module of each is loaded when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from g20desk.clock import iso
from g20desk.desk.voice_parts import VoiceParts

if TYPE_CHECKING:
    from g20desk.desk.accounts import Accounts
    from g20desk.desk.alarms import Alarms
    from g20desk.desk.asked import Asked
    from g20desk.desk.attending import Attending
    from g20desk.desk.checking import Checking
    from g20desk.desk.clocks import Clocks
    from g20desk.desk.comments import Comments
    from g20desk.desk.custody import Custody
    from g20desk.desk.deputies import Deputies
    from g20desk.desk.embargoes import Embargoes
    from g20desk.desk.guardians import Guardians
    from g20desk.desk.handles import Handles
    from g20desk.desk.holds import Holds
    from g20desk.desk.hours import Hours
    from g20desk.desk.keeper import Keeper
    from g20desk.desk.mailing import Mail
    from g20desk.desk.messages import Messages
    from g20desk.desk.mournings import Mournings
    from g20desk.desk.people import People
    from g20desk.desk.presidency import Presidency
    from g20desk.desk.publish import Publish
    from g20desk.desk.record import Record
    from g20desk.desk.recurrings import Recurrings
    from g20desk.desk.routes import Routes
    from g20desk.desk.rulebooks import Rulebooks
    from g20desk.desk.signoffs import Signoffs
    from g20desk.desk.slots import Slots
    from g20desk.desk.spelling import Spelling
    from g20desk.desk.templates import Templates


class Parts(VoiceParts):
    """What a desk does, by what it is about."""

    @cached_property
    def attending(self) -> Attending:
        """Whether this desk is in touch with its office."""
        from g20desk.desk.attending import Attending

        return Attending(self._whole)

    @cached_property
    def clocks(self) -> Clocks:
        """Whether this computer's clock can be gone by."""
        from g20desk.desk.clocks import Clocks

        return Clocks(self._whole)

    @cached_property
    def keeper(self) -> Keeper:
        """Who keeps the order."""
        from g20desk.desk.keeper import Keeper

        return Keeper(self._whole)

    @cached_property
    def people(self) -> People:
        """People and devices."""
        from g20desk.desk.people import People

        return People(self._whole)

    @cached_property
    def guardians(self) -> Guardians:
        """Guardians, and their shares."""
        from g20desk.desk.guardians import Guardians

        return Guardians(self._whole)

    @cached_property
    def messages(self) -> Messages:
        """Drafts and messages."""
        from g20desk.desk.messages import Messages

        return Messages(self._whole)

    @cached_property
    def accounts(self) -> Accounts:
        """Accounts."""
        from g20desk.desk.accounts import Accounts

        return Accounts(self._whole)

    @cached_property
    def alarms(self) -> Alarms:
        """What somebody has to be told."""
        from g20desk.desk.alarms import Alarms

        return Alarms(self._whole)

    @cached_property
    def asked(self) -> Asked:
        """Who is asked for their word."""
        from g20desk.desk.asked import Asked

        return Asked(self._whole)

    @cached_property
    def handles(self) -> Handles:
        """Whom mentions mean."""
        from g20desk.desk.handles import Handles

        return Handles(self._whole)

    @cached_property
    def holds(self) -> Holds:
        """Holds."""
        from g20desk.desk.holds import Holds

        return Holds(self._whole)

    @cached_property
    def hours(self) -> Hours:
        """When governments are at work."""
        from g20desk.desk.hours import Hours

        return Hours(self._whole)

    @cached_property
    def mail(self) -> Mail:
        """Notices by mail."""
        from g20desk.desk.mailing import Mail

        return Mail(self._whole)

    @cached_property
    def comments(self) -> Comments:
        """Comments on messages."""
        from g20desk.desk.comments import Comments

        return Comments(self._whole)

    @cached_property
    def embargoes(self) -> Embargoes:
        """Embargoes."""
        from g20desk.desk.embargoes import Embargoes

        return Embargoes(self._whole)

    @cached_property
    def mournings(self) -> Mournings:
        """Days of mourning."""
        from g20desk.desk.mournings import Mournings

        return Mournings(self._whole)

    @cached_property
    def slots(self) -> Slots:
        """Publishing slots."""
        from g20desk.desk.slots import Slots

        return Slots(self._whole)

    @cached_property
    def recurrings(self) -> Recurrings:
        """Recurring messages."""
        from g20desk.desk.recurrings import Recurrings

        return Recurrings(self._whole)

    @cached_property
    def custody(self) -> Custody:
        """Whose sign-in accounts go by."""
        from g20desk.desk.custody import Custody

        return Custody(self._whole)

    @cached_property
    def presidency(self) -> Presidency:
        """The yearly handover."""
        from g20desk.desk.presidency import Presidency

        return Presidency(self._whole)

    @cached_property
    def publish(self) -> Publish:
        """Sending."""
        from g20desk.desk.publish import Publish

        return Publish(self._whole)

    @cached_property
    def check(self) -> Checking:
        """The checker."""
        from g20desk.desk.checking import Checking

        return Checking(self.rulebook.current, lambda: iso(self._whole.clock.now_ms())[:10], self.likeness)

    @cached_property
    def record(self) -> Record:
        """The record as a list of acts."""
        from g20desk.desk.record import Record

        return Record(self._whole)

    @cached_property
    def rulebook(self) -> Rulebooks:
        """The rulebook: what is in force, trying and adopting."""
        from g20desk.desk.rulebooks import Rulebooks

        return Rulebooks(self._whole)

    @cached_property
    def spelling(self) -> Spelling:
        """Spelling: dictionaries, names, the office's word list."""
        from g20desk.desk.spelling import Spelling

        return Spelling(self._whole.folder, self._whole, self._whole.clock)

    @cached_property
    def signoffs(self) -> Signoffs:
        """Decisions and what becomes of them."""
        from g20desk.desk.signoffs import Signoffs

        return Signoffs(self._whole)

    @cached_property
    def routes(self) -> Routes:
        """Routes."""
        from g20desk.desk.routes import Routes

        return Routes(self._whole)

    @cached_property
    def deputies(self) -> Deputies:
        """Deputies."""
        from g20desk.desk.deputies import Deputies

        return Deputies(self._whole)

    @cached_property
    def templates(self) -> Templates:
        """Templates for emergencies."""
        from g20desk.desk.templates import Templates

        return Templates(self._whole)
