"""Forms of the aid ledger: shape only; the rules are in `aid.actions`."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mashang.aid.models import Fund
from mashang.desk.unions.forms.tree import day_field
from mashang.web.forms import Form


class PayForm(Form):
    """登记发放: what was granted has been paid."""

    fund = forms.ChoiceField(label=_("资金来源"), choices=[("", _("请选择")), *Fund.choices])
    given_on = day_field(_("发放日期"), initial=timezone.localdate)
