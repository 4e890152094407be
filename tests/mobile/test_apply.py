"""自主申请 on the phone: every step by plain pages and forms, as a browser without scripts sees them."""

import base64
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mashang.accounts.models import User
from mashang.cases.actions import applications, assisted
from mashang.cases.form import forms, people
from mashang.cases.form.fields import Page
from mashang.cases.models import Application, Attachment
from mashang.codes.models import QrCode
from mashang.reviews import actions as reviews
from mashang.unions.models import Union
from mashang.unions.roles import Role
from tests.builders import make_id_number, make_staff, make_worker
from tests.cases.answers import MOTHER, TYPED, as_typed, begin, current, make_ready, make_region
from tests.pictures import make_jpeg, make_png

Branch = dict[str, Union]
SignedIn = Callable[[User], Client]


@pytest.fixture
def phone(li: User, branch_a: Branch, signed_in: SignedIn) -> Client:
    make_region()
    Union.objects.update(region_code="450103")
    reviews.install_default_flows(branch_a["province"])
    return signed_in(li)


def draft_of(worker: User) -> Application:
    return current(Application.objects.get(holder__user=worker, state="draft"))


def test_the_whole_form_is_walked_by_plain_pages(phone: Client, li: User, branch_a: Branch) -> None:
    found = phone.get("/apply/new/file/", {"region": "450103", "words": "纺织"})
    assert branch_a["own"].name in found.text and branch_a["town"].name in found.text
    page = phone.post("/apply/new/file/", {"union": branch_a["own"].code}, follow=True)
    told = {"id_number": make_id_number(), **TYPED, "other_causes": []}  # nobody is at school

    while (key := page.request["PATH_INFO"].split("/")[-2]) != "check":
        assert page.status_code == 200 and "第 " in page.text, key
        page = answer(phone, key, told, li)

    assert "提交申请" in page.text and "1980-05-17" in page.text
    assert told["id_number"] not in page.text and told["card_number"] not in page.text
    done = phone.post("/apply/check/", {"key": key_in(page.text)}, follow=True)
    assert "申请已提交" in done.text
    application = Application.objects.get(holder__user=li)
    assert application.state == "submitted"
    assert QrCode.objects.filter(holder=application.holder).count() == 1


def test_what_is_asked_back_comes_with_a_tick_and_goes_on_with_it(
    phone: Client, li: User, branch_a: Branch
) -> None:
    begin(li, branch_a["own"])
    cut = make_id_number(date(2010, 3, 7))[:15]
    told = {**MOTHER, "relation": "daughter", "identity": "primary", "id_number": cut}
    assert "核对过了" not in phone.get("/apply/members/aa11/who/").text

    asked = phone.post("/apply/members/aa11/who/", told)
    assert asked.status_code == 422 and "106 岁" in asked.text and cut in asked.text
    assert 'type="checkbox" name="is_sure"' in asked.text and "核对过了，没有填错" in asked.text
    assert "请再核对一下" in asked.text and "处要改" not in asked.text

    assert phone.post("/apply/members/aa11/who/", {**told, "is_sure": "on"}).status_code == 302
    [child] = draft_of(li).answers.reveal()["members"]
    assert child["born_on"] == "1920-10-03" and "is_sure" not in child


def answer(phone: Client, key: str, told: dict, worker: User):
    """Fill in the page of one step as a person would, and go where it leads."""
    application = draft_of(worker)
    step = forms.step_of("file", key, application.answers.reveal())
    if step.page is Page.MEMBERS:
        tell_mother(phone)
        return phone.post(f"/apply/{key}/", {}, follow=True)
    if step.page is Page.PAPERS:
        photo = SimpleUploadedFile("a.jpg", make_jpeg(), "image/jpeg")
        listed = phone.post("/apply/papers/id_card/", {"photo": photo}, follow=True)
        assert "已拍 1 张" in listed.text
        return phone.post(f"/apply/{key}/", {}, follow=True)
    if step.page is Page.CONSENTS:
        ticks = dict.fromkeys(["file", "check", "health", "bank"], "on")
        return phone.post(f"/apply/{key}/", ticks, follow=True)
    if step.page is Page.SIGN:
        drawn = "data:image/png;base64," + base64.b64encode(make_png(300, 120)).decode()
        return phone.post(f"/apply/{key}/", {"signature": drawn}, follow=True)
    return phone.post(
        f"/apply/{key}/", {f.name: told[f.name] for f in step.fields if f.name in told}, follow=True
    )


def tell_mother(phone: Client) -> None:
    told = {"id_number": make_id_number(date(1952, 9, 3)), **MOTHER}
    page = phone.get("/apply/members/aa11/who/")
    for _ in people.PARTS:
        part = page.request["PATH_INFO"].split("/")[-2]
        if part == "members":
            break
        page = phone.post(f"/apply/members/aa11/{part}/", told, follow=True)
    assert "韦秀英" in page.text and "已填好" in page.text


def key_in(text: str) -> str:
    return text.split('name="key" value="')[1].split('"')[0]


def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(
    phone: Client, li: User, branch_a: Branch
) -> None:
    begin(li, branch_a["own"])

    page = phone.post("/apply/about/", {**TYPED, "id_number": "990100198005179999"})

    assert page.status_code == 422
    assert "还有 1 处要改" in page.text and 'href="#id_id_number"' in page.text
    assert 'id="id_id_number_error"' in page.text and "逐位核对" in page.text
    assert 'value="990100198005179999"' in page.text and 'value="李春燕"' in page.text


def test_each_consent_that_lacks_is_called_by_its_name(
    phone: Client, li: User, branch_a: Branch
) -> None:
    begin(li, branch_a["own"])

    page = phone.post("/apply/consents/", {"to": "check"})

    assert page.status_code == 422
    assert "“保存和使用您填的内容”需要您勾选" in page.text
    assert "“使用银行卡信息”需要您勾选" in page.text


def test_going_back_shows_what_was_told(phone: Client, li: User, branch_a: Branch) -> None:
    begin(li, branch_a["own"])
    phone.post("/apply/about/", {**TYPED, "id_number": make_id_number()})

    page = phone.get("/apply/about/")

    assert 'value="李春燕"' in page.text


def test_the_second_tap_answers_like_the_first(phone: Client, li: User, branch_a: Branch) -> None:
    make_ready(li, branch_a)
    key = key_in(phone.get("/apply/check/").text)

    first = phone.post("/apply/check/", {"key": key})
    second = phone.post("/apply/check/", {"key": key})

    assert first.status_code == 302 and first.url.startswith("/apply/done/")
    assert second.status_code in (302, 409)
    assert Application.objects.filter(holder__user=li).count() == 1


def test_what_a_colleague_filled_in_meanwhile_is_read_before_it_is_submitted(
    phone: Client, li: User, branch_a: Branch
) -> None:
    clerk = make_staff("周敏", branch_a["own"], Role.CLERK)
    draft = make_ready(li, branch_a)
    page = phone.get("/apply/check/").text
    seen = re.findall('name="seen" value="([^"]+)"', page)[0]
    assisted.take_over(draft, reason="本人来电", by=clerk)
    answers = {**TYPED, "employer": "青山丝厂"}
    step = forms.step_of(draft.kind, "employer", current(draft).answers.reveal())
    applications.fill(draft, step, as_typed(answers), by=clerk)

    late = phone.post("/apply/check/", {"key": key_in(page), "seen": seen})

    assert late.status_code == 409 and "填写的内容改过" in late.text and "青山丝厂" in late.text
    assert draft_of(li)
    assert phone.post("/apply/check/", {"key": "k" * 16, "seen": ""}).status_code == 409


def test_the_check_page_names_what_is_lacking(phone: Client, li: User, branch_a: Branch) -> None:
    begin(li, branch_a["own"])

    page = phone.get("/apply/check/")

    assert "您本人：这一步还没有填完" in page.text and "提交申请" not in page.text
    assert phone.post("/apply/check/", {"key": "12345678"}).status_code == 422


def test_mending_from_the_check_page_leads_back_to_it(
    phone: Client, li: User, branch_a: Branch
) -> None:
    make_ready(li, branch_a)

    page = phone.post(
        "/apply/employer/", {**TYPED, "employer": "青山棉纺厂", "to": "check"}, follow=True
    )

    assert page.request["PATH_INFO"] == "/apply/check/" and "青山棉纺厂" in page.text


def test_an_expired_session_in_step_five_loses_nothing(
    phone: Client, li: User, branch_a: Branch
) -> None:
    begin(li, branch_a["own"])
    li.sign_ins.all().delete()

    page = phone.post("/apply/about/", {**TYPED, "id_number": make_id_number()})

    assert page.status_code == 200 and 'name="stashed"' in page.text
    assert "李春燕" not in page.text


def test_a_pdf_named_jpg_is_refused_in_words(phone: Client, li: User, branch_a: Branch) -> None:
    begin(li, branch_a["own"])
    pdf = SimpleUploadedFile("scan.jpg", b"%PDF-1.7 ...", "image/jpeg")

    page = phone.post("/apply/papers/id_card/", {"photo": pdf})

    assert page.status_code == 422 and "这是 PDF 文件" in page.text


def test_too_many_photos_at_once_are_refused_in_words(
    phone: Client, li: User, branch_a: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mashang.web.uploads.InMemory.room", 1000)
    begin(li, branch_a["own"])
    photo = SimpleUploadedFile("a.jpg", make_jpeg(), "image/jpeg")

    page = phone.post("/apply/papers/id_card/", {"photo": photo})

    assert page.status_code == 422 and "分几次上传" in page.text


def test_a_40_megapixel_photo_from_the_album_is_taken(
    phone: Client, li: User, branch_a: Branch
) -> None:
    begin(li, branch_a["own"])
    large = SimpleUploadedFile("large.jpg", make_jpeg(7300, 5480, quality=30), "image/jpeg")

    assert phone.post("/apply/papers/id_card/", {"photo": large}).status_code == 302
    assert Attachment.objects.get().width <= 2000


def test_a_photo_is_shown_to_its_owner_only(
    phone: Client, li: User, branch_a: Branch, signed_in: SignedIn
) -> None:
    application = make_ready(li, branch_a)
    paper = Attachment.objects.get(application=application, kind="signature")

    mine = phone.get(f"/photos/{paper.pk}/")

    assert mine["Content-Type"] == "image/jpeg" and mine["Cache-Control"] == "no-store"
    assert signed_in(make_worker("外人")).get(f"/photos/{paper.pk}/").status_code == 404
    assert Client().get(f"/photos/{paper.pk}/").status_code == 302


def test_another_worker_sees_no_form_of_mine(
    phone: Client, li: User, branch_a: Branch, signed_in: SignedIn
) -> None:
    begin(li, branch_a["own"])

    assert signed_in(make_worker("外人")).get("/apply/about/").status_code == 404


def test_who_has_a_draft_goes_on_with_it(phone: Client, li: User, branch_a: Branch) -> None:
    begin(li, branch_a["own"])

    assert "接着填" in phone.get("/apply/").text
    assert phone.get("/apply/resume/").url == "/apply/about/"


def test_a_thrown_away_draft_is_gone(phone: Client, li: User, branch_a: Branch) -> None:
    begin(li, branch_a["own"])

    page = phone.post("/apply/discard/", follow=True)

    assert "您想申请哪一种" in page.text


def test_no_consent_is_ticked_beforehand(phone: Client, li: User, branch_a: Branch) -> None:
    begin(li, branch_a["own"])

    page = phone.get("/apply/consents/")

    assert "checked" not in page.text
    refused = phone.post("/apply/consents/", {"file": "on"})
    assert refused.status_code == 422 and "需要您勾选同意" in refused.text


def test_an_empty_household_is_said_on_purpose(phone: Client, li: User, branch_a: Branch) -> None:
    begin(li, branch_a["own"])

    refused = phone.post("/apply/members/", {})
    assert refused.status_code == 422 and "只有我一个人" in refused.text

    assert phone.post("/apply/members/", {"alone": "1"}).url == "/apply/family/"


def test_one_chooses_a_union_before_going_on(phone: Client) -> None:
    page = phone.post("/apply/new/file/", {"region": "450103"})

    assert page.status_code == 422 and "请选一个工会" in page.text
