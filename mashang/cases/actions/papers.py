"""材料: photos of papers and the signature. Cleaned, sealed, and on the disk before they count."""

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases.actions.applications import admit
from mashang.cases.actions.households import forget_papers
from mashang.cases.form.papers import KINDS, OF_THE_UNION
from mashang.cases.models import Application, Attachment
from mashang.cases.queries import drafts
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.errors import Invalid, Missing, WrongState
from mashang.core.privacy import photos, store
from mashang.core.privacy.keys import mac
from mashang.core.privacy.photos import Photo

MOST_OF_A_KIND = 20
MOST_OF_ALL = 120
HOME = "home"  # 入户照片, among the kinds of `catalogue.papers.KINDS`


def add(application: Application, *, kind: str, data: bytes, by: User) -> Attachment:
    """添加材料: one photo. The same photo twice stays one. Raises BadPhoto with its sentence.

    The picture is worked on before the transaction, so that nobody waits for a large one.
    """
    return add_photo(application, kind=kind, photo=photos.take(data, by=by.pk), by=by)


def sign(application: Application, *, data: bytes, by: User) -> Attachment:
    """签名: written by hand, or photographed; a new one takes the place of the old."""
    return _sign(application, photos.take(data, by=by.pk), by=by)


@action
def _sign(application: Application, photo: Photo, *, by: User) -> Attachment:
    application = _locked(application, by)
    forget_papers(_kept(application).filter(kind=drafts.SIGNATURE))
    return keep(application, kind=drafts.SIGNATURE, photo=photo, by=by)


@action
def add_photo(application: Application, *, kind: str, photo: Photo, by: User) -> Attachment:
    """The same as a part of another act, which has had the photo read before it began."""
    application = _locked(application, by)
    if kind in OF_THE_UNION and application.holder.belongs_to(by):
        raise Invalid(fields={"kind": N_("这种材料由工会留存，不用您交；请选择别的种类")})
    return keep(application, kind=kind, photo=photo, by=by)


@action
def keep(application: Application, *, kind: str, photo: Photo, by: User) -> Attachment:
    """The photo itself, for an action that has locked the application and knows that `by` may."""
    _check_live(application)
    _check_room(application, kind)
    digest = _digest(application, kind, photo.data)
    if same := _kept(application).filter(digest=digest).first():
        return same
    paper = Attachment.objects.create(
        holder=application.holder,
        application=application,
        kind=kind,
        blob=store.put(photo.data, application.holder.data_key),
        size=len(photo.data),
        width=photo.width,
        height=photo.height,
        digest=digest,
        added_by=by,
    )
    record("paper.added", paper, by=by, union=application.union, kind=kind)
    return paper


@action
def remove(paper: Attachment, *, by: User) -> None:
    """移除材料: while the application may still be changed."""
    application = _locked(paper.application, by)
    if not drafts.may_correct(application):
        raise WrongState(message=N_("工会已经在办理，交上去的照片不能再删；拍错了可以再补一张"))
    forget_papers(_kept(application).filter(pk=paper.pk))
    record("paper.removed", paper, by=by, union=application.union, kind=paper.kind)


def _locked(application: Application | None, by: User) -> Application:
    """The row that the paper hangs on, for somebody who may fill it in."""
    if application is None:
        raise Missing
    rows = Application.objects.select_for_update(of=("self",)).select_related(
        "holder__data_key", "union"
    )
    locked = rows.get(pk=application.pk)
    admit(locked, by)
    return locked


def _check_live(application: Application) -> None:
    if application.state not in Application.LIVE:
        raise WrongState(
            message=N_("这份申请已经办完，不能再添加材料；需要帮助请重新申请或联系工会")
        )


def _check_room(application: Application, kind: str) -> None:
    if kind not in KINDS:
        raise Invalid(fields={"kind": N_("请选择这张照片是哪一种材料")})
    kinds = list(_kept(application).values_list("kind", flat=True))
    if kinds.count(kind) >= MOST_OF_A_KIND or len(kinds) >= MOST_OF_ALL:
        raise Invalid(fields={"photo": N_("照片已经够多了，请先删掉几张不清楚的")})


def _kept(application: Application | None) -> QuerySet[Attachment]:
    return Attachment.objects.filter(application=application, removed_at=None)


def _digest(application: Application, kind: str, data: bytes) -> str:
    """Tells the same photo again; keyed, so that the table does not say whose papers are alike."""
    return mac("photo", b"|".join((application.pk.bytes, kind.encode(), data))).hex()
