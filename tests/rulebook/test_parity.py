"""Between languages: what says the same is left alone, what differs is found, with the place in the other language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from g20desk.desk.checking import Checking

DESK = Checking()

SAME = [
    (
        "en",
        "The fund will pay for twenty-five wells by 30 June 2026.",
        "fr",
        "Le fonds paiera vingt-cinq puits d’ici le 30 juin 2026.",
    ),
    (
        "en",
        "Between 2020 and 2025, 4.5 million people gained access to water.",
        "es",
        "Entre 2020 y 2025, 4,5 millones de personas obtuvieron acceso al agua.",
    ),
    (
        "en",
        "The session opens at 2 p.m. UTC on 3 March 2026.",
        "ru",
        "Заседание начнётся 3 марта 2026 года в 14:00 UTC.",
    ),
    (
        "en",
        "Ministers of Brazil, India and South Africa met in Cape Town on 12 and 13 May.",
        "fr",
        "Les ministres du Brésil, de l’Inde et de l’Afrique du Sud se sont réunis au Cap les 12 et 13 mai.",
    ),
    ("en", "The Republic of Korea and Türkiye lent two ships each.", "zh", "大韩民国和土耳其各借出两艘船。"),
    (
        "en",
        "The Russian Federation and Saudi Arabia joined the test.",
        "ar",
        "انضم الاتحاد الروسي والمملكة العربية السعودية إلى الاختبار.",
    ),
    (
        "en",
        "Three hundred schools took part, up from 120 in 2019.",
        "ar",
        "شاركت ثلاثمائة مدرسة، مقابل 120 في عام 2019.",
    ),
    ("en", "The index rose by 0.4 percentage points to 3.1% in April.", "zh", "4月，该指数上升0.4个百分点，达到3.1%。"),
    (
        "en",
        "Dozens of towns applied; the first ten are listed at https://www.fao.org/wells",
        "ru",
        "Заявки подали десятки городов; первые десять перечислены на странице https://www.fao.org/ru/wells",
    ),
    (
        "en",
        "Prices are expected to fall in the second half of 2026, according to the OECD.",
        "zh",
        "经合组织预计，2026年下半年价格将下降。",
    ),
    (
        "en",
        "US$1.2 trillion in trade passes here each year.",
        "fr",
        "Chaque année, 1 200 milliards de dollars des États-Unis d’échanges passent ici.",
    ),
    (
        "en",
        "The atlas covers 1,250 islands and 18,000 km of coast.",
        "ru",
        "Атлас охватывает 1250 островов и 18 000 км побережья.",
    ),
    ("en", "On Friday, 15 May 2026, the doors open at 08:30 UTC.", "zh", "2026年5月15日星期五，协调世界时08:30开门。"),
    (
        "en",
        "The third workshop is on 4 May; five more follow.",
        "es",
        "El tercer taller es el 4 de mayo; le siguen otros cinco.",
    ),
    ("en", "Nearly 40% of ferries have ramps.", "ru", "Почти у 40 % паромов есть пандусы."),
    ("en", "The report was written by 14 authors in nine months.", "zh", "该报告由14位作者历时九个月撰写。"),
    ("en", "A hundred thousand trees were planted.", "fr", "Cent mille arbres ont été plantés."),
    ("en", "Leaders may discuss the plan on 7 July 2026.", "ar", "قد يناقش القادة الخطة في 7 تموز 2026."),
    ("en", "The ferry can carry up to 300 passengers.", "fr", "Le bac peut transporter jusqu’à 300 passagers."),
    ("en", "The museum is open from May to September.", "es", "El museo abre de mayo a septiembre."),
    ("en", "Half of the 60 villages are connected.", "ru", "Подключена половина из 60 деревень."),
    ("en", "More than 2,000 pupils wrote letters.", "zh", "2000多名学生写了信。"),
    (
        "en",
        "The African Union and the European Union signed at 10:00 UTC.",
        "ru",
        "Африканский союз и Европейский союз подписали документ в 10:00 UTC.",
    ),
    (
        "en",
        "The grant is US$75,000 for each of the eight libraries.",
        "ar",
        "تبلغ المنحة 75 000 دولار من دولارات الولايات المتحدة لكل مكتبة من المكتبات الثماني.",
    ),
    ("en", "Write to press@g20.org before 1 June.", "fr", "Écrire à press@g20.org avant le 1er juin."),
    ("en", "The guide exists in six languages. #G20 #Libraries", "zh", "该指南有六种语言版本。 #G20 #图书馆"),
    ("en", "Two ministers and twelve mayors visited the port.", "ar", "زار وزيران واثنا عشر رئيس بلدية الميناء."),
    ("en", "It was built 50 years ago and serves 3 towns.", "es", "Se construyó hace 50 años y sirve a tres ciudades."),
    (
        "en",
        "The two-day forum opens on 9 September 2026 with 300 delegates from 45 countries.",
        "fr",
        "Le forum de deux jours s’ouvre le 9 septembre 2026 avec 300 délégués de 45 pays.",
    ),
    ("en", "Phase 2 begins in the first quarter of 2027.", "es", "La fase 2 comienza en el primer trimestre de 2027."),
    (
        "en",
        "The bank lent US$1.5 billion over five years.",
        "ru",
        "Банк предоставил 1,5 млрд долларов США на пять лет.",
    ),
    (
        "en",
        "The bank lent US$1.5 billion over five years.",
        "ar",
        "أقرض المصرف 1.5 مليار دولار من دولارات الولايات المتحدة على مدى خمس سنوات.",
    ),
    ("en", "Some 2.3 million children were vaccinated in 2025.", "zh", "2025年，约230万名儿童接种了疫苗。"),
    ("en", "A third of the towns have no library.", "fr", "Un tiers des villes n’a pas de bibliothèque."),
    (
        "en",
        "The road is 12.5 km long and cost EUR 8 million.",
        "es",
        "La carretera mide 12,5 km y costó 8 millones de euros.",
    ),
    (
        "en",
        "From 1 to 3 March, ministers of Argentina, Mexico and Canada meet in Lima.",
        "ru",
        "С 1 по 3 марта министры Аргентины, Мексики и Канады встречаются в Лиме.",
    ),
    ("en", "China and India signed on 2 May.", "fr", "La Chine et l’Inde ont signé le 2 mai."),
    ("en", "The United States and the United Kingdom sent teams.", "zh", "美国和联合王国派出了团队。"),
    ("en", "Indonesia will host 20 workshops.", "ar", "ستستضيف إندونيسيا 20 حلقة عمل."),
    (
        "en",
        "Germany, France and Italy gave 10 boats each.",
        "es",
        "Alemania, Francia e Italia donaron 10 barcos cada una.",
    ),
    ("en", "The 2030 Agenda has 17 goals.", "ru", "В Повестке дня на период до 2030 года 17 целей."),
    ("en", "The 2030 Agenda has 17 goals.", "zh", "2030年议程有17项目标。"),
    (
        "en",
        "COVID-19 vaccines reached 90 per cent of towns.",
        "fr",
        "Les vaccins contre la COVID-19 ont atteint 90 % des villes.",
    ),
    (
        "en",
        "Call 3 of 5 is open until 23:59 UTC on 31 July 2026.",
        "fr",
        "L’appel 3 sur 5 est ouvert jusqu’au 31 juillet 2026 à 23:59 UTC.",
    ),
    ("en", "The price fell from US$4.20 to US$3.", "es", "El precio bajó de 4,20 a 3 dólares de los Estados Unidos."),
    ("en", "Members could adopt the plan in December.", "ru", "Члены могут принять план в декабре."),
    ("en", "Trade should recover, the WTO says.", "es", "El comercio debería recuperarse, dice la OMC."),
    (
        "en",
        "The study suggests that 6 in 10 pupils walk to school.",
        "fr",
        "Selon l’étude, 6 élèves sur 10 vont à l’école à pied.",
    ),
    ("en", "Australia’s fund pays up to 40% of the cost.", "zh", "澳大利亚的基金支付高达40%的费用。"),
    ("en", "At least nine towns were flooded on Sunday.", "ar", "غمرت المياه تسع بلدات على الأقل يوم الأحد."),
    ("en", "Ten years on, 1 in 4 wells still works.", "ru", "Десять лет спустя работает 1 из 4 колодцев."),
    (
        "en",
        "The European Union and the African Union agreed on a date: 14 October 2026.",
        "ar",
        "اتفق الاتحاد الأوروبي والاتحاد الأفريقي على موعد: 14 تشرين الأول 2026.",
    ),
    (
        "en",
        "Sixteen schools, four ports and one hospital got solar roofs.",
        "zh",
        "十六所学校、四个港口和一家医院安装了太阳能屋顶。",
    ),
    ("en", "South Africa held the Presidency in 2025.", "fr", "L’Afrique du Sud a exercé la Présidence en 2025."),
    ("en", "Hundreds of volunteers planted 5,000 mangroves.", "es", "Cientos de voluntarios plantaron 5000 manglares."),
    ("en", "The session is at 9 a.m. UTC.", "es", "La sesión es a las 09:00 UTC."),
    ("en", "Temperatures may rise by 1.5°C.", "zh", "气温可能上升1.5摄氏度。"),
    ("en", "One million books in 12 languages.", "fr", "Un million de livres en 12 langues."),
    ("en", "One million books in 12 languages.", "es", "Un millón de libros en 12 lenguas."),
    ("en", "A million books.", "ru", "Миллион книг."),
    ("en", "Two thousand pupils and 100 teachers.", "ar", "ألفا تلميذ و100 معلم."),
    ("en", "The 21st summit takes place in May.", "ru", "21-й саммит пройдёт в мае."),
    ("en", "The 21st summit takes place in May.", "zh", "第21届峰会将于5月举行。"),
    ("en", "The 3rd edition has 200 pages.", "es", "La 3.ª edición tiene 200 páginas."),
    ("en", "Eleven hospitals of twenty-one members.", "ar", "أحد عشر مستشفى من واحد وعشرين عضوا."),
    ("en", "The 21 members of the group.", "ru", "Двадцать один член группы."),
    ("en", "The 21 members of the group.", "fr", "Les vingt et un membres du groupe."),
    ("en", "Only 1 in 4 wells works.", "fr", "Un seul puits sur quatre fonctionne."),
]

DIFFERS = [
    (
        "PARITY-01",
        "trente-cinq",
        "en",
        "The fund will pay for twenty-five wells.",
        "fr",
        "Le fonds paiera trente-cinq puits.",
    ),
    (
        "PARITY-01",
        "45 millones",
        "en",
        "4.5 million people gained access to water.",
        "es",
        "45 millones de personas obtuvieron acceso al agua.",
    ),
    (
        "PARITY-02",
        "15:00",
        "en",
        "The session opens at 2 p.m. UTC on 3 March 2026.",
        "ru",
        "Заседание начнётся 3 марта 2026 года в 15:00 UTC.",
    ),
    (
        "PARITY-10",
        "",
        "en",
        "Ministers of Brazil and India met in Cape Town.",
        "fr",
        "Les ministres du Brésil se sont réunis au Cap.",
    ),
    ("PARITY-01", "2亿", "en", "US$2 billion were lent.", "zh", "贷款2亿美元。"),
    ("PARITY-02", "5 حزيران 2026", "en", "The port opens on 5 May 2026.", "ar", "يفتح الميناء في 5 حزيران 2026."),
    ("PARITY-14", "octubre", "en", "The plan starts in September 2026.", "es", "El plan comienza en octubre de 2026."),
    ("PARITY-08", "", "en", "Exports might double by 2030.", "fr", "Les exportations doubleront d’ici 2030."),
    ("PARITY-03", "", "en", "Thanks to @WHO and @FAO for the data.", "es", "Gracias a @WHO por los datos."),
    ("PARITY-04", "", "en", "Read more: https://www.un.org/en/wells", "zh", "了解更多。"),
    ("PARITY-14", "mardi", "en", "Open on Monday at the port.", "fr", "Ouvert mardi au port."),
    (
        "PARITY-01",
        "четырёх",
        "en",
        "The three ferries carry 200 cars each.",
        "ru",
        "Каждый из четырёх паромов перевозит 200 автомобилей.",
    ),
    ("PARITY-16", "", "en", "At least 60 schools reopened.", "ru", "Вновь открылись 60 школ."),
    (
        "PARITY-07",
        "",
        "en",
        "Ministers met and agreed on four steps: water, food, jobs and schools for all towns of the coast.",
        "zh",
        "部长们会晤。",
    ),
    ("PARITY-09", "", "en", "The list is public. #OpenData", "ar", "القائمة متاحة للجميع."),
    ("PARITY-11", "The table has 9 rows.", "en", "The table has 9 rows.", "fr", "The table has 9 rows."),
    ("PARITY-01", "1.3", "en", "Growth was 3.1% in 2025.", "ar", "بلغ النمو 1.3% في عام 2025."),
    ("PARITY-01", "3 млн", "en", "US$3 billion", "ru", "3 млн долларов США"),
    ("PARITY-01", "500万", "en", "The loan is 500 thousand.", "zh", "贷款为500万。"),
    ("PARITY-15", "", "en", "About 700 pupils came.", "es", "Vinieron 700 alumnos."),
    ("PARITY-01", "15 000", "en", "1,500 tents arrived.", "fr", "15 000 tentes sont arrivées."),
    ("PARITY-08", "", "en", "The reform is likely to help farmers.", "zh", "改革有助于农民。"),
    ("PARITY-10", "Italie", "en", "Japan will host.", "fr", "L’Italie accueillera la réunion."),
    ("PARITY-05", "", "en", "Steps:\n1. Register\n2. Pay\n3. Come", "es", "Pasos:\n1. Inscribirse\n2. Venir"),
    ("PARITY-01", "تسع", "en", "Ten islands and two ports.", "ar", "تسع جزر وميناءان."),
    (
        "PARITY-01",
        "3 000",
        "en",
        "The forum opens on 9 September 2026 with 300 delegates.",
        "fr",
        "Le forum s’ouvre le 9 septembre 2026 avec 3 000 délégués.",
    ),
    ("PARITY-01", "1,5 млн", "en", "The bank lent US$1.5 billion.", "ru", "Банк предоставил 1,5 млн долларов США."),
    ("PARITY-01", "23万", "en", "2.3 million children.", "zh", "23万名儿童。"),
    ("PARITY-02", "4 марта", "en", "From 1 to 3 March ministers meet.", "ru", "С 1 по 4 марта министры встречаются."),
    ("PARITY-10", "Indonésie", "en", "China and India signed.", "fr", "La Chine et l’Indonésie ont signé."),
    ("PARITY-10", "", "en", "Germany, France and Italy gave boats.", "es", "Alemania y Francia donaron barcos."),
    ("PARITY-02", "22:59", "en", "The call is open until 23:59 UTC.", "fr", "L’appel est ouvert jusqu’à 22:59 UTC."),
    ("PARITY-08", "", "en", "Members could adopt the plan.", "zh", "各成员将通过该计划。"),
    ("PARITY-08", "", "en", "Trade is projected to recover.", "ar", "ستنتعش التجارة."),
    ("PARITY-01", "سبع", "en", "Nine towns were flooded.", "ar", "غمرت المياه سبع بلدات."),
    ("PARITY-16", "", "en", "Up to 40% of the cost is paid.", "es", "Se paga el 40 % del coste."),
    ("PARITY-08", "", "en", "Prices fell by 4%, perhaps more.", "ru", "Цены снизились на 4 %."),
    (
        "PARITY-04",
        "",
        "en",
        "Text at https://www.un.org/a and https://www.fao.org/b",
        "ar",
        "النص: https://www.un.org/a",
    ),
    ("PARITY-01", "Diecisiete", "en", "Sixteen schools got roofs.", "es", "Diecisiete escuelas recibieron techos."),
    ("PARITY-14", "6月", "en", "The report is out in May 2026.", "zh", "报告将于2026年6月发布。"),
    ("PARITY-14", "четверг", "en", "The ferry leaves on Friday.", "ru", "Паром отходит в четверг."),
    (
        "PARITY-11",
        "Ministers met in Lima on 5 May 2026.",
        "en",
        "Ministers met in Lima on 5 May 2026. The summary follows next week for all delegations.",
        "es",
        "Ministers met in Lima on 5 May 2026. El resumen se enviará.",
    ),
    ("PARITY-09", "", "en", "#OpenData is out, says @UN", "fr", "Les données sont publiées, dit @UN"),
    ("PARITY-01", "1,2 milliard", "en", "1.2 million", "fr", "1,2 milliard"),
    ("PARITY-01", "2024", "en", "in 2025", "ar", "في عام 2024"),
]


def compared(one: str, text: str, other: str, its: str, **more: object) -> list[dict[str, object]]:
    """The findings of a pair."""
    return DESK.compare({one: [text], other: [its]}, **more).get(other, [])  # type: ignore[arg-type]


@pytest.mark.parametrize("pair", SAME, ids=lambda p: f"{p[2]}: {p[1][:30]}")
def test_what_says_the_same_is_left_alone(pair):
    assert compared(*pair) == []


@pytest.mark.parametrize("pair", DIFFERS, ids=lambda p: f"{p[0]} {p[4]}: {p[3][:30]}")
def test_what_differs_is_found_at_its_place(pair):
    rule, place, one, text, other, its = pair
    found = [f for f in compared(one, text, other, its) if f["rule"] == rule]
    assert [f["text"] for f in found] == [place]
    for f in found:
        assert its[f["start"] : f["end"]] == place
        assert (f["lang"], f["part"], f["against"]["lang"]) == (other, 1, one)
        if "text" in f["against"]:
            assert text[f["against"]["start"] : f["against"]["end"]] == f["against"]["text"]
            assert f["against"]["text"].strip() in f["message"] or f["suggestion"] or f["rule"] == "PARITY-11"
        else:
            assert place or rule in ("PARITY-05", "PARITY-07", "PARITY-09")


TWO_PARTS = {"en": ["Brazil and Japan spoke. 1/2", "The ports open at 09:00 UTC on 5 May. 2/2"],
             "fr": ["Le Brésil a pris la parole. 1/2", "Les ports ouvrent le 6 mai. 2/2"]}  # fmt: skip


def test_both_places_of_what_differs_are_told_part_by_part():
    found = [(f["rule"], f["part"], f["text"], f["against"]) for f in DESK.compare(TWO_PARTS)["fr"]]
    assert found == [
        ("PARITY-10", 1, "", {"lang": "en", "part": 1, "start": 11, "end": 16, "text": "Japan"}),
        ("PARITY-02", 2, "", {"lang": "en", "part": 2, "start": 18, "end": 23, "text": "09:00"}),
        ("PARITY-02", 2, "6 mai", {"lang": "en", "part": 2, "start": 31, "end": 36, "text": "5 May"}),
    ]


def test_each_of_several_differences_has_its_counterpart():
    found = DESK.compare({"en": ["20 wells and 30 roads in 5 towns"], "fr": ["21 puits et 31 routes"]})["fr"]
    assert [(f["text"], f["against"]["text"]) for f in found] == [("", "5"), ("21", "20"), ("31", "30")]


CHANGED = [
    ("12 wells, 40 schools and 7 roads", "fr", "7 routes, 41 écoles et 13 puits", {"41": "40", "13": "12"}),
    ("300 boats in 45 ports for 9 years", "ru", "в 46 портах 310 судов 9 лет", {"46": "45", "310": "300"}),
    ("20 wells and 3 million euros", "es", "4 millones de euros y 30 pozos", {"4 millones": "3 million", "30": "20"}),
    ("5 wells in 12 towns and 5 roads", "es", "en 12 pueblos, 5 pozos y 6 caminos", {"6": "5"}),
    ("The port opens on 5 May, the school on 9 June.", "ru", "Школа откроется 10 июня, порт — 6 мая.",
     {"10 июня": "9 June", "6 мая": "5 May"}),
    ("It opens at 08:30 UTC and closes at 18:00 UTC.", "fr", "Fermeture à 19:00 UTC, ouverture à 08:45 UTC.",
     {"19:00": "18:00", "08:45": "08:30"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lang", "its", "pairs"), CHANGED, ids=lambda v: str(v)[:30])
def test_what_changed_stands_beside_what_it_was_in_whatever_order(text, lang, its, pairs):
    found = compared("en", text, lang, its)
    assert {f["text"]: f["against"].get("text") for f in found} == pairs


def test_a_number_more_has_no_counterpart():
    (found,) = compared("en", "5 wells and 5 roads", "fr", "5 puits, 5 routes et 6 écoles")
    assert (found["text"], found["against"]) == ("6", {"lang": "en"})


def test_parts_that_are_not_translated_are_each_found():
    parts = ["Leaders met in Rio today. 1/2", "They spoke of ports. 2/2"]
    found = [f for f in DESK.compare({"en": parts, "ru": parts})["ru"] if f["rule"] == "PARITY-11"]
    assert [(f["part"], f["text"]) for f in found] == list(enumerate(parts, 1))


def test_a_language_without_a_text_never_leads():
    found = DESK.compare({"fr": [], "es": ["30 pozos"], "ru": ["30 колодцев"]})
    assert {lang: [f["rule"] for f in one] for lang, one in found.items()} == {"fr": ["PARITY-12"], "ru": []}
    assert DESK.compare({"fr": [], "es": [" "]}) == {}


def test_the_month_of_another_day_is_said_with_its_day_only():
    found = compared("en", "The port opens on 5 May 2026.", "ar", "يفتح الميناء في 5 حزيران 2026.")
    assert [f["rule"] for f in found] == ["PARITY-02"]


def test_what_is_missing_is_said_once_and_nothing_else():
    found = DESK.compare({"en": ["20 million on 5 May 2026"], "fr": [], "ru": ["20 миллионов 5 мая 2026 года"]})
    assert [f["rule"] for f in found["fr"]] == ["PARITY-12"]
    assert found["ru"] == []


def test_each_picture_is_described_in_each_language():
    texts = {"en": ["Leaders met."], "es": ["Los líderes se reunieron."]}
    assert [f["rule"] for f in DESK.compare(texts, alts={"en": ["Leaders at a table"], "es": [""]})["es"]] == [
        "PARITY-13"
    ]
    assert DESK.compare(texts, alts={"en": ["Leaders at a table"], "es": ["Líderes a una mesa"]})["es"] == []


def test_parts_of_a_thread_are_compared_as_one_text():
    found = DESK.compare({"en": ["One port. 1/2", "40 wells. 2/2"], "es": ["Un puerto y 40 pozos."]})
    assert found["es"] == []


def test_without_english_the_first_language_leads():
    found = DESK.compare({"fr": ["40 puits"], "es": ["30 pozos"]})
    assert list(found) == ["es"]
    assert found["es"][0]["text"] == "30"


@given(st.text(max_size=120), st.text(max_size=120), st.sampled_from(["fr", "es", "ru", "ar", "zh"]))
def test_no_pair_of_texts_breaks_it(one, other, lang):
    for found in DESK.compare({"en": [one], lang: [other]}).get(lang, ()):
        assert other[found["start"] : found["end"]] == found["text"]
