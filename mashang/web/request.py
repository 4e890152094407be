"""请求: what is known of a request: who is at the keyboard, and from where they knock."""

import ipaddress
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth import HASH_SESSION_KEY, REDIRECT_FIELD_NAME, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from mashang.accounts import devices
from mashang.accounts.actions import sign_ins
from mashang.accounts.devices import Device, Origin, device_label
from mashang.accounts.models import User
from mashang.accounts.sessions import PHONE_IDLE, STAFF_IDLE, SessionStore

BACKEND = "mashang.accounts.backend.AccountsBackend"
UNKNOWN = "unknown"  # a network that nobody names; all such count as one


class SignedIn(HttpRequest):
    """A request behind a policy that asks for a sign-in: its user is a `User`."""

    user: User
    session: SessionStore


class CurrentUserMiddleware(AuthenticationMiddleware):
    """Sets `request.user`.

    A staff member who came in by SMS code is a worker until the password and the second factor are
    given: an SMS code alone opens only one's own state.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person(request))  # type: ignore[assignment]


def _person(request: HttpRequest) -> User | AnonymousUser:
    if not hasattr(request, "_person"):
        user: Any = _of_session(request) or auth.get_user(request)
        if user.is_staff and not request.session.get("is_staff"):
            user.is_staff, user.needs_second_factor = False, True
        request._person = user  # type: ignore[attr-defined]
    return request._person  # type: ignore[attr-defined]


def _of_session(request: HttpRequest) -> User | None:
    """The user who was read with the session, if it plainly holds; Django judges all other cases."""
    session: Any = request.session
    session_hash = session.get(HASH_SESSION_KEY, "")
    user = session.user
    if user is None or not user.is_active or session.get(SESSION_KEY) != str(user.pk):
        return None
    return user if constant_time_compare(session_hash, user.get_session_auth_hash()) else None


def sign_in(request: HttpRequest, user: User, *, as_staff: bool) -> None:
    """Begin a session for a person who has just proved who they are."""
    auth.login(request, user, backend=BACKEND)
    now = timezone.now()
    request.session["is_staff"] = as_staff
    request.session["started_at"] = now.isoformat()
    request.session["proved_at"] = now.timestamp()
    request.session["device"] = device_label(request.headers.get("User-Agent", ""))
    request.session.set_expiry(int((STAFF_IDLE if as_staff else PHONE_IDLE).total_seconds()))


def proved(request: HttpRequest) -> None:
    """Note that the person has just proved again who they are."""
    request.session["proved_at"] = timezone.now().timestamp()


def keep_signed_in(request: HttpRequest) -> None:
    """After a change of the password, which ends every session that began with the old one."""
    auth.update_session_auth_hash(request, request.user)  # type: ignore[arg-type]


def sign_out(request: HttpRequest) -> None:
    if isinstance(user := _person(request), User) and user.is_staff:
        sign_ins.went_out(by=user)
    auth.logout(request)


def next_page(request: HttpRequest) -> str:
    """The page of ours that was asked for before the sign-in; empty if none, or if it is not ours."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def origin(request: HttpRequest) -> Origin:
    ticket, work = request.POST.get("ticket", ""), request.POST.get("work", "")
    return Origin(_device(request), network_of(request), ticket, work)


def _device(request: HttpRequest) -> Device:
    """One device per request, even when its cookie is only on its way."""
    if not hasattr(request, "_device"):
        request._device = devices.from_cookie(request.COOKIES.get(devices.COOKIE))  # type: ignore[attr-defined]
    return request._device  # type: ignore[attr-defined]


def keep_device(request: HttpRequest, response: HttpResponse, account: str = "") -> HttpResponse:
    """Send the device's cookie; with `account`, as one that knows this account from now on."""
    device = _device(request).remember(account) if account else _device(request)
    response.set_cookie(
        devices.COOKIE,
        device.to_cookie(),
        max_age=devices.COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def network_of(request: HttpRequest) -> str:
    """The address that knocks; of IPv6 the /64 that one connection is given.

    What a proxy says is no address counts as the proxy's own.
    """
    return _network(_address(request)) or _network(_nearest(request)) or UNKNOWN


@lru_cache(maxsize=4_096)
def _network(text: str) -> str:
    """Empty for what is no address. ::ffff:1.2.3.4 is 1.2.3.4, and not one /64 with all the others."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), 64), strict=False))


def _address(request: HttpRequest) -> str:
    """Behind N proxies of our own, the N-th address from the right is the last that we can trust."""
    if count := settings.MASHANG_PROXIES:
        chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(chain) >= count:
            return chain[-count]
    return _nearest(request)


def _nearest(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR") or "127.0.0.1")
