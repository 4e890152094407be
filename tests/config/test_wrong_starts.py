"""It cannot start wrong: whatever is not as it was, or cannot work, is said in a sentence before anything is touched."""

import base64
import os
import shutil
import socket
import sqlite3
import sys
from pathlib import Path

import pytest
from django.db import OperationalError

from mashang.config import environment, installation
from mashang.demo.personas import STAFF
from tests.builders import make_user
from tests.migrated_database import lay_out_at
from tests.processes import free_port, mashang, production_environment, serving

pytestmark = pytest.mark.once
FOREIGN = base64.b64encode(os.urandom(32)).decode()


@pytest.fixture(scope="module")
def provisioned(tmp_path_factory):
    """A house in production, as its operator left it."""
    folder = tmp_path_factory.mktemp("house")
    lay_out_at(folder / "mashang.sqlite3")
    done = mashang("provision", **production_environment(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def house(provisioned, tmp_path):
    """(its folder, its settings): a copy, for this test to spoil."""
    folder = tmp_path / "house"
    shutil.copytree(provisioned, folder)
    return folder, production_environment(folder)


def test_as_it_was_left_it_starts(house):
    done = mashang("check", **house[1])

    assert done.returncode == 0, done.stdout + done.stderr
    first = done.stdout.splitlines()[0]
    assert "正式环境" in first and f"SQLite {house[0]}/mashang.sqlite3" in first


def without(*names):
    return lambda folder, given: [given.pop(name) for name in names]


def by(**other):
    return lambda folder, given: given.update({name: str(value) for name, value in other.items()})


def misspelt(right, wrong):
    return lambda folder, given: given.update({wrong: given.pop(right)})


def swapped(one, other):
    return lambda folder, given: given.update({one: given[other], other: given[one]})


def row(statement, *values):
    def write(folder, given):
        with sqlite3.connect(folder / "mashang.sqlite3") as database:
            database.execute(statement, values)

    return write


def gone(name):
    def remove(folder, given):
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return remove


def below_a_file(name):
    def put(folder, given):
        (folder / "file").touch()
        given[name] = str(folder / "file" / "below")

    return put


LAST_TICK = "INSERT INTO core_tick (id, began_at, boot, uptime_seconds, failed) VALUES (1, datetime('now', ?), ?, ?, '')"
THIS_BOOT = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
NEW_STEP = "INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_later', datetime('now'))"
HERE = {"MASHANG_PROVINCES": "gx,hn", "DATABASE_URL": "postgres:///none?host=/nowhere"}

# What is wrong: how it came about, and what is said.
WRONG = {
    "a mode that there is not": (by(MASHANG_ENV="prod"), "只能是 demo 或 production"),
    "the mode's name mistyped": (misspelt("MASHANG_ENV", "MASHANG_ENVIRONMENT"), "是不是 MASHANG_ENV"),
    "no mode, on real people's data": (without("MASHANG_ENV"), "这是正式环境的数据库"),
    "a demo on real people's data": (by(MASHANG_ENV="demo"), "这是正式环境的数据库"),
    "a demo on a server, and nobody said so": (
        lambda folder, given: [given.pop("MASHANG_ENV"), given.update(HERE)],
        "却没有写 MASHANG_ENV",
    ),
    "production on a demo's data": (
        row("UPDATE core_installation SET mode = 'demo'"),
        "里面的人是虚构的",
    ),
    "another master key": (by(MASHANG_MASTER_KEY=FOREIGN), "主密钥或检索密钥与这个数据库不符"),
    "another look-up key": (by(MASHANG_LOOKUP_KEY=FOREIGN), "主密钥或检索密钥与这个数据库不符"),
    "two envelopes exchanged": (
        swapped("MASHANG_MASTER_KEY", "MASHANG_LOOKUP_KEY"),
        "主密钥或检索密钥与这个数据库不符",
    ),
    "one key for two purposes": (
        lambda folder, given: given.update(MASHANG_QR_KEY=given["MASHANG_TRAIL_KEY"]),
        "必须各不相同",
    ),
    "a key cut short": (by(MASHANG_QR_KEY=FOREIGN[:40]), "32 字节"),
    "a key that is a sentence": (
        by(MASHANG_TRAIL_KEY=base64.b64encode(b"The quick brown fox jumps over t").decode()),
        "MASHANG_TRAIL_KEY 猜得出来",
    ),
    "a key of zeros": (
        by(MASHANG_QR_KEY=base64.b64encode(bytes(32)).decode()),
        "MASHANG_QR_KEY（№0） 猜得出来",
    ),
    "a secret that is a word": (by(MASHANG_SECRET_KEY="secret" * 9), "MASHANG_SECRET_KEY 猜得出来"),
    "no gateway": (without("MASHANG_SMS_URL"), "缺少设置：MASHANG_SMS_URL"),
    "a gateway that is no address": (by(MASHANG_SMS_URL="sms"), "不是一个网址"),
    "any host": (by(MASHANG_ALLOWED_HOSTS="*", MASHANG_PUBLIC_URL="https://bf.example.cn"), "不能写 *"),
    "an address that is not answered": (
        by(MASHANG_PUBLIC_URL="https://other.example.cn"),
        "不在 MASHANG_ALLOWED_HOSTS 里",
    ),
    "an address with a path": (by(MASHANG_PUBLIC_URL="https://bf.example.cn/app"), "后面不带路径"),
    "an address in the clear": (by(MASHANG_PUBLIC_URL="http://bf.example.cn"), "要以 https:// 开头"),
    "an address that no phone can open": (by(MASHANG_PUBLIC_URL="https://127.0.0.1"), "手机扫码打不开"),
    "another address than the printed one": (
        by(MASHANG_ALLOWED_HOSTS="new.example.cn"),
        "登记的公开网址是 https://bf.example.cn",
    ),
    "a setting that there is not": (by(MASHANG_TRAIL_ROOT="/x"), "没有叫 MASHANG_TRAIL_ROOT 的设置，是不是 MASHANG_TRAIL_ROOTS"),
    "a limit that there is not": (by(MASHANG_LIMITS="code-mesages=5"), "没有叫 code-mesages 的限度"),
    "a folder that cannot be": (below_a_file("MASHANG_VAR"), "写不进去"),
    "roots that cannot be written": (below_a_file("MASHANG_TRAIL_ROOTS"), "MASHANG_TRAIL_ROOTS 所在的目录"),
    "roots that are a folder": (
        lambda folder, given: given.update(MASHANG_TRAIL_ROOTS=str(folder)),
        "是目录，要写到文件",
    ),
    "the pages' files gone": (gone("static"), "里没有网页文件，请运行 mashang provision"),
    "one of the pages' files gone": (
        lambda folder, given: [path.unlink() for path in (folder / "static/icons").glob("mark.*")],
        "里缺 icons/mark.svg",
    ),
    "several provinces, and none is named": (by(**HERE), "说明这个进程办理哪个省"),
    "a province that there is not": (by(**HERE, MASHANG_PROVINCE="xx"), "不在 MASHANG_PROVINCES 里"),
    "several provinces in one file": (by(MASHANG_PROVINCES="gx,hn"), "需要 PostgreSQL"),
    "another province": (row("UPDATE core_installation SET province = 'gx'"), "登记的省份是“gx”"),
    "no database": (by(DATABASE_URL="postgres:///none?host=/nowhere"), "请检查 DATABASE_URL"),
    "no tables": (gone("mashang.sqlite3"), "请运行 mashang provision"),
    "old code on a newer database": (row(NEW_STEP), "数据库比程序新（cases.9999_later"),
    "a clock that stands before the last work": (
        row(LAST_TICK, "+1 day", THIS_BOOT, 5),
        "像是倒退了",
    ),
    "a clock that jumped": (row(LAST_TICK, "-40 days", THIS_BOOT, 5), "跳了"),
    "a machine that was away for long": (row(LAST_TICK, "-4 days", "another", 5), "看不出时钟对不对"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_said_and_nobody_is_served(house, what):
    folder, given = house
    spoil, words = WRONG[what]
    spoil(folder, given)

    done = mashang("serve", "--port", str(free_port()), "--wait", "0", **given)

    assert done.returncode == 3
    assert words in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and "码上已启动" not in done.stdout


@pytest.mark.parametrize("command", [["provision"], ["tick"], ["demo"], ["verify-trail"]])
@pytest.mark.parametrize(
    "what", ["no mode, on real people's data", "another address than the printed one"]
)
def test_no_other_command_touches_a_house_that_is_not_its_own(house, command, what):
    folder, given = house
    spoil, words = WRONG[what]
    spoil(folder, given)
    before = rows(folder)

    done = mashang(*command, **given)

    assert done.returncode == 3 or "正式环境不装演示数据" in done.stderr
    assert words in done.stderr or command == ["demo"]
    assert rows(folder) == before


def rows(folder):
    with sqlite3.connect(folder / "mashang.sqlite3") as database:
        names = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()  # noqa: S608
            for name in names
        }


OTHERS = {
    "gunicorn or Django's own server": ["-c", "import mashang.config.wsgi"],
    "Django's migrate": ["-m", "django", "migrate"],
}


@pytest.mark.parametrize("how", OTHERS)
def test_no_other_program_opens_the_demo_on_real_peoples_data(house, how):
    folder, given = house
    given |= {"MASHANG_ENV": "demo", "DJANGO_SETTINGS_MODULE": "mashang.config.settings"}
    before = rows(folder)

    done = mashang(program=[sys.executable, *OTHERS[how]], **given)

    assert done.returncode != 0
    assert "这是正式环境的数据库" in done.stderr
    assert rows(folder) == before


def test_a_mistyped_mode_is_told_before_it_is_registered_for_good(house):
    folder, given = house
    row("DELETE FROM core_installation")(folder, given)
    misspelt("MASHANG_ENV", "MASHANG_ENVIRONMENT")(folder, given)

    done = mashang("provision", **given)

    assert done.returncode == 3 and "是不是 MASHANG_ENV" in done.stderr
    assert rows(folder)["core_installation"] == (0,)


@pytest.mark.django_db
class TestOfAnEarlierVersion:
    """It has people, and was never told which house it is."""

    @pytest.fixture
    def named(self, monkeypatch):
        monkeypatch.delenv("MASHANG_ENV", raising=False)
        return lambda mode: monkeypatch.setenv("MASHANG_ENV", mode)

    def test_real_people_do_not_become_a_demo_because_nobody_said_what_they_are(
        self, settings, named
    ):
        assert installation.not_yet_registered() == []
        make_user("李伟")

        assert "请设 MASHANG_ENV=production" in installation.not_yet_registered()[0]
        named("demo")
        assert installation.not_yet_registered() == []
        settings.PRODUCTION = True
        assert installation.not_yet_registered() == []

    def test_made_up_people_do_not_become_real_ones(self, settings, named):
        first = STAFF[0]
        make_user(first.name, username=first.username)

        assert installation.not_yet_registered() == []
        settings.PRODUCTION = True
        named("production")
        assert "里面的人是虚构的" in installation.not_yet_registered()[0]

    def test_a_database_that_does_not_answer_is_not_taken_for_a_new_one(self, monkeypatch):
        def busy():
            raise OperationalError("database is locked")

        monkeypatch.setattr(installation.Installation.objects, "first", busy)

        with pytest.raises(OperationalError):
            installation.require_own_house()


def test_an_older_program_changes_nothing_in_a_newer_database(house):
    folder, given = house
    WRONG["old code on a newer database"][0](folder, given)
    before = rows(folder)

    done = mashang("provision", **given)

    assert done.returncode == 3 and "数据库比程序新" in done.stderr
    assert rows(folder) == before


def test_a_port_that_somebody_holds_is_named(house):
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        port = somebody.getsockname()[1]

        done = mashang("serve", "--port", str(port), **house[1])

    assert done.returncode == 3
    assert f"127.0.0.1:{port} 已被别的程序 占用" in done.stderr and "Traceback" not in done.stderr


def test_a_second_server_at_the_same_port_is_refused(house):
    with serving(**house[1]) as (address, _):
        done = mashang("serve", "--port", address.rpartition(":")[2], **house[1])

    assert done.returncode == 3 and "已被另一个 mashang serve 占用" in done.stderr


def test_settings_that_nobody_read_are_told(tmp_path, monkeypatch):
    monkeypatch.delenv("MASHANG_ENV", raising=False)
    assert environment.unread_file(tmp_path) is None

    (tmp_path / "mashang").mkdir()
    (tmp_path / "mashang" / "gx.env").touch()
    assert environment.unread_file(tmp_path) == tmp_path / "mashang" / "gx.env"

    monkeypatch.setenv("MASHANG_ENV", "demo")
    assert environment.unread_file(tmp_path) is None


def test_a_new_address_is_registered_with_a_reason_and_kept_for_good(house):
    folder, given = house
    given["MASHANG_ALLOWED_HOSTS"] = "new.example.cn"
    refused = mashang("installation", "change", "public-url", **given)

    changed = mashang("installation", "change", "public-url", "--reason", "换了域名", **given)

    assert refused.returncode == 1 and "请写明" in refused.stderr
    assert "https://bf.example.cn → https://new.example.cn" in changed.stdout
    assert "已经印出的卡上还是 https://bf.example.cn" in changed.stdout
    assert mashang("check", **given).returncode == 0
    with sqlite3.connect(folder / "mashang.sqlite3") as database:
        kept = database.execute(
            "SELECT what, before, after, reason FROM core_operatoract"
        ).fetchall()
    assert kept == [
        ("installation.public-url", "https://bf.example.cn", "https://new.example.cn", "换了域名")
    ]


def test_a_foreign_process_changes_no_address(house):
    folder, given = house
    given |= {"MASHANG_ENV": "demo", "MASHANG_PUBLIC_URL": "http://127.0.0.1:8000"}

    done = mashang("installation", "change", "public-url", "--reason", "试试", **given)

    assert done.returncode == 1 and "这是正式环境的数据库" in done.stderr
    assert rows(folder)["core_operatoract"] == (0,)


def test_the_mode_is_changed_by_nobody(house):
    done = mashang("installation", "change", "mode", "--reason", "试试", **house[1])

    assert done.returncode == 2
