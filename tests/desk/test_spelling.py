"""Spelling with the system's own dictionaries, the program's names and the office's list."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from g20desk.desk import speller
from g20desk.desk.dictionaries import SLOW_BYTES, Dictionary, advice, best, found, places
from g20desk.desk.doctor import examine
from g20desk.desk.speller import Stopped
from g20desk.desk.spelling import Spelling
from g20desk.errors import Refused, Usage
from g20desk.office.content import Content, Text
from tests.corpus import measure
from tests.story import Office

SPOKEN = ("en", "fr", "es", "ru", "ar")
# A reader who stops at each would stop on every fourth post or so; most languages are far below.
MOST_FALSE = 6.0


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Spelling:
    """Spelling with what the system has, and no office."""
    made = Spelling(tmp_path_factory.mktemp("none"))
    assert [lang for lang in SPOKEN if made.standing(lang).state != "ready"] == [], "run: python3 dev.py test"
    return made


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the desk's own folder is looked in."""
    monkeypatch.setattr("g20desk.desk.spelling.places", lambda folder: [folder / "dictionaries"])


def dictionary(folder: Path, name: str, words: Sequence[str], encoding: str = "UTF-8") -> Path:
    """A small dictionary in a desk's own folder."""
    where = folder / "dictionaries"
    where.mkdir(parents=True, exist_ok=True)
    (where / f"{name}.aff").write_bytes(f"SET {encoding}\nSFX S Y 1\nSFX S 0 s .\n".encode(encoding))
    (where / f"{name}.dic").write_bytes("\n".join([str(len(words)), *words, ""]).encode(encoding))
    return where


@pytest.mark.parametrize(
    ("lang", "text", "wrong", "best"),
    [
        ("en", "The Goverment’s organisation of Türkiye’s and Mbombela’s multi-stakehlder talks", ["Goverment", "stakehlder"], ["Government", "stakeholder"]),
        ("en-US", "An organisation", ["organisation"], ["organization"]),
        ("fr", "L’éconmie de l’Afrique du Sud : aujourd’hui, qu’est-ce que la Türkiye decide ?", ["éconmie", "decide"], ["économie", "décide"]),
        ("es", "La organizacion del Reino de España y de Türkiye", ["organizacion"], ["organización"]),
        ("ru", "Социально-экономическая организацыя министров Бразилии и Эсватини", ["организацыя"], ["организация"]),
        ("ar", "اجتمع وزراء المالية في الإقتصاد، وقالت اليونسكو والأرجنتين إنّ ريو جاهزة", ["الإقتصاد"], ["الاقتصاد"]),
    ],
)  # fmt: skip
def test_each_language_with_its_own_dictionary(system: Spelling, lang, text, wrong, best):
    found = system.check(text, lang)
    assert [one["text"] for one in found] == wrong
    assert [text[one["start"] : one["end"]] for one in found] == wrong
    assert [one["suggestion"] for one in found] == best
    assert all(one["rule"] == "SPELL-01" and one["level"] == "advise" and len(one["suggestions"]) <= 5 for one in found)


def test_few_right_words_are_taken_for_wrong(system: Spelling, figures: Callable[[str], None]):
    rows, over = [], []
    clean = [one for one in [*measure.load("tune"), *measure.load("aside")] if "text" in one and not one["faults"]]
    for lang in SPOKEN:
        texts = [one["text"] for one in clean if one["lang"] == lang]
        words = sum(len(text.split()) for text in texts)
        wrong = [word.text for text in texts for word in system.unknown(text, lang)]
        rate = 1_000 * len(wrong) / words
        rows.append(f"{lang} {len(texts):4} texts {words:5} words {len(wrong):3} false {rate:5.1f} per 1,000")
        over += [(lang, wrong)] if rate > MOST_FALSE else []
    figures("spelling, clean texts of the corpus\n" + "\n".join(rows))
    assert over == []


@pytest.mark.parametrize("lang", SPOKEN)
def test_most_slips_of_the_hand_are_found(system: Spelling, lang: str):
    """Two letters exchanged, in every long word of the corpus."""
    clean = [
        one["text"] for one in measure.load("tune") if one.get("lang") == lang and not one["faults"] and "text" in one
    ]
    right = {word for text in clean for word in text.split() if word.isalpha() and len(word) > 5}
    slips = {w[:2] + w[3] + w[2] + w[4:] for w in right if w[2] != w[3]} - right
    found = sum(bool(system.unknown(slip, lang)) for slip in slips)
    assert found / len(slips) > (0.65 if lang == "ar" else 0.9)


def test_the_offices_own_words_and_names(tmp_path: Path):
    office = Office(tmp_path / "o")
    officer = office.desk("Officer")
    officer.handles.put("Wangari Kagiri", {"x": "kagiri"})
    text = "Kagiri and the upskilllings of Mbombelo"
    assert [one["text"] for one in officer.spelling.check(text, "en")] == ["upskilllings", "Mbombelo"]
    officer.spelling.add(["Mbombelo"])
    officer.spelling.add([" upskilllings "], "en")
    assert officer.spelling.check(text, "en") == []
    assert [one["text"] for one in officer.spelling.check("upskilllings à Mbombelo", "fr")] == ["upskilllings"]
    assert [(r["word"], r["lang"], r["by"]) for r in officer.spelling.rows()] == [
        ("Mbombelo", "", "Officer"), ("upskilllings", "en", "Officer"),
    ]  # fmt: skip
    assert officer.spelling.suggestions("Mbombello", "en")[0] == "Mbombelo"
    officer.spelling.remove(["Mbombelo"])
    assert [one["text"] for one in officer.spelling.check(text, "en")] == ["Mbombelo"]


def test_a_liaison_reads_the_list_and_does_not_change_it(tmp_path: Path):
    office = Office(tmp_path / "o")
    office.desk("Officer").spelling.add(["Mbombelo"])
    liaison = office.desk("Liaison Brazil")
    assert liaison.spelling.check("Mbombelo", "en") == []
    assert (
        liaison.spelling.may_add() == "This act is for: head, officer."
        and office.desk("Officer").spelling.may_add() == ""
    )
    with pytest.raises(Refused, match="head, officer"):
        liaison.spelling.add(["word"])


def test_spelling_is_no_part_of_what_a_revision_attests(tmp_path: Path):
    office = Office(tmp_path / "o")
    made = office.desk("Officer").messages.new(Content("news", ("G20 X",), (Text("en", ("The goverment met.",)),)))
    assert [f for f in made["findings"] if f["rule"].startswith("SPELL")] == []


def test_chinese_is_said_to_have_none(system: Spelling):
    assert system.standing("zh").state == "none"
    with pytest.raises(Usage) as caught:
        system.check("部长今天开会。", "zh")
    assert (caught.value.code, caught.value.message) == ("no-dictionary", "This language has no spelling dictionaries.")


@pytest.mark.usefixtures("alone")
def test_without_a_dictionary_it_says_what_to_install(tmp_path: Path):
    mine = Spelling(tmp_path)
    assert (mine.standing("fr").state, mine.dictionaries()) == ("none", {})
    with pytest.raises(Usage) as caught:
        mine.check("Bonjour", "fr")
    assert caught.value.code == "no-dictionary" and str(tmp_path / "dictionaries") in caught.value.help
    (check,) = [one for one in examine(tmp_path, None) if one.name == "spelling"]
    assert not check.ok and "no spelling dictionaries" in check.says


def test_the_doctor_names_the_dictionaries(tmp_path: Path):
    (check,) = [one for one in examine(tmp_path, None) if one.name == "spelling"]
    assert check.ok and "en_GB" in check.says and "none for Chinese" in check.says


def test_what_to_install_on_each_system(tmp_path: Path):
    assert "hunspell-fr (Debian" in advice("fr", tmp_path, "linux")[1]
    assert (
        "Library/Spelling" in advice("fr-CA", tmp_path, "darwin")[1]
        and "fr.aff" in advice("fr-CA", tmp_path, "darwin")[1]
    )
    assert "LibreOffice" in advice("ru", tmp_path, "win32")[1]


@pytest.mark.usefixtures("alone")
def test_old_dictionaries_with_other_letters(tmp_path: Path):
    dictionary(tmp_path, "fr_FR", ["café/S", "aujourd'hui"], "ISO8859-15")
    mine = Spelling(tmp_path)
    wrong = [one["text"] for one in mine.check("Cafés caffé aujourd’hui", "fr")]
    assert wrong == ["caffé"]
    # What its letters can't write it can't judge.
    assert mine.check("Łódź", "fr") == []


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("aff", "dic"),
    [
        pytest.param(b"", b"", id="empty"),
        pytest.param(b"SET UTF-8\n", b"2\n", id="no words"),
        pytest.param(b"SET no-such-encoding\n", "1\nécole\n".encode(), id="an encoding that there is not"),
        pytest.param(b"\x00\xff" * 400, b"\xff\xfe" * 400, id="rubbish"),
        pytest.param(b"SET UTF-8\nFLAG num\nNEEDAFFIX 1\n", b"1\nword/1\n", id="it knows not one word of its own"),
    ],
)
def test_a_damaged_dictionary_is_refused_by_name(tmp_path: Path, aff: bytes, dic: bytes):
    where = dictionary(tmp_path, "fr", [])
    (where / "fr.aff").write_bytes(aff)
    (where / "fr.dic").write_bytes(dic)
    mine = Spelling(tmp_path)
    for _ in range(2):
        with pytest.raises(Usage) as caught:
            mine.check("Bonjour", "fr")
        assert caught.value.code == "spelling-dictionary" and "fr" in caught.value.message


def test_a_dictionary_that_ends_the_process_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    begun = []

    def command() -> list[str]:
        begun.append(1)
        return [sys.executable, "-c", "input(); raise SystemExit(3)"]

    monkeypatch.setattr(speller, "command", command)
    mine, one = speller.Speller(), Dictionary("en", tmp_path / "en.aff", tmp_path / "en.dic")
    for _ in range(3):
        with pytest.raises(Usage, match="failed"):
            mine.known(one, ["word"])
    assert len(begun) == 2


def test_whoever_waits_can_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(speller, "command", lambda: [sys.executable, "-c", "import sys; sys.stdin.read()"])
    mine, one = speller.Speller(), Dictionary("en", tmp_path / "en.aff", tmp_path / "en.dic")
    told: list[BaseException] = []

    def wait() -> None:
        try:
            mine.known(one, ["word"])
        except BaseException as problem:
            told.append(problem)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while mine._process is None:
        pass
    mine.stop()
    waiting.join(60)
    assert [type(problem) for problem in told] == [Stopped]


def test_corrections_that_take_too_long_are_left_out(system: Spelling, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(speller, "SUGGEST_SECONDS", 0.0)
    assert system.speller.suggestions(system.dictionaries()["en_GB"], "goverrnmment") == []
    monkeypatch.undo()
    assert system.check("goverment", "en")[0]["suggestion"] == "government"


def test_the_process_ends_with_its_input():
    child = subprocess.run(speller.command(), input=b"", capture_output=True, timeout=60, check=False)
    assert (child.returncode, child.stdout) == (0, b"")


def test_the_first_folder_wins_and_half_a_pair_is_none(tmp_path: Path):
    one, two = (dictionary(tmp_path / name, "en-GB", ["word"]) for name in ("a", "b"))
    (one / "fr.aff").write_text("")
    listed = found([tmp_path / "none", one, two])
    assert {name: book.dic for name, book in listed.items()} == {"en_GB": one / "en-GB.dic"}
    assert Spelling(tmp_path / "a").dictionaries()["en_GB"].dic == one / "en-GB.dic"


def test_which_dictionary_is_for_which_language(tmp_path: Path):
    names = ("en_AU", "en_GB", "en_US", "fr", "es_AR", "es_ES", "ru_RU", "pt_BR")
    listed = {name: Dictionary(name, tmp_path, tmp_path) for name in names}

    def name(lang: str) -> str | None:
        chosen = best(lang, listed)
        return chosen.name if chosen else None

    asked = ("en", "en-US", "en-ZA", "fr", "fr-CA", "es", "es-AR", "ru", "pt", "ar", "e", "")
    assert [name(lang) for lang in asked] == [
        "en_GB", "en_US", "en_GB", "fr", "fr", "es_ES", "es_AR", "ru_RU", "pt_BR", None, None, None,
    ]  # fmt: skip


def test_a_big_dictionary_waits_until_someone_asks(tmp_path: Path):
    where = dictionary(tmp_path, "hu", ["szó"])
    with (where / "hu.dic").open("ab") as file:
        file.truncate(SLOW_BYTES + 1)
    assert Spelling(tmp_path).standing("hu").state == "slow"


@pytest.mark.parametrize(
    ("platform", "env", "wanted"),
    [
        ("linux", {"HOME": "/h"}, ["/d/dictionaries", "/h/.local/share/hunspell", "/usr/local/share/hunspell", "/usr/share/hunspell", "/usr/share/myspell"]),
        ("linux", {"G20DESK_DICTIONARIES": "/one:/two", "XDG_DATA_HOME": "/x"}, ["/one", "/two", "/d/dictionaries", "/x/hunspell"]),
        ("darwin", {"HOME": "/h"}, ["/d/dictionaries", "/h/Library/Spelling", "/Library/Spelling", "/opt/homebrew/share/hunspell"]),
    ],
)  # fmt: skip
def test_where_each_system_keeps_them(platform: str, env: dict[str, str], wanted: list[str]):
    looked = [str(place) for place in places(Path("/d"), env, platform)]
    assert [place for place in looked if place in wanted] == wanted


def test_where_libreoffice_keeps_them_on_windows(tmp_path: Path):
    where = tmp_path / "LibreOffice" / "share" / "extensions" / "dict-fr"
    where.mkdir(parents=True)
    assert where in places(tmp_path, {"PROGRAMFILES": str(tmp_path), "USERPROFILE": str(tmp_path)}, "win32")


def test_the_process_goes_with_the_desk(tmp_path: Path):
    mine = Spelling(tmp_path)
    mine.load("en")
    assert mine.speller._process is not None
    child = mine.speller._process.child
    assert child.poll() is None
    del mine
    gc.collect()
    assert child.poll() is not None


def test_a_program_frozen_into_one_file_begins_the_process_itself(monkeypatch: pytest.MonkeyPatch):
    assert speller.command() == [sys.executable, "-P", "-m", "g20desk", "spelling", "serve"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert speller.command() == [sys.executable, "spelling", "serve"]
