"""Whether this machine gives what the house needs: folders that can be written, files of the pages, room on the disk."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.apps import StaticFilesConfig

from mashang.config.self_test.result import Result

LEAST_FREE = 500_000_000  # bytes
DRAWN = "vendor/phone.css"  # made by `make install`; without it every page is bare
FEW = 3
NOT_SERVED = StaticFilesConfig.ignore_patterns


def results() -> Iterator[Result]:
    yield _in_words("存放文件的目录", unusable_folders(), str(settings.VAR))
    yield _in_words("网页文件", missing_static_files(), "齐全")
    yield _in_words("打印字体", missing_font(), "有", stops=False)
    yield _in_words("磁盘", little_room(), "够用", stops=False)


def _in_words(name: str, wrong: list[str], right: str, *, stops: bool = True) -> Result:
    return Result(name, not wrong, "；".join(wrong) or right, stops=stops)


def unusable_folders() -> list[str]:
    """What cannot be written is told before somebody's photo or a root of the trail is lost by it."""
    wanted = {
        "MASHANG_VAR": settings.VAR,
        "MASHANG_VAR/private（照片）": Path(settings.MEDIA_ROOT),
        "MASHANG_TRAIL_ROOTS 所在的目录": Path(settings.MASHANG_TRAIL_ROOTS).parent,
    }
    wrong = [f"{name} 的 {path} 写不进去" for name, path in wanted.items() if not _writable(path)]
    roots = Path(settings.MASHANG_TRAIL_ROOTS)
    if roots.exists() and not os.access(roots, os.R_OK | os.W_OK):
        wrong.append(f"MASHANG_TRAIL_ROOTS 的 {roots} 读不了或写不了")
    if roots.is_dir():
        wrong.append(f"MASHANG_TRAIL_ROOTS 的 {roots} 是目录，要写到文件")
    return [f"{sentence}，请改目录的所有者或权限" for sentence in wrong]


def _writable(path: Path) -> bool:
    """Or can be made: the nearest folder above that is there decides."""
    try:
        with TemporaryFile(dir=_nearest(path)):
            return True
    except OSError:
        return False


def missing_static_files() -> list[str]:
    """In production the pages name files by the manifest that `mashang provision` made."""
    if not finders.find(DRAWN):
        return ["样式没有生成，请运行 make install"]
    if not settings.STATIC_ROOT:
        return []
    root = Path(settings.STATIC_ROOT)
    manifest = root / "staticfiles.json"
    try:
        kept = json.loads(manifest.read_text("utf-8"))["paths"]
    except (OSError, ValueError, KeyError):
        return [f"{root} 里没有网页文件，请运行 mashang provision"]
    gone = [name for name in _ours() if not (root / kept.get(name, "?")).is_file()]
    few = "、".join(gone[:FEW])
    return [f"{root} 里缺 {few} 等 {len(gone)} 个文件，请运行 mashang provision"] if gone else []


def _ours() -> list[str]:
    """Every file that a page may name."""
    found = (finder.list(NOT_SERVED) for finder in finders.get_finders())
    return sorted({path.replace(os.sep, "/") for listed in found for path, _ in listed})


def missing_font() -> list[str]:
    font = Path(settings.MASHANG_CARD_FONT)
    return [] if font.is_file() else [f"没有 {font}，服务卡和凭证印不出来，请运行 make install"]


def little_room() -> list[str]:
    free = shutil.disk_usage(_nearest(settings.VAR)).free
    return [f"{settings.VAR} 所在的磁盘只剩 {free // 1_000_000} MB"] if free < LEAST_FREE else []


def _nearest(path: Path) -> Path:
    """The folder itself, or the first one above it that is there."""
    return path if path.exists() else _nearest(path.parent)
