"""``mashang serve``: pages from granian, and due work from a ticking child process."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError, connections
from granian import Granian
from granian.constants import Interfaces

from mashang.config import installation, self_test
from mashang.config.one_server import only_server
from mashang.config.tick_process import Ticking
from mashang.core.commandline import EXIT_NOT_SET_UP, OperatorCommand
from mashang.core.heavy.lane import THREADS

ASK_AGAIN_SECONDS = 2


class Command(OperatorCommand):
    help = "开始服务，先自检。(Serve pages, after a self-test.)"
    looks_by_itself = True

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
        parser.add_argument(
            "--wait",
            type=float,
            default=300,
            metavar="SECONDS",
            help="数据库还没有起来时等多久，默认 300 秒 (how long to wait for a database that is not up yet)",
        )

    def handle(self, *, host: str, port: int, workers: int, threads: int, **options: Any) -> None:
        self.stdout.write(installation.first_line())
        with only_server(host, port):
            self._wait_for_the_database(options["wait"])
            self._refuse_what_is_wrong()
            server = Granian(
                "mashang.config.wsgi:application",
                address=host,
                port=port,
                interface=Interfaces.WSGI,
                workers=workers,
                blocking_threads=threads,
                websockets=False,
                log_access=False,  # addresses carry tokens
                respawn_failed_workers=True,  # one that was killed takes nobody along
                respawn_interval=1,
            )
            server.on_startup(
                lambda: self.stdout.write(f"码上已启动：http://{host}:{port}/ （Ctrl-C 停止）")
            )
            with Ticking(options["tick_every"]):
                server.serve()

    def _wait_for_the_database(self, seconds: float) -> None:
        """At boot it may come later than we do; then nobody has to start us again."""
        give_up_at, is_told = time.monotonic() + seconds, False
        while (error := unreachable()) is not None and time.monotonic() < give_up_at:
            if not is_told:
                self.stderr.write(f"数据库还没有应答，等它起来（最多 {seconds:.0f} 秒）：{error}")
                is_told = True
            time.sleep(ASK_AGAIN_SECONDS)

    def _refuse_what_is_wrong(self) -> None:
        found = [result for result in self_test.run() if not result.passed]
        for result in found:
            if not result.stops:
                self.stderr.write(f"请尽快处理。{result.name}：{result.detail}")
        if failed := [result for result in found if result.stops]:
            sentences = "\n".join(f"  {result.name}：{result.detail}" for result in failed)
            raise CommandError(
                f"自检没有通过，服务没有启动：\n{sentences}", returncode=EXIT_NOT_SET_UP
            )


def unreachable() -> OperationalError | None:
    """Why the database does not answer; None if it does."""
    for _, context, connection in self_test.databases():
        with context:
            try:
                connections[connection.alias].ensure_connection()
            except OperationalError as error:
                return error
    return None
