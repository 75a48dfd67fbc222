"""Tables: encodings, signs between cells, dates and times. Nothing is guessed in silence."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from g20desk.errors import Usage
from g20desk.office.tables import columns, dates, encoding, table
from g20desk.office.tables.rows import Reader

WORDS = {
    "windows-1252": "Les ministres se sont réunis à Québec; l’été fut très chaud, España mañana, São Paulo não.",
    "windows-1251": "Министры обсудили долг. Следующая встреча в Москве, Россия.",
    "windows-1256": "اجتمع الوزراء اليوم في الرياض لمناقشة الديون.",
    "gb18030": "财政部长今天在北京会晤，讨论债务问题。下一次会议将在上海举行。",
    "shift_jis": "財務大臣はきょう東京で会合を開き、債務について話し合いました。",
    "euc-kr": "재무장관들은 오늘 서울에서 만나 부채를 논의했습니다.",
    "windows-1254": "Bakanlar bugün İstanbul’da toplandı ve borçları görüştü; değişiklik şimdi başlıyor.",
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_an_encoding_is_told_by_its_words_and_shown(name):
    read = encoding.read(f"text\n{WORDS[name]}\n".encode(name))
    assert (read.encoding, read.certain) == (name, False)
    assert read.text == f"text\n{WORDS[name]}\n"
    assert read.samples and all(one in WORDS[name] for one in read.samples)


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
@settings(max_examples=40, deadline=None)
def test_what_says_its_encoding_is_read_as_it_was_written(name, text):
    text = text.lstrip("\ufeff") or "a"
    read = encoding.read(text.encode(name))
    assert read.certain and read.text == text and read.encoding == name.removesuffix("-sig")


def test_utf_16_without_a_mark_is_told_and_not_called_certain():
    for name in ("utf-16-le", "utf-16-be"):
        read = encoding.read("date;text\n2027-04-03;Hello é\n".encode(name))
        assert (read.encoding, read.certain) == (name, False) and read.samples == ("é",)


def test_what_fits_two_encodings_is_asked():
    with pytest.raises(Usage) as no:
        encoding.read(b"a\n\xc9\n")  # É, or Й
    assert no.value.code == "unsure-encoding" and "--encoding" in no.value.help
    assert all(one in no.value.message for one in ("windows-1252: É", "windows-1251: Й"))
    assert encoding.read(b"a\n\xc9\n", "windows-1251").text == "a\nЙ\n"


@pytest.mark.parametrize("name", ["rot13", "utf-7", "klingon", "hex", "idna", ""])
def test_an_encoding_that_is_none_is_refused(name):
    if name:
        with pytest.raises(Usage) as no:
            encoding.read(b"a", name)
        assert no.value.code == "bad-encoding"


def test_bytes_that_are_not_in_the_encoding_are_told_with_their_line():
    with pytest.raises(Usage) as no:
        encoding.read(b"a\nb\nc\xff\n", "utf-8")
    assert no.value.code == "not-in-encoding" and "Line 3" in no.value.message


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(lambda one: one.strip())


@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6),
    sign=st.sampled_from(list(table.DELIMITERS)),
)
@settings(max_examples=80, deadline=None)
def test_cells_come_back_as_they_were_written(rows, sign):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign).writerows([["a", "b", "c"], *rows])
    found = table.read(out.getvalue(), sign)
    assert found.header == ("a", "b", "c") and not found.faults
    assert [list(one.cells) for one in found.rows] == rows
    assert [one.number for one in found.rows] == list(range(2, 2 + len(rows)))


@pytest.mark.parametrize(("text", "sign"), [("date;text\n1;a, b\n2;c, d\n", ";"), ("a,b\n1,2\n", ","), ("a\tb\n1\t2\n", "\t"),
                                            ("sep=;\na;b\n1;2\n", ";"), ("only\none\n", ",")])  # fmt: skip
def test_the_sign_between_cells_is_found(text, sign):
    assert table.read(text).delimiter == sign


def test_the_sign_between_cells_is_asked_where_two_fit():
    with pytest.raises(Usage) as no:
        table.read("a,b;c\n1,2;3\n")
    assert no.value.code == "unsure-delimiter"
    assert table.read("a,b;c\n1,2;3\n", "semicolon").header == ("a,b", "c")


def test_rows_have_the_numbers_of_a_spreadsheet_over_empty_ones_and_cells_of_several_lines():
    found = table.read('sep=,\na,b\n"1\nstill 1",2\n\n3,4\n')
    assert [one.number for one in found.rows] == [3, 5]


def test_a_table_s_own_faults():
    codes = [one.code for one in table.read("a,A,,d\n1,2,3,4,5\n").faults]
    assert codes == ["column-twice", "no-header", "no-header"]
    assert table.read('a,b\n1,"2\n3,4\n').faults[0].code == "bad-quotes"
    for text, code in (("", "empty-file"), ("\n\n", "empty-file"), ("a\n" + "1\n" * 10_001, "too-many-rows")):
        with pytest.raises(Usage) as no:
            table.read(text)
        assert no.value.code == code


@given(day=st.dates(date(1970, 1, 1), date(2199, 12, 31)), sign=st.sampled_from("-/."))
def test_a_date_is_asked_about_if_and_only_if_it_reads_two_ways(day, sign):
    written = f"{day.day:02}{sign}{day.month:02}{sign}{day.year}"
    read = dates.read_day(written)
    if day.day <= 12 and day.day != day.month:
        assert {read.day, read.other} == {day, date(day.year, day.day, day.month)}
    else:
        assert (read.day, read.other) == (day, None)
    assert dates.read_day(written, "dmy").day == day
    assert dates.read_day(f"{day.month}/{day.day}/{day.year}", "mdy").day == day
    assert dates.read_day(str(day)).day == day and dates.read_day(f"{day:%Y%m%d}").day == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("3 April 2027", "2027-04-03"), ("April 3, 2027", "2027-04-03"), ("3-Apr-2027", "2027-04-03"), ("1er mars 2027", "2027-03-01"),
     ("3 de abril de 2027", "2027-04-03"), ("٢٥/٠٤/٢٠٢٧", "2027-04-25"), ("2027/4/3", "2027-04-03"), ("04/25/2027", "2027-04-25"),
     ("03/03/2027", "2027-03-03")],
)  # fmt: skip
def test_dates_that_read_one_way(text, day):
    assert (str(dates.read_day(text).day), dates.read_day(text).other) == (day, None)


@pytest.mark.parametrize(
    "text",
    ["", "46115", "03/04/27", "31/04/2027", "32 April 2027", "3 Brumaire 2027", "2027-13-01", "1/2", "2027-4-3-1"],
)
def test_dates_that_are_none(text):
    with pytest.raises(dates.NoDate):
        dates.read_day(text)


def test_a_date_of_another_order_than_was_said_is_a_fault():
    for text, order in (("04/25/2027", "dmy"), ("25/04/2027", "mdy"), ("25/04/2027", "ymd")):
        with pytest.raises(dates.NoDate):
            dates.read_day(text, order)


@pytest.mark.parametrize(("text", "clock"), [("9:00", "09:00"), ("09.30", "09:30"), ("9h05", "09:05"), ("9 pm", "21:00"), ("12:15 AM", "00:15"),
                                             ("23:59:59", "23:59"), ("٠٩:٣٠", "09:30")])  # fmt: skip
def test_times_of_a_day(text, clock):
    assert dates.read_clock(text) == clock


@pytest.mark.parametrize("text", ["24:00", "9", "9:60", "13 pm", "noon", "", "9:00:99"])
def test_times_that_are_none(text):
    with pytest.raises(dates.NoDate):
        dates.read_clock(text)


def rows(text: str, order: str = "", **given_: str) -> Reader:
    found = table.read(text)
    fields, faults = columns.mapped(found, given_)
    assert not faults
    reader = Reader(found, fields, order)
    reader.made = reader.rows()  # type: ignore[attr-defined]
    return reader


def test_all_faults_are_told_at_once_each_with_row_and_column():
    found = rows("date,time,text,minutes\n03/04/2027,9:00,a,x\n25/04/2027,late,b,1\n2027-02-30,,,2\n")
    assert {(one.row, one.letters, one.code) for one in found.faults} == {
        (2, "A", "ambiguous-date"), (2, "D", "bad-minutes"), (3, "B", "bad-time"), (4, "A", "bad-date"), (4, "A", "no-text"),
    }  # fmt: skip
    asked = next(one for one in found.faults if one.code == "ambiguous-date")
    assert "2027-04-03 (day first) or 2027-03-04 (month first)" in asked.message
    assert "Row 3" in asked.message and asked.help == "Say which: --dates dmy"
    assert [one.code for one in rows("date,time,text\n03/04/2027,9:00,a\n", "dmy").faults] == []


def test_formulas_are_text_and_columns_are_known_by_their_names():
    found = rows("When;Text (FR);text_ar;Accounts\n2027-04-03 09:00;=1+1;@SUM(A1);G20 X | G20 Bluesky\n")
    (row,) = found.made
    assert row.texts == {"fr": "=1+1", "ar": "@SUM(A1)"} and row.to == ("G20 X", "G20 Bluesky")
    assert (str(row.at.day), row.at.clock) == ("2027-04-03", "09:00")


def test_a_column_that_nobody_knows_is_asked_about_and_may_be_left_out():
    found = table.read("text,Budget\na,7\n")
    _, faults = columns.mapped(found, {})
    assert [(one.row, one.letters, one.code) for one in faults] == [(1, "B", "unknown-column")]
    assert columns.mapped(found, {"budget": "-"}) == (("text", "-"), [])
    assert columns.mapped(found, {"B": "note"}) == (("text", "note"), [])
    for given_, code in (({"B": "colour"}, "bad-field"), ({"C": "note"}, "no-column")):
        with pytest.raises(Usage) as no:
            columns.mapped(found, given_)
        assert no.value.code == code


def test_a_row_is_told_from_others_by_its_id_or_by_all_that_it_says():
    found = rows("id,text,date,time\n7,a,2027-04-03,9:00\n7,b,2027-04-03,9:00\n")
    assert [one.code for one in found.faults] == ["row-twice"]
    one, two = rows("text,date,time\na,2027-04-03,9:00\na,2027-04-03,9:15\n").made
    assert one.identity != two.identity and one.what == two.what and one.when != two.when
    assert [one.code for one in rows("text\na\na\n").faults] == ["row-twice"]


@pytest.mark.parametrize("text", ["a" * 120_000, "a" + "-" * 120_000, "1 " * 60_000, "é" * 120_000, "1/" * 60_000])
def test_a_cell_of_a_hundred_thousand_signs_is_read_as_fast_as_any(text):
    """Each of these took minutes where a pattern went back and forth over it; here the run's own limit of time would tell."""
    for head in ("date,time,text", "at,text,title"):
        found = rows(f"{head}\n{text},{text},{text}\n")
        assert {one.code for one in found.faults} <= {"bad-date", "bad-time", "no-time-of-day"}
    assert encoding.samples(text) == ((text[:40],) if text[0] == "é" else ())
