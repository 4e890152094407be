"""认领: the phone that was proved and the ID number that was told, both or nothing."""

import pytest
from django.utils import timezone

from mashang.accounts.models import User
from mashang.cases.actions import account_links
from mashang.cases.models import Holder
from mashang.core.errors import Invalid, TooMany
from mashang.unions.models import Union
from tests.builders import make_holder, make_id_number, make_worker

Branch = dict[str, Union]


@pytest.fixture
def assisted(branch_a: Branch, li: User) -> Holder:
    """A household that a colleague entered, with Li's phone."""
    holder = make_holder(branch_a["own"])
    holder.phone_index = li.phone_index
    holder.save(update_fields=["phone_index"])
    return holder


def test_phone_and_number_together_find_it(assisted: Holder, li: User) -> None:
    assert account_links.link(assisted.id_number.reveal(), by=li) == assisted
    found = Holder.objects.get(pk=assisted.pk)
    assert (found.user, found.linked_on) == (li, timezone.localdate())


def test_another_phone_and_another_number_get_one_answer(assisted: Holder, li: User) -> None:
    number = assisted.id_number.reveal()

    answers = set()
    for person, told in ((make_worker("外人"), number), (li, make_id_number())):
        with pytest.raises(Invalid) as refusal:
            account_links.link(told, by=person)
        answers.add(refusal.value.fields["number"])

    assert len(answers) == 1 and "没有找到" in answers.pop()


def test_what_has_an_owner_is_not_given_away(assisted: Holder, li: User, branch_a: Branch) -> None:
    assisted.user = make_worker("本人")
    assisted.save(update_fields=["user"])

    with pytest.raises(Invalid):
        account_links.link(assisted.id_number.reveal(), by=li)


def test_five_tries_a_day(assisted: Holder, li: User) -> None:
    for _ in range(account_links.TRIES.most):
        with pytest.raises(Invalid):
            account_links.link(make_id_number(), by=li)

    with pytest.raises(TooMany):
        account_links.link(assisted.id_number.reveal(), by=li)


def test_a_wrong_number_has_its_sentence(assisted: Holder, li: User) -> None:
    with pytest.raises(Invalid) as refusal:
        account_links.link("990100198005179999", by=li)

    assert "逐位核对" in refusal.value.fields["number"]
