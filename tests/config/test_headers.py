"""What every answer tells the browser to allow."""

import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/desk/", "/nowhere/"])
def test_pages_may_load_nothing_foreign_and_stand_in_no_frame(client, address):
    headers = client.get(address).headers

    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "microphone=()" in headers["permissions-policy"]
