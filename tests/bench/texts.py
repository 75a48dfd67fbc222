"""What the messages of a big store say: the same for the same number, so that two stores differ in size alone."""

from __future__ import annotations

import random

_ENGLISH = """
growth debt climate trade energy food finance health jobs water ocean reform bank tax vaccine harvest grain inflation
currency tariff resilience investment transition hydrogen minerals corridor adaptation biodiversity artificial
intelligence data digital payments sovereignty relief creditors framework communique ministers leaders governors
presidency summit agreed welcomed noted reaffirmed called supported launched published met
"""
_SHORT = "we in of to by on at as it is an or EU UN AU AI"
_CHINESE = "气候 变化 债务 贸易 能源 粮食 金融 卫生 就业 改革 部长 会议 增长 投资 数字 支付"
_ARABIC = "المناخ الديون التجارة الطاقة الغذاء المالية الصحة الوظائف الإصلاح الوزراء القمة النمو"
WORDS, SMALL, CHINESE, ARABIC = (words.split() for words in (_ENGLISH, _SHORT, _CHINESE, _ARABIC))
RARE = {"en": "kimberlite", "zh": "钒矿", "ar": "زمرد"}
RARE_EVERY = 997


def english(number: int) -> str:
    """Some 200 letters."""
    chance = random.Random(f"en {number}")
    chosen = [chance.choice(WORDS if chance.random() < 0.6 else SMALL) for _ in range(36)]
    rare = f" {RARE['en']}" if number % RARE_EVERY == 0 else ""
    return f"Message {number}: " + " ".join(chosen).capitalize() + rare + "."


def chinese(number: int) -> str:
    """Some 50 signs."""
    chance = random.Random(f"zh {number}")
    rare = RARE["zh"] if number % RARE_EVERY == 0 else ""
    return "".join(chance.choice(CHINESE) for _ in range(24)) + rare + "。"


def arabic(number: int) -> str:
    """Some 100 letters."""
    chance = random.Random(f"ar {number}")
    rare = f" {RARE['ar']}" if number % RARE_EVERY == 0 else ""
    return " ".join(chance.choice(ARABIC) for _ in range(16)) + rare + "."
