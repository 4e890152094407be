"""微心愿专场 at the desk: planned, stocked, printed, handed out, ended; its homes are visited, each look logged."""

from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.utils import timezone

from mashang.cases.models import Access
from mashang.unions.roles import Role
from mashang.wishes.actions import fairs
from mashang.wishes.models import Fair, FairWish, Stock
from tests.builders import make_staff, make_worker
from tests.exchange import paper
from tests.wishes.builders import make_claim, make_giver, make_wish
from tests.wishes.deliveries import make_helper
from tests.wishes.fairs import make_fair, make_offer, make_running, make_stock, placed_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(branch_a, chen):
    return make_offer(branch_a["county"], chen, branch_a["own"])


@pytest.fixture
def desk(signed_in, chen):
    return signed_in(chen)


def of(fair, page=""):
    return f"/desk/events/{fair.pk}/{page}"


def test_a_fair_is_planned_and_found_in_the_list(desk, branch_a):
    told = {
        "union": branch_a["county"].pk,
        "name": "金秋解忧超市",
        "place": "工人文化宫",
        "held_on": timezone.localdate(),
    }

    answer = desk.post("/desk/events/plan/", told)

    fair = Fair.objects.get()
    assert answer.url == of(fair)
    assert "金秋解忧超市" in desk.get("/desk/events/").text


def test_a_day_that_has_passed_is_told_beside_the_field(desk, branch_a):
    told = {
        "union": branch_a["county"].pk,
        "name": "x",
        "place": "y",
        "held_on": timezone.localdate() - timedelta(days=1),
    }

    page = desk.post("/desk/events/plan/", told)

    assert page.status_code == 422 and "专场日期不能早于今天" in page.text


def test_wishes_are_chosen_from_the_branch_and_leave_again(desk, branch_a, branch_b, chen):
    fair = make_fair(branch_a["county"], chen)
    mine, foreign = (make_wish(union=branch["own"]) for branch in (branch_a, branch_b))

    page = desk.get(of(fair, "choose/")).text
    assert mine.number in page and foreign.number not in page
    desk.post("/desk/events/place/", {"fair": fair.pk, "wishes": [mine.pk]})
    assert mine.number in desk.get(of(fair)).text
    assert mine.number not in desk.get(of(fair, "choose/")).text
    desk.post(f"/desk/events/offers/{FairWish.objects.get().pk}/remove/")

    assert mine.number not in desk.get(of(fair)).text


def test_placing_nothing_says_so(desk, branch_a, chen):
    fair = make_fair(branch_a["county"], chen)

    page = desk.post("/desk/events/place/", {"fair": fair.pk}, follow=True)

    assert "请先选好心愿和专场" in page.text


def test_stock_is_taken_in_and_restocked(desk, branch_a, chen):
    fair = make_fair(branch_a["county"], chen)
    told = {"item": "电饭煲", "price_fen": "199.50", "bought": "3"}

    desk.post(of(fair), told)
    stock = Stock.objects.get()
    assert (stock.price_fen, stock.bought) == (19_950, 3)
    assert "这种物品已经登记过" in desk.post(of(fair), told).text
    desk.post(f"/desk/events/stock/{stock.pk}/more/", {"more": "2"})
    page = desk.post(f"/desk/events/stock/{stock.pk}/more/", {"more": "0"}, follow=True)

    stock.refresh_from_db()
    assert stock.bought == 5 and "要大于零" in page.text


def test_it_starts_and_ends_and_asks_before_the_end(desk, branch_a, chen):
    fair = make_fair(branch_a["county"], chen)
    assert "取消专场" in desk.get(of(fair, "end/")).text
    desk.post(of(fair, "start/"))
    assert "结束以后心愿卡不能再扫" in desk.get(of(fair, "end/")).text

    desk.post(of(fair, "end/"))

    assert Fair.objects.get().state == "done"


def test_the_printed_list_and_the_cards_name_no_family(desk, offer):
    wish = offer.wish
    listed = desk.get(of(offer.fair, "list/")).text
    cards = desk.get(of(offer.fair, "cards.pdf"))

    pdf = pypdfium2.PdfDocument(BytesIO(cards.content))
    words = paper.words(pdf)
    assert wish.number in listed and wish.number in words and wish.item in words
    assert wish.holder.name not in listed and wish.holder.name not in words
    assert paper.codes_in(paper.picture(pdf[0], crop=(0, 0, 0, 0))) == [offer.url]


def test_a_card_is_found_by_what_a_scanner_types(desk, offer):
    for typed in (offer.url, offer.code, f" {offer.code.lower()} "):
        answer = desk.post("/desk/events/find/", {"code": typed})
        assert answer.url == f"/desk/events/w/{offer.code}/"
    page = desk.post("/desk/events/find/", {"code": "nothing"})
    assert page.status_code == 422 and "没有找到这张心愿卡" in page.text


def test_a_thing_is_handed_out_at_the_table(desk, offer, chen):
    stock = make_stock(offer.fair, chen)
    page = f"/desk/events/w/{offer.code}/"
    assert "还没有人认领" in desk.get(page).text
    fairs.claim_on_the_spot(offer, by=make_giver())
    assert "电饭煲（3）" in desk.get(page).text
    refused = desk.post(page, {})
    assert refused.status_code == 422 and "请选库存里的物品" in refused.text

    desk.post(page, {"stock": stock.pk})

    assert placed_at(offer.fair, offer.wish).stock == stock
    assert "已经发放" in desk.get(page).text


def test_visits_are_listed_by_helper(desk, branch_a, chen):
    wishes = [make_wish(union=branch_a["own"]) for _ in range(3)]
    fair = make_running(branch_a["county"], chen, *wishes)
    claims = [make_claim(wish) for wish in wishes[:2]]
    helper = make_helper(claims[0], make_worker("王帮扶"))

    page = desk.get(of(fair, "visits/")).text

    assert helper.name in page and "还没有结对" in page and wishes[2].number not in page
    assert "李春燕" not in page and "李*" in page


def test_who_keeps_the_file_reads_the_name_and_the_look_is_logged(signed_in, branch_a):
    keeper = make_staff("基层经办", branch_a["own"], Role.CLERK)
    wish = make_wish(union=branch_a["own"])
    fair = make_running(branch_a["own"], keeper, wish)
    make_claim(wish)

    page = signed_in(keeper).get(of(fair, "visits/")).text

    assert wish.holder.name in page
    assert Access.objects.get(what="专场走访名单").holder == wish.holder


def test_another_branch_finds_no_fair(signed_in, lu, offer, chen):
    client, stock = signed_in(lu), make_stock(offer.fair, chen)
    for page in ("", "choose/", "end/", "list/", "cards.pdf", "visits/"):
        assert client.get(of(offer.fair, page)).status_code == 404
    assert client.get(f"/desk/events/w/{offer.code}/").status_code == 404
    for act in (
        of(offer.fair, "start/"),
        f"/desk/events/offers/{offer.pk}/remove/",
        f"/desk/events/stock/{stock.pk}/more/",
    ):
        assert client.post(act).status_code == 404
    assert offer.fair.name not in client.get("/desk/events/").text
