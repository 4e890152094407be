"""Forms of signing in at the desk."""

import secrets
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from mashang.web.forms import Form, NumberField

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


def _password(label: "Words", autocomplete: str, help_text: "Words" = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=128,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def _second(help_text: "Words" = "") -> forms.CharField:
    return forms.CharField(
        label=_("动态口令"),
        max_length=24,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off"}),
    )


def _username() -> forms.CharField:
    return forms.CharField(
        label=_("登录名"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "off"}),
    )


class SignInForm(Form):
    username = _username()
    password = _password(_("密码"), "current-password")
    second = _second(_("认证器上的 6 位数字；手机不在身边时可填一个备用码"))


class ConfirmForm(Form):
    second = _second(_("认证器上的 6 位数字，或一个备用码"))


class EnrolmentForm(Form):
    username = _username()
    enrolment = forms.CharField(
        label=_("启用码"), max_length=24, help_text=_("发到您本人手机上的 16 位字母数字")
    )


class NewPasswordForm(Form):
    username = forms.CharField(widget=forms.HiddenInput, max_length=40)
    enrolment = forms.CharField(widget=forms.HiddenInput, max_length=24)
    seed = forms.CharField(
        widget=forms.HiddenInput, min_length=16, max_length=64, initial=secrets.token_urlsafe
    )
    password = _password(
        _("设置密码"), "new-password", _("至少 10 位，不要全是数字，不要用姓名生日")
    )
    password2 = _password(_("再输一次密码"), "new-password")
    second = _second(_("扫码后，认证器显示的 6 位数字"))

    def clean(self) -> None:
        check_alike(self)


class ChangePasswordForm(Form):
    old_password = _password(_("原密码"), "current-password")
    password = _password(_("新密码"), "new-password", _("至少 10 位，不要全是数字，不要用姓名生日"))
    password2 = _password(_("再输一次新密码"), "new-password")
    second = _second()

    def clean(self) -> None:
        check_alike(self)


def check_alike(form: forms.Form) -> None:
    typed = form.cleaned_data
    if "password" in typed and typed["password"] != typed.get("password2"):
        form.add_error("password2", _("两次输入的密码不一样，请重新输入"))


OWN_HINT = _("用来认出您自己家的申请，让系统请您回避；只用来比对，保存后谁也看不到")
KIN = tuple(
    (word, word)
    for word in (
        N_("配偶"),
        N_("父母"),
        N_("子女"),
        N_("兄弟姐妹"),
        N_("祖父母"),
        N_("孙子女"),
        N_("配偶的父母"),
        N_("其他近亲属"),
    )
)
ROWS, MOST_ROWS = 3, 12


def _id_number(label: "Words", help_text: "Words" = "", *, required: bool = True) -> NumberField:
    return NumberField(
        label=label,
        max_length=24,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        required=required,
    )


class RelativeForm(Form):
    relation = forms.ChoiceField(label=_("与我的关系"), choices=[(N_("本人"), N_("本人")), *KIN])
    id_number = _id_number(_("身份证号"))


class KinForm(Form):
    """The own number, as many rows of kin as are wanted, and that this is all."""

    ALL, NONE = "all", "none"
    own_number = _id_number(_("您本人的身份证号"), OWN_HINT, required=False)
    answer = forms.ChoiceField(
        label=_("近亲属都在这里了吗"),
        choices=[
            (ALL, _("我知道身份证号的近亲属，都写在上面了")),
            (NONE, _("我没有近亲属")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, rows: int, has_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["own_number"].required = not has_own
        self.rows = min(rows, MOST_ROWS)
        for row in range(1, self.rows + 1):
            self.fields[f"relation_{row}"] = forms.ChoiceField(
                label=_("与我的关系"), choices=[("", _("请选择")), *KIN], required=False
            )
            self.fields[f"id_number_{row}"] = _id_number(_("身份证号"), required=False)

    def clean(self) -> None:
        for row, (relation, number) in enumerate(self.named(), start=1):
            if number and not relation:
                self.add_error(f"relation_{row}", _("请选这位亲属与您的关系"))
            if relation and not number and f"id_number_{row}" not in self.errors:
                self.add_error(
                    f"id_number_{row}", _("请填这位亲属的身份证号；不写的，把关系改回“请选择”")
                )

    def named(self) -> list[tuple[str, str]]:
        """(relation, ID number) by the row; empty where a row was left out."""
        typed = self.cleaned_data
        return [
            (typed.get(f"relation_{row}", ""), typed.get(f"id_number_{row}", ""))
            for row in range(1, self.rows + 1)
        ]

    def numbers(self) -> list[str]:
        """Every ID number that was typed, the own one first."""
        typed = [self.cleaned_data["own_number"], *(number for _relation, number in self.named())]
        return [number for number in typed if number]

    def people(self) -> list[tuple[Any, Any]]:
        """The fields of each row, for the page."""
        return [
            (self[f"relation_{row}"], self[f"id_number_{row}"]) for row in range(1, self.rows + 1)
        ]

    @property
    def may_grow(self) -> bool:
        return self.rows < MOST_ROWS


class ReplacePhoneForm(Form):
    id_number = NumberField(
        label=_("本人身份证号"),
        max_length=24,
        help_text=_("照本人出示的身份证原件输入，只用来核对，不保存"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    new_phone = NumberField(
        label=_("新手机号码"), max_length=20, widget=forms.TextInput(attrs={"type": "tel"})
    )
    why = forms.CharField(
        label=_("原号码怎么了"), max_length=100, help_text=_("例如“手机丢了，卡已补不回来”")
    )
    has_seen = forms.BooleanField(label=_("我已当面核对身份证原件，确认是本人"))
