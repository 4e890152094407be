"""管辖范围: the one rule that says whose rows a person may see, and the gate that makes it stick.

While a page is being served, a scoped table can only be read through a queryset that says whose
rows it wants (`visible_to`, `of_holder`, …). Reading it whole raises `Unscoped`, unless an action
is running: forgetting the scope is therefore an error on the page, never a leak.
"""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from mashang.core.db.action import is_serving

if TYPE_CHECKING:
    from mashang.accounts.models import User
    from mashang.unions.models import Post

M = TypeVar("M", bound=models.Model)


class Unscoped(RuntimeError):
    """A page read a scoped table without saying whose rows it wants."""


def posts_of(user: "User") -> list["Post"]:
    """The posts that the user holds today, read once per user object (one query).

    None for a colleague who came in by phone code: without the second factor they are a worker.
    """
    if not user.is_staff:
        return []
    if not hasattr(user, "_current_posts"):
        today = timezone.localdate()
        user._current_posts = list(user.posts.current(today).select_related("union"))  # type: ignore[attr-defined]
    return user._current_posts  # type: ignore[attr-defined]


def in_branches(paths: list[str], field: str) -> Q:
    """Rows whose `field` lies in one of the branches: half-open ranges, so that an index serves."""
    ranges = [Q(**{f"{field}__gte": path, f"{field}__lt": path + "~"}) for path in paths]
    return reduce(or_, ranges, Q(pk__in=[]))


class ScopedQuerySet(models.QuerySet[M]):
    """A queryset that must be told whose rows it may show before a page can read it."""

    union_path = "union_path"
    _is_scoped = False

    def visible_to(self, user: "User") -> Self:
        """The rows in the branches under the user's posts; none for people without a post."""
        paths = [post.union.path for post in posts_of(user)]
        return self.scoped_by_caller().filter(in_branches(paths, self.union_path))

    def scoped_by_caller(self) -> Self:
        """This queryset with its scope stated; room querysets call it beside their own filter."""
        clone = self.all()
        clone._is_scoped = True
        return clone

    def unscoped(self, *, why: str) -> Self:
        """All rows, outside a room's own queryset; `why` says what keeps them from being shown."""
        return self.scoped_by_caller()

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._is_scoped = self._is_scoped
        return clone

    def _guard(self) -> None:
        from_parent = "instance" in self._hints  # type: ignore[attr-defined]
        if is_serving() and not self._is_scoped and not from_parent:
            raise Unscoped(f"{self.model.__name__}: say whose rows, e.g. visible_to(user)")

    def _fetch_all(self) -> None:
        self._guard()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._guard()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._guard()
        return super().count()

    def exists(self) -> bool:
        self._guard()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._guard()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._guard()
        return super().update(**kwargs)
