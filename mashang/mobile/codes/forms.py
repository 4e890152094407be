"""Forms around the code: a photograph of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mashang.codes import token as tokens
from mashang.core.privacy import photos
from mashang.web.forms import Form, read_as


class PhotoForm(Form):
    """A photograph with one of our codes in it; cleaned, it is the token."""

    photo = forms.FileField(label=_("二维码的照片"))

    def clean_photo(self) -> str:
        picture = read_as(_with_qr, self.cleaned_data["photo"].read())
        token = tokens.read(picture.qr_text)
        if token is None:
            raise forms.ValidationError(
                _("照片里没有认出服务码。请把卡放平、拍清楚整个方块，再拍一张")
            )
        return token


def _with_qr(data: bytes) -> photos.Photo:
    return photos.clean(data, "qr_text")
