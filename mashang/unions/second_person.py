"""第二人: whoever ends what another colleague began is somebody else. One place for every act that takes two."""

from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.core.errors import DomainError
from mashang.unions.queries import are_two

NOT_TWO = N_(
    "您和前面办理的同志不能算两个人：一位的任职是另一位办的，或者两个账号登记的是同一个身份证号；请另一位同志办理"
)


def require_two(first: User, second: User, refusal: type[DomainError]) -> None:
    """Raises `refusal`: in its own words for one account, else in words that say why two do not count as two."""
    if first.pk == second.pk:
        raise refusal
    if not are_two(first, second):
        raise refusal(message=NOT_TWO)
