"""In threads: sound ones are left alone, and each fault is found in its part."""

from __future__ import annotations

import pytest

from g20desk.desk.checking import Checking
from g20desk.office.content import Content, Text

DESK = Checking()

SOUND = [
    ("en", "news", ["Three ports reopened today.\n\nhttps://www.un.org/ports", "A list of all ports follows in May."]),
    ("en", "news", ["(1/3) The fund paid for wells.", "(2/3) It also paid for roads.", "(3/3) The list is public."]),
    ("fr", "news", ["1/2 Le fonds paie les puits.", "2/2 La liste est publique."]),
    ("ru", "news", ["Фонд оплатил колодцы. 1/3", "Список открыт. 2/3", "Вопросы: press@g20.org 3/3"]),
    ("zh", "news", ["基金资助了水井。1/3", "名单已公布。2/3", "请看网页。3/3"]),
    ("ar", "news", ["دفع الصندوق ثمن الآبار. ١/٣", "القائمة متاحة. ٢/٣", "شكرا. ٣/٣"]),
    ("en", "news", ["What does the plan change? Three things. 1/2", "It pays for wells, roads and schools. 2/2"]),
    ("en", "news", ["The programme:\n• opening\n• debate\n• closing 1/2", "All sessions are public. 2/2"]),
    ("en", "news", ["He said: “We are ready.” 1/2", "The port opens in May. 2/2 #G20"]),
    ("es", "news", ["El fondo paga pozos. 1/2", "La lista es pública: https://www.fao.org/es/pozos 2/2"]),
]

FAULTY = [
    ("THREAD-03", 1, "en", "news", ["🧵 What happened in Rio", "Leaders met."]),
    ("THREAD-03", 1, "en", "news", ["Let's unpack the new plan ⬇️", "It has 3 steps."]),
    ("THREAD-03", 1, "es", "news", ["Hilo 👇", "El fondo paga pozos."]),
    ("THREAD-03", 1, "fr", "news", ["Voici pourquoi c’est important :", "Le fonds paie."]),
    ("THREAD-04", 1, "en", "news", ["The fund paid, 1/2", "and the towns too. 2/2"]),
    ("THREAD-02", 2, "en", "news", ["One. 1/3", "Two. 3/3", "Three. 2/3"]),
    ("THREAD-01", 3, "en", "news", ["One. 1/3", "Two. 2/3", "Three."]),
    ("THREAD-06", 2, "en", "news", ["Ports open.", "Ports open."]),
    ("THREAD-05", 2, "en", "rebuttal", ["Taxes are set by States.", "A video claims that a tax starts in May."]),
    ("THREAD-08", 2, "fr", "rebuttal", ["Les impôts relèvent des États.", "Un message affirme qu’un impôt arrive."]),
    ("THREAD-04", 1, "zh", "news", ["部长们会晤并", "发表宣言。"]),
    ("THREAD-04", 1, "ru", "news", ["Министры встретились и", "договорились."]),
    ("THREAD-03", 1, "en", "news", ["We have news for you…", "The port is open."]),
    ("THREAD-02", 1, "en", "news", ["One. 1/4", "Two. 2/4", "Three. 3/4"]),
    ("THREAD-04", 1, "ar", "news", ["اجتمع الوزراء و", "اتفقوا."]),
]


@pytest.mark.parametrize(("lang", "kind", "parts"), SOUND, ids=lambda v: str(v)[:30])
def test_a_sound_thread_is_left_alone(lang, kind, parts):
    assert DESK.thread(parts, lang, kind) == []


@pytest.mark.parametrize(("rule", "part", "lang", "kind", "parts"), FAULTY, ids=lambda v: str(v)[:30])
def test_a_fault_is_found_in_its_part(rule, part, lang, kind, parts):
    found = DESK.thread(parts, lang, kind)
    assert (rule, part) in [(f["rule"], f["part"]) for f in found]
    for f in found:
        assert parts[f["part"] - 1][f["start"] : f["end"]] == f["text"]


def test_numbers_are_put_right_by_the_fix():
    parts = ["One. 1/3", "Two. (3 of 3)", "Three. 2/3"]
    for f in DESK.thread(parts, "en", "news"):
        n = f["part"] - 1
        parts[n] = parts[n][: f["start"]] + f["suggestion"] + parts[n][f["end"] :]
    assert DESK.thread(parts, "en", "news") == []


ONCE = [
    ("en", "correction", ["Correction: we said 4.1%. The correct figure is 3.1%. 1/2", "The table has all countries. 2/2"]),
    ("fr", "correction", ["Rectificatif : nous avions écrit 4,1 %. Le chiffre exact est 3,1 %. 1/2", "Le tableau suit. 2/2"]),
    ("es", "condolence", ["Enviamos nuestras condolencias a las familias. 1/2", "La embajada está abierta. 2/2"]),
    ("ru", "condolence", ["Выражаем соболезнования семьям. 1/2", "Посольство открыто. 2/2"]),
    ("en", "rebuttal", ["Taxes are set by States: https://www.g20.org/tax 1/2", "No State has given that right away. 2/2"]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "kind", "parts"), ONCE, ids=lambda v: str(v)[:30])
def test_what_a_message_says_once_is_asked_of_its_first_part_only(lang, kind, parts):
    def once(parts):
        texts = DESK.message(Content(kind, (), (Text(lang, tuple(parts)),)))["texts"]
        families = ("CORRECT-", "CONDOL-", "DISINFO-11")
        return [(one["part"], f["rule"]) for one in texts for f in one["findings"] if f["rule"].startswith(families)]

    assert once(parts) == []
    assert {part for part, _ in once(parts[::-1])} == {1}
