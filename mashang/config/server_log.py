"""数据库日志: PostgreSQL's own log must not keep what people told us.

With its defaults the server writes down every statement that fails, with its values, and the row that broke a
constraint. Only its administrator may change that (`ALTER ROLE`), so the house reads the settings and says what
to type. What is left is the sentence of the error and the name of the constraint.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

OFF = "-1"


@dataclass(frozen=True)
class Setting:
    name: str
    value: str
    """What the administrator is asked to type."""
    keeps_out: Callable[[str], bool]


def _is(*values: str) -> Callable[[str], bool]:
    return lambda value: value in values


SETTINGS = (
    Setting("log_min_error_statement", "panic", _is("panic", "fatal")),  # statements that failed
    Setting("log_error_verbosity", "terse", _is("terse")),  # DETAIL: the row, the other's statement
    Setting("log_statement", "none", _is("none", "ddl")),
    Setting("log_min_duration_statement", OFF, _is(OFF)),  # slow ones
    Setting("log_min_duration_sample", OFF, _is(OFF)),
    Setting("log_transaction_sample_rate", "0", _is("0")),
    Setting("log_parameter_max_length", "0", _is("0", "0B")),
    Setting("log_parameter_max_length_on_error", "0", _is("0", "0B")),
    Setting("debug_print_parse", "off", _is("off")),
    Setting("debug_print_rewritten", "off", _is("off")),
    Setting("debug_print_plan", "off", _is("off")),
    Setting("auto_explain.log_min_duration", OFF, _is(OFF)),
)


def kept_out(connection: BaseDatabaseWrapper) -> tuple[bool, str]:
    """Whether the server's log stays without values, and what to type if not."""
    if connection.vendor != "postgresql":
        return True, "内置数据库没有自己的日志"
    role, found = _read(connection)
    wrong = [
        each for each in SETTINGS if each.name in found and not each.keeps_out(found[each.name])
    ]
    if not wrong:
        return True, "不记语句，也不记其中的内容"
    if settings.MASHANG_DEMO:
        return True, f"会记下语句里的内容（{len(wrong)} 项设置），演示数据不要求"
    return False, (
        "PostgreSQL 会把语句里的姓名、号码写进它自己的日志。请数据库管理员执行下面这一行，"
        "再重启码上；以前的日志请清理：\n"
        f'sudo -u postgres psql -c "{statements(role, wrong)}"'
    )


def statements(role: str, wrong: list[Setting]) -> str:
    return "; ".join(f"ALTER ROLE {role} SET {each.name}='{each.value}'" for each in wrong)


def _read(connection: BaseDatabaseWrapper) -> tuple[str, dict[str, str]]:
    """The role, quoted, and what holds for this connection; what a server does not know is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(session_user), name, current_setting(name, true)"
            " FROM unnest(%s::text[]) AS name",
            [[each.name for each in SETTINGS]],
        )
        rows = cursor.fetchall()
    return rows[0][0], {name: value for _, name, value in rows if value is not None}
