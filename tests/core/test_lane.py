"""车道: heavy work waits apart, does not drag anybody along when it dies, and is refused in words when it is full."""

import os
import re
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from mashang.core.db.action import joined
from mashang.core.heavy import lane as lanes
from mashang.core.heavy import passwords
from mashang.core.heavy.helper import HelperLost
from mashang.core.heavy.lane import Crowded, Lane
from mashang.core.privacy import photos
from mashang.core.privacy.photos import BadPhoto
from tests.house import Source, sources
from tests.pictures import make_jpeg

pytestmark = pytest.mark.once
JOBS = "tests.core.heavy_jobs"


@pytest.fixture(autouse=True)
def one_at_once(settings, tmp_path):
    settings.MASHANG_HEAVY_AT_ONCE = 1
    settings.VAR = tmp_path
    yield
    for lane in (passwords.LANE, photos.LANE):
        lane._dismiss()


@pytest.fixture
def new_lane():
    made = []

    def make(**other):
        given = {"wait": 10, "at_most": 10, "crowded": "满了"} | other
        made.append(lane := Lane("tests", JOBS, **given))
        return lane

    yield make
    for lane in made:
        lane._dismiss()


@pytest.fixture
def lane(new_lane):
    return new_lane()


def pid_of(lane):
    return lane._helper.pid


def begun(lane, seconds):
    """A thread whose job has begun."""
    thread = threading.Thread(target=lambda: lane.run("sleep", {"seconds": seconds}), daemon=True)
    thread.start()
    give_up = time.monotonic() + 10
    while not lane._turn.locked() and time.monotonic() < give_up:
        time.sleep(0.01)
    return thread


# What it does ----------------------------------------------------------------------------


def test_the_answer_comes_back_with_its_bytes(lane):
    assert lane.run("sleep", {"seconds": 0}, b"x" * 3_000_000) == ({"slept": 0}, b"x" * 3_000_000)


def test_a_helper_ends_with_a_worker_that_runs_no_atexit(lane):
    lane.run("sleep", {"seconds": 0})
    helper = lane._helper

    lane._at_exit()  # as multiprocessing does at the end of a worker

    assert not helper.is_alive()


def test_the_same_helper_serves_again(lane):
    lane.run("sleep", {"seconds": 0})
    first = pid_of(lane)
    lane.run("sleep", {"seconds": 0})

    assert pid_of(lane) == first


def test_a_helper_sees_no_key_no_setting_and_no_room_and_gives_way(lane, monkeypatch):
    monkeypatch.setenv("MASHANG_MASTER_KEY", "secret")

    seen, _ = lane.run("look", {})

    assert not any("MASHANG" in name or "DATABASE" in name for name in seen["environment"])
    assert not seen["settings"] and seen["rooms"] == []
    assert seen["nice"] >= os.nice(0) + 10 or seen["nice"] == 19


def test_with_no_lane_the_work_is_done_here(lane, settings):
    settings.MASHANG_HEAVY_AT_ONCE = 0

    assert lane.run("sleep", {"seconds": 0})[0] == {"slept": 0}
    assert lane._helper is None


def test_no_row_stays_locked_while_a_lane_is_waited_for(lane):
    with joined(), pytest.raises(RuntimeError, match="before the act"):
        lane.run("sleep", {"seconds": 0})


# How it ends -----------------------------------------------------------------------------


@pytest.mark.parametrize("job", ["die", "stumble"])
def test_a_job_that_ends_its_helper_is_told_and_the_next_one_works(lane, job):
    with pytest.raises(HelperLost):
        lane.run(job, {})

    assert lane.run("sleep", {"seconds": 0})[0] == {"slept": 0}


def test_a_job_that_takes_too_long_is_ended_and_the_next_one_works(new_lane):
    lane = new_lane(at_most=1)
    lane.run("sleep", {"seconds": 0})
    slow = pid_of(lane)

    with pytest.raises(HelperLost, match="Timeout"):
        lane.run("sleep", {"seconds": 60})

    with pytest.raises(ProcessLookupError):
        os.kill(slow, 0)
    assert lane.run("sleep", {"seconds": 0})[0] == {"slept": 0}


def test_a_job_that_wants_too_much_memory_is_told(new_lane):
    lane = new_lane(memory=400)

    with pytest.raises(HelperLost, match="MemoryError"):
        lane.run("eat", {"bytes": 1 << 30})

    assert lane.run("eat", {"bytes": 1 << 20})[0] == {"eaten": 1 << 20}


def test_a_helper_that_died_between_two_jobs_is_replaced_unseen(lane):
    lane.run("sleep", {"seconds": 0})
    os.kill(pid_of(lane), signal.SIGKILL)
    os.waitid(os.P_PID, pid_of(lane), os.WEXITED | os.WNOWAIT)

    assert lane.run("sleep", {"seconds": 0})[0] == {"slept": 0}


def test_a_helper_ends_with_the_process_that_it_serves(lane):
    lane.run("sleep", {"seconds": 0})
    process = lane._helper._process
    lane._helper._socket.close()

    assert process.wait(timeout=10) == 0


# Who waits -------------------------------------------------------------------------------


def test_whoever_finds_no_place_is_told_at_once(lane, monkeypatch):
    lane.run("sleep", {"seconds": 0})
    with ThreadPoolExecutor(lanes.PLACES) as people:
        waiting = [people.submit(lane.run, "sleep", {"seconds": 0.3}) for _ in range(lanes.PLACES)]
        give_up = time.monotonic() + 10
        while lane._places._value and time.monotonic() < give_up:
            time.sleep(0.01)
        with pytest.raises(Crowded) as refused:
            lane.run("sleep", {"seconds": 0})
        assert not any(one.done() for one in waiting[-2:]), "they still wait"

    assert refused.value.message == "满了" and refused.value.status == 429
    assert refused.value.facts["retry_after"] == lanes.COME_AGAIN
    assert [one.result()[0] for one in waiting] == [{"slept": 0.3}] * lanes.PLACES
    assert lane.run("sleep", {"seconds": 0})[0] == {"slept": 0}


@contextmanager
def crowd_of_strangers(lane, seconds=0.5):
    """As many as get in, with jobs that take so long."""
    with ThreadPoolExecutor(lanes.PLACES) as people:
        inside = [
            people.submit(lane.run, "sleep", {"seconds": seconds}) for _ in range(lanes.PLACES)
        ]
        give_up = time.monotonic() + 10
        while lane._for_strangers._value and time.monotonic() < give_up:
            time.sleep(0.01)
        yield inside


def test_strangers_do_not_fill_the_places_that_are_kept(new_lane):
    lane = new_lane(kept=lanes.KEPT)
    lane.run("sleep", {"seconds": 0})

    with crowd_of_strangers(lane) as inside:
        with pytest.raises(Crowded):
            lane.run("sleep", {"seconds": 0})
        with lanes.asked_by(is_known=True):
            assert lane.run("sleep", {"seconds": 0})[0] == {"slept": 0}

    turned_away = [one for one in inside if isinstance(one.exception(), Crowded)]
    assert len(turned_away) == lanes.KEPT
    assert lane._places._value == lanes.PLACES, "every place is given back"
    assert lane._for_strangers._value == lanes.PLACES - lanes.KEPT


def test_who_is_known_goes_before_the_strangers_who_wait(new_lane):
    lane, done = new_lane(kept=lanes.KEPT), []
    lane.run("sleep", {"seconds": 0})

    def ask(who):
        with lanes.asked_by(is_known=who == "known"):
            lane.run("sleep", {"seconds": 0.2})
        done.append(who)

    with ThreadPoolExecutor(lanes.PLACES) as people:
        for _ in range(lanes.PLACES - lanes.KEPT):
            people.submit(ask, "stranger")
        time.sleep(0.1)
        people.submit(ask, "known")

    assert done[:2] == ["stranger", "known"], "one was at work already"


def test_where_no_place_is_kept_strangers_fill_all(new_lane):
    """The control; so it is with photos, which only people who are signed in send."""
    lane = new_lane()
    lane.run("sleep", {"seconds": 0})

    with crowd_of_strangers(lane, 1), lanes.asked_by(is_known=True), pytest.raises(Crowded):
        lane.run("sleep", {"seconds": 0})


def test_two_processes_of_one_house_take_turns(new_lane):
    """Each has a lane of its own in memory; the slot is one, in the folder that they share."""
    one, other, impatient = new_lane(), new_lane(), new_lane(wait=0.2)
    working = begun(one, 1.5)
    time.sleep(0.3)

    with pytest.raises(Crowded):
        impatient.run("sleep", {"seconds": 0})
    other.run("sleep", {"seconds": 0})

    assert not working.is_alive()


def test_two_slots_let_two_work_at_once(new_lane, settings):
    settings.MASHANG_HEAVY_AT_ONCE = 2
    one, other = new_lane(), new_lane()
    working = begun(one, 3)
    time.sleep(0.3)

    other.run("sleep", {"seconds": 0})

    assert working.is_alive()
    working.join()


def test_the_lanes_leave_threads_for_pages():
    assert 2 * lanes.PLACES + 4 <= lanes.THREADS


# No way round -----------------------------------------------------------------------------

OPENS = re.compile(r"Image\.open\(|read_barcodes\(|import argon2|Argon2PasswordHasher\(\)")
THE_HELPERS = {"core/privacy/pixels.py", "core/heavy/argon.py"}


def openers(those):
    return {source.path for source in those if OPENS.search(source.text)}


def test_only_helpers_open_pictures_and_hash_passwords():
    assert openers(sources()) == THE_HELPERS
    hashers = next(one.text for one in sources() if one.path == "config/settings.py")
    assert 'PASSWORD_HASHERS = ["mashang.core.heavy.passwords.Argon2InLane"]' in hashers


def test_a_picture_opened_at_a_door_is_found():
    broken = Source("desk/x.py", "with Image.open(upload) as picture:\n    pass\n")

    assert openers([broken]) == {"desk/x.py"}


def test_rooms_take_photos_from_somebody_so_that_they_are_counted():
    """`photos.take` counts; `photos.clean`, which does not, is for `take`, for tests, and for who counts otherwise."""
    uncounted = re.compile(r"photos\.clean\(|photos import .*\bclean\b")
    count_otherwise = ["mobile/codes/forms.py"]  # a code, by two limits of its own: nothing is kept

    assert [one.path for one in sources() if uncounted.search(one.text)] == count_otherwise


# The two lanes of the house --------------------------------------------------------------


@pytest.fixture
def argon2(settings):
    settings.PASSWORD_HASHERS = ["mashang.core.heavy.passwords.Argon2InLane"]


def test_a_password_is_hashed_as_before(argon2):
    hashed = make_password("钥匙 mashang 12")

    assert hashed.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
    assert Argon2PasswordHasher().verify("钥匙 mashang 12", hashed)
    assert check_password("钥匙 mashang 12", hashed) and not check_password("other", hashed)
    assert passwords.LANE._helper is not None


def test_a_hasher_that_is_killed_is_no_wrong_password_and_the_next_is_checked(argon2):
    hashed = make_password("钥匙 mashang 12")
    os.kill(pid_of(passwords.LANE), signal.SIGSTOP)
    threading.Timer(0.5, os.kill, (pid_of(passwords.LANE), signal.SIGKILL)).start()

    with pytest.raises(Crowded, match="再试一次"):
        check_password("钥匙 mashang 12", hashed)

    assert check_password("钥匙 mashang 12", hashed)


def test_a_photo_is_read_by_the_helper():
    photo = photos.clean(make_jpeg(800, 600), "likeness", "shows_code")

    assert (photo.width, photo.height) == (800, 600) and photo.data.startswith(b"\xff\xd8")
    assert len(photo.likeness) == 16 and not photo.shows_code
    assert photos.LANE._helper is not None


def test_a_photo_whose_decoder_is_killed_is_refused_in_words_and_the_next_is_read():
    photos.clean(make_jpeg(80, 60))
    pid = pid_of(photos.LANE)
    large = make_jpeg(7300, 5480)
    os.kill(pid, signal.SIGSTOP)  # so that it is surely at work when it is killed
    threading.Timer(0.7, os.kill, (pid, signal.SIGKILL)).start()

    with pytest.raises(BadPhoto, match="没能处理完"):
        photos.clean(large)

    assert photos.clean(make_jpeg(80, 60)).width == 80
    assert pid_of(photos.LANE) != pid
