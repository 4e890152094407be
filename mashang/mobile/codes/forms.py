"""Forms around the code: a photograph of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mashang.accounts.models import User
from mashang.codes import token as tokens
from mashang.core.privacy import photos
from mashang.core.requests.limits import TEN_MINUTES, Limit
from mashang.web.forms import Form, read_as

OF_ONE = Limit("card-photos", "photos of codes sent by one account", 30, TEN_MINUTES)
OF_A_NETWORK = Limit("card-photos-network", "the same by one network", 300, TEN_MINUTES)


class PhotoForm(Form):
    """A photograph with one of our codes in it; cleaned, it is the token."""

    photo = forms.FileField(label=_("二维码的照片"))

    def __init__(self, *posted: Any, by: User, network: str) -> None:
        super().__init__(*posted)
        self._by, self._network = by, network

    def clean_photo(self) -> str:
        picture = read_as(self._read, self.cleaned_data["photo"].read())
        token = tokens.read(picture.qr_text)
        if token is None:
            raise forms.ValidationError(
                _("照片里没有认出服务码。请把卡放平、拍清楚整个方块，再拍一张")
            )
        return token

    def _read(self, data: bytes) -> photos.Photo:
        """The camera of the browser reads most codes by itself; few people ever send a photo here.

        Counted by its own two limits, so not among the photos that an account may hand in.
        """
        photos.check_kind(data)
        OF_ONE.count(self._by.pk)
        OF_A_NETWORK.count(self._network)
        return photos.clean(data, "qr_text")
