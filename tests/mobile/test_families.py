"""帮扶家庭: the helper's list, page and notes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mashang.accounts.models import Consent
from mashang.cases.models import Fact, HelperNote

pytestmark = pytest.mark.django_db


def test_the_list_names_files_not_people(case, helper, signed_in):
    page = signed_in(helper).get("/families/").content.decode()

    assert case.case_no in page and case.holder.name not in page


def test_an_old_fact_is_marked(case, helper, signed_in):
    long_ago = timezone.localdate() - timedelta(days=400)
    Fact.objects.filter(case=case, key="housing").update(checked_on=long_ago)

    assert (
        signed_in(helper).get(f"/families/{case.pk}/").content.decode().count("超过一年未核实") == 1
    )


def test_withdrawn_consent_closes_the_page_at_once(case, helper, signed_in):
    address = f'href="/families/{case.pk}/"'
    assert address in signed_in(helper).get("/families/").text
    Consent.objects.update(withdrawn_at=timezone.now())

    page = signed_in(helper).get("/families/").text
    assert case.case_no in page and "没有同意您查看" in page and address not in page
    response = signed_in(helper).get(f"/families/{case.pk}/")

    assert response.status_code == 403 and response.headers["X-Refusal"] == "helper_not_agreed"


def test_a_note_is_kept_sealed_and_a_wrong_day_says_so(case, helper, signed_in):
    client, page = signed_in(helper), f"/families/{case.pk}/note/"
    tomorrow = timezone.localdate() + timedelta(days=1)

    wrong = client.post(page, {"talked_on": tomorrow, "body": "棉衣"})
    assert wrong.status_code == 422 and "不能晚于今天" in wrong.content.decode()

    client.post(page, {"talked_on": timezone.localdate(), "body": "孩子要买棉衣"})
    assert HelperNote.objects.get().body.reveal() == "孩子要买棉衣"
    assert "孩子要买棉衣" in client.get(f"/families/{case.pk}/notes/").content.decode()


def test_a_helper_finds_the_families_and_the_camera_at_home(case, helper, signed_in, client):
    at_home, of_mine = (signed_in(helper).get(url).text for url in ("/", "/me/"))

    assert "/families/" in at_home and "/scan/" in at_home
    assert "/families/" in of_mine and "/scan/" in of_mine
    assert "/families/" not in signed_in(case.holder.user).get("/").text
