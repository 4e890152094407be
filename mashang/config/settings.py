"""Every setting of the house, read top to bottom; differences come from the environment.

MASHANG_ENV is ``demo`` (the default: makes its own keys, accepts made-up people) or
``production`` (refuses to start when a secret or the host list is missing).
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from mashang.config import databases
from mashang.config.environment import Environment, unread_file
from mashang.config.logs import logging_settings
from mashang.config.secret_keys import SecretKeys, decode_key, decode_retired, missing_sentence

env = Environment()
PACKAGE = Path(__file__).resolve().parent.parent

# What this installation is ---------------------------------------------------------

MASHANG_ENV = env.str("MASHANG_ENV", "demo")
if MASHANG_ENV not in ("demo", "production"):
    raise ImproperlyConfigured(f"MASHANG_ENV 只能是 demo 或 production，现在是 {MASHANG_ENV!r}。")
if _unread := unread_file():
    raise ImproperlyConfigured(
        f"这台机器上有 {_unread}，但没有读到它的设置（没有权限，或没有用服务的方式启动），没有改动任何资料。"
        "请用 mashang 的服务或包装命令运行；确实要在这里开演示，请写明 MASHANG_ENV=demo"
    )
PRODUCTION = MASHANG_ENV == "production"
MASHANG_DEMO = not PRODUCTION
DEBUG = env.bool("MASHANG_DEBUG", False) and not PRODUCTION

# Everything that this installation writes, except an outside database, lies here. Beside the code
# if that is a checkout; an installed package writes where it is started, never among the packages.
_IN_A_CHECKOUT = (PACKAGE.parent / "pyproject.toml").is_file()
VAR = Path(env.str("MASHANG_VAR", str((PACKAGE.parent if _IN_A_CHECKOUT else Path.cwd()) / "var")))

_needed = [
    "MASHANG_SECRET_KEY",
    "MASHANG_MASTER_KEY",
    "MASHANG_QR_KEY",
    "MASHANG_LOOKUP_KEY",
    "MASHANG_TRAIL_KEY",
    "MASHANG_ALLOWED_HOSTS",
    "MASHANG_SMS_URL",  # without a gateway nobody gets a sign-in code
    "MASHANG_SMS_TOKEN",
]
if not _IN_A_CHECKOUT:
    _needed.append("MASHANG_VAR")  # two commands started in two folders would keep two sets of data
if PRODUCTION and (_missing := [name for name in _needed if not env.str(name, "")]):
    raise ImproperlyConfigured(missing_sentence(_missing))

ALLOWED_HOSTS = env.list("MASHANG_ALLOWED_HOSTS", default=["*"])  # the demo answers to any name
CSRF_TRUSTED_ORIGINS = env.list("MASHANG_TRUSTED_ORIGINS", default=[])
# The address that is printed on the cards: once they are handed out it must go on answering.
MASHANG_PUBLIC_URL = env.str(
    "MASHANG_PUBLIC_URL",
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else "http://127.0.0.1:8000",
).rstrip("/")

# Keys: text for Django, 32 bytes for our own -----------------------------------------

_keys = SecretKeys(production=PRODUCTION, keep_in=VAR / "keys.json")
SECRET_KEY = _keys.text("MASHANG_SECRET_KEY")
MASHANG_MASTER_KEY = _keys.key("MASHANG_MASTER_KEY")  # wraps the data key of every household
# After a new master key the old ones stay here, until every data key is wrapped anew.
MASHANG_MASTER_RETIRED_KEYS = tuple(
    decode_key("MASHANG_MASTER_RETIRED_KEYS", text)
    for text in env.list("MASHANG_MASTER_RETIRED_KEYS", default=[])
)
# What wraps: this machine, or a class of the same shape that speaks to a hardware module.
MASHANG_KEY_SERVICE = env.str(
    "MASHANG_KEY_SERVICE", "mashang.core.privacy.keys.LocalKeyService"
).replace("mashang.core.keys.", "mashang.core.privacy.keys.")  # as it was called until 0.2
# Makes the token in a QR code. When it is replaced, count MASHANG_QR_KEY_ID up (0 to 15) and name
# the old key in MASHANG_QR_RETIRED_KEYS ("0=BASE64,1=BASE64"): its cards go on working.
MASHANG_QR_KEY_ID = env.int("MASHANG_QR_KEY_ID", 0)
MASHANG_QR_KEYS = _keys.ring(
    "MASHANG_QR_KEY", MASHANG_QR_KEY_ID, env.dict("MASHANG_QR_RETIRED_KEYS", default={})
)
MASHANG_LOOKUP_KEY = _keys.key("MASHANG_LOOKUP_KEY")  # blind indexes and stored tokens
MASHANG_TRAIL_KEY = _keys.key("MASHANG_TRAIL_KEY")  # signs the trail's roots (Ed25519 seed)
# After a new one the public halves of the old ones stay here, in their order: what they signed goes on to count.
# With the last root that each signed (KEY:NUMBER:DIGEST), whoever stole one signs nothing in its successor's place.
MASHANG_TRAIL_RETIRED_PUBLIC_KEYS, MASHANG_TRAIL_RETIRED_ENDS = decode_retired(
    "MASHANG_TRAIL_RETIRED_PUBLIC_KEYS", env.list("MASHANG_TRAIL_RETIRED_PUBLIC_KEYS", default=[])
)
# Where the signed roots go: outside the database, to be copied off this machine.
MASHANG_TRAIL_ROOTS = env.str("MASHANG_TRAIL_ROOTS", str(VAR / "trail-roots.jsonl"))
# Where each day's root goes besides: a file on another machine, best one that can only be added to.
MASHANG_TRAIL_WITNESS = env.str("MASHANG_TRAIL_WITNESS", "")
MASHANG_CIPHER = env.str("MASHANG_CIPHER", "AES-256-GCM")  # or SM4-GCM

# Rooms -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "mashang.config",
    "mashang.core",
    "mashang.reference",
    "mashang.accounts",
    "mashang.unions",
    "mashang.notices",
    "mashang.reviews",
    "mashang.cases",
    "mashang.givers",
    "mashang.codes",
    "mashang.aid",
    "mashang.wishes",
    "mashang.stats",
    "mashang.exchange",
    "mashang.web",
    "mashang.desk",
    "mashang.mobile",
    "mashang.api",
    "django.forms",  # last, so that our own widget templates come first
]
if MASHANG_DEMO:  # made-up people, and a button to step into each
    INSTALLED_APPS.insert(0, "mashang.demo")

MIDDLEWARE = [
    "mashang.config.health.health",
    "mashang.web.headers.secret_addresses",
    "django.middleware.security.SecurityMiddleware",
    "mashang.web.unstorable.headers_are_storable",
    "mashang.mobile.codes.anonymous_scan.AnonymousScanMiddleware",
    "mashang.mobile.wishes.anonymous_wall.AnonymousWallCache",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "mashang.web.headers.permissions_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "mashang.web.request.CurrentUserMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mashang.web.unstorable.UnstorableTextMiddleware",
    "mashang.web.error_responses.RefusalMiddleware",
]

ROOT_URLCONF = "mashang.config.urls"
WSGI_APPLICATION = "mashang.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted(PACKAGE.glob("*/*/templates")),  # the rooms of each door
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mashang.config.context.house",
                "mashang.desk.navigation.navigation",
            ],
        },
    },
]

# Databases ---------------------------------------------------------------------------

_database_url = env.str("DATABASE_URL", f"sqlite:///{VAR}/mashang.sqlite3")
MASHANG_PROVINCES = env.list("MASHANG_PROVINCES", default=[])  # several in one installation: gx,hn
MASHANG_PROVINCE = env.str("MASHANG_PROVINCE", "")  # the one that this process serves
if MASHANG_PROVINCES:
    DATABASES = databases.provincial(_database_url)
    DATABASE_ROUTERS = ["mashang.config.routers.ProvinceRouter"]
else:
    DATABASES = {"default": databases.from_url(_database_url)}
if (
    MASHANG_DEMO
    and "MASHANG_ENV" not in os.environ
    and DATABASES["default"]["ENGINE"] in databases.SERVERS
):
    raise ImproperlyConfigured(
        "DATABASE_URL 是 PostgreSQL，却没有写 MASHANG_ENV：正式使用请设 MASHANG_ENV=production；"
        "确实要在上面开演示（谁都进得了），请写明 MASHANG_ENV=demo"
    )
# How many hours due work may have stood still, over a restart of the machine, before somebody has to say that the
# clock is right.
MASHANG_CLOCK_GAP = env.int("MASHANG_CLOCK_GAP", 72 if PRODUCTION else 24 * 366)
MASHANG_HEALTH_TOKEN = env.str("MASHANG_HEALTH_TOKEN", "")  # for a monitor on another machine
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"  # only for tables that are not ours
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Who is at the keyboard --------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["mashang.accounts.backend.AccountsBackend"]
# Proxies of our own in front of us: that many addresses of X-Forwarded-For are believed.
MASHANG_PROXIES = env.int("MASHANG_PROXIES", 0)
MASHANG_LIMITS = env.dict("MASHANG_LIMITS", default={})  # other numbers for limits, by name
PASSWORD_HASHERS = ["mashang.core.heavy.passwords.Argon2InLane"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "mashang.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "mashang.web.error_responses.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Text messages -----------------------------------------------------------------------

MASHANG_SMS_URL = env.str("MASHANG_SMS_URL", "")  # the gateway; see docs/sms.md
MASHANG_SMS_TOKEN = env.str("MASHANG_SMS_TOKEN", "")
MASHANG_SMS_DRIVER = (
    "mashang.notices.drivers.HttpDriver"
    if MASHANG_SMS_URL
    else "mashang.notices.drivers.ConsoleDriver"
)
MASHANG_SMS_FILE = VAR / "sms.txt"  # where the console driver writes; the demo page shows it

# A text-check service outside; without one no text leaves the house ------------------

MASHANG_TEXT_CHECK_URL = env.str("MASHANG_TEXT_CHECK_URL", "")  # see docs/text_check.md
MASHANG_TEXT_CHECK_TOKEN = env.str("MASHANG_TEXT_CHECK_TOKEN", "")
MASHANG_TEXT_CHECK_DRIVER = (
    "mashang.wishes.text_check.HttpCheck"
    if MASHANG_TEXT_CHECK_URL
    else "mashang.wishes.text_check.NobodyAsked"
)

# The browser -------------------------------------------------------------------------

_HTTPS = env.bool("MASHANG_HTTPS", True) and PRODUCTION
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],  # data: icons in the style sheets, blob: previews
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'", "blob:"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}
# The camera photographs papers and scans codes; nothing else of the device is asked for.
PERMISSIONS_POLICY = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"

# Language and time -------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Files -------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static" if PRODUCTION else None  # the demo serves each file where it lies
STATICFILES_DIRS = [PACKAGE / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION
# Papers and photographs: private, under random names, served only through a view that asks who.
MEDIA_ROOT = VAR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_HANDLERS = ["mashang.web.uploads.InMemory"]  # never a temporary file
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

# Cards are printed with this TrueType font; the set-up brings Noto Sans SC (30,890 characters).
MASHANG_CARD_FONT = env.str("MASHANG_CARD_FONT", str(PACKAGE / "vendor/NotoSansSC-Regular.ttf"))

# Heavy work beside the pages (`core.heavy`): passwords, and photos, of each so many at once in the
# whole house. 0 does it in the processes that answer pages.
MASHANG_HEAVY_AT_ONCE = env.int("MASHANG_HEAVY_AT_ONCE", max(1, (os.cpu_count() or 1) // 2))

# Logs: identifiers only, never names or numbers of people ----------------------------

LOGGING_CONFIG = "mashang.config.logs.configure"
LOGGING = logging_settings(level=env.str("MASHANG_LOG_LEVEL", "INFO"), as_json=PRODUCTION)
