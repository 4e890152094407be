"""爱心单位: applying with a licence, who acts for it, and that outsiders find nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mashang.core.privacy.identity import credit_check_digit
from mashang.givers.models import Invitation, Organisation
from mashang.givers.queries import people_of
from tests.builders import make_phone, make_worker, sign_in
from tests.pictures import make_jpeg

pytestmark = pytest.mark.django_db
FIRST_17 = "91450100MA5K00002"
APPLY = "/giving/organisations/apply/"


def told(county, /, **also):
    return {
        "kind": "enterprise",
        "name": "青山食品有限公司",
        "credit_code": FIRST_17 + credit_check_digit(FIRST_17),
        "contact_name": "王丽",
        "contact_phone": "12000000001",
        "union": county.code,
        "licence": SimpleUploadedFile("licence.jpg", make_jpeg(), "image/jpeg"),
    } | also


def page_of(organisation):
    return reverse("mobile:organisation", args=[organisation.pk])


def test_an_application_goes_to_the_union(phone, branch_a):
    answer = phone.post(APPLY, told(branch_a["county"]))

    made = Organisation.objects.get()
    assert answer["Location"] == page_of(made) and made.state == "applied"
    assert "正在核实" in phone.get(answer["Location"]).text


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"credit_code": "91450100MA5K000020"}, "有一位不对"),
        ({"contact_phone": "1"}, "11 位"),
        ({"licence": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}, "PDF"),
        ({"licence": ""}, "请选一张照片"),
        ({"union": "nowhere"}, "请在列出的选项里选"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(phone, branch_a, change, word):
    answer = phone.post(APPLY, told(branch_a["county"], **change))

    assert answer.status_code == 422 and word in answer.text and "青山食品有限公司" in answer.text
    assert not Organisation.objects.exists()


def test_a_grass_roots_union_is_not_on_the_list(phone, branch_a):
    page = phone.get(APPLY).text

    assert branch_a["county"].name in page and branch_a["own"].name not in page


def test_a_code_that_is_registered_gets_a_page_that_says_so(phone, organisation, branch_a):
    answer = phone.post(APPLY, told(branch_a["county"], credit_code=organisation.credit_code))

    assert answer.status_code == 422 and "已经登记过" in answer.text
    assert 'value="王丽"' in answer.text, "nothing typed is lost"


def test_an_outsider_finds_no_organisation(organisation, wang):
    outsider = sign_in(make_worker("外人"))

    for name in ("organisation", "choose-wishes", "plan-together", "pledge", "leave"):
        assert outsider.get(reverse(f"mobile:{name}", args=[organisation.pk])).status_code == 404


def test_an_owner_invites_and_takes_it_back(phone, organisation):
    invite = reverse("mobile:invite", args=[organisation.pk])
    number = make_phone()
    assert phone.post(invite, {"phone": number})["Location"] == page_of(organisation)
    page = phone.get(page_of(organisation)).text
    assert f"尾号 {number[-4:]}" in page and number not in page

    invitation = Invitation.objects.get()
    phone.post(reverse("mobile:withdraw-invitation", args=[organisation.pk, invitation.pk]))

    assert "尾号" not in phone.get(page_of(organisation)).text


def test_what_is_no_phone_is_said_beside_the_field(phone, organisation):
    answer = phone.post(reverse("mobile:invite", args=[organisation.pk]), {"phone": "123"})

    assert answer.status_code == 422 and "11 位" in answer.text


def test_an_owner_makes_another_owner_and_leaves(phone, organisation, wang):
    other = organisation.representatives.create(user=make_worker("赵敏"), role="member")
    phone.post(reverse("mobile:make-owner", args=[organisation.pk, other.pk]))
    leave = reverse("mobile:leave", args=[organisation.pk])
    assert "确定要退出吗" in phone.get(leave).text

    assert phone.post(leave)["Location"] == "/giving/"

    assert [m.user for m in people_of(organisation)] == [other.user]


def test_an_owner_removes_a_member_after_being_asked(phone, organisation):
    other = organisation.representatives.create(user=make_worker("赵敏"), role="member")
    remove = reverse("mobile:remove-representative", args=[organisation.pk, other.pk])
    assert "赵敏" in phone.get(remove).text and people_of(organisation).count() == 2

    phone.post(remove)

    assert people_of(organisation).count() == 1


def test_a_member_sees_no_buttons_of_an_owner(organisation):
    member = make_worker("赵敏")
    organisation.representatives.create(user=member, role="member")

    page = sign_in(member).get(page_of(organisation)).text

    assert "邀请经办人" not in page and "请出" not in page and "批量认领" in page


def test_a_suspended_organisation_reads_why_and_is_led_nowhere(phone, organisation):
    Organisation.objects.filter(pk=organisation.pk).update(
        state="suspended", suspended_why="两次逾期"
    )

    page = phone.get(page_of(organisation)).text

    assert "两次逾期" in page and "批量认领" not in page
