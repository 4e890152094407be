"""应用令牌: 发放、停用、失效；只存摘要."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mashang.accounts.actions import devices, tokens
from mashang.accounts.models import ApiToken, User
from mashang.accounts.queries import token_behind, tokens_of
from mashang.core.errors import Missing
from mashang.core.models import TrailEntry
from tests.builders import make_worker
from tests.crowd import press_at_once

pytestmark = pytest.mark.django_db


def test_a_token_lets_an_app_act_for_its_owner(li):
    text = tokens.issue("职工之家", "claim", by=li)

    found = token_behind(text)
    assert found.user == li and found.may_claim
    assert TrailEntry.objects.get().action == "token.issued"


def test_the_table_holds_no_token(li):
    text = tokens.issue("职工之家", "read", by=li)

    stored = str(ApiToken.objects.values().get())
    assert text not in stored and text.removeprefix("ms_") not in stored


def test_nobody_else_can_revoke_it(li):
    text = tokens.issue("职工之家", "read", by=li)
    row = ApiToken.objects.get()

    with pytest.raises(Missing):
        tokens.revoke(row.pk, by=make_worker("王五"))
    assert token_behind(text)


def test_a_revoked_token_is_gone_and_cannot_be_revoked_again(li):
    text = tokens.issue("职工之家", "read", by=li)
    row = ApiToken.objects.get()
    tokens.revoke(row.pk, by=li)

    assert token_behind(text) is None and not tokens_of(li).exists()
    with pytest.raises(Missing):
        tokens.revoke(row.pk, by=li)


def test_a_token_ends_by_itself(li):
    text = tokens.issue("职工之家", "read", by=li)
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert token_behind(text) is None


def test_a_closed_account_takes_its_tokens_along(li):
    text = tokens.issue("职工之家", "read", by=li)
    User.objects.filter(pk=li.pk).update(is_active=False)

    assert token_behind(text) is None


def test_ending_all_sign_ins_ends_the_tokens(li):
    text = tokens.issue("职工之家", "read", by=li)
    devices.end_all(li)

    assert token_behind(text) is None


def test_ten_at_most_until_one_is_revoked(li):
    for number in range(tokens.MOST):
        tokens.issue(f"应用{number}", "read", by=li)

    with pytest.raises(tokens.TooManyTokens):
        tokens.issue("再来一个", "read", by=li)
    tokens.revoke(tokens_of(li).first().pk, by=li)
    assert tokens.issue("再来一个", "read", by=li)


@pytest.mark.django_db(transaction=True)
def test_pressing_at_once_issues_no_more_than_ten(li):
    press_at_once([lambda: tokens.issue("应用", "read", by=li) for _ in range(tokens.MOST + 5)])

    assert tokens_of(li).count() == tokens.MOST


def test_its_last_use_is_written_down_once_a_minute(li):
    token = token_behind(tokens.issue("职工之家", "read", by=li))
    assert token.is_quiet(timezone.now())

    tokens.touch(token)
    token.refresh_from_db()

    assert not token.is_quiet(timezone.now())
    assert token.is_quiet(timezone.now() + timedelta(minutes=2))
