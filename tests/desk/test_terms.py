"""What is known of the Presidencies: each is a member's, every year has one, what is to come is marked."""

from __future__ import annotations

from g20desk.desk import terms


def test_every_presidency_is_a_member_s_and_no_year_is_missing():
    found = terms.terms()
    assert {one.government for one in found} <= terms.members().keys()
    assert sorted({one.year for one in found}) == list(range(2008, 2029))
    assert [one.year for one in found] == sorted(one.year for one in found)
    assert all(one.place for one in found if not one.announced)


def test_what_is_announced_is_said_to_be():
    assert [(one.year, one.government) for one in terms.terms() if one.announced] == [(2027, "GB"), (2028, "KR")]


def test_who_follows():
    assert [terms.following(one) for one in ("BR", "ZA", "US", "GB")] == ["ZA", "US", "GB", "KR"]
    assert terms.following("KR") == "", "nobody was announced"
    assert terms.following("BR", "ZA") == "", "who just had it does not follow"
    assert terms.following("XX") == ""
