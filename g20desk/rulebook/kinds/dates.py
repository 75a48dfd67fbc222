"""Days that are none, and weekdays that don't belong to their date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from g20desk.rulebook.calendar import MONTHS, WEEKDAYS, Date, dates, names, plain
from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.needs import DIGIT, asked
from g20desk.rulebook.reading import Reading
from g20desk.rulebook.rule import Rule

_MONTHS = (*sorted({asked(name) for lang in MONTHS for name in names(False, lang)}), "0月")


def _dates(reading: Reading) -> list[Date]:
    """All of a text, found once."""
    if "dates" not in reading.memo:
        reading.memo["dates"] = list(dates(reading.text, reading.lang))
    found: list[Date] = reading.memo["dates"]
    return found


@test("weekday", *_MONTHS, also=(DIGIT,))
def weekday(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """The weekday beside a full date is another one."""
    for found in _dates(reading):
        if found.weekday < 0 or not found.possible or not 1583 <= found.year <= 9999:
            continue
        right = date(found.year, found.month, found.day).weekday()
        if right != found.weekday:
            listed = WEEKDAYS[reading.lang]
            start, end = found.at
            forms = listed[found.weekday].lower().split()
            place = forms.index(said) if (said := plain(reading.text[start:end])) in forms else 0
            answers = listed[right].split()
            answer = answers[min(place, len(answers) - 1)]
            yield Hit(start, end, answer if reading.text[start].islower() else answer[0].upper() + answer[1:])


@test("no-such-day", *_MONTHS, also=(DIGIT,))
def no_such_day(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """31 June, 29 February of a year that is no leap year."""
    for found in _dates(reading):
        if not found.possible:
            yield Hit(found.start, found.end)
