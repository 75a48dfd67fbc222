"""Agreed language from files and to files: what is taken, and what is refused with its row and column."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from g20desk.errors import Refused
from g20desk.ledger import canonical
from g20desk.office import agreed_files, library, tmx
from g20desk.office.agreed import Unit, packed, unpacked, why_not
from g20desk.office.agreed_files import Fault, Faults

TU = '<tmx version="1.4"><header srclang="en"/><body><tu>{}</tu></body></tmx>'
SEG = TU.format('<tuv xml:lang="en"><seg>{}</seg></tuv>')
UNITS = [
    Unit({"en": "Debt relief & growth <for> all", "ar": "تخفيف الديون", "fr": "40\u202f% de croissance"}, "A-1", "Rome", 2021, "4", "certain", "debt"),
    Unit({"zh": "强劲、可持续的增长"}),
]  # fmt: skip


def taken(body: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    return [dict(one.texts) for one in tmx.read(body.encode(encoding))]


def faults(name: str, data: bytes) -> list[Fault]:
    with pytest.raises(Faults) as caught:
        agreed_files.read(name, data)
    return list(caught.value.faults)


@pytest.mark.parametrize("ending", ["tmx", "tsv", "set"])
def test_what_is_written_is_read_again(ending):
    if ending == "set":
        assert list(unpacked(packed(UNITS))) == UNITS
    else:
        data = tmx.write(UNITS, "1.0") if ending == "tmx" else agreed_files.table(UNITS)
        assert agreed_files.read(f"a.{ending}", data) == UNITS


texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\u2028\u2029"),
    min_size=1,
    max_size=60,
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["en", "fr", "ar", "zh", "pt-BR"]), texts, min_size=1), min_size=1, max_size=4
    )
)
def test_any_text_comes_through_tmx_letter_for_letter(rows):
    units = [Unit({lang: text.strip(" ") for lang, text in row.items()}) for row in rows]
    units = [Unit({lang: text for lang, text in one.texts.items() if text and not why_not(text)}) for one in units]
    wanted = [Unit({k: tmx._SPACE.sub(" ", v) for k, v in one.texts.items()}) for one in units if one.texts]
    assert tmx.read(tmx.write(wanted, "1.0")) == wanted


def test_a_tmx_of_ours_has_what_the_format_asks_for():
    root = ElementTree.fromstring(tmx.write(UNITS, "1.0", "en"))
    assert (root.tag, root.get("version"), [one.tag for one in root]) == ("tmx", "1.4", ["header", "body"])
    asked = ("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype")
    assert all(root[0].get(name) for name in asked) and root[0].get("srclang") == "en"
    langs = [one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in root.iter("tuv")]
    assert langs == ["en", "ar", "fr", "zh"] and all(len(one.findall("seg")) == 1 for one in root.iter("tuv"))


def test_inline_codes_leave_their_text():
    said = 'Say <bpt i="1">&lt;b&gt;</bpt><hi>it</hi><ept i="1">&lt;/b&gt;</ept><ph>{1}<sub>no</sub></ph> now<it pos="begin">x</it><ut>y</ut>'
    assert taken(SEG.format(said)) == [{"en": "Say it now"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_utf_8_and_utf_16_are_taken(encoding):
    assert taken(SEG.format("Крепкий рост"), encoding) == [{"en": "Крепкий рост"}]


def test_languages_are_written_as_ours():
    body = TU.format('<tuv xml:lang="EN-GB"><seg>a b</seg></tuv><tuv lang="fr_FR"><seg>c d</seg></tuv>')
    assert taken(body) == [{"en-GB": "a b", "fr-FR": "c d"}]


LAUGHS = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + SEG.format("&b;")


@pytest.mark.parametrize(
    ("body", "line", "why"),
    [
        pytest.param(LAUGHS, 1, "document type", id="entities"),
        pytest.param('<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n' + SEG.format("a"), 1, "document type", id="a DTD"),
        pytest.param(
            '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SEG.format("&x;"),
            1,
            "document type",
            id="outside",
        ),
        pytest.param(SEG.format("&nbsp;"), 1, "undefined entity", id="an entity nobody declared"),
        pytest.param("<html/>", 1, "no TMX", id="another file"),
        pytest.param("", 1, "no XML", id="an empty file"),
        pytest.param(SEG.format("a")[:-3], 1, "no XML", id="half a file"),
        pytest.param(TU.format("\n<tuv><seg>a</seg></tuv>"), 2, "language", id="no language"),
        pytest.param(TU.format('<tuv xml:lang="en"><seg>a</seg></tuv>' * 2), 1, "two texts", id="a language twice"),
        pytest.param(SEG.format("<b>a</b>"), 1, "no place", id="a strange element"),
        pytest.param(SEG.format("<hi>" * 40 + "a" + "</hi>" * 40), 1, "too deep", id="nested deep"),
        pytest.param(SEG.format("a" * 20_000), 1, "longer than", id="a long text"),
        pytest.param(SEG.format("\na\u0001b"), 2, "no XML", id="a control character"),
        pytest.param(SEG.format("a\u0085b"), 1, "U+0085", id="a control character that XML lets through"),
        pytest.param(SEG.format("a\u202eb"), 1, "U+202E", id="a turn of direction"),
        pytest.param(SEG.format("&#xD800;"), 1, "no XML", id="half a sign"),
        pytest.param('<?xml version="1.0" encoding="utf-7"?>' + SEG.format("a"), 1, "encoding", id="an old encoding"),
    ],
)
def test_a_tmx_that_is_not_taken_says_where(body, line, why):
    (fault,) = faults("a.tmx", body.encode("utf-8", "surrogatepass"))
    assert fault.row == line and int(fault.column) >= 1 and why in fault.why


@pytest.mark.parametrize(
    "data",
    [SEG.format("a").encode("utf-32"), b"\xff" + SEG.format("a").encode(), SEG.format("a").encode("utf-16-le")[:-1],
     b'<?xml version="1.0" encoding="utf-16"?><tmx/>'],
)  # fmt: skip
def test_bytes_in_no_encoding_of_ours_are_refused(data):
    (fault,) = faults("a.tmx", data)
    assert fault.row >= 1


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("a.tsv", "phrase\tsummit\nOne two\n", [(2, "2")]),
        ("a.tsv", "phrase\tcolour\nOne\tred\n", [(1, "colour")]),
        ("a.tsv", "summit\nRome\n", [(1, "phrase")]),
        ("a.tsv", "phrase\tphrase\nOne\tTwo\n", [(1, "phrase")]),
        ("a.tsv", "id\tphrase\tyear\nA\t\t2025\nB\tOne\t25\nA\tTwo\t\n", [(2, "phrase"), (3, "year"), (4, "id")]),
        ("a.tsv", "phrase\nOne\x02two\n", [(2, "phrase")]),
        ("a.tsv", "phrase\n", [(0, "")]),
        ("a.toml", '[[phrase]]\nphrase = "One"\ncolour = "red"\n', [(1, "colour")]),
        ("a.toml", "[[phrase]]\nphrase = 7.5\n", [(1, "phrase")]),
        ("a.toml", "phrase = 1", [(0, "phrase")]),
        ("a.toml", "phrase = [1]", [(1, "phrase")]),
        ("a.toml", "[[phrase", [(0, "")]),
        ("a.toml", '[[phrase]]\ntexts = "One"\n', [(1, "texts")]),
        ("a.csv", "phrase\nOne\n", [(0, "")]),
        ("phrases", "phrase\nOne\n", [(0, "")]),
    ],
)
def test_faults_are_told_by_row_and_column_all_at_once(name, text, wanted):
    assert [(one.row, one.column) for one in faults(name, text.encode())] == wanted


def test_a_table_in_other_bytes_is_told_where():
    assert [(one.row, one.column) for one in faults("a.tsv", b"phrase\nOne caf\xe9\n")] == [(2, "8")]
    assert agreed_files.read("a.TSV", "phrase\r\nUn café\r\n".encode("utf-16")) == [Unit({"en": "Un café"})]


@pytest.mark.parametrize(
    "value", [{}, [], [7], [{}], [{"texts": {}}], [{"texts": {"en": ""}}], [{"texts": {"EN": "a"}}], [{"texts": {"en": "a"}, "year": "x"}],
              [{"texts": {"en": "a\u0007"}}], [{"texts": {"en": "a"}, "more": 1}], [{"texts": {"en": "a" * 6000}}]],
)  # fmt: skip
def test_a_set_that_is_none_is_refused(value):
    with pytest.raises(Refused):
        unpacked(canonical.dumps(value))


def test_what_is_known_is_not_new():
    again = [
        Unit({"en": "One  two"}),
        Unit({"en": "Three"}),
        Unit({"en": "Three"}),
        Unit({"en": "One two", "fr": "Un deux"}),
    ]
    assert [dict(one.texts) for one in library.new_in(again, {("en", "One two")})] == [
        {"en": "Three"},
        {"en": "One two", "fr": "Un deux"},
    ]
