"""The load that measures us: it counts every answer once, and sends no more than it was given."""

from itertools import cycle, islice

import pytest

from bench.load import digest, get, is_whole, load
from bench.server import serving

HEAD = b"HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 01:00:00 GMT\r\n"


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        (HEAD, False),
        (HEAD + b"Content-Length: 2\r\n\r\nh", False),
        (HEAD + b"content-length: 2\r\n\r\nhi", True),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n", False),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", True),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", True),
    ],
)
def test_an_answer_is_whole_with_its_last_byte(answer, whole):
    assert is_whole(answer) is whole


def test_a_digest_sees_every_byte_but_the_clocks():
    answer = HEAD + b"Content-Length: 2\r\n\r\nhi"
    later = answer.replace(b"01:00:00", b"02:00:00")

    assert digest(answer) == digest(later)
    assert digest(answer) != digest(answer.replace(b"hi", b"ho"))
    assert digest(answer) != digest(answer.replace(b"200 OK", b"404 No"))


@pytest.mark.parametrize("count", [1, 3, 50])
def test_as_many_answers_come_back_as_requests_went_out(count):
    with serving("bench.skeletons:application") as port:
        answers = load(port, islice(cycle([get("/hello"), get("/nowhere")]), count), connections=4)

    assert len(answers.latencies) == count
    assert answers.statuses == {200: (count + 1) // 2, 404: count // 2} or count == 1


def test_a_load_that_does_not_end_is_stopped():
    with serving("bench.skeletons:application") as port, pytest.raises(TimeoutError):
        load(port, cycle([get("/hello")]), at_most=0.2)
