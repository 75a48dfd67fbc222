"""The record as a list of acts."""

import pytest

from g20desk.desk.record import END, Wanted
from g20desk.errors import Refused
from tests.story import content


@pytest.fixture
def told(office):
    """An office with a signed-off message, a decision that does not count, a hold."""
    officer, liaison = office.desk("Officer"), office.desk("Liaison Brazil")
    made = officer.messages.new(content("Joint statement on debt", to=("G20 X",)))
    officer.messages.submit(made["message"])
    with pytest.raises(Refused):
        officer.messages.decide(made["message"], "approve", made["digest"])
    liaison.messages.decide(made["message"], "object", made["digest"], "Not agreed with us.")
    officer.holds.place("A leak.")
    return office, made["message"]


def kinds(acts):
    return [one.kind for one in acts]


def test_the_newest_act_comes_first_with_its_author_and_what_it_is_about(told):
    office, message = told
    found = office.desk("Officer").record.page(Wanted(), 4)
    assert kinds(found) == ["hold.placed", "signoff.decided", "signoff.decided", "message.submitted"]
    assert [one.by for one in found] == ["Officer", "Liaison Brazil", "Officer", "Officer"]
    assert [one.about for one in found[1:]] == ["Joint statement on debt"] * 3
    assert {one.message for one in found[1:]} == {message}
    assert found[1].values["answer"] == "object"
    assert [one.counts for one in found] == [True, True, False, True]
    assert found[2].code == "author" and found[2].why


def test_pages_go_on_where_the_one_before_ended_and_hold_every_act_once(told):
    record = told[0].desk("Officer").record
    seen, before = [], END
    while page := record.page(Wanted(), 3, before):
        seen += page
        before = page[-1].position
    assert [one.place for one in seen] == list(range(record.total(), 0, -1))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param(Wanted(refused=True), ["signoff.decided"], id="refused"),
        pytest.param(Wanted(tentative=True), [], id="not yet in the record"),
        pytest.param(Wanted(kinds=("hold.placed", "message.submitted")), ["hold.placed", "message.submitted"], id="kinds"),
        pytest.param(Wanted(words="statement", kinds=("message.submitted",)), ["message.submitted"], id="words of a message"),
        pytest.param(Wanted(words="g20 x"), ["account.added"], id="the name of an account"),
        pytest.param(Wanted(words="brazil", kinds=("signoff.decided",)), ["signoff.decided"], id="somebody's name"),
        pytest.param(Wanted(words="nothing of this", said=("hold.placed",)), ["hold.placed"], id="the words for a kind"),
        pytest.param(Wanted(words="nothing of this"), [], id="words that nothing holds"),
        pytest.param(Wanted(since=END - 1), [], id="later days"),
        pytest.param(Wanted(until=1), [], id="earlier days"),
    ],
)  # fmt: skip
def test_a_filter_leaves_only_what_fits(told, wanted, expected):
    assert kinds(told[0].desk("Officer").record.page(wanted, 50)) == expected


def test_a_person_a_message_and_an_id_narrow_it(told):
    office, message = told
    desk = office.desk("Officer")
    lia = desk.people.named("Liaison Brazil").id
    assert kinds(desk.record.page(Wanted(person=lia), 50)) == ["signoff.decided"]
    of_message = desk.record.page(Wanted(message=message), 50)
    assert kinds(of_message) == ["signoff.decided", "signoff.decided", "message.submitted", "draft.revised"]
    assert [one.id for one in desk.record.page(Wanted(words=message[:10]), 50)] == [message]


def test_days_are_held_to_the_stamps(told):
    desk = told[0].desk("Officer")
    acts = desk.record.page(Wanted(), 50)
    middle = acts[3]
    found = desk.record.page(Wanted(since=middle.at, until=middle.at + 1), 50)
    assert middle.id in {one.id for one in found}
    assert {one.at for one in found} == {middle.at}


def test_drafts_stay_sealed_for_who_is_not_of_the_staff(told):
    office, message = told
    record = office.desk("Liaison Brazil").record
    sealed = [one for one in record.page(Wanted(), 50) if not one.kind]
    assert [one.by for one in sealed] == ["Officer"]
    assert not sealed[0].about and not sealed[0].message
    whole = record.whole(sealed[0].id)
    assert whole.staff and not whole.texts and not whole.digest
    assert "draft.revised" not in kinds(record.page(Wanted(words="statement"), 50))
    assert not [one for one in record.page(Wanted(message=message), 50) if not one.kind]


def test_all_about_an_act(told):
    office, message = told
    desk = office.desk("Officer")
    objected, refused, submitted = desk.record.page(Wanted(), 4)[1:]
    found = desk.record.whole(objected.id)
    assert found.reason == "Not agreed with us." and found.author.government == "BR"
    whole = desk.record.whole(submitted.id)
    assert whole.texts == (("en", "Joint statement on debt"),)
    assert whole.digest == found.digest == desk.messages.show(message)["digest"]
    assert whole.hash == desk.store.entry(submitted.place).placed.hash
    assert desk.record.whole(refused.id).act.why == refused.why
    assert desk.record.whole("0" * 64) is None


def test_what_does_not_count_is_found_again_after_the_views_are_made_anew(told):
    desk = told[0].desk("Officer")
    before = desk.record.page(Wanted(refused=True), 50)
    desk.ledger.rows.rebuild()
    assert desk.record.page(Wanted(refused=True), 50) == before != []
