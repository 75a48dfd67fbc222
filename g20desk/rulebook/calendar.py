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


@lru_cache(32)
def names(weekdays: bool, lang: str) -> dict[str, int]:
    """Each name of a month or weekday, small, and its number from 0."""
    rows = enumerate((WEEKDAYS if weekdays else MONTHS).get(lang, []))
    return {name.replace("_", " ").lower(): number for number, row in rows for name in row.split()}


def plain(name: str) -> str:
    """A name as the tables hold it, whatever letters a pattern that minds no capitals has let pass (`ſ`, `ı`, `İ`)."""
    return " ".join(name.casefold().replace("ı", "i").replace("i\u0307", "i").split())


@lru_cache(8)
def _pattern(lang: str) -> re.Pattern[str] | None:
    week = "|".join(sorted(names(True, lang), key=len, reverse=True))
    if lang == "zh":
        return re.compile(rf"(?:(?P<y>\d{{4}})年)?(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})[日号](?:\s?[（(]?(?P<w2>{week}))?")
    months = "|".join(sorted(map(re.escape, names(False, lang)), key=len, reverse=True))
    if not months:
        return None
    of = r"(?:\s+(?:de|del)\s+|\s+)" if lang == "es" else r"(?:st|nd|rd|th|er)?\s{1,2}(?:of\s)?"
    first = rf"(?P<d>\d{{1,2}}){of}(?P<m>{months})(?:\s?/\s?(?:{months}))?(?!\w)\.?(?:(?:{of}|,\s)(?P<y>\d{{4}}))?"
    second = rf"(?P<m2>{months})\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\w)(?:,?\s(?P<y2>\d{{4}}))?"
    dates = rf"(?:{first}|{second})" if lang == "en" else first
    joint = r"(?:\s?,\s?|\s)(?:the\s|le\s|el\s)?"
    free = r"(?<![^\Wو])" if lang == "ar" else r"(?<!\w)"
    before = rf"(?:(?<!\w)(?P<w1>{week}){joint})?{free}"
    return re.compile(rf"{before}{dates}(?!\w)(?:\s?\((?P<w2>{week})\)|,\s(?P<w3>{week})(?!\w))?", re.IGNORECASE)


# “5 and 6 May”, «с 5 по 6 мая», 5月5日至6日: the days that share a month with the one beside it.
_EARLIER = re.compile(
    r"(?<!\d)(\d{1,2})(?:er)?\s?(?:and|to|or|[-–—/,]|et|au|ou|y|al|o|и|по|до|или|و|إلى|حتى|أو)\s?(?:el\s)?\Z"
)
_LATER = re.compile(r"\s?(?:and|to|[-–—,])\s?(\d{1,2})(?!\d)")
_LATER_ZH = re.compile(r"(?:至|到|、|和|与|—|–|-|或)(\d{1,2})[日号]")


def _joined(text: str, start: int, match: re.Match[str], lang: str) -> Iterator[tuple[int, int]]:
    if lang == "zh":
        found = _LATER_ZH.match(text, match.end())
    elif match.groupdict().get("d2"):
        found = _LATER.match(text, match.end("d2"))
    else:
        found, left = None, start
        for _ in range(6):
            found = _EARLIER.search(text[max(0, left - 12) : left])
            if found is None:
                return
            at = max(0, left - 12) + found.start(1)
            yield at, max(0, left - 12) + found.end(1)
            left = at
        return
    if found:
        yield found.span(1)


_MARKED = re.compile(r"\d{1,2}|\d月")


def dates(text: str, lang: str) -> Iterator[Date]:
    """The dates of a text with the month in words, in order."""
    pattern = _pattern(lang)
    if pattern is None or not _MARKED.search(text):
        return
    months, week = names(False, lang), names(True, lang)
    for match in pattern.finditer(text):
        got = match.groupdict()
        month, day = got.get("m") or got.get("m2"), got.get("d") or got.get("d2")
        if not month or not day:
            continue
        number = int(month) if lang == "zh" else months.get(plain(month), -1) + 1
        if not 1 <= number <= 12:
            continue
        year = int(got.get("y") or got.get("y2") or 0)
        which = next((w for w in ("w1", "w2", "w3") if got.get(w)), "")
        start = match.start("d") if got.get("d") else match.start("m2") if got.get("m2") else match.start()
        if lang == "zh":
            start = match.start()
        end = max(match.end(g) for g in ("d", "m", "y", "d2", "m2", "y2") if got.get(g))
        for at in _joined(text, start, match, lang):
            yield Date(*at, int(text[slice(*at)]), number, year)
        yield Date(start, end, int(day), number, year, week.get(plain(match[which]), -1) if which else -1,
                   match.span(which) if which else (0, 0))  # fmt: skip


_MONTHS_RU = ["январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"]
_DAYS_RU = ["понедельник", "вторник", "_", "четверг", "пятниц", "суббот", "воскресень"]
_HAN = {sign: n for n, sign in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}


@lru_cache(8)
def _named(lang: str) -> re.Pattern[str] | None:
    """Months without a day."""
    if lang == "zh":
        return re.compile(r"(?<!\d)(?P<m>1[0-2]|[1-9])月(?![\d球])|(?P<h>十[一二]?|[一二三四五六七八九])月(?![球色光])")
    if lang == "ru":
        listed = "|".join(f"{m}(?:й|я|е|ю|ем)" if m == "ма" else f"{m}\\w{{0,3}}" for m in _MONTHS_RU)
        return re.compile(rf"(?<!\w)(?P<m>{listed})(?!\w)", re.IGNORECASE)
    months = "|".join(sorted(map(re.escape, names(False, lang)), key=len, reverse=True))
    if lang == "en":
        # Both are words of their own: a month after “in”, or before a year.
        sure = "|".join(
            n for n in months.title().split("|") if n not in ("May", "March", "Mar", "Jan", "Sept", "Sep", "Oct")
        )
        after = r"(?<=\b[Ii]n )|(?<=\b[Bb]y )|(?<=\b[Oo]f )|(?<=[Ss]ince )|(?<=[Uu]ntil )|(?<=[Ff]rom )|(?<=early )|(?<=late )|(?<=mid-)"
        return re.compile(
            rf"(?<!\w)(?P<m>{sure})(?!\w)|(?:{after})(?P<h>May|March)(?!\w)|(?<!\w)(?P<y>May|March)(?= \d{{4}})"
        )
    particle = "[وف]?[بل]?" if lang == "ar" else ""
    return re.compile(rf"(?<!\w){particle}(?P<m>{months})(?!\w)", re.IGNORECASE) if months else None


def _is_ru(month: str, word: str) -> bool:
    """Whether a word is this month: May is a beginning of other words."""
    return month != "ма" or (len(word) < 5 and word[2:3] != "р")


def months(text: str, lang: str) -> dict[int, tuple[int, int]]:
    """The months that a text names, by number, with their places; Arabic `مارس` only beside a number or `شهر`."""
    pattern = _named(lang)
    made: dict[int, tuple[int, int]] = {}
    if pattern is None:
        return made
    listed = names(False, lang)
    for match in pattern.finditer(text):
        word = next(g for g in match.groups() if g)
        if lang == "zh":
            number = _HAN.get(word) or int(word)
        elif lang == "ru":
            number = next((n for n, m in enumerate(_MONTHS_RU, 1) if plain(word).startswith(m) and _is_ru(m, word)), 0)
        else:
            number = listed.get(plain(word), -1) + 1
        if not number:
            continue
        if word == "مارس" and not re.search(r"(?:شهر|في|\d|من) \Z", text[max(0, match.start() - 5) : match.start()]):
            continue
        made.setdefault(number, match.span())
    return made


@lru_cache(8)
def _weekly(lang: str) -> re.Pattern[str]:
    if lang == "ru":
        return re.compile("(?<!\\w)(" + "|".join(f"{d}\\w{{0,3}}" for d in _DAYS_RU if d != "_") + ")", re.IGNORECASE)
    week = "|".join(sorted(names(True, lang), key=len, reverse=True))
    return re.compile(f"({week})" if lang == "zh" else rf"(?<!\w)({week})s?(?!\w)", re.IGNORECASE)


def weekdays(text: str, lang: str) -> dict[int, tuple[int, int]]:
    """The weekdays that a text names, Monday 0, with their places; the Russian Wednesday, also a word for surroundings,
    is not among them."""
    listed = names(True, lang)
    made: dict[int, tuple[int, int]] = {}
    for match in _weekly(lang).finditer(text):
        word = plain(match[1])
        of_ru = next((n for n, d in enumerate(_DAYS_RU) if word.startswith(d)), -1)
        number = of_ru if lang == "ru" else listed.get(word, -1)
        if number >= 0:
            made.setdefault(number, match.span(1))
    return made
