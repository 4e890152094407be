"""Forms of goods on their way: sending, photos, the yes of the family, complaints, thanks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mashang.web.forms import Form
from mashang.wishes.actions.thanks import MOST
from mashang.wishes.models import Complaint, DeliveryMode, Wish

BY_GIVER = (DeliveryMode.COURIER, DeliveryMode.IN_PERSON, DeliveryMode.FAIR)
NO_FACES = _("只拍物品；不要拍到人，尤其不要拍到孩子的脸")


class SendForm(Form):
    """How and what the giver sends; for a service only what was arranged."""

    mode = forms.ChoiceField(label=_("怎么送"), widget=forms.RadioSelect)
    goods = forms.CharField(
        label=_("送了什么"), max_length=60, help_text=_("例如“电饭煲 3 升，全新一个”")
    )
    carrier = forms.CharField(
        label=_("快递公司"), max_length=20, required=False, help_text=_("寄快递的请填")
    )
    tracking = forms.CharField(
        label=_("快递单号"), max_length=40, required=False, help_text=_("工会照这个单号查收")
    )
    photo = forms.FileField(label=_("物品照片"), required=False, help_text=NO_FACES)

    def __init__(self, wish: Wish, *posted: Any, to_home: bool = False) -> None:
        super().__init__(*posted)
        modes: tuple[DeliveryMode, ...] = BY_GIVER
        if to_home:
            modes = (*BY_GIVER, DeliveryMode.TO_HOME)
        if wish.delivery_mode == DeliveryMode.SERVICE:
            modes = (DeliveryMode.SERVICE,)
            self.fields["goods"].label = _("约好了什么、什么时候")
            self.fields["goods"].help_text = _("例如“周六上午在县总工会理发”")
            del self.fields["carrier"], self.fields["tracking"]
        self.fields["mode"].choices = [(mode.value, mode.label) for mode in modes]  # type: ignore[attr-defined]
        self.fields["mode"].initial = modes[0].value


class GoodsPhotoForm(Form):
    photo = forms.FileField(label=_("物品照片"), help_text=NO_FACES)


class HelperConfirmForm(Form):
    photo = forms.FileField(
        label=_("物品在家里的照片"), help_text=_("只拍物品；不要拍到人，尤其不要拍到孩子的脸")
    )

    def __init__(self, *args: Any, wants_photo: bool) -> None:
        super().__init__(*args)
        if not wants_photo:
            del self.fields["photo"]


class ComplaintForm(Form):
    kind = forms.ChoiceField(
        label=_("哪里不对"),
        choices=[(kind.value, kind.label) for kind in Complaint.OF_DELIVERY],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("说说情况"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, by_giver: bool = False) -> None:
        """Who gives has nothing to receive: the two sorts that speak of goods received are not theirs."""
        super().__init__(*args)
        if by_giver:
            kinds = (Complaint.Kind.CONDUCT, Complaint.Kind.OTHER)
            self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]


class ThanksForm(Form):
    words = forms.CharField(
        label=_("感谢的话"),
        max_length=MOST,
        help_text=_("最多 100 个字。不要写姓名、住址、电话，工会看过以后转给对方"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
