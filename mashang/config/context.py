"""What every template may know about the house itself."""

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, bool]:
    """``demo``: every page of a demo says that its people are made up; ``elder``: large letters."""
    return {"demo": settings.MASHANG_DEMO, "elder": request.COOKIES.get("elder") == "1"}
