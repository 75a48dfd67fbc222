"""What a time is to a government, in the interface's words: shown before a silence's clock starts."""

from __future__ import annotations

from datetime import UTC, date, datetime

from g20desk.desk.hours import Concerned
from ui.texts import clock, comma, day, isolated, land, span, t


def sentences(one: Concerned) -> list[str]:
    """How much of the time the government works, its public holidays, and when it is at work next where that is later."""
    found = one.share
    if found is None:
        return [t("The working hours and public holidays of {land} are not known here.", land=land(one.government))]
    city, whole = isolated(one.city), span(found.whole)
    if found.working:
        said = [t("Working hours in {city}: {part} of {whole}.", city=city, part=span(found.working), whole=whole)]
    else:
        said = [t("Working hours in {city}: none of {whole}.", city=city, whole=whole)]
    for row in found.holidays:
        names = comma().join(isolated(name) for name in dict.fromkeys(free.name for free in row))
        first, last = _date(row[0].day), _date(row[-1].day)
        if first == last:
            said.append(t("{day} is a public holiday there: {names}.", day=first, names=names))
        else:
            said.append(t("{first} to {last} are public holidays there: {names}.", first=first, last=last, names=names))
    if found.begins is not None and found.begins >= found.until:
        when = f"{day(found.begins)} {clock(found.begins)}"
        said.append(t("The next working day there begins {when} UTC.", when=when))
    return said


def _date(one: date) -> str:
    return day(round(datetime(one.year, one.month, one.day, tzinfo=UTC).timestamp() * 1000))
