"""经手的人不作决定, on the pages: said before anything is typed, with who can; and where a step has gone to."""

import pytest
from django.utils import timezone

from mashang.accounts.models import Relative
from mashang.cases.actions import turns
from mashang.cases.models import Filler
from mashang.reviews import actions as engine
from mashang.unions.models import Post
from mashang.unions.roles import Role
from tests.builders import make_staff
from tests.cases.offices import application_of, bring_to, evaluate, make_office, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


def address(step, part=""):
    return f"/desk/applications/{step.subject_id}/{part}"


def fill_in(step, by):
    Filler.objects.create(application=application_of(step), user=by)
    engine.take_part(step.subject_id, by=by)


def test_whoever_filled_in_is_offered_no_button_and_told_who_can(office, signed_in):
    step = submit(office)
    fill_in(step, office.clerk)

    page = signed_in(office.clerk).get(address(step)).text
    assert "由您代填过" in page and "可以办理的同事：吴芳" in page
    assert all(way not in page for way in ("/approve/", "/send-back/", "/refuse/"))
    other = signed_in(office.colleague).get(address(step)).text
    assert "/approve/" in other and "由您代填过" not in other

    refused = signed_in(office.clerk).post(address(step, "approve/"), {"step": step.pk})
    assert refused.status_code == 403 and refused["X-Refusal"] == "filled_in"


def test_whoever_wrote_the_vote_down_may_pass_it_but_is_offered_no_refusal(office, signed_in):
    step = bring_to("evaluation", office)
    evaluate(step, office.clerk)

    page = signed_in(office.clerk).get(address(step)).text
    assert "/approve/" in page and "/refuse/" not in page
    assert "不能再由您一个人作出不予通过的决定" in page and "吴芳" in page
    assert "/refuse/" in signed_in(office.colleague).get(address(step)).text

    told = {"step": step.pk, "refuse-reason_code": "N4"}
    answer = signed_in(office.clerk).post(address(step, "refuse/"), told)
    assert answer.status_code == 403 and answer["X-Refusal"] == "own_finding"


def test_kin_are_told_before_they_type_at_the_pages_of_work_too(office, signed_in):
    step = bring_to("home_check", office)
    index = application_of(step).holder.id_index
    Relative.objects.create(user=office.clerk, id_index=index, relation="姐妹")

    answer = signed_in(office.clerk).get(address(step, "home-check/"))
    assert answer.status_code == 403 and "回避" in answer.text
    assert signed_in(office.colleague).get(address(step, "home-check/")).status_code == 200


def test_where_the_step_went_to_stands_on_both_pages(office, signed_in):
    step = submit(office, kind="one_off")
    Post.objects.filter(union=office.branch["own"]).update(to_on=timezone.localdate())
    turns.move_up(step)
    own, county = office.branch["own"].name, office.branch["county"].name
    words = f"因为{own}没有别的人可以办，这一步转到{county}办理"

    desk = signed_in(office.county_clerk)
    assert words in desk.get(address(step)).text
    assert application_of(step).number in desk.get("/desk/work/").text
    worker = application_of(step).holder.user
    assert words in signed_in(worker).get(f"/matters/{step.subject_id}/").text


def test_with_nobody_anywhere_the_page_says_so_truly(office, signed_in, branch_a):
    step = submit(office, kind="one_off")
    for person in (office.clerk, office.colleague, office.county_clerk):
        fill_in(step, person)
    admin = make_staff("韦明", branch_a["county"], Role.ADMIN)
    turns.move_up(step)

    page = signed_in(office.clerk).get(address(step)).text
    assert "现在都没有别的人可以办，已经告诉工会管理员" in page
    assert "有一件申请没有人可以办" in signed_in(admin).get("/desk/inbox/").text
