"""The operator's command line: ``mashang COMMAND`` (or ``python -m mashang COMMAND``).

Each command is a management command in the room that owns its work; this file only
lists them, starts Django, and turns what goes wrong into a sentence and an exit code.
"""

import argparse
import os
import sys
from importlib.metadata import PackageNotFoundError, version

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands, load_command_class
from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError

from mashang.core.commandline import EXIT_DONE, EXIT_NOT_SET_UP
from mashang.core.provinces import ProvinceUnknown

# name: (management command, what it does)
COMMANDS = {
    "serve": ("serve", "开始服务，并定时办理到期事项 (serve pages, and run due jobs)"),
    "demo": ("demo", "装入演示数据 (fill an empty database with made-up people)"),
    "tick": ("tick", "办理到期事项，一次或循环 (run due jobs, once or for ever)"),
    "check": ("self_test", "自检：数据库、密钥、访问规则、约束 (start-up self-test)"),
    "installation": (
        "installation",
        "本套系统的登记：看，或写明原因更改 (what the database remembers)",
    ),
    "clock": ("clock", "时钟是否可信；核对后确认 (whether the clock is trusted; confirm it)"),
    "createadmin": ("createadmin", "开通系统管理员账号 (open an administrator's account)"),
    "load-reference": ("load_reference", "导入行政区划字典 (load the bundled regions)"),
    "rewrap-keys": ("rewrap_keys", "改用新主密钥包裹数据密钥 (wrap all keys by a new master key)"),
    "cards": ("cards", "把待制的服务卡印成 PDF (print the waiting cards as PDF)"),
    "verify-trail": ("verify_trail", "核对操作留痕是否完好 (check the trail and its signed roots)"),
    "witness": ("witness", "每日见证：把今天的根留到机器以外 (the daily root, to keep outside)"),
    "provision": ("provision", "建立或更新数据库结构 (make or update the database schema)"),
}

TOO_SLOW = {"55P03", "57014"}  # waited too long for a lock, or worked too long

EXIT_CODES = """\
退出码 exit codes:
  0  完成 done
  1  已执行，结果为否 the answer is no (a failed check, a broken chain)
  2  用法错误 wrong usage
  3  尚未配置好 not set up (a missing secret, no database)
"""


def main(argv: list[str] | None = None) -> int:
    chosen = _parser().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mashang.config.settings")
    try:
        django.setup()
        return _run(chosen.command, chosen.rest)
    except (ImproperlyConfigured, ProvinceUnknown) as error:
        return _refuse(str(error), EXIT_NOT_SET_UP)
    except (OperationalError, ProgrammingError) as error:
        return _refuse(_why(error), EXIT_NOT_SET_UP)
    except CommandError as error:
        return _refuse(str(error), error.returncode)
    except KeyboardInterrupt:
        return EXIT_DONE


def _parser() -> argparse.ArgumentParser:
    listing = "\n".join(f"  {name:<16}{sentence}" for name, (_, sentence) in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="mashang",
        description=f"码上：工会帮扶平台的命令行。\n\n命令 commands:\n{listing}",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"mashang {_version()}",
        help="版本号 (version)",
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument(
        "rest", nargs=argparse.REMAINDER, metavar="…", help="mashang COMMAND --help"
    )
    return parser


def _version() -> str:
    """Of the installed package; a bare checkout that was never installed has none."""
    try:
        return version("mashang")
    except PackageNotFoundError:
        return "?"


def _run(name: str, arguments: list[str]) -> int:
    module, _ = COMMANDS[name]
    if module not in get_commands():  # what belongs to the demo is not installed elsewhere
        raise CommandError("正式环境不装演示数据。要试用，请另开一套：MASHANG_ENV=demo")
    command = load_command_class(get_commands()[module], module)
    options = command.create_parser("mashang", name).parse_args(arguments)
    command.execute(**vars(options))
    return EXIT_DONE


def _why(error: OperationalError | ProgrammingError) -> str:
    """What the database said, and what to do: it is away, busy, or has no tables yet."""
    state = getattr(error.__cause__, "sqlstate", None)
    if state in TOO_SLOW:
        return f"数据库里有别的事一直占着，这一步没有做成，没有改动；请过一会儿再运行。({error})"
    return f"数据库不可用或尚未建立，请检查 DATABASE_URL，或先运行 mashang provision。({error})"


def _refuse(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
