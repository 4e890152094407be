"""应用令牌: a person lets an app act for them, for a time, and takes it back."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from mashang.accounts.models import ApiToken, User
from mashang.accounts.queries import token_mac, tokens_of
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.errors import DomainError, Missing

LIFETIME = timedelta(days=180)
MOST = 10


class TooManyTokens(DomainError):
    code = "too_many_tokens"

    def __init__(self) -> None:
        super().__init__(message=_("最多同时有 %(n)d 个应用令牌，请先停用不再使用的") % {"n": MOST})


@action
def issue(label: str, scope: str, *, by: User) -> str:
    """发放令牌: the text of the token, which nobody can read again afterwards. Raises TooManyTokens."""
    User.objects.select_for_update().get(pk=by.pk)
    if tokens_of(by).count() >= MOST:
        raise TooManyTokens
    text = f"ms_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=by,
        label=label,
        scope=scope,
        token_mac=token_mac(text),
        expires_at=timezone.now() + LIFETIME,
    )
    record("token.issued", token, by=by, scope=scope)
    return text


@action
def revoke(token_id: UUID, *, by: User) -> None:
    """停用令牌: one of one's own; anybody else's is not there."""
    token = tokens_of(by).filter(pk=token_id).first()
    if token is None or not _revoke(token):
        raise Missing
    record("token.revoked", token, by=by)


@action
def touch(token: ApiToken) -> None:
    """使用: its owner sees when the app last came; asked for while `token.is_quiet`."""
    ApiToken.objects.filter(pk=token.pk).update(used_at=timezone.now())


def _revoke(token: ApiToken) -> bool:
    rows = ApiToken.objects.filter(pk=token.pk, revoked_at=None)
    return bool(rows.update(revoked_at=timezone.now()))
