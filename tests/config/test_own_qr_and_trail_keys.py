"""别处的二维码密钥、留痕密钥: cards that would not scan and roots that would not verify are refused before they are made."""

import base64
import os

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from mashang.codes import actions as codes
from mashang.codes.apps import FOREIGN_QR_KEY
from mashang.codes.models import QrCode
from mashang.config import own_keys, self_test
from mashang.config.secret_keys import decode_retired
from mashang.core.apps import FOREIGN_TRAIL_KEY
from mashang.core.audit import export, roots, witness
from mashang.core.audit.trail import record
from mashang.core.audit.verifier import main, verify
from mashang.core.commandline import EXIT_NOT_SET_UP
from mashang.core.models import KeyCheck, TrailHead
from mashang.core.privacy import keys
from mashang.core.privacy.keys import ForeignKeys
from mashang.unions.roles import Role
from tests.builders import make_holder, make_staff, make_worker
from tests.config.test_own_keys import provision, rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch):
    """As in a process that has just started."""
    monkeypatch.setattr(keys, "_fitting", set())


@pytest.fixture
def house(branch_a, li):
    """A house with a card, a signed root, and its keys registered."""
    clerk = make_staff("陈静", branch_a["own"], Role.CLERK)
    holder = make_holder(branch_a["own"], li)
    codes.issue_for(holder, by=clerk)
    assert roots.seal_roots()
    own_keys.register()
    return holder


@pytest.fixture
def exchange(settings):
    """Puts other keys in the place of the house's own."""

    def put(how):
        qr, trail = settings.MASHANG_QR_KEYS[0], settings.MASHANG_TRAIL_KEY
        qr, trail = {
            "another QR key": (os.urandom(32), trail),
            "another trail key": (qr, os.urandom(32)),
            "exchanged": (trail, qr),
        }[how]
        settings.MASHANG_QR_KEYS, settings.MASHANG_TRAIL_KEY = {0: qr}, trail
        keys._fitting.clear()

    return put


SAID = {
    "another QR key": [FOREIGN_QR_KEY],
    "another trail key": [FOREIGN_TRAIL_KEY],
    "exchanged": [FOREIGN_TRAIL_KEY, FOREIGN_QR_KEY],
}
WRONG = pytest.mark.parametrize("how", SAID)


@WRONG
def test_nothing_is_done_by_them_and_the_page_says_so(house, branch_a, exchange, client, how):
    clerk = make_staff("周敏", branch_a["own"], Role.CLERK)
    before = rows()
    exchange(how)

    with pytest.raises(ForeignKeys):
        codes.reissue(house, by=clerk)
    answer = client.post("/sign-in/", {"phone": "12000000001"})

    assert answer.status_code == 503 and "密钥与这里的资料不符" in answer.text
    assert rows() == before


@WRONG
def test_the_clock_signs_nothing_by_them(house, exchange, how):
    codes.reissue(house, by=house.user)
    signed = roots.signed_lines()
    exchange(how)

    with pytest.raises(ForeignKeys):
        roots.seal_roots()
    assert roots.signed_lines() == signed


@WRONG
def test_the_self_test_and_provision_name_the_one_that_is_wrong(house, exchange, how):
    exchange(how)

    failed = [result for result in self_test.run() if not result.passed and result.stops]
    with pytest.raises(CommandError) as refused:
        provision()

    assert [result.detail for result in failed] == ["；".join(SAID[how])]
    assert all(words in str(refused.value) for words in SAID[how])
    assert refused.value.returncode == EXIT_NOT_SET_UP


@WRONG
def test_wrong_keys_are_not_registered(house, exchange, how):
    KeyCheck.objects.all().delete()
    exchange(how)

    with pytest.raises(CommandError):
        provision()

    assert not KeyCheck.objects.exists()


def test_without_the_check_a_card_is_issued_that_no_other_server_reads(
    house, branch_a, exchange, monkeypatch
):
    """What these tests are for."""
    monkeypatch.setattr(keys, "_witnesses", [])
    exchange("another QR key")

    made = codes.issue_for(
        make_holder(branch_a["own"], make_worker("王")), by=make_staff("周敏", branch_a["own"])
    )

    assert QrCode.objects.filter(pk=made.pk, key_id=0).exists()


def test_the_own_keys_fit_and_are_asked_once(house, django_assert_num_queries):
    keys.require_own_keys()

    assert own_keys.check()[0]
    with django_assert_num_queries(0):
        keys.require_own_keys()


def test_a_new_qr_key_under_the_next_number_fits(house, settings):
    old = settings.MASHANG_QR_KEYS[0]
    settings.MASHANG_QR_KEYS = {0: old, 1: os.urandom(32)}
    assert own_keys.check()[0]

    settings.MASHANG_QR_KEYS = {0: settings.MASHANG_QR_KEYS[1], 1: old}
    assert own_keys.check() == (False, FOREIGN_QR_KEY)

    settings.MASHANG_QR_KEYS = {1: os.urandom(32)}  # the old one is lost, its cards are dead
    assert own_keys.check()[0]


def public_half(key: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()


def test_a_new_trail_key_fits_with_the_public_half_of_the_old_one(
    house, branch_a, settings, capsys
):
    old, settings.MASHANG_TRAIL_KEY = settings.MASHANG_TRAIL_KEY, os.urandom(32)
    assert own_keys.check() == (False, FOREIGN_TRAIL_KEY)

    settings.MASHANG_TRAIL_RETIRED_PUBLIC_KEYS = (public_half(old),)
    keys._fitting.clear()
    codes.reissue(house, by=house.user)
    assert roots.seal_roots()

    assert own_keys.check()[0]
    call_command("verify_trail")
    assert "完好" in capsys.readouterr().out
    assert not verify(export.lines(), roots.signed_lines(), roots.public_key()).sound


def test_the_verifier_alone_takes_both_public_keys(house, settings, tmp_path):
    old, settings.MASHANG_TRAIL_KEY = settings.MASHANG_TRAIL_KEY, os.urandom(32)
    settings.MASHANG_TRAIL_RETIRED_PUBLIC_KEYS = (public_half(old),)
    codes.reissue(house, by=house.user)
    roots.seal_roots()
    call_command("verify_trail", export=tmp_path / "trail.jsonl")
    both = [base64.b64encode(key).decode() for key in roots.public_keys()]
    files = [str(tmp_path / "trail.jsonl"), str(roots.roots_file())]

    assert main([*files, *both]) == 0
    assert main([*files, *reversed(both)]) == 1


def test_a_stolen_key_signs_nothing_after_it_was_replaced(house, settings, monkeypatch):
    monkeypatch.setattr(roots, "_is_our_turn", lambda file: True)  # a thief does not ask
    monkeypatch.setattr(keys, "_witnesses", [])
    stolen, new = settings.MASHANG_TRAIL_KEY, os.urandom(32)
    settings.MASHANG_TRAIL_RETIRED_PUBLIC_KEYS = (public_half(stolen),)
    for key in (new, stolen):
        settings.MASHANG_TRAIL_KEY = key
        codes.reissue(house, by=house.user)
        roots.seal_roots()

    settings.MASHANG_TRAIL_KEY = new
    report = verify(export.lines(), roots.signed_lines(), *roots.public_keys())

    assert "signature" in {damage.kind for damage in report.damages}


@pytest.fixture
def replaced(house, settings, monkeypatch):
    """The trail key was replaced after its first root, the new one has signed; gives old key, new key, and what
    `verify-trail` said of the old one."""
    old, said = settings.MASHANG_TRAIL_KEY, roots.retiring()
    settings.MASHANG_TRAIL_KEY = os.urandom(32)
    keys_said = decode_retired("X", [said])
    settings.MASHANG_TRAIL_RETIRED_PUBLIC_KEYS, settings.MASHANG_TRAIL_RETIRED_ENDS = keys_said
    keys._fitting.clear()
    codes.reissue(house, by=house.user)
    assert roots.seal_roots()
    return old, settings.MASHANG_TRAIL_KEY, said


def verified(settings):
    ends = settings.MASHANG_TRAIL_RETIRED_ENDS
    return verify(export.lines(), roots.signed_lines(), *roots.public_keys(), ends=ends)


def signed_anew_by(thief, settings, monkeypatch, keeping):
    """Whoever stole a key and owns the database drops the roots after `keeping`, and signs all of it."""
    kept, mine = roots.signed_lines()[:keeping], settings.MASHANG_TRAIL_KEY
    roots.roots_file().write_bytes(b"".join(line + b"\n" for line in kept))
    TrailHead.objects.update(sealed_number=0)
    settings.MASHANG_TRAIL_KEY = thief
    with monkeypatch.context() as patched:
        patched.setattr(roots, "_is_our_turn", lambda file: True)
        patched.setattr(roots, "require_own_keys", lambda: None)
        assert roots.seal_roots()
    settings.MASHANG_TRAIL_KEY = mine


@pytest.mark.parametrize("keeping", [0, 1])
def test_a_stolen_key_signs_nothing_in_the_place_of_its_successor(
    replaced, settings, monkeypatch, keeping
):
    assert verified(settings).sound
    witnessed = witness.of_today()
    signed_anew_by(replaced[0], settings, monkeypatch, keeping)

    report = verified(settings)
    told = witness.compare([witnessed], roots.signed_lines())

    assert {"key_end", "signature"} & {damage.kind for damage in report.damages}
    assert [damage.kind for damage in told] == ["witness"]


@pytest.mark.parametrize("keeping", [0, 1])
def test_without_its_last_root_only_the_witness_finds_it(replaced, settings, monkeypatch, keeping):
    settings.MASHANG_TRAIL_RETIRED_ENDS = {}
    witnessed = witness.of_today()
    signed_anew_by(replaced[0], settings, monkeypatch, keeping)

    assert verified(settings).sound
    assert witness.compare([witnessed], roots.signed_lines())


def test_the_verifier_alone_takes_the_last_root_of_a_key(replaced, settings, monkeypatch, tmp_path):
    old, new, said = replaced
    trail, both = tmp_path / "trail.jsonl", [said, base64.b64encode(public_half(new)).decode()]
    call_command("verify_trail", export=trail)
    assert main([str(trail), str(roots.roots_file()), *both]) == 0

    signed_anew_by(old, settings, monkeypatch, 0)
    with pytest.raises(CommandError):
        call_command("verify_trail", export=trail)
    assert main([str(trail), str(roots.roots_file()), *both]) == 1


def test_what_the_settings_should_say_of_a_replaced_key_is_printed(house, capsys):
    call_command("verify_trail")

    assert f"MASHANG_TRAIL_RETIRED_PUBLIC_KEYS (when it is replaced): {roots.retiring()}" in (
        capsys.readouterr().out
    )


def test_one_replaced_key_may_end_at_another_root_in_each_province():
    key = os.urandom(32)
    text = base64.b64encode(key).decode()

    told = decode_retired("X", [f"{text}:3:{'ab' * 32}", f"{text}:9:{'CD' * 32}"])

    assert told == ((key,), {key: {(3, "ab" * 32), (9, "cd" * 32)}})


@pytest.mark.parametrize("text", ["", "AAAA", "not base64", f"{'A' * 43}=:1", f"{'A' * 43}=:x:ab"])
def test_a_replaced_key_that_is_miscopied_is_refused_in_words(text):
    with pytest.raises(ImproperlyConfigured, match="照抄 mashang verify-trail"):
        decode_retired("MASHANG_TRAIL_RETIRED_PUBLIC_KEYS", [text])


@pytest.mark.parametrize("retired", ["none", "itself", "the new one", "both", "new and itself"])
def test_an_old_key_that_is_put_back_signs_nothing(replaced, house, settings, retired):
    old, new = public_half(replaced[0]), public_half(replaced[1])
    before = roots.signed_lines()
    settings.MASHANG_TRAIL_KEY = replaced[0]
    settings.MASHANG_TRAIL_RETIRED_PUBLIC_KEYS = {
        "none": (), "itself": (old,), "the new one": (new,), "both": (old, new),
        "new and itself": (new, old),
    }[retired]  # fmt: skip
    record("case.opened", house, by=None, union=house.union)

    assert not own_keys.trail()[0]
    with pytest.raises(ForeignKeys):
        roots.seal_roots()
    assert roots.signed_lines() == before


def test_a_process_that_still_runs_with_the_old_key_signs_nothing(replaced, house, settings):
    keys.require_own_keys()
    old, retired = replaced[0], settings.MASHANG_TRAIL_RETIRED_PUBLIC_KEYS
    settings.MASHANG_TRAIL_KEY, settings.MASHANG_TRAIL_RETIRED_PUBLIC_KEYS = old, ()
    keys._fitting.add(keys._keys_here())  # it asked before the exchange
    codes.reissue(house, by=house.user)

    with pytest.raises(ForeignKeys):
        roots.seal_roots()

    settings.MASHANG_TRAIL_KEY, settings.MASHANG_TRAIL_RETIRED_PUBLIC_KEYS = replaced[1], retired
    assert roots.seal_roots() and verified(settings).sound


def test_a_key_that_skips_one_signs_nothing(replaced, house, settings):
    """Whoever replaces twice and names the retired keys in the wrong order is told before the file is spoilt."""
    old, second = replaced[0], settings.MASHANG_TRAIL_KEY
    settings.MASHANG_TRAIL_KEY = os.urandom(32)
    settings.MASHANG_TRAIL_RETIRED_PUBLIC_KEYS = (public_half(second), public_half(old))
    codes.reissue(house, by=house.user)

    with pytest.raises(ForeignKeys):
        roots.seal_roots()

    settings.MASHANG_TRAIL_RETIRED_PUBLIC_KEYS = (public_half(old), public_half(second))
    assert roots.seal_roots() and verified(settings).sound


def test_a_lost_qr_key_is_told_by_the_self_test(house, settings):
    settings.MASHANG_QR_KEYS = {1: os.urandom(32)}
    settings.MASHANG_QR_KEY_ID = 1

    told = [result for result in self_test.run() if not result.passed]

    assert [result.stops for result in told] == [False]
    assert "1 个服务码" in told[0].detail and "挂失补发" in told[0].detail

    codes.reissue(house, by=house.user)
    assert own_keys.cards()[0]


def test_a_root_that_is_half_written_or_a_file_that_is_away_stops_nothing(house):
    with roots.roots_file().open("ab") as file:
        file.write(b'{"batch": 2, "at"')
    assert own_keys.check()[0]

    roots.roots_file().unlink()
    assert own_keys.check()[0]
