"""Tables that are taken in: rows become drafts without approval and entries of a plan, once, on every desk; nothing of a file with a
fault is taken."""

from __future__ import annotations

import pytest

from g20desk.clock import iso
from g20desk.desk.import_csv import Said
from g20desk.errors import Usage
from tests.signoff.conftest import Told, refused

HEAD = "id;date;time;text_en;text_fr;accounts;topic;group\n"
ROWS = (
    "a1;2999-04-03;09:00;Ministers meet today. #G20;Les ministres se réunissent. #G20;G20 Bluesky;debt;arrival\n"
    "a2;2999-04-03;10:00;=1+1 is no formula. #G20;;G20 X | G20 Mastodon;debt;arrival\n"
)
ROME = Said(zone="Europe/Rome")


def look(told: Told, text: str, said: Said = ROME, by: str = "Officer", encoding: str = "utf-8", name: str = "day.csv"):
    return told[by].importing.looked(name, text.encode(encoding), said)


def make(told: Told, text: str, said: Said = ROME, by: str = "Officer", **more: bool):
    return told[by].importing.make(look(told, text, said, by), **more)


def test_rows_become_drafts_without_approval_and_entries_at_their_time(told):
    made = make(told, HEAD + ROWS)
    assert (len(made["drafts"]), made["entries"], made["new"], made["encoding"]) == (2, 2, 2, "utf-8")
    assert made["samples"] == ["réunissent."] and made["certain"] is True and made["delimiter"] == "semicolon"
    officer = told["Officer"]
    shown = officer.messages.show(made["drafts"][0]["message"])
    assert shown["state"] == "draft" and not shown["posts"]
    assert {text["lang"]: text["parts"] for text in shown["texts"]} == {
        "en": ["Ministers meet today. #G20"], "fr": ["Les ministres se réunissent. #G20"],
    }  # fmt: skip
    plan = officer.plans.show("day")
    assert (plan["day"], plan["zone"]) == ("2999-04-03", "Europe/Rome")
    first, second = plan["entries"]
    assert first["at"] == "2999-04-03T07:00:00.000Z" and first["message"] == made["drafts"][0]["message"]
    assert second["accounts"] == ["G20 X", "G20 Mastodon"] and first["linked"] == [second["entry"]]
    assert officer.messages.show(second["message"])["texts"][0]["parts"] == ["=1+1 is no formula. #G20"]
    assert told["Liaison India"].plans.show("day")["entries"][0]["title"] == "", (
        "a draft's words are not for all members"
    )


def test_importing_twice_adds_nothing_on_any_desk(told):
    make(told, HEAD + ROWS)
    drafts = len(told["Officer"].messages.rows("draft"))
    for by, said in (("Officer", ROME), ("Head", ROME), ("Analyst", Said(zone="Europe/Rome", plan="day"))):
        again = make(told, HEAD + ROWS, said, by)
        assert (again["new"], again["known"], again["drafts"], again["entries"]) == (0, 2, [], 0)
    assert len(told["Officer"].messages.rows("draft")) == drafts
    # The same rows in another encoding, with another sign between cells, in another file.
    other = (HEAD + ROWS).replace(";", "\t")
    found = look(told, other, encoding="utf-16", name="again.csv")
    assert [one.standing for one in found.wanted] == ["known", "known"] and found.plan.name == "day"


def test_a_row_that_was_changed_is_told_and_not_taken_until_somebody_says_so(told):
    first = make(told, HEAD + ROWS)
    changed = HEAD + ROWS.replace("10:00;=1+1 is no formula.", "11:30;It is text.")
    again = make(told, changed)
    assert (again["new"], again["known"]) == (0, 1) and again["entries"] == 0 and again["taken"] == []
    assert [(one["row"], one["changes"]) for one in again["changed"]] == [(3, ["time", "words"])]
    officer = told["Officer"]
    assert officer.plans.show("day")["entries"][1]["at"] == "2999-04-03T08:00:00.000Z"
    taken = make(told, changed, take_changes=True)
    assert taken["taken"] == [{"row": 3, "entry": again["changed"][0]["entry"], "taken": ["time", "words"], "left": ""}]
    shown = officer.plans.show("day")["entries"][1]
    assert shown["at"] == "2999-04-03T09:30:00.000Z" and shown["title"] == "It is text. #G20"
    assert make(told, changed)["known"] == 2
    # What is submitted is not revised by a file.
    message = first["drafts"][1]["message"]
    officer.messages.submit(message)
    left = make(told, HEAD + ROWS, take_changes=True)["taken"][0]
    assert left["taken"] == ["time"] and "submitted" in left["left"]
    assert officer.messages.get(message).message.submission


def test_without_ids_a_changed_row_is_known_by_its_words_or_its_time(told):
    head = "date,time,text,to\n"
    row = "2999-04-03,09:00,Ministers meet. #G20,G20 X\n"
    make(told, head + row)
    assert look(told, head + row.replace("09:00", "09:30")).wanted[0].changes == ("time",)
    assert look(told, head + row.replace("meet", "met")).wanted[0].changes == ("words",)
    both = look(told, head + row + row.replace("09:00", "12:00").replace("meet", "leave"))
    assert [one.standing for one in both.wanted] == ["known", "new"]


def test_what_somebody_took_out_of_the_plan_does_not_come_back(told):
    make(told, HEAD + ROWS)
    officer = told["Officer"]
    officer.plans.drop("day", [officer.plans.show("day")["entries"][0]["entry"]])
    again = make(told, HEAD + ROWS)
    assert (again["dropped"], again["known"], again["entries"]) == (1, 1, 0)


def test_nothing_of_a_file_with_a_fault_is_taken_and_all_faults_are_told(told):
    text = HEAD + ROWS + (
        "a3;2999-04-05;25:00;Late. #G20;;G20 X;;\n"
        "a4;05/06/2999;09:00;Which day? #G20;;G20 Z;;\n"
        "a5;2999-03-31;02:30;Twice. #G20;;G20 X;;\n"
        "a6;1999-03-31;02:30;Past. #G20;;G20 X;;\n"
    )  # fmt: skip
    found = look(told, text)
    assert [(one.row, one.letters, one.code) for one in found.faults] == [
        (4, "C", "bad-time"), (5, "B", "ambiguous-date"), (5, "F", "unknown-account"), (6, "C", "no-time"), (7, "C", "past-time"),
    ]  # fmt: skip
    with pytest.raises(Usage) as no:
        told["Officer"].importing.make(found)
    assert no.value.code == "ambiguous-date" and len(no.value.params["faults"]) == 5
    assert told["Officer"].plans.rows() == [] and told["Officer"].messages.rows("draft") == []


def test_a_time_without_anybody_s_clock_is_asked_about(told):
    found = look(told, HEAD + ROWS, Said())
    assert [(one.row, one.code) for one in found.faults] == [(2, "no-zone"), (3, "no-zone")]
    told["Officer"].plans.new("day", "2999-04-03", "Africa/Johannesburg")
    found = look(told, HEAD + ROWS, Said(plan="day"))
    assert not found.faults and iso(found.wanted[0].at) == "2999-04-03T07:00:00.000Z"


def test_a_title_and_a_line_need_no_draft_and_an_embargo_is_kept(told):
    from tests.voice.test_relays import agreed

    line = agreed(told)
    text = (
        "at,title,line,to,embargo,kind\n"
        f"2999-04-03T09:00[Europe/Rome],,{line},ZA Presidency X,2999-04-03T09:00[Europe/Rome],\n"
        "2999-04-03T10:00Z,Family photo,,,,\n"
    )
    made = make(told, text, Said())
    assert (made["drafts"], made["entries"]) == ([], 2)
    first, second = told["Liaison India"].plans.show("day")["entries"]
    assert first["line"] == line and first["embargo"] == first["at"] == "2999-04-03T07:00:00.000Z"
    assert second["title"] == "Family photo"


def test_a_draft_keeps_its_embargo(told):
    made = make(told, "at,text,embargo,to\n2999-04-03T10:00Z,Adopted. #G20,2999-04-03T09:00Z,G20 X\n", Said())
    content = told["Officer"].messages.content(made["drafts"][0]["message"])
    assert iso(content.not_before) == "2999-04-03T09:00:00.000Z"


def test_who_reads_no_drafts_imports_none(told):
    with refused("no-right"):
        make(told, HEAD + ROWS, by="Liaison Brazil")


def test_what_stops_an_import_signs_nothing(told):
    officer, found = told["Officer"], look(told, HEAD + ROWS)

    class Stopped(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done == 1:
            raise Stopped

    with pytest.raises(Stopped):
        officer.importing.make(found, progress=stop)
    assert officer.plans.rows() == [] and officer.messages.rows("draft") == []


def test_a_spreadsheet_s_own_file_is_told_from_a_table(told):
    for data in (b"PK\x03\x04\x14\x00\x06\x00", b"%PDF-1.7"):
        with pytest.raises(Usage) as no:
            told["Officer"].importing.looked("plan.xlsx", data, ROME)
        assert no.value.code == "no-table" and "CSV" in no.value.help
