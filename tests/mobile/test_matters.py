"""我的事项: five words, where it lies, by when, and what is missing."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mashang import workflows
from mashang.accounts.models import Consent, User
from mashang.cases.actions import reviews
from mashang.cases.models import Application, Attachment
from mashang.reviews.models import Step
from mashang.unions.models import Union
from mashang.unions.roles import Role
from tests.builders import make_application, make_holder, make_staff, make_worker
from tests.cases.answers import begin, make_ready
from tests.pictures import make_jpeg

Branch = dict[str, Union]
SignedIn = Callable[[User], Client]


@pytest.fixture
def application(li: User, branch_a: Branch) -> Application:
    return workflows.submit_application(make_ready(li, branch_a), by=li)


@pytest.fixture
def phone(application: Application, li: User, signed_in: SignedIn) -> Client:
    return signed_in(li)


def page_of(application: Application) -> str:
    return f"/matters/{application.pk}/"


def step_of(application: Application) -> Step:
    return Step.objects.get(subject_id=application.pk, state=Step.State.OPEN)


def test_it_says_where_it_lies_and_by_when(
    phone: Client, application: Application, branch_a: Branch
) -> None:
    page = phone.get(page_of(application)).text

    assert "已提交" in page and f"现在由{branch_a['own'].name}办理" in page
    assert "还有" in page and "个工作日" in page and application.number in page


def test_a_review_that_stands_still_says_so_and_how_it_goes_on(
    phone: Client, application: Application, li: User
) -> None:
    workflows.withdraw_consent(application.holder, Consent.Purpose.CHECK, by=li)
    page = phone.get(page_of(application)).text

    assert "审核停在这里" in page and "/me/consents/" in page
    assert "前办好" not in page and "个工作日" not in page

    phone.post("/me/consents/check/give/")
    again = phone.get(page_of(application)).text
    assert "审核停在这里" not in again and "个工作日" in again


def test_the_list_names_each_matter_with_its_word(phone: Client) -> None:
    page = phone.get("/matters/").text

    assert "已提交" in page and "草稿" not in page


def test_what_was_sent_back_names_what_is_missing(
    phone: Client, application: Application, branch_a: Branch
) -> None:
    clerk = make_staff("何", branch_a["own"], Role.CLERK)
    reviews.send_back(step_of(application), by=clerk, missing=["bills"])

    page = phone.get(page_of(application)).text

    assert "请您补充" in page and "医院单据、自费清单" in page and "重新提交" in page
    assert "何" not in page  # the office is named, never the person


def test_a_refusal_says_why_and_that_one_may_apply_again(
    phone: Client, application: Application, branch_a: Branch
) -> None:
    clerk = make_staff("何", branch_a["own"], Role.CLERK)
    reviews.refuse(step_of(application), by=clerk, reason_code="N2")

    page = phone.get(page_of(application)).text

    assert "已结束（不予通过）" in page and "应向其他工会申请" in page and "再申请" in page


def test_papers_not_given_yet_are_named(phone: Client, application: Application) -> None:
    page = phone.get(page_of(application)).text

    assert "请补充" in page and "身份证（正反面）" in page


def test_until_it_is_accepted_one_may_mend_and_needs_no_second_tap(
    phone: Client, application: Application
) -> None:
    page = phone.get("/apply/check/").text

    assert "回到我的事项" in page and "提交申请" not in page


def test_papers_may_follow(phone: Client, application: Application) -> None:
    photo = SimpleUploadedFile("a.jpg", make_jpeg(), "image/jpeg")
    address = f"{page_of(application)}papers/"

    assert phone.post(address, {"kind": "", "photo": photo}).status_code == 422
    photo.seek(0)
    page = phone.post(address, {"kind": "bills", "photo": photo}, follow=True)

    assert "材料已补上" in page.text
    assert Attachment.objects.filter(application=application, kind="bills").exists()


def test_withdrawing_asks_once_and_names_the_effect(
    phone: Client, application: Application
) -> None:
    asked = phone.get(f"{page_of(application)}withdraw/").text
    assert "不能恢复" in asked and "不撤回了" in asked

    page = phone.post(f"{page_of(application)}withdraw/", follow=True)

    assert "已结束（本人撤回）" in page.text


def test_nobody_elses_matter_is_there(
    application: Application, signed_in: SignedIn, chen: User
) -> None:
    outsider = signed_in(make_worker("外人"))

    for address in (page_of(application), f"{page_of(application)}withdraw/"):
        assert outsider.get(address).status_code == 404
    assert outsider.get(f"/matters/{uuid4()}/").status_code == 404


def test_a_draft_is_no_matter_of_its_own_page(
    li: User, branch_a: Branch, signed_in: SignedIn
) -> None:
    draft = begin(li, branch_a["own"])

    assert signed_in(li).get(page_of(draft)).status_code == 404
    assert "接着填" in signed_in(li).get("/matters/").text


def test_an_empty_list_offers_one_thing_to_do(li: User, signed_in: SignedIn) -> None:
    assert "去申请" in signed_in(li).get("/matters/").text


def test_what_a_colleague_filled_in_is_found_by_phone_and_number(
    li: User, branch_a: Branch, signed_in: SignedIn
) -> None:
    holder = make_holder(branch_a["own"])
    holder.phone_index = li.phone_index
    holder.save(update_fields=["phone_index"])
    make_application(holder)
    client = signed_in(li)

    wrong = client.post("/matters/link/", {"number": "123"})
    page = client.post("/matters/link/", {"number": holder.id_number.reveal()}, follow=True)

    assert wrong.status_code == 422 and "18 位" in wrong.text
    assert "已提交" in page.text


def test_the_address_that_people_have_kept_leads_on(phone: Client) -> None:
    moved = phone.get("/matters/claim/")

    assert (moved.status_code, moved.headers["Location"]) == (301, "/matters/link/")
