"""The first view on the phone: every byte that the home page makes a browser fetch, compressed."""

import gzip
import re
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from django.contrib.staticfiles import finders
from django.test import Client

from bench.harness import Row

MOST = 150_000
_FETCHED = re.compile(r"""(?:src|(?<!<a )href)=["']([^"']+)["']""")
_IN_STYLE = re.compile(r"""url\(["']?(?!data:)([^"')]+)""")
_PACKED_ALREADY = {".png", ".jpg", ".webp", ".woff2"}


def rows(size: int) -> list[Row]:
    page = Client().get("/").content
    files = _files_of(page.decode())
    total = len(gzip.compress(page)) + sum(_sent(file) for file in files)
    outside = [address for address in _FETCHED.findall(page.decode()) if "//" in address]
    name = f"first view on the phone, page and {len(files)} files"
    return [
        Row(name, "bytes", total, MOST, "aim", "≤ 150,000", total <= MOST),
        Row("requests to others in the first view", "", len(outside), None, "", "0", not outside),
    ]


def _files_of(page: str) -> set[Path]:
    """The static files that the page names, and those that its style sheets name."""
    addresses = {urldefrag(address).url for address in _FETCHED.findall(page)}
    addresses = {address for address in addresses if address.startswith("/static/")}
    for sheet in [address for address in addresses if address.endswith(".css")]:
        inside = _IN_STYLE.findall(_on_disk(sheet).read_text())
        addresses |= {urldefrag(urljoin(sheet, address)).url for address in inside}
    return {_on_disk(address) for address in addresses}


def _on_disk(address: str) -> Path:
    found = finders.find(address.removeprefix("/static/"))
    if not isinstance(found, str):
        raise FileNotFoundError(f"{address} is named by the page and not there.")
    return Path(found)


def _sent(file: Path) -> int:
    content = file.read_bytes()
    return len(content) if file.suffix in _PACKED_ALREADY else len(gzip.compress(content))
