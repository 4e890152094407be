"""查找: forgives dots, blanks, width and invisible characters; knows phones, whole and by their last four."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from mashang.cases.actions import changes, households
from mashang.cases.models import Holder
from mashang.cases.queries.search import find
from mashang.unions.roles import Role
from tests.builders import make_staff
from tests.cases.households import make_case

pytestmark = pytest.mark.django_db
NAME = "阿依古丽·买买提"


@pytest.fixture
def holder(branch_a):
    holder = make_case(branch_a["own"]).holder
    Holder.objects.filter(pk=holder.pk).update(name=NAME)
    holder.refresh_from_db()
    return holder


@pytest.fixture
def clerk(branch_a):
    return make_staff("周敏", branch_a["own"], Role.CLERK)


def full_width(text):
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text)


@pytest.mark.parametrize(
    "words",
    [
        NAME, "阿依古丽", "买买提", "阿依古丽•买买提", "阿依古丽・买买提", "阿依古丽．买买提", "阿依古丽.买买提",
        "阿依古丽买买提", "阿依古丽 买买提", "  阿依古丽\u3000·买买提", "\u200b阿依古丽", "阿依古丽·买", "阿依古丽买",
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_typed(holder, clerk, words):
    assert [row.holder_id for row in find(clerk, words)] == [holder.pk]


@pytest.mark.parametrize("words", ["", "  ", "\u200b\u200d", "古丽", "买提", "阿依古丽·买买提江"])
def test_what_does_not_begin_a_part_of_it_finds_nobody(holder, clerk, words):
    assert find(clerk, words) == []


def test_a_phone_is_found_whole_and_by_its_last_four(holder, clerk):
    phone = holder.phone.reveal()
    spellings = [
        phone,
        f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}",
        full_width(phone),
        phone[-4:],
        full_width(phone[-4:]),
    ]

    for words in spellings:
        assert holder.pk in [row.holder_id for row in find(clerk, words)], words
    assert find(clerk, phone[:-1] + str((int(phone[-1]) + 1) % 10)) == []


def test_the_last_four_of_the_id_number_are_read_in_full_width_too(holder, clerk):
    assert [row.holder_id for row in find(clerk, full_width(holder.id_tail))] == [holder.pk]


def test_a_neighbour_finds_nobody_by_phone_or_name(holder, branch_b):
    stranger = make_staff("外人", branch_b["own"], Role.CLERK)

    for words in (NAME, "买买提", holder.phone.reveal(), holder.phone_tail):
        assert find(stranger, words) == []


def test_a_new_phone_is_found_and_the_old_one_is_not(holder, clerk):
    old = holder.phone.reveal()
    changes.change(holder.case, {"phone": "12000004321"}, why="换号", by=clerk)

    assert [row.holder_id for row in find(clerk, "12000004321")] == [holder.pk]
    assert [row.holder_id for row in find(clerk, "4321")] == [holder.pk]
    assert find(clerk, old) == []


def test_tails_of_households_entered_before_are_noted_bit_by_bit(holder, clerk):
    tail = holder.phone.reveal()[-4:]
    Holder.objects.filter(pk=holder.pk).update(phone_tail="")

    assert households.note_phone_tails() == 1
    assert households.note_phone_tails() == 0
    holder.refresh_from_db()
    assert holder.phone_tail == tail


def test_old_spellings_of_names_become_the_one(branch_a, clerk):
    """What the migration does, on rows as they were kept before it."""
    holder = make_case(branch_a["own"]).holder
    Holder.objects.filter(pk=holder.pk).update(name="\u200b阿依古丽•买 买提")
    migration = import_module("mashang.cases.migrations.0016_phone_tail_and_one_spelling_of_names")
    migration.spell(apps, SimpleNamespace(connection=connection))

    holder.refresh_from_db()
    assert holder.name == NAME
