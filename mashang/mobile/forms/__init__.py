"""The phone's forms: they check the shape of what was typed; the rules are in the rooms."""

from typing import Any

from django.http import HttpRequest


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is made of: (data, files) of a POST, even an empty one; nothing for a GET."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
