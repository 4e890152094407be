"""A start in a process of its own: what is demanded, what is made, what is said."""

import json
import stat
import sys

import pytest

from tests.migrated_database import lay_out_at
from tests.processes import KEY_NAMES, NEEDED, mashang, production_environment

pytestmark = pytest.mark.once


@pytest.fixture
def production(tmp_path) -> dict[str, str]:
    return production_environment(tmp_path)


def test_a_complete_production_installation_is_provisioned_and_passes_its_self_test(production):
    assert mashang("provision", **production).returncode == 0

    done = mashang("check", "--json", **production)

    assert done.returncode == 0, done.stderr
    assert all(result["passed"] for result in json.loads(done.stdout))


def test_production_has_no_demo(production):
    done = mashang("demo", **production)

    assert done.returncode == 1
    assert "正式环境不装演示数据" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_setting_stops_a_production_start_and_says_what_to_set(production, name):
    del production[name]

    done = mashang("check", **production)

    assert done.returncode == 3
    assert name in done.stderr and "请在环境变量中设置" in done.stderr
    assert "Traceback" not in done.stderr


def test_everything_that_is_missing_is_told_at_once(tmp_path):
    done = mashang("check", MASHANG_ENV="production", MASHANG_VAR=str(tmp_path))

    assert all(name in done.stderr for name in NEEDED)
    assert not list(tmp_path.iterdir()), "a production start makes no keys of its own"


def test_a_key_of_the_wrong_length_is_refused(production):
    production["MASHANG_MASTER_KEY"] = "c2hvcnQ="

    done = mashang("check", **production)

    assert done.returncode == 3
    assert "32 字节" in done.stderr and "c2hvcnQ=" not in done.stderr


def test_one_key_for_two_purposes_fails_the_self_test(production, tmp_path):
    lay_out_at(tmp_path / "mashang.sqlite3")
    production["MASHANG_QR_KEY"] = production["MASHANG_LOOKUP_KEY"]
    mashang("provision", **production)

    done = mashang("check", **production)

    assert done.returncode == 1
    assert "✗ 密钥" in done.stdout and "各不相同" in done.stdout


def test_a_demo_makes_its_own_keys_once_and_hides_them(tmp_path):
    lay_out_at(tmp_path / "mashang.sqlite3")
    mashang("provision", MASHANG_VAR=str(tmp_path))
    kept = tmp_path / "keys.json"
    first = kept.read_text()

    mashang("provision", MASHANG_VAR=str(tmp_path))

    assert kept.read_text() == first
    assert set(json.loads(first)) == set(KEY_NAMES)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_database_without_tables_says_what_to_run(tmp_path):
    done = mashang("check", MASHANG_VAR=str(tmp_path))

    assert done.returncode == 1
    assert "mashang provision" in done.stdout


def test_serving_an_unprovisioned_house_is_refused(tmp_path):
    done = mashang("serve", MASHANG_VAR=str(tmp_path))

    assert done.returncode == 3
    assert "服务没有启动" in done.stderr


def test_a_database_that_does_not_answer_is_a_setup_error(tmp_path):
    done = mashang(
        "provision",
        MASHANG_VAR=str(tmp_path),
        MASHANG_ENV="demo",
        DATABASE_URL=f"postgres:///nowhere?host={tmp_path}&user=nobody",
    )

    assert done.returncode == 3
    assert "数据库不可用" in done.stderr and "Traceback" not in done.stderr


def test_several_provinces_need_postgresql(tmp_path):
    done = mashang("check", MASHANG_VAR=str(tmp_path), MASHANG_PROVINCES="gx,hn")

    assert done.returncode == 3
    assert "PostgreSQL" in done.stderr


def test_an_unknown_environment_is_refused(tmp_path):
    done = mashang("check", MASHANG_VAR=str(tmp_path), MASHANG_ENV="prod")

    assert done.returncode == 3
    assert "'prod'" in done.stderr


NAMED_SERVICE = "import django; django.setup()\nfrom mashang.core.privacy import keys\nprint(type(keys.key_service()))"


@pytest.mark.parametrize("path", ["mashang.core.keys", "mashang.core.privacy.keys"])
def test_the_key_service_is_found_by_the_name_it_had_until_0_2(production, path):
    done = mashang(
        program=[sys.executable, "-c", NAMED_SERVICE],
        DJANGO_SETTINGS_MODULE="mashang.config.settings",
        MASHANG_KEY_SERVICE=f"{path}.LocalKeyService",
        **production,
    )

    assert "mashang.core.privacy.keys.LocalKeyService" in done.stdout, done.stderr
