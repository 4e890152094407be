"""``mashang serve``: pages from granian, and due work from a ticking child process."""

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError
from granian import Granian
from granian.constants import Interfaces

from mashang.config import self_test
from mashang.core.commandline import EXIT_NOT_SET_UP, OperatorCommand
from mashang.core.heavy.lane import THREADS


class Command(OperatorCommand):
    help = "开始服务，先自检。(Serve pages, after a self-test.)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="监听地址 (address to listen on)")
        parser.add_argument("--port", type=int, default=8000, help="端口 (port)")
        parser.add_argument("--workers", type=int, default=2, help="进程数 (worker processes)")
        parser.add_argument(
            "--threads",
            type=int,
            default=THREADS,
            help="每个进程的线程数 (threads of each worker; each may keep a database connection)",
        )
        parser.add_argument(
            "--tick-every",
            type=float,
            default=30,
            metavar="SECONDS",
            help="每隔几秒办理到期事项；0 表示由别处办理 (0: something else runs the ticks)",
        )

    def handle(self, *, host: str, port: int, workers: int, threads: int, **options: Any) -> None:
        found = [result for result in self_test.run() if not result.passed]
        for result in found:
            if not result.stops:
                self.stderr.write(f"请尽快处理。{result.name}：{result.detail}")
        if failed := [result for result in found if result.stops]:
            sentences = "\n".join(f"  {result.name}：{result.detail}" for result in failed)
            raise CommandError(
                f"自检没有通过，服务没有启动：\n{sentences}", returncode=EXIT_NOT_SET_UP
            )
        server = Granian(
            "mashang.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=threads,
            websockets=False,
            log_access=False,  # addresses carry tokens
        )
        server.on_startup(
            lambda: self.stdout.write(f"码上已启动：http://{host}:{port}/ （Ctrl-C 停止）")
        )
        with ticking(options["tick_every"]):
            server.serve()


@contextmanager
def ticking(seconds: float) -> Iterator[None]:
    if not seconds:
        yield
        return
    command = [sys.executable, "-m", "mashang", "tick", "--every", str(seconds)]
    with subprocess.Popen(command) as child:  # noqa: S603 (our own command)
        try:
            yield
        finally:
            child.terminate()
