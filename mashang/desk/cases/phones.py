"""换号: a worker without the old phone stands at the desk, with the ID card."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.actions import access, limits, phones
from mashang.cases.models import ChannelChange, Holder
from mashang.core.privacy.masks import mask_name
from mashang.desk.accounts.forms import ReplacePhoneForm
from mashang.unions.roles import Permission
from mashang.web.forms import refusals_in, status_of
from mashang.web.policies import Level, staff_form
from mashang.web.request import SignedIn


@staff_form(Permission.CASE_CHANGE, Level.P3, fresh=True)
def replace(request: SignedIn, holder_id: UUID) -> HttpResponse:
    """申请更换登录手机号: nothing changes before somebody else has confirmed it."""
    rows = Holder.objects.known_to(request.user).select_related("union", "user")
    holder = get_object_or_404(rows, pk=holder_id)
    access.log_access(holder, by=request.user, what=N_("申请更换登录手机号"))
    waiting = ChannelChange.objects.of_holder(holder).filter(kind=ChannelChange.Kind.SIGN_IN)
    form = ReplacePhoneForm(request.POST or None)
    limits.count_id_number(request.POST.get("id_number", ""), by=request.user)
    if form.is_valid():
        typed = form.cleaned_data
        with refusals_in(form, "new_phone"):
            change = phones.ask_sign_in_phone(
                holder, typed["id_number"], typed["new_phone"], why=typed["why"], by=request.user
            )
            messages.success(request, _("已提出，还没有更换；原号码和新号码都已收到提醒"))
            return redirect("desk:channel", change.pk)
    context = {
        "form": form,
        "holder": mask_name(holder.name),
        "union": holder.union,
        "waiting": waiting.waiting().first(),
        "signs_in": holder.user is not None,
    }
    return render(request, "desk/phones/replace.html", context, status=status_of(form))
