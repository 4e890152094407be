"""The WSGI entry that granian (or gunicorn) serves."""

import ctypes
import os
import signal
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mashang.config.settings")

# A worker ends with its server, also with one that was killed: it would go on answering with old code and settings.
_PR_SET_PDEATHSIG = 1
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

application = get_wsgi_application()


def _keep_the_demo_out() -> None:
    """Also where another program than `mashang serve` asks for the pages: everybody may step into a demo."""
    from mashang.config.installation import require_own_house

    if settings.MASHANG_DEMO:
        require_own_house()
        connections.close_all()


_keep_the_demo_out()
