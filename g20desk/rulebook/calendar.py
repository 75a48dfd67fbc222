"""Dates as the six languages write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

MONTHS = {
    "en": ["january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
           "september sept sep", "october oct", "november nov", "december dec"],
    "fr": ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
           "décembre"],
    "es": ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre setiembre", "octubre",
           "noviembre", "diciembre"],
    "ru": ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
           "декабря"],
    "ar": ["يناير كانون_الثاني", "فبراير شباط", "مارس آذار", "أبريل ابريل نيسان", "مايو أيار", "يونيو يونيه حزيران",
           "يوليو يوليه تموز", "أغسطس آب", "سبتمبر أيلول", "أكتوبر اكتوبر تشرين_الأول", "نوفمبر تشرين_الثاني",
           "ديسمبر كانون_الأول"],
}  # fmt: skip
WEEKDAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "es": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    "ru": ["понедельник", "вторник", "среда среду", "четверг", "пятница пятницу", "суббота субботу", "воскресенье"],
    "ar": ["الاثنين الإثنين", "الثلاثاء", "الأربعاء الاربعاء", "الخميس", "الجمعة", "السبت", "الأحد الاحد"],
    "zh": ["星期一 周一", "星期二 周二", "星期三 周三", "星期四 周四", "星期五 周五", "星期六 周六",
           "星期日 周日 星期天"],
}  # fmt: skip
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Date(NamedTuple):
    """A day in a text; year 0 where none is given; the weekday beside it with its span."""

    start: int
    end: int
    day: int
    month: int
    year: int
    weekday: int = -1
    at: tuple[int, int] = (0, 0)

    @property
    def possible(self) -> bool:
        """Whether there is such a day."""
        leap = self.year % 4 == 0 and (self.year % 100 != 0 or self.year % 400 == 0)
        last = 28 if self.month == 2 and self.year and not leap else _DAYS[self.month - 1]
        return 1 <= self.day <= last


def names(table: dict[str, list[str]], lang: str) -> dict[str, int]:
    """Each name, small, and its number from 0."""
    rows = enumerate(table.get(lang, []))
    return {name.replace("_", " ").lower(): number for number, row in rows for name in row.split()}


@lru_cache(8)
def _pattern(lang: str) -> re.Pattern[str] | None:
    week = "|".join(sorted(names(WEEKDAYS, lang), key=len, reverse=True))
    if lang == "zh":
        return re.compile(rf"(?:(?P<y>\d{{4}})年)?(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})[日号](?:\s?[（(]?(?P<w2>{week}))?")
    months = "|".join(sorted(map(re.escape, names(MONTHS, lang)), key=len, reverse=True))
    if not months:
        return None
    of = r"(?:\s+(?:de|del)\s+|\s+)" if lang == "es" else r"(?:st|nd|rd|th|er)?\s{1,2}(?:of\s)?"
    first = rf"(?P<d>\d{{1,2}}){of}(?P<m>{months})(?:\s?/\s?(?:{months}))?(?!\w)\.?(?:(?:{of}|,\s)(?P<y>\d{{4}}))?"
    second = rf"(?P<m2>{months})\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\w)(?:,?\s(?P<y2>\d{{4}}))?"
    dates = rf"(?:{first}|{second})" if lang == "en" else first
    joint = r"(?:\s?,\s?|\s)(?:the\s|le\s|el\s)?"
    before = rf"(?:(?<!\w)(?P<w1>{week}){joint})?(?<!\w)"
    return re.compile(rf"{before}{dates}(?!\w)(?:\s?\((?P<w2>{week})\)|,\s(?P<w3>{week})(?!\w))?", re.IGNORECASE)


_MARKED = re.compile(r"\d{1,2}|\d月")


def dates(text: str, lang: str) -> Iterator[Date]:
    """The dates of a text with the month in words, in order."""
    pattern = _pattern(lang)
    if pattern is None or not _MARKED.search(text):
        return
    months, week = names(MONTHS, lang), names(WEEKDAYS, lang)
    for match in pattern.finditer(text):
        got = match.groupdict()
        month, day = got.get("m") or got.get("m2"), got.get("d") or got.get("d2")
        if not month or not day:
            continue
        number = int(month) if lang == "zh" else months[" ".join(month.lower().split())] + 1
        if not 1 <= number <= 12:
            continue
        year = int(got.get("y") or got.get("y2") or 0)
        which = next((w for w in ("w1", "w2", "w3") if got.get(w)), "")
        start = match.start("d") if got.get("d") else match.start("m2") if got.get("m2") else match.start()
        if lang == "zh":
            start = match.start()
        end = max(match.end(g) for g in ("d", "m", "y", "d2", "m2", "y2") if got.get(g))
        yield Date(start, end, int(day), number, year, week[match[which].lower()] if which else -1,
                   match.span(which) if which else (0, 0))  # fmt: skip
