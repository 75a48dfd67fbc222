"""Numbers in words, in the six languages: `quarante-cinq`, `двенадцати`, `خمسة وأربعين`, `三千五百`.

Only whole numbers, and none for `a`. A word that also is an article (`un`, `один`) is a one. Own tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from g20desk.rulebook.reading import lowered


class Number(NamedTuple):
    """A number in plain form (`2000000000`, `3.5`), where it stands, and how else the figures could be read."""

    value: str
    start: int
    end: int
    other: str = ""


_UNITS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
          "eighteen nineteen",
    "fr": "un|une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "es": "un|uno|una|ún dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
          "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
          "veintiocho veintinueve",
    "ru": "один|одна|одно|одну|одного|одной|одному|одним|одном два|две|двух|двум|двумя|двое три|трёх|трех|трём|трем|тремя|трое|троих четыре|четырёх|четырех|четырьмя|четверо "
          "пять|пяти|пятью шесть|шести|шестью семь|семи восемь|восьми девять|девяти|девятью десять|десяти|десятью "
          "одиннадцать|одиннадцати двенадцать|двенадцати тринадцать|тринадцати четырнадцать|четырнадцати "
          "пятнадцать|пятнадцати шестнадцать|шестнадцати семнадцать|семнадцати восемнадцать|восемнадцати "
          "девятнадцать|девятнадцати",
    "ar": "أحد|إحدى|واحد|واحدة اثنان|اثنين|اثنا|اثني|اثنتا|اثنتي|اثنتان|اثنتين ثلاثة|ثلاث أربعة|أربع خمسة|خمس ستة|ست سبعة|سبع ثمانية|ثماني|ثمان "
          "تسعة|تسع عشرة|عشر",
}  # fmt: skip
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "fr": "vingt trente quarante cinquante soixante septante huitante|quatre-vingt|quatre-vingts nonante",
    "es": "_ treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "ru": "двадцать|двадцати|двадцатью тридцать|тридцати|тридцатью сорок|сорока пятьдесят|пятидесяти шестьдесят|шестидесяти "
          "семьдесят|семидесяти восемьдесят|восьмидесяти девяносто|девяноста",
    "ar": "عشرون|عشرين ثلاثون|ثلاثين أربعون|أربعين خمسون|خمسين ستون|ستين سبعون|سبعين ثمانون|ثمانين تسعون|تسعين",
}  # fmt: skip
_HUNDREDS = {
    "en": "hundred",
    "fr": "cent|cents",
    "es": "cien|ciento doscientos|doscientas trescientos|trescientas cuatrocientos|cuatrocientas quinientos|quinientas "
          "seiscientos|seiscientas setecientos|setecientas ochocientos|ochocientas novecientos|novecientas",
    "ru": "сто|ста двести|двухсот триста|трёхсот|трехсот четыреста|четырёхсот|четырехсот пятьсот|пятисот шестьсот|шестисот "
          "семьсот|семисот восемьсот|восьмисот девятьсот|девятисот",
    "ar": "مائة|مئة مائتان|مائتين|مئتان|مئتين|مائتا|مائتي|مئتا|مئتي ثلاثمائة|ثلاثمئة أربعمائة|أربعمئة خمسمائة|خمسمئة ستمائة|ستمئة "
          "سبعمائة|سبعمئة ثمانمائة|ثمانمئة|ثمانيمائة تسعمائة|تسعمئة",
}  # fmt: skip
SCALES = {
    "en": {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "bn": 9, "mn": 6, "tn": 12},
    "fr": {"mille": 3, "million": 6, "millions": 6, "milliard": 9, "milliards": 9, "billion": 12, "billions": 12},
    "es": {"mil millones": 9, "mil": 3, "millón": 6, "millones": 6, "billón": 12, "billones": 12},
    "ru": {"тыс": 3, "тысяч": 3, "тысячи": 3, "тысяча": 3, "тысячу": 3, "тысячам": 3, "тысячами": 3, "млн": 6,
           "миллион": 6, "миллиона": 6, "миллионов": 6, "миллионам": 6, "миллионами": 6, "млрд": 9, "миллиард": 9,
           "миллиарда": 9, "миллиардов": 9, "миллиардам": 9, "трлн": 12, "триллион": 12, "триллиона": 12,
           "триллионов": 12},
    "ar": {"ألف": 3, "ألفا": 3, "آلاف": 3, "مليون": 6, "مليونا": 6, "ملايين": 6, "مليار": 9, "مليارا": 9, "مليارات": 9,
           "بليون": 9, "بلايين": 9, "تريليون": 12, "تريليونات": 12},
    "zh": {"万亿": 12, "千亿": 11, "百亿": 10, "十亿": 9, "亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "千": 3},
}  # fmt: skip
_DUALS = {"ألفان": 2000, "ألفين": 2000, "ألفي": 2000, "مليونان": 2 * 10**6, "مليونين": 2 * 10**6, "ملياران": 2 * 10**9,
          "مليارين": 2 * 10**9}  # fmt: skip
# A scale that is a number by itself: after these words, or, where none are named, after no other number.
_ALONE = {"en": r"(?<!half )(?<!\w)a", "fr": r"(?<!\w)un", "es": r"(?<!\w)un", "ru": "", "ar": ""}
_SINGULAR = {"thousand", "million", "billion", "trillion", "milliard", "millón", "billón", "тысяча", "тысячу", "миллион",
             "миллиард", "ألف", "مليون", "مليار"}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{1,30}")
_BETWEEN = re.compile(r"(?:[\s\u00a0]|-|‑| and | et | y |[\s]و)?\Z")
# “pour cent”, “por mil”: a share, no number.
_SHARE = re.compile(r"(?i)(?:pour|por|per)\s\Z")
_NOT_BEFORE = re.compile(r"(?i)(?:mars|за)\s\Z")
_HAN = re.compile(r"[〇零一二两三四五六七八九十百千万亿]{1,16}")
_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}


@lru_cache(8)
def _table(lang: str) -> dict[str, int]:
    made: dict[str, int] = {}
    for listed, step in ((_UNITS, 1), (_TENS, 10), (_HUNDREDS, 100)):
        for place, forms in enumerate(listed.get(lang, "").split(), 2 if listed is _TENS else 1):
            made |= {form: place * step for form in forms.split("|") if form != "_"}
    made |= {word: 10**power for word, power in SCALES.get(lang, {}).items() if " " not in word}
    return made | _DUALS if lang == "ar" else made


def _tokens(text: str, lang: str) -> Iterator[tuple[int, int, int, bool]]:
    """Value, span, and whether an Arabic `و` joins it to what is before."""
    table = _table(lang)
    low = lowered(text)
    if lang == "fr":
        # Vigesimal eighty is one word of its own.
        low = re.sub(r"quatre[-‑ ]vingts?(?!\w)", lambda m: "huitante".ljust(len(m[0]), "\x00"), low)
    for match in _WORD.finditer(low):
        word, start = match[0], match.start()
        end = match.end()
        while low[end : end + 1] == "\x00":
            end += 1
        joined = False
        if lang == "ar" and word not in table:
            bare = word
            for particle in ("و", "ف", "ب", "ل", "ال"):
                if bare not in table and bare.startswith(particle):
                    bare = bare[len(particle) :]
            joined, start = word[0] == "و", end - len(bare)
            word = bare
        not_this = _SHARE if table.get(word) in (100, 1000) else _NOT_BEFORE
        if word in table and not not_this.search(low, max(0, start - 6), start):
            yield table[word], start, end, joined


def spelled(text: str, lang: str) -> list[Number]:
    """The numbers of a text that are written in words."""
    if lang == "zh":
        return [Number(str(n), *m.span()) for m in _HAN.finditer(text) if (n := _han(m[0])) is not None]
    made: list[Number] = []
    run: list[tuple[int, int, int, bool]] = []
    for token in _tokens(text, lang):
        if run and not (_BETWEEN.match(text, run[-1][2], token[1]) and _sum([*run, token], lang)):
            made += _made(run, text, lang)
            run = []
        run.append(token)
    return [*made, *_made(run, text, lang)]


def _made(run: Sequence[tuple[int, int, int, bool]], text: str, lang: str) -> list[Number]:
    if not run:
        return []
    value, start, end, _ = run[0]
    if (
        len(run) == 1
        and text[start:end] in ("ألفا", "مليونا", "مليارا")
        and not re.search(r"\d\s\Z", text[:start][-2:])
    ):
        # Two of it, or one of it in another case.
        return [Number(str(2 * value), start, end, str(value))]
    if len(run) == 1 and value >= 1000 and not _alone(text, start, end, lang):
        # A scale by itself says no number: “millions of people”.
        return []
    if len(run) == 1 and value == 100 and lang == "en":
        return []
    value = _sum(run, lang)
    return [Number(str(value), start, run[-1][2])] if value else []


def _alone(text: str, start: int, end: int, lang: str) -> bool:
    word, before = text[start:end].lower(), text[max(0, start - 12) : start]
    if word in ("mille", "mil") or word in _DUALS:
        return not re.search(r"\d\s?\Z", before)
    if word not in _SINGULAR or re.search(r"[\d.,]\s?\Z", before):
        return False
    asked = _ALONE.get(lang)
    return asked is not None and (not asked or re.search(rf"(?i){asked}\s\Z", before) is not None)


def _sum(run: Sequence[tuple[int, int, int, bool]], lang: str) -> int:
    """One number of words in a row; 0 where they are several."""
    total = current = last = 0
    for value, *_, joined in run:
        if value >= 1000:
            if value <= last and last >= 1000:
                return 0
            total = total * value if last >= 1000 and not current else total + max(1, current) * value
            current = 0
        elif value == 100 and 1 < current < 10 and lang in ("en", "fr"):
            current *= 100
        elif not current or _adds(current, value, lang, joined):
            current += value
        else:
            return 0
        last = value
    return total + current


def _adds(current: int, value: int, lang: str, joined: bool) -> bool:
    rest = current % 100
    if value >= 100:
        return False
    if lang == "ar":
        # Units come before tens, and joined; ten after a unit makes the teens.
        return not rest or (rest < 10 and (value == 10 or (joined and value >= 20 and value % 10 == 0)))
    if not rest:
        return True
    if lang == "fr" and ((rest in (60, 80) and 9 < value < 20) or (rest in (10, 70, 90) and 6 < value < 10)):
        return True
    return rest >= 20 and rest % 10 == 0 and value < 10


def _han(written: str) -> int | None:
    """二十五 is 25, 三千五百 is 3500, 一万二千 is 12000; digit by digit where no place stands; None where it is none."""
    if not set(written) & {"十", "百", "千", "万", "亿"}:
        return int("".join(str(_DIGITS[c]) for c in written))
    total = wan = section = digit = 0
    for sign in written:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            section, digit = section + (digit or (1 if sign == "十" else 0)) * _PLACES[sign], 0
        else:
            section, digit = section + digit, 0
            if sign == "万":
                wan, section = wan + section * 10**4, 0
            else:
                total, wan, section = total + (wan + section) * 10**8, 0, 0
    return total + wan + section + digit or None
