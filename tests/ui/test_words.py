"""The interface's words: nothing left untranslated, placeholders kept."""

import ast
import re
from pathlib import Path

from g20desk.desk.alarm import SAYS
from g20desk.desk.doctor import SAYINGS
from g20desk.network import text_rules
from g20desk.rulebook.kinds import TESTS
from g20desk.support import bundle
from ui import actions, texts
from ui.alarms.words import LOOKS, QUIET
from ui.attending import words as attending_words
from ui.calendar import import_page, import_rows, planned
from ui.composer import merging
from ui.composer.grid import SAID
from ui.messages import emergency
from ui.office import (
    computer_words,
    handover_form,
    handover_words,
    play_panel,
    span_field,
    stage_card,
    ways_form,
    who_field,
)
from ui.office import rows as office_rows
from ui.record import view as record_view
from ui.record import words as record_words
from ui.rules import words as rule_words
from ui.rules.acts import BUTTONS
from ui.rules.view import PAGES
from ui.signoff import amending, answers, deciding, route
from ui.signoff import asked as asked_words
from ui.support import sheet as support_sheet
from ui.support import words as support_words
from ui.today import duties
from ui.translations.ar import WORDS
from ui.voice import judging as voice_judging
from ui.voice import view as voice_view
from ui.voice import words as voice_words

UI = Path(texts.__file__).parent
RULE_WORDS = [vars(rule_words)[n] for n in ("FAMILIES", "KINDS", "SCOPES", "PLACES", "CASES", "KEYS", "EXCEPT")]
PLACE = re.compile(r"\{(\w+)\}")


def said():
    """Every literal handed to t()."""
    found = set()
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "t" and node.args:
                found |= {
                    n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant) and isinstance(n.value, str)
                }
    tables = (texts.STATES, texts.DECISIONS, texts.LEVELS, voice_words.LINES)
    found |= {s.word for table in tables for s in table.values()}
    found |= set(texts.ROLES.values()) | set(texts.ACTS.values()) | {name for _, name in texts.LANGS}
    found |= set(SAYS.values()) | {look.word for look in LOOKS.values()} | {words for _, words in QUIET}
    found |= {*merging.CALLED.values(), *merging.WISHES.values(), *sum(merging.THERE.values(), ())}
    found |= set(SAID.values()) | {a.text for a in actions.TABLE}
    found |= {said for table in RULE_WORDS for said in table.values()} | {said for _, said, *_ in (*BUTTONS, *PAGES)}
    found |= {f"test: {name}" for name in TESTS} | {code.capitalize() for code in rule_words.MESSAGES}
    for pair in (*attending_words.WAYS.values(), *attending_words.TROUBLES.values()):
        found |= set(pair)
    found |= {attending_words.PASSING, attending_words.OTHER, support_words.KEPT, support_sheet.NONE_OF}
    found |= {bundle.README, bundle.SCREEN, bundle.CRASH, bundle.LOG, *bundle.SAYS.values()}
    found |= {
        deciding.SIGNED,
        deciding.BREAKS,
        *deciding.ASKED.values(),
        *deciding.PROPOSED.values(),
        *deciding.UNTIL.values(),
    }
    found |= {*emergency.FOUND.values(), *sum(emergency.HELD.values(), ())}
    found |= {*voice_judging.SEEMS.values(), *(said for _, *both, _ in voice_judging.ANSWERS for said in both)}
    found |= {*voice_words.LANGUAGES.values(), *(words for _, words in (*voice_view.FILTERS, *voice_view.PAGES))}
    found |= {*asked_words.ALL.values(), *(words for _, words, _ in route.VERBS.values())}
    found |= {words for _, words, _ in answers.ANSWERS} | {words for _, _, words, _ in amending.ANSWERS}
    for table in (record_words.KINDS, record_words.ENDED):
        found |= {verb for _, verb in table.values()}
    found |= {look.word for look in record_words.MEANS.values()} | {words for _, words, _ in record_words.GROUPS}
    found |= set(record_words.CURES.values()) | set(record_words.FAULTS.values()) | {record_words.OTHERWISE}
    found |= set(office_rows.PROPOSALS.values()) | {words for words, *_ in play_panel.STATES.values()}
    found |= {*handover_words.TITLES.values(), *handover_words.TO_DO.values(), *handover_words.LACKS.values()}
    found |= {look.word for look in (*handover_words.STATES.values(), *computer_words.STATES.values())}
    found |= {*sum(computer_words.PARTS.values(), ()), *computer_words.WITHIN, *(words for _, words in ways_form.WAYS)}
    found |= {words for one in SAYINGS.values() for words in (one.says, one.todo) if not re.fullmatch(PLACE, words)}
    found |= {*sum(handover_form.COUNTS.values(), ()), *sum(duties.WORDS.values(), ())}
    choices = (
        who_field.WAYS,
        who_field.LANDS,
        stage_card.MODES,
        stage_card.NEEDS,
        span_field.UNITS,
        (span_field.SECONDS,),
    )
    found |= {words for table in choices for _, words, *_ in table} | set(play_panel.ANSWERS.values())
    found |= {*planned.SAYS.values(), *import_page.CALLED.values(), *import_rows.CHANGES.values()}
    found |= {words for _, words in (*import_page.ORDERS, *import_page.SIGNS)} | {
        s.word for s in import_rows.STANDS.values()
    }
    found |= {record_words.SEALED[1], record_words.VOID[1]} | {words for _, words in record_view.DAYS}
    return found - {
        "",
        "%a",
        "%B",
        "-",
        "_",
        ".",
        " ",
        ", ",
        "name",
        "kind",
        "lang",
        "message",
        "role",
        "route",
        "state",
        "phrases",
        "test",
    }


def test_nothing_is_untranslated():
    plain = {w for w in said() if re.search("[A-Za-z]", w)}
    assert sorted(plain - set(WORDS)) == []


def test_placeholders_are_kept():
    for english, arabic in WORDS.items():
        assert set(PLACE.findall(english)) == set(PLACE.findall(arabic)), english


def test_no_stray_spaces_and_no_exclamation():
    for english, arabic in WORDS.items():
        assert english == english.strip()
        assert arabic == arabic.strip()
        assert "!" not in english + arabic


def test_spans_never_show_seconds():
    assert texts.span(59_000) == "0 min"
    assert texts.span(4 * 3_600_000 + 18 * 60_000) == "4 h 18 min"
    assert texts.span(46 * 3_600_000) == "46 h"


# -- the desk's own sentences

NETWORKS = Path(texts.__file__).parents[1] / "connectors"
DESK = Path(texts.__file__).parents[1] / "g20desk"
FAILURES = ("Rejected", "NotNow", "Unknown")


def form(sentence):
    """A sentence with its parts that vary as `{}`."""
    return re.sub(r"\{\w*\}", "{}", sentence)


def written(node):
    """A literal as it stands in the code."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else "{}" for v in node.values)
    return ""


def raised():
    """Every sentence of ours that a try may end with."""
    places = [*NETWORKS.rglob("*.py"), DESK / "publishing" / "send.py", DESK / "desk" / "account_client.py"]
    for path in places:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in FAILURES and node.args:
                yield written(node.args[0])
            elif name in ("ended", "_unknown"):
                yield from (said for arg in node.args if " " in (said := written(arg)))
    for path in (DESK / "desk" / "waiting.py", DESK / "desk" / "sending.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Return) and node.value is not None:
                parts = {
                    id(part) for one in ast.walk(node.value) if isinstance(one, ast.JoinedStr) for part in one.values
                }
                whole = (one for one in ast.walk(node.value) if id(one) not in parts)
                yield from (said for one in whole if " " in (said := written(one)))


def test_whatever_a_try_may_end_with_is_said_in_the_interfaces_language():
    known = {form(sentence) for sentence in texts.REASONS}
    texts.use("ar")
    sentences = {one for one in raised() if len(re.findall(r"[A-Za-z]{2,}", one)) > 1}
    assert len(sentences) > 50
    for sentence in sorted(sentences):
        said = texts.reason(sentence.replace("{}", "7").strip())
        assert form(sentence) in known or re.search("[\u0600-\u06ff]", said), sentence


def test_a_reason_inside_a_reason_is_said_too():
    texts.use("ar")
    for said in (
        "Due since 2026-11-30T07:15:00.000Z; the next publisher takes it. no connection to the network",
        "Not out within its grace of 10 minutes; a person decides. Not signed off.",
        "before posting: no answer within 30 seconds Tried again at 2026-11-30T07:15:00.000Z.",
        "this desk holds no sign-in for حساب; it goes on after a new sign-in.",
        "Read back: its text is another one; pictures are missing.",
        "2 of 6 parts are out. could not ask: no connection to the network",
    ):
        assert not re.search("[A-Za-z]{2}", texts.reason(said).replace("UTC", "")), texts.reason(said)
    assert texts.reason("422 Validation failed: x") == "422 Validation failed: x"


def found_by_the_desk():
    """Sentences of findings that no rule makes, as they stand in the code, with something in their places."""
    desk = UI.parent / "g20desk" / "desk"
    calls = {
        "settling.py": {"find"},
        "rendering.py": {"find"},
        "fetching.py": {"NotFetched"},
        "cards.py": {"NotFetched"},
    }
    for name, asked in calls.items():
        for node in ast.walk(ast.parse((desk / name).read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in asked:
                yield from (filled(a) for a in node.args if isinstance(a, ast.JoinedStr))
                yield from (a.value for a in node.args if isinstance(a, ast.Constant) and " " in str(a.value))
            if name == "rendering.py" and isinstance(node, ast.Assign) and isinstance(node.value, ast.JoinedStr):
                yield from (said for said in [filled(node.value)] if " " in said)
    for network in ("x", "bluesky", "mastodon"):
        yield from text_rules(network).CANNOT.values()
        yield from [says for says in [text_rules(network).quoting("3.0", 1, poll) for poll in (False, True)] if says]
    for name in ("films.py", "mp4.py", "gif.py", "linking.py", "polls.py"):
        yield from said_by(desk / name)


def said_by(file):
    """What a module yields, returns or says of a file that does not fit, and what to do about it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        said = []
        if isinstance(node, ast.Yield | ast.Return):
            said = [one for one in ast.walk(node) if isinstance(one, ast.JoinedStr)]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Unfit":
            first, *rest = node.args
            yield "film.mp4 " + (filled(first) if isinstance(first, ast.JoinedStr) else first.value)
            said = [one for one in rest if isinstance(one, ast.Constant)]
        for one in said:
            words = filled(one) if isinstance(one, ast.JoinedStr) else one.value
            if " " in words and words.endswith("."):
                yield words


def filled(node):
    return "".join(v.value if isinstance(v, ast.Constant) else "7" for v in node.values)


def test_findings_that_no_rule_makes_are_translated():
    known = sorted(set(found_by_the_desk()))
    assert len(known) > 20
    texts.use("ar")
    assert [said for said in known if texts.reason(said) == said] == []
    assert "تعذّر" in texts.reason("No link card: g20.example.org could not be reached.")
    assert texts.reason("G20 X: It needs sign-in: this desk holds no sign-in for G20 X.").count("G20 X") == 2


def refused_by_sign_off():
    """Why routes, stages, deputies and templates refuse something: what the Office screen and the composer show of it."""
    office = UI.parent / "g20desk" / "office"
    for name in ("routes.py", "stages.py", "deputies.py", "emergency.py", "template.py", "signoff.py"):
        for node in ast.walk(ast.parse((office / name).read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                said = node.args[1]
                yield filled(said) if isinstance(said, ast.JoinedStr) else getattr(said, "value", "")
    yield from (node.value for node in ast.walk(ast.parse((DESK / "desk" / "route_drafts.py").read_text("utf-8")))
                if isinstance(node, ast.Constant) and str(node.value).startswith(("A route has a", "A stage has a", "Each stage")))  # fmt: skip


def test_what_sign_off_refuses_is_said_in_the_interfaces_language():
    sentences = sorted({one for one in refused_by_sign_off() if one})
    assert len(sentences) > 40
    texts.use("ar")
    assert [one for one in sentences if not re.search("[\u0600-\u06ff]", texts.reason(one))] == []


def refused_of_lines():
    """Why a line is refused before anything is signed."""
    for node in ast.walk(ast.parse((DESK / "desk" / "wordings.py").read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Usage":
            for said in node.args[1:]:
                yield filled(said) if isinstance(said, ast.JoinedStr) else said.value


def test_why_a_line_is_refused_is_said_in_the_interfaces_language():
    sentences = sorted(set(refused_of_lines()))
    assert len(sentences) > 10
    texts.use("ar")
    assert [one for one in sentences if not re.search("[\u0600-\u06ff]", texts.reason(one))] == []


def told_of_files():
    """What is wrong with tables and calendars that are taken in."""
    files = [DESK / "desk" / name for name in ("import_csv.py", "import_ics.py", "ics_clock.py", "importing.py")]
    for file in (*(DESK / "office" / "tables").glob("*.py"), *files):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in FAULTS:
                words = (filled(a) if isinstance(a, ast.JoinedStr) else getattr(a, "value", "") for a in node.args)
                yield next((one for one in words if isinstance(one, str) and " " in one), "")


FAULTS = ("Usage", "Asked", "NoDate", "_fault", "Fault")


def test_what_is_wrong_with_a_file_is_said_in_the_interfaces_language():
    sentences = sorted({one for one in told_of_files() if one and not one.startswith("Nothing was")})
    assert len(sentences) > 40
    texts.use("ar")
    assert [one for one in sentences if not re.search("[\u0600-\u06ff]", texts.reason(one))] == []


def test_a_sentence_costs_only_the_patterns_that_may_be_its_own():
    """A start says some; all the hundreds of patterns would take as long as the window."""
    texts._pattern.cache_clear()
    texts.reason("")
    assert texts._pattern.cache_info().currsize == 0
    assert texts.reason("no answer within 30 seconds") == "no answer within 30 seconds"
    assert 0 < texts._pattern.cache_info().currsize < 20
    texts.use("ar")
    assert "30" in texts.reason("no answer within 30 seconds") and "no answer" not in texts.reason(
        "no answer within 30 seconds"
    )
