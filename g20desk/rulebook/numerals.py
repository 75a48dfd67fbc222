"""Numbers and times as the six languages write them, brought to one form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from g20desk.rulebook.reading import Span, within

_SCALES = {
    "en": {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "bn": 9, "mn": 6, "tn": 12},
    "fr": {"mille": 3, "million": 6, "millions": 6, "milliard": 9, "milliards": 9, "billion": 12, "billions": 12},
    "es": {"mil millones": 9, "mil": 3, "millón": 6, "millones": 6, "billón": 12, "billones": 12},
    "ru": {"тыс": 3, "тысяч": 3, "тысячи": 3, "тысяча": 3, "млн": 6, "миллион": 6, "миллиона": 6, "миллионов": 6,
           "млрд": 9, "миллиард": 9, "миллиарда": 9, "миллиардов": 9, "трлн": 12, "триллион": 12, "триллиона": 12,
           "триллионов": 12},
    "ar": {"ألف": 3, "آلاف": 3, "مليون": 6, "ملايين": 6, "مليار": 9, "مليارات": 9, "بليون": 9, "بلايين": 9,
           "تريليون": 12, "تريليونات": 12},
    "zh": {"万亿": 12, "亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3},
}  # fmt: skip
_WORDS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
          "eighteen nineteen twenty",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
          "dix-neuf vingt",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
          "dieciocho diecinueve veinte",
    "ru": "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
          "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать",
}  # fmt: skip
_MORE = {
    "en": {"first": 1, "second": 2, "third": 3, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "both": 2},
    "fr": {"une": 1, "premier": 1, "première": 1, "deuxième": 2, "troisième": 3, "trente": 30, "quarante": 40,
           "cinquante": 50, "cent": 100},
    "es": {"un": 1, "una": 1, "primer": 1, "primera": 1, "segunda": 2, "segundo": 2, "tercera": 3, "treinta": 30,
           "cuarenta": 40, "cincuenta": 50, "cien": 100},
    "ru": {"одна": 1, "две": 2, "трёх": 3, "трех": 3, "двух": 2, "двум": 2, "четырёх": 4, "пяти": 5, "шести": 6,
           "семи": 7, "восьми": 8, "девяти": 9, "десяти": 10, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "сто": 100},
    "ar": {"واحد": 1, "واحدة": 1, "اثنان": 2, "اثنين": 2, "ثلاثة": 3, "ثلاث": 3, "أربعة": 4, "أربع": 4, "خمسة": 5,
           "خمس": 5, "ستة": 6, "ست": 6, "سبعة": 7, "سبع": 7, "ثمانية": 8, "ثماني": 8, "تسعة": 9, "تسع": 9, "عشرة": 10,
           "عشر": 10, "عشرين": 20, "عشرون": 20, "ثلاثين": 30, "أربعين": 40, "خمسين": 50, "مائة": 100, "يومين": 2,
           "عامين": 2, "سنتين": 2, "شهرين": 2, "دولتين": 2, "مرتين": 2},
    "zh": {},
}  # fmt: skip
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")
_HAN = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_NUMBER = re.compile(r"(?<![\w.,:/#@-])[+−-]?[0-9]{1,30}(?:[.,\u00a0\u202f '’][0-9]{1,30}){0,9}(?![0-9])")
_CLOCK = re.compile(
    r"(?i)(?<![\w:.,-])(?P<h>[01]?[0-9]|2[0-3])(?:(?:[:.]|\s?(?:h|ч|时|点)\s?)(?P<m>[0-5][0-9])(?:\s?分)?(?![\d%:.])"
    r"|\s?(?:h|heures?|horas?|часов|часа|ч\.|时|点)(?![^\W\d_]))?(?:\s?(?P<p>[ap])\.?\s?m\b\.?)?"
)
_HAN_NUMBER = re.compile(r"[〇零一二两三四五六七八九十百]{1,9}")


class Number(NamedTuple):
    """A number and where it stands."""

    value: str
    start: int
    end: int


@lru_cache(8)
def _scale(lang: str) -> re.Pattern[str] | None:
    listed = sorted(_SCALES.get(lang, {}), key=len, reverse=True)
    one = "|".join(map(re.escape, listed))
    return re.compile(rf"(?i)[\s\u00a0\u202f]?(?:{one})" + ("" if lang == "zh" else r"(?!\w)")) if one else None


def western(text: str) -> str:
    """The same length, with Western digits."""
    return text.translate(_EASTERN)


def times(text: str, skip: Sequence[Span]) -> list[Number]:
    """Hours of the day as `15:00`."""
    made = []
    for match in _CLOCK.finditer(western(text)):
        if len(match[0].rstrip()) <= len(match["h"]) or within(skip, match.start()):
            continue
        if match["m"] is None and match["p"] is None and "点" in match[0]:
            continue
        if "." in match[0] and match["p"] is None and "ч" not in match[0]:
            continue
        hour = int(match["h"]) % 12 + (12 if match["p"] in "pP" else 0) if match["p"] else int(match["h"])
        made.append(Number(f"{hour:02d}:{match['m'] or '00'}", *match.span()))
    return made


def numbers(text: str, lang: str, skip: Sequence[Span]) -> list[Number]:
    """Numbers in digits, with their scale, in plain form: `2000000000`, `3.5`."""
    plain, made = western(text), []
    scale = _scale(lang)
    for match in _NUMBER.finditer(plain):
        start, end = match.span()
        if within(skip, start) or text[end : end + 1].isalpha() and not _HAN_SIDE.match(text, end):
            continue
        value = _value(match[0].lstrip("+"), lang)
        times_ = scale.match(text, end) if scale else None
        if times_:
            power = _SCALES[lang][times_[0].strip().lower()]
            value, end = _shifted(value, power), times_.end()
        made.append(Number(value, start, end))
    return made


_HAN_SIDE = re.compile(r"[\u3400-\u9fff\u0600-\u06ff]")


def _value(written: str, lang: str) -> str:
    """Without separators of thousands; one separator before other than three digits is the decimal one."""
    written = re.sub(r"[\s\u00a0\u202f'’]", "", written)
    signs = [c for c in written if c in ".,"]
    decimal = ""
    if len(set(signs)) == 2:
        decimal = signs[-1]
    elif len(signs) == 1:
        after = len(written.rpartition(signs[0])[2])
        thousands = "," if lang in ("en", "zh", "ar") else "."
        decimal = "" if after == 3 and signs[0] == thousands else signs[0]
    whole, _, part = written.rpartition(decimal) if decimal else (written, "", "")
    whole = re.sub(r"[.,]", "", whole or "0")
    part = part.rstrip("0")
    return f"{whole.lstrip('0') or '0'}.{part}" if part else whole.lstrip("0") or "0"


def _shifted(value: str, power: int) -> str:
    whole, _, part = value.partition(".")
    digits = part.ljust(power, "0")
    moved = (whole + digits[:power]).lstrip("0") or "0"
    rest = digits[power:].rstrip("0")
    return f"{moved}.{rest}" if rest else moved


def spelled(text: str, lang: str) -> set[str]:
    """Numbers written in words: they may answer for digits elsewhere, and ask for none."""
    if lang == "zh":
        return {str(n) for m in _HAN_NUMBER.finditer(text) if (n := _han(m[0])) is not None}
    listed = {w: n for n, w in enumerate(_WORDS.get(lang, "").split(), 1)} | _MORE.get(lang, {})
    found = {w.lower() for w in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", text)}
    bare = {w.lstrip("وبلف") for w in found} if lang == "ar" else set()
    return {str(n) for w, n in listed.items() if w in found or w in bare}


def _han(written: str) -> int | None:
    """二十五 is 25, 一百二十 is 120; digit by digit where no 十 or 百 stands."""
    if not set(written) & {"十", "百"}:
        return int("".join(str(_HAN[c]) for c in written))
    hundreds, found, rest = written.rpartition("百")
    if found and (len(hundreds) != 1 or hundreds not in _HAN):
        return None
    total = 100 * _HAN[hundreds] if found else 0
    rest = rest.lstrip("零〇")
    tens, found, ones = rest.rpartition("十")
    if found:
        if len(tens) > 1:
            return None
        total += 10 * (_HAN[tens] if tens else 1)
    if len(ones) > 1:
        return None
    return total + (_HAN[ones] if ones else 0)
