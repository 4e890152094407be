"""异常提醒: what the keepers of the files and the auditors look into."""

from django.http import HttpResponse
from django.shortcuts import render

from mashang.stats import alerts as unusual
from mashang.unions.roles import Permission
from mashang.web.policies import Level, Rows, Who, policy
from mashang.web.request import SignedIn


@policy(who=Who.STAFF, rows=Rows.SCOPE, level=Level.P3, permission=Permission.ALERT_READ)
def alerts(request: SignedIn) -> HttpResponse:
    context = {"alerts": unusual.alerts(request.user), "days": unusual.DAYS}
    return render(request, "desk/branch/alerts.html", context)
