"""Logs carry identifiers, never numbers of people."""

import io
import json
import logging

import pytest

from mashang.config.logs import logging_settings, mask_numbers

PHONE, ID_NUMBER, CARD = "12812345678", "99010119900101123X", "6222020200112233445"


@pytest.fixture
def written():
    """Logs into a string, as production writes them."""
    made = logging_settings(level="INFO", as_json=True)["formatters"]["house"]
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(made.pop("()")(**made))
    logger = logging.getLogger("a library")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, stream
    logger.removeHandler(handler)


@pytest.mark.parametrize("number", [PHONE, f"+86{PHONE}", ID_NUMBER, CARD, "990101900101123"])
@pytest.mark.parametrize("text", ["{}", "电话{}。", "号码：{}，", "phone={}&x=1", "({})"])
def test_a_number_of_a_person_is_masked_wherever_it_stands(number, text):
    masked = mask_numbers(text.format(number))

    assert number not in masked and number.lstrip("+")[3:-2] not in masked
    assert "***" in masked


@pytest.mark.parametrize(
    "harmless",
    [
        "0197f3a2-1234-7890-8123-123456789012",
        "1700000000",
        "2026-11-23T09:30:00Z",
        "450102",
        "12345",
    ],
)
def test_what_is_no_number_of_a_person_stays(harmless):
    assert mask_numbers(harmless) == harmless


def test_arguments_of_a_librarys_message_are_masked(written):
    logger, stream = written

    logger.warning("no route for %s", ID_NUMBER)

    assert ID_NUMBER not in stream.getvalue()
    assert json.loads(stream.getvalue())["event"].startswith("no route for 990***")


def test_the_text_of_an_exception_is_masked(written):
    logger, stream = written
    try:
        raise ValueError(f"duplicate key (phone)=({PHONE})")
    except ValueError:
        logger.exception("failed")

    assert "ValueError" in stream.getvalue() and PHONE not in stream.getvalue()
