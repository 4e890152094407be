"""Work for a lane of the tests: it sleeps, dies, eats, and says what it can see."""

import os
import signal
import sys
import time


def _sleep(facts, data):
    time.sleep(facts["seconds"])
    return {"slept": facts["seconds"]}, data


def _die(facts, data):
    os.kill(os.getpid(), signal.SIGSEGV)


def _eat(facts, data):
    return {"eaten": len(bytearray(facts["bytes"]))}, b""


def _stumble(facts, data):
    raise LookupError("what a decoder raises")


def _look(facts, data):
    from django.conf import settings

    return {
        "environment": sorted(os.environ),
        "settings": settings.configured,
        "rooms": sorted(name for name in sys.modules if name.startswith("mashang.cases")),
        "nice": os.nice(0),
    }, b""


JOBS = {"sleep": _sleep, "die": _die, "eat": _eat, "stumble": _stumble, "look": _look}
