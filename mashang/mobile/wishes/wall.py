"""心愿墙: what anybody may read without signing in. Nothing on it leads to a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from mashang.core.errors import Invalid, TooMany
from mashang.core.numbers import is_number
from mashang.core.requests.limits import DAY, HOUR, Limit
from mashang.mobile.wishes.forms.wall import STATES, ReportForm, asked, page_number
from mashang.web import request as asking
from mashang.web.forms import refusals_in, status_of
from mashang.web.policies import public_form, public_page
from mashang.wishes.actions import complaints
from mashang.wishes.models import Category, Wish
from mashang.wishes.prices import BANDS
from mashang.wishes.queries import figures as counting
from mashang.wishes.queries import wall as hanging
from mashang.wishes.queries.similar import similar_to
from mashang.wishes.queries.wall import Asked
from mashang.wishes.refusals import NotOnWall

REPORTS = Limit("reports", "reports of wishes from one network", 5, HOUR)
REPORTS_OF_ONE = Limit("reports-of-wish", "reports of one wish from one network", 10, DAY)
SECONDS = 5  # for which a reader, or a cache on the way, may keep a page


@public_page()
def wall(request: HttpRequest) -> HttpResponse:
    """心愿墙: the longest waiting first; filters and the search stand in the address."""
    wish = asked(request.GET)
    number = page_number(request.GET)
    page = hanging.page(wish)
    context = {
        "asked": wish,
        "page": page,
        "number": number,
        "before": _beside(wish, number - 1, before=page.before),
        "after": _beside(wish, number + 1, after=page.after),
        "states": [(state, state.label, _address(wish, state)) for state in STATES],
        "regions": hanging.regions(),
        "categories": Category.choices,
        "bands": BANDS,
    }
    return _public(render(request, "mobile/wall/wall.html", context))


@public_page()
def wish(request: HttpRequest, number: str) -> HttpResponse:
    """一个心愿: the words of its card, large, and the way to claim it while it is open."""
    card = hanging.wish(number)
    if card is None:
        raise NotOnWall
    similar = [] if card.is_open else similar_to(card)
    context = {"card": card, "similar": similar, "back": reverse("mobile:wall")}
    return _public(render(request, "mobile/wall/wish.html", context))


@public_page()
def figures(request: HttpRequest) -> HttpResponse:
    """心愿墙数字: counted by the clock; small numbers stay hidden."""
    context = {"figures": counting.figures(), "back": reverse("mobile:wall")}
    return _public(render(request, "mobile/wall/figures.html", context))


@public_form()
def report(request: HttpRequest, number: str) -> HttpResponse:
    """举报: something is wrong with a wish; the union looks into it, whoever says so."""
    wish = _on_wall(number)
    form, back = ReportForm(request.POST or None), reverse("mobile:wall-wish", args=[number])
    if form.is_valid():
        with refusals_in(form, only=(Invalid, TooMany)):
            network = asking.origin(request).network
            REPORTS.count(network)
            REPORTS_OF_ONE.count(f"{network}|{number}")
            complaints.report(wish, **form.cleaned_data)
            return _unkept(render(request, "mobile/wall/reported.html", {"back": back}))
    context = {"wish": wish, "form": form, "back": back}
    return _unkept(render(request, "mobile/wall/report.html", context, status=status_of(form)))


def _on_wall(number: str) -> Wish:
    """Raises NotOnWall, for what cannot be a number too."""
    rows = Wish.objects.on_wall().select_related("union")
    wish = rows.filter(number=number).first() if is_number(number, "XY") else None
    if wish is None:
        raise NotOnWall
    return wish


def _beside(asked: Asked, number: int, **place: str) -> str:
    """The address of the page before or after; empty where there is none."""
    if not any(place.values()):
        return ""
    if number <= 1:  # the first page has an address without a place
        return _address(asked, asked.state)
    return _address(asked, asked.state, **place, page=str(number))


def _address(asked: Asked, state: str, **place: str) -> str:
    """The same filters in another state or place; nothing but what the wall understands."""
    filters = {name: getattr(asked, name) for name in ("region", "category", "band", "words")}
    params = {"state": "" if state == STATES[0] else state, **filters, **place}
    query = urlencode({name: word for name, word in params.items() if word})
    return f"{reverse('mobile:wall')}?{query}" if query else reverse("mobile:wall")


def _public(response: HttpResponse) -> HttpResponse:
    """Shared and kept for seconds only, and by no search engine: what is taken down is gone."""
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _unkept(response: HttpResponse) -> HttpResponse:
    """What somebody is about to say is kept by no cache on the way."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
