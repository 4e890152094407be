"""异常提醒: what the keepers of the files and the auditors look into."""

from django.http import HttpResponse
from django.shortcuts import render

from mashang.stats import alerts as unusual
from mashang.unions.roles import Permission
from mashang.web.policies import Level, staff_page
from mashang.web.request import SignedIn


@staff_page(Permission.ALERT_READ, Level.P3)
def alerts(request: SignedIn) -> HttpResponse:
    context = {"alerts": unusual.alerts(request.user), "days": unusual.DAYS}
    return render(request, "desk/branch/alerts.html", context)
