"""外框: what stands around a page also stands around one that is not there."""

import pytest

pytestmark = pytest.mark.django_db


def test_an_address_that_never_was_is_a_page_that_says_so(chen, signed_in):
    response = signed_in(chen).get("/desk/no-such-place/")

    assert response.status_code == 404 and "没有找到" in response.content.decode()
    assert "待办" in response.content.decode()
