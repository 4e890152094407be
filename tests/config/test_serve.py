"""`mashang serve`, as an operator starts and stops it."""

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.migrated_database import lay_out_at
from tests.processes import children_of, mashang, production_environment, serving

pytestmark = pytest.mark.once


def test_the_demo_serves_its_pages_and_leaves_nothing_running(tmp_path):
    lay_out_at(tmp_path / "mashang.sqlite3")
    mashang("provision", MASHANG_VAR=str(tmp_path))

    with serving(MASHANG_VAR=str(tmp_path)) as (address, server):
        page = httpx.get(address)
        ticking = children_of(server)
    told = (tmp_path / "serve.log").read_text("utf-8")

    assert page.status_code == 200
    assert f"码上已启动：{address}/" in told
    assert server.returncode == 0
    assert ticking and not any(Path(f"/proc/{child}").exists() for child in ticking)


def test_a_page_is_answered_while_a_sign_in_waits_for_its_hash(tmp_path):
    lay_out_at(tmp_path / "mashang.sqlite3")
    mashang("provision", MASHANG_VAR=str(tmp_path))

    with serving(MASHANG_VAR=str(tmp_path)) as (address, server):
        refused = _knock(address)
        helper = _helper_of(server)
        os.kill(helper, signal.SIGSTOP)
        with ThreadPoolExecutor(3) as people:
            waiting = [people.submit(_knock, address) for _ in range(3)]
            pages = [httpx.get(f"{address}/guide/").status_code for _ in range(3)]
            still = [one.done() for one in waiting]
            os.kill(helper, signal.SIGCONT)
        answers = [one.result() for one in waiting]

    assert refused == 422 and answers == [422] * 3
    assert pages == [200] * 3 and still == [False] * 3
    give_up = time.monotonic() + 10
    while (is_there := Path(f"/proc/{helper}").exists()) and time.monotonic() < give_up:
        time.sleep(0.05)
    assert not is_there, "it ends with its server"


def test_a_tick_that_was_killed_is_started_again(tmp_path):
    with _house(tmp_path) as (_, server):
        tick = _of(server, "tick")
        os.kill(tick, signal.SIGKILL)
        _until(lambda: _of(server, "tick") not in (None, tick))

    assert "the tick ended and is started again" in (tmp_path / "serve.log").read_text("utf-8")


def test_a_worker_that_was_killed_takes_nobody_along(tmp_path):
    with _house(tmp_path) as (address, server):
        worker = next(child for child in children_of(server) if _is_worker(child))
        os.kill(worker, signal.SIGKILL)
        _until(lambda: _answers(address))
        is_there = server.poll() is None

    assert is_there and not Path(f"/proc/{worker}").exists()


def test_with_a_server_that_was_killed_all_its_processes_end(tmp_path):
    with _house(tmp_path) as (address, server):
        children = children_of(server)
        server.kill()
        _until(lambda: not any(_is_alive(child) for child in children), seconds=40)

        with pytest.raises(httpx.TransportError):
            httpx.get(address)


def _house(folder):
    lay_out_at(folder / "mashang.sqlite3")
    mashang("provision", MASHANG_VAR=str(folder))
    return serving("--tick-every", "1", MASHANG_VAR=str(folder))


def _of(server, name):
    found = (child for child in children_of(server) if f"\0{name}\0" in _command(child))
    return next(found, None)


def _is_worker(child):
    return "\0serve\0" in _command(child)


def _command(child):
    try:
        return Path(f"/proc/{child}/cmdline").read_text("utf-8")
    except FileNotFoundError:
        return ""


def _is_alive(child):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{child}/status").read_text("utf-8")
    except FileNotFoundError:
        return False


def _answers(address):
    try:
        return httpx.get(address).status_code == 200
    except httpx.TransportError:
        return False


def _until(happened, seconds=30):
    give_up = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < give_up, "it did not happen"
        time.sleep(0.1)


def _knock(address):
    """Somebody signs in with a made-up name."""
    with httpx.Client(base_url=address, timeout=60) as browser:
        browser.get("/desk/sign-in/")
        form = {"username": "nobody", "password": "not a password", "second": "000000"}
        token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
        return browser.post("/desk/sign-in/", data=form | token).status_code


def _helper_of(server):
    for worker in children_of(server):
        for child in Path(f"/proc/{worker}/task").glob("*/children"):
            for pid in child.read_text("ascii").split():
                if b"mashang.core.heavy" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    return int(pid)
    raise AssertionError("no helper has started")


def test_production_answers_https_only_and_lets_style_sheets_be_kept(tmp_path):
    environment = production_environment(tmp_path)
    lay_out_at(tmp_path / "mashang.sqlite3")
    mashang("provision", **environment)

    with serving(**environment) as (address, _server):
        plain = httpx.get(address)
        behind_proxy = {"X-Forwarded-Proto": "https"}
        page = httpx.get(address, headers=behind_proxy)
        demo = httpx.get(f"{address}/demo/", headers=behind_proxy)
        style = re.search(r'href="(/static/vendor/phone\.[0-9a-f]+\.css)"', page.text)[1]
        kept = httpx.get(address + style, headers=behind_proxy | {"Accept-Encoding": "gzip"})

    assert demo.status_code == 404, "the demo is not installed in production"
    assert plain.status_code == 301 and plain.headers["location"].startswith("https://")
    assert page.headers["strict-transport-security"].startswith("max-age=31536000")
    assert "immutable" in kept.headers["cache-control"]
    assert kept.headers["content-encoding"] == "gzip"
