"""Forms of the tree: shape only; the rules are in `unions.actions`."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mashang.reference.queries import children, region
from mashang.unions.actions.tree import Particulars
from mashang.unions.models import Union
from mashang.unions.roles import Role
from mashang.web.forms import Form, NameField, NumberField


def day_field(label: Any, **also: Any) -> forms.DateField:
    """A day, shown by the browser's own calendar, which reads ISO only."""
    calendar = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=calendar, **also)


class ParticularsForm(Form):
    """What a union's certificate says; the region is chosen among those around `near`."""

    name = forms.CharField(label=_("工会名称"), max_length=80)
    region_code = forms.ChoiceField(label=_("所在地区"))
    credit_code = NumberField(
        label=_("统一社会信用代码"),
        max_length=18,
        required=False,
        help_text=_("18 位，照法人资格证书填写；还没有的可先不填"),
    )
    address = forms.CharField(label=_("地址"), max_length=120, required=False)
    contact_name = NameField(label=_("联系人"), max_length=40, required=False)
    contact_phone = forms.CharField(label=_("联系电话"), max_length=20, required=False)
    hotline = forms.CharField(label=_("服务热线"), max_length=20, initial="12351")

    def __init__(self, *args: Any, near: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region_code"].choices = regions_around(near)  # type: ignore[attr-defined]

    def particulars(self) -> Particulars:
        known = Particulars.__dataclass_fields__
        return Particulars(**{name: self.cleaned_data[name] for name in known})


class FoundForm(ParticularsForm):
    field_order = ("kind", "name", "code")

    kind = forms.ChoiceField(label=_("层级"))
    code = forms.CharField(
        label=_("编号"), max_length=20, required=False, help_text=_("不填则自动编号")
    )

    def __init__(self, *args: Any, parent: Union, **kwargs: Any) -> None:
        super().__init__(*args, near=parent.region_code, **kwargs)
        kinds = list(Union.Kind)
        below = kinds[kinds.index(Union.Kind(parent.kind)) + 1 :]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in below]  # type: ignore[attr-defined]


def own_phone_field(help_text: Any) -> forms.CharField:
    """A colleague's own phone, where codes go; how it is spelled is the action's to read."""
    field = NumberField(label=_("本人手机号"), max_length=20, required=False, help_text=help_text)
    field.widget.attrs |= {"type": "tel", "autocomplete": "off"}
    return field


class ResetForm(Form):
    phone = own_phone_field(_("没有换号的不用填，用登记过的那个；换了号的填新号，旧号会收到提醒"))

    def __init__(self, *args: Any, has_phone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_phone:
            self.fields["phone"].required = True
            self.fields["phone"].help_text = _("还没有登记过，请填本人的：启用码只发到这里")


class AppointForm(Form):
    username = forms.CharField(
        label=_("登录名"),
        max_length=40,
        help_text=_("已有账号的写他的登录名；新来的起一个，字母和数字，例如 huanglp"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
    )
    name = NameField(label=_("姓名"), max_length=40)
    phone = own_phone_field(_("新来的要填：两人办妥后，启用码只发到这里；已有账号的不用填"))
    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    from_on = day_field(_("任职日期"), initial=timezone.localdate)


def regions_around(code: str) -> list[tuple[str, str]]:
    """The region itself and those right below it, by name."""
    today = timezone.localdate()
    here = region(code, today)
    below = [(row.code, row.name) for row in children(code, today)]
    return [(code, here.name if here else code), *below]
