"""物品照片: cleaned, sealed, and compared: one photo proves one gift."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mashang.accounts.models import User
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.errors import Invalid, Missing
from mashang.core.privacy import store
from mashang.core.privacy.keys import mac, new_data_key
from mashang.core.privacy.photos import Photo
from mashang.unions.roles import Permission, permissions_at
from mashang.wishes import pictures
from mashang.wishes.actions import locks
from mashang.wishes.models import Claim, GoodsPhoto
from mashang.wishes.refusals import PhotoUsedTwice

MOST = 9
NEAR = 6  # bits of 64: resized, recompressed or brightened, but still the same picture


def add(claim: Claim, *, data: bytes, by: User) -> GoodsPhoto:
    """添加照片: by the giver or the union. Raises BadPhoto, PictureShowsCode, or PhotoUsedTwice for a photo seen before.

    The picture is worked on before the transaction, so that nobody waits for a large one.
    """
    return _add(claim, pictures.take(data, by=by), by=by)


@action
def _add(claim: Claim, photo: Photo, *, by: User) -> GoodsPhoto:
    claim = locks.locked_claim(claim)
    if not _may(claim, by):
        raise Missing
    return keep(claim, photo, by=by)


@action
def keep(claim: Claim, photo: Photo, *, by: User) -> GoodsPhoto:
    """The photo itself (of `pictures.take`), for an action that has locked the claim and knows that `by` may."""
    digest = mac("goods photo", photo.data).hex()
    if same := GoodsPhoto.objects.filter(digest=digest).first():
        return _only_of(claim, same)
    if GoodsPhoto.objects.of_claim(claim).count() >= MOST:
        raise Invalid(fields={"photo": _("照片最多 %(n)d 张，已经够了") % {"n": MOST}})
    key = new_data_key()
    with refusing():
        goods_photo = GoodsPhoto.objects.create(
            claim=claim,
            blob=store.put(photo.data, key),
            data_key=key,
            digest=digest,
            likeness=photo.likeness,
            resembles=_resembling(claim, photo.likeness),
            added_by=by,
        )
    alike = goods_photo.resembles_id is not None
    record(
        "goods_photo.added", goods_photo, by=by, union=claim.union, claim=claim, alike=int(alike)
    )
    return goods_photo


def _may(claim: Claim, by: User) -> bool:
    is_givers = Claim.objects.of_giver(by).filter(pk=claim.pk).exists()
    return is_givers or Permission.CLAIM_MANAGE in permissions_at(by, claim.union)


def _only_of(claim: Claim, photo: GoodsPhoto) -> GoodsPhoto:
    """The same photo sent twice for one claim stays one; for another claim it proves nothing."""
    if photo.claim_id != claim.pk:
        raise PhotoUsedTwice
    return photo


def _resembling(claim: Claim, print_: str) -> GoodsPhoto | None:
    """A photo of another claim that looks the same: anybody's with the same print, the giver's
    own also with a near one."""
    others = GoodsPhoto.objects.exclude(claim=claim)
    if same := others.filter(likeness=print_).order_by("created_at").first():
        return same
    return next((photo for photo in _of_same_giver(claim, others) if _near(photo, print_)), None)


def _of_same_giver(claim: Claim, photos: QuerySet[GoodsPhoto]) -> QuerySet[GoodsPhoto]:
    if claim.organisation_id:
        photos = photos.filter(claim__organisation=claim.organisation_id)
    else:
        photos = photos.filter(claim__giver=claim.giver_id)
    return photos.order_by("-created_at")[:500]


def _near(photo: GoodsPhoto, print_: str) -> bool:
    return (int(photo.likeness, 16) ^ int(print_, 16)).bit_count() <= NEAR
