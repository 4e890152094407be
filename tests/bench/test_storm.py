"""The storm of claims: what counts as won, late and failed, and when it was clean."""

from dataclasses import replace

import pytest

from bench.load import is_whole, post
from bench.storm import Storm, outcome

CLEAN = Storm(presses=10, won=1, late=9, failed=0, double=0, forgotten=0, seconds=1.0)


def answer(status, **headers):
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "Content-Length: 0", "", ""]).encode()


def test_an_answer_is_a_claim_or_late_or_its_status():
    assert outcome(answer(302, Location="/giving/claims/01a2/")) == "claim 01a2"
    assert outcome(answer(409)) == "late"
    assert outcome(answer(503)) == "503"


@pytest.mark.parametrize(
    "fault", [{"failed": 1}, {"double": 1}, {"forgotten": 1}, {"late": 8}, {"won": 0}]
)
def test_one_fault_of_any_kind_makes_it_unclean(fault):
    assert CLEAN.is_clean
    assert not replace(CLEAN, **fault).is_clean


def test_a_form_is_sent_as_a_browser_sends_it():
    request = post("/claim/XY1/", {"key": "a b"}, "sessionid=x")

    assert request.endswith(b"\r\n\r\nkey=a+b") and is_whole(request.replace(b"POST", b"HTTP"))
    assert b"Origin: http://127.0.0.1\r\n" in request
