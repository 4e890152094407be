"""验证证书: anyone may ask, nobody learns about the family; the sheet itself is the giver's."""

import pytest

from mashang.wishes.models import Certificate
from tests.builders import make_worker
from tests.wishes.deliveries import claimed, fulfilled

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(branch_a, chen):
    return fulfilled(claimed(branch_a), chen)


def test_anyone_sees_that_it_is_genuine_and_nothing_of_the_family(claim, client):
    page = client.get(f"/certificates/{claim.certificate.number}/")

    said = page.content.decode()
    for words in ("真实有效", "电饭煲", "热心人", "青山县总工会"):
        assert words in said
    holder = claim.wish.holder
    for words in (
        holder.name,
        holder.union.name,
        claim.wish.number,
        claim.wish.story,
        str(claim.pk),
    ):
        assert words not in said


def test_a_number_that_was_never_given_gets_a_neutral_sentence(client, db):
    page = client.get("/certificates/ZS00000000000/")

    assert page.status_code == 404 and "没有查到这个编号" in page.content.decode()


def test_the_number_typed_off_the_paper_leads_to_its_page(claim, client):
    number = claim.certificate.number
    typed = f" {number[:6].lower()} {number[6:]} "

    assert client.get("/certificates/", {"number": typed}).url == f"/certificates/{number}/"
    assert "再输一遍" in client.get("/certificates/", {"number": "ZS123"}).content.decode()


def test_numbers_are_not_tried_out(client, db, settings):
    settings.MASHANG_LIMITS = {"certificates": 3}
    answers = [client.get(f"/certificates/ZS{n:011}/").status_code for n in range(4)]

    assert answers == [404, 404, 404, 429]


def test_the_sheet_is_the_givers_alone(claim, signed_in, client):
    page = f"/giving/claims/{claim.pk}/certificate.pdf"

    mine = signed_in(claim.giver).get(page)
    assert mine["Content-Type"] == "application/pdf" and mine.content.startswith(b"%PDF")
    for nobody in (make_worker("路人"), claim.wish.holder.user):
        assert signed_in(nobody).get(page).status_code == 404
    assert client.get(page).status_code == 302


def test_before_the_wish_has_come_true_there_is_no_sheet(branch_a, signed_in):
    early = claimed(branch_a)

    page = signed_in(early.giver).get(f"/giving/claims/{early.pk}/certificate.pdf")
    assert page.status_code == 404 and not Certificate.objects.exists()
