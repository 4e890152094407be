"""Whether the settings say something that can be served: keys, names, addresses, policies."""

import difflib
import os
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.http.request import split_domain_port, validate_host

from mashang.config.environment import ASKED
from mashang.config.self_test.result import Result

LEAST_LETTERS, LEAST_OTHERS = 32, 12  # of Django's secret, and different ones among them
LEAST_BYTES = 16  # different ones among 32; a random key has fewer once in a billion billion
ELSEWHERE = {"MASHANG_SHOTS", "MASHANG_CHROMIUM"}  # read by tests
PRIVATE = ("localhost", "127.", "10.", "192.168.", "[::1]")


def results() -> Iterator[Result]:
    yield keys()
    yield _in_words("密钥强度", weak_keys(), "都像是随机生成的")
    yield _in_words("设置的名称", unknown_names(), "没有多余的")
    yield _in_words("网址", wrong_addresses(), settings.MASHANG_PUBLIC_URL)
    if settings.MASHANG_PROVINCES:
        yield _in_words("省份", no_province(), f"本进程办理 {settings.MASHANG_PROVINCE}")
    yield policies()


def _in_words(name: str, wrong: list[str], right: str) -> Result:
    return Result(name, not wrong, "；".join(wrong) or right)


def keys() -> Result:
    """Each key has one purpose: a shared key would let one leak open the other's door."""
    secret_keys = _keys().values()
    if len(set(secret_keys)) < len(secret_keys):
        return Result(
            "密钥", False, "主密钥、检索密钥、留痕签名密钥、二维码密钥必须各不相同，请重新生成"
        )
    return Result("密钥", True, f"{len(secret_keys)} 个密钥齐全且互不相同")


def _keys() -> dict[str, bytes]:
    ring = {f"MASHANG_QR_KEY（№{number}）": key for number, key in settings.MASHANG_QR_KEYS.items()}
    own = ("MASHANG_MASTER_KEY", "MASHANG_LOOKUP_KEY", "MASHANG_TRAIL_KEY")
    return {name: getattr(settings, name) for name in own} | ring


def weak_keys() -> list[str]:
    """What nobody made by chance: a sentence, a repeated letter, zeros."""
    weak = [name for name, key in _keys().items() if len(set(key)) < LEAST_BYTES or _is_text(key)]
    secret = settings.SECRET_KEY
    if len(secret) < LEAST_LETTERS or len(set(secret)) < LEAST_OTHERS:
        weak.append("MASHANG_SECRET_KEY")
    return [f"{name} 猜得出来，请用 openssl rand -base64 32 重新生成" for name in weak]


def _is_text(key: bytes) -> bool:
    return key.isascii() and key.decode("ascii").isprintable()


def unknown_names() -> list[str]:
    """A name mistyped changes nothing without a word: MASHANG_ENVIRONMENT=production would open a demo.

    An orchestrator that calls a service `mashang` adds MASHANG_SERVICE_HOST and MASHANG_PORT by itself.
    """
    given = {name for name in os.environ if re.match(r"MASHANG_(?!SERVICE_|PORT)", name)}
    return [_unknown(name) for name in sorted(given - ASKED - ELSEWHERE)]


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, ASKED, n=1)
    meant = f"，是不是 {near[0]}？" if near else "，"
    return f"没有叫 {name} 的设置{meant}请改正或去掉（名称见 docs/operating.md）"


def wrong_addresses() -> list[str]:
    """Of production; a demo answers to any name."""
    url = urlsplit(settings.MASHANG_PUBLIC_URL)
    wrong = []
    if url.scheme not in ("http", "https") or not url.hostname or url.path or url.query:
        wrong.append(
            f"MASHANG_PUBLIC_URL 是 {settings.MASHANG_PUBLIC_URL}，要写成 https://域名，后面不带路径"
        )
    elif settings.PRODUCTION:
        wrong += _wrong_in_production(url.scheme, url.netloc, url.hostname)
    return wrong


def _wrong_in_production(scheme: str, place: str, host: str) -> Iterator[str]:
    if "*" in settings.ALLOWED_HOSTS:
        yield "MASHANG_ALLOWED_HOSTS 不能写 *（谁都可以冒用别的域名），请写出网站的域名"
    elif not validate_host(split_domain_port(place)[0], settings.ALLOWED_HOSTS):
        yield f"MASHANG_PUBLIC_URL 的域名 {host} 不在 MASHANG_ALLOWED_HOSTS 里，扫码的人会看到错误"
    if scheme != "https" and settings.SECURE_SSL_REDIRECT:
        yield "MASHANG_PUBLIC_URL 要以 https:// 开头，它会印在服务卡上"
    if host.startswith(PRIVATE):
        yield f"MASHANG_PUBLIC_URL 的 {host} 只有本机或内网能打开，手机扫码打不开"
    if not urlsplit(settings.MASHANG_SMS_URL).netloc:
        yield f"MASHANG_SMS_URL 是 {settings.MASHANG_SMS_URL}，不是一个网址"


def no_province() -> list[str]:
    """Every page would ask whose tables it means."""
    mine = settings.MASHANG_PROVINCE
    if not mine:
        return ["设置了 MASHANG_PROVINCES，还要用 MASHANG_PROVINCE 说明这个进程办理哪个省"]
    if mine not in settings.MASHANG_PROVINCES:
        return [f"MASHANG_PROVINCE 是 {mine}，不在 MASHANG_PROVINCES 里"]
    return []


def policies() -> Result:
    """Django's system checks, ours among them: every view declares its policy."""
    errors = [str(message.msg) for message in run_checks() if message.level >= ERROR]
    return Result("访问规则与设置", not errors, "；".join(errors) or "全部声明")
