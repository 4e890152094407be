"""Small pieces of markup that both faces draw the same way."""

from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """Draws an icon of ``static/icons.txt``. Without a title it is decoration, and silent."""
    return _svg(name, title)


@lru_cache(maxsize=500)
def _svg(name: str, title: str) -> SafeString:
    # Safari before 12.1 reads only the older attribute name.
    use = format_html('<use xlink:href="{}#{}"></use>', static("vendor/icons.svg"), name)
    if title:
        return format_html('<svg class="icon" role="img" aria-label="{}">{}</svg>', title, use)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false">{}</svg>', use)


@register.simple_tag
def widget(field: BoundField, classes: str = "input", **attrs: Any) -> SafeString:
    """Draws a form field's control; ``data_keep=True`` becomes ``data-keep``."""
    named = {
        name.replace("_", "-"): value for name, value in attrs.items() if value not in ("", None)
    }
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{classes} {own}".strip(), **named})


@register.simple_tag
def tick(choice: BoundWidget, classes: str = "form-check-input") -> SafeString:
    """Draws one radio button or check box of a group."""
    choice.data["attrs"]["class"] = classes
    return choice.tag()


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The present query string with some values changed: ``{% query page=3 %}`` → ``?state=open&page=3``."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        if value in ("", None):
            params.pop(name, None)
        else:
            params[name] = value
    return f"?{params.urlencode()}"


@register.simple_tag(takes_context=True)
def sort_query(context: template.Context, column: str) -> str:
    """Sorts by a column, and the other way round when it already is; starts again at page one."""
    now = context["request"].GET.get("sort", "")
    return query(context, sort=f"-{column}" if now == column else column, page=None)


@register.simple_tag(takes_context=True)
def sorted_by(context: template.Context, column: str) -> str:
    """What ``aria-sort`` says of a column: ascending, descending or none."""
    now = context["request"].GET.get("sort", "")
    return {column: "ascending", f"-{column}": "descending"}.get(now, "none")
