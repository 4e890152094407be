"""封存字段: what is sealed opens in its own place only, and shows itself to nobody unasked."""

import copy
import json
import pickle

import pytest
from django.core.exceptions import FieldError
from django.db import connection, transaction
from django.template import Context, Template

from mashang.core.db.fields import Sealed
from mashang.core.errors import Gone
from mashang.core.privacy import keys
from mashang.core.privacy.masks import VEIL
from tests.core.papers import Household, Paper

NUMBER = "990102199001011234"
ILLNESS = {"name": "肾病", "since": 2021}


@pytest.fixture
def paper(household: Household) -> Paper:
    return Paper.objects.create(household=household, id_number=NUMBER, illness=ILLNESS)


def stored(paper: Paper, column: str) -> bytes:
    """What a dump of the database would show."""
    with connection.cursor() as cursor:
        cursor.execute(*Paper.objects.filter(pk=paper.pk).values(column).query.sql_with_params())
        return bytes(cursor.fetchone()[0])


def put(paper: Paper, **columns: bytes) -> None:
    """What somebody with a database console could do."""
    sets = ", ".join(f"{column} = %s" for column in columns)
    key = Paper._meta.pk.get_db_prep_value(paper.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Paper._meta.db_table} SET {sets} WHERE id = %s",  # noqa: S608
            [*columns.values(), key],
        )


def test_what_was_sealed_is_revealed_from_a_fresh_row(paper):
    fresh = Paper.objects.get(pk=paper.pk)

    assert fresh.id_number.reveal() == NUMBER
    assert fresh.illness.reveal() == ILLNESS


def test_the_database_holds_no_plaintext(paper):
    assert NUMBER.encode() not in stored(paper, "id_number")
    assert "肾病".encode() not in stored(paper, "illness")


@pytest.mark.parametrize("cipher", ["AES-256-GCM", "SM4-GCM"])
def test_both_ciphers_seal_and_a_change_of_cipher_leaves_the_old_readable(settings, db, cipher):
    settings.MASHANG_CIPHER = cipher
    paper = Paper.objects.create(
        household=Household.objects.create(data_key=keys.new_data_key()), id_number=NUMBER
    )
    settings.MASHANG_CIPHER = "SM4-GCM" if cipher == "AES-256-GCM" else "AES-256-GCM"

    assert Paper.objects.get(pk=paper.pk).id_number.reveal() == NUMBER


@pytest.mark.parametrize("moment", ["before saving", "after reading"])
def test_a_sealed_value_shows_the_mask_to_everything_that_prints(paper, household, moment):
    if moment == "before saving":
        paper = Paper(household=household, id_number=NUMBER)
    else:
        paper.refresh_from_db()
    sealed = paper.id_number

    shown = [
        str(sealed),
        repr(sealed),
        f"{sealed}",
        f"{sealed!r:>40}",
        "%s" % sealed,  # noqa: UP031
        json.dumps({"n": sealed}, ensure_ascii=False),
        Template("{{ n }}").render(Context({"n": sealed})),
        "".join(sealed),
        repr(vars(paper)),
    ]

    assert all(NUMBER not in text for text in shown)
    assert str(sealed) == VEIL


def test_a_sealed_value_cannot_be_pickled_and_a_row_takes_only_ciphertext_along(paper, household):
    with pytest.raises(TypeError):
        pickle.dumps(paper.id_number)
    with pytest.raises(TypeError):
        pickle.dumps(Paper(household=household, id_number=NUMBER).__getstate__())

    carried = pickle.dumps(Paper.objects.get(pk=paper.pk).__getstate__())

    assert NUMBER.encode() not in carried
    assert stored(paper, "id_number") in carried


def test_a_copy_reads_as_its_original(paper):
    assert copy.deepcopy(paper.id_number).reveal() == NUMBER
    assert copy.copy(paper.id_number).reveal() == NUMBER


def test_it_is_sealed_by_bulk_create_and_by_update_fields(household):
    made = Paper.objects.bulk_create([Paper(household=household, id_number=NUMBER)])[0]
    made.illness = ["二级残疾"]
    made.id_number = "X"
    made.save(update_fields=["illness"])

    fresh = Paper.objects.get(pk=made.pk)
    assert fresh.id_number.reveal() == NUMBER
    assert fresh.illness.reveal() == ["二级残疾"]


def test_a_deferred_field_is_fetched_when_it_is_read(paper):
    light = Paper.objects.only("title").get(pk=paper.pk)

    assert light.id_number.reveal() == NUMBER
    light.title = "补正"
    light.save()
    assert Paper.objects.get(pk=paper.pk).id_number.reveal() == NUMBER


def test_saving_again_keeps_the_ciphertext(paper):
    before = stored(paper, "id_number")
    fresh = Paper.objects.get(pk=paper.pk)
    fresh.save()

    assert stored(paper, "id_number") == before


def test_nothing_is_nothing(paper):
    paper.id_number = None
    paper.save()

    assert Paper.objects.get(id_number__isnull=True) == paper
    assert Paper.objects.get().id_number is None


@pytest.mark.parametrize(
    "ask",
    [
        lambda: Paper.objects.filter(id_number=NUMBER).exists(),
        lambda: Paper.objects.filter(id_number__contains="99").exists(),
        lambda: Paper.objects.filter(illness__name="肾病").exists(),
        lambda: Paper.objects.update(id_number=NUMBER),
        lambda: Paper.objects.update(id_number=Paper.objects.get().id_number),
        lambda: Paper.objects.bulk_update(Paper.objects.all(), ["id_number"]),
    ],
    ids=["exact", "contains", "json key", "update", "update by another", "bulk_update"],
)
def test_a_query_never_carries_a_sealed_value(paper, ask):
    with pytest.raises(FieldError):
        ask()


def test_ciphertext_moved_to_another_row_column_or_household_does_not_open(paper, household):
    other = Paper.objects.create(household=household)
    stranger = Household.objects.create(data_key=keys.new_data_key())
    blob = stored(paper, "id_number")
    put(other, id_number=blob)
    put(paper, illness=blob)

    paper, other = Paper.objects.get(pk=paper.pk), Paper.objects.get(pk=other.pk)
    assert paper.id_number.reveal() == NUMBER
    for moved in (other.id_number, paper.illness):
        with pytest.raises(keys.Unreadable):
            moved.reveal()
    paper.household = stranger
    with pytest.raises(keys.Unreadable):
        paper.id_number.reveal()


def test_every_damaged_byte_gives_the_same_answer(paper):
    field, blob = Paper._meta.get_field("id_number"), stored(paper, "id_number")
    broken = [bytes([*blob[:at], blob[at] ^ 1, *blob[at + 1 :]]) for at in range(len(blob))]
    answers = set()
    for sealed in (*broken, b"", blob[:5], blob[:20]):
        with pytest.raises(keys.Unreadable) as refusal:
            field.decrypt(paper, sealed)
        answers.add(str(refusal.value))

    assert len(answers) == 1


def test_a_value_is_not_carried_to_another_row_unseen(paper, household):
    other = Paper(household=household)

    with pytest.raises(TypeError):
        other.id_number = paper.id_number
    with pytest.raises(TypeError):
        paper.id_number = 990102199001011234
    with pytest.raises(TypeError):
        paper.illness = {"when": object()}
    with pytest.raises(TypeError):
        Paper.objects.values_list("id_number", flat=True).get().reveal()


def test_a_mask_is_never_written_where_text_belongs(paper):
    paper.title = paper.id_number
    with pytest.raises(TypeError), transaction.atomic():
        paper.save()
    with pytest.raises(TypeError), transaction.atomic():
        Paper.objects.filter(title=paper.id_number).exists()


def test_what_was_assigned_reads_as_it_will_after_saving(household):
    given = {"days": (1, 2)}
    paper = Paper(household=household, illness=given)
    given["days"] = "changed behind its back"
    paper.illness.reveal()["days"].append(3)

    assert paper.illness.reveal() == {"days": [1, 2]}


def test_two_sealed_values_are_not_equal_because_their_masks_are(paper, household):
    other = Paper.objects.create(household=household, id_number=NUMBER)

    assert paper.id_number != other.id_number
    assert paper.id_number != VEIL
    assert paper.id_number == Paper.objects.get(pk=paper.pk).id_number
    assert isinstance(paper.id_number, Sealed) and len({paper.id_number, paper.id_number}) == 1


def test_a_destroyed_key_takes_the_values_with_it_and_leaves_the_rows(paper, household):
    keys.destroy(household.data_key)
    keys.destroy(household.data_key)
    fresh = Paper.objects.get(pk=paper.pk)

    assert str(fresh.id_number) == VEIL
    with pytest.raises(Gone):
        fresh.id_number.reveal()
    fresh.id_number = "new"
    with pytest.raises(Gone):
        fresh.save()


def test_a_new_master_key_opens_what_the_old_one_wrapped_and_takes_it_over(settings, paper):
    old, settings.MASHANG_MASTER_KEY = settings.MASHANG_MASTER_KEY, bytes(range(32))
    with pytest.raises(keys.Unreadable):
        Paper.objects.get(pk=paper.pk).id_number.reveal()
    settings.MASHANG_MASTER_RETIRED_KEYS = (old,)
    assert Paper.objects.get(pk=paper.pk).id_number.reveal() == NUMBER

    assert keys.rewrap(paper.household.data_key)
    assert not keys.rewrap(paper.household.data_key)
    settings.MASHANG_MASTER_RETIRED_KEYS = ()

    assert Paper.objects.get(pk=paper.pk).id_number.reveal() == NUMBER


def test_a_model_with_a_sealed_field_says_which_key_seals_it(monkeypatch):
    field = Paper._meta.get_field("id_number")
    assert field.check() == []

    monkeypatch.delattr(Paper, "SEALED_BY")

    assert [error.id for error in field.check()] == ["core.E001"]


def test_full_clean_leaves_a_sealed_value_alone(paper):
    paper.full_clean()

    assert paper.id_number.reveal() == NUMBER
