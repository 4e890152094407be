"""A code in a picture leads past the text check: QR codes and their kin are looked for and refused.

The round codes of WeChat's mini programs are read by WeChat alone: those are left to the two people who
moderate.
"""

from mashang.accounts.models import User
from mashang.core.privacy import photos
from mashang.core.privacy.photos import Photo
from mashang.wishes.refusals import PictureShowsCode


def take(data: bytes, *, by: User) -> Photo:
    """A photo for this room, with its likeness. Raises BadPhoto, TooMany, Crowded, or PictureShowsCode."""
    photo = photos.take(data, "shows_code", "likeness", by=by.pk)
    if photo.shows_code:
        raise PictureShowsCode
    return photo
