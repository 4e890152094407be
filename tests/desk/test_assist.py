"""代办 at the counter: the same steps, the worker's reason and signed papers, the clerk's own branch."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mashang import workflows
from mashang.accounts.models import User
from mashang.cases.form import forms
from mashang.cases.form.fields import Page
from mashang.cases.models import Access, Application
from mashang.reviews import actions as reviews
from mashang.unions.models import Union
from mashang.unions.roles import Role
from tests.builders import make_id_number, make_staff
from tests.cases.answers import TYPED, begin, current, make_ready, make_region
from tests.pictures import make_jpeg

Branch = dict[str, Union]
SignedIn = Callable[[User], Client]


@pytest.fixture
def desk(chen: User, branch_a: Branch, signed_in: SignedIn) -> Client:
    make_region()
    reviews.install_default_flows(branch_a["province"])
    return signed_in(chen)


def picture(number: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", make_jpeg(400 + number, 300), "image/jpeg")


def start(desk: Client, branch: Branch, number: str, **changed: str):
    told = {"number": number, "kind": "one_off", "union": branch["own"].pk, "reason": "眼睛看不清"}
    return desk.post("/desk/assist/", {**told, **changed}, follow=True)


def test_a_clerk_applies_for_a_worker_without_a_phone(desk: Client, branch_a: Branch) -> None:
    number = make_id_number()
    page = start(desk, branch_a, number)
    assert "眼睛看不清" in page.text and "还没有填完" in page.text
    application = Application.objects.get()
    address = f"/desk/assist/{application.pk}/"

    told = {**TYPED, "id_number": number}
    for step in forms.FORMS["one_off"]:
        if step.page is Page.FORM:
            typed = {f.name: told[f.name] for f in step.fields if f.name in told}
            assert desk.post(f"{address}{step.key}/", typed).status_code == 302
    desk.post(f"{address}consents/", dict.fromkeys(["file", "check", "health", "bank"], "on"))
    for place, kind in enumerate(("assist", "consent", "signature", "id_card")):
        desk.post(f"{address}papers/", {"kind": kind, "photo": picture(place)})

    done = desk.post(address, follow=True)

    assert "已替本人提交" in done.text
    assert current(application).state == Application.State.SUBMITTED


def test_every_look_at_what_stands_there_is_written_down(
    desk: Client, branch_a: Branch, chen: User
) -> None:
    start(desk, branch_a, make_id_number())
    application = Application.objects.get()

    page = desk.get(f"/desk/assist/{application.pk}/about/")

    assert ">姓名<" in page.text and "您的姓名" not in page.text
    look = Access.objects.filter(holder=application.holder).latest("created_at")
    assert look.viewer == chen and look.what == "代办·本人"


def test_what_is_sealed_is_not_shown_again_and_stays_when_left_empty(
    desk: Client, branch_a: Branch
) -> None:
    number = make_id_number()
    start(desk, branch_a, number)
    application = Application.objects.get()
    address = f"/desk/assist/{application.pk}/about/"
    desk.post(address, {**TYPED, "id_number": ""})

    page = desk.get(address).text

    assert number not in page and TYPED["address"] not in page and "这里不显示" in page
    assert current(application).answers.reveal()["id_number"] == number


def test_wrong_input_stands_beside_its_field(desk: Client, branch_a: Branch) -> None:
    page = start(desk, branch_a, "990100198005179999", reason="")

    assert page.status_code == 422 and "为什么由工会代办" in page.text

    again = start(desk, branch_a, "990100198005179999")
    assert again.status_code == 422 and "逐位核对" in again.text


def test_a_workers_own_draft_is_taken_over_with_a_reason(
    desk: Client, branch_a: Branch, li: User
) -> None:
    application = begin(li, branch_a["own"])
    address = f"/desk/assist/{application.pk}/"

    assert "请先写明原因" in desk.get(address).text
    assert desk.post(f"{address}take-over/", {"reason": ""}).status_code == 422
    desk.post(f"{address}take-over/", {"reason": "住院"})

    assert "逐项填写" in desk.get(address).text


def test_one_who_has_applied_already_is_led_to_that_application(
    desk: Client, branch_a: Branch
) -> None:
    number = make_id_number()
    start(desk, branch_a, number)

    page = start(desk, branch_a, number)

    assert "接着办" in page.text and "逐项填写" in page.text
    assert Application.objects.count() == 1


def test_a_pdf_at_the_counter_is_refused_in_words(desk: Client, branch_a: Branch) -> None:
    start(desk, branch_a, make_id_number())
    address = f"/desk/assist/{Application.objects.get().pk}/papers/"
    pdf = SimpleUploadedFile("a.jpg", b"%PDF-1.4", "image/jpeg")

    page = desk.post(address, {"kind": "assist", "photo": pdf})

    assert page.status_code == 422 and "这是 PDF 文件" in page.text


def test_withdrawing_needs_the_signed_wish(desk: Client, branch_a: Branch, li: User) -> None:
    application = workflows.submit_application(make_ready(li, branch_a), by=li)
    address = f"/desk/assist/{application.pk}/withdraw/"

    assert desk.post(address, {"reason": "本人来电"}).status_code == 422
    desk.post(address, {"reason": "本人来电", "photo": picture(1)})

    assert current(application).ending == Application.Ending.WITHDRAWN


def test_the_clerk_beside_finds_nothing(
    desk: Client, branch_a: Branch, lu: User, signed_in: SignedIn
) -> None:
    start(desk, branch_a, make_id_number())
    address = f"/desk/assist/{Application.objects.get().pk}/"

    beside = signed_in(lu)

    assert beside.get(address).status_code == 404
    assert beside.get(f"{address}about/").status_code == 404
    assert "现在没有代办的申请" in beside.get("/desk/assist/").text


def test_who_may_not_assist_is_told_so(branch_a: Branch, signed_in: SignedIn) -> None:
    auditor = make_staff("监督", branch_a["county"], Role.AUDITOR)

    assert signed_in(auditor).get("/desk/assist/").status_code == 403


def test_a_worker_sees_no_desk(li: User, signed_in: SignedIn) -> None:
    assert signed_in(li).get("/desk/assist/").status_code == 404


def test_a_worker_s_own_draft_shows_nothing_before_the_reason_is_written_down(
    desk: Client, branch_a: Branch, li: User
) -> None:
    application = begin(li, branch_a["own"])
    address = f"/desk/assist/{application.pk}/"

    pages = [desk.get(f"{address}{page}") for page in ("about/", "members/m1/who/", "papers/")]

    assert [page.status_code for page in pages] == [403, 403, 403]
    assert not Access.objects.exists()
    assert "代办原因" in pages[0].text
