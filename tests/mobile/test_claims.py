"""认领的页面: the promise before the button, once however often it is pressed, never an error page."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from mashang.core.models import IdempotencyKey
from mashang.wishes.actions.claims import claim
from mashang.wishes.models import Claim, Wish
from tests.builders import make_worker, sign_in
from tests.wishes.builders import make_claim, make_giver, make_organisation, make_wish

pytestmark = pytest.mark.django_db
KEY = "k" * 16


@pytest.fixture
def wish(branch_a):
    return make_wish(union=branch_a["own"])


@pytest.fixture
def giver():
    return make_giver()


@pytest.fixture
def phone(giver):
    return sign_in(giver)


def address(wish):
    return reverse("mobile:claim-wish", args=[wish.number])


def test_one_reads_the_promise_and_confirms_it(wish, giver, phone):
    page = phone.get(address(wish)).text

    assert wish.item in page and "10 个工作日" in page and "青山县总工会" in page
    assert "以谁的名义" not in page  # nobody else's name to choose
    answer = phone.post(address(wish), {"key": KEY})
    made = Claim.objects.get(giver=giver)
    assert answer.status_code == 302 and answer["Location"] == f"/giving/claims/{made.pk}/"


def test_a_press_asks_little(wish, phone, django_assert_max_num_queries):
    with django_assert_max_num_queries(
        17
    ):  # with its transaction, and the days that a process keeps
        phone.post(address(wish), {"key": KEY})


def test_the_page_does_not_lead_to_the_family(wish, phone):
    holder = wish.holder
    page = phone.get(address(wish)).text
    phone.post(address(wish), {"key": KEY})
    after = phone.get(reverse("mobile:my-claim", args=[Claim.objects.get().pk])).text

    for private in (holder.name, holder.case.case_no, str(holder.pk), holder.phone.reveal()):
        assert private not in page + after
    assert wish.union.name not in page + after  # a small union's name is the employer's


def test_who_is_not_signed_in_is_asked_who_they_are(wish, client):
    assert client.get(address(wish))["Location"].startswith("/sign-in/")


def test_the_same_key_again_is_harmless(wish, phone):
    first, again = (phone.post(address(wish), {"key": KEY}) for _ in range(2))

    assert first["Location"] == again["Location"]
    assert Claim.objects.count() == 1
    assert IdempotencyKey.objects.get(key=KEY).replays == 1


def test_another_key_for_the_wish_one_already_has_is_harmless_too(wish, phone):
    first = phone.post(address(wish), {"key": KEY})
    again = phone.post(address(wish), {"key": KEY[::-1] + "2"})

    assert first["Location"] == again["Location"] and Claim.objects.count() == 1


def test_the_same_key_with_another_wish_is_refused(wish, phone, branch_a):
    other = make_wish(union=branch_a["own"])
    phone.post(address(wish), {"key": KEY})

    answer = phone.post(address(other), {"key": KEY})

    assert answer.status_code == 422 and answer["X-Refusal"] == "key_reused"
    assert Wish.objects.get(pk=other.pk).state == "open"


def test_a_form_without_a_key_is_refused(wish, phone):
    assert phone.post(address(wish)).status_code == 422
    assert not Claim.objects.exists()


def test_the_late_one_sees_three_that_still_wait(wish, phone, branch_a, branch_b):
    alike = [make_wish(union=branch_a["own"], item=f"电饭煲{n}") for n in range(2)]
    elsewhere = make_wish(union=branch_b["own"], region_code="450200", item="棉被")
    other = make_wish(union=branch_a["own"], category="study", item="书包")
    claim(wish, by=make_giver())

    answer = phone.post(address(wish), {"key": KEY})

    assert answer.status_code == 409 and answer["X-Refusal"] == "wish_taken"
    assert "来晚一步" in answer.text
    shown = [each.item in answer.text for each in (*alike, elsewhere, other)]
    assert shown == [True, True, True, False]


def test_who_is_late_by_a_moment_sees_the_same(wish, phone, monkeypatch):
    """The wish is taken between the look at it and the press."""
    seen = Wish.objects.select_related("holder__user", "union").get(pk=wish.pk)
    claim(wish, by=make_giver())
    monkeypatch.setattr("mashang.mobile.wishes.claims._wish", lambda number: seen)

    answer = phone.post(address(wish), {"key": KEY})

    assert answer.status_code == 409 and "来晚一步" in answer.text
    assert not IdempotencyKey.objects.exists()


def test_a_wish_that_was_withdrawn_meanwhile_has_its_sentence(wish, phone):
    wish.transition_to(Wish.State.WITHDRAWN)

    answer = phone.post(address(wish), {"key": KEY})

    assert answer.status_code == 409 and "撤下" in answer.text


def test_a_wish_that_was_never_on_the_wall_does_not_exist(branch_a, phone):
    assert phone.get(address(make_wish(union=branch_a["own"], state="checked"))).status_code == 404
    assert phone.get("/claim/XY0000/").status_code == 404


def test_who_has_not_said_how_to_be_named_is_led_there(wish):
    answer = sign_in(make_worker("路人")).post(address(wish), {"key": KEY})

    assert answer.status_code == 302 and "/giving/" in answer["Location"]
    assert quote(address(wish), safe="") in answer["Location"]


def test_a_giver_with_an_overdue_claim_reads_what_to_do(wish, giver, phone, branch_a):
    yesterday = timezone.localdate() - timedelta(days=1)
    make_claim(make_wish(union=branch_a["own"]), giver, due_on=yesterday)

    answer = phone.post(address(wish), {"key": KEY})

    assert answer.status_code == 409 and "最晚送达日" in answer.text


def test_who_acts_for_an_organisation_is_asked_in_whose_name(wish, giver, phone, branch_a):
    organisation = make_organisation(branch_a["county"], giver)

    assert organisation.name in phone.get(address(wish)).text
    phone.post(address(wish), {"key": KEY, "giver": str(organisation.pk)})

    assert Claim.objects.get().organisation == organisation


def test_one_cannot_claim_in_a_foreign_name(wish, phone, branch_a):
    organisation = make_organisation(branch_a["county"], make_giver())

    answer = phone.post(address(wish), {"key": KEY, "giver": str(organisation.pk)})

    assert answer.status_code == 422 and not Claim.objects.exists()


def test_what_to_do_by_when_and_where_to(wish, giver, phone):
    made = claim(wish, by=giver)

    page = phone.get(reverse("mobile:my-claim", args=[made.pk])).text

    assert "还有 10 个工作日" in page and "青山县总工会" in page and wish.number in page


def test_somebody_elses_claim_does_not_exist(wish, phone):
    made = claim(wish, by=make_giver())

    for name in ("my-claim", "give-up-claim"):
        assert phone.get(reverse(f"mobile:{name}", args=[made.pk])).status_code == 404
    assert phone.post(reverse("mobile:extend-claim", args=[made.pk])).status_code == 404


def test_one_extends_once_and_gives_up(wish, giver, phone):
    made = claim(wish, by=giver)
    page = reverse("mobile:my-claim", args=[made.pk])

    assert phone.post(reverse("mobile:extend-claim", args=[made.pk]))["Location"] == page
    assert "已延期一次" in phone.get(page).text and "延期一次</button>" not in phone.get(page).text
    assert phone.post(reverse("mobile:extend-claim", args=[made.pk])).status_code == 409
    asked = phone.get(reverse("mobile:give-up-claim", args=[made.pk])).text
    assert "立即回到心愿墙" in asked and "一天里放弃了 5 个的，要过一天才能再认领" in asked
    phone.post(reverse("mobile:give-up-claim", args=[made.pk]))

    assert "已放弃" in phone.get(page).text
    assert Wish.objects.get(pk=wish.pk).state == "open"


def test_my_own_claim_is_found_again_from_the_wish(wish, giver, phone):
    made = claim(wish, by=giver)

    assert phone.get(address(wish))["Location"] == reverse("mobile:my-claim", args=[made.pk])
