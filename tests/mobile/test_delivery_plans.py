"""批量认领的页面: choose, plan, claimed together; a list without families; pledges."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from mashang.wishes.models import Claim, DeliveryPlan, Pledge
from tests.builders import make_worker, sign_in
from tests.wishes.builders import make_claim, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def wishes(branch_a):
    return [make_wish(union=branch_a["own"], item=item) for item in ("棉被", "书包", "电饭煲")]


def at(name, row):
    return reverse(f"mobile:{name}", args=[row.pk])


def planning_of(organisation, wishes):
    chosen = "&".join(f"wish={wish.number}" for wish in wishes)
    return f"{at('plan-together', organisation)}?{chosen}"


def told(**also):
    soon = timezone.localdate() + timedelta(days=3)
    return {"delivery_mode": "courier", "deliver_on": soon, "key": uuid4()} | also


def test_open_wishes_are_chosen_from_a_list_that_can_be_narrowed(
    phone, organisation, wishes, branch_a
):
    make_claim(wishes[2])
    book = make_wish(union=branch_a["own"], item="词典", category="study", region_code="110101")
    page = phone.get(at("choose-wishes", organisation)).text
    assert "棉被" in page and "电饭煲" not in page

    study = phone.get(at("choose-wishes", organisation), {"category": "study"}).text
    assert "词典" in study and "棉被" not in study
    here = phone.get(at("choose-wishes", organisation), {"union": branch_a["county"].code}).text
    assert book.number not in here and "棉被" in here


def test_the_longest_waiting_stand_first(phone, organisation, wishes):
    page = phone.get(at("choose-wishes", organisation)).text

    places = [page.index(wish.number) for wish in wishes]
    assert places == sorted(places)


def test_the_chosen_are_claimed_under_one_plan(phone, organisation, wishes):
    address = planning_of(organisation, wishes)
    page = phone.get(address).text
    assert all(wish.item in page for wish in wishes)

    answer = phone.post(address, told())

    assert answer["Location"] == at("delivery-plan", DeliveryPlan.objects.get())
    assert "已认领 3 个心愿" in phone.get(answer["Location"]).text


def test_what_came_too_late_is_named_and_the_rest_is_claimed(phone, organisation, wishes):
    make_claim(wishes[0])

    answer = phone.post(planning_of(organisation, wishes), told())

    page = phone.get(answer["Location"]).text
    assert "已认领 2 个心愿" in page and "1 个来晚一步" in page and "棉被" in page


def test_the_same_form_twice_makes_one_plan(phone, organisation, wishes):
    same = told()
    first = phone.post(planning_of(organisation, wishes), same)
    second = phone.post(planning_of(organisation, wishes), same)

    assert first["Location"] == second["Location"]
    assert DeliveryPlan.objects.count() == 1 and Claim.objects.count() == 3


def test_the_same_key_with_another_arrangement_is_refused(phone, organisation, wishes):
    same = told()
    phone.post(planning_of(organisation, wishes), same)

    answer = phone.post(planning_of(organisation, wishes), {**same, "delivery_mode": "in_person"})

    assert answer.status_code == 422 and "已经提交过别的内容" in answer.text


def test_a_day_too_far_is_said_beside_the_field(phone, organisation, wishes):
    far = timezone.localdate() + timedelta(days=90)

    answer = phone.post(planning_of(organisation, wishes), told(deliver_on=far))

    assert answer.status_code == 422 and "之间" in answer.text and not Claim.objects.exists()


def test_without_a_chosen_wish_one_is_led_back(phone, organisation):
    for query in ("", "?wish=XY0", "?wish=%20"):
        answer = phone.get(at("plan-together", organisation) + query)
        assert answer["Location"] == at("choose-wishes", organisation)


def test_when_all_are_taken_the_form_says_so(phone, organisation, wishes):
    for wish in wishes:
        make_claim(wish)

    answer = phone.post(planning_of(organisation, wishes), told())

    assert answer.status_code == 422 and "另选几个" in answer.text


def test_the_list_for_the_shop_names_no_family_and_no_small_union(phone, organisation, wishes):
    phone.post(planning_of(organisation, wishes), told())
    delivery_plan = DeliveryPlan.objects.get()

    sheets = (
        phone.get(at("delivery-plan-list", delivery_plan)).text
        + phone.get(at("delivery-plan", delivery_plan)).text
    )

    for wish in wishes:
        assert wish.number in sheets and wish.item in sheets
        for private in (wish.holder.name, wish.union.name, wish.holder.case.case_no):
            assert private not in sheets
    assert "青山县总工会" in sheets


def test_a_plan_belongs_to_its_organisation(phone, organisation, wishes):
    phone.post(planning_of(organisation, wishes), told())
    delivery_plan = DeliveryPlan.objects.get()

    for name in ("delivery-plan", "delivery-plan-list"):
        assert sign_in(make_worker("外人")).get(at(name, delivery_plan)).status_code == 404


def offer(union, **also):
    values = {"category": "goods", "item": "棉被", "quantity": "20", "for_whom": "child"}
    return values | {"union": union.code, "key": "k" * 16} | also


def test_a_pledge_reaches_the_union_once_however_often_it_is_sent(phone, organisation, branch_a):
    for _ in range(2):
        answer = phone.post(at("pledge", organisation), offer(branch_a["county"]))
        assert answer["Location"] == at("organisation", organisation)

    pledge = Pledge.objects.get()
    assert (pledge.quantity, pledge.union) == (20, branch_a["county"])
    assert "棉被 × 20" in phone.get(at("organisation", organisation)).text


def test_a_pledge_of_nothing_is_said_beside_the_field(phone, organisation, branch_a):
    answer = phone.post(at("pledge", organisation), offer(branch_a["county"], quantity="0"))

    assert answer.status_code == 422 and not Pledge.objects.exists()


def test_a_pledge_is_withdrawn_by_its_own_people(phone, organisation, branch_a):
    phone.post(at("pledge", organisation), offer(branch_a["county"]))
    pledge = Pledge.objects.get()

    assert sign_in(make_worker("外人")).post(at("withdraw-pledge", pledge)).status_code == 404
    phone.post(at("withdraw-pledge", pledge))

    assert Pledge.objects.get().state == "withdrawn"
